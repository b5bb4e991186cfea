-- Items that people moved to another lane than that of their finding, to leave them out where findings are counted. Owned by org.markwatch.queue.
create index item_moved on item (lane) where lane_kept;
