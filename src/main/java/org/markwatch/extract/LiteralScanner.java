package org.markwatch.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.markwatch.extract.LiteralLists.NameList;

/** Scans one object or array literal after the other of a script or of JSON. For one thread. */
final class LiteralScanner {
    /** Levels of objects and arrays in a literal. Deeper ones are scanned as literals of their own. */
    private static final int MAX_DEPTH = 64;
    /** Maximum characters of a name; a longer one is cut off. */
    private static final int MAX_NAME_LENGTH = 100;
    /** Maximum strings of one literal. */
    private static final int MAX_STRINGS = PassageCollector.MAX_PASSAGES_PER_FIELD;

    private static final int NO_INDEX = -1;

    /** Names of what holds a list, and the list's own. */
    private static final int PATH_LENGTH = 3;
    /** Maximum white space on each side of the sign between a name and a literal. */
    private static final int MAX_SPACES = 4;

    private static final String PUSH = ".push(";

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

    private final ScriptText script;
    private final boolean outermost;
    private final boolean nests;
    private final LiteralSink out;
    private final Consumer<String> nested;

    // the current literal
    private final List<StringLiteral> found = new ArrayList<>();
    /** Names by the index that they refer to. */
    private final Map<Integer, String> references = new HashMap<>();

    private final LiteralLists lists = new LiteralLists();

    private final boolean[] isObject = new boolean[MAX_DEPTH];
    private final String[] names = new String[MAX_DEPTH];
    private int depth;
    private int literalStart;
    private int elements;
    private boolean number;

    /**
     * @param outermost whether the text is the script itself, and no string of it
     * @param nests     whether strings that are JSON are scanned
     * @param nested    takes them
     */
    LiteralScanner(ScriptText script, boolean outermost, boolean nests, LiteralSink out, Consumer<String> nested) {
        this.script = script;
        this.outermost = outermost;
        this.nests = nests;
        this.out = out;
        this.nested = nested;
    }

    /** Scans the literal that starts here; returns the position after it, or of the token that ends it. */
    int scan(int start) {
        found.clear();
        references.clear();
        lists.clear();
        literalStart = start;
        depth = 0;
        elements = 0;
        number = false;
        int end = scanLiteral(start);
        if (end - start >= ScriptText.MIN_LITERAL_LENGTH) {
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
        while (i < script.length) {
            char c = script.chars[i];
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
        return script.length;
    }

    private void close() {
        depth--;
        NameList list = lists.close();
        String name = depth == 0 ? "" : names[depth - 1];
        if (!list.entries().isEmpty() && (!name.isEmpty() || !nameBefore().isEmpty())) {
            out.list(path(list.property()), name.isEmpty() ? nameBefore() : name, list.entries());
        }
    }

    /** Returns the names of the objects around a list, and the property of its entries: {@code gateways.card.brands}. */
    private String path(String property) {
        StringBuilder path = new StringBuilder(nameBefore());
        String last = "";
        for (int level = Math.max(0, depth - PATH_LENGTH); level < depth; level++) {
            String name = names[level];
            if (!name.equals(last)) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
            last = name;
        }
        return path.append(property.isEmpty() ? "" : ".").append(property).toString();
    }

    /** Returns what the literal is assigned to: {@code cards = [}, {@code cards: [}; empty if a value stands by itself. */
    private String nameBefore() {
        int at = skipSpaces(literalStart);
        if (at == 0 || script.chars[at - 1] != '=' && script.chars[at - 1] != ':') {
            return "";
        }
        at = skipSpaces(at - 1);
        if (at > 0 && (script.chars[at - 1] == '"' || script.chars[at - 1] == '\'')) {
            at--;
        }
        int end = at > 0 && script.chars[at - 1] == '\\' ? at - 1 : at;
        int start = end;
        while (start > 0 && end - start < MAX_NAME_LENGTH && isOfName(script.chars[start - 1])) {
            start--;
        }
        return script.text.substring(start, end);
    }

    private int skipSpaces(int from) {
        int at = from;
        while (at > 0 && from - at < MAX_SPACES && script.chars[at - 1] <= ' ') {
            at--;
        }
        return at;
    }

    private static boolean isOfName(char c) {
        return c == '_' || c == '$' || c == '-' || Character.isLetterOrDigit(c);
    }

    /** Reads a name, quoted or not, and returns the position after it; the position of the name if there is none. */
    private int name(int at, char c) {
        if (c == '"' || c == '\'') {
            if (!script.readString(at)) {
                return at;
            }
            names[depth - 1] = script.escaped
                    ? cut(script.value())
                    : script.text.substring(script.stringStart, cut(script.stringStart, script.stringEnd));
            return script.stringEnd + 1;
        }
        int end = script.endOfIdentifier(at);
        if (end > at) {
            names[depth - 1] = script.text.substring(at, cut(at, end));
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
            if (!script.readString(at)) {
                return -script.stringEnd;
            }
            lists.string(names[depth - 1], script.text, script.stringStart, script.stringEnd);
            string(start);
            return script.stringEnd + 1;
        }
        boolean digit = c >= '0' && c <= '9';
        number |= digit && depth == 1 && elements == 0;
        int from = c == '-' || c == '+' ? at + 1 : at;
        int end = script.endOfIdentifier(from);
        if (end == from) {
            return -at;
        }
        flag(at, end);
        if (digit && depth == 2 && isObject[1] && !isObject[0] && end - at <= 6) {
            reference(at, end);
        } else if (!digit && isKeyword(at, end)) {
            return -end;
        } else if (script.text.startsWith("void", at)
                && end == at + 4
                && end + 1 < script.length
                && script.chars[end] == ' ') {
            return script.endOfIdentifier(end + 1);
        }
        return end;
    }

    /** Adds {@code true}, {@code !0} and their opposites. */
    private void flag(int at, int end) {
        boolean negated = at > 0 && script.chars[at - 1] == '!';
        boolean yes = negated ? isToken("0", at, end) : isToken("true", at, end);
        if (yes || (negated ? isToken("1", at, end) : isToken("false", at, end))) {
            lists.flag(names[depth - 1], yes);
        } else if (!isObject[depth - 1]) {
            lists.other();
        }
    }

    private boolean isToken(String token, int at, int end) {
        return end - at == token.length() && script.text.startsWith(token, at);
    }

    private void reference(int at, int end) {
        int index = 0;
        for (int i = at; i < end; i++) {
            int digit = script.chars[i] - '0';
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
            case 3 -> script.text.startsWith("new", at);
            case 5 -> script.text.startsWith("async", at) || script.text.startsWith("class", at);
            case 8 -> script.text.startsWith("function", at);
            default -> false;
        };
    }

    private void string(int start) {
        if (nests && script.isJsonString()) {
            nested.accept(script.value());
        } else if (depth == 1
                && elements == 1
                && number
                && !isObject[0]
                && outermost
                && script.text.startsWith(PUSH, start - PUSH.length())) {
            out.streamPart(script.value());
        } else if (found.size() < MAX_STRINGS) {
            boolean element = depth == 1 && !isObject[0];
            boolean label = script.stringEnd - script.stringStart <= MAX_NAME_LENGTH
                    && (element
                            || script.stringEnd > script.stringStart && isCapital(script.chars[script.stringStart]));
            if (script.spaced || script.escaped || label) {
                found.add(new StringLiteral(names[depth - 1], script.value(), element ? elements : NO_INDEX));
            }
        }
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
