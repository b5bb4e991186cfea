-- What workers on other machines need of a run, and what they have done. Owned by org.markwatch.crawl.

alter table crawl_partition
    add column visited  int not null default 0, -- URLs whose visits have been committed
    add column analysed int not null default 0; -- those whose text the rules were applied to

create table run_config (
    run_id bigint primary key references run on delete cascade,
    files  bytea  not null -- the job-config without keys, as a zip
);
