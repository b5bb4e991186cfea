-- Parts of a run that processes work on at the same time. Owned by org.markwatch.crawl.

create table worker (
    id          bigint generated always as identity primary key,
    name        text        not null, -- machine and process
    renewed_at  timestamptz not null,
    lease_until timestamptz not null  -- until then it may send requests
);

create table crawl_partition (
    run_id bigint   not null references run on delete cascade,
    number smallint not null,               -- of the registrable domains of its seeds
    epoch  int      not null default 0,     -- fencing token, grows with each claim
    worker bigint,                          -- who has claimed it; null if nobody has, or it was given back
    done   boolean  not null default false, -- whether each of its URLs has its disposition
    primary key (run_id, number)
);

alter table run_seed add column partition smallint not null default 0;
alter table frontier add column partition smallint not null default 0;
drop index frontier_seed;
-- hosts of a partition, and the rest of a seed
create index frontier_partition on frontier (partition, seed, host);

-- an unfinished run is one partition
insert into crawl_partition (run_id, number)
select id, 0 from run where kind = 'nightly' and filled and status not in ('complete', 'unread');
