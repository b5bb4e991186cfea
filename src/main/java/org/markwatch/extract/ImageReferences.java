package org.markwatch.extract;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.watchlist.Field;

/**
 * What markup says about pictures: alternative text, file names, classes, ids and sprite names, on any element that could
 * draw one. The pictures are counted and never asked for.
 */
final class ImageReferences {
    private static final int MAX_TOKEN_LENGTH = 80;

    private final PassageCollector out;
    private final PageReferences references;

    private final StyleRules rules;
    /** Names of drawings that {@code use} draws, and what those that are only kept for it are called. */
    private final Set<String> drawnIds = new HashSet<>();

    private final Map<String, String> symbolTitles = new LinkedHashMap<>();

    ImageReferences(PassageCollector out, PageReferences references, StyleRules rules) {
        this.out = out;
        this.references = references;
        this.rules = rules;
    }

    /** Reads the attributes of an element that are about pictures. */
    void addAttributes(Element element, ElementType type, ElementAttributes attributes, boolean svg, boolean hidden) {
        String name = type.name;
        boolean named = type.mayNameImages(svg);
        boolean control = type.isFormControl;
        if (type.isCustom && !svg) {
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
                    rules.takeBackgrounds('.', value, url -> addBackground(url, hidden));
                    // bg-[url(/visa.svg)]
                    addFromInlineStyle(value, hidden);
                    if (named) {
                        out.addOnce(Field.IMAGE, "class", value, hidden);
                    }
                }
                case ID -> {
                    rules.takeBackgrounds('#', value, url -> addBackground(url, hidden));
                    if (name.equals("symbol")) {
                        symbolTitles.putIfAbsent(value, "");
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
                case TITLE, ARIA_LABEL -> addLabel(type, key, value, named && !control, hidden);
                case SRC -> addSource(name, element, value, hidden);
                case SRCSET, IMAGESRCSET -> addSrcset(key, value, hidden);
                case POSTER, BACKGROUND, LOWSRC -> addImage(key, value, hidden);
                case HREF, XLINK_HREF -> {
                    if (svg) {
                        addSvgReference(name, value, hidden);
                    }
                }
                case STYLE -> addFromInlineStyle(value, hidden);
                case ICON, SVGICON -> addToken(key, value, hidden);
                case NAME -> {
                    if (name.contains("icon")) {
                        addToken(key, value, hidden);
                    }
                }
                case DATA -> {
                    if (name.equals("object")) {
                        addEmbedded("data", value, hidden);
                    }
                }
                default -> {
                    if (key.startsWith("data-")) {
                        addDataAttribute(type, key, value, named && !control, hidden);
                    } else if (isBoundSource(key)) {
                        addBoundSource(value, hidden);
                    }
                }
            }
        }
    }

    /** The title or description of an inline SVG. A symbol's counts if the symbol is drawn. */
    void addSvgLabel(Element label, String name, String text, boolean hidden) {
        if (label.parent() instanceof Element symbol && symbol.normalName().equals("symbol")) {
            symbolTitles.put(symbol.attr("id"), text);
        } else {
            out.addOnce(Field.IMAGE, "svg-" + name, text, hidden);
        }
    }

    /** Symbols that the page draws, or all if it leaves drawing to a script. */
    void addDrawnSymbols() {
        symbolTitles.forEach((id, text) -> {
            if (drawnIds.isEmpty() || drawnIds.contains(id)) {
                out.addOnce(Field.IMAGE, "id", id, false);
                out.addOnce(Field.IMAGE, "svg-title", text, false);
            }
        });
    }

    /** A reference to a picture under {@code detail}; counted, and kept by name. */
    void addImage(String detail, String ref, boolean hidden) {
        references.count(RefusalKind.IMAGE);
        addFileName(detail, ref, hidden);
        QrCodeUrl.findPayloads(ref, text -> out.addOnce(Field.LINK, "qr", text, hidden));
    }

    /** Pictures and icons that a script or its data only speaks of are kept by name and not counted; so are lists of ways to pay. */
    void addFromScript(String script, boolean hidden) {
        ScriptPaymentMethods.findImageUrls(script, ref -> addFileName("script-src", ref, hidden));
        ScriptPaymentMethods.findCardIconClasses(script, icon -> out.addOnce(Field.IMAGE, "class", icon, hidden));
        // under the name that schema.org has for it
        ScriptPaymentMethods.findPaymentMethods(
                script, value -> out.addOnce(Field.JSON_LD, "paymentAccepted", value, hidden));
        ScriptPaymentMethods.findWalletCalls(
                script, call -> out.addOnce(Field.JSON_LD, "paymentAccepted", call, hidden));
    }

