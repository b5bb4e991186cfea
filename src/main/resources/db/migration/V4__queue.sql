-- Review items, the decisions on them and the audit. Owned by org.markwatch.queue.

create table item (
    id              bigint generated always as identity primary key,
    url             text        not null,
    -- URLs outgrow an index entry, so the page's identity is the hash of its URL
    url_sha256      text        not null unique,
    host            text        not null,
    title           text        not null,
    language        text        not null,
    score           integer     not null,
    severity        text        not null,
    -- 0 is the gravest severity of the policy that judged last
    precedence      integer     not null,
    lane            text        not null,
    state           text        not null check (state in ('new', 'reopened', 'decided')),
    brands          text[]      not null,
    evidence        jsonb       not null,
    ruleset_sha256  text        not null,
    evidence_sha256 text        not null,
    first_run       bigint      not null,
    last_run        bigint      not null,
    first_seen_at   timestamptz not null,
    last_seen_at    timestamptz not null,
    -- when it last began to wait for people: age is counted from here
    queued_at       timestamptz not null,
    claimed_by      text,
    claimed_at      timestamptz,
    claimed_until   timestamptz,
    -- the latest decision; in state reopened the earlier one, shown beside the new evidence
    decision_id     bigint,
    check ((claimed_by is null) = (claimed_until is null) and (claimed_by is null) = (claimed_at is null)),
    check (state <> 'decided' or (decision_id is not null and claimed_by is null))
);

create index item_waiting on item (lane, precedence, queued_at, id) where state <> 'decided';
create index item_order on item (precedence, queued_at, id);
create index item_claimed on item (claimed_by) where claimed_by is not null;

create table decision (
    id              bigint generated always as identity primary key,
    item_id         bigint      not null references item,
    verdict         text        not null,
    severity        text        not null,
    confidence      text        not null,
    reason          text        not null check (reason <> ''),
    note            text        not null,
    valid_until     date,
    duplicate_of    bigint references item,
    reviewer        text        not null,
    decided_at      timestamptz not null,
    -- what the reviewer saw
    evidence_sha256 text        not null,
    check ((verdict = 'authorised_merchant') = (valid_until is not null)),
    check ((verdict = 'duplicate_of') = (duplicate_of is not null)),
    check (duplicate_of <> item_id)
);

create index decision_item on decision (item_id, id);
alter table item add foreign key (decision_id) references decision;

-- What a run did to the queue, a row a page: a restarted run finds what it has done, and its counts come out right.
create table admission (
    run_id     bigint not null,
    url_sha256 text   not null,
    outcome    text   not null check (outcome in ('new', 'reopened', 'unchanged', 'suppressed')),
    primary key (run_id, url_sha256)
);

-- Skipped items are not handed to the same reviewer again until they are queued anew.
create table skip (
    item_id    bigint      not null references item on delete cascade,
    reviewer   text        not null,
    skipped_at timestamptz not null,
    primary key (item_id, reviewer)
);

create table audit (
    seq      bigint primary key,
    at       timestamptz not null,
    actor    text        not null,
    action   text        not null,
    subject  text        not null,
    -- kept as text, since the hash is over its characters
    details  text        not null check (details is json),
    previous text        not null,
    sha256   text        not null
);

create index audit_subject on audit (subject, seq);

-- The end of the chain. Its row lock makes writers take turns, and it tells a chain that was cut short.
create table audit_head (
    only_row boolean primary key default true check (only_row),
    seq      bigint not null,
    sha256   text   not null
);
insert into audit_head (seq, sha256) values (0, repeat('0', 64));

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'table % is append-only: % is refused', tg_table_name, tg_op;
end $$;

create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function refuse_change();
create trigger decision_append_only before update or delete or truncate on decision
    for each statement execute function refuse_change();
