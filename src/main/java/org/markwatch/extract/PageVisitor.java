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
import org.markwatch.crawl.Fetch.Kind;
import org.markwatch.crawl.InlineData;
import org.markwatch.extract.ElementAttributes.Name;
import org.markwatch.watchlist.Field;

/** Walks a document once, without recursion, and shows each node to those who read a part of it. */
final class PageVisitor {
    /** Markup within markup is read so often, and this much of it. */
    private static final int DEEPEST_INNER = 3;

    private static final int MOST_INNER = 1 << 18;

    /** What a button puts into the clipboard, which is not always shown beside it. */
    private static final Name[] COPIED = {Name.DATA_CLIPBOARD_TEXT, Name.DATA_COPY, Name.DATA_ADDRESS, Name.DATA_WALLET
    };

    private static final Name[] LABELS = {Name.ARIA_LABEL, Name.TITLE};

    private final Passages out;
    private final References references;
    private final ImageReferences images;
    private final Metadata metadata;
    private final FormFields forms;
    private final StructuredData facts;
    private final TextFlow flow;
    private final StyleRules rules = new StyleRules();
    private final Visibility visibility = new Visibility(rules);
    private final TagStructure structure = new TagStructure();
    private boolean bodyBegan;
    /** The elements that are open, outermost first, in the first {@code depth} places; those beyond are used again. */
    private Level[] levels = new Level[32];

    private int depth;
    private int innerDepth;
    private int innerRead;
    private String title = "";
    private String language = "";

    /** An element that is open. */
    private static final class Level {
        private Element element = NONE;
        private ElementType type = ElementType.of("");
        private final ElementAttributes attributes = new ElementAttributes();
        private boolean svg;
        /** Name of the innermost block, this element included. */
        private String block = TextFlow.NO_BLOCK;
        /** Index of the child to visit next. */
        private int next;

        private static final Element NONE = new Element("none");
    }

