-- Each start of a run, with the ruleset that it applied. Owned by org.markwatch.crawl.

create table run_execution (
    n              bigint generated always as identity primary key,
    run_id         bigint      not null references run on delete cascade,
    started_at     timestamptz not null,
    ruleset_sha256 text        not null
);
create index run_execution_run on run_execution (run_id);

insert into run_execution (run_id, started_at, ruleset_sha256) select id, started_at, ruleset_sha256 from run order by id;
