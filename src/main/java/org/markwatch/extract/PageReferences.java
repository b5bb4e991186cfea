package org.markwatch.extract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.crawl.Link;
import org.markwatch.url.HttpUrl;

/**
 * Collects the references of one page: the links that may be followed, and a count by kind of those that are never
 * requested.
 *
 * <p>The name of an asset is its last folder and file, preceded by the host if it differs from the host of the page.
 */
final class PageReferences {
    /** Part of the names of folders with payment logos. */
    private static final String PAYMENT_FOLDER = "payment";

    private static final int MAX_LINKS = 10_000;
    /** Maximum characters of all links together. A base element can make every link long. */
    private static final int MAX_CHARS = 1 << 20;

    private static final Map<String, RefusalKind> KINDS_BY_EXTENSION = kinds();

    private final HttpUrl page;
    private HttpUrl base;
    private boolean baseSeen;
    private final List<Link> links = new ArrayList<>();
    /** References as written, so that each is resolved once. */
    private final Set<String> seenReferences = new HashSet<>();

    private int urlChars;
    private final Set<HttpUrl> seenUrls = new HashSet<>();
    private final Set<HttpUrl> nofollow = new LinkedHashSet<>();
    private final int[] counts = new int[RefusalKind.values().length];

    PageReferences(HttpUrl page) {
        this.page = page;
        this.base = page;
    }

    private static Map<String, RefusalKind> kinds() {
        Map<String, RefusalKind> kinds = new java.util.HashMap<>();
        for (String ext : "png jpg jpeg jpe jfif gif svg svgz webp avif bmp ico tif tiff heic apng jxl".split(" ")) {
            kinds.put(ext, RefusalKind.IMAGE);
        }
        for (String ext : "mp4 m4v webm mov avi mkv ogv flv wmv mpg mpeg m3u8 ts 3gp swf".split(" ")) {
            kinds.put(ext, RefusalKind.VIDEO);
        }
        for (String ext : "mp3 m4a aac ogg oga opus wav flac wma mid".split(" ")) {
            kinds.put(ext, RefusalKind.AUDIO);
        }
        for (String ext : "woff woff2 ttf otf eot".split(" ")) {
            kinds.put(ext, RefusalKind.FONT);
        }
        for (String ext : "zip rar 7z gz tgz bz2 xz tar".split(" ")) {
            kinds.put(ext, RefusalKind.ARCHIVE);
        }
        kinds.put("js", RefusalKind.SCRIPT);
        kinds.put("mjs", RefusalKind.SCRIPT);
        kinds.put("css", RefusalKind.STYLE);
        kinds.put("pdf", RefusalKind.DOCUMENT);
        return Map.copyOf(kinds);
    }

    /** Sets the base URL to an http(s) URL. Further base elements are ignored (HTML section 4.2.3). */
    void base(String href) {
        HttpUrl url = baseSeen ? null : UrlReference.resolve(page, href);
        if (url != null) {
            base = url;
            baseSeen = true;
        }
    }

    /**
     * Adds a link to follow. Ignores fragments of the same page, duplicates, and links beyond the limits.
     *
     * @param rel       kind of reference: {@code a}, {@code frame}, {@code canonical} …
     * @param relations value of the {@code rel} attribute in lower case, or empty
     */
    void addLink(String ref, String rel, String relations) {
        int hash = ref.indexOf('#');
        String target = hash < 0 ? ref : ref.substring(0, hash);
        if (target.isEmpty() || links.size() >= MAX_LINKS || urlChars > MAX_CHARS || !seenReferences.add(target)) {
            return;
        }
        HttpUrl url = UrlReference.resolve(base, target);
        int length = url == null ? 0 : url.length();
        if (url == null || length > Link.MAX_URL_LENGTH || !seenUrls.add(url)) {
            return;
        }
        urlChars += length;
        links.add(new Link(url, rel));
        if (relations.contains("nofollow") || relations.contains("ugc") || relations.contains("sponsored")) {
            nofollow.add(url);
        }
    }

    /** Counts a reference that is never requested. */
    void count(RefusalKind kind) {
        counts[kind.ordinal()]++;
    }

    /**
     * Counts a reference by its file extension.
     *
     * @param otherwise kind of a reference whose extension is unknown
     * @return the kind that was counted
     */
    RefusalKind count(String ref, RefusalKind otherwise) {
        RefusalKind kind = KINDS_BY_EXTENSION.getOrDefault(UrlReference.extension(ref), otherwise);
        count(kind);
        return kind;
    }

