package org.markwatch.extract;

import java.util.Arrays;
import java.util.Locale;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.crawl.InlineData;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.watchlist.Field;

/** Walks a document once, without recursion, and shows each node to those who read a part of it. */
final class PageVisitor {
    /** Markup within markup is read so often, and this much of it. */
    private static final int MAX_NESTED_DEPTH = 3;

    private static final int MAX_NESTED_CHARS = 1 << 18;

    /** What a button puts into the clipboard, which is not always shown beside it. */
    private static final AttributeName[] CLIPBOARD_ATTRIBUTES = {
        AttributeName.DATA_CLIPBOARD_TEXT,
        AttributeName.DATA_COPY,
        AttributeName.DATA_ADDRESS,
        AttributeName.DATA_WALLET
    };

    private static final AttributeName[] LABEL_ATTRIBUTES = {AttributeName.ARIA_LABEL, AttributeName.TITLE};

    private final PassageCollector out;
    private final PageReferences references;
    private final ImageReferences images;
    private final Metadata metadata;
    private final FormFields forms;
    private final StructuredData structuredData;
    private final TextFlow flow;
    private final StyleRules rules = new StyleRules();
    private final Visibility visibility = new Visibility(rules);
    private final StructureFingerprint structure = new StructureFingerprint();
    private boolean bodyStarted;
    /** The elements that are open, outermost first, in the first {@code depth} places; those beyond are used again. */
    private OpenElement[] openElements = new OpenElement[32];

    private int depth;
    private int nestedDepth;
    private int nestedChars;
    private String title = "";
    private String language = "";

    /** An element that is open. */
    private static final class OpenElement {
        private Element element = NO_ELEMENT;
        private ElementType type = ElementType.of("");
        private final ElementAttributes attributes = new ElementAttributes();
        private boolean svg;
        /** Name of the innermost block, this element included. */
        private String enclosingBlock = TextFlow.NO_BLOCK;
        /** Index of the child to visit next. */
        private int nextChild;

        private static final Element NO_ELEMENT = new Element("none");
    }

    PageVisitor(PassageCollector out, PageReferences references) {
        this.out = out;
        this.references = references;
        this.images = new ImageReferences(out, references, rules);
        this.metadata = new Metadata(out, references, images);
        this.forms = new FormFields(out, references);
        this.structuredData = new StructuredData(out);
        this.flow = new TextFlow(out);
    }

    String title() {
        return title;
    }

    /** As the markup says it, or empty. */
    String language() {
        return language.isEmpty() ? metadata.language() : language;
    }

    Metadata metadata() {
        return metadata;
    }

    void walk(Element root) {
        enter(root, null);
        while (depth > 0) {
            OpenElement level = openElements[depth - 1];
            int at = level.nextChild++;
            if (at == level.element.childNodeSize()) {
                leave(level);
                continue;
            }
            Node node = level.element.childNode(at);
            if (node instanceof TextNode text) {
                readText(text.getWholeText(), level);
            } else if (node instanceof Element element) {
                enter(element, at == 0 ? null : level.element.childNode(at - 1));
            } else if (node instanceof DataNode data) {
                readData(level, data.getWholeData());
            } else if (node instanceof Comment comment) {
                metadata.readComment(comment.getData());
            }
        }
        flow.flush();
        images.addDrawnSymbols();
    }

    /** Reads, as if it stood here, what a frame or a script holds as text; without embedded data, as all that is parsed. */
    private void enterNestedMarkup(String markup) {
        if (markup.isEmpty() || nestedDepth == MAX_NESTED_DEPTH) {
            return;
        }
        String text = InlineData.cutOut(markup);
        if (text.length() <= MAX_NESTED_CHARS - nestedChars) {
            nestedChars += text.length();
            nestedDepth++;
            enter(Parser.htmlParser().parseInput(text, ""), null);
        }
    }

    private void enter(Element element, @Nullable Node before) {
        if (depth == openElements.length) {
            openElements = Arrays.copyOf(openElements, 2 * depth);
        }
        OpenElement level = openElements[depth];
        if (level == null) {
            level = new OpenElement();
            openElements[depth] = level;
        }
        level.element = element;
        level.type = ElementType.of(element.normalName());
        level.svg = isSvg(element);
        level.attributes.read(element);
        level.enclosingBlock = level.type.layout == Layout.BLOCK
                ? level.type.name
                : depth == 0 ? TextFlow.NO_BLOCK : openElements[depth - 1].enclosingBlock;
        level.nextChild = 0;
        depth++;
        open(level, before);
    }

