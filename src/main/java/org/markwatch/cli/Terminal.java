package org.markwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/** Capabilities of the terminal, and text that is safe to print on it. */
final class Terminal {
    private Terminal() {}

    /** Returns whether standard input and output are a terminal that supports escape sequences. */
    static boolean isInteractive() {
        return System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Returns whether standard error is that terminal too; {@link System#console} checks standard input and output
     * only.
     */
    static boolean isErrorInteractive() {
        try {
            return isInteractive() && Files.isSameFile(Path.of("/dev/stdout"), Path.of("/dev/stderr"));
        } catch (IOException e) {
            return false; // the devices do not exist; plain lines work on any output
        }
    }

    /** Returns whether output may be coloured: on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    static boolean supportsColour() {
        return isInteractive() && System.getenv("NO_COLOR") == null;
    }

    /** Returns a URL defanged, so that it cannot be clicked: {@code hxxp://shop[.]example/}. */
    static String defang(HttpUrl url) {
        String host = url.host();
        return url.toString()
                .replaceFirst("^http", "hxxp")
                .replaceFirst(Pattern.quote(host), Matcher.quoteReplacement(host.replace(".", "[.]")));
    }

    /** Returns the name of a field as in exports, for example {@code open-graph}. */
    static String label(Field field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Replaces control and format characters by '?', except line feeds; they could change what a terminal shows. */
    static String sanitise(String text) {
        StringBuilder safe = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean unsafe = Character.isISOControl(c) && c != '\n' || Character.getType(c) == Character.FORMAT;
            if (unsafe && safe == null) {
                safe = new StringBuilder(text);
            }
            if (unsafe && safe != null) {
                safe.setCharAt(at, '?');
            }
        }
        return safe == null ? text : safe.toString();
    }
}
