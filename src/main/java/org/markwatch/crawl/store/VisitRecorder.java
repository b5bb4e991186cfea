package org.markwatch.crawl.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.revisit.NextVisit;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.PageHistoryUpdate;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.url.HttpUrl;

/**
 * Records ended visits, their page histories and their counts. A URL whose text came from another URL is an alias: its
 * text, history and schedule belong to the page that it leads to. Uses the transaction of the calling thread.
 */
public final class VisitRecorder {
    private final VisitStore store;
    private final PageHistoryStore histories;

    public VisitRecorder(VisitStore store, PageHistoryStore histories) {
        this.store = store;
        this.histories = histories;
    }

    /**
     * Records visits.
     *
     * @param visits the visits
     * @param urls   their URLs, in the same order
     * @param counts receives the counts of the visits
     */
    public void record(
            List<? extends Visit<?>> visits,
            List<FrontierUrl> urls,
            Instant now,
            Map<CrawlCounters.CounterKey, Long> counts) {
        Map<HttpUrl, Long> targets = store.addTargets(targets(visits, urls));
        Map<Long, EndedVisit> ended = new LinkedHashMap<>();
        Map<HttpUrl, PageHistoryUpdate> updates = new LinkedHashMap<>();
        List<Long> withoutHistory = new ArrayList<>();
        Set<HostConnection> connections = new HashSet<>();
        for (int i = 0; i < urls.size(); i++) {
            FrontierUrl url = urls.get(i);
            Visit<?> visit = visits.get(i);
            PageHistoryUpdate update = url.historyUpdate();
            if (update != null) {
                updates.put(update.history().finalUrl(), update);
            }
            NextVisit revisit = url.nextVisit();
            if (revisit == null) {
                continue; // nothing was requested: the page is not due, and other rules were applied to its text
            }
            if (url.connection() != null && !url.connection().isEmpty()) {
                connections.add(url.connection());
            }
            count(visit.disposition(), counts);
            Disposition disposition = visit.disposition();
            HttpUrl text = textUrl(url, disposition);
            if (text != null) {
                long target = Objects.requireNonNull(targets.get(text), "addTargets returns every target");
                ended.put(target, ended(target, text, url, visit, disposition, revisit));
                disposition = new Disposition.Redirected(text, disposition.at());
                count(disposition, counts);
                if (update == null) {
                    withoutHistory.add(target);
                }
            }
            ended.putIfAbsent(url.id(), ended(url.id(), url.url(), url, visit, disposition, revisit));
            if (url.history() != null && (disposition.endsText() || disposition.hasText() && update == null)) {
                withoutHistory.add(url.id());
            }
        }
        store.record(List.copyOf(ended.values()), now);
        histories.save(List.copyOf(updates.values()));
        histories.delete(withoutHistory);
        store.recordConnections(connections);
    }

    /** Records URLs of files other than pages as refused; they are not requested. */
    void refuseFiles(
            Map<FrontierUrl, Disposition.RefusalKind> files, Instant now, Map<CrawlCounters.CounterKey, Long> counts) {
        List<EndedVisit> refused = new ArrayList<>(files.size());
        files.forEach((url, kind) -> {
            Disposition.Refused disposition = Disposition.Refused.notRequested(kind, url.url(), now);
            RevisitSchedule schedule = new RevisitSchedule(0, RevisitSchedule.FILE_NIGHTS);
            refused.add(new EndedVisit(
                    url.id(), url.url(), disposition, null, null, null, null, schedule, schedule.due(now)));
            count(disposition, counts);
        });
        store.record(refused, now);
    }

    /** Adds refused URLs to the counts of a run. */
    static void countRefused(
            Disposition.RefusalKind kind, long urls, long bytes, Map<CrawlCounters.CounterKey, Long> counts) {
        if (urls > 0) {
            counts.merge(new CrawlCounters.CounterKey("page", "refused"), urls, Long::sum);
            counts.merge(new CrawlCounters.CounterKey("refused", kind.name()), urls, Long::sum);
            counts.merge(new CrawlCounters.CounterKey("refused-bytes", kind.name()), bytes, Long::sum);
        }
    }

    private static void count(Disposition disposition, Map<CrawlCounters.CounterKey, Long> counts) {
        if (disposition instanceof Disposition.Refused refused) {
            countRefused(refused.kind(), 1, refused.bytes(), counts);
            return;
        }
        counts.merge(new CrawlCounters.CounterKey("page", disposition.label()), 1L, Long::sum);
        if (disposition instanceof Disposition.Fetched(Capture capture)) {
            counts.merge(
                    new CrawlCounters.CounterKey("bytes", capture.contentType()), (long) capture.bytes(), Long::sum);
        }
    }

    private static List<DiscoveredUrl> targets(List<? extends Visit<?>> visits, List<FrontierUrl> urls) {
        Map<HttpUrl, DiscoveredUrl> targets = new HashMap<>();
        for (int i = 0; i < urls.size(); i++) {
            FrontierUrl url = urls.get(i);
            HttpUrl text = textUrl(url, visits.get(i).disposition());
            if (text != null) {
                targets.put(
                        text, DiscoveredUrl.page(text, url.site(), url.depth()).withPriority(url.priority()));
            }
        }
        return List.copyOf(targets.values());
    }

    /** Returns the URL that served the text of a visit if it is not the visited one, else null. */
    private static @Nullable HttpUrl textUrl(FrontierUrl url, Disposition disposition) {
        return disposition instanceof Disposition.Fetched(Capture capture)
                        && !capture.finalUrl().equals(url.url())
                ? capture.finalUrl()
                : null;
    }

    private static EndedVisit ended(
            long page, HttpUrl pageUrl, FrontierUrl url, Visit<?> visit, Disposition disposition, NextVisit revisit) {
        PageHistory known = disposition instanceof Disposition.NotModified ? url.history() : null;
        return new EndedVisit(
                page,
                pageUrl,
                disposition,
                known != null ? known.textSha256() : disposition.hasText() ? visit.textSha256() : null,
                known == null ? null : known.contentType(),
                url.tlsFault(),
                url.robotsAuthority(),
                revisit.schedule(),
                revisit.dueAt());
    }
}
