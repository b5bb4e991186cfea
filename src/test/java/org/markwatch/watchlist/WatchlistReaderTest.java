package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.markwatch.watchlist.JobConfigFolder.BRAND;
import static org.markwatch.watchlist.JobConfigFolder.INDICATOR;
import static org.markwatch.watchlist.JobConfigFolder.POLICIES;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.url.HttpUrl;

class WatchlistReaderTest {
    @TempDir
    Path folder;

    private JobConfigFolder config;

    @BeforeEach
    void createsValidFolder() {
        config = new JobConfigFolder(folder);
    }

    @Test
    void readsFolder() throws WatchlistException {
        Watchlist watchlist = config.read();

        assertThat(watchlist.seeds()).singleElement().satisfies(seed -> {
            assertThat(seed.url()).isEqualTo(HttpUrl.of("https://shop.example/"));
            assertThat(seed.delay()).isEqualTo(Duration.ofSeconds(2));
            assertThat(seed.maxPages()).isEqualTo(500);
            assertThat(seed.scope()).isEqualTo(Scope.HOST);
        });
        assertThat(watchlist.indicators()).extracting(Indicator::rule).containsExactly("checkout.buy@1");
        assertThat(watchlist.settings().crawl().userAgent()).isEqualTo("markwatch (+crawl@bank.test)");
    }

    // folder and files

    @Test
    void reportsMissingFolder() {
        Path missing = folder.resolve("none");
        assertThatExceptionOfType(WatchlistException.class)
                .isThrownBy(() -> WatchlistReader.read(missing))
                .withMessage(missing + "; must be a job-config folder, but there is no such folder");
    }

