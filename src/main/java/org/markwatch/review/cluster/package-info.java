/**
 * The screens of clusters: items that have something in common, and decisions on many of them at once.
 *
 * <p>In: clusters and items of the queue. Out: a list of clusters, a page for each, and bulk decisions. Text of crawled pages is
 * masked as on the page of an item.
 */
@NullMarked
package org.markwatch.review.cluster;

import org.jspecify.annotations.NullMarked;
