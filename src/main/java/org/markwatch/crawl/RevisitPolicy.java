package org.markwatch.crawl;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
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
    private final Predicate<HttpUrl> alwaysDue;
    private final int maxNights;
    private final Clock clock;
    private final UUID extractorVersion;
    private final UUID rules;

    /**
     * Creates a policy.
     *
     * @param alwaysDue whether a page, by its final URL, is requested in every nightly run
     * @param maxNights  largest number of nights between two requests for an unchanged page, at least 1
     */
    RevisitPolicy(
            PageAnalyser<R> analyser,
            PageHistoryStore pages,
            Predicate<HttpUrl> alwaysDue,
            int maxNights,
            Clock clock) {
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
        return url.getDepth() == 0
                || isOutdated(page)
                || url.isRedirected()
                || page.schedule().intervalNights() > maxNights
                || !clock.instant().isBefore(page.dueAt())
                || alwaysDue.test(page.finalUrl());
    }

    /**
     * Returns the result for a fetched page, and sets the history update of its visit.
     *
     * @param links canonical URLs that the page links to, one per line
     */
    PageOutcome<R> outcomeFor(FrontierUrl url, Capture capture, PageAnalysis<R> analysis, String links) {
        PageHistory history = url.history();
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
        byte[] packed = unchanged ? null : content.pack();
        boolean isStored = links.length() <= MAX_PACKED_BYTES && (packed == null || packed.length <= MAX_PACKED_BYTES);
        if (isStored) {
            PageHistory now = new PageHistory(
                    history == null ? Outlinks.DiscoveredUrl.hashOf(url.getURL()) : history.urlHash(),
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
            url.historyUpdate(new PageHistoryUpdate(now, capture.fetchedAt(), links, packed));
        }
        return reusable == null ? new PageOutcome.NewResult<>(content.applyRules()) : reusable;
    }

    /**
     * Returns the result for an unchanged page, and sets the history update of its visit if there is one.
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
        if (requested || reusable == null) {
            RevisitSchedule schedule = requested ? history.schedule().afterUnchanged(maxNights) : history.schedule();
            PageHistory now = new PageHistory(
                    history.urlHash(),
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
            url.historyUpdate(new PageHistoryUpdate(now, null, null, null));
        }
        return reusable == null
                ? new PageOutcome.NewResult<>(
                        analyser.unpack(pages.packedContent(history)).applyRules())
                : reusable;
    }
}