    /** See {@link PageText#structure}. */
    long structure() {
        return structure.fingerprint();
    }

    private void leave(OpenElement level) {
        depth--;
        nestedDepth -= depth > 0 && level.element instanceof Document ? 1 : 0;
        close(level);
        level.element = OpenElement.NO_ELEMENT;
    }

    private void open(OpenElement level, @Nullable Node before) {
        Element element = level.element;
        ElementType type = level.type;
        ElementAttributes attributes = level.attributes;
        structure.add(element);
        bodyStarted |= type.name.equals("body");
        visibility.enter(element, type, attributes);
        boolean hidden = visibility.isHidden();
        boolean svg = level.svg;
        if (!svg || type.name.equals("svg")) {
            boolean heading =
                    type.isHeading || attributes.get(AttributeName.ROLE).equals("heading");
            flow.enter(element, type, heading, before, hidden);
            structuredData.addSpaceAround(type.layout);
        }
        if (attributes.size() == 0 && !type.isCustom) {
            return;
        }
        images.addAttributes(element, type, attributes, svg, hidden);
        if (isReversed(type, attributes)) {
            flow.beginReversal(element);
        }
        if (attributes.hasAtMostClass() && type.category != ElementType.ElementCategory.FORM) {
            return;
        }
        structuredData.enter(element, type.name, attributes, hidden);
        if (svg) {
            return;
        }
        for (AttributeName name : CLIPBOARD_ATTRIBUTES) {
            if (attributes.has(name)) {
                out.addOnce(Field.LINK, name.key, attributes.get(name), hidden);
            }
        }
        if (attributes.has(AttributeName.ONCLICK)) {
            // a link that is not written as one: location.href='https://…'
            ScriptUrls.scan(
                    attributes.get(AttributeName.ONCLICK), address -> out.addOnce(Field.LINK, "href", address, hidden));
        }
        switch (type.category) {
            case HTML -> {
                language(attributes.get(AttributeName.LANG));
                language(attributes.get(AttributeName.XML_LANG));
                metadata.addSavedFrom(element.attr("data-scrapbook-source"));
            }
            case BASE -> {
                if (nestedDepth == 0) { // a frame's is for the frame, and a script may never write what it holds
                    references.base(attributes.get(AttributeName.HREF));
                }
            }
            case META -> metadata.addMeta(attributes, hidden);
            case LINK -> metadata.addLink(attributes, hidden);
            case ANCHOR -> readAnchor(type.name, attributes, hidden);
            case FRAME -> {
                String src = attributes.get(AttributeName.SRC);
                references.addLink(src, "frame", "");
                addScriptUrl("frame", src, hidden);
                addScriptIdentifiers(src, hidden);
                enterNestedMarkup(attributes.get(AttributeName.SRCDOC));
            }
            case SCRIPT -> {
                if (attributes.has(AttributeName.SRC)) {
                    String src = attributes.get(AttributeName.SRC);
                    references.count(RefusalKind.SCRIPT);
                    addScriptUrl("src", src, hidden);
                    addScriptIdentifiers(src, hidden);
                }
            }
            case FORM -> forms.add(type.name, attributes, hidden);
            case STYLE, TITLE, TEMPLATE, OTHER -> {}
        }
    }

    /** Letters laid out from right to left whatever they are (HTML 4.5.25; CSS Writing Modes 4, section 2.2). */
    private boolean isReversed(ElementType type, ElementAttributes attributes) {
        String style = attributes.get(AttributeName.STYLE);
        return type.name.equals("bdo") && attributes.get(AttributeName.DIR).equalsIgnoreCase("rtl")
                || rules.reverses(attributes)
                || style.contains("bidi-override") && CssDeclarations.of(style).reverses();
    }

    private void close(OpenElement level) {
        Element element = level.element;
        Layout layout = level.type.layout;
        String linkText = flow.leave(element, level.type);
        if (linkText != null) {
            addLinkLabels(level, linkText);
        }
        structuredData.addSpaceAround(layout);
        structuredData.leave(element);
        visibility.leave(element);
    }

    /** Title and label of a link are words of it; where it has no text, they say what its picture shows. */
    private void addLinkLabels(OpenElement level, String text) {
        Field field = text.isEmpty() ? Field.IMAGE : Field.LINK;
        for (AttributeName name : LABEL_ATTRIBUTES) {
            String label = level.attributes.get(name);
            if (!label.isEmpty() && !label.equals(text)) {
                out.addOnce(field, name.key, label, visibility.isHidden());
            }
        }
    }

