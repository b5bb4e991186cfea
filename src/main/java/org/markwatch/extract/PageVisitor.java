package org.markwatch.extract;

import java.util.Arrays;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.extract.ScriptData.DataValue;
import org.markwatch.extract.ScriptData.ValueKind;
import org.markwatch.watchlist.Field;

/**
 * Traverses a document once, without recursion, and passes each node to the collectors of links, images, forms and
 * text.
 */
final class PageVisitor {
    private final PassageCollector out;
    private final PageReferences references;
    private final ImageReferences images;
    private final Metadata metadata;
    private final FormFields forms;
    private final LinkPassages links;
    private final StructuredData structuredData;
    private final TextFlow flow;
    private final ScriptData scriptData = new ScriptData();
    private final ShellDetector shell = new ShellDetector();
    private final StyleRules rules = new StyleRules();
    private final StyleBlocks styles;
    private final Visibility visibility;
    private final StructureFingerprint structure = new StructureFingerprint();
    private boolean bodyStarted;
    /** The open elements, outermost first: the first {@code depth} entries. Later entries are kept for reuse. */
    private OpenElement[] openElements = new OpenElement[32];

    private int depth;
    private final NestedMarkup nested = new NestedMarkup();
    /** Markup of a literal in a script that is being read. */
    private @Nullable Element scriptMarkup;
    /** Whether the page says something without its scripts. */
    private boolean hasText;
    /** Whether the data of scripts is being read; its markup is no part of the structure of the page. */
    private boolean readingScriptData;

    private String title = "";
    private String language = "";

    /** @param byStyle whether attributes and styles hide text */
    PageVisitor(PassageCollector out, PageReferences references, boolean byStyle) {
        this.visibility = new Visibility(rules, byStyle);
        this.out = out;
        this.references = references;
        this.images = new ImageReferences(out, references, rules);
        this.styles = new StyleBlocks(rules, images, references, out);
        this.metadata = new Metadata(out, references, images);
        this.forms = new FormFields(out, references);
        this.links = new LinkPassages(out, references);
        this.structuredData = new StructuredData(out);
        this.flow = new TextFlow(out);
    }

    String title() {
        return title;
    }

    /** Returns the language as written in the markup, or an empty string. */
    String language() {
        return language.isEmpty() ? metadata.language() : language;
    }

    Metadata metadata() {
        return metadata;
    }

    /** Traverses the tree below {@code root}, the root included. */
    void walk(Element root) {
        rules.readAhead(root);
        hasText = ShellDetector.hasText(root);
        enter(root, null);
        visitOpenElements();
        flow.flush();
        List<DataValue> data = scriptData.end();
        if (data.isEmpty()) {
            images.addDrawnSymbols();
            return;
        }
        readingScriptData = true;
        out.skipRepetitions();
        flow.setFromScript(hasText);
        data.stream().filter(value -> value.kind() == ValueKind.MARKUP).forEach(value -> {
            enterNestedMarkup(value.text());
            visitOpenElements();
            nested.closeAll();
            flow.flush();
        });
        images.addDrawnSymbols();
        data.stream().filter(value -> value.kind() != ValueKind.MARKUP).forEach(this::addScriptData);
    }

    private void addScriptData(DataValue value) {
        if (value.kind() == ValueKind.PROSE) {
            shell.addScriptData(value.text());
        }
        String text = CollapsedText.collapse(value.text(), Integer.MAX_VALUE);
        out.addBlock(Field.SCRIPT_DATA, value.name(), text, false);
    }

    /** Whether the page says nothing without scripts. Valid after {@link #walk}. */
    boolean isShell() {
        return shell.isShell();
    }

    /** Whether attributes and styles hide the page as a whole. Valid after {@link #walk}. */
    boolean isHiddenAsWhole() {
        return visibility.isHiddenAsWhole();
    }

    private void visitOpenElements() {
        while (depth > 0) {
            OpenElement current = openElements[depth - 1];
            int at = current.nextChild++;
            if (at == current.element.childNodeSize()) {
                leave(current);
                continue;
            }
            Node node = current.element.childNode(at);
            if (node instanceof TextNode text) {
                readText(text.getWholeText(), current);
            } else if (node instanceof Element element) {
                enter(element, at == 0 ? null : current.element.childNode(at - 1));
            } else if (node instanceof DataNode data) {
                readData(current, data.getWholeData());
            } else if (node instanceof Comment comment) {
                metadata.readComment(comment.getData());
            }
        }
    }

