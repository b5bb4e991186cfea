package org.markwatch.extract;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;

/**
 * What one parse of a capture gave.
 *
 * @param links      references that may be followed (rule T1), in page order, each URL once, without fragments
 * @param nofollow   those of {@code links} that the page marks {@code rel=nofollow}, {@code ugc} or {@code sponsored}
 * @param robots     what the page asks of robots
 * @param referenceCounts media, scripts and styles that the page refers to and nobody asks for, counted by kind
 * @param textSha256 hex SHA-256 of the visible title, headings and text, white space collapsed
 * @param text       the located passages
 */
public record Extraction(
        List<Link> links,
        Set<URI> nofollow,
        RobotsDirectives robots,
        Map<Disposition.RefusalKind, Integer> referenceCounts,
        String textSha256,
        PageText text) {
    public Extraction {
        links = List.copyOf(links);
        nofollow = Set.copyOf(nofollow);
        referenceCounts = Map.copyOf(referenceCounts);
    }

    /**
     * Directives of {@code <meta name=robots>}, {@code <meta name=markwatch>} and {@code X-Robots-Tag} that speak to every robot, or
     * to this one.
     *
     * @param noindex  the page asks not to be shown in search results
     * @param nofollow the page asks not to follow any of its links
     */
    public record RobotsDirectives(boolean noindex, boolean nofollow) {
        static final RobotsDirectives NONE = new RobotsDirectives(false, false);
        /** Directives that have a value behind a colon, as names of robots have directives. */
        private static final Set<String> VALUED_DIRECTIVES =
                Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

        /** Reads a comma list; directives behind the name of another robot ({@code otherbot: noindex, nofollow}) are not for us. */
        RobotsDirectives with(String directives) {
            boolean index = noindex;
            boolean follow = nofollow;
            boolean ours = true;
            for (String part : directives.toLowerCase(Locale.ROOT).split(",")) {
                String directive = part.strip();
                int colon = directive.indexOf(':');
                if (colon > 0 && !VALUED_DIRECTIVES.contains(directive.substring(0, colon))) {
                    ours = directive.substring(0, colon).strip().equals("markwatch");
                    directive = directive.substring(colon + 1).strip();
                }
                if (!ours) {
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
