package org.markwatch.extract;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Fetch.Kind;
import org.markwatch.watchlist.Field;

/**
 * What markup says about pictures: alternative text, file names, classes, ids and sprite names, on any element that could
 * draw one. The pictures are counted and never asked for.
 */
final class ImageReferences {
    private static final int MAX_TOKEN = 80;

    private final Passages out;
    private final References references;

    private final StyleRules rules;
    /** Names of drawings that {@code use} draws, and what those that are only kept for it are called. */
    private final Set<String> used = new HashSet<>();

    private final Map<String, String> kept = new LinkedHashMap<>();

    ImageReferences(Passages out, References references, StyleRules rules) {
        this.out = out;
        this.references = references;
        this.rules = rules;
    }

    /** Reads the attributes of an element that are about pictures. */
    void read(Element element, ElementType type, ElementAttributes attributes, boolean svg, boolean hidden) {
        String name = type.name;
        boolean named = type.namesPictures(svg);
        boolean control = type.control;
        if (type.custom && !svg) {
            out.addOnce(Field.IMAGE, "element", name, hidden);
        }
        for (int i = 0; i < attributes.size(); i++) {
            String key = attributes.key(i);
            String value = attributes.value(i);
            if (value.isEmpty()) {
                continue;
            }
            switch (attributes.name(i)) {
                case CLASS -> {
                    rules.backgrounds('.', value, url -> background(url, hidden));
                    // bg-[url(/visa.svg)]
                    css(value, hidden);
                    if (named) {
                        out.addOnce(Field.IMAGE, "class", value, hidden);
                    }
                }
                case ID -> {
                    rules.backgrounds('#', value, url -> background(url, hidden));
                    if (name.equals("symbol")) {
                        kept.putIfAbsent(value, "");
                    } else if (named && !control) {
                        out.addOnce(Field.IMAGE, "id", value, hidden);
                    }
                }
                case ARIA_LABELLEDBY -> {
                    if (svg || name.equals("img")) {
                        out.addOnce(Field.IMAGE, "labelledby", value, hidden);
                    }
                }
                case ALT -> out.addOnce(Field.IMAGE, "alt", value, hidden);
                case TITLE, ARIA_LABEL -> label(type, key, value, named && !control, hidden);
                case SRC -> source(name, element, value, hidden);
                case SRCSET, IMAGESRCSET -> candidates(key, value, hidden);
                case POSTER, BACKGROUND, LOWSRC -> picture(key, value, hidden);
                case HREF, XLINK_HREF -> {
                    if (svg) {
                        sprite(name, value, hidden);
                    }
                }
                case STYLE -> css(value, hidden);
                case ICON, SVGICON -> token(key, value, hidden);
                case NAME -> {
                    if (name.contains("icon")) {
                        token(key, value, hidden);
                    }
                }
                case DATA -> {
                    if (name.equals("object")) {
                        embedded("data", value, hidden);
                    }
                }
                default -> {
                    if (key.startsWith("data-")) {
                        lazy(type, key, value, named && !control, hidden);
                    } else if (isBound(key)) {
                        bound(value, hidden);
                    }
                }
            }
        }
    }

    /** The title or description of an inline SVG. A symbol's counts if the symbol is drawn. */
    void drawing(Element label, String name, String text, boolean hidden) {
        if (label.parent() instanceof Element symbol && symbol.normalName().equals("symbol")) {
            kept.put(symbol.attr("id"), text);
        } else {
            out.addOnce(Field.IMAGE, "svg-" + name, text, hidden);
        }
    }

    /** Symbols that the page draws, or all if it leaves drawing to a script. */
    void end() {
        kept.forEach((id, text) -> {
            if (used.isEmpty() || used.contains(id)) {
                out.addOnce(Field.IMAGE, "id", id, false);
                out.addOnce(Field.IMAGE, "svg-title", text, false);
            }
        });
    }

    /** A reference to a picture under {@code detail}; counted, and kept by name. */
    void picture(String detail, String ref, boolean hidden) {
        references.count(Kind.IMAGE);
        name(detail, ref, hidden);
        QrCode.read(ref, text -> out.addOnce(Field.LINK, "qr", text, hidden));
    }

    /** Pictures and icons that a script or its data only speaks of are kept by name and not counted; so are lists of ways to pay. */
    void scripted(String script, boolean hidden) {
        ScriptPayments.pictures(script, ref -> name("script-src", ref, hidden));
        ScriptPayments.icons(script, icon -> out.addOnce(Field.IMAGE, "class", icon, hidden));
        // under the name that schema.org has for it
        ScriptPayments.lists(script, value -> out.addOnce(Field.JSON_LD, "paymentAccepted", value, hidden));
        ScriptPayments.calls(script, call -> out.addOnce(Field.JSON_LD, "paymentAccepted", call, hidden));
    }

