package org.markwatch.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * Gives the console the stored records of a page: how it was fetched and what its analysis found. An application that
 * has the crawl database provides this bean; without it the console shows no such records.
 */
public interface PageRecords {
    /** Returns the last fetch with text of a page, in a run or an earlier one; empty if there is no record of one. */
    Optional<FetchDetails> lastFetch(HttpUrl page, long run);

    /** Returns the rules that matched on a page in a run; empty if the run has no finding of the page. */
    Optional<AnalysisDetails> analysis(HttpUrl page, long run);

    /**
     * A fetch of a page. Its texts are as the server sent them: escape them wherever they are displayed.
     *
     * @param run             run of the fetch
     * @param url             requested URL; differs from the URL of the page after a redirect
     * @param at              time of the fetch
     * @param status          HTTP status; 304 if the page was not modified, 0 if the page was not due and was not
     *                        requested
     * @param contentType     media type, or empty
     * @param bytes           decoded body bytes read
     * @param truncated       whether the body was truncated at its limit
     * @param certificate     faults of the certificate
     * @param robotsAuthority who authorised ignoring robots.txt; empty if robots.txt was obeyed
     * @param textReadAt      when the kept text was fetched; null if no text is kept
     */
    record FetchDetails(
            long run,
            HttpUrl url,
            Instant at,
            int status,
            String contentType,
            int bytes,
            boolean truncated,
            CertificateFaults certificate,
            String robotsAuthority,
            @Nullable Instant textReadAt) {}

    /**
     * The analysis of a page.
     *
     * @param run     run that analysed the page; an earlier one if text and rules were the same
     * @param dropped matches above the limit for one page, which were not stored
     * @param rules   every rule with a stored match
     */
    record AnalysisDetails(long run, int dropped, List<RuleHits> rules) {
        public AnalysisDetails {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The matches of a rule on a page.
     *
     * @param rule   rule@version
     * @param brand  brand id, or empty
     * @param weight points before caps; 0 for background indicators
     * @param fields fields of the page that have a match
     * @param count  number of matches
     */
    record RuleHits(String rule, String brand, int weight, List<String> fields, int count) {
        public RuleHits {
            fields = List.copyOf(fields);
        }
    }
}
