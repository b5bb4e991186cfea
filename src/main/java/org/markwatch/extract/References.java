package org.markwatch.extract;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CanonicalUrl;
import org.markwatch.crawl.Fetch.Kind;
import org.markwatch.crawl.Link;

/**
 * Where a page points to: what may be followed, and a count of what never is.
 *
 * <p>Names of assets are given as the last folder and the file, with the host in front when it is not the page's.
 */
final class References {
    /** In the names of folders. */
    private static final String OF_PAYING = "payment";

    private static final int MAX_LINKS = 10_000;
    /** Characters of all links together: one base element can make each of them as long as it likes. */
    private static final int MAX_CHARS = 1 << 20;

    private static final Map<String, Kind> KINDS = kinds();

    private final URI page;
    private final String pageHost;
    private URI base;
    private boolean baseSeen;
    private final List<Link> links = new ArrayList<>();
    /** References as written, to resolve each but once. */
    private final Set<String> written = new HashSet<>();

    private int chars;
    private final Set<URI> followed = new HashSet<>();
    private final Set<URI> nofollow = new LinkedHashSet<>();
    private final int[] counts = new int[Kind.values().length];

    References(URI page) {
        this.page = page;
        this.base = page;
        this.pageHost = page.getHost() == null ? "" : page.getHost().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new java.util.HashMap<>();
        for (String ext : "png jpg jpeg jpe jfif gif svg svgz webp avif bmp ico tif tiff heic apng jxl".split(" ")) {
            kinds.put(ext, Kind.IMAGE);
        }
        for (String ext : "mp4 m4v webm mov avi mkv ogv flv wmv mpg mpeg m3u8 ts 3gp swf".split(" ")) {
            kinds.put(ext, Kind.VIDEO);
        }
        for (String ext : "mp3 m4a aac ogg oga opus wav flac wma mid".split(" ")) {
            kinds.put(ext, Kind.AUDIO);
        }
        for (String ext : "woff woff2 ttf otf eot".split(" ")) {
            kinds.put(ext, Kind.FONT);
        }
        for (String ext : "zip rar 7z gz tgz bz2 xz tar".split(" ")) {
            kinds.put(ext, Kind.ARCHIVE);
        }
        kinds.put("js", Kind.SCRIPT);
        kinds.put("mjs", Kind.SCRIPT);
        kinds.put("css", Kind.STYLE);
        kinds.put("pdf", Kind.DOCUMENT);
        return Map.copyOf(kinds);
    }

    /** The first base element counts (HTML 4.2.3), and it must be http(s). */
    void base(String href) {
        URI url = baseSeen ? null : Reference.resolve(page, href);
        if (url != null) {
            base = url;
            baseSeen = true;
        }
    }

    /** Notes a link to follow; those to the same page are none. */
    void follow(String ref, String rel, String relations) {
        int hash = ref.indexOf('#');
        String target = hash < 0 ? ref : ref.substring(0, hash);
        if (target.isEmpty() || links.size() >= MAX_LINKS || chars > MAX_CHARS || !written.add(target)) {
            return;
        }
        URI url = Reference.resolve(base, target);
        int length = url == null ? 0 : url.toString().length();
        if (url == null || length > CanonicalUrl.MAX_LENGTH || !followed.add(url)) {
            return;
        }
        chars += length;
        links.add(new Link(url, rel));
        if (relations.contains("nofollow") || relations.contains("ugc") || relations.contains("sponsored")) {
            nofollow.add(url);
        }
    }

    void count(Kind kind) {
        counts[kind.ordinal()]++;
    }

    /** Counts by file extension where it says what it is, and tells as what it was counted. */
    Kind count(String ref, Kind otherwise) {
        Kind kind = KINDS.getOrDefault(Reference.extension(ref), otherwise);
        count(kind);
        return kind;
    }

