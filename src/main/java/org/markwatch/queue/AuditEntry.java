package org.markwatch.queue;

import java.time.Instant;

/**
 * One entry of the audit chain.
 *
 * <p>An entry that its reader may not know yet is withheld: it has its number, time and hashes only.
 *
 * @param seq      number of the entry, 1 for the first, without gaps
 * @param at       time, in whole microseconds
 * @param actor    account name, or {@code system}
 * @param action   what was done, for example {@code item.claim}
 * @param subject  what the action applied to, for example {@code item:12}
 * @param details  a JSON object
 * @param previous {@link #sha256} of the previous entry, 64 zeros for the first
 * @param sha256   hex SHA-256 over all components above
 */
public record AuditEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        String details,
        String previous,
        String sha256) {

    /** Creates the entry that follows the one whose hash is {@code previous}, and computes its hash. */
    public static AuditEntry after(
            String previous, long seq, Instant at, String actor, String action, String subject, String details) {
        String sha256 = Sha256.ofFields(previous, Long.toString(seq), at.toString(), actor, action, subject, details);
        return new AuditEntry(seq, at, actor, action, subject, details, previous, sha256);
    }

    /** Returns whether the reader may not know yet what the entry records. */
    public boolean isWithheld() {
        return action.isEmpty();
    }

    /** Returns whether {@link #sha256} is the hash of the other components. */
    public boolean hasValidHash() {
        return equals(after(previous, seq, at, actor, action, subject, details));
    }
}
