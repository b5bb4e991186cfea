-- Lists and counts of the queue by lane, severity, host and state read these indexes and no row of the table. Brands and groups are
-- not in them: the lists of a page that names hundreds of brands are longer than an entry of an index may be.
drop index item_open, item_waiting, item_severity, item_decided, item_host, item_template, item_language, item_suffix;
create index item_open on item (precedence, queued_at, id) include (lane, severity, host, template_id, reviewed_by)
    where state in ('new', 'reopened');
create index item_waiting on item (lane, precedence, queued_at, id) include (severity, host, template_id, reviewed_by)
    where state in ('new', 'reopened');
create index item_severity on item (severity, precedence, queued_at, id) include (lane, host, template_id, reviewed_by)
    where state in ('new', 'reopened');
create index item_language on item (language, precedence, queued_at, id) include (lane, host, template_id, reviewed_by)
    where state in ('new', 'reopened');
create index item_suffix on item (suffix, precedence, queued_at, id) include (lane, host, template_id, reviewed_by)
    where state in ('new', 'reopened');
create index item_host on item (host, precedence, queued_at, id) include (lane, severity, reviewed_by)
    where state in ('new', 'reopened');
create index item_template on item (template_id, precedence, queued_at, id) include (lane, severity, reviewed_by)
    where state in ('new', 'reopened');
create index item_decided on item (precedence, queued_at, id) include (lane, severity, host, template_id) where state = 'decided';
