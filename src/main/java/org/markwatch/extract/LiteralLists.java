package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Collects the lists of short names in the object and array literals of a script: the strings of an array, the first string
 * of each object in an array, the strings of an object whose properties are codes, and the names in an object of booleans that
 * are true. Which lists name payment methods is told when the page is matched. One use per scan.
 */
final class LiteralLists {
    /** Entries of a list that are kept. */
    private static final int MAX_ENTRIES = 32;

    private static final int MAX_ENTRY_LENGTH = 40;
    /** The longest code that stands for a name: {@code VI}, {@code AMEX}. */
    private static final int MAX_CODE_LENGTH = 4;
    /** Names that programs give to booleans that say whether the object is shown or taken. */
    private static final Set<String> SWITCHES =
            Set.of("active", "available", "enabled", "isactive", "isenabled", "on", "selected", "supported", "visible");

    private final List<Container> containers = new ArrayList<>();

    /**
     * A list.
     *
     * @param property property of the objects of an array that holds the entries, or empty
     */
    record NameList(String property, List<String> entries) {
        static final NameList NONE = new NameList("", List.of());
    }

    private static final class Container {
        final boolean object;
        final List<String> entries = new ArrayList<>();
        /** Of the array's objects, the one that holds the entries. */
        String property = "";

        int flags;
        boolean coded;
        /** Whether it has what no list of names has. */
        boolean other;
        /** Whether it is an object of an array whose name has been taken, or that is switched off. */
        boolean taken;
        /** Entries that it has given to its array. */
        int given;

        Container(boolean object) {
            this.object = object;
        }

        boolean add(String entry) {
            return entries.size() < MAX_ENTRIES && entries.add(entry);
        }
    }

    /** Forgets the containers of the literal before. */
    void clear() {
        containers.clear();
    }

    void open(boolean object) {
        containers.add(new Container(object));
    }

    /**
     * Adds a string of the innermost container.
     *
     * @param name  property that holds it
     * @param start offset of its first character in the text
     * @param end   offset after its last character
     */
    void string(String name, String text, int start, int end) {
        Container inner = containers.getLast();
        boolean entry = isEntry(text, start, end);
        Container array = containers.size() < 2 ? null : containers.get(containers.size() - 2);
        if (!inner.object) {
            add(inner, text, start, end, entry);
        } else if (array == null || array.object) {
            inner.coded |= isCode(name, 0, name.length());
            add(inner, text, start, end, entry && isCode(name, 0, name.length()));
        } else {
            inner.other = true;
            if (!inner.taken && entry && isTitle(text, start, end)) {
                // a code is followed by its name: {code: 'VI', label: 'Visa'}
                inner.taken = !isCode(text, start, end);
                array.property = name;
                inner.given += array.add(text.substring(start, end)) ? 1 : 0;
            }
        }
    }

    private static void add(Container list, String text, int start, int end, boolean entry) {
        list.other |= !entry;
        if (!list.other && isTitle(text, start, end)) {
            list.add(text.substring(start, end));
        }
    }

    /** Adds a boolean of the innermost container. @param name property that holds it */
    void flag(String name, boolean value) {
        Container inner = containers.getLast();
        inner.flags++;
        if (!inner.object) {
            inner.other = true;
        } else if (value && !inner.other) {
            inner.add(name);
        } else if (!value && SWITCHES.contains(name.toLowerCase(Locale.ROOT))) {
            switchOff(inner);
        }
    }

    /** Takes an object out of the array that has it. */
    private void switchOff(Container object) {
        for (; object.given > 0; object.given--) {
            containers.get(containers.size() - 2).entries.removeLast();
        }
        object.taken = true;
    }

    /** Adds a number or another value of the innermost container. */
    void other() {
        containers.getLast().other = true;
    }

    /** Ends the innermost container; returns its names, none if it is no list of names. */
    NameList close() {
        Container closed = containers.removeLast();
        boolean list = !closed.other && (!closed.object || closed.flags > 1 || closed.coded);
        return list && !closed.entries.isEmpty() ? new NameList(closed.property, closed.entries) : NameList.NONE;
    }

    /** Whether a text is a short name: {@code Visa}, {@code American Express}, {@code bank-transfer}. */
    static boolean isName(String text) {
        return isEntry(text, 0, text.length()) && isTitle(text, 0, text.length());
    }

    private static boolean isEntry(String text, int start, int end) {
        if (end - start < 2 || end - start > MAX_ENTRY_LENGTH || !Character.isLetter(text.charAt(start))) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && " -_".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name is one word, or each of its words begins with a capital; other text is kept as prose. */
    private static boolean isTitle(String text, int start, int end) {
        boolean capitals = Character.isUpperCase(text.charAt(start));
        for (int i = start + 1; i < end; i++) {
            if (text.charAt(i - 1) == ' ' && !(capitals && Character.isUpperCase(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCode(String text, int start, int end) {
        if (end - start < 2 || end - start > MAX_CODE_LENGTH) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
                return false;
            }
        }
        return true;
    }

    /** Returns the words of a property's name: {@code payWith} and {@code pay_with} give {@code pay with}. */
    static String words(String name) {
        StringBuilder words = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1)) || !letter) {
                words.append(' ');
            }
            if (letter) {
                words.append(Character.toLowerCase(c));
            }
        }
        return words.toString().strip();
    }
}