    /** Whether the extension of a reference is that of an image or unknown. */
    boolean mayBeImage(String ref) {
        return KINDS_BY_EXTENSION.getOrDefault(UrlReference.extension(ref), RefusalKind.IMAGE) == RefusalKind.IMAGE;
    }

    /** Whether the extension of a reference is that of an image. */
    boolean isImage(String ref) {
        return KINDS_BY_EXTENSION.get(UrlReference.extension(ref)) == RefusalKind.IMAGE;
    }

    /** Returns host and path, or null if the scheme is not http(s) ({@code data:}, {@code javascript:} …). */
    @Nullable
    String hostAndPath(String raw) {
        String ref = webReference(raw);
        if (ref == null) {
            return null;
        }
        String host = host(ref);
        String path = UrlReference.path(ref);
        return host + (path.startsWith("/") || path.isEmpty() ? path : "/" + path);
    }

    /**
     * Quick check for the most common case: whether a reference has neither scheme nor host and the page has no base
     * element.
     */
    boolean hasNoSchemeOrHost(String ref) {
        return !baseSeen && ref.indexOf(':') < 0 && !ref.contains("//");
    }

    /** Returns the host of a reference if it differs from the host of the page, otherwise null. */
    @Nullable
    String foreignHost(String raw) {
        String ref = webReference(raw);
        if (ref == null) {
            return null;
        }
        String host = host(ref);
        return host.equals(page.host()) ? null : host;
    }

    /**
     * Returns the name of an asset: {@code folder/file}, or {@code host/folder/file} on another host. {@code #id}
     * follows if the reference names a part of a sprite. The parent folder is included if {@code folder} mentions
     * payment.
     *
     * @return null if the scheme is not http(s)
     */
    @Nullable
    String fileName(String raw) {
        String ref = webReference(raw);
        if (ref == null) {
            return null;
        }
        String path = UrlReference.path(ref);
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        int file = path.lastIndexOf('/', end - 1);
        int folder = file <= 0 ? -1 : path.lastIndexOf('/', file - 1);
        int upper = folder <= 0 ? -1 : path.lastIndexOf('/', folder - 1);
        if (folder > 0 && mentionsPayment(path, upper + 1, folder)) {
            folder = upper;
        }
        String name = path.substring(Math.min(end, Math.max(folder, file == 0 ? 0 : -1) + 1), end);
        String fragment = UrlReference.fragment(ref);
        String host = host(ref);
        return (host.equals(page.host()) ? "" : host + "/") + name + (fragment.isEmpty() ? "" : "#" + fragment);
    }

    /** Whether a folder name mentions payment: {@code payment/footer/visa.png}. */
    private static boolean mentionsPayment(String path, int from, int to) {
        for (int at = from; at + PAYMENT_FOLDER.length() <= to; at++) {
            if (path.regionMatches(true, at, PAYMENT_FOLDER, 0, PAYMENT_FOLDER.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the image URL in a parameter of an image resizing service ({@code /_next/image?url=%2Fimg%2Flogo.png}),
     * or null.
     */
    @Nullable
    String resizedImage(String ref) {
        int query = ref.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String parameter : ref.substring(query + 1).split("[&;]", 32)) {
            String value = UrlReference.decode(parameter.substring(parameter.indexOf('=') + 1));
            if (isImage(value)) {
                return value;
            }
        }
        return null;
    }

    private String host(String ref) {
        String host = UrlReference.host(ref);
        return host.isEmpty() ? base.host() : host;
    }

    /** Returns a cleaned reference, or null if it is a fragment or its scheme is not http(s). */
    private static @Nullable String webReference(String raw) {
        String ref = UrlReference.clean(raw);
        if (ref == null || ref.startsWith("#")) {
            return null;
        }
        String scheme = UrlReference.scheme(ref);
        return scheme.isEmpty() || scheme.equals("http") || scheme.equals("https") ? ref : null;
    }

    List<Link> links() {
        return links;
    }

    Set<HttpUrl> nofollow() {
        return Collections.unmodifiableSet(nofollow);
    }

    Map<RefusalKind, Integer> counts() {
        Map<RefusalKind, Integer> counted = new EnumMap<>(RefusalKind.class);
        for (RefusalKind kind : RefusalKind.values()) {
            if (counts[kind.ordinal()] > 0) {
                counted.put(kind, counts[kind.ordinal()]);
            }
        }
        return counted;
    }
}
