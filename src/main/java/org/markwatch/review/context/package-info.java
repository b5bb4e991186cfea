/**
 * What the page of an item shows around its evidence: what changed since the last decision, similar items, the history of
 * the page and its host, and the outline of the page.
 *
 * <p>In: the item, its clusters, and records of the crawl through {@link org.markwatch.review.context.PageSurroundings}. Out:
 * sections of the page. Text of the page is masked until it is revealed.
 */
@NullMarked
@NamedInterface("context")
package org.markwatch.review.context;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
