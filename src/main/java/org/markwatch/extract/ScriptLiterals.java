package org.markwatch.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the strings in object and array literals of a script or of JSON, each with the name of the property that holds
 * it.
 *
 * <p>Accepts JSON, and of JavaScript what serializers write: names without quotes, other quotes, and identifiers,
 * {@code void 0} or {@code !0} as values. A literal ends at the first token that is none of these, and its strings
 * before that token count. Scripts are not run. Strings, comments and regular expressions of the code between literals
 * are skipped. Strings that are JSON themselves are scanned too. Elements of an array that other elements refer to by
 * index, as in the payloads of devalue and turbo-stream, get the name of the property that refers to them.
 *
 * <p>Takes linear time: a scan never goes back, except once over each quoted string.
 */
final class ScriptLiterals {
    /** Levels of objects and arrays in a literal. Deeper ones are scanned as literals of their own. */
    private static final int MAX_DEPTH = 64;
    /** Levels of strings that are JSON. */
    private static final int MAX_NESTED_STRINGS = 3;
    /** Minimum characters of a literal, and of a string that is scanned as JSON. */
    static final int MIN_LITERAL_LENGTH = 32;
    /** Maximum characters of a name; a longer one is cut off. */
    private static final int MAX_NAME_LENGTH = 100;
    /** Maximum strings of one literal. */
    private static final int MAX_STRINGS = PassageCollector.MAX_PASSAGES_PER_FIELD;

    private static final int NO_INDEX = -1;
    /** Characters that a scan of code stops at. */
    private static final boolean[] IN_CODE = new boolean[128];

    static {
        for (char c : "{[\"'`/".toCharArray()) {
            IN_CODE[c] = true;
        }
    }

    /** Characters of ASCII that a string can have and that end no scan of it. */
    private static final boolean[] IN_STRING = new boolean[128];
    /** Characters of ASCII that an identifier or number begins with. */
    private static final boolean[] IN_IDENTIFIER = new boolean[128];

    static {
        Arrays.fill(IN_STRING, true);
        for (char c : "\"'`\\ \n".toCharArray()) {
            IN_STRING[c] = false;
        }
        for (char c = 0; c < 128; c++) {
            IN_IDENTIFIER[c] = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '$'
                    || c == '.';
        }
    }

    private static final String PUSH = ".push(";
    /** Characters before a slash that starts a regular expression and no division. */
    private static final String BEFORE_REGEX = "(,=:[!&|?{};\n";

    /** Receives what is found. */
    interface Receiver {
        /**
         * Receives a string.
         *
         * @param name property that holds the string or an array around it, or empty
         */
        void string(String name, String value);

        /**
         * Receives the payment methods that an array lists, or that are true in an object.
         *
         * @param name property that holds the array or object, or empty
         */
        void list(String name, List<String> methods);

        /** Receives the string of {@code push([1, "…"])}: a part of a stream that only the whole page has. */
        void streamPart(String text);
    }

    /** What the scan of a literal expects next. */
    private enum Expected {
        NAME,
        COLON,
        VALUE,
        COMMA
    }

    /**
     * A string of the current literal.
     *
     * @param index position in the outermost array if the string is an element of it, otherwise {@link #NO_INDEX}
     */
    private record StringLiteral(String name, String value, int index) {}

    private final String text;
    private final char[] chars;
    private final int length;
    private final int level;
    private final Receiver out;

    // the current literal
    private final List<StringLiteral> found = new ArrayList<>();
    /** Names by the index that they refer to. */
    private final Map<Integer, String> references = new HashMap<>();

    private final LiteralLists lists = new LiteralLists();

    private final boolean[] isObject = new boolean[MAX_DEPTH];
    private final String[] names = new String[MAX_DEPTH];
    private int depth;
    private int elements;
    private boolean number;

    // the string read last
    private int stringStart;
    private int stringEnd;
    private boolean escaped;
    /** Whether it has a space or a character outside ASCII. */
    private boolean spaced;

