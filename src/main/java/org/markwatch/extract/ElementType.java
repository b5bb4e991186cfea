package org.markwatch.extract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the name of an element says about it, looked up once an element. */
final class ElementType {
    /** What it is to us beside a carrier of text, of names of pictures and of facts. */
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
        OTHER
    }

    /** Elements that lay out a page or carry it; their classes and ids name sections, not pictures. */
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
    /** Parts of an SVG that are more than geometry. */
    private static final Set<String> SVG_NAMED = Set.of("svg", "symbol", "g", "use", "title", "desc", "image", "view");

    private static final Map<String, ElementType> KNOWN = new HashMap<>();

    static {
        String names =
                "#root a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas"
                        + " caption center cite code col colgroup data datalist dd del desc details dfn dialog div dl dt em embed"
                        + " fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html"
                        + " i iframe image img input ins kbd label legend li link listing main map mark math menu meta meter nav"
                        + " noscript object ol optgroup option output p param path picture pre progress q rp rt ruby s samp script"
                        + " search section select slot small source span strike strong style sub summary sup svg symbol table tbody"
                        + " td template textarea tfoot th thead time title tr track tt u ul use var video view wbr xmp";
        for (String name : names.split(" ")) {
            KNOWN.put(name, new ElementType(name));
        }
    }

    final String name;
    final Layout layout;
    final ElementCategory category;
    /** {@code h1} to {@code h6}. */
    final boolean isHeading;
    /** Line feeds in it are kept. */
    final boolean isPreformatted;
    /** A field that people fill in. */
    final boolean isFormControl;
    /** An element of the page's own, as wallets give them out: {@code google-pay-button}. */
    final boolean isCustom;

    private final boolean isStructural;
    private final boolean isNamedSvgPart;

    private ElementType(String name) {
        this.name = name;
        this.layout = Layout.of(name);
        this.category = category(name);
        this.isHeading = name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
        this.isPreformatted = name.equals("pre") || name.equals("textarea") || name.equals("listing");
        this.isFormControl = name.equals("input") || name.equals("select") || name.equals("textarea");
        this.isCustom = name.indexOf('-') > 0;
        this.isStructural = STRUCTURE.contains(name);
        this.isNamedSvgPart = SVG_NAMED.contains(name);
    }

    /** @param name in lower case */
    static ElementType of(String name) {
        ElementType known = KNOWN.get(name);
        return known == null ? new ElementType(name) : known;
    }

    /** Whether its classes and ids may name a picture. */
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
            case "form", "input", "select", "textarea", "option", "button" -> ElementCategory.FORM;
            default -> ElementCategory.OTHER;
        };
    }
}
