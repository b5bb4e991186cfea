package org.markwatch.queue.cluster;

import org.markwatch.queue.ClusterKind;

/**
 * Items that have something in common. Its value comes from crawled pages: escape it wherever it is displayed.
 *
 * @param id    number of the cluster
 * @param kind  what its items have in common
 * @param value 16 hex digits of a fingerprint, {@code provider:id}, {@code format:number}, or a host name
 */
public record ItemCluster(long id, ClusterKind kind, String value) {}
