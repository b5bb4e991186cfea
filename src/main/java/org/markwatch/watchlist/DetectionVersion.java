package org.markwatch.watchlist;

/**
 * Versions of the code that turns a page into a finding.
 *
 * <p>The code changes results as the rules do, so {@link RulesetHash} includes both versions: two builds that give
 * different results for a page never share a ruleset hash, and a build that gives the same results keeps the findings
 * of earlier nights. {@code GoldenOutputTest} fails when results of a fixed set of pages change under the same version.
 */
public final class DetectionVersion {
    /**
     * Version of the extraction, 1 or more. Raise it by one when the passages, links or traits of any page change, by
     * our code or by a library. The crawl then fetches each page in full once.
     */
    public static final int EXTRACTOR = 6;

    /**
     * Version of matching and scoring, 1 or more. Raise it by one when the matches or the score of any page change under
     * the same configuration. The crawl then analyses each page again, from kept text.
     */
    public static final int RULES = 18;

    private DetectionVersion() {}
}
