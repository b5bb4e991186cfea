package org.markwatch.review.team;

import java.util.Arrays;
import java.util.List;
import org.markwatch.review.Permission;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Says who may see, propose and approve changes of which entries: operators the schedule, brand editors all others. */
public final class EntryAccess {
    private EntryAccess() {}

    private static Permission permission(EntryKind kind) {
        return kind == EntryKind.SCHEDULE ? Permission.RUN : Permission.EDIT_WATCHLIST;
    }

    /** @throws AccessDeniedException if the account may not change entries of a kind */
    public static void require(EntryKind kind, Authentication account) {
        if (!permission(kind).isHeldBy(account)) {
            throw new AccessDeniedException("requires " + permission(kind));
        }
    }

    /** Returns the kinds of entries that an account may change. */
    public static List<EntryKind> kinds(Authentication account) {
        return Arrays.stream(EntryKind.values())
                .filter(kind -> permission(kind).isHeldBy(account))
                .toList();
    }
}
