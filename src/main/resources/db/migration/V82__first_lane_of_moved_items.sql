-- The lane from which people moved an item first, so that counts by the lane of findings follow moves. Owned by org.markwatch.queue.

alter table item add column moved_from text; -- null unless lane_kept
update item i set moved_from = (
    select details::json ->> 'from' from audit a where a.subject = 'item:' || i.id and a.action = 'item.move' order by a.seq limit 1)
 where lane_kept;
