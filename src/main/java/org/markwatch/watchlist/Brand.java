package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A brand pack: how a member's mark is written, drawn and hosted.
 *
 * @param id            short lower-case key, unique in the watchlist
 * @param name          the brand as its owner writes it
 * @param aliases       other ways to write it, in any script; matched as whole words, in any case
 * @param ambiguous     the names, aliases and logo names that are also common words or short ('Discover', 'Visa' in travel,
 *                      {@code mc}): by themselves they say nothing, beside other payment marks they count
 * @param logoNames     file-name stems and image words that name its logo, lower case, words joined by '-'
 * @param logoClasses   CSS class and sprite tokens that draw its logo, exact
 * @param officialHosts registrable domains or hosts that are the brand's own; subdomains included
 * @param merchants     hosts that may show the mark
 * @param bank          whether it is a bank: unlike that of a card or a wallet, its logo alone says of nobody that he takes it
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
     * A host that may show the mark.
     *
     * @param host  host name; subdomains included
     * @param owner who granted it
     * @param until last day of the grant (UTC), or null if it does not lapse
     */
    public record AuthorisedMerchant(
            String host, String owner, @Nullable LocalDate until) {}
}