    /** The references of a style attribute. */
    void addFromInlineStyle(String css, boolean hidden) {
        if (CssUrls.mayContainUrls(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                addBackground(url, hidden);
            });
        }
    }

    /**
     * The rules of a style block.
     *
     * @param late whether elements came before it, so that which of its rules are used is not known
     */
    void addFromStyleBlock(String css, boolean late, boolean hidden) {
        if (CssUrls.mayContainUrls(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                if (late) {
                    addBackground(url, hidden);
                }
            });
        }
        rules.parse(css, url -> {
            if (!late) {
                addBackground(url, hidden);
            }
        });
    }

    private void count(String url) {
        if (!url.startsWith("#")) {
            references.count(url, RefusalKind.IMAGE);
        }
    }

    /** A sheet's reference without an extension is a picture, '#id' a gradient of the page itself. */
    private void addBackground(String url, boolean hidden) {
        if (!url.startsWith("#") && references.mayBeImage(url)) {
            addFileName("css-url", url, hidden);
        }
    }

    private void addLabel(ElementType type, String key, String value, boolean picture, boolean hidden) {
        if (type.isFormControl || type.name.equals("a") || type.name.equals("button")) {
            // Links are named when their own text is known, inputs with their form.
            return;
        }
        out.addOnce(picture ? Field.IMAGE : Field.TEXT, key, value, hidden);
    }

    private void addSource(String name, Element element, String value, boolean hidden) {
        switch (name) {
            case "img", "input", "amp-img" -> addImage("src", value, hidden);
            case "source" -> {
                Element parent = element.parent();
                RefusalKind kind =
                        parent != null && parent.normalName().equals("audio") ? RefusalKind.AUDIO : RefusalKind.VIDEO;
                if (references.count(value, kind) == RefusalKind.IMAGE) {
                    addFileName("src", value, hidden);
                }
            }
            case "video" -> references.count(RefusalKind.VIDEO);
            case "audio" -> references.count(RefusalKind.AUDIO);
            case "embed" -> addEmbedded("src", value, hidden);
            case "script", "iframe", "frame" -> {}
            default -> {
                if (references.isImage(value)) {
                    addImage("src", value, hidden);
                }
            }
        }
    }

    private void addEmbedded(String detail, String value, boolean hidden) {
        if (references.count(value, RefusalKind.OTHER_TYPE) == RefusalKind.IMAGE) {
            addFileName(detail, value, hidden);
        }
    }

    private void addSvgReference(String name, String value, boolean hidden) {
        if (name.equals("use")) {
            if (value.startsWith("#")) {
                drawnIds.add(value.substring(1));
                out.addOnce(Field.IMAGE, "use", value.substring(1), hidden);
            } else {
                addImage("use", value, hidden);
            }
        } else if (name.equals("image")) {
            addImage("href", value, hidden);
        }
    }

    /** {@code data-src}, {@code data-original}, {@code data-bg}, {@code data-icon} …: names of pictures that a script draws. */
    private void addDataAttribute(ElementType type, String key, String value, boolean picture, boolean hidden) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.endsWith("srcset")) {
            addSrcset(key, value, hidden);
        } else if (value.contains("url(")) {
            addFromInlineStyle(value, hidden);
        } else if (value.startsWith("{") || value.startsWith("[")) {
            // data-payment-methods='["visa"]', or all that a component is drawn from
            addFromScript(lower.substring("data-".length()).replace('-', '_') + ':' + value, hidden);
        } else if (lower.equals("data-framer-name")) {
            addToken(key, value, hidden);
        } else if (references.isImage(value)) {
            addImage(key, value, hidden);
        } else if (isTooltip(lower)) {
            addLabel(type, "title", value, picture, hidden);
        } else if (value.length() <= MAX_TOKEN_LENGTH && mentionsImage(lower)) {
            addToken(key, value, hidden);
        }
    }

    /** An address, or an expression of a script with one in quotes: {@code require('./visa.svg')}. */
    private void addBoundSource(String expression, boolean hidden) {
        int open = 0;
        while (open < expression.length() && "'\"`".indexOf(expression.charAt(open)) < 0) {
            open++;
        }
        int close = open < expression.length() ? expression.indexOf(expression.charAt(open), open + 1) : -1;
        String address = close < 0 ? expression : expression.substring(open + 1, close);
        if (references.isImage(address)) {
            addImage("src", address, hidden);
        }
    }

    /** What a script makes a picture's address of: {@code :src}, {@code ng-src}, {@code [src]}. */
    private static boolean isBoundSource(String key) {
        return key.endsWith(":src") || key.endsWith("-src") || key.equals("[src]");
    }

    /** A title that a script shows: {@code data-tooltip}, {@code data-bs-original-title}, {@code data-tippy-content}. */
    private static boolean isTooltip(String key) {
        return key.contains("tooltip")
                || key.contains("tippy")
                || key.endsWith("original-title")
                || key.endsWith("bs-title");
    }

    private static boolean mentionsImage(String key) {
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

    private void addToken(String detail, String value, boolean hidden) {
        out.addOnce(Field.IMAGE, detail, value, hidden);
    }

    /** HTML 4.8.4.2.1, without the descriptors: a URL may hold commas, but not begin or end with one. */
    private void addSrcset(String detail, String srcset, boolean hidden) {
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
                addImage(detail, srcset.substring(start, end), hidden);
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

    private void addFileName(String detail, String ref, boolean hidden) {
        String wrapped = references.resizedImage(ref);
        @Nullable String name = references.fileName(wrapped == null ? ref : wrapped);
        if (name != null) {
            out.addOnce(Field.IMAGE, detail, name, hidden);
        }
    }
}
