-- Changes of the job-config that people propose and others approve. Owned by org.markwatch.review.

create table watchlist_proposal (
    id           bigint generated always as identity primary key,
    kind         text        not null check (kind in ('seed', 'brand', 'indicator', 'merchant')),
    action       text        not null check (action in ('add', 'edit', 'retire')),
    file         text        not null, -- relative to the job-config folder
    entry_key    text        not null, -- key of the entry before the change; empty if it is added
    fields       jsonb       not null, -- values after the change by field
    diff         text        not null,
    base_sha256  text        not null, -- of the text of the file that the difference was made against
    after_sha256 text        not null,
    reason       text        not null check (reason <> ''),
    proposed_by  text        not null,
    proposed_at  timestamptz not null,
    -- approved: the file could not be written; outdated: the file was another one at the approval
    state        text        not null default 'open'
        check (state in ('open', 'approved', 'written', 'outdated', 'rejected', 'withdrawn')),
    decided_by   text,
    decided_at   timestamptz,
    note         text        not null default '',
    check ((state = 'open') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
    check (state = 'withdrawn' or lower(decided_by) <> lower(proposed_by))
);
create index watchlist_proposal_state on watchlist_proposal (state, id);
comment on table watchlist_proposal is 'Proposed changes of the job-config; owned by package review';
