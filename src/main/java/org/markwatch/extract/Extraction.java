package org.markwatch.extract;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;
import org.markwatch.url.HttpUrl;

/**
 * Links and text extracted from one capture.
 *
 * @param links           references that may be followed (rule T1), in page order, each URL once, without fragments
 * @param nofollow        URLs of {@code links} that the page marks {@code rel=nofollow}, {@code ugc} or
 *                        {@code sponsored}
 * @param robots          robots directives of the page
 * @param referenceCounts number of references to media, scripts and style sheets by kind; these are never requested
 * @param textSha256      SHA-256 of the visible title, headings and text with white space collapsed, in hex
 * @param nearDuplicateHash equal for pages with the same words in visible title, headings and running text, apart from
 *                        order, digits, and the words of their URL
 * @param text            passages of the page
 */
public record Extraction(
        List<Link> links,
        Set<HttpUrl> nofollow,
        RobotsDirectives robots,
        Map<Disposition.RefusalKind, Integer> referenceCounts,
        String textSha256,
        long nearDuplicateHash,
        PageText text) {
    public Extraction {
        links = List.copyOf(links);
        nofollow = Set.copyOf(nofollow);
        referenceCounts = Map.copyOf(referenceCounts);
    }

    /**
     * Directives of {@code <meta name=robots>}, {@code <meta name=markwatch>} and {@code X-Robots-Tag} that apply to
     * all robots or to markwatch.
     *
     * @param noindex  the page asks not to be shown in search results
     * @param nofollow the page asks not to follow any of its links
     */
    public record RobotsDirectives(boolean noindex, boolean nofollow) {
        static final RobotsDirectives NONE = new RobotsDirectives(false, false);
        /** Directives with a value after a colon. Any other name before a colon is the name of a robot. */
        private static final Set<String> VALUED_DIRECTIVES =
                Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

        /**
         * Returns these directives combined with those of a comma-separated list. Directives after the name of another
         * robot ({@code otherbot: noindex, nofollow}) are ignored.
         */
        RobotsDirectives with(String directives) {
            boolean index = noindex;
            boolean follow = nofollow;
            boolean applies = true;
            for (String part : directives.toLowerCase(Locale.ROOT).split(",")) {
                String directive = part.strip();
                int colon = directive.indexOf(':');
                if (colon > 0 && !VALUED_DIRECTIVES.contains(directive.substring(0, colon))) {
                    applies = directive.substring(0, colon).strip().equals("markwatch");
                    directive = directive.substring(colon + 1).strip();
                }
                if (!applies) {
                    continue;
                }
                switch (directive) {
                    case "noindex" -> index = true;
                    case "nofollow" -> follow = true;
                    case "none" -> {
                        index = true;
                        follow = true;
                    }
                    default -> {}
                }
            }
            return new RobotsDirectives(index, follow);
        }
    }
}
