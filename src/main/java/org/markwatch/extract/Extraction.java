package org.markwatch.extract;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.Fetch;
import org.markwatch.crawl.Link;

/**
 * What one parse of a capture gave.
 *
 * @param links      references that may be followed (rule T1), in page order, each URL once, without fragments
 * @param nofollow   those of {@code links} that the page marks {@code rel=nofollow}, {@code ugc} or {@code sponsored}
 * @param robots     what the page asks of robots
 * @param references media, scripts and styles that the page refers to and nobody asks for, counted by kind
 * @param textSha256 hex SHA-256 of the visible title, headings and text, white space collapsed
 * @param text       the located passages
 */
public record Extraction(
        List<Link> links,
        Set<URI> nofollow,
        Robots robots,
        Map<Fetch.Kind, Integer> references,
        String textSha256,
        PageText text) {
    public Extraction {
        links = List.copyOf(links);
        nofollow = Set.copyOf(nofollow);
        references = Map.copyOf(references);
    }

    /**
     * Directives of {@code <meta name=robots>} and {@code X-Robots-Tag} that speak to every robot.
     *
     * @param noindex  the page asks not to be shown in search results
     * @param nofollow the page asks not to follow any of its links
     */
    public record Robots(boolean noindex, boolean nofollow) {
        static final Robots NONE = new Robots(false, false);

        /** Reads a comma list; directives for one named robot ({@code otherbot: noindex}) are not for us. */
        Robots with(String directives) {
            boolean index = noindex;
            boolean follow = nofollow;
            for (String directive : directives.toLowerCase(Locale.ROOT).split(",")) {
                switch (directive.strip()) {
                    case "noindex" -> index = true;
                    case "nofollow" -> follow = true;
                    case "none" -> {
                        index = true;
                        follow = true;
                    }
                    default -> {}
                }
            }
            return new Robots(index, follow);
        }
    }
}
