-- How data ends: legal holds, tombstones of items, and findings that no longer hold. Owned by org.markwatch.queue, except the index.

create table legal_hold (
    id          bigint generated always as identity primary key,
    item_id     bigint references item,
    host        text,                 -- in lower case, without port
    reason      text        not null check (reason <> ''),
    placed_by   text        not null,
    placed_at   timestamptz not null,
    released_by text,
    released_at timestamptz,          -- null while it holds
    check ((item_id is null) <> (host is null)),
    check ((released_at is null) = (released_by is null))
);
create index legal_hold_active on legal_hold (id) where released_at is null;

-- An item whose text has been purged is a tombstone: its key, states and decisions stay.
alter table item add column purged_at timestamptz;

-- findings to purge; owned by org.markwatch.score
create index finding_ended on finding (to_run) where to_run is not null;
