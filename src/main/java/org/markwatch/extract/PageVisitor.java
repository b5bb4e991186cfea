package org.markwatch.extract;

import java.util.Locale;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.markwatch.crawl.Fetch.Kind;
import org.markwatch.watchlist.Field;

/** Walks a document once and shows each node to those who read a part of it. */
final class PageVisitor implements NodeVisitor {
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
    private String title = "";
    private String language = "";

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

    @Override
    public void head(Node node, int depth) {
        switch (node) {
            case TextNode text -> text(text);
            case DataNode data -> data(data.parent(), data.getWholeData());
            case Element element -> open(element);
            default -> {}
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            close(element, element.normalName());
        }
    }

    /** See {@link PageText#structure}. */
    long structure() {
        return structure.fingerprint();
    }

    private void open(Element element) {
        String name = element.normalName();
        structure.add(element);
        bodyBegan |= name.equals("body");
        visibility.open(element, name);
        boolean hidden = visibility.hidden();
        boolean svg = isSvg(element);
        if (!svg || name.equals("svg")) {
            Layout layout = Layout.of(name);
            flow.open(element, name, layout, hidden);
            facts.separate(layout);
        }
        if (element.attributesSize() == 0) {
            return;
        }
        images.read(element, name, svg, hidden);
        if (isReversed(element, name)) {
            flow.reverse(element);
        }
        facts.open(element, name, hidden);
        if (svg) {
            return;
        }
        switch (name) {
            case "html" -> {
                language = element.attr("lang");
                if (language.isEmpty()) {
                    language = element.attr("xml:lang");
                }
            }
            case "base" -> references.base(element.attr("href"));
            case "meta" -> metadata.meta(element, hidden);
            case "link" -> metadata.link(element, hidden);
            case "a", "area" -> anchor(element, name, hidden);
            case "iframe", "frame" -> {
                references.follow(element.attr("src"), "frame", "");
                address("frame", element.attr("src"), hidden);
                literals(element.attr("src"), hidden);
            }
            case "script" -> {
                if (element.hasAttr("src")) {
                    references.count(Kind.SCRIPT);
                    address("src", element.attr("src"), hidden);
                    literals(element.attr("src"), hidden);
                }
            }
            default -> forms.read(element, name, hidden);
        }
    }

    /** Letters laid out from right to left whatever they are (HTML 4.5.25; CSS Writing Modes 4, section 2.2). */
    private boolean isReversed(Element element, String name) {
        Attributes attributes = element.attributes();
        return name.equals("bdo") && attributes.get("dir").equalsIgnoreCase("rtl")
                || rules.reverses(attributes)
                || attributes.get("style").contains("bidi-override")
                        && Declarations.of(attributes.get("style")).reverses();
    }

    private void close(Element element, String name) {
        Layout layout = Layout.of(name);
        String linkText = flow.close(element, name, layout);
        if (linkText != null) {
            nameLink(element, linkText);
        }
        facts.separate(layout);
        facts.close(element);
        visibility.close(element);
    }

    /** Title and label of a link are words of it; where it has no text, they say what its picture shows. */
    private void nameLink(Element element, String text) {
        if (element.attributesSize() == 0) {
            return;
        }
        Field field = text.isEmpty() ? Field.IMAGE : Field.LINK;
        for (String key : new String[] {"aria-label", "title"}) {
            String label = element.attributes().get(key);
            if (!label.isEmpty() && !label.equals(text)) {
                out.addOnce(field, key, label, visibility.hidden());
            }
        }
    }

    private void anchor(Element element, String name, boolean hidden) {
        String href = element.attributes().get("href");
        if (href.isEmpty()) {
            return;
        }
        references.follow(href, name, element.attributes().get("rel").toLowerCase(Locale.ROOT));
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

    private void text(TextNode node) {
        if (!(node.parent() instanceof Element parent)) {
            return;
        }
        String name = parent.normalName();
        boolean hidden = visibility.hidden();
        if (isSvg(parent)) {
            switch (name) {
                case "title", "desc" -> images.drawing(parent, name, node.getWholeText(), hidden);
                case "style" -> data(parent, node.getWholeText());
                default -> {
                    // Geometry and drawn letters belong to the picture (rule T5).
                }
            }
            return;
        }
        switch (name) {
            case "title" -> title(node.getWholeText(), hidden);
            case "script", "style" -> data(parent, node.getWholeText());
            default -> {
                flow.text(node, hidden);
                facts.text(node.getWholeText(), hidden);
            }
        }
    }

    private void title(String text, boolean hidden) {
        if (title.isEmpty()) {
            title = Run.collapse(text, Passages.MAX_VALUE);
        }
        out.add(Field.TITLE, "title", text, hidden);
    }

    private void data(org.jsoup.nodes.@org.jspecify.annotations.Nullable Node parent, String data) {
        if (!(parent instanceof Element element)) {
            return;
        }
        boolean hidden = visibility.hidden();
        if (element.normalName().equals("style")) {
            images.sheet(data, bodyBegan, hidden);
            CssUrls.imports(data, url -> references.count(Kind.STYLE));
            return;
        }
        String type = element.attr("type").strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("application/ld+json")) {
            JsonLd.read(data, (path, value) -> out.add(Field.JSON_LD, path, value, hidden));
        } else if (type.isEmpty() || type.equals("module") || type.contains("javascript") || type.contains("json")) {
            ScriptHosts.scan(data, address -> out.addOnce(Field.SCRIPT, "inline", address, hidden));
            literals(data, hidden);
        }
    }

    private void literals(String script, boolean hidden) {
        ScriptLiterals.scan(script, (kind, value) -> out.addOnce(Field.SCRIPT, kind, value, hidden));
    }

    private static boolean isSvg(Element element) {
        return Parser.NamespaceSvg.equals(element.tag().namespace());
    }

    void end() {
        flow.flush();
        images.end();
    }
}