    private void readAnchor(String name, ElementAttributes attributes, boolean hidden) {
        String href = attributes.get(AttributeName.HREF);
        if (href.isEmpty()) {
            return;
        }
        references.addLink(href, name, attributes.get(AttributeName.REL).toLowerCase(Locale.ROOT));
        if (references.hasNoSchemeOrHost(href)) {
            return;
        }
        String address = references.foreignHost(href) == null ? otherSchemeUrl(href) : references.hostAndPath(href);
        if (address != null && !address.isEmpty()) {
            out.addOnce(Field.LINK, "href", address, hidden);
        }
    }

    /** Addresses of other schemes say how to pay or to write: {@code bitcoin:}, {@code upi:}, {@code mailto:}. */
    private static String otherSchemeUrl(String href) {
        String ref = UrlReference.clean(href);
        if (ref == null) {
            return "";
        }
        return switch (UrlReference.scheme(ref)) {
            case "", "http", "https", "javascript", "data", "blob", "about" -> "";
            default -> ref;
        };
    }

    private void addScriptUrl(String detail, String ref, boolean hidden) {
        String address = references.hostAndPath(ref);
        if (address != null && !address.isEmpty()) {
            out.addOnce(Field.SCRIPT, detail, address, hidden);
        }
    }

    private void readText(String text, OpenElement level) {
        boolean hidden = visibility.isHidden();
        String name = level.type.name;
        if (level.svg) {
            switch (name) {
                case "title", "desc" -> images.addSvgLabel(level.element, name, text, hidden);
                case "style" -> readData(level, text);
                default -> {
                    // Geometry and drawn letters belong to the picture (rule T5).
                }
            }
            return;
        }
        switch (level.type.category) {
            case TITLE -> title(text, hidden);
            case SCRIPT, STYLE -> readData(level, text);
            default -> {
                flow.append(text, level.enclosingBlock, hidden);
                structuredData.append(text, hidden);
            }
        }
    }

    private void language(String tag) {
        if (language.isEmpty()) {
            language = tag;
        }
    }

    private void title(String text, boolean hidden) {
        if (title.isEmpty()) {
            title = CollapsedText.collapse(text, PassageCollector.MAX_VALUE_LENGTH);
        }
        out.add(Field.TITLE, "title", text, hidden);
    }

    private void readData(OpenElement level, String data) {
        boolean hidden = visibility.isHidden();
        if (level.type.category == ElementType.ElementCategory.STYLE) {
            images.addFromStyleBlock(data, bodyStarted, hidden);
            CssUrls.scanImports(data, url -> references.count(RefusalKind.STYLE));
            return;
        }
        String type = level.attributes.get(AttributeName.TYPE).strip().toLowerCase(Locale.ROOT);
        if (isTemplate(type) || isJsx(type)) {
            enterNestedMarkup(data);
        } else if (type.startsWith("application/ld+json")) {
            JsonLd.parse(data, (path, value) -> out.add(Field.JSON_LD, path, value, hidden));
        } else if (type.isEmpty()
                || type.equals("module")
                || type.contains("javascript")
                || type.contains("json")
                || type.equals("text/x-magento-init")) {
            ScriptUrls.scan(data, address -> out.addOnce(Field.SCRIPT, "inline", address, hidden));
            addScriptIdentifiers(data, hidden);
            images.addFromScript(data, hidden);
            if (!type.contains("json")) {
                enterNestedMarkup(ScriptMarkup.of(data));
            }
        }
    }

    /** Of markup that waits for a script, by the names that frameworks have for it: {@code text/x-magento-template}. */
    static boolean isTemplate(String scriptType) {
        return scriptType.endsWith("template")
                || scriptType.endsWith("tmpl")
                || scriptType.equals("text/html")
                || scriptType.contains("handlebars")
                || scriptType.contains("mustache");
    }

    /** JSX, which a script in the page compiles: markup with some code around it. */
    private static boolean isJsx(String scriptType) {
        return scriptType.equals("text/babel") || scriptType.equals("text/jsx");
    }

    private void addScriptIdentifiers(String script, boolean hidden) {
        ScriptIdentifiers.scan(script, (kind, value) -> out.addOnce(Field.SCRIPT, kind, value, hidden));
    }

    private static boolean isSvg(Element element) {
        return Parser.NamespaceSvg.equals(element.tag().namespace());
    }
}