    private boolean noTemplateEnds;
    /** No regular expression that starts before this position is known to end. */
    private int noRegexUntil;

    private ScriptLiterals(String text, int level, Receiver out) {
        this.text = text;
        this.chars = text.toCharArray();
        this.length = chars.length;
        this.level = level;
        this.out = out;
    }

    /** Finds the strings of a script or of JSON. */
    static void scan(String text, Receiver out) {
        new ScriptLiterals(text, 0, out).scanCode();
    }

    private void scanCode() {
        int i = 0;
        while (i < length) {
            char c = chars[i];
            if (c >= IN_CODE.length || !IN_CODE[c]) {
                i++;
                continue;
            }
            switch (c) {
                case '{', '[' -> i = literal(i);
                case '"', '\'' -> i = codeString(i);
                case '`' -> i = noTemplateEnds ? i + 1 : template(i);
                case '/' -> i = slash(i);
                default -> i++;
            }
        }
    }

    private int codeString(int start) {
        if (!readString(start)) {
            return Math.max(start + 1, stringEnd);
        }
        if (isData(stringStart, stringEnd)) {
            scanString(value());
        }
        return stringEnd + 1;
    }

    private int template(int start) {
        if (!readString(start)) {
            noTemplateEnds = true;
            return start + 1;
        }
        if (isData(stringStart, stringEnd)) {
            scanString(value());
        }
        return stringEnd + 1;
    }

