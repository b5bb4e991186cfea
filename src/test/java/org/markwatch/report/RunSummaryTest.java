package org.markwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunSummaryTest {
    static final RunSummary SUMMARY = new RunSummary(
            7,
            "complete",
            Instant.parse("2026-03-01T01:00:00Z"),
            Instant.parse("2026-03-01T01:02:03.5Z"),
            "ab".repeat(32),
            12,
            11,
            new RunSummary.PageCounts(120, 40, 0, 4, 3, 2),
            Map.of("image", 3L, "address", 1L, "video", 0L),
            Map.of("page", 129L),
            0,
            0,
            1_572_864,
            532,
            new RunSummary.ItemCounts(7, 1, 2, 3, 1, 0, 4),
            1.0446,
            212,
            Map.of("answered-304", 40L),
            Map.of("trial.voucher@2", 5L),
            6,
            Map.of("points", 40L, "mention", 300L),
            new RunSummary.SampleCounts(3, 120, 96, 3, 0.0107, 0.0879),
            List.of("ab".repeat(32)));

    @Test
    void keepsKeysOfTheJson() {
        JsonNode json = JsonMapper.shared().readTree(SUMMARY.toJson());
        assertThat(json.propertyNames())
                .containsExactly(
                        "runId",
                        "status",
                        "startedAt",
                        "endedAt",
                        "rulesetSha256",
                        "seeds",
                        "hosts",
                        "pages",
                        "refused",
                        "requestsByKind",
                        "despiteRobots",
                        "pictureBytesAccepted",
                        "bytes",
                        "matches",
                        "items",
                        "pagesPerSecond",
                        "peakHeapMb",
                        "economy",
                        "background",
                        "shells",
                        "heldBack",
                        "sample",
                        "rulesets");
        assertThat(json.get("pages").propertyNames())
                .containsExactly("fetched", "notModified", "redirected", "refused", "disallowed", "failed");
        assertThat(json.get("items").propertyNames())
                .containsExactly("new", "reopened", "unchanged", "suppressed", "raised", "lowered", "dropped");
        assertThat(json.get("sample").propertyNames())
                .containsExactly("queued", "sampled", "decided", "hits", "low", "high");
        assertThat(json.get("startedAt").asString()).isEqualTo("2026-03-01T01:00:00Z");
    }

    @Test
    void parsesItsOwnJson() {
        assertThat(RunSummary.ofJson(SUMMARY.toJson())).isEqualTo(SUMMARY);
    }

    @Test
    void parsesSummariesWithoutSavings() {
        String before = SUMMARY.toJson().replaceFirst("(?s),\\s*\"economy\".*", "}");
        assertThat(before).doesNotContain("economy").doesNotContain("background");
        assertThat(RunSummary.ofJson(before).economy()).isEmpty();
        assertThat(RunSummary.ofJson(before).background()).isEmpty();
        assertThat(RunSummary.ofJson(before).shells()).isZero();
        assertThat(RunSummary.ofJson(before).heldBack()).isEmpty();
        assertThat(RunSummary.ofJson(before).sample().sampled()).isZero();
    }

    @Test
    void formatsSummaryForTerminal() {
        assertThat(SUMMARY.toText(false).lines())
                .startsWith(
                        "Run 7 complete  2026-03-01 01:00:00 UTC, 2 min 3 s",
                        "  sites     12 seeds, 11 hosts",
                        "  pages     120 fetched, 40 not modified, 0 redirected, 4 refused, 3 disallowed, 2 failed; 1.0 per second")
                .contains(
                        "  shells    6 pages have no text unless scripts run; a text-only crawl cannot see their content",
                        "  savings   answered-304 40",
                        "  requests  page 129",
                        "  pictures  0 bytes accepted, text 1.5 MiB",
                        "  observed  trial.voucher@2 5 (pages that match a background indicator)",
                        "  items     7 new, 1 reopened, 2 unchanged (1 raised, 0 lowered), 4 dropped, 3 suppressed",
                        "  held back 40 with too few points, 300 that only name a brand, 0 suppressed; see markwatch export"
                                + " held-back",
                        "  sample    3 new; 120 sampled in 90 days, 96 decided, 3 of them hits: 3.1 % (95 % interval 1.1 to"
                                + " 8.8 %)");
    }

    @Test
    void warnsOfRunWithoutText() {
        RunSummary failed = with(new RunSummary.PageCounts(0, 0, 0, 1, 2, 9));
        RunSummary rescan = with(new RunSummary.PageCounts(0, 0, 0, 0, 0, 0));

        assertThat(failed.toText(false)).contains("  warning   no page was read");
        assertThat(overview(failed, SUMMARY)).contains("Warning: run 7 obtained no text", "export pages --run 7");
        assertThat(SUMMARY.toText(false)).doesNotContain("warning");
        assertThat(rescan.toText(false)).doesNotContain("warning");
        assertThat(overview(SUMMARY, failed)).as("only the last run counts").doesNotContain("Warning");
    }

    @Test
    void leavesOutPagesAndPicturesOfRescan() {
        RunSummary rescan = with(new RunSummary.PageCounts(0, 0, 0, 0, 0, 0));

        assertThat(rescan.toText(false).lines())
                .noneMatch(line -> line.matches("  (sites|pages|refused|pictures) .*"))
                .contains("  requests  none");
    }

    @Test
    void tellsTheRunInOneLine() {
        assertThat(SUMMARY.toLine())
                .matches("Run 7 complete after .*: \\d+ of \\d+ pages read, .* items: 7 new, 1 reopened")
                .hasLineCount(1);
    }

    private static String overview(RunSummary... ended) {
        return new Overview(
                        Stream.of(ended)
                                .map(summary -> new ListedRun(
                                        summary.runId(),
                                        "nightly",
                                        "complete",
                                        summary.startedAt(),
                                        summary.endedAt(),
                                        1,
                                        0,
                                        0,
                                        summary))
                                .toList(),
                        List.of())
                .runsToText();
    }

    private static RunSummary with(RunSummary.PageCounts pages) {
        return new RunSummary(
                SUMMARY.runId(),
                SUMMARY.status(),
                SUMMARY.startedAt(),
                SUMMARY.endedAt(),
                SUMMARY.rulesetSha256(),
                SUMMARY.seeds(),
                SUMMARY.hosts(),
                pages,
                SUMMARY.refused(),
                pages.total() == 0 ? Map.of() : SUMMARY.requestsByKind(),
                0,
                0,
                0,
                0,
                new RunSummary.ItemCounts(0, 0, 0, 0, 0, 0, 0),
                0,
                SUMMARY.peakHeapMb(),
                Map.of(),
                Map.of(),
                0,
                Map.of(),
                RunSummary.SampleCounts.EMPTY,
                SUMMARY.rulesets());
    }

    @Test
    void namesEachRulesetOfAResumedRun() {
        RunSummary resumed = RunSummary.ofJson(
                SUMMARY.toJson().replaceFirst("\"rulesets\"[^]]*", "\"rulesets\" : [ \"aa\", \"bb\" "));

        assertThat(resumed.toText(false)).contains("resumed with other rules, in order: aa, bb");
        assertThat(SUMMARY.toText(false)).doesNotContain("rulesets");
    }

    @Test
    void usesColoursOnlyOnRequest() {
        assertThat(SUMMARY.toText(false)).doesNotContain("\u001b");
        assertThat(SUMMARY.toText(true)).contains("\u001b[32mcomplete\u001b[0m");
        assertThat(SUMMARY.toText(true).replaceAll("\u001b\\[\\d+m", "")).isEqualTo(SUMMARY.toText(false));
    }

    @Test
    void leavesOutCountsOfZero() {
        assertThat(SUMMARY.toText(false)).contains("image 3").doesNotContain("video");
    }
}
