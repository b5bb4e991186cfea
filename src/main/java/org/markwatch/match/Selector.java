package org.markwatch.match;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/**
 * Names a value of a page's metadata, and says what it must be.
 *
 * <p>{@code meta:NAME} is a meta element by its name or property ({@code meta:generator}, {@code meta:og:site_name}).
 * {@code jsonld:PATH} is a value of JSON-LD, microdata or RDFa by the last names of its path, each a key or the type of the
 * object that has the next: {@code jsonld:price}, {@code jsonld:offers.price} and {@code jsonld:Offer.price} all mean the price of
 * {@code {"@type": "Product", "offers": {"@type": "Offer", "price": 5}}}; {@code *} is any path. Case does not matter.
 *
 * @param jsonLd whether {@code path} is one of JSON-LD; one name otherwise
 * @param path   lower case, at least one name
 * @param value  what has to be found in the value, null for any value
 */
record Selector(boolean jsonLd, List<String> path, @Nullable RegexRule value) {
    private static final String META = "meta:";
    private static final String JSON_LD = "jsonld:";

    Selector {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException if the pattern is none; names the rule */
    static Selector of(String rule, String pattern) {
        int tilde = pattern.indexOf('~');
        String name =
                (tilde < 0 ? pattern : pattern.substring(0, tilde)).strip().toLowerCase(Locale.ROOT);
        RegexRule value = tilde < 0
                ? null
                : new RegexRule(rule, pattern.substring(tilde + 1).strip());
        if (name.startsWith(META)) {
            return new Selector(false, List.of(name.substring(META.length())), value);
        }
        if (name.startsWith(JSON_LD)) {
            return new Selector(true, List.of(name.substring(JSON_LD.length()).split("\\.")), value);
        }
        throw new IllegalArgumentException(
                "indicator " + rule + ": pattern=" + pattern + "; must begin with meta: or jsonld:");
    }

    /** The name that a value must have, lower case. */
    String name() {
        return path.getLast();
    }

    /** The name of a value. */
    static String nameOf(Passage passage) {
        String detail = passage.detail();
        return passage.field() == Field.JSON_LD ? detail.substring(detail.lastIndexOf('.') + 1) : detail;
    }

    /** @param passage a value of that {@link #name()} */
    boolean selects(Passage passage, JsonLdTypes types) {
        if (jsonLd != (passage.field() == Field.JSON_LD)) {
            return false;
        }
        String at = passage.detail();
        for (int name = path.size() - 2; name >= 0; name--) {
            String wanted = path.get(name);
            if (wanted.equals("*")) {
                return true;
            }
            if (at.isEmpty()) {
                return false;
            }
            // the object that has the value, by its path
            at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
            if (!at.substring(at.lastIndexOf('.') + 1).equalsIgnoreCase(wanted) && !types.has(at, wanted)) {
                return false;
            }
        }
        return true;
    }
}
