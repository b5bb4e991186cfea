package org.markwatch.crawl.frontier;

/** How many URLs the hosts of a frontier hold in memory. */
final class WindowSize {
    /** Approximate limit of the URLs in memory, over all hosts: about 30 MB. */
    private static final int MAX_LOADED_URLS = 50_000;

    private static final int MAX = 32;
    /** Enough URLs to keep a host with a politeness delay busy while a refill is running. */
    private static final int MIN = 4;

    /**
     * Hosts in memory up to which the URLs of a new host are added to its window; those of others, and of a resumed
     * partition, stay in the store.
     */
    static final int MAX_HOSTS_WITHOUT_REFILL = 5_000;

    private WindowSize() {}

    /** Returns the number of URLs that each active host holds, from 4 to 32: the more hosts, the fewer. */
    static int of(int hosts) {
        return Math.clamp(MAX_LOADED_URLS / Math.max(1, hosts), MIN, MAX);
    }
}
