package org.markwatch.crawl.revisit;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.PageContent;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Validators;
import org.markwatch.url.HttpUrl;

/**
 * Decides which pages a run requests again, and reuses the results of earlier runs.
 *
 * <p>An unchanged page keeps its earlier result if the rules are unchanged. If the rules have changed, the stored
 * content of the page is analysed again. Thread-safe.
 */
public final class RevisitPolicy<R> {
    /**
     * Largest serialised content, and largest text of links, that is stored, in bytes and characters. It bounds the
     * memory of visits that wait for their commit. For a larger page no history is stored, so every run fetches it in
     * full.
     */
    static final int MAX_PACKED_BYTES = 256 << 10;

    private final PageAnalyser<R> analyser;
    private final LongFunction<byte[]> packedContent;
    private final Set<HttpUrl> alwaysDue;
    private final int maxNights;
    private final Clock clock;
    private final UUID extractorVersion;
    private final UUID rules;

    /**
     * The result of a visit with text.
     *
     * @param outcome result of the rules
     * @param next    when the page is due again; null if it was not requested
     * @param history update of its page history, null if there is none
     */
    public record VisitResult<R>(
            PageOutcome<R> outcome,
            @Nullable NextVisit next,
            @Nullable PageHistoryUpdate history) {}

    /**
     * Creates a policy.
     *
     * @param packedContent reads the stored content of a page by its id
     * @param alwaysDue final URLs of the pages that every nightly run requests
     * @param maxNights  largest number of nights between two requests for an unchanged page, at least 1
     */
    public RevisitPolicy(
            PageAnalyser<R> analyser,
            LongFunction<byte[]> packedContent,
            Set<HttpUrl> alwaysDue,
            int maxNights,
            Clock clock) {
        this.analyser = analyser;
        this.packedContent = packedContent;
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
    public boolean isOutdated(PageHistory page) {
        return !page.extractorVersion().equals(extractorVersion);
    }

    /**
     * Returns whether this run requests a page that has a history. Seeds are always due, because new pages are linked
     * there.
     *
     * @param seed       whether the URL is that of a seed
     * @param redirected whether the visit has followed a redirect
     */
    public boolean isDue(boolean seed, boolean redirected, PageHistory page) {
        return isAlwaysDue(seed, page.finalUrl())
                || isOutdated(page)
                || redirected
                || page.schedule().intervalNights() > maxNights
                || !clock.instant().isBefore(page.dueAt());
    }

    private boolean isAlwaysDue(boolean seed, HttpUrl page) {
        return seed || alwaysDue.contains(page);
    }

    /** Returns when a page is due again; one that is always due is due in the next run, whatever its schedule. */
    private NextVisit next(boolean seed, HttpUrl page, RevisitSchedule schedule, Instant requestedAt) {
        return new NextVisit(schedule, isAlwaysDue(seed, page) ? requestedAt : schedule.due(requestedAt));
    }

    /** Returns when a URL whose visit ended without text is visited again. */
    public NextVisit nextWithoutText(boolean seed, HttpUrl url, EarlierVisits earlier, Disposition disposition) {
        RevisitSchedule schedule = earlier.schedule()
                .withoutText(disposition, disposition.label().equals(earlier.disposition()), maxNights);
        return next(seed, url, schedule, disposition.at());
    }

    /**
     * Returns the result for a fetched page.
     *
     * @param history page history of the URL that served the text, or null
     * @param links canonical URLs that the page links to, one per line
     */
    public VisitResult<R> resultOf(
            boolean seed, @Nullable PageHistory history, Capture capture, PageAnalysis<R> analysis, String links) {
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
        PageHistoryUpdate update = null;
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
            update = new PageHistoryUpdate(now, links, PageHistoryUpdate.joinCounts(analysis.references()), packed);
        }
        return new VisitResult<>(
                reusable == null ? new PageOutcome.NewResult<>(content.applyRules(), unchanged) : reusable,
                next(seed, capture.finalUrl(), schedule, capture.fetchedAt()),
                update);
    }

    /**
     * Returns the result for an unchanged page.
     *
     * @param page id of the page
     * @throws IllegalStateException if the stored content of the page is missing
     */
    public VisitResult<R> resultOf(boolean seed, long page, PageHistory history, Disposition.NotModified notModified) {
        PageOutcome.@Nullable EarlierResult<R> reusable = history.reusableOutcome(rules);
        boolean requested = notModified.status() != 0;
        RevisitSchedule schedule = requested ? history.schedule().afterUnchanged(maxNights) : history.schedule();
        PageHistoryUpdate update = null;
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
            update = new PageHistoryUpdate(now, null, null, null);
        }
        return new VisitResult<>(
                reusable == null
                        ? new PageOutcome.NewResult<>(
                                analyser.unpack(packedContent.apply(page)).applyRules(), true)
                        : reusable,
                requested ? next(seed, history.finalUrl(), schedule, notModified.at()) : null,
                update);
    }
}
