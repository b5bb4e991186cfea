package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the lists of short names in the object and array literals of a script: the strings of an array, the first string
 * of each object in an array, and the names in an object of booleans that are true. One use per scan.
 */
final class LiteralLists {
    /** Entries of a longer list are no payment methods. */
    private static final int MAX_ENTRIES = 24;

    private static final int MAX_ENTRY_LENGTH = 24;
    /** Names of booleans that say whether the object is shown or taken. */
    private static final Set<String> SWITCHES =
            Set.of("active", "available", "enabled", "isactive", "isenabled", "on", "selected", "supported", "visible");
    /** Payment methods by which a list of payment methods is known, in lower case without spaces and signs. */
    private static final Set<String> KNOWN_METHODS = Set.of(
            "alipay",
            "americanexpress",
            "amex",
            "applepay",
            "dinersclub",
            "googlepay",
            "gpay",
            "jcb",
            "maestro",
            "mastercard",
            "paypal",
            "unionpay",
            "visa",
            "westernunion");

    private final List<@Nullable Container> containers = new ArrayList<>();

    private static final class Container {
        final boolean object;
        final List<String> entries = new ArrayList<>();
        int flags;
        /** Whether it has what no list of names has. */
        boolean other;
        /** Whether it is an object of an array whose first string has been taken. */
        boolean taken;

        Container(boolean object) {
            this.object = object;
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
     * @param start offset of its first character in the text
     * @param end   offset after its last character
     */
    void string(String text, int start, int end) {
        Container inner = containers.getLast();
        if (!inner.object) {
            add(inner, text, start, end);
            return;
        }
        inner.other = true;
        Container array = containers.size() < 2 ? null : containers.get(containers.size() - 2);
        if (array != null && !array.object && !inner.taken && isEntry(text, start, end)) {
            inner.taken = true;
            add(array, text, start, end);
        }
    }

    private static void add(Container list, String text, int start, int end) {
        if (list.entries.size() == MAX_ENTRIES || !isEntry(text, start, end)) {
            list.other = true;
        } else if (!list.other) {
            list.entries.add(text.substring(start, end));
        }
    }

    /** Adds a boolean of the innermost container. @param name property that holds it */
    void flag(String name, boolean value) {
        Container inner = containers.getLast();
        inner.flags++;
        if (!inner.object) {
            inner.other = true;
        } else if (value && !inner.other && inner.entries.size() < MAX_ENTRIES) {
            inner.entries.add(name);
        } else if (!value && SWITCHES.contains(name.toLowerCase(Locale.ROOT))) {
            switchOff(inner);
        }
    }

    /** Takes an object out of the array that has it. */
    private void switchOff(Container object) {
        if (object.taken) {
            List<String> entries = containers.get(containers.size() - 2).entries;
            if (!entries.isEmpty()) {
                entries.removeLast();
            }
        }
        object.taken = true;
    }

    /** Adds a number or another value of the innermost container. */
    void other() {
        containers.getLast().other = true;
    }

    /** Ends the innermost container; returns its entries if they are payment methods, otherwise none. */
    List<String> close() {
        Container closed = containers.removeLast();
        boolean list = !closed.other && (!closed.object || closed.flags > 1);
        return list && closed.entries.stream().anyMatch(LiteralLists::isKnownMethod) ? closed.entries : List.of();
    }

    private static boolean isEntry(String text, int start, int end) {
        if (end - start < 2 || end - start > MAX_ENTRY_LENGTH) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c) && " -_".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnownMethod(String entry) {
        StringBuilder letters = new StringBuilder(entry.length());
        for (int i = 0; i < entry.length(); i++) {
            if (Character.isLetter(entry.charAt(i))) {
                letters.append(entry.charAt(i));
            }
        }
        return KNOWN_METHODS.contains(letters.toString().toLowerCase(Locale.ROOT));
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
