-- How long people work on items, and the lanes that they leave out. Owned by org.markwatch.queue.

-- One row for an account: no history of anybody's working time is kept.
create table exposure (
    account     text primary key,
    day         date        not null, -- in the time zone of the schedule
    today_ms    bigint      not null check (today_ms >= 0),
    unbroken_ms bigint      not null check (unbroken_ms >= 0), -- since the last break
    last_at     timestamptz not null, -- last activity
    break_until timestamptz           -- null if no break is due
);
comment on table exposure is 'Time that an account has worked on items today and since its last break; owned by package queue';

create table lane_opt_out (
    account text not null,
    lane    text not null,
    primary key (account, lane)
);
comment on table lane_opt_out is 'Lanes from which an account is dealt no item; owned by package queue';