    /** Whether a reference that stands where a picture does is one, as far as its extension tells. */
    boolean isPictureOrUnnamed(String ref) {
        return KINDS.getOrDefault(Reference.extension(ref), Kind.IMAGE) == Kind.IMAGE;
    }

    boolean isPicture(String ref) {
        return KINDS.get(Reference.extension(ref)) == Kind.IMAGE;
    }

    /** Host and path, or null for what is not on the web ({@code data:}, {@code javascript:} …). */
    @Nullable
    String hostAndPath(String raw) {
        String ref = web(raw);
        if (ref == null) {
            return null;
        }
        String host = host(ref);
        String path = Reference.path(ref);
        return host + (path.startsWith("/") || path.isEmpty() ? path : "/" + path);
    }

    /** Whether a reference has neither scheme nor host: most have none, and need no closer look. */
    boolean isPlainlyLocal(String ref) {
        return !baseSeen && ref.indexOf(':') < 0 && !ref.contains("//");
    }

    /** Host of a reference when it is not the page's, or null. */
    @Nullable
    String foreignHost(String raw) {
        String ref = web(raw);
        if (ref == null) {
            return null;
        }
        String host = host(ref);
        return host.equals(pageHost) ? null : host;
    }

    /**
     * {@code folder/file}, {@code host/folder/file} on another host, with {@code #id} when a sprite's part is named and the folder above
     * where that speaks of paying; null for what is not on the web.
     */
    @Nullable
    String fileName(String raw) {
        String ref = web(raw);
        if (ref == null) {
            return null;
        }
        String path = Reference.path(ref);
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        int file = path.lastIndexOf('/', end - 1);
        int folder = file <= 0 ? -1 : path.lastIndexOf('/', file - 1);
        int upper = folder <= 0 ? -1 : path.lastIndexOf('/', folder - 1);
        if (folder > 0 && speaksOfPaying(path, upper + 1, folder)) {
            folder = upper;
        }
        String name = path.substring(Math.min(end, Math.max(folder, file == 0 ? 0 : -1) + 1), end);
        String fragment = Reference.fragment(ref);
        String host = host(ref);
        return (host.equals(pageHost) ? "" : host + "/") + name + (fragment.isEmpty() ? "" : "#" + fragment);
    }

    /** Whether a folder is called after paying: {@code payment/footer/visa.png}. */
    private static boolean speaksOfPaying(String path, int from, int to) {
        for (int at = from; at + OF_PAYING.length() <= to; at++) {
            if (path.regionMatches(true, at, OF_PAYING, 0, OF_PAYING.length())) {
                return true;
            }
        }
        return false;
    }

    /** The picture behind a resizing service ({@code /_next/image?url=%2Fimg%2Flogo.png}), or null. */
    @Nullable
    String wrapped(String ref) {
        int query = ref.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String parameter : ref.substring(query + 1).split("[&;]", 32)) {
            String value = Reference.decode(parameter.substring(parameter.indexOf('=') + 1));
            if (isPicture(value)) {
                return value;
            }
        }
        return null;
    }

    private String host(String ref) {
        String host = Reference.host(ref);
        if (!host.isEmpty()) {
            return host;
        }
        String baseHost = base.getHost();
        return baseHost == null ? pageHost : baseHost.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String web(String raw) {
        String ref = Reference.clean(raw);
        if (ref == null || ref.startsWith("#")) {
            return null;
        }
        String scheme = Reference.scheme(ref);
        return scheme.isEmpty() || scheme.equals("http") || scheme.equals("https") ? ref : null;
    }

    List<Link> links() {
        return links;
    }

    Set<URI> nofollow() {
        return Collections.unmodifiableSet(nofollow);
    }

    Map<Kind, Integer> counts() {
        Map<Kind, Integer> counted = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            if (counts[kind.ordinal()] > 0) {
                counted.put(kind, counts[kind.ordinal()]);
            }
        }
        return counted;
    }
}
