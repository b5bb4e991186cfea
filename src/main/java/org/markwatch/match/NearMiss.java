package org.markwatch.match;

/**
 * A rule that had no say, and how little was missing.
 *
 * @param rule {@code id@version} of an indicator, {@code brand:ID@RULE}, or a key of the policy such as {@code review_from}
 * @param why  what was there and what was missing; may quote the page
 */
public record NearMiss(String rule, String why) {}
