package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.precision.Precision;
import org.markwatch.queue.precision.RulePrecision;
import org.markwatch.review.team.JobConfig;
import org.markwatch.score.Finding;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The pages for brand teams: entries, proposals, trial of rules. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        // gives the class a database of its own
        properties = "database-of=team-pages")
@AutoConfigureMockMvc
@DirtiesContext
class TeamPagesIT {
    private static final RequestPostProcessor PIA = ConsoleApplication.account("pia", Role.BRAND_EDITOR);
    private static final RequestPostProcessor TOM = ConsoleApplication.account("tom", Role.BRAND_EDITOR);
    private static final RequestPostProcessor REVIEWING_EDITOR =
            ConsoleApplication.account("rea", Role.BRAND_EDITOR, Role.REVIEWER);
    private static final Map<String, String> VOUCHER = Map.of(
            "kind",
            "indicator",
            "action",
            "edit",
            "file",
            "indicators/team.yaml",
            "key",
            "voucher-only",
            "field.id",
            "voucher-only",
            "field.version",
            "3",
            "field.type",
            "phrase",
            "field.pattern",
            "gift voucher",
            "field.group",
            "voucher",
            "field.scope",
            "text");

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JobConfig config;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Audit audit;

    @Autowired
    private RulePrecision precision;

    @Autowired
    private StubRunControl control;

    @Autowired
    private JdbcClient jdbc;

    private Path rules;

