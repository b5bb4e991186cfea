package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A brand pack, {@code brands/*.yaml}: names, logos and hosts of a brand.
 *
 * @param id            key in lower case, unique in the watchlist, at most 64 characters
 * @param name          the brand's name as its owner writes it
 * @param aliases       other spellings, in any script; matched as whole words, without regard to case
 * @param ambiguous     those names, aliases, logo names and parts of official hosts that are short or also common words
 *                      ('Discover', {@code mc}); they count only with supporting context, such as other payment marks
 * @param logoNames     names of its logo in file names and image texts, without file extension; lower case, words
 *                      joined by '-'
 * @param logoClasses   CSS classes and sprite symbols of its logo, exact
 * @param officialHosts hosts or registrable domains of the brand, subdomains included; at least one
 * @param merchants     hosts that are authorised to show the brand
 * @param bank          whether the brand is a bank; the logo of a bank alone is no claim to accept its payments
 */
public record Brand(
        String id,
        String name,
        List<String> aliases,
        List<String> ambiguous,
        List<String> logoNames,
        List<String> logoClasses,
        List<String> officialHosts,
        List<AuthorisedMerchant> merchants,
        boolean bank) {
    public Brand {
        aliases = List.copyOf(aliases);
        ambiguous = List.copyOf(ambiguous);
        logoNames = List.copyOf(logoNames);
        logoClasses = List.copyOf(logoClasses);
        officialHosts = List.copyOf(officialHosts);
        merchants = List.copyOf(merchants);
    }

    /**
     * A host that is authorised to show the brand.
     *
     * @param host  host name, subdomains included
     * @param owner who granted the authorisation
     * @param until last day of the authorisation (UTC), or null if it does not expire
     */
    public record AuthorisedMerchant(
            String host, String owner, @Nullable LocalDate until) {}
}
