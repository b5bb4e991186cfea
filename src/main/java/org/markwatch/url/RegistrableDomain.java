package org.markwatch.url;

import crawlercommons.domains.EffectiveTldFinder;
import org.jspecify.annotations.Nullable;

/**
 * Registrable domains: a public suffix and one more label (publicsuffix.org, 'Formal Algorithm'). A suffix that the list
 * does not have, such as {@code internal}, counts as one label, which is the default rule of the list.
 */
public final class RegistrableDomain {
    private RegistrableDomain() {}

    /**
     * Returns the registrable domain of a host. Suffixes that firms offer, such as {@code github.io}, are public.
     *
     * @param host in lower-case ASCII
     * @return null for an address, a name of one label and a public suffix
     */
    public static @Nullable String of(String host) {
        return of(host, false);
    }

    /** Returns the same where suffixes that firms offer are no public ones, so that it is the domain of the firm. */
    public static @Nullable String ofRegistry(String host) {
        return of(host, true);
    }

    private static @Nullable String of(String host, boolean registriesOnly) {
        if (EffectiveTldFinder.getEffectiveTLD(host, registriesOnly) != null) {
            return EffectiveTldFinder.getAssignedDomain(host, true, registriesOnly);
        }
        int suffix = host.lastIndexOf('.');
        // the last label of a name is no number (WHATWG URL, 'ends in a number')
        boolean address = host.startsWith("[") || host.chars().skip(suffix + 1L).allMatch(Character::isDigit);
        return suffix <= 0 || address ? null : host.substring(host.lastIndexOf('.', suffix - 1) + 1);
    }
}
