package org.markwatch.crawl.visit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.fetch.SiteFileFetcher;
import org.markwatch.crawl.fetch.TestFetcher;
import org.markwatch.crawl.fetch.TestWeb;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.robots.RobotsTxt;
import org.markwatch.url.HttpUrl;

/** The Robots Exclusion Protocol (RFC 9309), rule by rule. */
@Timeout(60)
class RobotsPolicyTest {
    private final TestWeb web = new TestWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User-agent: *;Disallow: /a                                        | /a/b  | false",
                "User-agent: *;Disallow: /a                                        | /b    | true",
                "User-agent: *;Disallow:                                           | /a    | true",
                // 2.2.1: the group of the product token in any case, not the group of *
                "User-agent: *;Disallow: /;;User-agent: MarkWatch;Disallow: /a     | /b    | true",
                "User-agent: *;Disallow: /;;User-agent: MarkWatch;Disallow: /a     | /a    | false",
                "User-agent: MARKWATCH/2.0 (+me);Disallow: /a                      | /a    | false",
                "User-agent: otherbot;Disallow: /                                  | /a    | true",
                "User-agent: otherbot;User-agent: markwatch;Disallow: /a           | /a    | false",
                // groups of the same token are combined
                "User-agent: markwatch;Disallow: /a;;User-agent: markwatch;Disallow: /b | /a | false",
                "User-agent: markwatch;Disallow: /a;;User-agent: markwatch;Disallow: /b | /b | false",
                // 2.2.2: the longest match, allow among equals
                "User-agent: *;Disallow: /a;Allow: /a/open                         | /a/open/x | true",
                "User-agent: *;Allow: /a;Disallow: /a/closed                       | /a/closed | false",
                "User-agent: *;Disallow: /page;Allow: /page                        | /page | true",
                // 2.2.3: wildcards and the end
                "User-agent: *;Disallow: /*.php$                                   | /x.php | false",
                "User-agent: *;Disallow: /*.php$                                   | /x.php?y | true",
                "User-agent: *;Disallow: /a*z                                      | /abcz/d | false",
                "User-agent: *;Disallow: /caf%C3%A9                                | /caf%C3%A9 | false",
                "User-agent: *;Disallow: /caf\u00E9                                | /caf%C3%A9 | false",
                // order, white space, comments, unknown lines, case of keys
                "  user-AGENT :  * # all;DISALLOW:/a   # this                      | /a    | false",
                "User-agent: *;Request-rate: 1/5;Noindex: /b;Disallow: /a          | /a    | false",
                "Disallow: /a                                                      | /a    | true",
            })
    void obeysGroupsAndTheLongestMatch(String lines, String path, boolean allowed) throws Exception {
        robots(lines.strip().replace(';', '\n') + "\n");
        assertThat(rules().allows(web.url(path))).isEqualTo(allowed);
    }

    /** Each rule costs CPU time for each URL. */
    @Test
    void disallowsEverythingForThousandsOfWildcards() throws Exception {
        StringBuilder file = new StringBuilder("User-agent: *\n");
        for (int i = 0; i <= RobotsTxt.MAX_WILDCARDS; i++) {
            file.append("Disallow: /*").append(i).append("*a\n");
        }
        robots(file.toString());
        assertThat(rules().allows(web.url("/b"))).isFalse();
        assertThat(rules().reason()).contains("2001 rules with wildcards");
    }

    @Test
    void alwaysAllowsRobotsTxtItself() throws Exception {
        robots("User-agent: *\nDisallow: /\n");
        assertThat(rules().allows(web.url("/robots.txt"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=utf-16",
                "text/html; charset=shift_jis",
                "application/octet-stream",
                "application/json",
                "TEXT",
                "",
                ";;",
            })
    void parsesItWhateverItsMediaType(String type) throws Exception {
        web.page(
                "/robots.txt",
                200,
                type.isEmpty() ? Map.of() : Map.of("Content-Type", type),
                "User-agent: *\nDisallow: /a\n");
        assertThat(rules().allows(web.url("/a"))).isFalse();
    }

    @Test
    void parsesItAfterByteOrderMark() throws Exception {
        robots("\uFEFFUser-agent: *\nDisallow: /a\n");
        assertThat(rules().allows(web.url("/a"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00EF\u00BBUser-agent: *|Disallow: /a|",
                "\u00EFUser-agent: *|Disallow: /a|",
                "\u00EF\u00BB\u00BF User-agent: *|Disallow: /a|",
                "\u00FF\u00FEU\0s\0e\0r\0-\0a\0g\0e\0n\0t\0:\0*\0|\0D\0i\0s\0a\0l\0l\0o\0w\0:\0/\0a\0|\0",
                "\0User-agent: *|Disallow: /a|",
                "User-agent: *\0|Dis\0allow: /a\0|",
                "User-agent: *|\0Disallow: \0/a|",
                "\u0001\u0002\u0003User-agent: *|Disallow: /a|",
            })
    void obeysItWithDamagedByteOrderMarkOrControlBytes(String file) throws Exception {
        web.file("/robots.txt", 200, Map.of(), file.replace('|', '\n').getBytes(ISO_8859_1));
        assertThat(rules().allows(web.url("/a"))).isFalse();
        assertThat(rules().allows(web.url("/b"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00EF\u0011\u00BFUser-agent: *|Disallow: /a|",
                "\u00BB\u00BFUser-agent: markwatch|Disallow: /|",
                "\u00EF\u00BF\u00BDUser-agent: *|Disallow: /a|",
                "User-agent: *|\u00EF\u00BB\u00BFDisallow: /a|Disallow: /b|",
            })
    void ignoresLinesBehindOtherBytes(String file) throws Exception {
        web.file("/robots.txt", 200, Map.of(), file.replace('|', '\n').getBytes(ISO_8859_1));
        assertThat(rules().allows(web.url("/a"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 5_000})
    void obeysItAmongZeroBytes(int zeros) throws Exception {
        String padding = "\0".repeat(zeros);
        web.file(
                "/robots.txt",
                200,
                Map.of(),
                (padding + "User-agent: *\n" + padding + "Disallow: /a\n" + padding).getBytes(ISO_8859_1));
        assertThat(rules().allows(web.url("/a"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void parsesEveryLineEnding(String end) throws Exception {
        robots("User-agent: *" + end + "Disallow: /a" + end);
        assertThat(rules().allows(web.url("/a"))).isFalse();
    }

    @Test
    void skipsInvalidUtf8() throws Exception {
        web.file(
                "/robots.txt",
                200,
                Map.of("Content-Type", "text/plain"),
                "# caf\u00E9 \u00FF\nUser-agent: *\nDisallow: /a\n".getBytes(ISO_8859_1));
        assertThat(rules().allows(web.url("/a"))).isFalse();
        assertThat(rules().allows(web.url("/b"))).isTrue();
    }

    @Test
    void parsesTheFirst500KibibytesOnly() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("User-agent: *\nDisallow: /early\n".getBytes(UTF_8));
        file.writeBytes("# filling line of the file\n".repeat(30_000).getBytes(UTF_8));
        file.writeBytes("Disallow: /late\n".getBytes(UTF_8));
        assertThat(file.size()).isGreaterThan(SiteFileFetcher.MAX_ROBOTS_BYTES);
        web.file("/robots.txt", 200, Map.of("Content-Type", "text/plain"), file.toByteArray());
        assertThat(rules().allows(web.url("/early"))).isFalse();
        assertThat(rules().allows(web.url("/late"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451})
    void allowsEverythingWithoutFile(int status) throws Exception {
        web.page("/robots.txt", status, Map.of(), "User-agent: *\nDisallow: /\n");
        assertThat(rules().allows(web.url("/a"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void retriesAndThenDisallowsEverythingIfUnreachable(int status) throws Exception {
        web.page("/robots.txt", status, Map.of("Retry-After", "7"), "");
        try (TestFetcher fetching = new TestFetcher(Duration.ofSeconds(20))) {
            HostQueue host = host();
            for (int i = 1; i < 4; i++) {
                assertThat(fetching.learnRobots(host))
                        .isInstanceOfSatisfying(
                                RobotsPolicy.RobotsOutcome.FurtherRequest.class,
                                outcome -> assertThat(Objects.requireNonNull(outcome.failure())
                                                .retryAfter())
                                        .isEqualTo(Duration.ofSeconds(7)));
                assertThat(host.robots().rules()).isNull();
            }
            assertThat(fetching.learnRobots(host)).isInstanceOf(RobotsPolicy.RobotsOutcome.RulesKnown.class);
            RobotRules rules = Objects.requireNonNull(host.robots().rules());
            assertThat(rules.allows(web.url("/a"))).isFalse();
            assertThat(rules.reason()).contains("HTTP " + status);
        }
    }

    @Test
    void followsFiveRedirects() throws Exception {
        robots("unused");
        for (int i = 0; i < 5; i++) {
            web.page(i == 0 ? "/robots.txt" : "/r" + i, 301, Map.of("Location", "/r" + (i + 1)), "");
        }
        web.page("/r5", 200, Map.of("Content-Type", "text/plain"), "User-agent: *\nDisallow: /a\n");
        assertThat(rules().allows(web.url("/a"))).isFalse();
        assertThat(web.asked()).containsExactly("/robots.txt", "/r1", "/r2", "/r3", "/r4", "/r5");
    }

    @Test
    void treatsSixthRedirectOrLoopAsNoFile() throws Exception {
        for (int i = 0; i < 9; i++) {
            web.page(i == 0 ? "/robots.txt" : "/r" + i, 301, Map.of("Location", "/r" + (i + 1)), "");
        }
        assertThat(rules().allows(web.url("/a"))).isTrue();
        assertThat(web.asked()).hasSize(6);
        web.page("/robots.txt", 301, Map.of("Location", "/robots.txt"), "");
        assertThat(rules().allows(web.url("/a"))).isTrue();
    }

    @Test
    void keepsCrawlDelayUpToItsLimit() throws Exception {
        robots("User-agent: *\nCrawl-delay: 2.5\n");
        assertThat(rules().crawlDelay()).isEqualTo(Duration.ofMillis(2500));
        robots("User-agent: *\nCrawl-delay: 86400\n");
        assertThat(rules().crawlDelay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(rules().allows(web.url("/a"))).isTrue();
        robots("User-agent: *\nCrawl-delay: -3\nCrawl-delay: soon\n");
        assertThat(rules().crawlDelay()).isZero();
    }

    private void robots(String text) {
        web.page("/robots.txt", 200, Map.of("Content-Type", "text/plain"), text);
    }

    private HostQueue host() {
        HttpUrl any = web.url("/");
        return new HostQueue(any.origin(), () -> 0);
    }

    /** Fetches the rules of the host, with as many requests as needed. */
    private RobotRules rules() throws Exception {
        try (TestFetcher fetching = new TestFetcher(Duration.ofSeconds(20))) {
            HostQueue host = host();
            for (int i = 0; i < 10 && host.robots().rules() == null; i++) {
                fetching.learnRobots(host);
            }
            return Objects.requireNonNull(host.robots().rules());
        }
    }
}
