package org.markwatch.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.markwatch.crawl.Runs;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run came to, for people and programs; its JSON is an interface that scripts rely on.
 *
 * @param runId                number of the run
 * @param status               complete, stopped or failed
 * @param startedAt            when it began
 * @param endedAt              when it ended
 * @param rulesetSha256        hex SHA-256 of the ruleset that judged
 * @param seeds                configured seeds
 * @param hosts                hosts with at least one disposition
 * @param pages                URLs by disposition
 * @param refused              refused URLs by what they were, every kind named
 * @param requestsByKind       HTTP requests by kind: page, robots, redirect …
 * @param despiteRobots        requests made although robots.txt disallows them, by the authority of their seeds
 * @param pictureBytesAccepted body bytes of pictures and films that were taken: 0, or the program is broken
 * @param bytes                decoded body bytes accepted
 * @param matches              matches found
 * @param items                pages by what they did to the queue
 * @param pagesPerSecond       pages fetched by seconds from start to end
 * @param peakHeapMb           most heap in use at once, in MiB
 * @param economy              pages that cost less than a visit, by what was saved; see {@link Runs.Counts#savings}
 * @param background           pages on which indicators in the background fired, by {@code id@version}
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
        Map<String, Long> background) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // summaries of earlier versions lack some
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public RunSummary {
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        requestsByKind = Collections.unmodifiableMap(new LinkedHashMap<>(requestsByKind));
        // summaries of the first runs lack these
        economy = economy == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(economy));
        background = background == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(background));
    }

    /** URLs by disposition. */
    public record PageCounts(long fetched, long notModified, long refused, long disallowed, long failed) {
        /** Text that came, or that was found to be what it was. */
        long read() {
            return fetched + notModified;
        }

        long total() {
            return fetched + notModified + refused + disallowed + failed;
        }
    }

    /**
     * Pages by what they did to the queue.
     *
     * @param added      queued for the first time; {@code new} in JSON
     * @param reopened   decided before, waiting again
     * @param unchanged  stayed what they were
     * @param suppressed not queued, since the site is the brand's own or authorised
     */
    public record ItemCounts(@JsonProperty("new") long added, long reopened, long unchanged, long suppressed) {}

    /** Whether a night asked for pages and got the text of none; a rescan asks for none. */
    public boolean readNoPage() {
        return status.equals("complete") && pages.total() > 0 && pages.read() == 0;
    }

    /** The summary as a JSON object. */
    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws JacksonException if it is anything else
     */
    static RunSummary ofJson(String json) {
        return JSON.readValue(json, RunSummary.class);
    }

    /**
     * The summary as a few lines for a terminal.
     *
     * @param colour whether ANSI colours may be used
     */
    public String toText(boolean colour) {
        return new SummaryText(colour).of(this);
    }
}
