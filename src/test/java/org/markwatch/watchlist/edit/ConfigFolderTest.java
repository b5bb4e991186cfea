package org.markwatch.watchlist.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFolderTest {
    private static final Path SHIPPED = Path.of("job-config");

    @TempDir
    private Path folder;

    private ConfigFolder files;

    @BeforeEach
    void createFolder() throws IOException {
        files = new ConfigFolder(folder);
        Files.createDirectories(folder.resolve("indicators"));
        Files.createDirectories(folder.resolve("brands"));
        Files.writeString(folder.resolve("markwatch.yaml"), "crawl: {}\n");
    }

    @Test
    void changesEveryShippedIndicatorAndNothingElse() throws Exception {
        ConfigFolder shipped = new ConfigFolder(SHIPPED);
        int changed = 0;
        for (String file : shipped.files(EntryKind.INDICATOR)) {
            Path path = SHIPPED.resolve(file);
            EntryFile entries = file.endsWith(".csv")
                    ? CsvEntries.of(EntryKind.INDICATOR, Files.readString(path))
                    : YamlEntries.of(EntryKind.INDICATOR, Files.readString(path));
            for (ConfigEntry entry : entries.entries()) {
                Map<String, List<String>> values = new LinkedHashMap<>(entry.values());
                values.put("state", List.of("retired"));
                values.put("weight", List.of("7"));
                values.put("source", List.of("it's: #1, \"quoted\" [x] {y} — ünïcode"));
                values.remove("match");
                FileChange change = shipped.change(
                        new EntryChange(EntryChange.EntryAction.EDIT, EntryKind.INDICATOR, file, entry.key(), values));
                assertThat(comments(change.after())).isEqualTo(comments(change.before()));
                changed++;
            }
        }
        assertThat(changed).isGreaterThan(100);
    }

    @Test
    void addsAndDropsNamesOfEveryShippedBrandInTheirLists() throws Exception {
        ConfigFolder shipped = new ConfigFolder(SHIPPED);
        for (String file : shipped.files(EntryKind.BRAND)) {
            ConfigEntry brand = YamlEntries.of(EntryKind.BRAND, Files.readString(SHIPPED.resolve(file)))
                    .entries()
                    .getFirst();
            for (String list : List.of("aliases", "official_hosts")) {
                for (int dropped = 0;
                        dropped < brand.values().getOrDefault(list, List.of()).size();
                        dropped++) {
                    Map<String, List<String>> values = new LinkedHashMap<>(brand.values());
                    List<String> items = new ArrayList<>(values.get(list));
                    items.remove(dropped);
                    items.add("新 name's");
                    values.put(list, items);
                    FileChange change = shipped.change(
                            new EntryChange(EntryChange.EntryAction.EDIT, EntryKind.BRAND, file, brand.key(), values));
                    assertThat(comments(change.after())).isEqualTo(comments(change.before()));
                }
            }
        }
    }

    private static List<String> comments(String text) {
        return text.lines().filter(line -> line.strip().startsWith("#")).toList();
    }

    @Test
    void keepsCommentsOrderAndStyleOfHandWrittenYaml() throws Exception {
        String text = """
                # rules of the team
                indicators:
                  # the first one
                  - id: one   # keep
                    type: phrase
                    pattern: >-
                      pay with
                      vouchers
                    group: voucher
                    scope:
                      - title   # the title
                      - text
                    weight: 5
                    source: me

                  # the second one
                  - {id: two, type: host, pattern: pay.example, group: voucher, weight: 3, source: me}
                # the end
                """;
        write("indicators/team.yaml", text);

        FileChange one = edit(
                EntryKind.INDICATOR,
                "one",
                Map.of(
                        "pattern",
                        List.of("pay by voucher"),
                        "scope",
                        List.of("text", "meta"),
                        "state",
                        List.of("background")));
        FileChange two = edit(EntryKind.INDICATOR, "two", Map.of("weight", List.of("-4"), "state", List.of("draft")));

        assertThat(one.after())
                .isEqualTo(text.replace(">-\n      pay with\n      vouchers", "pay by voucher")
                        .replace("      - title   # the title\n      - text", "      - text\n      - meta")
                        .replace("    source: me\n\n", "    source: me\n    state: background\n\n"));
        assertThat(two.after())
                .isEqualTo(text.replace("weight: 3, source: me}", "weight: -4, source: me, state: draft}"));
        assertThat(two.diff()).isEqualTo("""
                --- a/indicators/team.yaml
                +++ b/indicators/team.yaml
                @@ -14,5 +14,5 @@
                     source: me
                \s
                   # the second one
                -  - {id: two, type: host, pattern: pay.example, group: voucher, weight: 3, source: me}
                +  - {id: two, type: host, pattern: pay.example, group: voucher, weight: -4, source: me, state: draft}
                 # the end
                """);
    }

    @Test
    void addsAnIndicatorAfterTheLastOne() throws Exception {
        write("indicators/team.yaml", "indicators:\n- id: one\n  type: phrase # comment\n# end\n");

        FileChange change = files.change(new EntryChange(
                EntryChange.EntryAction.ADD,
                EntryKind.INDICATOR,
                "indicators/team.yaml",
                "",
                Map.of(
                        "id",
                        List.of("two"),
                        "pattern",
                        List.of("a: b"),
                        "weight",
                        List.of("3"),
                        "scope",
                        List.of("text", "meta"))));

        assertThat(change.after()).isEqualTo("""
                indicators:
                - id: one
                  type: phrase # comment

                - id: two
                  pattern: 'a: b'
                  weight: 3
                  scope: [text, meta]
                # end
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void changesRowsOfTablesAndLeavesOthersAsTheyAre(String end) throws Exception {
        String text = String.join(
                end,
                "URL;label;tags",
                "https://a.example;\"A; B\" ;x|y",
                "",
                "https://b.example;B",
                "https://c.example;C;z",
                "");
        write("seeds.csv", text);

        FileChange edited = edit(
                EntryKind.SEED, "https://b.example/", Map.of("label", List.of("say \"B\""), "delay", List.of("5s")));
        FileChange retired = files.change(new EntryChange(
                EntryChange.EntryAction.RETIRE, EntryKind.SEED, "seeds.csv", "https://a.example/", Map.of()));
        FileChange added = files.change(new EntryChange(
                EntryChange.EntryAction.ADD,
                EntryKind.SEED,
                "seeds.csv",
                "",
                Map.of("url", List.of("https://d.example/"), "tags", List.of("p", "q"))));

        assertThat(edited.after())
                .isEqualTo(text.replace("URL;label;tags", "URL;label;tags;delay")
                        .replace("https://b.example;B", "https://b.example;\"say \"\"B\"\"\";;5s"));
        assertThat(retired.after()).isEqualTo(text.replace("https://a.example;\"A; B\" ;x|y" + end, ""));
        assertThat(added.after()).isEqualTo(text + "https://d.example/;;p|q" + end);
    }

    @Test
    void createsTheTableOfMerchants() throws Exception {
        FileChange change = files.change(new EntryChange(
                EntryChange.EntryAction.ADD,
                EntryKind.MERCHANT,
                "brands/merchants.csv",
                "",
                Map.of("brand", List.of("visa"), "host", List.of("shop.example"), "owner", List.of("team"))));

        files.write(change);

        assertThat(folder.resolve("brands/merchants.csv"))
                .hasContent("brand,host,owner,until\nvisa,shop.example,team,\n");
        assertThat(change.diff()).startsWith("--- /dev/null\n+++ b/brands/merchants.csv\n@@ -0,0 +1,2 @@\n+brand,");
    }

    private static final Map<String, List<String>> LANTERN = Map.of(
            "id", List.of("lantern-pay"),
            "name", List.of("Lantern Pay"),
            "aliases", List.of("LanternPay", "Pay: Lantern"),
            "official_hosts", List.of("lanternpay.example"),
            "bank", List.of("true"));

    @Test
    void createsThePackOfABrandAndRemovesIt() throws Exception {
        String file = files.filesToAddTo(EntryKind.BRAND).getFirst().replace(ConfigFolder.ANY_ID, "lantern-pay");
        FileChange added =
                files.change(new EntryChange(EntryChange.EntryAction.ADD, EntryKind.BRAND, file, "", LANTERN));
        files.write(added);

        assertThat(file).isEqualTo("brands/lantern-pay.yaml");
        assertThat(folder.resolve(file)).hasContent("""
                id: lantern-pay
                name: Lantern Pay
                bank: true
                aliases: [LanternPay, 'Pay: Lantern']
                official_hosts: [lanternpay.example]
                """);
        assertThat(added.diff()).startsWith("--- /dev/null\n+++ b/brands/lantern-pay.yaml\n@@ -0,0 +1,5 @@\n+id: ");

        FileChange removed = files.change(
                new EntryChange(EntryChange.EntryAction.RETIRE, EntryKind.BRAND, file, "lantern-pay", Map.of()));
        files.write(removed);

        assertThat(folder.resolve(file)).doesNotExist();
        assertThat(removed.values()).isEqualTo(LANTERN);
        assertThat(removed.diff()).startsWith("--- a/brands/lantern-pay.yaml\n+++ /dev/null\n@@ -1,5 +0,0 @@\n-id: ");
        assertThat(files.sha256(EntryKind.BRAND, file)).isEqualTo(removed.afterSha256());
    }

    @ParameterizedTest
    @CsvSource({
        "brands/Lantern Pay.yaml, bad-id",
        "brands/.yaml, bad-id",
        "brands/..yaml, bad-id",
        "brands/*.yaml, bad-id",
        "brands/../lantern-pay.yaml, no-such-file",
        "brands/sub/lantern-pay.yaml, no-such-file",
        "lantern-pay.yaml, no-such-file",
        "brands/merchants.csv, no-such-file",
        "brands/taken.yaml, file-taken",
        "brands/lantern.yaml, key-taken"
    })
    void refusesToAddABrandToAnyOtherFile(String file, String why) throws Exception {
        write("brands/taken.yaml", "id: other\nname: Other\n");
        write("brands/lantern.yaml", "id: lantern-pay\nname: Lantern\n");

        assertThatThrownBy(() ->
                        files.change(new EntryChange(EntryChange.EntryAction.ADD, EntryKind.BRAND, file, "", LANTERN)))
                .isInstanceOf(EditException.class)
                .hasMessageContaining(file + ": " + why);
    }

    @Test
    void removesNoPackWithMerchants() throws Exception {
        write("brands/one.yaml", "id: one\nname: One\nmerchants:\n- {host: a.example, owner: me}\n");

        assertThatThrownBy(() -> files.change(new EntryChange(
                        EntryChange.EntryAction.RETIRE, EntryKind.BRAND, "brands/one.yaml", "one", Map.of())))
                .isInstanceOf(EditException.class)
                .hasMessage("brands/one.yaml: other-key merchants");
    }

    @ParameterizedTest
    @CsvSource({"no_match, one|two", "pattern, ' spaced '"})
    void refusesAValueThatTheFormOfTheFileCannotHold(String field, String value) throws Exception {
        write("indicators/list.csv", "id,type,pattern,source\none,phrase,pay,me\n");

        assertThatThrownBy(() -> edit(EntryKind.INDICATOR, "one", Map.of(field, List.of(value))))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("list.csv: not-as-asked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.csv", "/etc/passwd", "markwatch.yaml", "brands/x.yaml", ""})
    void refusesAFileThatHasNoSuchEntries(String file) {
        assertThatThrownBy(() -> files.change(new EntryChange(
                        EntryChange.EntryAction.ADD,
                        EntryKind.SEED,
                        file,
                        "",
                        Map.of("url", List.of("https://a.example/")))))
                .isInstanceOf(EditException.class)
                .hasMessage(file + ": no-such-file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "crawl: {}~ | crawl: {}~schedule:~  cron: '0 30 2 * * ?'~  black-outs: [mon-fri 08:00-18:00]~",
                "schedule:~  # cron: 0 0 1 * * ?~crawl: {}~"
                        + "| schedule:~  cron: '0 30 2 * * ?'~  black-outs: ['mon-fri 08:00-18:00']~  # cron: 0 0 1 * * ?~crawl: {}~",
                "schedule:~  cron: ''  # by hand only~  zone: UTC~crawl: {}~"
                        + "| schedule:~  cron: '0 30 2 * * ?'  # by hand only~  black-outs: ['mon-fri 08:00-18:00']~crawl: {}~",
                "schedule: {zone: UTC}~crawl: {}~"
                        + "| schedule: {cron: '0 30 2 * * ?', black-outs: ['mon-fri 08:00-18:00']}~crawl: {}~",
            })
    void changesTheScheduleAndSetsItBack(String before, String after) throws Exception {
        write("markwatch.yaml", before.replace('~', '\n'));
        ConfigEntry found =
                files.find(EntryKind.SCHEDULE, "schedule").orElseThrow().entry();

        FileChange change = schedule(Map.of(
                "cron", List.of("0 30 2 * * ?"),
                "black-outs", List.of("mon-fri 08:00-18:00")));

        assertThat(change.after().replace("'mon-fri 08:00-18:00'", "mon-fri 08:00-18:00"))
                .isEqualTo(after.replace('~', '\n').replace("'mon-fri 08:00-18:00'", "mon-fri 08:00-18:00"));
        assertThat(change.values()).isEqualTo(found.values());
        files.write(change);
        FileChange back = schedule(change.values());
        files.write(back);
        assertThat(files.find(EntryKind.SCHEDULE, "schedule")
                        .orElseThrow()
                        .entry()
                        .values())
                .isEqualTo(found.values());
        assertThat(back.after().lines().filter(line -> line.startsWith("crawl")))
                .hasSize(1);
    }

    @Test
    void readsAnEmptyExpressionAsTheWordForIt() throws Exception {
        write("markwatch.yaml", "schedule:\n  cron: ''\n  zone: UTC\n");

        assertThat(files.find(EntryKind.SCHEDULE, "schedule")
                        .orElseThrow()
                        .entry()
                        .values())
                .containsEntry("cron", List.of("never"));
        assertThat(edit(EntryKind.SCHEDULE, "schedule", Map.of("zone", List.of("Asia/Bangkok")))
                        .after())
                .isEqualTo("schedule:\n  cron: never\n  zone: Asia/Bangkok\n");
    }

    private FileChange schedule(Map<String, List<String>> values) throws EditException {
        return files.change(new EntryChange(
                EntryChange.EntryAction.EDIT, EntryKind.SCHEDULE, "markwatch.yaml", "schedule", values));
    }

    @Test
    void writesThroughNoFileThatIsThereAlready() throws Exception {
        write(
                "indicators/team.yaml",
                "indicators:\n- {id: one, type: phrase, pattern: pay, group: voucher, source: me}\n");
        Path victim = Files.writeString(folder.resolve("victim"), "as before");
        Files.createSymbolicLink(folder.resolve("indicators/.team.yaml.new"), victim);

        files.write(edit(EntryKind.INDICATOR, "one", Map.of("pattern", List.of("pay now"))));

        assertThat(folder.resolve("indicators/team.yaml")).content().contains("pay now");
        assertThat(victim).hasContent("as before");
    }

    @Test
    void refusesToWriteOverAFileThatChangedMeanwhile() throws Exception {
        write("seeds.csv", "url,label\nhttps://a.example/,A\n");
        FileChange change = edit(EntryKind.SEED, "https://a.example/", Map.of("label", List.of("B")));
        write("seeds.csv", "url,label\nhttps://a.example/,C\n");

        assertThatThrownBy(() -> files.write(change)).isInstanceOf(EditException.class);
        assertThat(folder.resolve("seeds.csv")).hasContent("url,label\nhttps://a.example/,C\n");
    }

    private FileChange edit(EntryKind kind, String key, Map<String, List<String>> changes) throws EditException {
        ConfigFolder.LocatedEntry found = files.find(kind, key).orElseThrow();
        Map<String, List<String>> values = new LinkedHashMap<>(found.entry().values());
        values.putAll(changes);
        return files.change(new EntryChange(EntryChange.EntryAction.EDIT, kind, found.file(), key, values));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
