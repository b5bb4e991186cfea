package org.markwatch.queue;

/**
 * A target.
 *
 * @param days     number of days, 1 or more
 * @param business whether only business days count
 */
public record ServiceTarget(int days, boolean business) {
    public ServiceTarget {
        if (days < 1) {
            throw new IllegalArgumentException(
                    "review.targets=" + days + " days; must be at least 1, for example 1d or 5 business days");
        }
    }
}