    /** Enters markup that a frame or a script contains as text, as if it stood here. */
    private void enterNestedMarkup(String markup) {
        Document document = nested.open(markup);
        if (document != null) {
            enter(document, null);
        }
    }

    /** Enters markup of a literal in a script: data that the script may show, unless the page has no text but this. */
    private void enterScriptMarkup(String markup) {
        int before = depth;
        enterNestedMarkup(markup);
        if (depth > before && scriptMarkup == null && hasText) {
            scriptMarkup = openElements[depth - 1].element;
            flow.setFromScript(true);
        }
    }

    /** @param previous sibling before the element, or null */
    private void enter(Element element, @Nullable Node previous) {
        if (depth == openElements.length) {
            openElements = Arrays.copyOf(openElements, 2 * depth);
        }
        OpenElement current = openElements[depth];
        if (current == null) {
            current = new OpenElement();
            openElements[depth] = current;
        }
        current.element = element;
        current.type = ElementType.of(element.normalName());
        current.svg = isSvg(element);
        current.attributes.read(element);
        current.enclosingBlock = current.type.layout == Layout.BLOCK
                ? current.type.name
                : depth == 0 ? TextFlow.NO_BLOCK : openElements[depth - 1].enclosingBlock;
        current.nextChild = 0;
        depth++;
        open(current, previous);
    }

    /** Returns the fingerprint of the element structure; see {@link PageText#structure}. */
    long structure() {
        return structure.fingerprint();
    }

    private void leave(OpenElement current) {
        depth--;
        if (current.element == scriptMarkup) {
            flow.setFromScript(false);
            scriptMarkup = null;
        }
        if (depth > 0 && current.element instanceof Document) {
            nested.close();
        }
        close(current);
        current.element = OpenElement.NO_ELEMENT;
    }

    private void open(OpenElement current, @Nullable Node previous) {
        Element element = current.element;
        ElementType type = current.type;
        ElementAttributes attributes = current.attributes;
        if (!readingScriptData) {
            structure.add(element);
        }
        bodyStarted |= type.name.equals("body");
        visibility.enter(element, type, attributes);
        boolean hidden = visibility.isHidden();
        boolean svg = current.svg;
        shell.enter(type, attributes, hidden);
        if (!svg || type.name.equals("svg")) {
            boolean heading =
                    type.isHeading || attributes.get(AttributeName.ROLE).equals("heading");
            flow.enter(element, type, heading, previous, hidden);
            structuredData.addSpaceAround(type.layout);
        }
        if (attributes.size() == 0 && !type.isCustom) {
            return;
        }
        images.addAttributes(element, type, attributes, svg, hidden);
        if (visibility.isReversed(type, attributes)) {
            flow.beginReversal(element);
        }
        if (attributes.hasAtMostClass() && type.category != ElementType.ElementCategory.FORM) {
            return;
        }
        structuredData.enter(element, type.name, attributes, hidden);
        if (svg) {
            return;
        }
        scriptData.addAttributes(type, attributes);
        links.addClipboardValues(attributes, hidden);
        if (attributes.has(AttributeName.ONCLICK)) {
            // A link without an a element: location.href='https://…'
            ScriptUrls.scan(attributes.get(AttributeName.ONCLICK), url -> out.addOnce(Field.LINK, "href", url, hidden));
        }
        switch (type.category) {
            case HTML -> {
                language(attributes.get(AttributeName.LANG));
                language(attributes.get(AttributeName.XML_LANG));
                metadata.addSavedFrom(element.attr("data-scrapbook-source"));
            }
            case BASE -> {
                // The base of a frame applies to the frame only, and a script may never write its markup.
                if (!nested.isOpen()) {
                    references.base(attributes.get(AttributeName.HREF));
                }
            }
            case META -> metadata.addMeta(attributes, hidden);
            case LINK -> metadata.addLink(attributes, hidden);
            case ANCHOR -> links.addAnchor(type.name, attributes, hidden);
            case FRAME -> {
                String src = attributes.get(AttributeName.SRC);
                references.addLink(src, "frame", "");
                links.addScriptUrl("frame", src, hidden);
                addScriptIdentifiers(new ScriptKeywords(src), hidden);
                enterNestedMarkup(attributes.get(AttributeName.SRCDOC));
            }
            case SCRIPT -> {
                if (attributes.has(AttributeName.SRC)) {
                    String src = attributes.get(AttributeName.SRC);
                    references.count(RefusalKind.SCRIPT);
                    shell.addScript();
                    links.addScriptUrl("src", src, hidden);
                    addScriptIdentifiers(new ScriptKeywords(src), hidden);
                }
            }
            case FORM -> forms.add(type.name, attributes, hidden);
            case STYLE, TITLE, TEMPLATE, NOSCRIPT, OTHER -> {}
        }
    }

