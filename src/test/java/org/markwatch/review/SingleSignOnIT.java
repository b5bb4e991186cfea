package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.SettableClock;
import org.markwatch.review.team.TestJobConfig;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Signs in by a provider on loopback, which also gives the roles; local passwords are off. */
@SpringBootTest(
        classes = {ConsoleApplication.class, SingleSignOnIT.WithProvider.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
@DirtiesContext
class SingleSignOnIT {
    private static final SignOnProvider PROVIDER = new SignOnProvider();

    /** The console with the section {@code oidc} of {@code markwatch.yaml}. */
    static class WithProvider {
        @Bean
        @Primary
        Watchlist watchlistWithProvider(TestJobConfig jobConfig) {
            Watchlist plain = new ConsoleApplication().watchlist(jobConfig);
            Settings settings = new Settings(
                    plain.settings().schedule(),
                    plain.settings().crawl(),
                    plain.settings().review(),
                    plain.settings().retention(),
                    plain.settings().matching(),
                    new Settings.OidcSettings(PROVIDER.issuer(), "markwatch", "preferred_username", "roles", false),
                    plain.settings().management(),
                    plain.settings().notices());
            return new Watchlist(
                    settings,
                    plain.seeds(),
                    plain.brands(),
                    plain.indicators(),
                    plain.policy(),
                    plain.lexicon(),
                    plain.evidence(),
                    plain.rulesetSha256(),
                    null,
                    plain.locations(),
                    plain.repeats());
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Audit audit;

    @Autowired
    private DataSource database;

    @Autowired
    private SettableClock clock;

    private HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        PROVIDER.audience = "markwatch";
        PROVIDER.forged = false;
        PROVIDER.subject = "";
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
    }

    @Test
    void addsTheAccountWithTheRolesOfTheClaimAndFollowsTheirChange() throws Exception {
        PROVIDER.name = "Olga";
        PROVIDER.roles = List.of("supervisor", "operator", "a role of another program");

        assertThat(signOn()).isEqualTo("/queue");
        assertThat(accounts.rolesOf("olga")).contains(Set.of(Role.SUPERVISOR, Role.OPERATOR));
        assertThat(status("/audit")).isEqualTo(200);
        assertThat(status("/accounts")).isEqualTo(403);
        assertThat(audit.entriesOf("account:olga", 5))
                .extracting(AuditEntry::action)
                .containsExactly("sign-in", "account.link", "account.add");

        PROVIDER.roles = "reviewer";
        browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        clock.advance(Duration.ofDays(1));
        assertThat(signOn()).isEqualTo("/queue");
        assertThat(JdbcClient.create(database)
                        .sql("select signed_on_at from account where name = 'olga'")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant())
                .as("which keeps the tokens of the account working")
                .isEqualTo(clock.instant());
        assertThat(status("/audit")).isEqualTo(403);
        assertThat(audit.entriesOf("account:olga", 5).getFirst().details()).contains("\"by\":\"oidc\"");
    }

    @Test
    void refusesAnAccountOfTheSameNameUnlessItWasOpenedToThePerson() throws Exception {
        accounts.add("tess", Set.of(Role.ADMINISTRATOR), "a password of hers");
        PROVIDER.name = "tess";
        PROVIDER.roles = "reviewer";
        assertThat(signOn()).isEqualTo("/sign-in?refused");
        assertThat(accounts.rolesOf("tess")).contains(Set.of(Role.ADMINISTRATOR));

        accounts.links().open("tess");
        assertThat(signOn()).isEqualTo("/queue");
        assertThat(accounts.rolesOf("tess")).contains(Set.of(Role.REVIEWER));

        PROVIDER.subject = "somebody else";
        browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertThat(signOn()).isEqualTo("/sign-in?refused");
        PROVIDER.subject = "subject of tess";
        PROVIDER.name = "another name";
        assertThat(signOn()).as("the name is a label only").isEqualTo("/queue");
        assertThat(audit.last("account:tess", "sign-in")).isPresent();
    }

    @Test
    void endsTheOneTimePasswordOfAnAccountThatSignsOn() throws Exception {
        String oneTime = accounts.addWithOneTimePassword("uma", Set.of(Role.REVIEWER));
        accounts.links().open("uma");
        PROVIDER.name = "uma";
        PROVIDER.roles = "reviewer";

        assertThat(signOn()).isEqualTo("/queue");

        Accounts.Account account = accounts.find("uma").orElseThrow();
        assertThat(account.oneTimeUntil()).isNull();
        assertThat(Passwords.ENCODER.matches(oneTime, account.password())).isFalse();
        assertThat(accounts.permissionsOf("uma")).isPresent();
    }

    @Test
    void endsTheSessionOfAnAccountThatIsLockedAndRefusesItsNextSignOn() throws Exception {
        PROVIDER.name = "pia";
        PROVIDER.roles = "reviewer";
        assertThat(signOn()).isEqualTo("/queue");
        assertThat(status("/queue")).isEqualTo(200);

        accounts.lock("pia");

        assertThat(path("/queue")).isEqualTo("/sign-in");
        assertThat(signOn()).isEqualTo("/sign-in?refused");
        assertThat(audit.entriesOf("account:pia", 1).getFirst().details()).contains("locked");
    }

    @Test
    void refusesPeopleWithoutARole() throws Exception {
        PROVIDER.name = "quinn";
        PROVIDER.roles = List.of("a role of another program");

        assertThat(signOn()).isEqualTo("/sign-in?refused");
        assertThat(accounts.principal("quinn")).isEmpty();
    }

    @Test
    void endsTheAccessOfAPersonWhomTheProviderGivesNoRoleAnyMore() throws Exception {
        PROVIDER.name = "wanda";
        PROVIDER.roles = "reviewer";
        assertThat(signOn()).isEqualTo("/queue");
        HttpClient earlier = browser;

        PROVIDER.roles = List.of();
        browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertThat(signOn()).isEqualTo("/sign-in?refused");

        browser = earlier;
        assertThat(path("/queue")).isEqualTo("/sign-in");
        assertThat(audit.entriesOf("account:wanda", 2))
                .extracting(AuditEntry::action)
                .containsExactly("sign-in.refused", "account.end");
    }

    @Test
    void refusesNamesThatAreNone() throws Exception {
        PROVIDER.name = "<b>root</b>";
        PROVIDER.roles = "administrator";

        assertThat(signOn()).isEqualTo("/sign-in?refused");
    }

    @Test
    void refusesForgedTokensAndTokensForOthers() throws Exception {
        PROVIDER.name = "rita";
        PROVIDER.roles = "reviewer";
        PROVIDER.forged = true;
        assertThat(signOn()).isEqualTo("/sign-in?failed");

        PROVIDER.forged = false;
        PROVIDER.audience = "another program";
        assertThat(signOn()).isEqualTo("/sign-in?failed");
        assertThat(accounts.principal("rita")).isEmpty();
    }

    @Test
    void refusesAnAnswerThatNobodyAskedFor() throws Exception {
        assertThat(path("/login/oauth2/code/oidc?code=c&state=guess")).isEqualTo("/sign-in?failed");
        assertThat(path("/login/oauth2/code/oidc?code=&state=")).startsWith("/sign-in");
        assertThat(path("/oauth2/authorization/other")).isEqualTo("/sign-in");
        assertThat(path("/login/oauth2/code/other?code=c&state=s")).startsWith("/sign-in");
    }

    @Test
    void offersNoPasswordsWhenTheyAreOff() throws Exception {
        accounts.add("sara", Set.of(Role.REVIEWER), "a password of hers");
        HttpResponse<String> page = get("/sign-in");

        assertThat(page.body()).contains("/sign-in/oidc").doesNotContain("type=\"password\"");
        assertThat(page.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("SameSite=Lax", "HttpOnly"));
        browser.send(
                HttpRequest.newBuilder(address("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=sara&password=a+password+of+hers"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(path("/queue")).isEqualTo("/sign-in");
    }

    /** Signs on as a browser does, and returns where it ends. */
    private String signOn() throws Exception {
        return path("/sign-in/oidc");
    }

    /** Follows redirects and returns the path of the last one. */
    private String path(String start) throws Exception {
        URI at = address(start);
        for (int hops = 0; hops < 10; hops++) {
            HttpResponse<String> response =
                    browser.send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString());
            String location = response.headers().firstValue("Location").orElse(null);
            if (location == null) {
                return at.getRawPath() + (at.getRawQuery() == null ? "" : "?" + at.getRawQuery());
            }
            at = at.resolve(location);
        }
        throw new IllegalStateException("more than 10 redirects from " + start);
    }

    private int status(String path) throws Exception {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
