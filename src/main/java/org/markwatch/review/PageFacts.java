package org.markwatch.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** How a page was fetched, as pairs of a name and a value. */
record PageFacts(List<Fact> lines) {
    private static final int MAX_LENGTH = 2_000;

    /** @param page URL of the item */
    static PageFacts of(HttpUrl page, PageRecords.FetchDetails fetch) {
        List<Fact> lines = new ArrayList<>();
        lines.add(new Fact("Fetched", fetch.at(), ", run " + fetch.run(), responseText(fetch)));
        if (!fetch.url().equals(page)) {
            add(lines, "Requested from", Defanged.of(fetch.url()).origin(), "redirects led to this page");
        }
        String truncated = fetch.truncated() ? ", truncated" : "";
        String size = fetch.bytes() == 0 ? "" : String.format(Locale.ROOT, ", %,d bytes%s", fetch.bytes(), truncated);
        add(lines, "Content", (fetch.contentType().isEmpty() ? "not stated" : fetch.contentType()) + size, "");
        if (page.scheme().equals("https")) {
            add(lines, "Certificate", fetch.certificate().isEmpty() ? "valid" : fetch.certificate(), "");
        }
        add(
                lines,
                "robots.txt",
                fetch.robotsAuthority().isEmpty()
                        ? "obeyed"
                        : "ignored on the authority of: " + fetch.robotsAuthority(),
                "");
        lines.add(new Fact(
                "Kept text",
                fetch.textReadAt(),
                fetch.textReadAt() == null ? "none; new rules apply at the next fetch" : "",
                ""));
        return new PageFacts(List.copyOf(lines));
    }

    private static String responseText(PageRecords.FetchDetails fetch) {
        return switch (fetch.status()) {
            case 0 -> "not modified: not requested, because the page seldom changes and was not due";
            case 304 -> "HTTP 304: not modified";
            default -> "HTTP " + fetch.status();
        };
    }

    private static void add(List<Fact> lines, String name, String value, String more) {
        lines.add(new Fact(name, null, DisplayText.escape(value, MAX_LENGTH), more));
    }

    /**
     * A line.
     *
     * @param at   time that stands before the value, or null
     * @param more additional remark, or empty
     */
    record Fact(String name, @Nullable Instant at, String value, String more) {}
}
