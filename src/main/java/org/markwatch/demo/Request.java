package org.markwatch.demo;

import java.time.Instant;
import java.util.Locale;

/**
 * A request that the web received.
 *
 * @param at             time of arrival
 * @param method         HTTP method
 * @param host           host of the Host header, lower case, without port
 * @param path           path with query, as sent
 * @param kind           kind of the requested resource, by its path
 * @param accept         Accept header, empty if none was sent
 * @param acceptEncoding Accept-Encoding header, empty if none was sent
 * @param userAgent      User-Agent header, empty if none was sent
 * @param ifNoneMatch    If-None-Match header, empty if none was sent
 */
public record Request(
        Instant at,
        String method,
        String host,
        String path,
        ResourceKind kind,
        String accept,
        String acceptEncoding,
        String userAgent,
        String ifNoneMatch) {

    /** Kinds of resources, derived from the path alone. A text-only crawler requests the first two only. */
    public enum ResourceKind {
        PAGE,
        ROBOTS,
        PICTURE,
        VIDEO,
        AUDIO,
        FONT,
        STYLE,
        SCRIPT,
        ARCHIVE,
        DOCUMENT;

        static ResourceKind of(String path) {
            String file = path.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT);
            if (file.equals("/robots.txt")) {
                return ROBOTS;
            }
            // The demo sites have pictures without extension below /media/, referenced by img elements only.
            if (file.startsWith("/media/")) {
                return PICTURE;
            }
            return switch (file.substring(file.lastIndexOf('.') + 1)) {
                case "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp" -> PICTURE;
                case "mp4", "webm", "m3u8" -> VIDEO;
                case "mp3", "ogg" -> AUDIO;
                case "woff", "woff2", "ttf" -> FONT;
                case "css" -> STYLE;
                case "js", "mjs" -> SCRIPT;
                case "zip", "gz" -> ARCHIVE;
                case "pdf" -> DOCUMENT;
                default -> PAGE;
            };
        }
    }
}
