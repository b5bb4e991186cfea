package org.markwatch.queue;

import java.time.Instant;

/**
 * One link of the audit's chain.
 *
 * @param seq      1 for the first, without gaps
 * @param at       when, in whole microseconds
 * @param actor    who: an account name, or {@code system}
 * @param action   what was done, for example {@code item.claim}
 * @param subject  what it was done to, for example {@code item:12}
 * @param details  a JSON object
 * @param previous {@link #sha256} of the entry before, 64 zeros for the first
 * @param sha256   hex SHA-256 over all of the above
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

    /** The entry that follows the one whose hash is {@code previous}. */
    public static AuditEntry after(
            String previous, long seq, Instant at, String actor, String action, String subject, String details) {
        String sha256 = Sha256.ofFields(previous, Long.toString(seq), at.toString(), actor, action, subject, details);
        return new AuditEntry(seq, at, actor, action, subject, details, previous, sha256);
    }

    /** Whether the hash is that of the rest. */
    public boolean hasValidHash() {
        return equals(after(previous, seq, at, actor, action, subject, details));
    }
}
