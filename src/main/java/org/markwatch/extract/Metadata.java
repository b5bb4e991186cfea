package org.markwatch.extract;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.watchlist.Field;

/**
 * Collects the contents of {@code meta} and {@code link} elements, robots directives, and the origin of saved pages.
 */
final class Metadata {
    private static final String SAVED_FROM = "saved-from";
    /** Comment in which browsers, HTTrack and SingleFile record the URL of a saved page. */
    private static final Pattern SAVED_FROM_COMMENT =
            Pattern.compile("\\s*(?:saved from url=\\(\\d*\\)\\s*|Mirrored from |Page saved with \\w+\\s+url: )(\\S+)");

    private static final int MAX_COMMENT_LENGTH = 2000;
    /** Names for browsers and robots, without text for people. The values of some change with each request. */
    private static final Set<String> TECHNICAL = Set.of(
            "viewport",
            "theme-color",
            "color-scheme",
            "format-detection",
            "referrer",
            "robots",
            "googlebot",
            "csrf-token",
            "csrf-param",
            "csp-nonce",
            "handheldfriendly",
            "mobileoptimized",
            "msapplication-tilecolor");

    /** Prefixes of properties for sharing in social media and messengers. */
    private static final Set<String> SHARING_PREFIXES =
            Set.of("og", "twitter", "product", "article", "fb", "al", "business", "place");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final PassageCollector out;
    private final PageReferences references;
    private final ImageReferences images;
    private Extraction.RobotsDirectives robots = Extraction.RobotsDirectives.NONE;
    private String language = "";

    Metadata(PassageCollector out, PageReferences references, ImageReferences images) {
        this.out = out;
        this.references = references;
        this.images = images;
    }

    Extraction.RobotsDirectives robots() {
        return robots;
    }

    void robots(String directives) {
        robots = robots.with(directives);
    }

    /** Returns the value of {@code <meta http-equiv=content-language>}, or an empty string. */
    String language() {
        return language;
    }

