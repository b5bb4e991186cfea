package org.markwatch.extract;

import org.jsoup.nodes.Element;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.watchlist.Field;

/** Reads the style blocks of a page where they stand: their rules, images, imports and the prose in them. */
final class StyleBlocks {
    private final StyleRules rules;
    private final ImageReferences images;
    private final PageReferences references;
    private final PassageCollector out;

    StyleBlocks(StyleRules rules, ImageReferences images, PageReferences references, PassageCollector out) {
        this.rules = rules;
        this.images = images;
        this.references = references;
        this.out = out;
    }

    /**
     * Reads a style block.
     *
     * @param nested        whether it stands in markup of an attribute or a script, where it styles another document
     * @param afterElements whether elements of the body precede it
     */
    void read(Element style, String css, boolean nested, boolean afterElements, boolean hidden) {
        images.addFromStyleBlock(css, afterElements, hidden);
        boolean applies = !nested && StyleRules.isApplied(style);
        if (!afterElements) {
            rules.parse(css, applies, url -> images.addBackground(url, hidden));
        } else if (!applies || StyleRules.isInHead(style)) { // others are parsed by readAhead
            rules.parse(css, applies, url -> {});
        }
        CssUrls.scanImports(css, url -> references.count(RefusalKind.STYLE));
        CssContent.scan(css, text -> out.addOnce(Field.TEXT, "content", text, hidden));
    }
}
