package org.markwatch.extract;

import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.AttributeName;

/**
 * Detects shells: pages that have no text unless their scripts run.
 *
 * <p>A shell has hardly any visible text, at most one image and two links, no form field and no frame for visitors, and
 * no prose in the data of its scripts. Texts that ask to enable JavaScript do not count; other text of {@code noscript}
 * does. The title and metadata do not count, because visitors do not see them on the page.
 */
final class ShellDetector {
    /** Letters and digits from which a page says something. A page that says that it is loading has fewer. */
    static final int MIN_LETTERS = 30;
    /** Maximum images of a shell: a logo, or one that shows that the page is loading. */
    private static final int MAX_IMAGES = 1;
    /** Maximum links of a shell. */
    private static final int MAX_LINKS = 2;
    /** Maximum characters of a text that only asks to enable JavaScript. */
    private static final int MAX_REQUEST_LENGTH = 300;
    /** Letters that an ideograph, syllable or letter of a script without spaces counts as. */
    private static final int UNSPACED_LETTERS = 3;
    /** Letters that a letter of script data counts as: one sentence is enough. */
    private static final int SCRIPT_DATA_FACTOR = 4;

    private boolean scripts;
    private boolean content;
    private int noscripts;
    private int letters;
    private int images;
    private int links;

    void enter(ElementType type, ElementAttributes attributes, boolean hidden) {
        if (type.category == ElementType.ElementCategory.NOSCRIPT) {
            noscripts++;
        }
        if (content || hidden || noscripts > 0 || attributes.size() == 0) {
            return;
        }
        switch (type.category) {
            case FORM ->
                content = type.isFormControl
                        && !attributes.get(AttributeName.TYPE).equalsIgnoreCase("hidden");
            case FRAME -> content = attributes.has(AttributeName.SRC);
            case ANCHOR -> content = attributes.has(AttributeName.HREF) && ++links > MAX_LINKS;
            default -> {
                if (attributes.has(AttributeName.ALT)) {
                    addText(attributes.get(AttributeName.ALT), false);
                }
                content |= (type.name.equals("img") || type.name.equals("svg")) && ++images > MAX_IMAGES;
            }
        }
    }

    void leave(ElementType type) {
        if (type.category == ElementType.ElementCategory.NOSCRIPT) {
            noscripts--;
        }
    }

    void addScript() {
        scripts = true;
    }

    /** Adds a text of the markup. */
    void addText(String text, boolean hidden) {
        if (!content && !hidden && !isRequest(text)) {
            addLetters(letters(text));
        }
    }

    /** Adds prose of the data of scripts. Single words do not count: the settings of a shell have names. */
    void addScriptData(String prose) {
        if (prose.indexOf(' ') > 0 || !prose.isEmpty() && ScriptStrings.isUnspaced(prose.charAt(0))) {
            addLetters(SCRIPT_DATA_FACTOR * letters(prose));
        }
    }

    private void addLetters(int count) {
        letters += count;
        content |= letters >= MIN_LETTERS;
    }

    private static boolean isRequest(String text) {
        return text.length() <= MAX_REQUEST_LENGTH
                && text.toLowerCase(Locale.ROOT).contains("javascript");
    }

    /** Returns the number of letters and digits, up to about {@link #MIN_LETTERS}. */
    static int letters(String text) {
        int count = 0;
        for (int i = 0; i < text.length() && count < MIN_LETTERS; i++) {
            char c = text.charAt(i);
            count += !Character.isLetterOrDigit(c) ? 0 : ScriptStrings.isUnspaced(c) ? UNSPACED_LETTERS : 1;
        }
        return count;
    }

    /** Whether the markup of a page says something itself, seen or hidden, so that it is not written by its scripts as a whole. */
    static boolean hasText(Element root) {
        int letters = 0;
        for (Node node : (Iterable<Node>) root.nodeStream()::iterator) {
            if (node instanceof TextNode text && isText(text.parent())) {
                letters += letters(text.getWholeText());
                if (letters >= MIN_LETTERS) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isText(@Nullable Node parent) {
        for (Node outer = parent; outer != null; outer = outer.parent()) {
            if (outer.nameIs("title") || outer.nameIs("noscript")) {
                return false;
            }
        }
        return true;
    }

    boolean isShell() {
        return scripts && !content;
    }
}
