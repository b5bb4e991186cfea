package org.markwatch.extract;

import org.jsoup.nodes.Element;

/** An element whose end has not been reached. A buffer: filled again for each element of its depth. */
final class OpenElement {
    static final Element NO_ELEMENT = new Element("none");

    Element element = NO_ELEMENT;
    ElementType type = ElementType.of("");
    final ElementAttributes attributes = new ElementAttributes();
    /** Whether it is part of an SVG. */
    boolean svg;
    /** Name of the innermost block element; may be this element. */
    String enclosingBlock = TextFlow.NO_BLOCK;
    /** Index of the child to visit next. */
    int nextChild;
}
