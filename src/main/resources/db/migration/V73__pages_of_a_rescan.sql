-- How far a rescan is. Owned by org.markwatch.crawl.

alter table crawl_partition add column pages int; -- rescan: pages with kept text in the range when it was made
