-- A lane and a severity together, which filter most lists, and the items of a host or structure in any state: without these, a list
-- by both reads the rows of a whole lane, and one of decided items reads all of them for each structure that it shows.
create index item_lane_severity on item (lane, severity, precedence, queued_at, id) include (host, template_id, reviewed_by)
    where state in ('new', 'reopened');
drop index item_host_all;
create index item_host_all on item (host, precedence, queued_at, id) include (state, lane, reviewed_by);
create index item_template_all on item (template_id, precedence, queued_at, id) include (state, lane, reviewed_by);
