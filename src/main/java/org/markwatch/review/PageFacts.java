package org.markwatch.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** How a page was fetched, as pairs of a name and a value. */
record PageFacts(List<Fact> lines) {
    private static final int MAX_LENGTH = 2_000;

    /** @param page URL of the item */
    static PageFacts of(HttpUrl page, PageRecords.FetchDetails fetch, ConsoleWords words) {
        List<Fact> lines = new ArrayList<>();
        lines.add(new Fact(
                words.text("item.fetched"),
                fetch.at(),
                ", " + words.text("item.run", fetch.run()),
                responseText(fetch, words)));
        if (!fetch.url().equals(page)) {
            add(
                    lines,
                    words.text("item.requested-from"),
                    Defanged.of(fetch.url()).origin(),
                    words.text("item.redirects-led-this-page"));
        }
        String truncated = fetch.truncated() ? ", " + words.text("item.truncated") : "";
        String size = fetch.bytes() == 0 ? "" : ", " + words.text("item.bytes", fetch.bytes()) + truncated;
        String type = fetch.contentType().isEmpty() ? words.text("item.not-stated") : fetch.contentType();
        add(lines, words.text("item.content"), type + size, "");
        if (page.scheme().equals("https")) {
            add(
                    lines,
                    words.text("item.certificate"),
                    fetch.certificate().faults().isEmpty()
                            ? words.text("item.valid")
                            : fetch.certificate().text(words),
                    "");
        }
        add(
                lines,
                "robots.txt",
                fetch.robotsAuthority().isEmpty()
                        ? words.text("item.obeyed")
                        : words.text("item.ignored-on-authority", fetch.robotsAuthority()),
                "");
        lines.add(new Fact(
                words.text("item.kept-text"),
                fetch.textReadAt(),
                fetch.textReadAt() == null ? words.text("item.none-new-rules-apply") : "",
                ""));
        return new PageFacts(List.copyOf(lines));
    }

    private static String responseText(PageRecords.FetchDetails fetch, ConsoleWords words) {
        return switch (fetch.status()) {
            case 0 -> words.text("item.not-modified-not-requested");
            case 304 -> words.text("item.http-not-modified");
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
