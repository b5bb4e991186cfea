package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Field;

/**
 * Collects the text of blocks and headings, and the text of links, buttons and labels separately.
 *
 * <p>Visible and hidden text are collected separately: {@code V<span hidden>x</span>isa} yields the visible text 'Visa'
 * and the hidden text 'x'.
 */
final class TextFlow {
    /** Detail of text outside any block element. */
    static final String NO_BLOCK = "body";

    /** Minimum characters of two adjacent inline elements that are separate words. */
    private static final int MIN_BADGE_LENGTH = 4;
    /** As {@link #MIN_BADGE_LENGTH}, if both elements have the same first class: {@code MC} is a badge. */
    private static final int MIN_BADGE_LENGTH_IN_CLASS = 2;
    /** Maximum inline elements nested around the text of a badge. */
    private static final int MAX_WRAPPERS = 4;

    private final PassageCollector out;
    private final CollapsedText visibleText = new CollapsedText(Integer.MAX_VALUE);
    private final CollapsedText hiddenText = new CollapsedText(Integer.MAX_VALUE);
    private String block = NO_BLOCK;
    private @Nullable Element heading;
    private String headingDetail = "";
    private @Nullable Element preformatted;
    private boolean fromScript;
    private @Nullable Element reversed;
    /** Texts to which a right-to-left override has been added and not ended. */
    private final List<CollapsedText> reversedTexts = new ArrayList<>(2);

    private final ElementText link = new ElementText();
    private final ElementText label = new ElementText();

    TextFlow(PassageCollector out) {
        this.out = out;
    }

    /**
     * Text of a link, button or label, collected in addition to its block. Of nested elements, the outermost counts.
     */
    private static final class ElementText {
        private final CollapsedText content = new CollapsedText(PassageCollector.MAX_VALUE_LENGTH);
        private @Nullable Element owner;
        private boolean hidden;

        void open(Element element, boolean ownerHidden) {
            if (owner == null) {
                owner = element;
                hidden = ownerHidden;
                content.clear();
            }
        }

        void append(String text, boolean textHidden) {
            if (owner != null && (hidden || !textHidden)) {
                content.append(text);
            }
        }

        void addSpace() {
            if (owner != null) {
                content.addSpace();
            }
        }
    }

    /**
     * Marks the text of the element as right to left, with directional override characters (Unicode UAX 9 section 2.2).
     */
    void beginReversal(Element element) {
        if (reversed == null) {
            reversed = element;
        }
    }

    private void endReversal() {
        for (CollapsedText content : reversedTexts) {
            content.append(String.valueOf(DisplayOrder.POP_DIRECTIONAL_FORMATTING));
        }
        reversedTexts.clear();
    }

    /**
     * Handles the start of an element.
     *
     * @param isHeading whether the element is a heading
     * @param previous  sibling before the element, or null
     */
    void enter(Element element, ElementType type, boolean isHeading, @Nullable Node previous, boolean hidden) {
        switch (type.layout) {
            case BLOCK -> flush();
            case BREAK -> {
                visibleText.addLineFeed();
                hiddenText.addLineFeed();
                addSpaceToElementTexts();
            }
            case REPLACED -> addSpace();
            case INLINE -> {
                if (startsSeparateWord(element, previous)) {
                    addSpace();
                }
            }
        }
        if (isHeading && heading == null) {
            flush();
            heading = element;
            headingDetail = type.isHeading ? type.name : "heading";
        }
        if (preformatted == null && type.isPreformatted) {
            preformatted = element;
        }
        switch (type.name) {
            case "a", "button" -> link.open(element, hidden);
            case "label" -> label.open(element, hidden);
            default -> {}
        }
    }

