package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.SettableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@SpringBootTest(
        classes = ConsoleApplication.class,
        // gives the class a database of its own
        properties = "database-of=account-settings")
@AutoConfigureMockMvc
@DirtiesContext
class AccountSettingsIT {
    private static final RequestPostProcessor ROOT = ConsoleApplication.account("root", Role.ADMINISTRATOR);

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Audit audit;

    @Autowired
    private SettableClock clock;

    @Test
    void showsTimesInTheZoneOfTheAccountAlsoWhenDaylightSavingBegins() throws Exception {
        RequestPostProcessor reader = administrator("zoned");
        clock.advance(Duration.between(clock.instant(), Instant.parse("2026-03-29T00:59:59Z")));
        accounts.add("before", Set.of(Role.VIEWER), Passwords.generate());
        clock.advance(Duration.ofSeconds(1));
        accounts.add("after", Set.of(Role.VIEWER), Passwords.generate());

        chooseZone(reader, "Europe/Berlin");

        assertThat(page(reader, "/accounts"))
                .contains("<time datetime=\"2026-03-29T00:59:59Z\">2026-03-29 01:59 UTC+01:00</time>")
                .contains("<time datetime=\"2026-03-29T01:00:00Z\">2026-03-29 03:00 UTC+02:00</time>");
        assertThat(page(ROOT, "/accounts")).contains("2026-03-29 00:59 UTC").doesNotContain("UTC+0");
        assertThat(page(reader, "/password"))
                .contains("<option value=\"Europe/Berlin\" selected=\"selected\">Berlin, UTC+02:00");
    }

    @Test
    void writesTheChoiceToTheAuditAndGoesOnWithTheSession() throws Exception {
        RequestPostProcessor reader = administrator("chooser");

        chooseZone(reader, "Asia/Kathmandu");
        chooseZone(reader, "UTC");

        assertThat(page(reader, "/accounts")).doesNotContain("UTC+");
        assertThat(audit.entriesOf("account:chooser", 2))
                .allMatch(entry -> entry.action().equals("account.settings"))
                .extracting(AuditEntry::details)
                .allMatch(details -> details.contains("zone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mars/Olympus", "GMT+1", "Europe/../UTC", "Europe/Berlin\u0000"})
    void refusesAZoneThatIsNotOffered(String zone) throws Exception {
        RequestPostProcessor reader = administrator("junk-" + Math.abs(zone.hashCode()));

        mvc.perform(post("/settings").param("zone", zone).with(reader).with(csrf()))
                .andExpect(flash().attribute("problem", "Choose a time zone of the list."));
    }

    @Test
    void speaksTheLanguageOfTheAccountAndOtherwiseThatOfTheBrowser() throws Exception {
        RequestPostProcessor reader = administrator("speaker");
        assertThat(page(reader, "/accounts")).contains("<html lang=\"en\"", "<h1>Accounts</h1>");

        mvc.perform(post("/settings")
                        .param("zone", "UTC")
                        .param("language", "es")
                        .with(reader)
                        .with(csrf()))
                .andExpect(flash().attribute("notice", "Sus ajustes est\u00E1n guardados."));

        assertThat(page(reader, "/accounts"))
                .contains("<html lang=\"es\"", "<h1>Cuentas</h1>", "administrador", "ltimo acceso")
                .doesNotContain("Accounts");
        mvc.perform(post("/settings").param("zone", "Mars").with(reader).with(csrf()))
                .andExpect(flash().attribute("problem", "Elija una zona horaria de la lista."));
        mvc.perform(get("/sign-in").header("Accept-Language", "fr, es-MX;q=0.9, en;q=0.5"))
                .andExpect(content().string(containsString("<h1>Consola de revisi\u00F3n</h1>")));
        mvc.perform(get("/sign-in").header("Accept-Language", "fr"))
                .andExpect(content().string(containsString("<h1>Review console</h1>")));
    }

    @Test
    void refusesALanguageThatIsNotOffered() throws Exception {
        mvc.perform(post("/settings")
                        .param("zone", "UTC")
                        .param("language", "tlh")
                        .with(administrator("klingon"))
                        .with(csrf()))
                .andExpect(flash().attribute("problem", "Choose a language of the list."));
    }

    private RequestPostProcessor administrator(String name) {
        accounts.add(name, Set.of(Role.ADMINISTRATOR), Passwords.generate());
        return ConsoleApplication.account(name, Role.ADMINISTRATOR);
    }

    private void chooseZone(RequestPostProcessor account, String zone) throws Exception {
        mvc.perform(post("/settings").param("zone", zone).with(account).with(csrf()))
                .andExpect(redirectedUrl("/password"))
                .andExpect(flash().attributeExists("notice"));
    }

    private String page(RequestPostProcessor account, String path) throws Exception {
        return mvc.perform(get(path).with(account)).andReturn().getResponse().getContentAsString();
    }
}