    @BeforeEach
    void resetFiles() throws IOException {
        rules = config.folder().resolve("indicators/team.yaml");
        Files.writeString(
                config.folder().resolve("seeds.csv"),
                "url,label,owner\nhttps://shop.example/,Shop,team\nhttps://other.example/,Other,team\n");
        Files.writeString(rules, """
                # rules of the team
                indicators:
                  # vouchers are rare in shops
                  - id: voucher-only
                    version: 2
                    type: phrase
                    pattern: voucher
                    group: voucher
                    weight: 10
                    scope: [text]   # not the title
                    source: test
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/watchlist | Finds the words \u201Cvoucher\u201D",
                "/watchlist?q=VOUCH | voucher-only@2",
                "/watchlist?q=VOUCH | >indicators/team.yaml, line 4<",
                "/watchlist?kind=brand&q=visa.co.uk | Recognised by",
                "/watchlist?kind=merchant | May show Visa until 2026-12-31, by brand desk.",
                "/watchlist?kind=group | at most",
                "/watchlist/entry?kind=indicator&key=voucher-only | <code>indicators/team.yaml</code>, line 4"
            })
    void showsWhatIsInForceInWords(String path, String text) throws Exception {
        mvc.perform(get(URI.create(path)).with(PIA))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString(text)));
    }

    @Test
    void neverLetsTheProposerApprove() throws Exception {
        String proposal = propose(voucher("15"));

        mvc.perform(post(proposal + "/approve").with(PIA).with(csrf()))
                .andExpect(flash().attribute("problem", containsString("Another person has to approve it")));
        mvc.perform(post(proposal + "/approve")
                        .with(ConsoleApplication.account("PIA", Role.BRAND_EDITOR))
                        .with(csrf()))
                .andExpect(flash().attributeExists("problem"));

        assertThat(rules).content().contains("weight: 10");
        assertThat(state(proposal)).isEqualTo("open");
    }

    @Test
    void writesAnApprovedChangeAndKeepsTheRestOfTheFile() throws Exception {
        String before = Files.readString(rules);
        String proposal = propose(voucher("15"));

        mvc.perform(post(proposal + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("is written")));

        assertThat(rules)
                .content()
                .isEqualTo(before.replace("version: 2", "version: 3")
                        .replace("pattern: voucher", "pattern: gift voucher")
                        .replace("weight: 10", "weight: 15"));
        assertThat(state(proposal)).isEqualTo("written");
        assertThat(audit.entriesOf("proposal:" + number(proposal), 5))
                .extracting(entry -> entry.actor() + " " + entry.action())
                .containsExactly("tom watchlist.write", "tom watchlist.approve", "pia watchlist.propose");
        mvc.perform(post(proposal + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("problem", containsString("is written already")));
    }

    @Test
    void leavesAFileThatChangedSinceAndOffersToProposeAnew() throws Exception {
        String proposal = propose(voucher("15"));
        Files.writeString(
                rules,
                Files.readString(rules)
                        .replace("source: test", "source: another hand")
                        .replace("scope: [text]", "scope: [text, title]"));

        mvc.perform(post(proposal + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("problem", containsString("Repeat the change on the file as it is now")));

        assertThat(rules).content().contains("weight: 10", "another hand");
        assertThat(state(proposal)).isEqualTo("outdated");
        mvc.perform(get("/watchlist/change").param("from", number(proposal)).with(PIA))
                .andExpect(content()
                        .string(allOf(
                                containsString("value=\"gift voucher\""),
                                containsString("value=\"another hand\""),
                                containsString(">text\ntitle</textarea>"))));
    }

    @Test
    void repeatsAChangeWithoutTheFieldsThatAnEarlierReleaseDidNotKnow() throws Exception {
        Path pack = config.folder().resolve("brands/bank.yaml");
        String before = "id: bank\nname: Lantern Bank\nbank: true\nofficial_hosts: [lantern.example]\n";
        Files.writeString(pack, before);
        String proposal = propose(Map.of(
                "kind",
                "brand",
                "action",
                "edit",
                "file",
                "brands/bank.yaml",
                "key",
                "bank",
                "field.id",
                "bank",
                "field.name",
                "Lantern",
                "field.official_hosts",
                "lantern.example"));
        jdbc.sql("update watchlist_proposal set fields_before = null where id = ?")
                .param(Long.parseLong(number(proposal)))
                .update();

        mvc.perform(get("/watchlist/change").param("from", number(proposal)).with(PIA))
                .andExpect(content()
                        .string(allOf(
                                containsString("value=\"Lantern\""),
                                containsString("<option value=\"true\" selected=\"selected\">"))));
        Files.delete(pack);
    }

    @Test
    void showsTheDifferenceOfAFileThatCannotBeWritten() throws Exception {
        // with the ending of the new text, its name is longer than a file system allows
        Path named = rules.resolveSibling("x".repeat(230) + ".yaml");
        Files.move(rules, named);
        Map<String, String> form = voucher("15");
        form.put("file", "indicators/" + named.getFileName());
        String proposal = propose(form);
        String after = Files.readString(named)
                .replace("version: 2", "version: 3")
                .replace("pattern: voucher", "pattern: gift voucher")
                .replace("weight: 10", "weight: 15");

        mvc.perform(post(proposal + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("apply the difference by hand")));
        mvc.perform(get(proposal).with(PIA))
                .andExpect(content()
                        .string(allOf(
                                containsString("The console cannot write this file"),
                                containsString("+    weight: 15"))));
        assertThat(state(proposal)).isEqualTo("approved");
        Files.writeString(named, after);
        mvc.perform(post(proposal + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("has the change already")));

        assertThat(state(proposal)).isEqualTo("written");
        Files.delete(named);
    }

    @Test
    void findsOutThatAnApprovedChangeIsInTheFile() throws Exception {
        String proposal = propose(voucher("15"));
        jdbc.sql(
                        "update watchlist_proposal set state = 'approved', decided_by = 'tom', decided_at = now() where id = ?")
                .param(Long.parseLong(number(proposal)))
                .update();
        mvc.perform(get(proposal).with(PIA)).andExpect(content().string(containsString("<b>approved</b>")));
        Files.writeString(
                rules,
                Files.readString(rules)
                        .replace("version: 2", "version: 3")
                        .replace("pattern: voucher", "pattern: gift voucher")
                        .replace("weight: 10", "weight: 15"));

        mvc.perform(get(proposal).with(PIA)).andExpect(content().string(containsString("<b>written</b>")));

        assertThat(audit.entriesOf("proposal:" + number(proposal), 1).getFirst())
                .returns("watchlist.write", AuditEntry::action)
                .returns(Audit.SYSTEM, AuditEntry::actor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field.weight | 0 | must not be 0; to run an indicator without points, write state: background",
                "field.group | nowhere | policies.yaml",
                "field.type | regex | must be a regular expression in RE2 syntax",
                "field.match | nothing of it | the pattern does not find this example",
                "field.scope | nowhere | must be one of",
            })
    void showsFaultsInTheWordsOfCheckAndStoresNothing(String field, String value, String words) throws Exception {
        long before = count();
        Map<String, String> form = new HashMap<>(voucher("15"));
        form.put("field.pattern", value.equals("regex") ? "(a)\\1(?=b)" : "gift voucher");
        form.put(field, value);

        String page = mvc.perform(change(form, "propose").with(PIA))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(page).contains("has faults", ">indicators/team.yaml: line ");
        assertThat(page).doesNotContain(config.folder().toString());
        assertThat(page).contains(words);
        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(?:(?:[a-z]\\p{L}){999})+{999}",
                "x{5000}",
                "(a|b|ab)*c{1,1000}{1,1000}",
                ".*"
            })
    void refusesAnExpressionThatCheckRefuses(String pattern) throws Exception {
        Map<String, String> form = new HashMap<>(voucher("15"));
        form.put("field.type", "regex");
        form.put("field.pattern", pattern);

        mvc.perform(change(form, "propose").with(PIA))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("has faults")));
    }

    @Test
    void storesTextWithoutWhatTheDatabaseCannotHold() throws Exception {
        Map<String, String> form = new HashMap<>(voucher("15"));
        form.put("field.source", "te\0st\uD800");
        MockHttpServletRequestBuilder request = post("/watchlist/change")
                .param("then", "propose")
                .param("reason", "a\0b\uD800")
                .with(PIA)
                .with(csrf());
        form.forEach(request::param);

        String proposal =
                String.valueOf(mvc.perform(request).andReturn().getResponse().getRedirectedUrl());
        mvc.perform(post(proposal + "/reject")
                        .param("reason", "no\0pe")
                        .with(TOM)
                        .with(csrf()))
                .andExpect(flash().attributeExists("notice"));

        mvc.perform(get(proposal).with(PIA))
                .andExpect(content().string(allOf(containsString(">ab<"), containsString(">nope<"))));
    }

    @ParameterizedTest
    @CsvSource({"field.source,U+000D", "field.pattern,U+000B", "field.match,U+0085", "reason,U+000A"})
    void refusesControlCharactersWithinALine(String field, String character) throws Exception {
        Map<String, String> form = new HashMap<>(voucher("15"));
        form.put(field, "pay" + Character.toString(Integer.parseInt(character.substring(2), 16)) + "+by voucher");
        form.putIfAbsent("reason", "tested");
        MockHttpServletRequestBuilder request =
                post("/watchlist/change").param("then", "propose").with(PIA).with(csrf());
        form.forEach(request::param);

        mvc.perform(request)
                .andExpect(status().isBadRequest())
                .andExpect(status().reason(
                                containsString("must be one line without control characters, has " + character)));
    }

    @Test
    void escapesHostileNamesAndPatterns() throws Exception {
        Map<String, String> form = new HashMap<>(voucher("15"));
        form.put("field.pattern", "<script>alert(1)</script> \u202E word");
        form.put("field.source", "'\"><img src=x>");
        String proposal = propose(form);

        for (String path : List.of(proposal, "/watchlist/proposals", "/watchlist/change?from=" + number(proposal))) {
            mvc.perform(get(path).with(TOM))
                    .andExpect(status().isOk())
                    .andExpect(content().string(not(containsString("<script>alert"))))
                    .andExpect(content().string(not(containsString("<img"))));
        }
        mvc.perform(get(proposal).with(TOM)).andExpect(content().string(not(containsString("\u202E"))));
    }

    @Test
    void retiresASeedAndAddsAMerchant() throws Exception {
        String retired = propose(
                Map.of("kind", "seed", "action", "retire", "file", "seeds.csv", "key", "https://shop.example/"));
        mvc.perform(post(retired + "/approve").with(TOM).with(csrf())).andExpect(flash().attributeExists("notice"));
        String added = propose(Map.of(
                "kind",
                "merchant",
                "action",
                "add",
                "file",
                "brands/merchants.csv",
                "field.brand",
                "visa",
                "field.host",
                "partner.example",
                "field.owner",
                "desk",
                "field.until",
                "2027-01-31"));
        mvc.perform(post(added + "/approve").with(TOM).with(csrf())).andExpect(flash().attributeExists("notice"));

        assertThat(config.folder().resolve("seeds.csv"))
                .hasContent("url,label,owner\nhttps://other.example/,Other,team\n");
        assertThat(config.folder().resolve("brands/merchants.csv"))
                .hasContent("brand,host,owner,until\nvisa,partner.example,desk,2027-01-31\n");
        Files.delete(config.folder().resolve("brands/merchants.csv"));
    }

    @Test
    void addsABrandInAFileOfItsOwnAndSetsItBackTwice() throws Exception {
        Path pack = config.folder().resolve("brands/lantern-pay.yaml");
        mvc.perform(get("/watchlist?kind=brand").with(PIA))
                .andExpect(content().string(containsString("Propose another brand")));
        mvc.perform(get("/watchlist/change?kind=brand&action=add").with(PIA))
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"file\" value=\"brands/*.yaml\""),
                                containsString("<details>"),
                                containsString("Pages on them are never queued"))));

        String added = propose(lantern("lantern-pay"));
        mvc.perform(post(added + "/approve").with(PIA).with(csrf())).andExpect(flash().attributeExists("problem"));
        assertThat(pack).doesNotExist();
        mvc.perform(post(added + "/approve").with(TOM).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("brands/lantern-pay.yaml is written")));

        assertThat(pack).hasContent("""
                id: lantern-pay
                name: Lantern Pay
                bank: true
                aliases: [LanternPay, 燈籠支付]
                official_hosts: [lanternpay.example]
                """);
        mvc.perform(get("/watchlist/entry?kind=brand&key=lantern-pay").with(PIA))
                .andExpect(content().string(containsString("It is not in force yet. The next run reads it.")));
        mvc.perform(get(back(added)).with(TOM))
                .andExpect(content()
                        .string(allOf(
                                containsString("Propose to retire this brand"),
                                containsString("Its file is removed"),
                                containsString("value=\"brands/lantern-pay.yaml\""))));
        String retired = propose(
                Map.of("kind", "brand", "action", "retire", "file", "brands/lantern-pay.yaml", "key", "lantern-pay"),
                TOM);
        mvc.perform(get(retired).with(PIA)).andExpect(content().string(containsString("-id: lantern-pay")));
        mvc.perform(post(retired + "/approve").with(PIA).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("is written")));
        assertThat(pack).doesNotExist();
        mvc.perform(get(back(retired)).with(TOM))
                .andExpect(content()
                        .string(allOf(
                                containsString("Propose to add another brand"),
                                containsString("value=\"Lantern Pay\""),
                                containsString("燈籠支付"),
                                containsString("<details open=\"open\">"))));
    }

    @Test
    void changesABrandWithoutAnotherIdAndSetsItBack() throws Exception {
        Path pack = config.folder().resolve("brands/visa.yaml");
        String before = Files.readString(pack);
        Map<String, String> form =
                new HashMap<>(Map.of("kind", "brand", "action", "edit", "file", "brands/visa.yaml", "key", "visa"));
        new ConfigFolder(config.folder())
                .find(EntryKind.BRAND, "visa")
                .orElseThrow()
                .entry()
                .values()
                .forEach((field, values) -> form.put("field." + field, String.join("\n", values)));
        form.merge("field.aliases", "Lantern Visa", (aliases, added) -> aliases + "\n" + added);

        String edited = propose(form);
        mvc.perform(post(edited + "/approve").with(TOM).with(csrf())).andExpect(flash().attributeExists("notice"));
        assertThat(pack).content().contains("Lantern Visa", "id: visa");

        mvc.perform(get(back(edited)).with(TOM))
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"key\" value=\"visa\""),
                                containsString("name=\"field.id\" value=\"visa\""),
                                containsString("readonly=\"readonly\""),
                                not(containsString("Lantern Visa")))));
        form.computeIfPresent("field.aliases", (field, aliases) -> aliases.replaceFirst("\n?Lantern Visa", ""));
        String setBack = propose(form, TOM);
        mvc.perform(post(setBack + "/approve").with(PIA).with(csrf())).andExpect(flash().attributeExists("notice"));
        assertThat(pack).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field.id | Lantern Pay | The id names the file",
                "field.id | '' | The id names the file",
                "field.id | visa | brands/visa.yaml has an entry with this key",
                "field.name | '' | is required",
                "field.official_hosts | '' | must have at least one item",
                "field.aliases | Visa | is already a name of",
                "field.bank | maybe | must be one of true, false",
                "file | brands/../seeds.yaml | There is no file brands/../seeds.yaml with entries of this kind",
            })
    void refusesABrandThatCheckRefuses(String field, String value, String words) throws Exception {
        long before = count();
        Map<String, String> form = lantern("lantern-pay");
        form.put(field, value);

        mvc.perform(change(form, "propose").with(PIA))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString(words)));

        assertThat(count()).isEqualTo(before);
    }

    private static Map<String, String> lantern(String id) {
        return new HashMap<>(Map.of(
                "kind",
                "brand",
                "action",
                "add",
                "file",
                "brands/*.yaml",
                "field.id",
                id,
                "field.name",
                "Lantern Pay",
                "field.aliases",
                "LanternPay\n燈籠支付",
                "field.official_hosts",
                "lanternpay.example",
                "field.bank",
                "true"));
    }

    private static String back(String proposal) {
        return "/watchlist/change?back=true&from=" + number(proposal);
    }

    @Test
    void letsOperatorsChangeTheScheduleTogetherAndSetItBack() throws Exception {
        RequestPostProcessor olga = ConsoleApplication.account("olga", Role.OPERATOR);
        RequestPostProcessor omar = ConsoleApplication.account("omar", Role.OPERATOR);
        Path settings = config.folder().resolve("markwatch.yaml");
        String before = Files.readString(settings);
        Map<String, String> form =
                new HashMap<>(Map.of("kind", "schedule", "action", "edit", "file", "markwatch.yaml"));
        form.putAll(Map.of("key", "schedule", "field.cron", "0 30 2 * * ?", "field.black-outs", "mon-fri 12:00-13:00"));
        mvc.perform(get("/watchlist/entry?kind=schedule&key=schedule").with(olga))
                .andExpect(content().string(containsString("Starts runs at the times of cron")));
        mvc.perform(change(form, "check").with(olga))
                .andExpect(content()
                        .string(allOf(
                                containsString("2027-03-02 02:30 UTC"),
                                containsString("but waits until 2027-03-03 13:00 UTC for the end of a black-out"))));

        String proposal = propose(form, olga);
        mvc.perform(post(proposal + "/approve").with(olga).with(csrf())).andExpect(flash().attributeExists("problem"));
        assertThat(control.followed()).isNull();
        mvc.perform(post(proposal + "/approve").with(omar).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("Runs start by it from now on.")));

        assertThat(control.followed())
                .extracting(Settings.ScheduleSettings::cron)
                .isEqualTo("0 30 2 * * ?");
        assertThat(audit.entriesOf("proposal:" + number(proposal), 10))
                .extracting(entry -> entry.actor() + " " + entry.action())
                .containsExactly("omar watchlist.write", "omar watchlist.approve", "olga watchlist.propose");
        String link = "/watchlist/change?from=" + number(proposal) + "&back=true";
        mvc.perform(get(proposal).with(olga)).andExpect(content().string(containsString(link.replace("&", "&amp;"))));
        mvc.perform(get(link).with(olga)).andExpect(content().string(not(containsString("0 30 2"))));
        form.keySet().removeIf(name -> name.startsWith("field."));
        String back = propose(form, omar);
        mvc.perform(post(back + "/approve").with(olga).with(csrf())).andExpect(flash().attributeExists("notice"));
        assertThat(control.followed())
                .extracting(Settings.ScheduleSettings::cron)
                .isEqualTo("0 0 1 * * ?");
        Files.writeString(settings, before);
    }

    @ParameterizedTest
    @CsvSource({"at one, must be a Quartz cron expression", "0 0 1 1 1 ? 2000, has no time to come"})
    void refusesAScheduleThatCannotBeFollowed(String cron, String why) throws Exception {
        Map<String, String> form =
                new HashMap<>(Map.of("kind", "schedule", "action", "edit", "file", "markwatch.yaml"));
        form.putAll(Map.of("key", "schedule", "field.cron", cron));
        long before = count();

        mvc.perform(change(form, "propose").with(ConsoleApplication.account("olga", Role.OPERATOR)))
                .andExpect(content().string(containsString(why)));

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void givesEachKindOfChangeToItsRoleOnly() throws Exception {
        RequestPostProcessor olga = ConsoleApplication.account("olga", Role.OPERATOR);
        Map<String, String> form =
                new HashMap<>(Map.of("kind", "schedule", "action", "edit", "file", "markwatch.yaml"));
        form.putAll(Map.of("key", "schedule", "field.zone", "Asia/Bangkok"));
        String ofSchedule = propose(form, olga);
        String ofRules = propose(voucher("15"));

        for (String[] each : new String[][] {{ofSchedule, "pia"}, {ofRules, "olga"}}) {
            RequestPostProcessor other = each[1].equals("pia") ? PIA : olga;
            mvc.perform(get(each[0]).with(other)).andExpect(status().isForbidden());
            for (String path : List.of("/approve", "/reject", "/withdraw")) {
                mvc.perform(post(each[0] + path).with(other).with(csrf())).andExpect(status().isForbidden());
            }
            mvc.perform(get("/watchlist/change?from=" + number(each[0])).with(other))
                    .andExpect(status().isForbidden());
            mvc.perform(get("/watchlist/proposals").with(other))
                    .andExpect(content().string(not(containsString(each[0] + "\""))));
        }
        mvc.perform(change(form, "propose").with(PIA)).andExpect(status().isForbidden());
        mvc.perform(change(voucher("16"), "propose").with(olga)).andExpect(status().isForbidden());
        mvc.perform(get("/watchlist/entry?kind=seed&key=https://shop.example/").with(olga))
                .andExpect(status().isForbidden());
        mvc.perform(get("/watchlist").with(olga)).andExpect(status().isForbidden());
        assertThat(List.of(state(ofSchedule), state(ofRules))).containsExactly("open", "open");
    }

    @Test
    void setsAnyWrittenChangeBack() throws Exception {
        String retired = propose(
                Map.of("kind", "seed", "action", "retire", "file", "seeds.csv", "key", "https://shop.example/"));
        mvc.perform(get("/watchlist/change?back=true&from=" + number(retired)).with(TOM))
                .andExpect(content()
                        .string(allOf(
                                containsString("Propose to add another seed"),
                                containsString("value=\"https://shop.example/\""),
                                containsString("value=\"team\""))));
        String edited = propose(voucher("15"));
        mvc.perform(get("/watchlist/change?back=true&from=" + number(edited)).with(TOM))
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"field.weight\" value=\"10\""),
                                containsString("name=\"field.pattern\" value=\"voucher\""))));
    }

    @Test
    void rejectsWithAReasonAndLetsOnlyTheProposerWithdraw() throws Exception {
        String first = propose(voucher("15"));
        String second = propose(voucher("16"));

        mvc.perform(post(first + "/reject").with(TOM).with(csrf())).andExpect(flash().attributeExists("problem"));
        mvc.perform(post(first + "/reject")
                        .param("reason", "too broad")
                        .with(TOM)
                        .with(csrf()))
                .andExpect(flash().attributeExists("notice"));
        mvc.perform(post(second + "/withdraw").with(TOM).with(csrf())).andExpect(flash().attributeExists("problem"));
        mvc.perform(post(second + "/withdraw").with(PIA).with(csrf())).andExpect(flash().attributeExists("notice"));

        assertThat(List.of(state(first), state(second))).containsExactly("rejected", "withdrawn");
        mvc.perform(get(first).with(PIA)).andExpect(content().string(containsString("too broad")));
    }

    @Test
    void triesPastedHtmlInWordsAndKeptTextWithoutAWordOfThePage() throws Exception {
        queue.admit(1, List.of(SampleFindings.flagged("https://kept-apart.example/", "high", "child-safety", 90)));

        mvc.perform(trial("https://any.example/", "<p>voucher"))
                .andExpect(content()
                        .string(allOf(
                                containsString("10 points, severity low"),
                                containsString("<mark>voucher</mark>"),
                                containsString("hxxps://shop[.]example"),
                                not(containsString("\u202E")))));
        mvc.perform(trial("https://kept.example/", ""))
                .andExpect(content()
                        .string(allOf(
                                containsString("voucher-only@2"),
                                not(containsString("buy with")),
                                not(containsString("says")))));
        for (String url :
                List.of("https://kept-apart.example/", "https://restricted.example/", "https://unknown.example/")) {
            mvc.perform(trial(url, "")).andExpect(content().string(containsString("No text of this page is kept")));
        }
        mvc.perform(trial("not a URL", "<p>"))
                .andExpect(content().string(containsString("absolute http or https URL")));
        mvc.perform(trial("https://any.example/", "x".repeat(400_001)))
                .andExpect(content().string(containsString("at most 400000 characters")));
        assertThat(audit.entriesOf("page", 100))
                .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.details())
                .anyMatch(entry -> entry.startsWith("pia watchlist.try")
                        && entry.contains("https://any.example/")
                        && entry.contains("sha256 of the HTML"));
        long apart = items.numberOf(HttpUrl.of("https://kept-apart.example/")).orElseThrow();
        assertThat(audit.entriesOf("item:" + apart, 1).getFirst())
                .returns("watchlist.try", AuditEntry::action)
                .extracting(AuditEntry::details)
                .asString()
                .as("the history of an item shows no URL that its page masks")
                .doesNotContain("kept-apart");
        assertThat(jdbc.sql("select count(*) from audit where details like '%<p>%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void showsWhatAProposalWouldChangeWithoutRestrictedLanes() throws Exception {
        queue.admit(1, List.of(SampleFindings.flagged("https://kept-apart.example/", "high", "child-safety", 90)));
        String proposal = propose(voucher("15"));

        mvc.perform(post(proposal + "/try").with(TOM).with(csrf()))
                .andExpect(content()
                        .string(allOf(
                                containsString("200 kept pages were read: 1 newly flagged"),
                                not(containsString("hxxps://")))));
        assertThat(audit.entriesOf("proposal:" + number(proposal), 1).getFirst().action())
                .isEqualTo("watchlist.try");
        mvc.perform(post(proposal + "/try").with(REVIEWING_EDITOR).with(csrf()))
                .andExpect(content()
                        .string(allOf(
                                containsString("200 kept pages were read: 1 newly flagged"),
                                containsString("hxxps://open[.]example"),
                                not(containsString("secret-path")),
                                not(containsString("kept-apart")),
                                not(containsString("restricted[.]example")))));
    }

    @Test
    void givesThePrecisionOfARuleOnlyFromEnoughVisibleDecisions() {
        List<Finding> findings = IntStream.range(0, 30)
                .mapToObj(i -> SampleFindings.flagged(
                        "https://precision-" + i + ".example/", "high", i < 25 ? "payment" : "child-safety", 80))
                .toList();
        queue.admit(7, findings);
        String rule = findings.getFirst().reasons().getFirst().rule();
        Precision none = precision.of(rule, LaneAccess.ALL);
        jdbc.sql("""
                with decided as (
                    insert into decision (item_id, verdict, severity, confidence, reason, note, reviewer, decided_at, evidence_sha256)
                    select id, case when host < 'precision-20' then 'false_positive' else 'brand_mark_misuse' end, 'high', 'high', 'x', '',
                           'ana', now(), '' from item where host like 'precision-%.example' returning id, item_id)
                update item i set state = 'decided', decision_id = d.id from decided d where d.item_id = i.id""").update();

        Precision all = precision.of(rule, LaneAccess.ALL);
        Precision visible = precision.of(rule, new LaneAccess(Set.of("child-safety")));

        assertThat(none.share()).isNull();
        assertThat(all.decided() - visible.decided()).isEqualTo(5);
        assertThat(all.judged() - none.judged()).isEqualTo(30);
        Precision.ConfirmedShare share = Objects.requireNonNull(all.share());
        assertThat(share.value()).isEqualTo(all.confirmed() / (double) all.judged());
        assertThat(share.low()).isLessThan(share.value());
        assertThat(precision.of("no-such-rule@1", LaneAccess.ALL).decided()).isZero();
    }

    private MockHttpServletRequestBuilder trial(String url, String html) {
        return post("/watchlist/try")
                .param("url", url)
                .param("html", html)
                .with(PIA)
                .with(csrf());
    }

    private static Map<String, String> voucher(String weight) {
        Map<String, String> form = new HashMap<>(VOUCHER);
        form.put("field.weight", weight);
        form.put("field.source", "test");
        return form;
    }

    private static MockHttpServletRequestBuilder change(Map<String, String> form, String then) {
        MockHttpServletRequestBuilder request =
                post("/watchlist/change").param("then", then).param("reason", "tested");
        form.forEach(request::param);
        return request.with(csrf());
    }

    /** Proposes as pia and returns the path of the proposal. */
    private String propose(Map<String, String> form) throws Exception {
        return propose(form, PIA);
    }

    private String propose(Map<String, String> form, RequestPostProcessor proposer) throws Exception {
        String target = mvc.perform(change(form, "propose").with(proposer))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(target).startsWith("/watchlist/proposals/");
        return String.valueOf(target);
    }

    private static String number(String proposal) {
        return proposal.substring(proposal.lastIndexOf('/') + 1);
    }

    private String state(String proposal) {
        return jdbc.sql("select state from watchlist_proposal where id = ?")
                .param(Long.parseLong(number(proposal)))
                .query(String.class)
                .single();
    }

    private long count() {
        return jdbc.sql("select count(*) from watchlist_proposal")
                .query(Long.class)
                .single();
    }
}
