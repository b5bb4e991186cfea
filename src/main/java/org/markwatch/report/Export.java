package org.markwatch.report;

import java.util.List;
import java.util.Locale;

/**
 * The exports. Their headers are a stable interface for scripts: new columns stand at the end. Columns {@code seed}, {@code
 * seed_label}, {@code owner} and {@code tags} name the seed of the page, and are empty if it is not in the configuration.
 */
public enum Export {
    /** Every URL with its disposition, in the order of discovery. */
    PAGES(
            "url",
            "final_url",
            "disposition",
            "status",
            "content_type",
            "bytes",
            "text_sha256",
            "fetched_at",
            "host",
            "depth",
            "tls",
            "reason",
            "seed",
            "seed_label",
            "owner",
            "tags"),
    /** Every match as on the page; offsets in characters of the text of the field. */
    MATCHES("url", "id", "kind", "field", "start", "end", "matched"),
    /** Every indicator with a match, and its counts; the weight of a background indicator is 0. */
    INDICATORS("id", "weight", "pages", "matches"),
    /** The items of the pages that the run found, in their present state, most severe first. */
    ITEMS(Columns.ITEM),
    /** The items that wait for people, of all runs, most severe first. */
    QUEUE(Columns.ITEM),
    /** Pages with evidence that are not queued, and why, in the order of the hash of their URL. */
    HELD_BACK(
            "url",
            "reason",
            "points",
            "score",
            "groups",
            "brands",
            "reasons",
            "suppressed",
            "title",
            "features",
            "seed",
            "seed_label",
            "owner",
            "tags"),
    /** The decisions on these items, oldest first. */
    DECISIONS(
            "url",
            "verdict",
            "severity",
            "confidence",
            "reason",
            "note",
            "valid_until",
            "duplicate_of",
            "reviewer",
            "decided_at",
            "evidence_sha256",
            "review"),
    /**
     * The attestation of the run in the audit: counts of requests, refusals, references never requested, and bytes
     * accepted.
     */
    ATTESTATION("about", "name", "value");

    private static final class Columns {
        private static final String[] ITEM = {
            "url",
            "score",
            "severity",
            "lane",
            "state",
            "groups",
            "reasons",
            "item",
            "title",
            "first_seen",
            "last_seen",
            "decision",
            "decided_at",
            "features",
            "seed",
            "seed_label",
            "owner",
            "tags"
        };
    }

    private final List<String> headers;

    Export(String... headers) {
        this.headers = List.of(headers);
    }

    /** Returns the name on the command line, for example {@code held-back}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names of the columns, which are also the keys in JSON Lines. */
    public List<String> headers() {
        return headers;
    }
}
