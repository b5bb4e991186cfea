-- What operators see of runs. host_failure is owned by org.markwatch.report, the other tables by org.markwatch.queue.

-- Failed URLs of a run by host and cause.
create table host_failure (
    run_id bigint not null references run on delete cascade,
    host   text   not null, -- scheme, host and port; '' for all hosts
    cause  text   not null,
    pages  bigint not null,
    primary key (run_id, host, cause)
);
comment on table host_failure is 'Of the latest 100 runs, at most 500 rows each besides those of all hosts';

-- How far the queue step of a run is.
create table queue_progress (
    run_id   bigint      primary key,
    findings bigint      not null, -- that the step compares with the queue
    done     bigint      not null,
    at       timestamptz not null
);

-- New items of a run by lane and payment method.
create table item_trend (
    run_id bigint not null,
    lane   text   not null,
    method text   not null, -- '' for all items; an item may have several methods
    items  bigint not null,
    primary key (run_id, lane, method)
);
insert into item_trend (run_id, lane, method, items) select first_run, lane, '', count(*) from item group by first_run, lane;

create index item_first_run on item (first_run);
create index decision_at on decision (decided_at);
