package org.markwatch.extract;

import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.content.InlineData;

/** Parses the markup that frames and scripts of one page contain as text, and limits how much of it is read. */
final class NestedMarkup {
    /** Levels to which markup inside {@code srcdoc} or scripts is parsed. */
    private static final int MAX_DEPTH = 3;

    /** Characters of nested markup that are parsed for one page. */
    private static final int MAX_CHARS = 1 << 18;

    private int depth;
    private int chars;

    /** Whether nested markup is being read. */
    boolean isOpen() {
        return depth > 0;
    }

    /** Returns the document of a markup, or null if it is not to be read. Embedded data is removed first (rule T5). */
    @Nullable
    Document open(String markup) {
        if (markup.isEmpty() || depth == MAX_DEPTH) {
            return null;
        }
        String text = InlineData.cutOut(markup);
        if (text.length() > MAX_CHARS - chars) {
            return null;
        }
        chars += text.length();
        depth++;
        return HtmlMarkup.parse(text);
    }

    void close() {
        depth--;
    }

    void closeAll() {
        depth = 0;
    }
}
