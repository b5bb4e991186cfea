package org.markwatch.crawl;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * Decides which pages a run requests again, and reuses the results of earlier runs.
 *
 * <p>An unchanged page keeps its earlier result if the rules are unchanged. If the rules have changed, the stored
 * content of the page is analysed again. Thread-safe.
 */
final class RevisitPolicy<R> {
    /**
     * Largest serialised content, and largest text of links, that is stored, in bytes and characters. It bounds the
     * memory of visits that wait for their commit. For a larger page no history is stored, so every run fetches it in
     * full.
     */
    static final int MAX_PACKED_BYTES = 256 << 10;

    private final PageAnalyser<R> analyser;
    private final PageHistoryStore pages;
    private final Set<HttpUrl> alwaysDue;
    private final int maxNights;
    private final Clock clock;
    private final UUID extractorVersion;
    private final UUID rules;

    /**
     * Creates a policy.
     *
     * @param alwaysDue final URLs of the pages that every nightly run requests
     * @param maxNights  largest number of nights between two requests for an unchanged page, at least 1
     */
    RevisitPolicy(
            PageAnalyser<R> analyser, PageHistoryStore pages, Set<HttpUrl> alwaysDue, int maxNights, Clock clock) {
        this.analyser = analyser;
        this.pages = pages;
        this.alwaysDue = alwaysDue;
        this.maxNights = maxNights;
        this.clock = clock;
        this.extractorVersion = analyser.extractorVersion();
        this.rules = analyser.rulesVersion();
    }

    /**
     * Returns whether another version of the extraction produced the stored content, so that the page must be fetched
     * in full.
     */
    boolean isOutdated(PageHistory page) {
        return !page.extractorVersion().equals(extractorVersion);
    }

    /**
     * Returns whether this run requests a page that has a history. Seeds are always due, because new pages are linked
     * there.
     */
    boolean isDue(FrontierUrl url, PageHistory page) {
        return isAlwaysDue(url, page.finalUrl())
                || isOutdated(page)
                || url.isRedirected()
                || page.schedule().intervalNights() > maxNights
                || !clock.instant().isBefore(page.dueAt());
    }

    private boolean isAlwaysDue(FrontierUrl url, HttpUrl page) {
        return url.getDepth() == 0 || alwaysDue.contains(page);
    }

    /** Returns when a page is due again; one that is always due is due in the next run, whatever its schedule. */
    private FrontierUrl.Revisit revisit(FrontierUrl url, HttpUrl page, RevisitSchedule schedule, Instant requestedAt) {
        return new FrontierUrl.Revisit(schedule, isAlwaysDue(url, page) ? requestedAt : schedule.due(requestedAt));
    }

    /** Sets when a URL whose visit ended without text is visited again. */
    void scheduleWithoutText(FrontierUrl url, Disposition disposition) {
        FrontierUrl.Past past = url.past();
        RevisitSchedule schedule =
                past.schedule().withoutText(disposition, disposition.label().equals(past.disposition()), maxNights);
        url.revisit(revisit(url, url.url(), schedule, disposition.at()));
    }

    /**
     * Returns the result for a fetched page, and sets the history update of its visit and when it is due again.
     *
     * @param links canonical URLs that the page links to, one per line
     */
    PageOutcome<R> outcomeFor(FrontierUrl url, Capture capture, PageAnalysis<R> analysis, String links) {
        PageHistory history = url.isRedirected() ? null : url.history();
        PageContent<R> content = analysis.content();
        String sha256 = content.sha256();
        boolean unchanged = history != null && history.contentSha256().equals(sha256);
        PageOutcome.@Nullable EarlierResult<R> reusable =
                history != null && unchanged ? history.reusableOutcome(rules) : null;
        RevisitSchedule schedule = history == null
                ? RevisitSchedule.EVERY_NIGHT
                : unchanged
                        ? history.schedule().afterUnchanged(maxNights)
                        : history.schedule().afterChange();
        url.revisit(revisit(url, capture.finalUrl(), schedule, capture.fetchedAt()));
        byte[] packed = unchanged ? null : content.pack();
        boolean isStored = links.length() <= MAX_PACKED_BYTES && (packed == null || packed.length <= MAX_PACKED_BYTES);
        if (isStored) {
            PageHistory now = new PageHistory(
                    capture.finalUrl(),
                    capture.truncated() ? Validators.NONE : Validators.of(capture.headers()),
                    capture.contentType(),
                    analysis.textSha256(),
                    sha256,
                    analysis.shell(),
                    extractorVersion,
                    rules,
                    reusable == null ? null : reusable.run(),
                    schedule.due(capture.fetchedAt()),
                    schedule);
            url.historyUpdate(new PageHistoryUpdate(now, links, packed));
        }
        return reusable == null ? new PageOutcome.NewResult<>(content.applyRules()) : reusable;
    }

    /**
     * Returns the result for an unchanged page, and sets the history update of its visit if there is one, and when the
     * page is due again if it was requested.
     *
     * @throws IllegalStateException if the page has no history, or its stored content is missing
     */
    PageOutcome<R> outcomeFor(FrontierUrl url, Disposition.NotModified notModified) {
        PageHistory history = url.history();
        if (history == null) {
            throw new IllegalStateException(url + " is not modified, but has no page history");
        }
        PageOutcome.@Nullable EarlierResult<R> reusable = history.reusableOutcome(rules);
        boolean requested = notModified.status() != 0;
        RevisitSchedule schedule = requested ? history.schedule().afterUnchanged(maxNights) : history.schedule();
        if (requested) {
            url.revisit(revisit(url, history.finalUrl(), schedule, notModified.at()));
        }
        if (requested || reusable == null) {
            PageHistory now = new PageHistory(
                    history.finalUrl(),
                    notModified.validators(),
                    history.contentType(),
                    history.textSha256(),
                    history.contentSha256(),
                    history.shell(),
                    history.extractorVersion(),
                    rules,
                    reusable == null ? null : reusable.run(),
                    requested ? schedule.due(notModified.at()) : history.dueAt(),
                    schedule);
            url.historyUpdate(new PageHistoryUpdate(now, null, null));
        }
        return reusable == null
                ? new PageOutcome.NewResult<>(
                        analyser.unpack(pages.packedContent(url.id())).applyRules())
                : reusable;
    }
}
