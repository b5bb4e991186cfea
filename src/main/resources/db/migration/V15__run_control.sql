-- Who works on a run, and who wants it to end. Owned by org.markwatch.crawl.

alter table run
    -- grows with each start, so that what an earlier process still sends is not taken
    add column epoch int not null default 0,
    -- asked for in the console; the process that crawls looks at it
    add column stop_requested boolean not null default false;
