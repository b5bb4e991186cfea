-- Which processes work on a run, and what each has done. Owned by org.markwatch.crawl.

alter table worker
    add column started_at timestamptz not null default now(),
    add column run_id     bigint references run on delete cascade, -- null while it waits for a run
    add column leads      boolean     not null default false;      -- whether it has started the run

alter table crawl_partition add column done_by bigint; -- the worker that finished it; null before
