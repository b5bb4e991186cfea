-- Partitions of a rescan: ranges of pages with kept text. Owned by org.markwatch.crawl.

alter table crawl_partition
    add column after_key bigint, -- rescan: the last page that has been analysed, or the one before the first
    add column last_key  bigint; -- rescan: the last page of the range
