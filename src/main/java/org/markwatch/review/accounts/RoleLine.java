package org.markwatch.review.accounts;

import java.util.Arrays;
import java.util.List;
import org.markwatch.review.Role;

/**
 * A role as the form offers it.
 *
 * @param meaning what accounts with it do, in a few words
 */
record RoleLine(String label, String meaning) {
    static List<RoleLine> all() {
        return Arrays.stream(Role.values())
                .map(role -> new RoleLine(role.label(), meaning(role)))
                .toList();
    }

    private static String meaning(Role role) {
        return switch (role) {
            case VIEWER -> "looks at masked items";
            case REVIEWER -> "reviews items";
            case CHILD_SAFETY_REVIEWER -> "reviews items, those of restricted lanes too";
            case SUPERVISOR -> "reviews items, leads reviewers, reads the audit";
            case BRAND_EDITOR -> "maintains brands, indicators, seeds and merchants";
            case OPERATOR -> "starts and stops runs; sees no items";
            case ADMINISTRATOR -> "manages accounts, reads the audit; sees no items";
        };
    }
}