    /** The references of a style attribute. */
    void css(String css, boolean hidden) {
        if (CssUrls.mayBeIn(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                background(url, hidden);
            });
        }
    }

    /**
     * The rules of a style block.
     *
     * @param late whether elements came before it, so that which of its rules are used is not known
     */
    void sheet(String css, boolean late, boolean hidden) {
        if (CssUrls.mayBeIn(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                if (late) {
                    background(url, hidden);
                }
            });
        }
        rules.read(css, url -> {
            if (!late) {
                background(url, hidden);
            }
        });
    }

    private void count(String url) {
        if (!url.startsWith("#")) {
            references.count(url, Kind.IMAGE);
        }
    }

    /** A sheet's reference without an extension is a picture, '#id' a gradient of the page itself. */
    private void background(String url, boolean hidden) {
        if (!url.startsWith("#") && references.isPictureOrUnnamed(url)) {
            name("css-url", url, hidden);
        }
    }

    private void label(ElementType type, String key, String value, boolean picture, boolean hidden) {
        if (type.control || type.name.equals("a") || type.name.equals("button")) {
            // Links are named when their own text is known, inputs with their form.
            return;
        }
        out.addOnce(picture ? Field.IMAGE : Field.TEXT, key, value, hidden);
    }

    private void source(String name, Element element, String value, boolean hidden) {
        switch (name) {
            case "img", "input", "amp-img" -> picture("src", value, hidden);
            case "source" -> {
                Element parent = element.parent();
                Kind kind = parent != null && parent.normalName().equals("audio") ? Kind.AUDIO : Kind.VIDEO;
                if (references.count(value, kind) == Kind.IMAGE) {
                    name("src", value, hidden);
                }
            }
            case "video" -> references.count(Kind.VIDEO);
            case "audio" -> references.count(Kind.AUDIO);
            case "embed" -> embedded("src", value, hidden);
            case "script", "iframe", "frame" -> {}
            default -> {
                if (references.isPicture(value)) {
                    picture("src", value, hidden);
                }
            }
        }
    }

    private void embedded(String detail, String value, boolean hidden) {
        if (references.count(value, Kind.OTHER_TYPE) == Kind.IMAGE) {
            name(detail, value, hidden);
        }
    }

    private void sprite(String name, String value, boolean hidden) {
        if (name.equals("use")) {
            if (value.startsWith("#")) {
                used.add(value.substring(1));
                out.addOnce(Field.IMAGE, "use", value.substring(1), hidden);
            } else {
                picture("use", value, hidden);
            }
        } else if (name.equals("image")) {
            picture("href", value, hidden);
        }
    }

    /** {@code data-src}, {@code data-original}, {@code data-bg}, {@code data-icon} …: names of pictures that a script draws. */
    private void lazy(ElementType type, String key, String value, boolean picture, boolean hidden) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.endsWith("srcset")) {
            candidates(key, value, hidden);
        } else if (value.contains("url(")) {
            css(value, hidden);
        } else if (value.startsWith("{") || value.startsWith("[")) {
            // data-payment-methods='["visa"]', or all that a component is drawn from
            scripted(lower.substring("data-".length()).replace('-', '_') + ':' + value, hidden);
        } else if (lower.equals("data-framer-name")) {
            token(key, value, hidden);
        } else if (references.isPicture(value)) {
            picture(key, value, hidden);
        } else if (isTooltip(lower)) {
            label(type, "title", value, picture, hidden);
        } else if (value.length() <= MAX_TOKEN && speaksOfPictures(lower)) {
            token(key, value, hidden);
        }
    }

    /** An address, or an expression of a script with one in quotes: {@code require('./visa.svg')}. */
    private void bound(String expression, boolean hidden) {
        int open = 0;
        while (open < expression.length() && "'\"`".indexOf(expression.charAt(open)) < 0) {
            open++;
        }
        int close = open < expression.length() ? expression.indexOf(expression.charAt(open), open + 1) : -1;
        String address = close < 0 ? expression : expression.substring(open + 1, close);
        if (references.isPicture(address)) {
            picture("src", address, hidden);
        }
    }

    /** What a script makes a picture's address of: {@code :src}, {@code ng-src}, {@code [src]}. */
    private static boolean isBound(String key) {
        return key.endsWith(":src") || key.endsWith("-src") || key.equals("[src]");
    }

    /** A title that a script shows: {@code data-tooltip}, {@code data-bs-original-title}, {@code data-tippy-content}. */
    private static boolean isTooltip(String key) {
        return key.contains("tooltip")
                || key.contains("tippy")
                || key.endsWith("original-title")
                || key.endsWith("bs-title");
    }

    private static boolean speaksOfPictures(String key) {
        return key.contains("icon")
                || key.contains("brand")
                || key.contains("logo")
                || key.contains("card")
                || key.contains("pay")
                || key.contains("sprite")
                || key.contains("img")
                || key.contains("image")
                || key.contains("src")
                || key.contains("method")
                || key.contains("gateway")
                || key.contains("provider")
                || key.contains("wallet");
    }

    private void token(String detail, String value, boolean hidden) {
        out.addOnce(Field.IMAGE, detail, value, hidden);
    }

    /** HTML 4.8.4.2.1, without the descriptors: a URL may hold commas, but not begin or end with one. */
    private void candidates(String detail, String srcset, boolean hidden) {
        int length = srcset.length();
        int i = 0;
        while (i < length) {
            while (i < length && (isSpace(srcset.charAt(i)) || srcset.charAt(i) == ',')) {
                i++;
            }
            int start = i;
            while (i < length && !isSpace(srcset.charAt(i))) {
                i++;
            }
            int end = i;
            boolean alone = false;
            while (end > start && srcset.charAt(end - 1) == ',') {
                end--;
                alone = true;
            }
            if (end > start) {
                picture(detail, srcset.substring(start, end), hidden);
            }
            if (!alone) {
                int comma = srcset.indexOf(',', i);
                i = comma < 0 ? length : comma;
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private void name(String detail, String ref, boolean hidden) {
        String wrapped = references.wrapped(ref);
        @Nullable String name = references.fileName(wrapped == null ? ref : wrapped);
        if (name != null) {
            out.addOnce(Field.IMAGE, detail, name, hidden);
        }
    }
}
