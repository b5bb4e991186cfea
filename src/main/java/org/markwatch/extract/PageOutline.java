package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.markwatch.watchlist.Field;

/** Reads the outline of a page: its metadata, headings, form fields and list items in their order. */
public final class PageOutline {
    private static final int MAX_LENGTH = 200;
    private static final Set<String> LIST_ITEMS = Set.of("li", "dt", "dd");

    private PageOutline() {}

    /**
     * A line of the outline.
     *
     * @param kind   {@code meta}, {@code open graph}, {@code h1} to {@code h6}, {@code list item}, or {@code form} with what is stated, for example {@code form
     *               placeholder}
     * @param text   text of the page, cut to 200 characters
     * @param hidden whether markup or style hides it from a visitor
     */
    public record Line(String kind, String text, boolean hidden) {}

    /**
     * Returns the outline of a stored page.
     *
     * @param packed content as {@link PageExtractor} packed it
     * @param limit  largest number of lines
     * @throws IllegalArgumentException if the bytes are damaged or have another format version
     */
    public static List<Line> of(byte[] packed, int limit) {
        List<Line> lines = new ArrayList<>();
        for (Passage passage : PageTextCodec.unpack(packed).passages()) {
            String kind = kind(passage);
            if (!kind.isEmpty() && lines.size() < limit) {
                String text = passage.text();
                lines.add(new Line(kind, text.substring(0, Math.min(text.length(), MAX_LENGTH)), passage.hidden()));
            }
        }
        return List.copyOf(lines);
    }

    /** Returns the kind without any word of the page, such as the name of a property. */
    private static String kind(Passage passage) {
        if (passage.field() == Field.META) {
            return "meta";
        }
        if (passage.field() == Field.OPEN_GRAPH) {
            return "open graph";
        }
        if (passage.field() == Field.HEADING) {
            return passage.detail();
        }
        if (passage.field() == Field.FORM) {
            return "form " + passage.detail();
        }
        return passage.field() == Field.TEXT && LIST_ITEMS.contains(passage.detail()) ? "list item" : "";
    }
}
