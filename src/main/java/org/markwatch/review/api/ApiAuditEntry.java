package org.markwatch.review.api;

import java.time.Instant;
import org.markwatch.queue.AuditEntry;

/**
 * An entry of the audit chain.
 *
 * @param details a JSON object as text, since the hash is over its characters
 */
record ApiAuditEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        String details,
        String previous,
        String sha256) {
    static ApiAuditEntry of(AuditEntry entry) {
        return new ApiAuditEntry(
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.details(),
                entry.previous(),
                entry.sha256());
    }
}
