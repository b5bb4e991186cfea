package org.markwatch.crawl;

import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Spares what earlier runs have done already: a page that shows the same keeps its verdict as long as the rules are the same, and
 * is judged again from what was kept of it when they are not. For many threads.
 */
final class RevisitPolicy<R> {
    /** A page of more text, or of more links, is read in full every night, so that what waits to be committed stays small. */
    static final int MAX_PACKED_BYTES = 256 << 10;

    private final PageAnalyser<R> reader;
    private final PageHistoryStore pages;
    private final Predicate<URI> watched;
    private final int mostNights;
    private final Clock clock;
    private final UUID readBy;
    private final UUID rules;

    /**
     * @param watched    whether a page, by its final URL, is asked for every night
     * @param mostNights the longest that an unchanged page is not asked for; 1 for every night
     */
    RevisitPolicy(PageAnalyser<R> reader, PageHistoryStore pages, Predicate<URI> watched, int mostNights, Clock clock) {
        this.reader = reader;
        this.pages = pages;
        this.watched = watched;
        this.mostNights = mostNights;
        this.clock = clock;
        this.readBy = reader.extractorVersion();
        this.rules = reader.rulesVersion();
    }

    /** Whether what is kept of a page may lack what would be seen in it today, so that it must come in full. */
    boolean isOutdated(PageHistory known) {
        return !known.readBy().equals(readBy);
    }

    /** Whether a known page is to be asked for tonight. A seed always is: its site's news begin there. */
    boolean isDue(FrontierUrl url, PageHistory known) {
        return url.getDepth() == 0
                || isOutdated(known)
                || url.isRedirected()
                || known.schedule().intervalNights() > mostNights
                || !clock.instant().isBefore(known.dueAt())
                || watched.test(known.finalUrl());
    }

    /** What came of a page whose text came. */
    PageOutcome<R> outcomeFor(FrontierUrl url, Capture capture, PageAnalysis<R> reading, String links) {
        PageHistory known = url.history();
        PageContent<R> content = reading.content();
        String sha256 = content.sha256();
        boolean same = known != null && known.contentSha256().equals(sha256);
        PageOutcome.@Nullable StandingResult<R> standing = known != null && same ? known.reusableOutcome(rules) : null;
        RevisitSchedule revisit = known == null
                ? RevisitSchedule.EVERY_NIGHT
                : same
                        ? known.schedule().afterUnchanged(mostNights)
                        : known.schedule().afterChange();
        byte[] packed = same ? null : content.pack();
        boolean small = links.length() <= MAX_PACKED_BYTES && (packed == null || packed.length <= MAX_PACKED_BYTES);
        if (small) {
            PageHistory now = new PageHistory(
                    known == null ? Outlinks.DiscoveredUrl.hashOf(url.getURL()) : known.urlHash(),
                    capture.finalUrl(),
                    capture.truncated() ? Validators.NONE : Validators.of(capture.headers()),
                    capture.contentType(),
                    reading.textSha256(),
                    sha256,
                    readBy,
                    rules,
                    standing == null ? null : standing.run(),
                    revisit.due(capture.fetchedAt()),
                    revisit);
            url.historyUpdate(new PageHistoryUpdate(now, capture.fetchedAt(), links, packed));
        }
        return standing == null ? new PageOutcome.NewResult<>(content.applyRules()) : standing;
    }

    /** What came of a page that is what it was. */
    PageOutcome<R> outcomeFor(FrontierUrl url, Disposition.NotModified same) {
        PageHistory known = url.history();
        if (known == null) {
            throw new IllegalStateException(url + " is not modified, but no earlier run has read it");
        }
        PageOutcome.@Nullable StandingResult<R> standing = known.reusableOutcome(rules);
        boolean asked = same.status() != 0;
        if (asked || standing == null) {
            RevisitSchedule revisit = asked ? known.schedule().afterUnchanged(mostNights) : known.schedule();
            PageHistory now = new PageHistory(
                    known.urlHash(),
                    known.finalUrl(),
                    same.validators(),
                    known.contentType(),
                    known.textSha256(),
                    known.contentSha256(),
                    known.readBy(),
                    rules,
                    standing == null ? null : standing.run(),
                    asked ? revisit.due(same.at()) : known.dueAt(),
                    revisit);
            url.historyUpdate(new PageHistoryUpdate(now, null, null, null));
        }
        return standing == null
                ? new PageOutcome.NewResult<>(
                        reader.unpack(pages.packedContent(known)).applyRules())
                : standing;
    }
}
