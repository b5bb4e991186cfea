package org.markwatch.extract;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Whether markup hides what is being read: {@code hidden}, {@code template} and inline style. Style sheets are not applied,
 * and {@code aria-hidden} hides nothing from the eye.
 */
final class Visibility {
    private @Nullable Element root;

    boolean hidden() {
        return root != null;
    }

    void open(Element element, String name) {
        if (root == null && hides(element, name)) {
            root = element;
        }
    }

    void close(Element element) {
        if (element == root) {
            root = null;
        }
    }

    private static boolean hides(Element element, String name) {
        if (name.equals("template")) {
            // A declarative shadow root is shown (HTML 4.12.3); any other template waits for a script.
            return !element.hasAttr("shadowrootmode");
        }
        if (element.attributesSize() == 0) {
            return false;
        }
        return element.attributes().hasKey("hidden")
                || hides(element.attributes().get("style"));
    }

    private static boolean hides(String style) {
        if (style.isEmpty() || style.length() > Passages.MAX_VALUE) {
            return false;
        }
        for (String declaration : style.toLowerCase(java.util.Locale.ROOT).split(";")) {
            int colon = declaration.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String value =
                    declaration.substring(colon + 1).replace("!important", "").strip();
            boolean hides = switch (declaration.substring(0, colon).strip()) {
                case "display" -> value.equals("none");
                case "visibility" -> value.equals("hidden") || value.equals("collapse");
                case "font-size", "opacity" -> isZero(value);
                case "left", "top", "text-indent", "margin-left" -> isFarAway(value);
                default -> false;
            };
            if (hides) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(String value) {
        return value.matches("0*(\\.0+)?(px|em|rem|pt|%)?") && value.indexOf('0') >= 0;
    }

    /** {@code -9999px} and the like: moved off the screen. */
    private static boolean isFarAway(String value) {
        return value.matches("-\\d{4,}(\\.\\d+)?(px|em|rem|pt)");
    }
}
