package org.markwatch.crawl.fetch;

import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * The result of a request for a sitemap.
 *
 * @param content   decompressed bytes, empty if there are none
 * @param redirect  canonical URL that the server redirects to, or null
 * @param retryable a fault of the host, or null. The file is not requested again; unless the host asks for a longer
 *                  delay than the run waits for, the fault counts as a failed attempt of the page of the seed
 */
public record SitemapFile(byte[] content, @Nullable HttpUrl redirect, ExchangeResult.@Nullable Retryable retryable) {}