    @Test
    void reportsEveryMissingFileAtOnce() {
        config.without("markwatch.yaml")
                .without("seeds.csv")
                .without("policies.yaml")
                .without("brands/acme.yaml");
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml; is missing",
                        "seeds.csv; is missing, and so is seeds.yaml; one of them must have at least one seed",
                        "brands; must hold at least one *.yaml file",
                        "policies.yaml; is missing");
    }

    @Test
    void reportsFilesWithOtherExtensions() {
        config.with("brands/other.yml", BRAND).with("indicators/list.xlsx", "");
        assertThat(config.faults())
                .containsExactly(
                        "brands/other.yml; has the wrong extension and would be ignored; rename it to *.yaml, or remove it",
                        "indicators/list.xlsx; has the wrong extension and would be ignored; rename it to *.yaml or *.csv, or remove it");
    }

    @Test
    void reportsMisspelledTopLevelFile() {
        config.with("seeds.yml", "seeds: []");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.yml; has the wrong extension and would be ignored; rename it to seeds.yaml, or remove it");
    }

    @Test
    void reportsFileThatIsNotUtf8() {
        config.with("seeds.csv", "url,label\nhttps://shop.example/,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(config.faults())
                .containsExactly("seeds.csv; must be UTF-8; in a spreadsheet, save it as 'CSV UTF-8'");
    }

    @Test
    void reportsFolderInPlaceOfFile() {
        config.without("policies.yaml").with("policies.yaml/x", "");
        assertThat(config.faults()).containsExactly("policies.yaml; must be a file");
    }

    @Test
    void rejectsHugeFileWithoutReadingIt() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("seeds.csv").toFile(), "rw")) {
            sparse.setLength((64L << 20) + 1);
        }
        assertThat(config.faults()).containsExactly("seeds.csv; must be at most 64 MiB; split it");
    }

    @Test
    void countsFaultsBeyondTheLimit() {
        config.with("seeds.csv", "url\n" + "x y\n".repeat(1_500));
        assertThat(config.faults())
                .hasSize(1_001)
                .last()
                .asString()
                .isEqualTo("seeds.csv; and 500 more faults; correct these first");
    }

    @Test
    void readsRulesFromAnotherFolder() throws WatchlistException {
        new JobConfigFolder(folder)
                .with("demo/markwatch.yaml", "demo: true\nrules-from: ..\n")
                .with("demo/seeds.csv", "url\nhttp://demo.example:8081/\n");
        Watchlist demo = WatchlistReader.read(folder.resolve("demo"));
        assertThat(demo.brands()).extracting(Brand::id).containsExactly("acme");
        assertThat(demo.settings().crawl().contact()).isEmpty();
        assertThat(demo.settings().crawl().userAgent()).isEqualTo("markwatch");
    }

    // YAML

    @Test
    void reportsBrokenYamlWithItsLine() {
        config.with("policies.yaml", POLICIES + "lanes: [\n");
        assertThat(config.faults()).singleElement().asString().startsWith("policies.yaml: line 14; must be YAML: ");
    }

    @Test
    void readsRevisitIntervalAndRetention() throws WatchlistException {
        config.with(
                "markwatch.yaml", "crawl:\n  contact: crawl@bank.test\n  revisit-nights: 1\nretention:\n  text: 90d\n");
        assertThat(config.read().settings().crawl().revisitNights()).isOne();
        assertThat(config.read().settings().retention().text()).isEqualTo(Duration.ofDays(90));
        config.with(
                "markwatch.yaml", "crawl:\n  contact: crawl@bank.test\n  revisit-nights: 0\nretention:\n  text: 1h\n");
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 3, crawl.revisit-nights=0; must be a whole number from 1 to 365",
                        "markwatch.yaml: line 5, retention.text=1h; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S,"
                                + " from 1d to 3650d");
    }

    @Test
    void returnsFirstDayOfUnchangedValidity() throws WatchlistException {
        assertThat(config.read().inForceSince(LocalDate.of(2027, 6, 1))).isEqualTo(LocalDate.EPOCH);
        config.with(
                "indicators/checkout.yaml", INDICATOR + "    valid_from: 2027-01-10\n    valid_until: 2027-01-31\n");
        Watchlist watchlist = config.read();
        assertThat(watchlist.inForceSince(LocalDate.of(2027, 1, 9))).isEqualTo(LocalDate.EPOCH);
        assertThat(watchlist.inForceSince(LocalDate.of(2027, 1, 31))).isEqualTo(LocalDate.of(2027, 1, 10));
        assertThat(watchlist.inForceSince(LocalDate.of(2027, 2, 1))).isEqualTo(LocalDate.of(2027, 2, 1));
        assertThat(watchlist.inForceSince(LocalDate.of(2027, 6, 1))).isEqualTo(LocalDate.of(2027, 2, 1));
    }

    @Test
    void suggestsNearestKey() {
        config.with("markwatch.yaml", "crawl:\n  contact: crawl@bank.test\n  max_dept: 3\n  colour: red\n");
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 3, crawl.max_dept; is not a known key; did you mean max-depth?",
                        "markwatch.yaml: line 4, crawl.colour; is not a known key; allowed: user-agent, contact, threads,"
                                + " delay, max-depth, max-pages, revisit-nights, timeout, max-body, allowed-ports,"
                                + " resolve, allowed-private-ranges, per-address, robots-meta, tls, proxies");
    }

    @Test
    void reportsRepeatedKey() {
        config.with("markwatch.yaml", "crawl:\n  contact: a@bank.test\n  contact: b@bank.test\n");
        assertThat(config.faults())
                .containsExactly("markwatch.yaml: line 3, crawl.contact; occurs twice in the same mapping; keep one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    &a [x]        | anchors (&) and aliases (*) are not allowed
                    !!int 3       | tags (!) are not allowed
                    [[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]] | is nested deeper than 16 levels
                    {[a]: b}      | must have scalar keys
                    """)
    void rejectsUnsupportedYaml(String value, String message) {
        config.with("markwatch.yaml", "crawl:\n  contact: " + value + "\n");
        assertThat(config.faults())
                .singleElement()
                .asString()
                .startsWith("markwatch.yaml: line 2")
                .contains(message);
    }

    @Test
    void rejectsAliasBombBeforeExpansion() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        config.with("policies.yaml", bomb.toString());
        assertThat(config.faults()).singleElement().asString().startsWith("policies.yaml: line 1, a0; anchors");
    }

    @Test
    void rejectsSecondDocument() {
        config.with("policies.yaml", POLICIES + "---\na: b\n");
        assertThat(config.faults())
                .containsExactly("policies.yaml: line 14; must have one document; remove the text after '---'");
    }

    // markwatch.yaml

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    delay: 0x              | line 3, crawl.delay=0x; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s to 1d
                    delay: 5               | line 3, crawl.delay=5; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s to 1d; add a unit: write 5s for seconds or 5ms for milliseconds
                    delay: 200 msec        | line 3, crawl.delay=200 msec; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s to 1d; write 200ms
                    delay: 2 minutes       | line 3, crawl.delay=2 minutes; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s to 1d; write 2m
                    delay: 25h             | line 3, crawl.delay=25h; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s to 1d
                    threads: 0             | line 3, crawl.threads=0; must be a whole number from 1 to 10000
                    threads: many          | line 3, crawl.threads=many; must be a whole number from 1 to 10000
                    threads: 99999999999   | line 3, crawl.threads=99999999999; must be a whole number from 1 to 10000
                    threads: '7'           | line 3, crawl.threads=7; must be a whole number; remove the quotes
                    max-body: 4 GB         | line 3, crawl.max-body=4 GB; must be a size like 512 KiB or 4 MiB, from 64 KiB to 64 MiB
                    allowed-ports: 80      | line 3, crawl.allowed-ports=80; must be a list: [a, b], or one item on each line after '- '
                    allowed-ports: [80, 70000] | line 3, crawl.allowed-ports[1]=70000; must be a whole number from 1 to 65535
                    user-agent: Mozilla    | line 3, crawl.user-agent=Mozilla; must begin with the product token markwatch, like markwatch/1.0, in ASCII, at most 200 characters
                    user-agent: markwatcher | line 3, crawl.user-agent=markwatcher; must begin with the product token markwatch, like markwatch/1.0, in ASCII, at most 200 characters
                    allowed-private-ranges: [10.0.0.0/33] | line 3, crawl.allowed-private-ranges[0]=10.0.0.0/33; must be a CIDR block like 127.0.0.0/8 or fd00::/8
                    resolve: {shop.example: here} | line 3, crawl.resolve.shop.example=here; must be an IP address like 127.0.0.1 or ::1
                    resolve: {'a b': 127.0.0.1} | line 3, crawl.resolve.a b; the key must be a host name like shop.example, without scheme, path or spaces; the host has a space, remove it
                    """)
    void reportsBadCrawlSetting(String setting, String fault) {
        config.with("markwatch.yaml", "crawl:\n  contact: crawl@bank.test\n  " + setting + "\n");
        assertThat(config.faults()).containsExactly("markwatch.yaml: " + fault);
    }

    @Test
    void reportsBadScheduleAndReviewSettings() {
        config.with("markwatch.yaml", """
                demo: yes please
                schedule: {cron: at one, zone: Mars/Base}
                crawl: {contact: nobody}
                review: {address: localhost, port: 65536, lease: 1s}
                """);
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 1, demo=yes please; must be one of true, false",
                        "markwatch.yaml: line 2, schedule.cron=at one; must be a Quartz cron expression of 6 or 7 fields"
                                + " (second minute hour day month weekday [year]) like 0 0 1 * * ?, or never",
                        "markwatch.yaml: line 2, schedule.zone=Mars/Base; must be a time zone like UTC, Europe/Berlin or"
                                + " Asia/Bangkok",
                        "markwatch.yaml: line 3, crawl.contact=nobody; must be a mail address or an http(s) URL that site"
                                + " owners can write to",
                        "markwatch.yaml: line 4, review.address=localhost; must be an IP address like 127.0.0.1 or ::1",
                        "markwatch.yaml: line 4, review.port=65536; must be a whole number from 0 to 65535",
                        "markwatch.yaml: line 4, review.lease=1s; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S,"
                                + " from 1m to 1d");
    }

    @Test
    void requiresContactOutsideDemo() {
        config.with("markwatch.yaml", "crawl:\n  delay: 2s\n");
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 2, crawl.contact; is required: a mail address or URL that site owners"
                                + " can write to");
        assertThat(config.with("markwatch.yaml", "demo: true\n").faults()).isEmpty();
    }

    @Test
    void rejectsExampleContactForRealSites() {
        config.with("seeds.csv", "url\nhttps://www.bank.org/\n");
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 2, crawl.contact=crawl@bank.test; is an example; set a mail address"
                                + " or URL that reaches you");
        assertThat(config.with("markwatch.yaml", "crawl: {contact: 'https://bank.org/crawl'}")
                        .faults())
                .isEmpty();
    }

    // seeds

    @ParameterizedTest
    @CsvSource({
        "https://SHOP.example, https://shop.example/",
        "http://shop.example:80/a?b=c#d, http://shop.example/a?b=c",
        "https://shop.example:8443, https://shop.example:8443/",
        "https://bücher.example/café, https://xn--bcher-kva.example/caf%C3%A9",
        "https://ร้าน.example/, https://xn--q3ct9b5e.example/",
        "http://shop_x.example/, http://shop_x.example/",
        "http://1.2.3/, http://1.2.0.3/",
        "http://127.0.0.1:8080/x, http://127.0.0.1:8080/x",
        "http://[::1]:8080/x, http://[::1]:8080/x"
    })
    void normalisesSeed(String written, String url) throws WatchlistException {
        config.with("seeds.csv", "url\n" + written + "\n");
        assertThat(config.read().seeds())
                .extracting(seed -> seed.url().toString())
                .containsExactly(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    shop.example      | must be an absolute http or https URL; write https://shop.example/
                    ftp://shop.example/ | must be an absolute http or https URL, like https://shop.example/
                    /shop             | must be an absolute http or https URL, like https://shop.example/
                    https://          | must name a host and at most a port, without user or password, like https://shop.example/
                    https://me:pw@shop.example/ | must name a host and at most a port, without user or password, like https://shop.example/
                    https://a b.example/ | must name a host like shop.example, an IPv4 address like 192.0.2.1, or an IPv6 address in brackets
                    https://1.2.3.256/ | must name a host like shop.example, an IPv4 address like 192.0.2.1, or an IPv6 address in brackets
                    https://shop.example:0/ | must have a port from 1 to 65535
                    https://shop.example/a b | must be a URL without white space: write a space as %20
                    """)
    void reportsMalformedSeedUrl(String url, String allowed) {
        config.with("seeds.csv", "label,url\nx," + url + "\n");
        assertThat(config.faults()).containsExactly("seeds.csv: line 2, column url=" + url + "; " + allowed);
    }

    @Test
    void reportsBadCellsWithLineAndColumn() {
        config.with("seeds.csv", """
                url,scope,max_depth,max_pages,delay,proxy,robots,tags

                https://a.example/,hosts,-1,0,0x,socks4://p:1,ignore,a|a
                ,,,,,,,
                "https://b.example/
                """.stripTrailing() + "\",x,,,,,,\n");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.csv: line 3, column proxy=socks4://p:1; must be a proxy like socks5://127.0.0.1:9050 or"
                                + " http://proxy.example:3128, with a port and without user or password",
                        "seeds.csv: line 3, column scope=hosts; must be one of host, domain, path; did you mean host?",
                        "seeds.csv: line 3, column max_depth=-1; must be a whole number from 0 to 100",
                        "seeds.csv: line 3, column max_pages=0; must be a whole number from 1 to 10000000",
                        "seeds.csv: line 3, column delay=0x; must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from 0s"
                                + " to 1d",
                        "seeds.csv: line 3, column authority; is required with robots = ignore: who authorises the crawl"
                                + " to ignore robots.txt, and why; the audit of every run records it",
                        "seeds.csv: line 5, column scope=x; must be one of host, domain, path");
    }

    @Test
    void selectsProxyOfSeedOrOfItsTag() throws WatchlistException {
        config.with(
                "markwatch.yaml",
                "demo: true\ncrawl:\n  proxies:\n    tor: socks5://127.0.0.1:9050\n    office: http://proxy.test:3128\n");
        config.with("seeds.csv", """
                url,proxy,tags
                http://market.onion/,,tor|x
                https://a.example/,http://[::1]:8118,tor
                https://b.example/,direct,tor
                https://c.example/,,office
                https://d.example/,,x
                """);
        Watchlist watchlist = config.read();
        assertThat(watchlist.seeds())
                .extracting(seed -> String.valueOf(seed.proxy()))
                .containsExactly(
                        "socks5://127.0.0.1:9050", "http://[::1]:8118", "null", "http://proxy.test:3128", "null");
        assertThat(watchlist.proxyFor(HttpUrl.of("https://www.c.example/x")))
                .isEqualTo(watchlist.seeds().get(3).proxy());
        assertThat(watchlist.proxyFor(HttpUrl.of("https://other.example/"))).isNull();
    }

    @Test
    void reportsConflictingAndMissingProxies() {
        config.with(
                "markwatch.yaml",
                "demo: true\ncrawl:\n  proxies:\n    tor: socks5://127.0.0.1:9050\n    office: http://proxy.test:3128\n"
                        + "    bad: proxy.test\n");
        config.with("seeds.csv", """
                url,proxy,tags
                http://market.onion/,,
                https://a.example/x,,tor
                https://a.example/y,,
                https://b.example/,,tor|office
                """);
        assertThat(config.faults())
                .containsExactly(
                        "markwatch.yaml: line 6, crawl.proxies.bad=proxy.test; must be a proxy like socks5://127.0.0.1:9050"
                                + " or http://proxy.example:3128, with a port and without user or password",
                        "seeds.csv: line 2, column proxy; must be a SOCKS proxy like Tor's socks5://127.0.0.1:9050, because the"
                                + " host is in .onion",
                        "seeds.csv: line 4, column proxy; must be the same as in seeds.csv, line 3"
                                + " (socks5://127.0.0.1:9050), as all seeds of a host use one proxy",
                        "seeds.csv: line 5, column tags=tor|office; select two proxies of crawl.proxies,"
                                + " socks5://127.0.0.1:9050 and http://proxy.test:3128; set proxy to the one to use, or to direct");
    }

    @Test
    void ignoresRobotsOnlyWithAuthority() throws WatchlistException {
        config.with("seeds.csv", """
                url,robots,authority
                https://a.example/,ignore,"Legal, order 12 of 2026-01-07"
                https://b.example/,obey,
                https://c.example/,,
                """);
        assertThat(config.read().seeds())
                .extracting(Seed::robotsAuthority)
                .containsExactly("Legal, order 12 of 2026-01-07", "", "");
        config.with("seeds.csv", "url,robots,authority\nhttps://a.example/,obey,Legal\nhttps://b.example/,no,\n");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.csv: line 2, column authority=Legal; is allowed only with robots = ignore; set robots, or leave authority empty",
                        "seeds.csv: line 3, column robots=no; must be one of obey, ignore");
    }

    @Test
    void readsCsvOfSpreadsheets() throws WatchlistException {
        config.with(
                "seeds.csv",
                "\uFEFFURL;Label;Max Depth;TAGS;;\r\n\r\nhttps://a.example/;\"A; or \"\"a\"\"\";2;x|y;;\r\n;;;;;\r\n");
        assertThat(config.read().seeds()).singleElement().satisfies(seed -> {
            assertThat(seed.label()).isEqualTo("A; or \"a\"");
            assertThat(seed.maxDepth()).isEqualTo(2);
            assertThat(seed.tags()).containsExactlyInAnyOrder("x", "y");
        });
    }

    @Test
    void reportsHeaderFaultsOnce() {
        config.with("seeds.csv", "link,dely,label,label\nhttps://a.example/,1s,x,y\nhttps://b.example/,1s,x,y\n");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.csv: line 1, column link; is not a known column; allowed: url, label, owner, scope, max_depth,"
                                + " max_pages, delay, proxy, robots, authority, tags",
                        "seeds.csv: line 1, column dely; is not a known column; did you mean delay?",
                        "seeds.csv: line 1, column label; occurs twice in the header; keep one",
                        "seeds.csv: line 1; has no column url; allowed: url, label, owner, scope, max_depth,"
                                + " max_pages, delay, proxy, robots, authority, tags");
    }

    @Test
    void reportsCellWithoutColumn() {
        config.with("seeds.csv", "url,label\nhttps://a.example/,Shop, Inc.\n");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.csv: line 2=Inc.; cell 3 has no column in the header; put cells that contain the"
                                + " delimiter in quotes");
    }

    @Test
    void reportsUnclosedQuote() {
        config.with("seeds.csv", "url,label\nhttps://a.example/,\"Shop\nhttps://b.example/,x\n");
        assertThat(config.faults())
                .containsExactly(
                        "seeds.csv: line 2; must be CSV; look for a quote (\") that is not closed or that text follows");
    }

    @Test
    void requiresSeed() {
        config.with("seeds.csv", "url,label\n,\n");
        assertThat(config.faults()).containsExactly("seeds.csv; must have at least one seed");
    }

    @Test
    void readsRowsOfTheSameSeedAsOneAndNotesThem() throws WatchlistException {
        config.with("seeds.csv", """
                url,label,scope,max_depth,tags
                https://a.example/,Shop,domain,,x|y
                https://b.example/,,,3,
                HTTPS://A.example:443,,,7,y | x
                https://b.example/#top,Other,,3,
                """);
        Watchlist watchlist = config.read();

        assertThat(watchlist.seeds())
                .extracting(seed -> seed.url().host() + " " + seed.label() + " " + seed.scope() + " " + seed.maxDepth())
                .containsExactly("a.example Shop DOMAIN 7", "b.example Other HOST 3");
        assertThat(watchlist.repeats())
                .extracting(repeat -> repeat.toString().replace(folder + "/", ""))
                .containsExactly(
                        "seeds.csv: line 4, column url=HTTPS://A.example:443; repeats seeds.csv: line 2, column url",
                        "seeds.csv: line 5, column url=https://b.example/#top; repeats seeds.csv: line 3, column url");
    }

    @Test
    void reportsSameSeedWithOtherSettings() {
        config.with("seeds.csv", "url,label,scope,delay\nhttps://shop.example/,Shop,host,1s\n");
        config.with(
                "seeds.yaml", "seeds:\n  - {url: 'HTTPS://shop.example:443', label: Shop, scope: domain, delay: 2s}\n");
        assertThat(config.faults())
                .singleElement()
                .asString()
                .startsWith("seeds.yaml: line 2, seeds[0].url=HTTPS://shop.example:443; is the same as in ")
                .endsWith("seeds.csv, line 2, with another scope, delay; write the same values, or remove one");
    }

    @Test
    void readsRepeatedIndicatorsMerchantsAndHostsOnce() throws WatchlistException {
        config.with("brands/acme.yaml", """
                id: acme
                name: Acme
                official_hosts: [acme.example, ACME.example]
                merchants:
                  - {host: shop.example, owner: ann}
                  - {host: Shop.example, owner: ann, until: 2027-01-31}
                """);
        config.with("brands/merchants.csv", """
                brand,host,owner
                acme,other.example,ann
                acme,Other.example,ann
                """);
        config.with("indicators/list.csv", """
                id,type,pattern,group,weight,scope,source
                one,phrase,pay here,checkout,5,text,us
                one,phrase,pay here,checkout,5,text,us
                """);
        Watchlist watchlist = config.read();

        assertThat(watchlist.brands().getFirst().officialHosts()).containsExactly("acme.example");
        assertThat(watchlist.brands().getFirst().merchants())
                .extracting(merchant -> merchant.host() + " " + merchant.until())
                .containsExactly("shop.example 2027-01-31", "other.example null");
        assertThat(watchlist.indicators())
                .extracting(Indicator::id)
                .contains("one")
                .doesNotHaveDuplicates();
        assertThat(watchlist.repeats()).hasSize(4);
    }

    @Test
    void readsSeedsOfBothFiles() throws WatchlistException {
        config.with("seeds.yaml", "seeds:\n  - {url: 'https://b.example/', scope: domain, max_depth: 0, tags: [x]}\n");
        assertThat(config.read().seeds())
                .extracting(seed -> seed.url().host())
                .containsExactly("shop.example", "b.example");
    }

    @Test
    void keepsControlCharactersOutOfFaults() {
        config.with("seeds.csv", "url\nhttps://a\u001b[31m\u202Eb.example/\n" + "x".repeat(500) + "\n");
        assertThat(config.faults()).hasSize(2).allSatisfy(fault -> {
            assertThat(fault).doesNotContainPattern("\\p{C}");
            assertThat(fault.length()).isLessThan(300);
        });
    }

    // brands

    @Test
    void reportsBadBrand() {
        config.with("brands/acme.yaml", """
                id: Acme!
                aliases: [AcmePay, acmepay, 12, AcmePay]
                ambiguous: [Other]
                logo_names: [Acme.png]
                logo_classes: [.acme]
                official_hosts: []
                merchants: [{host: https://shop.example, until: tomorrow}]
                """);
        assertThat(config.faults())
                .containsExactly(
                        "brands/acme.yaml: line 1, name; is required",
                        "brands/acme.yaml: line 2, aliases[2]=12; must be text; put it in quotes",
                        "brands/acme.yaml: line 4, logo_names[0]=Acme.png; must be lower-case words joined by '-', without a"
                                + " file extension",
                        "brands/acme.yaml: line 6, official_hosts; must have at least one item",
                        "brands/acme.yaml: line 1, id=Acme!; must be lower-case letters, digits, '-' and '.', at most 64",
                        "brands/acme.yaml: line 3, ambiguous[0]=Other; must also be the name, an alias, a logo name or a part of"
                                + " an official host of the brand",
                        "brands/acme.yaml: line 5, logo_classes[0]=.acme; must be one CSS class or symbol name, without dot,"
                                + " quotes or spaces",
                        "brands/acme.yaml: line 7, merchants[0].host=https://shop.example; must be a host name like"
                                + " shop.example, without scheme, path or spaces; remove the scheme and the path",
                        "brands/acme.yaml: line 7, merchants[0].owner; is required",
                        "brands/acme.yaml: line 7, merchants[0].until=tomorrow; must be a date like 2027-01-31");
    }

    @Test
    void reportsRepeatedBrandId() {
        config.with("brands/twin.yaml", BRAND);
        assertThat(config.faults())
                .containsExactly(
                        "brands/twin.yaml: line 1, id=acme; is already used in brands/acme.yaml, line 1; ids must be unique");
    }

    @Test
    void readsWhetherBrandIsBank() throws WatchlistException {
        config.with("brands/rival.yaml", "id: rival\nname: Rival\nbank: true\nofficial_hosts: [rival.example]\n");

        assertThat(config.read().brands())
                .extracting(Brand::id, Brand::bank)
                .containsExactlyInAnyOrder(tuple("acme", false), tuple("rival", true));
    }

    @Test
    void reportsNameOfAnotherBrand() {
        config.with(
                "brands/rival.yaml", "id: rival\nname: Rival\naliases: [acmepay]\nofficial_hosts: [rival.example]\n");
        assertThat(config.faults())
                .containsExactly(
                        "brands/rival.yaml: line 3, aliases; 'acmepay' is already a name of acme; keep it in one pack");
    }

    // indicators

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    weight: 5      | weight: 0      | line 6, indicators[0].weight=0; must not be 0; to run an indicator without points, write state: background
                    weight: 5      | weight: 101    | line 6, indicators[0].weight=101; must be a whole number from -100 to 100
                    group: checkout | group: chekout | line 5, indicators[0].group=chekout; must be a group of policies.yaml; did you mean checkout?
                    group: checkout | group: marks  | line 5, indicators[0].group=marks; is reserved for brand use; use another group of policies.yaml
                    scope: [text]  | scope: [body]  | line 7, indicators[0].scope[0]=body; must be one of title, heading, text, link, meta, open-graph, json-ld, image, form, script, script-data, url, header
                    scope: [text]  | scope: []      | line 7, indicators[0].scope; must have at least one item
                    source: own    | language: en   | line 2, indicators[0].source; is required
                    source: own    | source: ''     | line 8, indicators[0].source; must not be blank
                    type: phrase   | type: word     | line 3, indicators[0].type=word; must be one of phrase, regex, host, account, price, selector, analytics, cookie, language, dom-fingerprint, method, together, payment-strip, text-fingerprint, keyed-hash
                    """)
    void reportsBadIndicator(String good, String bad, String fault) {
        config.with("indicators/checkout.yaml", INDICATOR.replace(good, bad));
        assertThat(config.faults()).containsExactly("indicators/checkout.yaml: " + fault);
    }

    @Test
    void reportsControlCharactersWithinALine() {
        config.with("indicators/checkout.yaml", INDICATOR.replace("source: own", "source: \"a\\tb\""));
        assertThat(String.join("\n", config.faults()))
                .startsWith("indicators/checkout.yaml: line 8, indicators[0].source")
                .endsWith("; must be one line without control characters, has U+0009");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    regex   | 'buy (now' | must be a regular expression in RE2 syntax: missing closing ) at character 1 'buy (now'
                    regex   | 'buy a{2,1} now' | must be a regular expression in RE2 syntax: invalid repeat count at character 6 '{2,1}'
                    regex   | '(?=buy)'  | must be a regular expression in RE2 syntax: invalid or unsupported Perl syntax at character 1 '(?='
                    regex   | '(buy)*'   | must not match the empty text, because it would match every page
                    host    | 'a/b'      | must be a host name like shop.example, without scheme, path or spaces
                    account | 'peercoin' | must be one of bitcoin, ethereum, litecoin, tron, dogecoin, monero, iban
                    selector | 'generator' | must be meta:NAME or jsonld:PATH, alone or with '~' and a regular expression for the value, like meta:generator ~ ^acme shop or jsonld:Offer.price
                    selector | 'jsonld:Offer..price' | must be meta:NAME or jsonld:PATH, alone or with '~' and a regular expression for the value, like meta:generator ~ ^acme shop or jsonld:Offer.price
                    selector | 'meta:generator ~ (a' | must be a regular expression in RE2 syntax: missing closing ) at character 1 '(a'
                    price   | '5-50'     | must be any, or currencies by their ISO 4217 codes with an optional range, like USD,EUR 5-50
                    method  | 'Bitcoin,,BTC' | must be 1 to 100 names of 2 to 60 characters with commas between them, like Bitcoin, BTC
                    together | 'gift-card' | must be 2 to 4 different categories of the lexicon with + between them, like gift-card + card-code + send-us
                    together | 'gift-card + gift-card' | must be 2 to 4 different categories of the lexicon with + between them, like gift-card + card-code + send-us
                    together | 'accept-own + not' | has accept-own, whose entries need a brand; name a category of words, phrases or expressions
                    cookie  | 'a b'      | must be the name of a cookie, or its beginning and '*', like cart_session_*
                    language | 'German'  | must be a language tag like en, th or zh-Hant
                    """)
    void reportsBadPattern(String type, String pattern, String allowed) {
        String scope = List.of("selector", "cookie", "language").contains(type) ? "" : "    scope: [text]\n";
        config.with(
                "indicators/checkout.yaml",
                INDICATOR
                        .replace("phrase", type)
                        .replace("buy now", "'" + pattern + "'")
                        .replace("    scope: [text]\n", scope));
        assertThat(config.faults())
                .containsExactly("indicators/checkout.yaml: line 4, indicators[0].pattern=" + pattern + "; " + allowed);
    }

    @Test
    void setsDefaultScopeByType() throws WatchlistException {
        config.with("indicators/checkout.yaml", """
                        indicators:
                          - {id: a, type: cookie, pattern: 'cart_*', group: checkout, weight: 5, source: own}
                          - {id: b, type: cookie, pattern: 'cart_*', group: checkout, weight: 5, scope: [header], source: own}
                        """);
        assertThat(config.read().indicators())
                .extracting(Indicator::scope)
                .containsExactly(Set.of(Field.HEADER, Field.SCRIPT), Set.of(Field.HEADER));
    }

    @Test
    void reportsScopeThatTypeDoesNotSupport() {
        config.with("indicators/checkout.yaml", """
                        indicators:
                          - {id: a, type: cookie, pattern: 'cart_*', group: checkout, weight: 5, scope: [text], source: own}
                        """);
        assertThat(config.faults())
                .singleElement()
                .asString()
                .contains("cookie is found in")
                .contains("script, header");
    }

    @Test
    void reportsValidityThatEndsBeforeItStarts() {
        config.with(
                "indicators/checkout.yaml", INDICATOR + "    valid_from: 2027-01-02\n    valid_until: 2027-01-01\n");
        assertThat(config.faults())
                .containsExactly(
                        "indicators/checkout.yaml: line 10, indicators[0].valid_until=2027-01-01; must not be before"
                                + " valid_from, 2027-01-02");
    }

    @Test
    void readsIndicatorsFromTable() throws WatchlistException {
        config.without("indicators/checkout.yaml").with("indicators/checkout.csv", """
                        id;type;pattern;group;weight;scope;source;match
                        checkout.buy;phrase;buy now;checkout;5;text;own;
                        """);
        JobConfigFolder asYaml = new JobConfigFolder(folder.resolve("yaml"));
        assertThat(config.read().indicators()).isEqualTo(asYaml.read().indicators());
    }

    @Test
    void reportsSameIndicatorIdInTwoFiles() {
        config.with(
                "indicators/more.csv",
                "id,type,pattern,group,weight,scope,source\ncheckout.buy,phrase,x,checkout,1,text,own\n");
        assertThat(config.faults())
                .singleElement()
                .asString()
                .startsWith("indicators/more.csv: line 2, column id=checkout.buy; is the same as in ")
                .endsWith(
                        "indicators/checkout.yaml, line 2, with another pattern, weight; write the same values, or remove one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ???; must contain a letter or digit besides {brand}
                    {brand}; must contain a letter or digit besides {brand}
                    pay with {brand} here; must have {brand} once, at the beginning or the end
                    {brand} or {brand}; must have {brand} once, at the beginning or the end
                    """)
    void reportsPhraseThatCannotBeFound(String phrase, String fault) {
        config.with("indicators/checkout.yaml", INDICATOR.replace("buy now", "'" + phrase + "'"));
        assertThat(config.faults()).singleElement().asString().contains("pattern=" + phrase + "; " + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 0 25 * * ?  | has the hour 25; must be from 0 to 23
                    0 60 1 * * ?  | has the minute 60; must be from 0 to 59
                    0 0 1 0 * ?   | has the day 0; must be from 1 to 31
                    0 0 1 ? 13 2  | has the month 13; must be from 1 to 12
                    0 0 1 ? * 0-6 | has the weekday 0; must be from 1 to 7
                    0 0 1 30 2 ?  | has the day 30 in month 2, which never comes; must be at most 29
                    0 0 1 31 APR,11 ? | has the day 31 in month APR,11, which never comes; must be at most 30
                    0 0 1 * * *   | must have ? as the day or as the weekday
                    0 0 1 ? * ?   | must have ? as the day or as the weekday
                    """)
    void reportsImpossibleTimes(String cron, String fault) {
        config.with("markwatch.yaml", JobConfigFolder.SETTINGS + "schedule:\n  cron: '" + cron + "'\n");
        assertThat(config.faults()).singleElement().asString().contains("schedule.cron=" + cron + "; " + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0/15 1-5 * * ?",
                "0 0 1 ? * MON-FRI",
                "0 0 1 ? * 6#3",
                "0 0 1 L * ?",
                "0 0 1 29,30 2 ?",
                "0 0 1 1/40 * ? 2027"
            })
    void acceptsTimesOfQuartz(String cron) throws WatchlistException {
        config.with("markwatch.yaml", JobConfigFolder.SETTINGS + "schedule:\n  cron: '" + cron + "'\n");
        assertThat(config.read().settings().schedule().cron()).isEqualTo(cron);
    }

    @Test
    void reportsSeparatorsOfSpreadsheets() {
        config.with(
                "indicators/more.csv",
                "id,type,pattern,group,weight,scope,source\nown.more,phrase,x,checkout,1,\"title,text\",own\n");
        assertThat(config.faults()).singleElement().asString().endsWith("; separate entries with |");

        config.with("indicators/more.csv", "id\ttype\tpattern\nown.more\tphrase\tx\n");
        assertThat(config.faults())
                .containsExactly("indicators/more.csv: line 1; is one cell; separate cells with , or ;");
    }

    @Test
    void namesFileThatHoldsNoKey() {
        config.with("markwatch.yaml", JobConfigFolder.SETTINGS + "matching: {hash-key: ../keys/hash.key}\n");
        assertThat(config.faults())
                .singleElement()
                .asString()
                .contains("cannot be read; looked for ")
                .contains("/keys/hash.key, which must be a file with 64 hex digits");
    }

    @Test
    void readsMerchantsFromTable() throws WatchlistException {
        config.with("brands/merchants.csv", "brand;host;owner;until\nacme;Partner.example;brand desk;2027-01-31\n");
        assertThat(config.read().brands().getFirst().merchants())
                .containsExactly(
                        new Brand.AuthorisedMerchant("partner.example", "brand desk", LocalDate.of(2027, 1, 31)));
    }

    @Test
    void reportsMerchantOfUnknownBrand() {
        config.with("brands/merchants.csv", "brand,host,owner\nacne,partner.example,brand desk\n");
        assertThat(config.faults())
                .containsExactly("brands/merchants.csv: line 2, column brand=acne; must be the id of a brand pack;"
                        + " did you mean acme?");
    }

    // policies

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Marks, cap: 40 | Marks, cap: 0 | line 2, groups.marks.cap=0; must be a whole number from 1 to 1000
                    effect: offer | effect: describes | line 3, groups.checkout.effect=describes; must be one of offer, acceptance-wording, describes-marks, other-meaning, context; did you mean describes-marks?
                    sample_one_in: 50 | sample_one_in: -1 | line 12, sample_one_in=-1; must be a whole number from 0 to 1000000
                    name: checkout | name: sample | line 10, lanes[0].name=sample; is the lane of sampled pages, which the queue adds; choose another name
                    mention: 0 | mentions: 0 | line 4, brand_use.mentions; is not a known key; did you mean mention?
                    from: 45 | from: 15 | line 8, bands[1].from=15; must be at least 21; bands are in order, lowest first
                    low, from: 20 | low, from: 30 | line 7, bands[0].from=30; must be review_from, 20, in the first band
                    severity: high | severity: low | line 8, bands[1].severity=low; occurs twice; keep one band of that name
                    min_groups: 2 | min_groups: 3 | line 8, bands[1].min_groups=3; must be a whole number from 1 to 2
                    groups: [checkout] | groups: [check] | line 10, lanes[0].groups[0]=check; must be one of marks, checkout
                    , groups: [checkout] | '' | line 10, lanes[0].name=checkout; does not say which pages it accepts; add brand_use or groups, groups: [] if only people move items there, or put it last
                    {name: general} | {name: general, brand_use: [logo]} | line 11, lanes[1].name=general; is the last lane and must accept every page; remove its brand_use, groups and restricted
                    """)
    void reportsBadPolicy(String good, String bad, String fault) {
        config.with("policies.yaml", POLICIES.replace(good, bad));
        assertThat(config.faults()).contains("policies.yaml: " + fault);
    }

    @Test
    void acceptsLaneToWhichOnlyPeopleMoveItems() {
        config.with("policies.yaml", POLICIES.replace("groups: [checkout]", "groups: []"));
        assertThat(config.faults()).isEmpty();
    }

    @Test
    void reportsPositiveWeightInGroupOfContext() {
        config.with("policies.yaml", POLICIES.replace("effect: offer", "effect: other-meaning"));
        assertThat(config.faults())
                .containsExactly("indicators/checkout.yaml: line 6, indicators[0].weight=5; must be negative, since the"
                        + " group checkout is a context (effect other-meaning in policies.yaml); write a minus sign,"
                        + " or use another group");
    }

    @Test
    void requiresGroupMarks() {
        config.with("policies.yaml", POLICIES.replace("marks: {", "brands: {"));
        assertThat(config.faults())
                .containsExactly(
                        "policies.yaml: line 2, groups; must have the group marks, which caps the points of brand use");
    }

    // ruleset hash

    @Test
    void hashesRulesIndependentOfOrderCommentsAndFiles() throws WatchlistException {
        String more = INDICATOR.replace("checkout.buy", "checkout.pay").replace("indicators:\n", "");
        config.with("indicators/checkout.yaml", INDICATOR + more);
        String hash = config.read().rulesetSha256();

        config.with("indicators/checkout.yaml", "# pay first\nindicators:\n" + more)
                .with("indicators/later.yaml", INDICATOR.replace("source: own", "source: another"))
                .with("markwatch.yaml", "crawl: {contact: x@bank.test}");
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(config.read().rulesetSha256()).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight: 6", "version: 2\n    weight: 5", "state: background\n    weight: 5"})
    void changesHashWithIndicator(String changed) throws WatchlistException {
        String hash = config.read().rulesetSha256();
        config.with("indicators/checkout.yaml", INDICATOR.replace("weight: 5", changed));
        assertThat(config.read().rulesetSha256()).isNotEqualTo(hash);
    }

    @Test
    void changesHashIfBrandIsBank() throws WatchlistException {
        String hash = config.read().rulesetSha256();
        config.with("brands/acme.yaml", BRAND + "bank: true\n");
        assertThat(config.read().rulesetSha256()).isNotEqualTo(hash);
    }
}
