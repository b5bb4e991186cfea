package org.markwatch.crawl;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of the cookies that an answer sets (RFC 6265 section 4.1.1). They tell which shop or payment software a site runs.
 * Values are for the visitor, and may be a secret: they are not looked at, and nothing is sent back.
 */
final class SetCookie {
    private static final Pattern NAME = Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})\\s*=");
    private static final int LONGEST = 2_000;

    private SetCookie() {}

    static Optional<String> name(@Nullable String header) {
        Matcher name = NAME.matcher(header == null ? "" : header);
        return name.lookingAt() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** The names known so far and one more; beyond {@value #LONGEST} characters the rest of a hostile answer is dropped. */
    static String join(String names, String name) {
        return names.length() + name.length() < LONGEST ? names + ' ' + name : names;
    }
}
