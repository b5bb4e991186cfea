package org.markwatch.queue;

/**
 * What reviewers found on pages that were held back and sampled, which measures what the rules miss.
 *
 * @param sampled pages in the sample
 * @param decided pages of it with a decision that says whether the page shows misuse: neither undetermined nor duplicate
 * @param hits    decided pages that show misuse
 * @param low     lower end of the 95 % score interval (Wilson 1927) of {@code hits} in {@code decided}, 0 to 1
 * @param high    upper end of that interval
 */
public record SampleResult(long sampled, long decided, long hits, double low, double high) {}
