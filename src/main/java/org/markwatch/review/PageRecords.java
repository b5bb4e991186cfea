package org.markwatch.review;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the console may know of how a page was read and judged. Whoever starts the console with runs beside it provides it. */
public interface PageRecords {
    /** The last visit of a page up to a run that text came of; empty if its record has been deleted. */
    Optional<FetchDetails> lastFetch(URI page, long run);

    /** What fired on a page in a run; empty if its record has been deleted. */
    Optional<AnalysisDetails> analysis(URI page, long run);

    /**
     * A visit. What comes of the page is in it as the server sent it: escape it wherever it is shown.
     *
     * @param run             the run of the visit
     * @param url             the URL that was asked for; another than the page's if it was redirected
     * @param at              when
     * @param status          HTTP status; 304 if the server said that nothing has changed, 0 if the page was not due to be asked for
     * @param contentType     media type, or empty
     * @param bytes           decoded body bytes read
     * @param truncated       whether the text was cut short
     * @param certificate     what is wrong with the certificate; empty if nothing is
     * @param robotsAuthority by whose authority robots.txt was disregarded; empty if it was not
     * @param textReadAt      when the text came that is kept; null if none is
     */
    record FetchDetails(
            long run,
            URI url,
            Instant at,
            int status,
            String contentType,
            int bytes,
            boolean truncated,
            String certificate,
            String robotsAuthority,
            @Nullable Instant textReadAt) {}

    /**
     * What fired.
     *
     * @param run     the run that judged: an earlier one, if its verdict stood
     * @param dropped matches that were found and not kept, since there were too many
     * @param rules   every rule of which a match was kept
     */
    record AnalysisDetails(long run, int dropped, List<RuleHits> rules) {
        public AnalysisDetails {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule that fired.
     *
     * @param rule   rule@version
     * @param brand  brand id, or empty
     * @param weight points before caps; 0 for one in the background
     * @param fields parts of the page
     * @param count  how often
     */
    record RuleHits(String rule, String brand, int weight, List<String> fields, int count) {
        public RuleHits {
            fields = List.copyOf(fields);
        }
    }
}