    /**
     * Whether an inline element starts a new word although no space precedes it.
     * {@code <span>Visa</span><span>Mastercard</span>} are badges that a style sheet separates. Elements shorter than
     * the minimum length, such as single letters or syllables of a name, continue the word.
     */
    private static boolean startsSeparateWord(Element element, @Nullable Node previous) {
        if (!(previous instanceof Element before)
                || Layout.of(before.normalName()) != Layout.INLINE
                || !(edgeNode(element, true) instanceof TextNode text)
                || !(edgeNode(before, false) instanceof TextNode last)) {
            return false;
        }
        String word = text.getWholeText();
        String ended = last.getWholeText();
        int shortest = haveSameFirstClass(element, before) ? MIN_BADGE_LENGTH_IN_CLASS : MIN_BADGE_LENGTH;
        return !word.isEmpty()
                && Character.isUpperCase(word.charAt(0))
                && ended.length() >= shortest
                && word.length() >= shortest
                && Character.isLetterOrDigit(ended.charAt(ended.length() - 1));
    }

    /** Returns the first or last node in an element, looking into nested inline elements; null if there is none. */
    private static @Nullable Node edgeNode(Element element, boolean first) {
        Node node = first ? element.firstChild() : element.lastChild();
        for (int depth = 0; depth < MAX_WRAPPERS && node instanceof Element inner; depth++) {
            if (Layout.of(inner.normalName()) != Layout.INLINE) {
                return null;
            }
            node = first ? inner.firstChild() : inner.lastChild();
        }
        return node;
    }

    private static boolean haveSameFirstClass(Element one, Element other) {
        String name = firstClass(one);
        return !name.isEmpty() && name.equals(firstClass(other));
    }

    private static String firstClass(Element element) {
        String names = element.attr("class").strip();
        int space = names.indexOf(' ');
        return space < 0 ? names : names.substring(0, space);
    }

    /**
     * Handles the end of an element.
     *
     * @return the text of a link or button that ends here, or null for any other element
     */
    @Nullable
    String leave(Element element, ElementType type) {
        if (element == reversed) {
            endReversal();
            reversed = null;
        }
        switch (type.layout) {
            case BLOCK -> flush();
            case REPLACED -> addSpace();
            case BREAK, INLINE -> {}
        }
        if (element == heading) {
            flush();
            heading = null;
        }
        if (element == preformatted) {
            preformatted = null;
        }
        if (element == label.owner) {
            out.addOnce(Field.FORM, "label", label.content.toString(), label.hidden);
            label.owner = null;
        }
        if (element == link.owner) {
            String text = link.content.toString();
            out.add(Field.LINK, type.name, text, link.hidden);
            link.owner = null;
            return text;
        }
        return null;
    }

    /** @param enclosingBlock name of the innermost block element around the text */
    void append(String text, String enclosingBlock, boolean hidden) {
        CollapsedText content = hidden ? hiddenText : visibleText;
        if (visibleText.isEmpty() && hiddenText.isEmpty()) {
            block = enclosingBlock;
        }
        if (reversed != null && !reversedTexts.contains(content)) {
            content.append(String.valueOf(DisplayOrder.RIGHT_TO_LEFT_OVERRIDE));
            reversedTexts.add(content);
        }
        content.append(text, preformatted != null);
        link.append(text, hidden);
        label.append(text, hidden);
    }

    private void addSpace() {
        visibleText.addSpace();
        hiddenText.addSpace();
        addSpaceToElementTexts();
    }

    private void addSpaceToElementTexts() {
        link.addSpace();
        label.addSpace();
    }

    /** Sets whether the text that follows stands in a script. Such text of blocks is data of scripts. */
    void setFromScript(boolean fromScript) {
        flush();
        this.fromScript = fromScript;
    }

    /** Ends the current block and adds its text as passages. */
    void flush() {
        endReversal();
        flush(visibleText, false);
        flush(hiddenText, true);
        addSpaceToElementTexts();
    }

    private void flush(CollapsedText content, boolean hidden) {
        if (!content.isEmpty()) {
            boolean inHeading = heading != null;
            Field text = fromScript ? Field.SCRIPT_DATA : Field.TEXT;
            out.addBlock(
                    inHeading ? Field.HEADING : text, inHeading ? headingDetail : block, content.toString(), hidden);
        }
        content.clear();
    }
}
