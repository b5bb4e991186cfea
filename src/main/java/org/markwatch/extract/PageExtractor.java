package org.markwatch.extract;

import java.net.URI;
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
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.ProgramCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a capture in one parse and one walk: links to follow, and everything that can be read of the page without looking
 * at a picture.
 *
 * <p>What goes where:
 *
 * <ul>
 *   <li>A block's text is a passage of {@link Field#TEXT}, a heading's of {@link Field#HEADING} only. Inline tags join
 *       without a space ({@code V<b>i</b>sa} reads 'Visa'), {@code br} is a line feed, list items and table cells are
 *       passages of their own.
 *   <li>The text of a link or button is a passage of {@link Field#LINK} <em>and</em> part of the block around it, so that a
 *       phrase is found across the link. Addresses on other hosts and of payment schemes are passages of the link too
 *       (detail {@code href}), as is a canonical URL on another host ({@code canonical}), and where a
 *       browser says that it saved the page from ({@code saved-from}).
 *   <li>{@link Field#IMAGE}, {@link Field#SCRIPT} and {@link Field#FORM} give equal passages of equal detail once.
 *   <li>{@link Field#SCRIPT} has, beside addresses, what inline scripts say literally: ids for statistics (details {@code ga4},
 *       {@code universal-analytics}, {@code tag-manager}, {@code matomo}, {@code yandex-metrica}) and {@code cookie} names;
 *       {@link Field#HEADER} has {@code cookie} names, {@code server} and {@code x-powered-by}.
 *   <li>Classes, ids and file names are given whole and as written, hash classes included: to split and to weigh them is the
 *       matcher's work.
 * </ul>
 *
 * <p>Hostile pages cost linear time and bounded memory. Safe for use by many threads; text of pages is never logged.
 */
public final class PageExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(PageExtractor.class);
    private static final UUID EXTRACTOR_VERSION = UUID.nameUUIDFromBytes(ProgramCode.sha256("extract"));
    /** A language with its subtags (RFC 5646 section 2.1, loosely). */
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*");

    /**
     * A reader for the crawl: links and counts from here, and what {@code downstream} makes of the text.
     *
     * @param rules names what {@code downstream} depends on, as in {@link PageAnalyser#rulesVersion}
     */
    public <R> PageAnalyser<R> analyser(UUID rules, Function<? super PageText, ? extends R> downstream) {
        return new PageAnalyser<>() {
            @Override
            public PageAnalysis<R> analyse(Capture capture) {
                Extraction page = extract(capture);
                return new PageAnalysis<>(
                        linksWithNofollow(page),
                        page.referenceCounts(),
                        page.textSha256(),
                        NearDuplicateHash.of(capture.finalUrl(), page.text().passages()),
                        page.robots().noindex(),
                        new ExtractedContent<>(page.text(), downstream));
            }

            @Override
            public PageContent<R> unpack(byte[] packed) {
                return new ExtractedContent<>(PageTextCodec.unpack(packed), downstream);
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

    /** A page's text with what is to be made of it. */
    private static final class ExtractedContent<R> implements PageContent<R> {
        private final PageText text;
        private final byte[] encoded;
        private final Function<? super PageText, ? extends R> analysis;

        private ExtractedContent(PageText text, Function<? super PageText, ? extends R> downstream) {
            this.text = text;
            this.encoded = PageTextCodec.encode(text);
            this.analysis = downstream;
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

    /** The links with what the page asks of them. */
    private static List<Link> linksWithNofollow(Extraction page) {
        boolean none = !page.robots().nofollow() && page.nofollow().isEmpty();
        return none
                ? page.links()
                : page.links().stream()
                        .map(link -> new Link(
                                link.url(),
                                link.rel(),
                                page.robots().nofollow() || page.nofollow().contains(link.url())))
                        .toList();
    }

    /** Never throws for what a page contains: one that cannot be parsed gives its URL and nothing else. */
    public Extraction extract(Capture capture) {
        try {
            return extractOrThrow(capture);
        } catch (RuntimeException e) {
            // The message of a parser may quote the page.
            LOG.warn(
                    "Page of host {} cannot be read ({} at {}); it is taken as empty",
                    capture.finalUrl().getHost(),
                    e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]);
            return extractWithoutBody(capture);
        }
    }

    static Extraction extractOrThrow(Capture capture) {
        PassageCollector passages = new PassageCollector();
        PageReferences references = new PageReferences(capture.finalUrl());
        addUrl(capture.finalUrl(), passages);
        addHeaders(capture, passages);
        if (LinkList.isLinkList(capture)) {
            LinkList.addLinks(capture, references);
            return toExtraction(
                    capture, passages, references, headerRobots(capture, Extraction.RobotsDirectives.NONE), "", "", 0);
        }
        if (capture.contentType().equals("text/plain")) {
            addParagraphs(capture.text(), passages);
            Extraction.RobotsDirectives robots = headerRobots(capture, Extraction.RobotsDirectives.NONE);
            return toExtraction(capture, passages, references, robots, "", "", 0);
        }
        PageVisitor visitor = new PageVisitor(passages, references);
        visitor.walk(parse(capture));
        Extraction.RobotsDirectives robots =
                headerRobots(capture, visitor.metadata().robots());
        return toExtraction(
                capture, passages, references, robots, visitor.title(), visitor.language(), visitor.structure());
    }

    private static Document parse(Capture capture) {
        // XHTML closes elements that HTML leaves open: <script src="a.js"/> would swallow the rest of the page.
        boolean xhtml = capture.contentType().equals("application/xhtml+xml");
        Parser parser = xhtml ? Parser.xmlParser().setMaxDepth(512) : Parser.htmlParser();
        return parser.parseInput(capture.text(), "");
    }

    private static Extraction toExtraction(
            Capture capture,
            PassageCollector passages,
            PageReferences references,
            Extraction.RobotsDirectives robots,
            String title,
            String markupLanguage,
            long structure) {
        String language = firstLanguageTag(markupLanguage);
        if (language.isEmpty()) {
            language = firstLanguageTag(capture.headers().getOrDefault("content-language", ""));
        }
        PageText text = new PageText(capture.finalUrl(), title, language, passages.passages(), structure);
        return new Extraction(
                references.links(),
                references.nofollow(),
                robots,
                references.counts(),
                textSha256(text.passages()),
                text);
    }

    private static Extraction extractWithoutBody(Capture capture) {
        PassageCollector passages = new PassageCollector();
        addUrl(capture.finalUrl(), passages);
        addHeaders(capture, passages);
        return toExtraction(
                capture,
                passages,
                new PageReferences(capture.finalUrl()),
                headerRobots(capture, Extraction.RobotsDirectives.NONE),
                "",
                "",
                0);
    }

    private static void addUrl(URI url, PassageCollector passages) {
        String host = url.getHost();
        if (host != null) {
            passages.add(Field.URL, "host", host.toLowerCase(Locale.ROOT), false);
        }
        String path = url.getRawPath();
        if (path != null && !path.equals("/")) {
            passages.add(Field.URL, "path", UrlReference.decode(path), false);
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
        CollapsedText run = new CollapsedText(Integer.MAX_VALUE);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank()) {
                passages.addBlock(Field.TEXT, "paragraph", run.toString(), false);
                run.clear();
            } else {
                run.addSpace();
                run.append(line);
            }
        }
        passages.addBlock(Field.TEXT, "paragraph", run.toString(), false);
    }

    private static Extraction.RobotsDirectives headerRobots(Capture capture, Extraction.RobotsDirectives robots) {
        return robots.with(capture.headers().getOrDefault("x-robots-tag", ""));
    }

    /** The first tag of a list in lower case, or empty if it is no tag (BCP 47). */
    private static String firstLanguageTag(String tags) {
        int comma = tags.indexOf(',');
        String tag = (comma < 0 ? tags : tags.substring(0, comma))
                .strip()
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        return tag.length() <= 35 && LANGUAGE_TAG.matcher(tag).matches() ? tag : "";
    }

    private static String textSha256(PassageList passages) {
        MessageDigest digest = sha256();
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            boolean shown = !passage.hidden()
                    && (passage.field() == Field.TITLE
                            || passage.field() == Field.HEADING
                            || passage.field() == Field.TEXT);
            if (shown) {
                digest.update(passages.utf8(), passages.start(p), passages.end(p) - passages.start(p));
                digest.update((byte) '\n');
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256 (MessageDigest, required algorithms)", e);
        }
    }
}
