package org.markwatch.review;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.markwatch.queue.AuditEntry;

/**
 * An audit entry as shown in the console.
 *
 * @param kind   CSS class of the action, for example {@code item-claim}
 * @param details audit details by name, in words
 * @param sha256 first 12 characters of the hash of the entry
 */
record HistoryEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String kind,
        String subject,
        Map<String, String> details,
        String sha256) {
    private static final String WITHHELD = "withheld";
    private static final List<String> USUAL = List.of(
            "account.add",
            "account.disable",
            "account.enable",
            "account.end",
            "account.lanes",
            "account.link",
            "account.link.open",
            "account.lock",
            "account.password",
            "account.password.blocked",
            "account.password.refused",
            "account.reset",
            "account.roles",
            "account.settings",
            "account.unlock",
            "action.choose",
            "action.done",
            "action.packet",
            "audit.purge",
            "audit.verify",
            "audit.view",
            "calibration.add",
            "calibration.retire",
            "cluster.decide",
            "cluster.read",
            "cluster.undo",
            "cluster.view",
            "database.backup",
            "database.restore",
            "export",
            "hold.place",
            "hold.release",
            "item.assign",
            "item.assign.refused",
            "item.benign",
            "item.claim",
            "item.close",
            "item.decide",
            "item.free",
            "item.move",
            "item.read",
            "item.release",
            "item.reopen",
            "item.reveal",
            "item.skip",
            "item.undo",
            "item.view",
            "queue.search",
            "retention.purge",
            "robots.ignore",
            "run.attest",
            "run.start",
            "run.stop",
            "sign-in",
            "sign-in.blocked",
            "sign-in.refused",
            "sign-out",
            "token.create",
            "token.revoke",
            "watchlist.approve",
            "watchlist.propose",
            "watchlist.reject",
            "watchlist.try",
            "watchlist.withdraw",
            "watchlist.write");

    /** Returns the usual actions, sorted. */
    static List<String> actions() {
        return USUAL;
    }

    static HistoryEntry of(AuditEntry entry, ConsoleWords words) {
        return new HistoryEntry(
                entry.seq(),
                entry.at(),
                DisplayText.escape(entry.actor()),
                entry.isWithheld() ? WITHHELD : entry.action(),
                entry.action().replace('.', '-'),
                DisplayText.escape(entry.subject()),
                AuditDetails.of(entry.details(), words),
                entry.sha256().substring(0, 12));
    }
}
