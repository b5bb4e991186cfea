-- What a run came to, kept after its pages are purged. Owned by org.markwatch.report.

create table run_summary (
    run_id   bigint      primary key,
    ended_at timestamptz not null,
    -- the JSON of RunSummary: the same that `run --json` writes
    summary  jsonb       not null
);
