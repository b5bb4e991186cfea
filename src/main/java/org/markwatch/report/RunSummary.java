package org.markwatch.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.crawl.run.Runs;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The summary of a run. Its JSON is a stable interface for scripts.
 *
 * @param runId                number of the run
 * @param status               complete, unread, stopped or failed
 * @param startedAt            when the run began
 * @param endedAt              when the run ended
 * @param rulesetSha256        hex SHA-256 of the ruleset of the run
 * @param seeds                number of configured seeds
 * @param hosts                number of hosts with at least one visit
 * @param pages                URLs by disposition; not modified includes pages that were not due
 * @param refused              refused URLs by kind of content, including kinds with 0
 * @param requestsByKind       HTTP requests by kind, for example page, robots, redirect
 * @param despiteRobots        requests that robots.txt disallows and that a seed authorises
 * @param pictureBytesAccepted accepted body bytes of images and videos; anything but 0 is a defect
 * @param bytes                accepted body bytes, decoded
 * @param matches              number of matches
 * @param items                pages by their effect on the queue
 * @param pagesPerSecond       fetched pages divided by the seconds from start to end
 * @param peakHeapMb           upper bound of the heap in use, in MiB
 * @param economy              savings: pages that needed less than a full fetch and analysis, by kind; see
 *                             {@link Runs.Counts#savings}
 * @param background           number of pages that match a background indicator, by {@code id@version}
 * @param shells               pages, fetched or not modified, that have no text unless scripts run
 * @param heldBack             pages with evidence that are not queued, by reason: {@code points} (too few points), {@code
 *                             mention} (only names a brand), {@code suppressed}
 * @param sample               what reviewers found on held-back pages
 * @param rulesets             hex SHA-256 of the ruleset of each execution, in order: more than one if the run was
 *                             resumed
 */
public record RunSummary(
        long runId,
        String status,
        Instant startedAt,
        Instant endedAt,
        String rulesetSha256,
        int seeds,
        int hosts,
        PageCounts pages,
        Map<String, Long> refused,
        Map<String, Long> requestsByKind,
        long despiteRobots,
        long pictureBytesAccepted,
        long bytes,
        long matches,
        ItemCounts items,
        double pagesPerSecond,
        long peakHeapMb,
        Map<String, Long> economy,
        Map<String, Long> background,
        long shells,
        Map<String, Long> heldBack,
        SampleCounts sample,
        List<String> rulesets) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(
                    DeserializationFeature
                            .FAIL_ON_NULL_FOR_PRIMITIVES) // stored summaries of earlier versions lack some
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public RunSummary {
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        requestsByKind = Collections.unmodifiableMap(new LinkedHashMap<>(requestsByKind));
        // stored summaries of earlier versions lack these
        rulesets = rulesets == null ? List.of(rulesetSha256) : List.copyOf(rulesets);
        economy = economy == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(economy));
        background = background == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(background));
        heldBack = heldBack == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(heldBack));
        sample = sample == null ? SampleCounts.EMPTY : sample;
    }

    /**
     * URLs by disposition.
     *
     * @param notModified pages that answered 304, and pages with text that were not due
     * @param redirected  aliases of other pages
     */
    public record PageCounts(
            long fetched, long notModified, long redirected, long refused, long disallowed, long failed) {
        /** Returns the number of URLs with text: fetched or not modified. */
        public long read() {
            return fetched + notModified;
        }

        /** Returns the number of URLs with a disposition. */
        public long total() {
            return fetched + notModified + redirected + refused + disallowed + failed;
        }
    }

    /**
     * Pages by their effect on the queue.
     *
     * @param added      queued for the first time; the key is {@code new} in JSON
     * @param reopened   re-opened after a decision, or after no rule supported them
     * @param unchanged  items whose state did not change
     * @param suppressed not queued because the host is the brand's own or an authorised merchant's
     * @param raised     those of the unchanged items that wait with a higher severity or more points than before
     * @param lowered    those of the unchanged items that wait with a lower severity or fewer points than before
     * @param dropped    items that closed because no rule supports them any more
     */
    public record ItemCounts(
            @JsonProperty("new") long added,
            long reopened,
            long unchanged,
            long suppressed,
            long raised,
            long lowered,
            long dropped) {}

    /**
     * The sample of held-back pages, which measures what the rules miss. All counts but {@code queued} are of the 90
     * days before the end of the run.
     *
     * @param queued  held-back pages that the run queued as a sample
     * @param sampled pages in the sample
     * @param decided pages of it that a reviewer decided, neither undetermined nor duplicate
     * @param hits    decided pages that show misuse
     * @param low     lower end of the 95 % interval of the share of hits, 0 to 1
     * @param high    upper end of that interval
     */
    public record SampleCounts(long queued, long sampled, long decided, long hits, double low, double high) {
        static final SampleCounts EMPTY = new SampleCounts(0, 0, 0, 0, 0, 1);
    }

    /** Returns whether the run is finished, requested pages and obtained no text. A rescan requests no pages. */
    public boolean readNoPage() {
        // stored summaries of earlier versions have no status of their own for it
        return status.equals("unread") || status.equals("complete") && pages.total() > 0 && pages.read() == 0;
    }

    /** Returns a copy with other counts of what depends on lanes. */
    RunSummary with(long otherMatches, ItemCounts others, Map<String, Long> otherBackground, SampleCounts otherSample) {
        return new RunSummary(
                runId,
                status,
                startedAt,
                endedAt,
                rulesetSha256,
                seeds,
                hosts,
                pages,
                refused,
                requestsByKind,
                despiteRobots,
                pictureBytesAccepted,
                bytes,
                otherMatches,
                others,
                pagesPerSecond,
                peakHeapMb,
                economy,
                otherBackground,
                shells,
                heldBack,
                otherSample,
                rulesets);
    }

    /** Returns the summary as a JSON object. */
    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /**
     * Parses the JSON that {@link #toJson} returns.
     *
     * @throws JacksonException if the text is not such JSON
     */
    static RunSummary ofJson(String json) {
        return JSON.readValue(json, RunSummary.class);
    }

    /** Returns the summary as one line for a log. */
    public String toLine() {
        return SummaryText.line(this);
    }

    /**
     * Returns the summary as lines for a terminal.
     *
     * @param colour whether to use ANSI colours
     */
    public String toText(boolean colour) {
        return new SummaryText(colour).of(this);
    }
}
