package org.markwatch.extract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.PageContent;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.DetectionVersion;
import org.markwatch.watchlist.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts the links and the text and metadata passages of a capture in one parse and one traversal. Images are never
 * read.
 *
 * <p>Passages by field:
 *
 * <ul>
 *   <li>The text of a block is a passage of {@link Field#TEXT}. The text of a heading is a passage of
 *       {@link Field#HEADING} only. Inline tags add no space ({@code V<b>i</b>sa} becomes 'Visa'), {@code br} becomes a
 *       line feed, and each list item and table cell is a separate passage.
 *   <li>The text of a link or button is a passage of {@link Field#LINK} <em>and</em> part of the enclosing block, so
 *       that a phrase can be matched across the link. {@link Field#LINK} also holds URLs on other hosts and URLs with a
 *       scheme other than http(s) (detail {@code href}), a canonical URL on another host ({@code canonical}), and the
 *       URL that a saved copy of a page records as its origin ({@code saved-from}).
 *   <li>{@link Field#IMAGE}, {@link Field#SCRIPT} and {@link Field#FORM} hold passages of equal detail and text once.
 *   <li>{@link Field#SCRIPT_DATA} holds prose of the data that the page has for its scripts, unless the markup says the
 *       same; the detail is the name of the property. Markup in that data is read as if it stood at the end of the page.
 *   <li>{@link Field#SCRIPT} holds URLs and the identifiers that inline scripts contain as literals: analytics ids
 *       (details {@code ga4}, {@code universal-analytics}, {@code tag-manager}, {@code matomo}, {@code yandex-metrica})
 *       and {@code cookie} names. {@link Field#HEADER} holds {@code cookie} names, {@code server} and
 *       {@code x-powered-by}.
 *   <li>Classes, ids and file names are kept whole and as written, generated class names included. The matcher splits
 *       and weights them.
 * </ul>
 *
 * <p>Any page takes linear time and bounded memory. Instances are safe for use by multiple threads. The text of pages
 * is never logged.
 */
public final class PageExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(PageExtractor.class);
    private static final UUID EXTRACTOR_VERSION = new UUID(0, DetectionVersion.EXTRACTOR);
    /** A simplified language tag with subtags (RFC 5646 section 2.1), in lower case. */
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*");

    /**
     * Returns a page analyser for the crawl that combines this extractor with an analysis of the extracted text.
     *
     * @param rules    version of everything that the result of {@code analysis} depends on; see
     *                 {@link PageAnalyser#rulesVersion}
     * @param analysis computes a result from the text of a page; must be safe for use by multiple threads
     * @param <R>      result of the analysis of one page
     */
    public <R> PageAnalyser<R> analyser(UUID rules, Function<? super PageText, ? extends R> analysis) {
        return new PageAnalyser<>() {
            @Override
            public PageAnalysis<R> analyse(Capture capture) {
                Extraction page = extract(capture);
                return new PageAnalysis<>(
                        linksWithNofollow(page),
                        page.referenceCounts(),
                        page.textSha256(),
                        page.nearDuplicateHash(),
                        page.robots().noindex(),
                        page.text().shell(),
                        new ExtractedContent<>(page.text(), analysis));
            }

            @Override
            public PageContent<R> unpack(byte[] packed) {
                return new ExtractedContent<>(PageTextCodec.unpack(packed), analysis);
            }

            @Override
            public UUID extractorVersion() {
                return EXTRACTOR_VERSION;
            }

            @Override
            public UUID rulesVersion() {
                return rules;
            }
        };
    }

    /** Text of a page and the analysis to apply to it. */
    private static final class ExtractedContent<R> implements PageContent<R> {
        private final PageText text;
        private final byte[] encoded;
        private final Function<? super PageText, ? extends R> analysis;

        private ExtractedContent(PageText text, Function<? super PageText, ? extends R> analysis) {
            this.text = text;
            this.encoded = PageTextCodec.encode(text);
            this.analysis = analysis;
        }

        @Override
        public String sha256() {
            return HexFormat.of().formatHex(PageExtractor.sha256().digest(encoded));
        }

        @Override
        public byte[] pack() {
            return PageTextCodec.pack(encoded);
        }

        @Override
        public R applyRules() {
            return analysis.apply(text);
        }
    }

    /** Returns the links, each with its nofollow mark from the page or from its own {@code rel}. */
    private static List<Link> linksWithNofollow(Extraction page) {
        boolean noneMarked = !page.robots().nofollow() && page.nofollow().isEmpty();
        return noneMarked
                ? page.links()
                : page.links().stream()
                        .map(link -> new Link(
                                link.url(),
                                link.rel(),
                                page.robots().nofollow() || page.nofollow().contains(link.url())))
                        .toList();
    }

    /**
     * Extracts the links and passages of a capture. Never throws because of the content of a page: if the body cannot
     * be extracted, the result holds only passages of the URL and the response headers.
     */
    public Extraction extract(Capture capture) {
        try {
            return extractOrThrow(capture);
        } catch (RuntimeException e) {
            // The exception message may quote the page, so it is not logged.
            LOG.warn(
                    "Body of a page on host {} cannot be extracted ({} at {}); the page is treated as empty",
                    capture.finalUrl().host(),
                    e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]);
            return extractWithoutBody(capture);
        }
    }

    /** As {@link #extract}, but throws what the parser or the traversal throws. */
    static Extraction extractOrThrow(Capture capture) {
        PassageCollector passages = passagesOfResponse(capture);
        PageReferences references = new PageReferences(capture.finalUrl());
        if (LinkList.isLinkList(capture)) {
            LinkList.addLinks(capture, references);
            return toExtraction(
                    capture,
                    passages,
                    references,
                    headerRobots(capture, Extraction.RobotsDirectives.NONE),
                    "",
                    "",
                    0,
                    false);
        }
        if (capture.contentType().equals("text/plain")) {
            addParagraphs(capture.text(), passages);
            Extraction.RobotsDirectives robots = headerRobots(capture, Extraction.RobotsDirectives.NONE);
            return toExtraction(capture, passages, references, robots, "", "", 0, false);
        }
        Document document = parse(capture);
        PageVisitor visitor = new PageVisitor(passages, references, true);
        visitor.walk(document);
        boolean shell = visitor.isShell();
        if (visitor.isHiddenAsWhole()) {
            passages = passagesOfResponse(capture);
            references = new PageReferences(capture.finalUrl());
            visitor = new PageVisitor(passages, references, false);
            visitor.walk(document);
        }
        Extraction.RobotsDirectives robots =
                headerRobots(capture, visitor.metadata().robots());
        return toExtraction(
                capture, passages, references, robots, visitor.title(), visitor.language(), visitor.structure(), shell);
    }

    /** Begins the passages of a page by those of its URL and the response headers. */
    private static PassageCollector passagesOfResponse(Capture capture) {
        PassageCollector passages = new PassageCollector(capture.finalUrl());
        addUrl(capture.finalUrl(), passages);
        addHeaders(capture, passages);
        return passages;
    }

    private static Document parse(Capture capture) {
        // XHTML allows self-closing tags that HTML ignores: as HTML, <script src="a.js"/> would contain the rest of the
        // page.
        boolean xhtml = capture.contentType().equals("application/xhtml+xml");
        return xhtml
                ? Parser.xmlParser().setMaxDepth(512).parseInput(HtmlMarkup.readable(capture.text()), "")
                : HtmlMarkup.parse(capture.text());
    }

    private static Extraction toExtraction(
            Capture capture,
            PassageCollector passages,
            PageReferences references,
            Extraction.RobotsDirectives robots,
            String title,
            String markupLanguage,
            long structure,
            boolean shell) {
        String language = firstLanguageTag(markupLanguage);
        if (language.isEmpty()) {
            language = firstLanguageTag(capture.headers().getOrDefault("content-language", ""));
        }
        PageText text = new PageText(capture.finalUrl(), title, language, passages.passages(), structure, shell);
        return new Extraction(
                references.links(),
                references.nofollow(),
                robots,
                references.counts(),
                textSha256(text.passages()),
                passages.nearDuplicateHash(),
                text);
    }

    private static Extraction extractWithoutBody(Capture capture) {
        return toExtraction(
                capture,
                passagesOfResponse(capture),
                new PageReferences(capture.finalUrl()),
                headerRobots(capture, Extraction.RobotsDirectives.NONE),
                "",
                "",
                0,
                false);
    }

    private static void addUrl(HttpUrl url, PassageCollector passages) {
        passages.add(Field.URL, "host", url.host(), false);
        if (!url.path().equals("/")) {
            passages.add(Field.URL, "path", UrlReference.decode(url.path()), false);
        }
    }

    private static void addHeaders(Capture capture, PassageCollector passages) {
        for (String name : new String[] {"server", "x-powered-by"}) {
            passages.add(Field.HEADER, name, capture.headers().getOrDefault(name, ""), false);
        }
        String cookies = capture.headers().getOrDefault("set-cookie", "");
        if (!cookies.isEmpty()) {
            for (String cookie : cookies.split(" ")) {
                passages.addOnce(Field.HEADER, "cookie", cookie, false);
            }
        }
    }

    private static void addParagraphs(String text, PassageCollector passages) {
        CollapsedText paragraph = new CollapsedText(Integer.MAX_VALUE);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank()) {
                passages.addBlock(Field.TEXT, "paragraph", paragraph.toString(), false);
                paragraph.clear();
            } else {
                paragraph.addSpace();
                paragraph.append(line);
            }
        }
        passages.addBlock(Field.TEXT, "paragraph", paragraph.toString(), false);
    }

    private static Extraction.RobotsDirectives headerRobots(Capture capture, Extraction.RobotsDirectives robots) {
        return robots.with(capture.headers().getOrDefault("x-robots-tag", ""));
    }

    /**
     * Returns the first language tag (BCP 47) of a comma-separated list in lower case, or an empty string if it is not
     * valid.
     */
    private static String firstLanguageTag(String tags) {
        int comma = tags.indexOf(',');
        String tag = (comma < 0 ? tags : tags.substring(0, comma))
                .strip()
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        return tag.length() <= 35 && LANGUAGE_TAG.matcher(tag).matches() ? tag : "";
    }

    private static String textSha256(PassageList passages) {
        byte[] shown = new byte[passages.utf8().length];
        int length = 0;
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            boolean visible = !passage.hidden()
                    && (passage.field() == Field.TITLE
                            || passage.field() == Field.HEADING
                            || passage.field() == Field.TEXT);
            if (visible) {
                int text = passages.end(p) - passages.start(p);
                System.arraycopy(passages.utf8(), passages.start(p), shown, length, text);
                length += text;
                shown[length++] = '\n';
            }
        }
        MessageDigest digest = sha256();
        digest.update(shown, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "SHA-256 is missing; every Java platform must provide it (see MessageDigest)", e);
        }
    }
}
