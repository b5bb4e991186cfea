package org.markwatch.job;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.HostConnections;
import org.markwatch.crawl.store.HostRefusals;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.VisitRetention;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditRetention;
import org.markwatch.queue.ItemRetention;
import org.markwatch.queue.LegalHolds;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.score.FindingRetention;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Settings.RetentionSettings;

/**
 * Applies the retention settings. What a legal hold covers stays. Each purge appends a
 * certificate to the audit. The audit itself is purged only if it has a retention.
 */
public final class Retention {
    /** Audit action of a purge certificate; its subject is {@code retention}. */
    static final String PURGE = "retention.purge";

    private final KeptTextStore texts;
    private final VisitRetention visits;
    private final HostConnections connections;
    private final HostRefusals refusals;
    private final FindingRetention findings;
    private final ItemRetention items;
    private final ReviewQueue queue;
    private final AuditRetention auditEntries;
    private final LegalHolds holds;
    private final Runs runs;
    private final Audit audit;
    private final Clock clock;

    Retention(DataSource database, Runs runs, ReviewQueue queue, LegalHolds holds, Audit audit, Clock clock) {
        this.texts = new KeptTextStore(database);
        this.visits = new VisitRetention(database);
        this.connections = new HostConnections(database);
        this.refusals = new HostRefusals(database);
        this.findings = new FindingRetention(database);
        this.items = new ItemRetention(database, clock);
        this.auditEntries = new AuditRetention(database, audit);
        this.runs = runs;
        this.queue = queue;
        this.holds = holds;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a purge removes, in rows by kind of data.
     *
     * @param texts       kept texts of pages
     * @param visits      dispositions that a later run replaced
     * @param pages       known URLs without text
     * @param connections addresses and certificates of hosts, and counts of their refused URLs
     * @param findings    findings that no longer hold
     * @param items       decided and closed items that become tombstones
     * @param audit       entries of the audit
     */
    public record Purged(long texts, long visits, long pages, long connections, long findings, long items, long audit) {
        /** Whether nothing was purged that has no certificate of its own. */
        boolean isNothing() {
            return texts + visits + pages + connections + findings + items == 0;
        }
    }

    /** Returns what {@link #purge} would remove now; writes nothing. */
    public Purged preview(RetentionSettings settings) {
        Instant now = clock.instant();
        VisitRetention.Held held = held();
        long lastVisits = runs.lastStartedBefore(now.minus(settings.visits()));
        return new Purged(
                texts.countReadBefore(now.minus(settings.text()), held),
                visits.countVisits(now.minus(settings.visits()), held),
                visits.countPages(now.minus(settings.visits()), held),
                connections.count(lastVisits, hosts(held)) + refusals.count(lastVisits, hosts(held)),
                findings.count(lastToPurge(now.minus(settings.findings())), held.hosts(), held.urls()),
                items.count(now.minus(settings.items())),
                settings.audit() == null ? 0 : auditEntries.count(now.minus(settings.audit())));
    }

    /**
     * Purges data past its retention, in small transactions, and appends a certificate to the audit if anything was
     * purged. The caller holds the run lock and has no transaction.
     */
    public Purged purge(RetentionSettings settings) {
        Instant now = clock.instant();
        queue.forgetAdmissionsBefore(runs.latest().map(Runs.RunRecord::id).orElse(0L));
        VisitRetention.Held held = held();
        long lastVisits = runs.lastStartedBefore(now.minus(settings.visits()));
        Purged purged = new Purged(
                texts.deleteReadBefore(now.minus(settings.text()), held),
                visits.dropVisits(now.minus(settings.visits()), held),
                visits.deletePages(now.minus(settings.visits()), held),
                connections.delete(lastVisits, hosts(held)) + refusals.delete(lastVisits, hosts(held)),
                findings.delete(lastToPurge(now.minus(settings.findings())), held.hosts(), held.urls()),
                items.purge(now.minus(settings.items())),
                settings.audit() == null ? 0 : auditEntries.purge(now.minus(settings.audit())));
        if (!purged.isNothing()) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("texts", count(purged.texts(), now.minus(settings.text())));
            details.put("visits", count(purged.visits(), now.minus(settings.visits())));
            details.put("pages", count(purged.pages(), now.minus(settings.visits())));
            details.put("connections", count(purged.connections(), now.minus(settings.visits())));
            details.put("findings", count(purged.findings(), now.minus(settings.findings())));
            details.put("items", count(purged.items(), now.minus(settings.items())));
            details.put("holds", holds.active().size());
            audit.append(Audit.SYSTEM, PURGE, "retention", details);
        }
        return purged;
    }

    /**
     * Returns the last run whose ended findings are purged. The queue still has to read those that ended after the last
     * run that brought it up to date.
     */
    private long lastToPurge(Instant before) {
        return Math.min(runs.lastStartedBefore(before), runs.lastQueued(Long.MAX_VALUE));
    }

    private static Map<String, Object> count(long rows, Instant before) {
        return Map.of("rows", rows, "before", before.toString());
    }

    /** Returns the hosts that a hold covers, and those of the URLs that one covers. */
    private static Set<String> hosts(VisitRetention.Held held) {
        Set<String> hosts = new HashSet<>(held.hosts());
        held.urls().forEach(url -> hosts.add(HttpUrl.of(url).host()));
        return hosts;
    }

    private VisitRetention.Held held() {
        return new VisitRetention.Held(holds.heldHosts(), holds.heldUrls());
    }
}
