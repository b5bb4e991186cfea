package org.markwatch.review;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How an item's page was read, as lines of a name and a value. */
record PageFacts(List<Fact> lines) {
    private static final int LONGEST = 2_000;

    /** @param page the item's own URL */
    static PageFacts of(URI page, PageRecords.FetchDetails visit) {
        List<Fact> lines = new ArrayList<>();
        add(lines, "Read", Moment.utc(visit.at()) + ", run " + visit.run(), responseText(visit));
        if (!visit.url().equals(page)) {
            add(lines, "Asked for", Defanged.of(visit.url()).toString(), "it led here by redirects");
        }
        String cut = visit.truncated() ? ", cut short" : "";
        String size = visit.bytes() == 0 ? "" : String.format(Locale.ROOT, ", %,d bytes%s", visit.bytes(), cut);
        add(lines, "Content", (visit.contentType().isEmpty() ? "not stated" : visit.contentType()) + size, "");
        if (page.getScheme().equals("https")) {
            add(lines, "Certificate", visit.certificate().isEmpty() ? "in order" : visit.certificate(), "");
        }
        add(
                lines,
                "robots.txt",
                visit.robotsAuthority().isEmpty() ? "obeyed" : "disregarded by authority: " + visit.robotsAuthority(),
                "");
        add(
                lines,
                "Kept text",
                visit.textReadAt() == null
                        ? "none; rules are applied at the next visit"
                        : Moment.utc(visit.textReadAt()),
                "");
        return new PageFacts(List.copyOf(lines));
    }

    private static String responseText(PageRecords.FetchDetails visit) {
        return switch (visit.status()) {
            case 0 -> "not asked for: it seldom changes and was not due";
            case 304 -> "HTTP 304: the server says that nothing has changed";
            default -> "HTTP " + visit.status();
        };
    }

    private static void add(List<Fact> lines, String name, String value, String more) {
        lines.add(new Fact(name, DisplayText.escape(value, LONGEST), more));
    }

    /**
     * A line.
     *
     * @param more a remark on the value, or empty
     */
    record Fact(String name, String value, String more) {}
}
