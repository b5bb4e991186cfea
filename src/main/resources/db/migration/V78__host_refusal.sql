-- URLs of a host that were refused, by reason, for the item page: counted once when a run ends, since an index on the host of a page
-- would be 60 bytes for each page. Owned by org.markwatch.crawl.
create table host_refusal (
    host   text   not null, -- scheme, host and port
    run_id bigint not null, -- run that refused them for the first time, or after another disposition
    reason text   not null, -- kind of content, address, scope or limit; disallowed by robots.txt
    urls   int    not null check (urls > 0),
    primary key (host, run_id, reason)
);
create index host_refusal_run on host_refusal (run_id);
