package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Field;

/**
 * Running text: blocks, headings, and beside them the text of links, buttons and labels.
 *
 * <p>What a visitor sees and what markup hides run apart, so that {@code V<span hidden>x</span>isa} reads 'Visa', and 'x'
 * as hidden.
 */
final class TextFlow {
    /** What text outside of every block is taken to stand in. */
    static final String NO_BLOCK = "body";

    private static final int MIN_BADGE_LENGTH = 4;
    /** {@code MC}, among badges of one class. */
    private static final int MIN_BADGE_LENGTH_IN_CLASS = 2;
    /** Inline elements around the text of a badge. */
    private static final int MAX_WRAPPERS = 4;

    private static final String RIGHT_TO_LEFT_OVERRIDE = "\u202e";
    private static final String POP_DIRECTIONAL_FORMATTING = "\u202c";

    private final PassageCollector out;
    private final CollapsedText visibleText = new CollapsedText(Integer.MAX_VALUE);
    private final CollapsedText hiddenText = new CollapsedText(Integer.MAX_VALUE);
    private String block = NO_BLOCK;
    private @Nullable Element heading;
    private String headingDetail = "";
    private @Nullable Element preformatted;
    private @Nullable Element reversed;
    /** Runs with reversed text under way. */
    private final List<CollapsedText> reversedTexts = new ArrayList<>(2);

    private final ElementText link = new ElementText();
    private final ElementText label = new ElementText();

    TextFlow(PassageCollector out) {
        this.out = out;
    }

    /** Text of an element that is wanted once more by itself; the outermost one wins when they nest. */
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

    /** What the element says is laid out backwards, and is marked as the character for it would (Unicode UAX 9, section 2.2). */
    void beginReversal(Element element) {
        if (reversed == null) {
            reversed = element;
        }
    }

    private void endReversal() {
        for (CollapsedText run : reversedTexts) {
            run.append(POP_DIRECTIONAL_FORMATTING);
        }
        reversedTexts.clear();
    }

    /**
     * @param titled whether it is a heading
     * @param before the node before it, or null
     */
    void enter(Element element, ElementType type, boolean titled, @Nullable Node before, boolean hidden) {
        switch (type.layout) {
            case BLOCK -> flush();
            case BREAK -> {
                visibleText.addLineFeed();
                hiddenText.addLineFeed();
                addSpaceToElementTexts();
            }
            case REPLACED -> addSpace();
            case INLINE -> {
                if (startsSeparateWord(element, before)) {
                    addSpace();
                }
            }
        }
        if (titled && heading == null) {
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
     * Whether an inline element begins a word although no space stands before it: {@code <span>Visa</span><span>Mastercard</span>}
     * are badges that a style sheet sets apart. Letters one by one, and two syllables of a name, stay one word, but for pieces of
     * one class.
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

    /** The first or last node in an element, through inline elements around it. */
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

    /** @return the text of a link or button that ends here, null for any other element */
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

    /** @param inBlock name of the innermost block around it */
    void append(String text, String inBlock, boolean hidden) {
        CollapsedText run = hidden ? hiddenText : visibleText;
        if (visibleText.isEmpty() && hiddenText.isEmpty()) {
            block = inBlock;
        }
        if (reversed != null && !reversedTexts.contains(run)) {
            run.append(RIGHT_TO_LEFT_OVERRIDE);
            reversedTexts.add(run);
        }
        run.append(text, preformatted != null);
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

    /** Ends the block under way. */
    void flush() {
        endReversal();
        flush(visibleText, false);
        flush(hiddenText, true);
        addSpaceToElementTexts();
    }

    private void flush(CollapsedText run, boolean hidden) {
        if (!run.isEmpty()) {
            boolean inHeading = heading != null;
            out.addBlock(
                    inHeading ? Field.HEADING : Field.TEXT, inHeading ? headingDetail : block, run.toString(), hidden);
        }
        run.clear();
    }
}
