package org.markwatch.crawl.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the names of the cookies that a response sets (RFC 6265 section 4.1.1). They indicate the shop or payment
 * software of a site. Values may be secret: they are neither stored nor sent back.
 */
final class SetCookie {
    private static final Pattern NAME = Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})\\s*=");
    private static final int MAX_NAMES_LENGTH = 2_000;

    private SetCookie() {}

    /** Returns the cookie name of a Set-Cookie value, empty if the value is null or malformed. */
    static Optional<String> name(@Nullable String header) {
        Matcher name = NAME.matcher(header == null ? "" : header);
        return name.lookingAt() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /**
     * Appends a name to a list of names, separated by a space. Drops it if the list would exceed
     * {@value #MAX_NAMES_LENGTH} characters.
     */
    static String join(String names, String name) {
        return names.length() + name.length() < MAX_NAMES_LENGTH ? names + ' ' + name : names;
    }
}