    private void close(OpenElement current) {
        Element element = current.element;
        Layout layout = current.type.layout;
        String linkText = flow.leave(element, current.type);
        if (linkText != null) {
            links.addLabels(current.attributes, linkText, visibility.isHidden());
        }
        structuredData.addSpaceAround(layout);
        structuredData.leave(element);
        shell.leave(current.type);
        visibility.leave(element);
    }

    private void readText(String text, OpenElement current) {
        boolean hidden = visibility.isHidden();
        String name = current.type.name;
        if (current.svg) {
            switch (name) {
                case "title", "desc" -> images.addSvgLabel(current.element, name, text, hidden);
                case "style" -> readData(current, text);
                default -> {
                    // Other text of an SVG is part of the image (rule T5).
                }
            }
            return;
        }
        switch (current.type.category) {
            case TITLE -> title(text, hidden);
            case SCRIPT, STYLE -> readData(current, text);
            default -> readShownText(text, current);
        }
    }

    private void readShownText(String text, OpenElement current) {
        boolean hidden = visibility.isHidden();
        visibility.read(text);
        shell.addText(text, hidden && !visibility.isInNoscript());
        flow.append(text, current.enclosingBlock, hidden);
        structuredData.append(text, hidden);
    }

    private void language(String tag) {
        if (language.isEmpty()) {
            language = tag;
        }
    }

    private void title(String text, boolean hidden) {
        boolean first = title.isEmpty();
        if (first) {
            title = CollapsedText.collapse(text, PassageCollector.MAX_VALUE_LENGTH);
        }
        // browsers show the first title only (HTML section 3.1.5, document.title)
        out.add(Field.TITLE, "title", text, hidden || !first);
    }

    private void readData(OpenElement current, String data) {
        boolean hidden = visibility.isHidden();
        if (current.type.category == ElementType.ElementCategory.STYLE) {
            styles.read(current.element, data, nested.isOpen(), bodyStarted, hidden);
            return;
        }
        if (current.type.category != ElementType.ElementCategory.SCRIPT) {
            readRawText(current, data);
            return;
        }
        switch (ScriptType.of(current.attributes.get(AttributeName.TYPE))) {
            case MARKUP -> enterNestedMarkup(data);
            case LINKED_DATA -> JsonLd.parse(data, (path, value) -> out.add(Field.JSON_LD, path, value, hidden));
            case JSON -> {
                readScript(data, hidden);
                scriptData.addJson(data);
            }
            case CODE -> {
                ScriptKeywords keywords = readScript(data, hidden);
                scriptData.addScript(data);
                shell.addScript();
                enterScriptMarkup(ScriptMarkup.of(keywords));
            }
            case MARKUP_SETTINGS -> {
                ScriptKeywords keywords = readScript(data, hidden);
                scriptData.addJson(data);
                enterScriptMarkup(ScriptMarkup.of(keywords));
            }
            case OTHER -> {
                if (ScriptText.isJson(data)) {
                    scriptData.addJson(data);
                }
            }
        }
    }

    /**
     * Reads what an element other than a script holds as raw text (HTML section 13.2.6.4.7). That of {@code xmp} is displayed as
     * it stands; that of a frame never is.
     */
    private void readRawText(OpenElement current, String text) {
        if (current.type.name.equals("xmp")) {
            readShownText(text, current);
        } else if (current.type.category != ElementType.ElementCategory.FRAME) {
            enterNestedMarkup(text);
        }
    }

    private ScriptKeywords readScript(String script, boolean hidden) {
        ScriptUrls.scan(script, url -> out.addOnce(Field.SCRIPT, "inline", url, hidden));
        ScriptKeywords keywords = new ScriptKeywords(script);
        addScriptIdentifiers(keywords, hidden);
        images.addFromScript(keywords, hidden);
        return keywords;
    }

    private void addScriptIdentifiers(ScriptKeywords script, boolean hidden) {
        ScriptIdentifiers.scan(script, (kind, value) -> out.addOnce(Field.SCRIPT, kind, value, hidden));
    }

    private static boolean isSvg(Element element) {
        return Parser.NamespaceSvg.equals(element.tag().namespace());
    }
}
