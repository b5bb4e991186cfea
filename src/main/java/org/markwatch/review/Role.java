package org.markwatch.review;

import static org.markwatch.review.Permission.DECIDE;
import static org.markwatch.review.Permission.EDIT_WATCHLIST;
import static org.markwatch.review.Permission.MANAGE_ACCOUNTS;
import static org.markwatch.review.Permission.OVERRULE;
import static org.markwatch.review.Permission.READ_AUDIT;
import static org.markwatch.review.Permission.REVEAL;
import static org.markwatch.review.Permission.RUN;
import static org.markwatch.review.Permission.SEE_RESTRICTED;
import static org.markwatch.review.Permission.SEE_RUNS;
import static org.markwatch.review.Permission.SEE_TEAM;
import static org.markwatch.review.Permission.VIEW_ITEMS;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.Sentence;

/** Roles of accounts. An account has one or more, and the permissions of all of them. */
public enum Role {
    /** Looks at the queue and at masked items. */
    VIEWER(VIEW_ITEMS, SEE_RUNS),
    /** Reviews items. */
    REVIEWER(VIEW_ITEMS, SEE_RUNS, REVEAL, DECIDE),
    /** Reviews items, those of restricted lanes too. */
    CHILD_SAFETY_REVIEWER(VIEW_ITEMS, SEE_RUNS, REVEAL, DECIDE, SEE_RESTRICTED),
    /** Reviews items, and leads the reviewers. Sees restricted lanes only with {@link #CHILD_SAFETY_REVIEWER}. */
    SUPERVISOR(VIEW_ITEMS, SEE_RUNS, REVEAL, DECIDE, OVERRULE, SEE_TEAM, READ_AUDIT),
    /** Maintains seeds, brands, indicators and merchants. */
    BRAND_EDITOR(VIEW_ITEMS, SEE_RUNS, EDIT_WATCHLIST),
    /** Operates the installation: starts and stops runs, and changes their schedule. Sees no items. */
    OPERATOR(SEE_RUNS, RUN),
    /** Manages accounts and reads the audit. Sees no items. */
    ADMINISTRATOR(SEE_RUNS, READ_AUDIT, MANAGE_ACCOUNTS);

    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.copyOf(Arrays.asList(permissions));
    }

    /** Returns the permissions of an account with these roles. */
    public static Set<Permission> permissions(Collection<Role> roles) {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions));
        return all;
    }

    /** Returns the name on the command line, in tables and on screens, for example {@code child-safety-reviewer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names of all roles, separated by commas. */
    public static String labels() {
        return labels(List.of(values()));
    }

    /** Returns the names of roles in their order, separated by commas. */
    public static String labels(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::label).collect(Collectors.joining(", "));
    }

    /**
     * Returns the role with this {@link #label}.
     *
     * @throws IllegalArgumentException if there is none; the message says what is allowed
     */
    public static Role of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new EntryException(
                        Sentence.of("refusal.role-must-be-one", DisplayText.escape(label), labels())));
    }
}
