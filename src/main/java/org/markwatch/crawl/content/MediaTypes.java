package org.markwatch.crawl.content;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/** Classifies file extensions and declared media types (rules T1 and T2). */
public final class MediaTypes {
    private static final Map<String, Disposition.RefusalKind> BY_EXTENSION = new HashMap<>();

    static {
        extensions(
                Disposition.RefusalKind.IMAGE,
                "jpg jpeg jpe jfif png apng gif webp avif heic heif bmp dib ico cur tif tiff svg svgz jxl jp2 j2k psd ai eps"
                        + " raw cr2 nef dng xcf pcx tga ppm pgm pbm");
        extensions(
                Disposition.RefusalKind.VIDEO,
                "mp4 m4v mkv webm avi mov qt wmv flv f4v mpg mpeg mpe m2ts ts 3gp 3g2 ogv vob asf rm rmvb m3u8 mpd swf");
        extensions(
                Disposition.RefusalKind.AUDIO,
                "mp3 m4a aac ogg oga opus wav wave flac wma aif aiff mid midi amr m3u pls ra");
        extensions(Disposition.RefusalKind.FONT, "woff woff2 ttf otf eot ttc");
        extensions(
                Disposition.RefusalKind.ARCHIVE,
                "zip gz tgz bz2 tbz xz txz zst 7z rar tar iso img dmg exe msi msix apk aab ipa jar war deb rpm pkg bin cab"
                        + " torrent lz lzma cbz cbr");
        extensions(Disposition.RefusalKind.SCRIPT, "js mjs cjs wasm map");
        extensions(Disposition.RefusalKind.STYLE, "css less scss");
        extensions(
                Disposition.RefusalKind.DOCUMENT,
                "pdf doc docx docm dot dotx xls xlsx xlsm xlsb ppt pptx pps ppsx odt ods odp rtf ps epub mobi azw3 djvu xps");
    }

    private MediaTypes() {}

    private static void extensions(Disposition.RefusalKind kind, String extensions) {
        for (String extension : extensions.split(" ", -1)) {
            BY_EXTENSION.put(extension, kind);
        }
    }

    /** Returns the kind that the file extension of a URL's last path segment indicates, or null if it may be a page. */
    public static Disposition.@Nullable RefusalKind byExtension(HttpUrl url) {
        return BY_EXTENSION.get(extension(url));
    }

    /** Returns whether the file extension of a URL may be that of a sitemap: of a page, or {@code gz}. */
    public static boolean mayBeSitemap(HttpUrl url) {
        return byExtension(url) == null || isCompressed(url);
    }

    /** Returns whether the file extension of a URL is {@code gz}. */
    public static boolean isCompressed(HttpUrl url) {
        return extension(url).equals("gz");
    }

    /** Returns the file extension of a URL's last path segment in lower case; empty if it has none. */
    private static String extension(HttpUrl url) {
        String path = url.path();
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        int parameter = name.indexOf(';');
        if (parameter >= 0) {
            name = name.substring(0, parameter);
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns whether the file extension of a URL indicates an image, video or audio. */
    public static boolean isImageVideoOrAudio(HttpUrl url) {
        Disposition.RefusalKind kind = byExtension(url);
        return kind == Disposition.RefusalKind.IMAGE
                || kind == Disposition.RefusalKind.VIDEO
                || kind == Disposition.RefusalKind.AUDIO;
    }

    /**
     * Returns the media type of a Content-Type value without parameters, in lower case; empty if the value is
     * malformed.
     */
    public static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        boolean wellFormed = slash > 0
                && slash < type.length() - 1
                && type.length() <= 100
                && type.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != ',');
        return wellFormed ? type : "";
    }

    /** Returns whether a media type is one of the three whose text is analysed. */
    public static boolean isText(String essence) {
        return essence.equals("text/html") || essence.equals("application/xhtml+xml") || essence.equals("text/plain");
    }

    /** Returns whether a media type may be that of a feed or sitemap, which are parsed for their links only. */
    public static boolean mayListLinks(String essence) {
        return switch (essence) {
            case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml" ->
                true;
            default -> false;
        };
    }

    /**
     * Returns the kind of a media type that is not text.
     *
     * @param essence a well-formed type as {@link #essence} returns it
     */
    public static Disposition.RefusalKind kindOf(String essence) {
        String major = essence.substring(0, essence.indexOf('/'));
        String minor = essence.substring(essence.indexOf('/') + 1);
        return switch (major) {
            case "image" -> Disposition.RefusalKind.IMAGE;
            case "video" -> Disposition.RefusalKind.VIDEO;
            case "audio" -> Disposition.RefusalKind.AUDIO;
            case "font" -> Disposition.RefusalKind.FONT;
            default -> {
                if (minor.contains("javascript") || minor.contains("ecmascript") || minor.equals("wasm")) {
                    yield Disposition.RefusalKind.SCRIPT;
                }
                if (minor.equals("css")) {
                    yield Disposition.RefusalKind.STYLE;
                }
                if (minor.contains("font")) {
                    yield Disposition.RefusalKind.FONT;
                }
                if (minor.equals("vnd.apple.mpegurl") || minor.equals("dash+xml") || minor.contains("shockwave")) {
                    yield Disposition.RefusalKind.VIDEO;
                }
                if (minor.equals("ogg")) {
                    yield Disposition.RefusalKind.AUDIO;
                }
                if (minor.contains("zip")
                        || minor.contains("compressed")
                        || minor.contains("tar")
                        || minor.contains("archive")
                        || minor.equals("octet-stream")
                        || minor.equals("x-msdownload")) {
                    yield Disposition.RefusalKind.ARCHIVE;
                }
                if (minor.equals("pdf")
                        || minor.contains("msword")
                        || minor.contains("officedocument")
                        || minor.contains("opendocument")
                        || minor.startsWith("vnd.ms-")
                        || minor.equals("postscript")
                        || minor.equals("rtf")
                        || minor.contains("epub")) {
                    yield Disposition.RefusalKind.DOCUMENT;
                }
                yield Disposition.RefusalKind.OTHER_TYPE;
            }
        };
    }
}