    void addMeta(ElementAttributes meta, boolean hidden) {
        String content = meta.get(AttributeName.CONTENT);
        if (content.isEmpty()) {
            return;
        }
        String key = meta.get(AttributeName.PROPERTY);
        if (key.isEmpty()) {
            key = meta.get(AttributeName.NAME);
        }
        key = key.strip().toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            readHttpEquivalent(meta.get(AttributeName.HTTP_EQUIV).strip().toLowerCase(Locale.ROOT), content);
            return;
        }
        if (key.equals("robots") || key.equals("markwatch")) {
            robots(content);
        }
        int colon = key.indexOf(':');
        if (colon > 0 && SHARING_PREFIXES.contains(key.substring(0, colon))) {
            addSharingProperty(key, content, hidden);
        } else if (key.equals("msapplication-tileimage") || key.equals("thumbnail")) {
            images.addImage(key, content, hidden);
        } else if (!TECHNICAL.contains(key)) {
            out.add(Field.META, key, content, hidden);
        }
    }

    private void addSharingProperty(String key, String content, boolean hidden) {
        String media = key.substring(key.indexOf(':') + 1);
        boolean reference = media.equals("player") || media.equals("player:stream") || isMedia(media);
        if (!reference) {
            out.add(Field.OPEN_GRAPH, key, content, hidden);
        } else if (media.startsWith("image")) {
            images.addImage(key, content, hidden);
        } else {
            references.count(media.startsWith("audio") ? RefusalKind.AUDIO : RefusalKind.VIDEO);
        }
    }

    private static boolean isMedia(String media) {
        int colon = media.indexOf(':');
        String first = colon < 0 ? media : media.substring(0, colon);
        String rest = colon < 0 ? "" : media.substring(colon + 1);
        return (first.equals("image") || first.equals("video") || first.equals("audio") || isNumberedImage(first))
                && (rest.isEmpty() || rest.equals("url") || rest.equals("secure_url") || rest.equals("src"));
    }

    /** Whether a property is {@code twitter:image0} to {@code twitter:image9}, the images of a gallery. */
    private static boolean isNumberedImage(String media) {
        return media.length() == 6 && media.startsWith("image") && media.charAt(5) >= '0' && media.charAt(5) <= '9';
    }

    private void readHttpEquivalent(String header, String content) {
        switch (header) {
            case "refresh" -> {
                @Nullable String target = refreshTarget(content);
                if (target != null) {
                    references.addLink(target, "refresh", "");
                }
            }
            case "content-language" -> language = content;
            default -> {}
        }
    }

    /** Returns the target of {@code 5; url='next.html'} (HTML section 4.2.5.3), or null if the page reloads itself. */
    private static @Nullable String refreshTarget(String content) {
        int separator = 0;
        while (separator < content.length() && ";,".indexOf(content.charAt(separator)) < 0) {
            separator++;
        }
        if (separator >= content.length()) {
            return null;
        }
        String target = content.substring(separator + 1).strip();
        if (target.regionMatches(true, 0, "url", 0, 3)) {
            String rest = target.substring(3).stripLeading();
            if (rest.startsWith("=")) {
                target = rest.substring(1).strip();
            }
        }
        if (!target.isEmpty() && (target.charAt(0) == '"' || target.charAt(0) == '\'')) {
            int end = target.indexOf(target.charAt(0), 1);
            target = target.substring(1, end < 0 ? target.length() : end);
        }
        return target.isEmpty() ? null : target;
    }

    void addLink(ElementAttributes link, boolean hidden) {
        String href = link.get(AttributeName.HREF);
        String relations = link.get(AttributeName.REL).toLowerCase(Locale.ROOT);
        if (href.isEmpty() || relations.isEmpty()) {
            return;
        }
        // Keeps the order of the page, so that equal pages yield equal passages.
        Set<String> rel = new LinkedHashSet<>(Arrays.asList(SPACE.split(relations.strip(), -1)));
        String type = link.get(AttributeName.TYPE).toLowerCase(Locale.ROOT);
        boolean followed =
                type.isEmpty() || type.contains("html") || type.contains("rss+xml") || type.contains("atom+xml");
        if (rel.contains("stylesheet")) {
            references.count(RefusalKind.STYLE);
            addUrl("stylesheet", href, hidden);
        } else if (rel.contains("canonical")) {
            references.addLink(href, "canonical", relations);
            addUrlOnOtherHost("canonical", href, hidden);
        } else if (rel.contains("alternate") && followed) {
            references.addLink(href, "alternate", relations);
        } else if (rel.contains("next")) {
            references.addLink(href, "next", relations);
        }
        for (String relation : rel) {
            switch (relation) {
                case "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "image_src", "logo" ->
                    images.addImage(relation, href, hidden);
                case "preconnect", "dns-prefetch" -> addUrl(relation, href, hidden);
                case "modulepreload" -> {
                    references.count(RefusalKind.SCRIPT);
                    addUrl(relation, href, hidden);
                }
                case "preload", "prefetch" -> addPreload(relation, link.get(AttributeName.AS), href, hidden);
                case "manifest" -> references.count(RefusalKind.OTHER_TYPE);
                default -> {}
            }
        }
    }

    private void addPreload(String relation, String as, String href, boolean hidden) {
        switch (as) {
            case "image" -> images.addImage(relation, href, hidden);
            case "script" -> {
                references.count(RefusalKind.SCRIPT);
                addUrl(relation, href, hidden);
            }
            case "style" -> references.count(RefusalKind.STYLE);
            case "font" -> references.count(RefusalKind.FONT);
            case "video" -> references.count(RefusalKind.VIDEO);
            case "audio" -> references.count(RefusalKind.AUDIO);
            default -> {
                if (references.isImage(href)) {
                    images.addImage(relation, href, hidden);
                } else {
                    references.count(href, RefusalKind.OTHER_TYPE);
                    addUrlOnOtherHost(relation, href, hidden);
                }
            }
        }
    }

    /**
     * Reads the URL from which a browser or a tool saved the page: {@code saved from url=(0023)https://pay.example/in},
     * {@code Mirrored from pay.example/in by …}, {@code Page saved with … url: https://pay.example/in}.
     */
    void readComment(String comment) {
        if (comment.length() > MAX_COMMENT_LENGTH) {
            return;
        }
        Matcher note = SAVED_FROM_COMMENT.matcher(comment);
        if (note.lookingAt()) {
            String url = note.group(1);
            addSavedFrom(url.contains("://") ? url : "https://" + url);
        }
    }

    /** Adds the URL from which the page was saved. Ignores an empty URL and a URL on the host of the page. */
    void addSavedFrom(String url) {
        addUrlOnOtherHost(SAVED_FROM, url, false);
    }

    private void addUrl(String detail, String href, boolean hidden) {
        String url = references.hostAndPath(href);
        if (url != null) {
            out.addOnce(Field.SCRIPT, detail, url, hidden);
        }
    }

    private void addUrlOnOtherHost(String detail, String href, boolean hidden) {
        String url = references.foreignHost(href) == null ? null : references.hostAndPath(href);
        if (url != null) {
            out.addOnce(
                    detail.equals("canonical") || detail.equals(SAVED_FROM) ? Field.LINK : Field.SCRIPT,
                    detail,
                    url,
                    hidden);
        }
    }
}
