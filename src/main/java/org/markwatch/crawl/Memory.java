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
final class Memory<R> {
    /** A page of more text, or of more links, is read in full every night, so that what waits to be committed stays small. */
    static final int MOST_PACKED_BYTES = 256 << 10;

    private final PageReader<R> reader;
    private final KnownPages pages;
    private final Predicate<URI> watched;
    private final int mostNights;
    private final Clock clock;
    private final UUID readBy;
    private final UUID rules;

    /**
     * @param watched    whether a page, by its final URL, is asked for every night
     * @param mostNights the longest that an unchanged page is not asked for; 1 for every night
     */
    Memory(PageReader<R> reader, KnownPages pages, Predicate<URI> watched, int mostNights, Clock clock) {
        this.reader = reader;
        this.pages = pages;
        this.watched = watched;
        this.mostNights = mostNights;
        this.clock = clock;
        this.readBy = reader.name();
        this.rules = reader.rules();
    }

    /** Whether what is kept of a page may lack what would be seen in it today, so that it must come in full. */
    boolean isOutdated(Known known) {
        return !known.readBy().equals(readBy);
    }

    /** Whether a known page is to be asked for tonight. A seed always is: its site's news begin there. */
    boolean isDue(FrontierUrl url, Known known) {
        return url.getDepth() == 0
                || isOutdated(known)
                || url.redirected()
                || known.revisit().nights() > mostNights
                || !clock.instant().isBefore(known.dueAt())
                || watched.test(known.finalUrl());
    }

    /** What came of a page whose text came. */
    Verdict<R> verdict(FrontierUrl url, Capture capture, Reading<R> reading, String links) {
        Known known = url.known();
        PageContent<R> content = reading.content();
        String sha256 = content.sha256();
        boolean same = known != null && known.seenSha256().equals(sha256);
        Verdict.@Nullable Standing<R> standing = known != null && same ? known.standing(rules) : null;
        Revisit revisit = known == null
                ? Revisit.EVERY_NIGHT
                : same ? known.revisit().afterSame(mostNights) : known.revisit().afterChange();
        byte[] packed = same ? null : content.pack();
        boolean small = links.length() <= MOST_PACKED_BYTES && (packed == null || packed.length <= MOST_PACKED_BYTES);
        if (small) {
            Known now = new Known(
                    known == null ? Outlinks.Found.hashOf(url.getURL()) : known.hash(),
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
            url.learned(new Learned(now, capture.fetchedAt(), links, packed));
        }
        return standing == null ? new Verdict.Fresh<>(content.judge()) : standing;
    }

    /** What came of a page that is what it was. */
    Verdict<R> verdict(FrontierUrl url, Fetch.NotModified same) {
        Known known = url.known();
        if (known == null) {
            throw new IllegalStateException(url + " is not modified, but no earlier run has read it");
        }
        Verdict.@Nullable Standing<R> standing = known.standing(rules);
        boolean asked = same.status() != 0;
        if (asked || standing == null) {
            Revisit revisit = asked ? known.revisit().afterSame(mostNights) : known.revisit();
            Known now = new Known(
                    known.hash(),
                    known.finalUrl(),
                    same.validators(),
                    known.contentType(),
                    known.textSha256(),
                    known.seenSha256(),
                    known.readBy(),
                    rules,
                    standing == null ? null : standing.run(),
                    asked ? revisit.due(same.at()) : known.dueAt(),
                    revisit);
            url.learned(new Learned(now, null, null, null));
        }
        return standing == null
                ? new Verdict.Fresh<>(reader.unpack(pages.packed(known)).judge())
                : standing;
    }
}
