package org.markwatch.brand;

import java.util.Map;

/**
 * A brand with its features and their sum.
 *
 * @param values of the features that the page has, above 0 and at most 1
 */
public record WeighedImpersonation(Map<ImpersonationFeature, Double> values, Evidence evidence) {}
