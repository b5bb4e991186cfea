package org.markwatch.crawl;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file extension or a declared media type stands for (rules T1 and T2). */
final class MediaTypes {
    private static final Map<String, Fetch.Kind> BY_EXTENSION = new HashMap<>();

    static {
        extensions(
                Fetch.Kind.IMAGE,
                "jpg jpeg jpe jfif png apng gif webp avif heic heif bmp dib ico cur tif tiff svg svgz jxl jp2 j2k psd ai eps"
                        + " raw cr2 nef dng xcf pcx tga ppm pgm pbm");
        extensions(
                Fetch.Kind.VIDEO,
                "mp4 m4v mkv webm avi mov qt wmv flv f4v mpg mpeg mpe m2ts ts 3gp 3g2 ogv vob asf rm rmvb m3u8 mpd swf");
        extensions(Fetch.Kind.AUDIO, "mp3 m4a aac ogg oga opus wav wave flac wma aif aiff mid midi amr m3u pls ra");
        extensions(Fetch.Kind.FONT, "woff woff2 ttf otf eot ttc");
        extensions(
                Fetch.Kind.ARCHIVE,
                "zip gz tgz bz2 tbz xz txz zst 7z rar tar iso img dmg exe msi msix apk aab ipa jar war deb rpm pkg bin cab"
                        + " torrent lz lzma cbz cbr");
        extensions(Fetch.Kind.SCRIPT, "js mjs cjs wasm map");
        extensions(Fetch.Kind.STYLE, "css less scss");
        extensions(
                Fetch.Kind.DOCUMENT,
                "pdf doc docx docm dot dotx xls xlsx xlsm xlsb ppt pptx pps ppsx odt ods odp rtf ps epub mobi azw3 djvu xps");
    }

    private MediaTypes() {}

    private static void extensions(Fetch.Kind kind, String extensions) {
        for (String extension : extensions.split(" ", -1)) {
            BY_EXTENSION.put(extension, kind);
        }
    }

    /** What the last path segment's extension says that a URL is, or null if it may be a page. */
    static Fetch.@Nullable Kind byExtension(URI url) {
        String path = url.getRawPath();
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        int parameter = name.indexOf(';');
        if (parameter >= 0) {
            name = name.substring(0, parameter);
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a URL's name says that it is a picture, a film or a sound. */
    static boolean isPicture(URI url) {
        Fetch.Kind kind = byExtension(url);
        return kind == Fetch.Kind.IMAGE || kind == Fetch.Kind.VIDEO || kind == Fetch.Kind.AUDIO;
    }

    /** The type of a Content-Type value without parameters, in lower case; empty if it has no such shape. */
    static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        boolean shaped = slash > 0
                && slash < type.length() - 1
                && type.length() <= 100
                && type.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != ',');
        return shaped ? type : "";
    }

    /** Whether a type is one of the three that are read. */
    static boolean isText(String essence) {
        return essence.equals("text/html") || essence.equals("application/xhtml+xml") || essence.equals("text/plain");
    }

    /** Whether a type may be that of a feed or a sitemap, which are read for their links only. */
    static boolean mayListLinks(String essence) {
        return switch (essence) {
            case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml" ->
                true;
            default -> false;
        };
    }

    /** What a type that is not read stands for. */
    static Fetch.Kind kind(String essence) {
        String major = essence.substring(0, essence.indexOf('/'));
        String minor = essence.substring(essence.indexOf('/') + 1);
        return switch (major) {
            case "image" -> Fetch.Kind.IMAGE;
            case "video" -> Fetch.Kind.VIDEO;
            case "audio" -> Fetch.Kind.AUDIO;
            case "font" -> Fetch.Kind.FONT;
            default -> {
                if (minor.contains("javascript") || minor.contains("ecmascript") || minor.equals("wasm")) {
                    yield Fetch.Kind.SCRIPT;
                }
                if (minor.equals("css")) {
                    yield Fetch.Kind.STYLE;
                }
                if (minor.contains("font")) {
                    yield Fetch.Kind.FONT;
                }
                if (minor.equals("vnd.apple.mpegurl") || minor.equals("dash+xml") || minor.contains("shockwave")) {
                    yield Fetch.Kind.VIDEO;
                }
                if (minor.equals("ogg")) {
                    yield Fetch.Kind.AUDIO;
                }
                if (minor.contains("zip")
                        || minor.contains("compressed")
                        || minor.contains("tar")
                        || minor.contains("archive")
                        || minor.equals("octet-stream")
                        || minor.equals("x-msdownload")) {
                    yield Fetch.Kind.ARCHIVE;
                }
                if (minor.equals("pdf")
                        || minor.contains("msword")
                        || minor.contains("officedocument")
                        || minor.contains("opendocument")
                        || minor.startsWith("vnd.ms-")
                        || minor.equals("postscript")
                        || minor.equals("rtf")
                        || minor.contains("epub")) {
                    yield Fetch.Kind.DOCUMENT;
                }
                yield Fetch.Kind.OTHER_TYPE;
            }
        };
    }
}
