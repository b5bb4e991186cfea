package org.markwatch.extract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Properties of an element that follow from its name. */
final class ElementType {
    /** Selects the special handling of an element, in addition to its text, image names and structured data. */
    enum ElementCategory {
        HTML,
        BASE,
        META,
        LINK,
        ANCHOR,
        FRAME,
        SCRIPT,
        STYLE,
        TITLE,
        TEMPLATE,
        FORM,
        NOSCRIPT,
        OTHER
    }

    /** Elements that structure a page. Their classes and ids name sections, not images. */
    private static final Set<String> STRUCTURE = Set.of(
            "html",
            "head",
            "body",
            "main",
            "header",
            "footer",
            "nav",
            "section",
            "article",
            "aside",
            "form",
            "fieldset",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "script",
            "style",
            "link",
            "meta",
            "title",
            "template",
            "noscript");
    /** SVG elements whose classes and ids may name an image; other elements are geometry. */
    private static final Set<String> SVG_NAMED = Set.of("svg", "symbol", "g", "use", "title", "desc", "image", "view");

    private static final Map<String, ElementType> KNOWN = new HashMap<>();

    static {
        String names =
                "#root a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas"
                        + " caption center cite code col colgroup data datalist dd del desc details dfn dialog div dl dt em embed"
                        + " fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html"
                        + " i iframe image img input ins kbd label legend li link listing main map mark math menu meta meter nav"
                        + " noembed noframes noscript object ol optgroup option output p param path picture pre progress q rp rt ruby s samp script"
                        + " search section select slot small source span strike strong style sub summary sup svg symbol table tbody"
                        + " td template textarea tfoot th thead time title tr track tt u ul use var video view wbr xmp";
        for (String name : names.split(" ")) {
            KNOWN.put(name, new ElementType(name));
        }
    }

    final String name;
    final Layout layout;
    final ElementCategory category;
    /** Whether it is {@code h1} to {@code h6}. */
    final boolean isHeading;
    /** Whether line feeds in its text are kept. */
    final boolean isPreformatted;
    /** Whether it is a form field that a visitor fills in. */
    final boolean isFormControl;
    /** Whether it is a custom element, as payment scripts define them: {@code google-pay-button}. */
    final boolean isCustom;

    private final boolean isStructural;
    private final boolean isNamedSvgPart;

    private ElementType(String name) {
        this.name = name;
        this.layout = Layout.of(name);
        this.category = category(name);
        this.isHeading = name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
        this.isPreformatted =
                name.equals("pre") || name.equals("textarea") || name.equals("listing") || name.equals("xmp");
        this.isFormControl = name.equals("input") || name.equals("select") || name.equals("textarea");
        this.isCustom = name.indexOf('-') > 0;
        this.isStructural = STRUCTURE.contains(name);
        this.isNamedSvgPart = SVG_NAMED.contains(name);
    }

    /** @param name element name in lower case */
    static ElementType of(String name) {
        ElementType known = KNOWN.get(name);
        return known == null ? new ElementType(name) : known;
    }

    /**
     * Whether the classes and ids of the element may name an image.
     *
     * @param svg whether the element is part of an SVG
     */
    boolean mayNameImages(boolean svg) {
        return svg ? isNamedSvgPart : !isStructural;
    }

    private static ElementCategory category(String name) {
        return switch (name) {
            case "html" -> ElementCategory.HTML;
            case "base" -> ElementCategory.BASE;
            case "meta" -> ElementCategory.META;
            case "link" -> ElementCategory.LINK;
            case "a", "area" -> ElementCategory.ANCHOR;
            case "iframe", "frame" -> ElementCategory.FRAME;
            case "script" -> ElementCategory.SCRIPT;
            case "style" -> ElementCategory.STYLE;
            case "title" -> ElementCategory.TITLE;
            case "template" -> ElementCategory.TEMPLATE;
            case "form", "input", "select", "textarea", "option", "optgroup", "button" -> ElementCategory.FORM;
            case "noscript" -> ElementCategory.NOSCRIPT;
            default -> ElementCategory.OTHER;
        };
    }
}
