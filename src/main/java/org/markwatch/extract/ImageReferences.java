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
 * Collects the names of images from markup: alternative text, file names, classes, ids and sprite names, on any element
 * that can display an image. Images are counted and never requested.
 */
final class ImageReferences {
    private static final int MAX_TOKEN_LENGTH = 80;

    private final PassageCollector out;
    private final PageReferences references;

    private final StyleRules rules;
    /** Ids of symbols that {@code use} elements display. */
    private final Set<String> drawnIds = new HashSet<>();

    /** Titles of symbols by id, empty if a symbol has none. */
    private final Map<String, String> symbolTitles = new LinkedHashMap<>();

    ImageReferences(PassageCollector out, PageReferences references, StyleRules rules) {
        this.out = out;
        this.references = references;
        this.rules = rules;
    }

    /** Adds the attributes of an element that name images. */
    void addAttributes(Element element, ElementType type, ElementAttributes attributes, boolean svg, boolean hidden) {
        String name = type.name;
        boolean mayNameImages = type.mayNameImages(svg);
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
                    // A class may contain a reference: bg-[url(/visa.svg)]
                    addFromInlineStyle(value, hidden);
                    if (mayNameImages) {
                        out.addOnce(Field.IMAGE, "class", value, hidden);
                    }
                }
                case ID -> {
                    rules.takeBackgrounds('#', value, url -> addBackground(url, hidden));
                    if (name.equals("symbol")) {
                        symbolTitles.putIfAbsent(value, "");
                    } else if (mayNameImages && !control) {
                        out.addOnce(Field.IMAGE, "id", value, hidden);
                    }
                }
                case ARIA_LABELLEDBY -> {
                    if (svg || name.equals("img")) {
                        out.addOnce(Field.IMAGE, "labelledby", value, hidden);
                    }
                }
                case ALT -> out.addOnce(Field.IMAGE, "alt", value, hidden);
                case TITLE, ARIA_LABEL, ARIA_DESCRIPTION ->
                    addLabel(type, key, value, mayNameImages && !control, hidden);
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
                        addDataAttribute(type, key, value, mayNameImages && !control, hidden);
                    } else if (isBoundSource(key)) {
                        addBoundSource(value, hidden);
                    }
                }
            }
        }
    }

    /** Adds the title or description of an inline SVG. That of a symbol is added by {@link #addDrawnSymbols}. */
    void addSvgLabel(Element label, String name, String text, boolean hidden) {
        if (label.parent() instanceof Element symbol && symbol.normalName().equals("symbol")) {
            symbolTitles.put(symbol.attr("id"), text);
        } else {
            out.addOnce(Field.IMAGE, "svg-" + name, text, hidden);
        }
    }

    /**
     * Adds the symbols that {@code use} elements display, or all symbols if there is no such element. Call once, at the
     * end.
     */
    void addDrawnSymbols() {
        symbolTitles.forEach((id, text) -> {
            if (drawnIds.isEmpty() || drawnIds.contains(id)) {
                out.addOnce(Field.IMAGE, "id", id, false);
                out.addOnce(Field.IMAGE, "svg-title", text, false);
            }
        });
    }

    /** Counts a reference to an image and adds its file name, and the payload if it is the URL of a QR code. */
    void addImage(String detail, String ref, boolean hidden) {
        references.count(RefusalKind.IMAGE);
        addFileName(detail, ref, hidden);
        QrCodeUrl.findPayloads(ref, text -> out.addOnce(Field.LINK, "qr", text, hidden));
    }

    /**
     * Adds the file names of images, card icons and payment methods in a script or its data. These images are not
     * counted.
     */
    void addFromScript(ScriptKeywords script, boolean hidden) {
        ScriptPaymentMethods.findImageUrls(script, ref -> addFileName("script-src", ref, hidden));
        ScriptPaymentMethods.findCardIconClasses(script, icon -> out.addOnce(Field.IMAGE, "class", icon, hidden));
        // The schema.org property for payment methods.
        ScriptPaymentMethods.findWalletCalls(
                script, call -> out.addOnce(Field.JSON_LD, "paymentAccepted", call, hidden));
    }

    /** Adds the images of a style attribute. */
    void addFromInlineStyle(String css, boolean hidden) {
        if (CssUrls.mayContainUrls(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                addBackground(url, hidden);
            });
        }
    }

    /**
     * Counts the images of a style block.
     *
     * @param afterElements whether elements precede the block. Then all its images are added, because it is unknown
     *                      which are used
     */
    void addFromStyleBlock(String css, boolean afterElements, boolean hidden) {
        if (CssUrls.mayContainUrls(css)) {
            CssUrls.scan(css, url -> {
                count(url);
                if (afterElements) {
                    addBackground(url, hidden);
                }
            });
        }
    }

    private void count(String url) {
        if (!url.startsWith("#")) {
            references.count(url, RefusalKind.IMAGE);
        }
    }

    /** Adds a background image. A reference without an extension is an image; {@code #id} is a gradient of the page. */
    void addBackground(String url, boolean hidden) {
        if (!url.startsWith("#") && references.mayBeImage(url)) {
            addFileName("css-url", url, hidden);
        }
    }

    private void addLabel(ElementType type, String key, String value, boolean mayNameImage, boolean hidden) {
        if (type.isFormControl || type.name.equals("a") || type.name.equals("button")) {
            // PageVisitor adds the labels of links when their text is known; FormFields adds those of form fields.
            return;
        }
        out.addOnce(mayNameImage ? Field.IMAGE : Field.TEXT, key, value, hidden);
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

    /**
     * Adds images that a script displays: {@code data-src}, {@code data-original}, {@code data-bg}, {@code data-icon} …
     */
    private void addDataAttribute(ElementType type, String key, String value, boolean mayNameImage, boolean hidden) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.endsWith("srcset")) {
            addSrcset(key, value, hidden);
        } else if (value.contains("url(")) {
            addFromInlineStyle(value, hidden);
        } else if (value.startsWith("{") || value.startsWith("[")) {
            // JSON, such as data-payment-methods='["visa"]' or the data of a component.
            String script = lower.substring("data-".length()).replace('-', '_') + ':' + value;
            addFromScript(new ScriptKeywords(script), hidden);
        } else if (lower.equals("data-framer-name")) {
            addToken(key, value, hidden);
        } else if (references.isImage(value)) {
            addImage(key, value, hidden);
        } else if (isTooltip(lower)) {
            addLabel(type, "title", value, mayNameImage, hidden);
        } else if (value.length() <= MAX_TOKEN_LENGTH && mentionsImage(lower)) {
            addToken(key, value, hidden);
        }
    }

    /**
     * Adds the image URL of a bound attribute: a URL, or an expression with a URL in quotes:
     * {@code require('./visa.svg')}.
     */
    private void addBoundSource(String expression, boolean hidden) {
        int open = 0;
        while (open < expression.length() && "'\"`".indexOf(expression.charAt(open)) < 0) {
            open++;
        }
        int close = open < expression.length() ? expression.indexOf(expression.charAt(open), open + 1) : -1;
        String url = close < 0 ? expression : expression.substring(open + 1, close);
        if (references.isImage(url)) {
            addImage("src", url, hidden);
        }
    }

    /** Whether a framework computes {@code src} from an attribute: {@code :src}, {@code ng-src}, {@code [src]}. */
    private static boolean isBoundSource(String key) {
        return key.endsWith(":src") || key.endsWith("-src") || key.equals("[src]");
    }

    /**
     * Whether an attribute is a tooltip that a script displays: {@code data-tooltip}, {@code data-bs-original-title},
     * {@code data-tippy-content}.
     */
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

    /**
     * Adds the URLs of a {@code srcset} (HTML section 4.8.4.2.1). A URL may contain commas, but not start or end with
     * one.
     */
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
            boolean withoutDescriptor = false;
            while (end > start && srcset.charAt(end - 1) == ',') {
                end--;
                withoutDescriptor = true;
            }
            if (end > start) {
                addImage(detail, srcset.substring(start, end), hidden);
            }
            if (!withoutDescriptor) {
                int comma = srcset.indexOf(',', i);
                i = comma < 0 ? length : comma;
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private void addFileName(String detail, String ref, boolean hidden) {
        String resized = references.resizedImage(ref);
        @Nullable String name = references.fileName(resized == null ? ref : resized);
        if (name != null) {
            out.addOnce(Field.IMAGE, detail, name, hidden);
        }
    }
}
