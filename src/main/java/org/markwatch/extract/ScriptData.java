package org.markwatch.extract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.parser.Parser;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.extract.ScriptStrings.StringKind;

/**
 * Collects the prose and markup in the data that a page holds for its scripts, as frameworks ship it: JSON blocks
 * ({@code __NEXT_DATA__}), literals in inline scripts ({@code window.__INITIAL_STATE__ = …}), streams
 * ({@code self.__next_f.push([1, "…"])}), and JSON in attributes ({@code props}, {@code data-page}).
 *
 * <p>Frameworks are not told apart: any literal counts, see {@link ScriptLiterals}. The number of characters that are
 * scanned and kept is limited.
 */
final class ScriptData implements LiteralSink {
    /** Maximum characters of scripts and attributes of one page that are scanned. */
    private static final int MAX_SCANNED_CHARS = 1 << 22;
    /** Maximum characters of strings of one page that are kept. */
    private static final int MAX_KEPT_CHARS = 1 << 20;

    /** Ends the detail of a list. */
    private static final String LIST = "[]";

    private static final int MAX_VALUES = PassageCollector.MAX_PASSAGES_PER_FIELD;
    /** Maximum lists of names of one page that are kept. */
    private static final int MAX_LISTS = 300;
    /** Words of a property's name from which its value is a list of one. */
    private static final int TELLING_WORDS = 3;

    private static final int HEXADECIMAL = 16;
    private static final int MAX_ROW_HEADER = 20;

    private final List<DataValue> values = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder stream = new StringBuilder();
    private boolean markupIsRead;
    private int scanned;
    private int kept;
    private int lists;
    private boolean ended;

    /** What is kept of the data. */
    enum ValueKind {
        PROSE,
        MARKUP,
        /** A label with the names that it lists. */
        LIST
    }

    /**
     * A string or list of the data.
     *
     * @param name property that holds a string, or empty; of a list its path and {@code []}
     */
    record DataValue(String name, String text, ValueKind kind) {}

    /** Scans JSON: the content of a script element that is no code, or of an attribute. */
    void addJson(String json) {
        markupIsRead = false;
        scan(json);
    }

    /** Scans the attributes of an element that are JSON. */
    void addAttributes(ElementType type, ElementAttributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            String value = attributes.value(i);
            if (value.length() >= ScriptText.MIN_LITERAL_LENGTH
                    && ScriptText.isJson(value)
                    && attributes.name(i) != AttributeName.STYLE
                    && type.category != ElementType.ElementCategory.META) {
                addJson(value);
            }
        }
    }

    /** Scans an inline script. Literals that begin with a tag are left to {@link ScriptMarkup}. */
    void addScript(String script) {
        if (script.length() >= ScriptText.MIN_LITERAL_LENGTH) {
            markupIsRead = true;
            scan(script);
        }
    }

    private void scan(String text) {
        if (!ended && text.length() <= MAX_SCANNED_CHARS - scanned) {
            scanned += text.length();
            ScriptLiterals.scan(text, this);
        }
    }

    /** Returns the strings in page order, those of streams last. Ignores further data. */
    List<DataValue> end() {
        if (!stream.isEmpty()) {
            markupIsRead = false;
            readStream(stream.toString());
        }
        ended = true;
        return values;
    }

    @Override
    public void string(String name, String value) {
        if (values.size() == MAX_VALUES || value.length() > MAX_KEPT_CHARS - kept) {
            return;
        }
        StringKind kind = ScriptStrings.kindOf(name, value);
        boolean markup = kind == StringKind.MARKUP;
        if (kind == StringKind.TECHNICAL
                || markup && markupIsRead && value.stripLeading().startsWith("<")) {
            return;
        }
        if (!markup && LiteralLists.isName(value) && isTelling(name)) {
            list(name, name, List.of(value));
        }
        String text = markup || value.indexOf('&') < 0 ? value : Parser.unescapeEntities(value, false);
        if (seen.add(text)) {
            values.add(new DataValue(name, text, markup ? ValueKind.MARKUP : ValueKind.PROSE));
            kept += text.length();
        }
    }

    /** Whether a property's name has so many words that it says what its value is: {@code paymentSystemName}. */
    private static boolean isTelling(String name) {
        return LiteralLists.words(name).split(" ").length >= TELLING_WORDS;
    }

    /** Adds a list as a label with what it lists: {@code payment methods: visa, paypal}. */
    @Override
    public void list(String path, String name, List<String> entries) {
        String text = LiteralLists.words(name) + ": " + String.join(", ", entries);
        if (lists < MAX_LISTS
                && values.size() < MAX_VALUES
                && text.length() <= MAX_KEPT_CHARS - kept
                && !ScriptStrings.isTechnical(name)
                && seen.add(text)) {
            values.add(new DataValue(path + LIST, text, ValueKind.LIST));
            kept += text.length();
            lists++;
        }
    }

    @Override
    public void streamPart(String text) {
        if (stream.length() <= MAX_SCANNED_CHARS - text.length()) {
            stream.append(text);
        }
    }

    /**
     * Reads the rows of a React Server Components payload: {@code id:JSON} up to a line feed, or
     * {@code id:Tlength,text}, where the length is in hex and in bytes of UTF-8.
     */
    private void readStream(String rows) {
        int at = 0;
        while (at < rows.length()) {
            int colon = endOfId(rows, at);
            if (colon > at && rows.startsWith(":T", colon)) {
                int comma = rows.indexOf(',', colon);
                int end = comma < 0 || comma - colon > MAX_ROW_HEADER
                        ? -1
                        : endOfBytes(rows, comma + 1, hexNumber(rows, colon + 2, comma));
                if (end > 0) {
                    string("text", rows.substring(comma + 1, end));
                    at = end;
                    continue;
                }
            }
            int end = rows.indexOf('\n', at);
            end = end < 0 ? rows.length() : end;
            ScriptLiterals.scan(rows.substring(at, end), this);
            at = end + 1;
        }
    }

    private static int endOfId(String rows, int from) {
        int i = from;
        while (i < rows.length() && i - from < MAX_ROW_HEADER && Character.digit(rows.charAt(i), HEXADECIMAL) >= 0) {
            i++;
        }
        return i;
    }

    private static int hexNumber(String rows, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(rows.charAt(i), HEXADECIMAL);
            number = digit < 0 ? -1 : number * HEXADECIMAL + digit;
            if (number < 0 || number > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) number;
    }

    /** Returns the index after a number of bytes of UTF-8, or -1 if the text has fewer. */
    private static int endOfBytes(String text, int from, int bytes) {
        int left = bytes;
        int i = from;
        while (i < text.length() && left > 0) {
            char c = text.charAt(i++);
            left -= c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes < 0 || left > 0 ? -1 : i;
    }
}
