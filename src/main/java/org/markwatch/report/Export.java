package org.markwatch.report;

import java.util.List;

/** What can be taken out of a run; headers are an interface that scripts rely on. */
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
            "tls"),
    /** Every match as on the page; offsets in characters of the field's text. */
    MATCHES("url", "id", "kind", "field", "start", "end", "matched"),
    /** Every indicator that fired, with its hits; the weight of one in the background is 0. */
    INDICATORS("id", "weight", "pages", "matches"),
    /** The items that the run saw, as they are now, gravest first. */
    ITEMS("url", "score", "severity", "lane", "state", "groups", "reasons"),
    /** What people decided on those items, first decision first. */
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
            "evidence_sha256"),
    /** What the run attested to in the audit: requests, refusals, references never asked for, bytes taken. */
    ATTESTATION("about", "name", "value");

    private final List<String> headers;

    Export(String... headers) {
        this.headers = List.of(headers);
    }

    /** Names of the columns, and keys of JSON Lines. */
    public List<String> headers() {
        return headers;
    }
}