    /** Skips a comment or a regular expression; returns the next position if the slash is a division. */
    private int slash(int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? length : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? length : end + 2;
        }
        int before = at - 1;
        while (before >= 0 && chars[before] == ' ' && at - before < 8) {
            before--;
        }
        if (before >= 0 && BEFORE_REGEX.indexOf(chars[before]) < 0) {
            return at + 1;
        }
        if (at < noRegexUntil) {
            return at + 1;
        }
        boolean inClass = false;
        int i = at + 1;
        while (i < length && chars[i] != '\n') {
            char c = chars[i];
            if (c == '/' && !inClass) {
                return i + 1;
            }
            inClass = c == '[' || inClass && c != ']';
            i += c == '\\' ? 2 : 1;
        }
        noRegexUntil = i;
        return at + 1;
    }

    /**
     * Reads the string that starts at a quote. Sets {@link #stringStart}, {@link #stringEnd} and {@link #escaped}.
     *
     * @return false if it does not end; {@code stringEnd} is then the position at which that shows
     */
    private boolean readString(int start) {
        char quote = chars[start];
        stringStart = start + 1;
        escaped = false;
        spaced = false;
        int i = stringStart;
        while (i < length) {
            char c = chars[i];
            if (c < IN_STRING.length && IN_STRING[c]) {
                i++;
                continue;
            }
            if (c == quote) {
                stringEnd = i;
                return true;
            }
            if (c == '\\') {
                escaped = true;
                i++;
            } else if (c == ' ' || c > 0x7f) {
                spaced = true;
            } else if (c == '\n' && quote != '`') {
                break;
            }
            i++;
        }
        stringEnd = Math.min(i, length);
        return false;
    }

    /** Returns the characters of the string read last. */
    private String value() {
        if (!escaped) {
            return text.substring(stringStart, stringEnd);
        }
        StringBuilder value = new StringBuilder(stringEnd - stringStart);
        int i = stringStart;
        while (i < stringEnd) {
            char c = chars[i++];
            if (c == '\\') {
                i = StringEscapes.append(text, i, stringEnd, value);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    /** Whether a string may be JSON, plain or percent-encoded. */
    private boolean isData(int from, int to) {
        if (to - from < MIN_LITERAL_LENGTH || level == MAX_NESTED_STRINGS) {
            return false;
        }
        int at = from;
        while (at < to && chars[at] <= ' ') {
            at++;
        }
        return text.startsWith("{", at)
                || text.startsWith("[", at)
                || text.startsWith("%7B%22", at)
                || text.startsWith("%5B%7B", at);
    }

    private void scanString(String value) {
        String data = value.stripLeading().startsWith("%") ? UrlReference.decode(value) : value;
        new ScriptLiterals(data, level + 1, out).scanCode();
    }

    /** Scans the literal that starts here; returns the position after it, or of the token that ends it. */
    private int literal(int start) {
        found.clear();
        references.clear();
        lists.clear();
        depth = 0;
        elements = 0;
        number = false;
        int end = scanLiteral(start);
        if (end - start >= MIN_LITERAL_LENGTH) {
            for (StringLiteral string : found) {
                out.string(nameOf(string), string.value);
            }
        }
        return end;
    }

    /** Returns the name of a string: its own, or that of the property that refers to it. */
    private String nameOf(StringLiteral string) {
        String name = string.name;
        if (string.index != NO_INDEX && name.isEmpty()) {
            name = references.getOrDefault(string.index, "");
        }
        if (name.length() > 1 && name.charAt(0) == '_' && Character.isDigit(name.charAt(1))) {
            // turbo-stream: _5 stands for the string at index 5
            for (int i = 1; i < name.length(); i++) {
                if (!Character.isDigit(name.charAt(i))) {
                    return name;
                }
            }
            return name.length() > 7 ? name : topLevelString(Integer.parseInt(name.substring(1)), name);
        }
        return name;
    }

    private String topLevelString(int index, String otherwise) {
        int low = 0;
        int high = found.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            StringLiteral string = found.get(middle);
            if (string.index == index) {
                return string.value.length() <= MAX_NAME_LENGTH ? string.value : otherwise;
            }
            if (string.index < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return otherwise;
    }

    private int scanLiteral(int start) {
        Expected expected = Expected.VALUE;
        int i = start;
        while (i < length) {
            char c = chars[i];
            if (c <= ' ') {
                i++;
                continue;
            }
            switch (expected) {
                case NAME -> {
                    if (c == '}') {
                        close();
                        expected = Expected.COMMA;
                        i++;
                    } else if (c == ',') {
                        i++;
                    } else {
                        int end = name(i, c);
                        if (end == i) {
                            return i;
                        }
                        i = end;
                        expected = Expected.COLON;
                    }
                }
                case COLON -> {
                    if (c == ':') {
                        i++;
                        expected = Expected.VALUE;
                    } else if (c == ',' || c == '}') {
                        expected = Expected.COMMA; // a property whose value is the variable of the same name
                    } else {
                        return i;
                    }
                }
                case VALUE -> {
                    if (c == '{' || c == '[') {
                        if (depth == MAX_DEPTH) {
                            return i;
                        }
                        names[depth] = depth == 0 ? "" : names[depth - 1];
                        isObject[depth] = c == '{';
                        lists.open(c == '{');
                        depth++;
                        i++;
                        expected = c == '{' ? Expected.NAME : Expected.VALUE;
                        continue;
                    }
                    if (c == ']' && depth > 0 && !isObject[depth - 1]) {
                        close();
                        i++;
                        expected = Expected.COMMA;
                    } else if (c == ',' && !isObject[depth - 1]) {
                        i++;
                        elements += depth == 1 ? 1 : 0;
                    } else if (c == '!') {
                        i++;
                    } else {
                        int end = scalar(i, c, start);
                        if (end <= i) {
                            return Math.max(start + 1, -end);
                        }
                        i = end;
                        expected = Expected.COMMA;
                    }
                }
                case COMMA -> {
                    boolean object = isObject[depth - 1];
                    if (c == ',') {
                        elements += depth == 1 ? 1 : 0;
                        expected = object ? Expected.NAME : Expected.VALUE;
                    } else if (c == (object ? '}' : ']')) {
                        close();
                    } else {
                        return i;
                    }
                    i++;
                }
            }
            if (depth == 0) {
                return i;
            }
        }
        return length;
    }

    private void close() {
        depth--;
        List<String> methods = lists.close();
        if (!methods.isEmpty()) {
            out.list(depth == 0 ? "" : names[depth - 1], methods);
        }
    }

    /** Reads a name, quoted or not, and returns the position after it; the position of the name if there is none. */
    private int name(int at, char c) {
        if (c == '"' || c == '\'') {
            if (!readString(at)) {
                return at;
            }
            names[depth - 1] = escaped ? cut(value()) : text.substring(stringStart, cut(stringStart, stringEnd));
            return stringEnd + 1;
        }
        int end = endOfIdentifier(at);
        if (end > at) {
            names[depth - 1] = text.substring(at, cut(at, end));
        }
        return end;
    }

    private static int cut(int start, int end) {
        return Math.min(end, start + MAX_NAME_LENGTH);
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    }

    /**
     * Reads a string, number or identifier and returns the position after it. If there is none, returns the negated
     * position at which the code goes on.
     */
    private int scalar(int at, char c, int start) {
        if (c == '"' || c == '\'' || c == '`') {
            if (!readString(at)) {
                return -stringEnd;
            }
            lists.string(text, stringStart, stringEnd);
            string(start);
            return stringEnd + 1;
        }
        boolean digit = c >= '0' && c <= '9';
        number |= digit && depth == 1 && elements == 0;
        int from = c == '-' || c == '+' ? at + 1 : at;
        int end = endOfIdentifier(from);
        if (end == from) {
            return -at;
        }
        flag(at, end);
        if (digit && depth == 2 && isObject[1] && !isObject[0] && end - at <= 6) {
            reference(at, end);
        } else if (!digit && isKeyword(at, end)) {
            return -end;
        } else if (text.startsWith("void", at) && end == at + 4 && end + 1 < length && chars[end] == ' ') {
            return endOfIdentifier(end + 1);
        }
        return end;
    }

    /** Adds {@code true}, {@code !0} and their opposites. */
    private void flag(int at, int end) {
        boolean negated = at > 0 && chars[at - 1] == '!';
        boolean yes = negated ? isToken("0", at, end) : isToken("true", at, end);
        if (yes || (negated ? isToken("1", at, end) : isToken("false", at, end))) {
            lists.flag(names[depth - 1], yes);
        } else if (!isObject[depth - 1]) {
            lists.other();
        }
    }

    private boolean isToken(String token, int at, int end) {
        return end - at == token.length() && text.startsWith(token, at);
    }

    private void reference(int at, int end) {
        int index = 0;
        for (int i = at; i < end; i++) {
            int digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            index = 10 * index + digit;
        }
        if (references.size() < MAX_STRINGS) {
            references.putIfAbsent(index, names[1]);
        }
    }

    private boolean isKeyword(int at, int end) {
        return switch (end - at) {
            case 3 -> text.startsWith("new", at);
            case 5 -> text.startsWith("async", at) || text.startsWith("class", at);
            case 8 -> text.startsWith("function", at);
            default -> false;
        };
    }

    private void string(int start) {
        if (isData(stringStart, stringEnd)) {
            scanString(value());
        } else if (depth == 1
                && elements == 1
                && number
                && !isObject[0]
                && level == 0
                && text.startsWith(PUSH, start - PUSH.length())) {
            out.streamPart(value());
        } else if (found.size() < MAX_STRINGS) {
            boolean element = depth == 1 && !isObject[0];
            boolean label = stringEnd - stringStart <= MAX_NAME_LENGTH
                    && (element || stringEnd > stringStart && isCapital(chars[stringStart]));
            if (spaced || escaped || label) {
                found.add(new StringLiteral(names[depth - 1], value(), element ? elements : NO_INDEX));
            }
        }
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private int endOfIdentifier(int from) {
        int i = from;
        while (i < length) {
            char c = chars[i];
            if (c < IN_IDENTIFIER.length ? IN_IDENTIFIER[c] || c == '-' && i > from : Character.isLetter(c)) {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    /** Returns whether a text, such as the value of an attribute, begins like JSON and is long enough to be scanned. */
    static boolean isJson(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return text.length() - at >= MIN_LITERAL_LENGTH && (text.charAt(at) == '{' || text.charAt(at) == '[');
    }
}
