package org.markwatch.match;

import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.LogoAt;

/**
 * A place at which a page may say that it accepts a brand. Whether it does is decided by {@link AcceptanceEvidence}.
 *
 * @param passage the passage
 * @param start   offset of the name or mark in the passage
 * @param end     offset after its last character
 * @param brand   index of the brand
 * @param rule    rule of the match, for example {@code icons}
 * @param route   how it is said
 * @param names   the names of the passage; null for marks, links, forms and scripts
 * @param name    index of the name among these
 * @param logo    the mark; null for all others
 */
record AcceptanceClaim(
        Passage passage,
        int start,
        int end,
        int brand,
        String rule,
        ClaimRoute route,
        @Nullable NamesInText names,
        int name,
        @Nullable LogoAt logo) {
    static AcceptanceClaim ofName(NamesInText names, int name, String rule, ClaimRoute route) {
        PageSigns.Name of = names.get(name);
        return new AcceptanceClaim(
                names.passage, of.start(), of.end(), of.brand(), of.rule(rule), route, names, name, null);
    }

    static AcceptanceClaim ofLogo(Passage passage, LogoAt at, String rule, ClaimRoute route) {
        return new AcceptanceClaim(
                passage, at.logo().start(), at.logo().end(), at.logo().brand(), rule, route, null, 0, at);
    }

    static AcceptanceClaim ofReference(Passage passage, PageSigns.Owned reference, String rule, ClaimRoute route) {
        return new AcceptanceClaim(
                passage, reference.start(), reference.end(), reference.brand(), rule, route, null, 0, null);
    }
}
