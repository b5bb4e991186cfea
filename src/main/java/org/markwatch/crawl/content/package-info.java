/**
 * What the bytes of a response are: text or not, in which encoding, and how many of them may be in memory.
 *
 * <p>In: response bodies and the media types and file extensions that announce them. Out: a
 * {@link org.markwatch.crawl.Capture} with text, or the kind of content that is refused (rules T1, T3 and T5). The package
 * sends nothing and knows no site.
 */
@NullMarked
package org.markwatch.crawl.content;

import org.jspecify.annotations.NullMarked;
