package org.markwatch.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.watchlist.Field;

/** What a terminal may be told. */
final class Terminal {
    private Terminal() {}

    /** Whether a person is looking: progress bars and colours only then. */
    static boolean isInteractive() {
        return System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether standard error is the terminal as well; Java's console looks at the other two only. */
    static boolean isErrorInteractive() {
        try {
            return isInteractive() && Files.isSameFile(Path.of("/dev/stdout"), Path.of("/dev/stderr"));
        } catch (IOException e) {
            return false; // no such devices: plain lines are right everywhere
        }
    }

    /** Whether output may be coloured (no-color.org). */
    static boolean supportsColour() {
        return isInteractive() && System.getenv("NO_COLOR") == null;
    }

    /** A URL that no terminal makes clickable: {@code hxxp://shop[.]example/}. */
    static String defang(URI url) {
        String host = url.getHost() == null ? "" : url.getHost();
        return url.toString()
                .replaceFirst("^http", "hxxp")
                .replaceFirst(Pattern.quote(host), Matcher.quoteReplacement(host.replace(".", "[.]")));
    }

    /** {@code open-graph}, as exports name a field. */
    static String label(Field field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Text of unknown origin without control, format and bidirectional characters, which could rewrite the screen. */
    static String sanitise(String text) {
        StringBuilder plain = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean unsafe = Character.isISOControl(c) && c != '\n' || Character.getType(c) == Character.FORMAT;
            if (unsafe && plain == null) {
                plain = new StringBuilder(text);
            }
            if (unsafe && plain != null) {
                plain.setCharAt(at, '?');
            }
        }
        return plain == null ? text : plain.toString();
    }
}