    PageVisitor(Passages out, References references) {
        this.out = out;
        this.references = references;
        this.images = new ImageReferences(out, references, rules);
        this.metadata = new Metadata(out, references, images);
        this.forms = new FormFields(out, references);
        this.facts = new StructuredData(out);
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
            Level level = levels[depth - 1];
            int at = level.next++;
            if (at == level.element.childNodeSize()) {
                leave(level);
                continue;
            }
            Node node = level.element.childNode(at);
            if (node instanceof TextNode text) {
                text(text.getWholeText(), level);
            } else if (node instanceof Element element) {
                enter(element, at == 0 ? null : level.element.childNode(at - 1));
            } else if (node instanceof DataNode data) {
                data(level, data.getWholeData());
            } else if (node instanceof Comment comment) {
                metadata.comment(comment.getData());
            }
        }
        flow.flush();
        images.end();
    }

    /** Reads, as if it stood here, what a frame or a script holds as text; without embedded data, as all that is parsed. */
    private void inner(String markup) {
        if (markup.isEmpty() || innerDepth == DEEPEST_INNER) {
            return;
        }
        String text = InlineData.cutOut(markup);
        if (text.length() <= MOST_INNER - innerRead) {
            innerRead += text.length();
            innerDepth++;
            enter(Parser.htmlParser().parseInput(text, ""), null);
        }
    }

    private void enter(Element element, @Nullable Node before) {
        if (depth == levels.length) {
            levels = Arrays.copyOf(levels, 2 * depth);
        }
        Level level = levels[depth];
        if (level == null) {
            level = new Level();
            levels[depth] = level;
        }
        level.element = element;
        level.type = ElementType.of(element.normalName());
        level.svg = isSvg(element);
        level.attributes.read(element);
        level.block = level.type.layout == Layout.BLOCK
                ? level.type.name
                : depth == 0 ? TextFlow.NO_BLOCK : levels[depth - 1].block;
        level.next = 0;
        depth++;
        open(level, before);
    }

    /** See {@link PageText#structure}. */
    long structure() {
        return structure.fingerprint();
    }

    private void leave(Level level) {
        depth--;
        innerDepth -= depth > 0 && level.element instanceof Document ? 1 : 0;
        close(level);
        level.element = Level.NONE;
    }

    private void open(Level level, @Nullable Node before) {
        Element element = level.element;
        ElementType type = level.type;
        ElementAttributes attributes = level.attributes;
        structure.add(element);
        bodyBegan |= type.name.equals("body");
        visibility.open(element, type, attributes);
        boolean hidden = visibility.hidden();
        boolean svg = level.svg;
        if (!svg || type.name.equals("svg")) {
            boolean heading = type.heading || attributes.get(Name.ROLE).equals("heading");
            flow.open(element, type, heading, before, hidden);
            facts.separate(type.layout);
        }
        if (attributes.size() == 0 && !type.custom) {
            return;
        }
        images.read(element, type, attributes, svg, hidden);
        if (isReversed(type, attributes)) {
            flow.reverse(element);
        }
        if (attributes.isPlain() && type.part != ElementType.Part.FORM) {
            return;
        }
        facts.open(element, type.name, attributes, hidden);
        if (svg) {
            return;
        }
        for (Name name : COPIED) {
            if (attributes.has(name)) {
                out.addOnce(Field.LINK, name.key, attributes.get(name), hidden);
            }
        }
        if (attributes.has(Name.ONCLICK)) {
            // a link that is not written as one: location.href='https://…'
            ScriptHosts.scan(attributes.get(Name.ONCLICK), address -> out.addOnce(Field.LINK, "href", address, hidden));
        }
        switch (type.part) {
            case HTML -> {
                language(attributes.get(Name.LANG));
                language(attributes.get(Name.XML_LANG));
                metadata.savedFrom(element.attr("data-scrapbook-source"));
            }
            case BASE -> {
                if (innerDepth == 0) { // a frame's is for the frame, and a script may never write what it holds
                    references.base(attributes.get(Name.HREF));
                }
            }
            case META -> metadata.meta(attributes, hidden);
            case LINK -> metadata.link(attributes, hidden);
            case ANCHOR -> anchor(type.name, attributes, hidden);
            case FRAME -> {
                String src = attributes.get(Name.SRC);
                references.follow(src, "frame", "");
                address("frame", src, hidden);
                literals(src, hidden);
                inner(attributes.get(Name.SRCDOC));
            }
            case SCRIPT -> {
                if (attributes.has(Name.SRC)) {
                    String src = attributes.get(Name.SRC);
                    references.count(Kind.SCRIPT);
                    address("src", src, hidden);
                    literals(src, hidden);
                }
            }
            case FORM -> forms.read(type.name, attributes, hidden);
            case STYLE, TITLE, TEMPLATE, OTHER -> {}
        }
    }

    /** Letters laid out from right to left whatever they are (HTML 4.5.25; CSS Writing Modes 4, section 2.2). */
    private boolean isReversed(ElementType type, ElementAttributes attributes) {
        String style = attributes.get(Name.STYLE);
        return type.name.equals("bdo") && attributes.get(Name.DIR).equalsIgnoreCase("rtl")
                || rules.reverses(attributes)
                || style.contains("bidi-override") && Declarations.of(style).reverses();
    }

    private void close(Level level) {
        Element element = level.element;
        Layout layout = level.type.layout;
        String linkText = flow.close(element, level.type);
        if (linkText != null) {
            nameLink(level, linkText);
        }
        facts.separate(layout);
        facts.close(element);
        visibility.close(element);
    }

    /** Title and label of a link are words of it; where it has no text, they say what its picture shows. */
    private void nameLink(Level level, String text) {
        Field field = text.isEmpty() ? Field.IMAGE : Field.LINK;
        for (Name name : LABELS) {
            String label = level.attributes.get(name);
            if (!label.isEmpty() && !label.equals(text)) {
                out.addOnce(field, name.key, label, visibility.hidden());
            }
        }
    }

    private void anchor(String name, ElementAttributes attributes, boolean hidden) {
        String href = attributes.get(Name.HREF);
        if (href.isEmpty()) {
            return;
        }
        references.follow(href, name, attributes.get(Name.REL).toLowerCase(Locale.ROOT));
        if (references.isPlainlyLocal(href)) {
            return;
        }
        String address = references.foreignHost(href) == null ? scheme(href) : references.hostAndPath(href);
        if (address != null && !address.isEmpty()) {
            out.addOnce(Field.LINK, "href", address, hidden);
        }
    }

    /** Addresses of other schemes say how to pay or to write: {@code bitcoin:}, {@code upi:}, {@code mailto:}. */
    private static String scheme(String href) {
        String ref = Reference.clean(href);
        if (ref == null) {
            return "";
        }
        return switch (Reference.scheme(ref)) {
            case "", "http", "https", "javascript", "data", "blob", "about" -> "";
            default -> ref;
        };
    }

    private void address(String detail, String ref, boolean hidden) {
        String address = references.hostAndPath(ref);
        if (address != null && !address.isEmpty()) {
            out.addOnce(Field.SCRIPT, detail, address, hidden);
        }
    }

    private void text(String text, Level level) {
        boolean hidden = visibility.hidden();
        String name = level.type.name;
        if (level.svg) {
            switch (name) {
                case "title", "desc" -> images.drawing(level.element, name, text, hidden);
                case "style" -> data(level, text);
                default -> {
                    // Geometry and drawn letters belong to the picture (rule T5).
                }
            }
            return;
        }
        switch (level.type.part) {
            case TITLE -> title(text, hidden);
            case SCRIPT, STYLE -> data(level, text);
            default -> {
                flow.text(text, level.block, hidden);
                facts.text(text, hidden);
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
            title = Run.collapse(text, Passages.MAX_VALUE);
        }
        out.add(Field.TITLE, "title", text, hidden);
    }

    private void data(Level level, String data) {
        boolean hidden = visibility.hidden();
        if (level.type.part == ElementType.Part.STYLE) {
            images.sheet(data, bodyBegan, hidden);
            CssUrls.imports(data, url -> references.count(Kind.STYLE));
            return;
        }
        String type = level.attributes.get(Name.TYPE).strip().toLowerCase(Locale.ROOT);
        if (isTemplate(type) || isMarkupInCode(type)) {
            inner(data);
        } else if (type.startsWith("application/ld+json")) {
            JsonLd.read(data, (path, value) -> out.add(Field.JSON_LD, path, value, hidden));
        } else if (type.isEmpty()
                || type.equals("module")
                || type.contains("javascript")
                || type.contains("json")
                || type.equals("text/x-magento-init")) {
            ScriptHosts.scan(data, address -> out.addOnce(Field.SCRIPT, "inline", address, hidden));
            literals(data, hidden);
            images.scripted(data, hidden);
            if (!type.contains("json")) {
                inner(WrittenMarkup.of(data));
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
    private static boolean isMarkupInCode(String scriptType) {
        return scriptType.equals("text/babel") || scriptType.equals("text/jsx");
    }

    private void literals(String script, boolean hidden) {
        ScriptLiterals.scan(script, (kind, value) -> out.addOnce(Field.SCRIPT, kind, value, hidden));
    }

    private static boolean isSvg(Element element) {
        return Parser.NamespaceSvg.equals(element.tag().namespace());
    }
}
