-- Runs that failed, and scheduled runs that did not start. Owned by org.markwatch.report.

create table run_failure (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    run_id bigint      references run on delete cascade, -- null for a scheduled run that did not start
    reason text        not null check (length(reason) <= 1000)
);

comment on table run_failure is 'The latest 100 failures, for status; owned by package report';
