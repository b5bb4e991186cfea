-- The tables of the program in a new database, as the migrations up to version 33 leave them in an old one; SchemaIT compares both.

-- Runs and what they know of the web. Owned by org.markwatch.crawl. ---------------------------------------------------

create table run (
    id             bigint generated always as identity primary key,
    started_at     timestamptz not null,
    ended_at       timestamptz,
    status         text        not null check (status in ('running', 'complete', 'stopped', 'failed')),
    ruleset_sha256 text        not null, -- at its first start
    kind           text        not null default 'nightly' check (kind in ('nightly', 'rescan')),
    epoch          int         not null default 0,     -- grows with each start, so that what an earlier process still sends is not taken
    stop_requested boolean     not null default false, -- by the console; the process that crawls reads it
    filled         boolean     not null default false, -- whether its frontier holds every page that was due at its start
    queued         boolean     not null default false  -- whether its findings have been admitted to the queue
);

-- Each start of a run, with the ruleset that it applied.
create table run_execution (
    n              bigint generated always as identity primary key,
    run_id         bigint      not null references run on delete cascade,
    started_at     timestamptz not null,
    ruleset_sha256 text        not null
);
create index run_execution_run on run_execution (run_id);

-- Counts that pages do not show, for example requests by kind and references that are never requested.
create table run_count (
    run_id bigint not null references run on delete cascade,
    about  text   not null,
    name   text   not null,
    n      bigint not null,
    primary key (run_id, about, name)
);

create table seed (
    id    int generated always as identity primary key,
    url   text   not null unique,
    terms text   not null default '', -- scope and limits under which its links were divided last
    known bigint not null default 0,  -- its URLs in table page
    texts bigint not null default 0   -- those whose disposition is fetched or not-modified
);

create table run_seed (
    run_id bigint not null references run on delete cascade,
    seed   int    not null references seed,
    known  int    not null default 0, -- URLs that have been in the frontier
    done   int    not null default 0, -- those that have left it
    asked  int    not null default 0, -- visits that count for max_pages
    texts  int    not null default 0, -- pages with text, asked or not
    primary key (run_id, seed)
);

create table page (
    id               bigint generated always as identity primary key,
    url_hash         uuid     not null unique, -- the first 128 bits of the SHA-256 of the canonical URL
    url              text     not null,
    host             text     not null, -- scheme, host and port: the politeness key
    seed             int      not null references seed,
    depth            smallint not null,
    priority         smallint not null, -- higher first
    first_run        bigint   not null,
    -- the current disposition; all null before the first visit
    run_id           bigint,      -- run that recorded it; later runs found the same
    disposition      text check (disposition in ('fetched', 'not-modified', 'redirected', 'refused', 'disallowed', 'failed')),
    final_url        text,        -- last URL of the redirect chain; null if it is the URL itself
    kind             text,        -- what was refused
    cause            text,        -- class of a failure
    reason           text,        -- one line for people
    status           smallint,
    content_type     text,
    charset          text,
    bytes            int,
    truncated        boolean,
    text_sha256      text,
    fetched_at       timestamptz,
    tls              text,
    robots_authority text,
    check ((run_id is null) = (disposition is null))
);

create index page_run on page (run_id);

comment on column page.tls is 'fault of the certificate of the host that answered; null if it has none, and for http';
comment on column page.robots_authority is
    'authority by which it was requested although robots.txt disallows it; null if nothing was disregarded';

-- Narrow, because each request updates a row; half of each block is free, so that the update stays in it (HOT).
create table schedule (
    page_id   bigint primary key references page on delete cascade,
    due_at    timestamptz not null,
    read_at   timestamptz,       -- when its text last came
    unchanged smallint not null check (unchanged >= 0), -- times in a row that it was found the same
    nights    smallint not null check (nights >= 1)     -- from one request to the next
) with (fillfactor = 50);

-- Dispositions that a later run replaced. A month is one partition.
create table visit (
    page_id          bigint      not null,
    run_id           bigint      not null, -- first run with this disposition
    to_run           bigint      not null, -- run that found another
    replaced_at      timestamptz not null,
    disposition      text        not null,
    final_url        text,
    kind             text,
    cause            text,
    reason           text,
    status           smallint    not null,
    content_type     text,
    charset          text,
    bytes            int         not null,
    truncated        boolean     not null,
    text_sha256      text,
    fetched_at       timestamptz not null,
    tls              text,
    robots_authority text
) partition by range (replaced_at);
create index visit_page on visit (page_id, run_id);

-- Visits that found a page as it was: a row for each commit and status. A month is one partition.
create table revisit (
    run_id bigint      not null,
    at     timestamptz not null,
    status smallint    not null,
    pages  bigint[]    not null
) partition by range (at);
create index revisit_run on revisit (run_id);

-- URLs that the current run has still to visit. A new run empties it.
create table frontier (
    page_id  bigint   primary key,
    host     text     not null,
    priority smallint not null,
    seed     int      not null
);
-- next URLs of a host, at the same cost however many are known
create index frontier_next on frontier (host, priority desc, page_id);
create index frontier_seed on frontier (seed);

create table page_text (
    page_id       bigint primary key references page on delete cascade,
    etag          text,       -- validators as the server sent them (RFC 9110 section 8.8)
    last_modified text,
    content_type  text     not null,
    text_sha256   text     not null,
    seen_sha256   bytea    not null check (length(seen_sha256) = 32), -- of what the rules see
    shell         boolean  not null,
    read_by       uuid     not null, -- version of the extraction
    rules         uuid     not null, -- names what it was judged by
    run_id        bigint   references run on delete set null, -- run that judged it; null if that run has been deleted
    links         text     not null, -- canonical URLs, one a line
    seen          bytea    not null  -- what the rules see, packed; package extract defines the form
);
-- packed already; PostgreSQL need not try
alter table page_text alter column seen set storage external;
-- pages that other rules or another extraction read
create index page_text_version on page_text (rules, read_by);

-- Verdicts of the rules. Owned by org.markwatch.score. ---------------------------------------------------------------

create table finding (
    id              bigint generated always as identity primary key,
    url_sha256      bytea   not null check (length(url_sha256) = 32),
    from_run        bigint  not null, -- run that judged the page
    to_run          bigint,           -- first run in which the finding no longer holds; null while it holds
    url             text    not null,
    title           text    not null,
    language        text    not null,
    score           int     not null check (score >= 0),
    severity        text    not null,
    lane            text    not null,
    flagged         boolean not null,
    suppressed      text    not null,
    brand_uses      jsonb   not null,
    reasons         jsonb   not null,
    ruleset_sha256  text    not null,
    evidence_sha256 text    not null,
    dropped         int     not null default 0 check (dropped >= 0),
    matches         int     not null check (matches >= 0),
    unique (url_sha256, from_run),
    check (to_run > from_run)
);
-- findings that hold in a run, and their counts
create index finding_range on finding (from_run, to_run) include (flagged, matches);
create index finding_suppressed on finding (from_run, to_run) where suppressed <> '';
-- findings to purge
create index finding_ended on finding (to_run) where to_run is not null;

comment on table finding is 'Verdict of the rules on a page with a match, over a range of runs; owned by package score';
comment on column finding.score is 'points, 0 or more; no probability';
comment on column finding.suppressed is 'why it is not queued although it has marks, or empty';
comment on column finding.dropped is 'matches beyond the most that are kept of one page';
comment on column finding.matches is 'rows in page_match';

create table page_match (
    finding_id bigint not null references finding on delete cascade,
    ordinal    int    not null,
    rule       text   not null,
    kind       text   not null,
    brand      text,
    weight     int    not null,
    field      text   not null,
    start_at   int    not null check (start_at >= 0),
    end_at     int    not null check (end_at >= start_at),
    matched    text   not null,
    primary key (finding_id, ordinal)
);
comment on table page_match is 'Places where a rule fired, background rules too; owned by package score';
comment on column page_match.start_at is 'offset in characters (UTF-16 units) of the text of the field';

create table page_trait (
    finding_id bigint not null references finding on delete cascade,
    trait      text   not null,
    primary key (finding_id, trait)
);
create index page_trait_by_trait on page_trait (trait);
comment on table page_trait is 'Kind, colon and value: dom:0123456789abcdef, ga4:G-1A2B3C4D5E; owned by package score';

-- Review items, the decisions on them and the audit. Owned by org.markwatch.queue. ------------------------------------

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
    sampled_at      timestamptz, -- when the page was queued as a sample; null for an item that a run flagged first
    purged_at       timestamptz, -- when its text was purged; it is a tombstone then: its key, states and decisions stay
    check ((claimed_by is null) = (claimed_until is null) and (claimed_by is null) = (claimed_at is null)),
    check (state <> 'decided' or (decision_id is not null and claimed_by is null))
);

create index item_waiting on item (lane, precedence, queued_at, id) where state <> 'decided';
create index item_order on item (precedence, queued_at, id);
create index item_claimed on item (claimed_by) where claimed_by is not null;
create index item_sampled on item (sampled_at) where sampled_at is not null;

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
    outcome    text   not null check (outcome in ('new', 'reopened', 'unchanged', 'suppressed', 'sampled')),
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

-- The key by which pages that the rules hold back are chosen for review. The owner of a page cannot know it.
create table sample_key (
    only_row boolean primary key default true check (only_row),
    key      bytea   not null check (length(key) = 32)
);
insert into sample_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
comment on table sample_key is 'Random key of the sample of held-back pages; owned by package queue';

create table held_back (
    run_id bigint not null,
    reason text   not null,
    pages  bigint not null check (pages > 0),
    primary key (run_id, reason)
);
comment on table held_back is 'Number of pages with evidence that a run did not queue, by reason; owned by package queue';

create table held_back_page (
    run_id bigint not null,
    url    text   not null,
    reason text   not null,
    points int    not null check (points >= 0),
    brands text[] not null,
    groups text[] not null
);
comment on table held_back_page is 'Held-back pages with the most points, of the last run only; owned by package queue';

-- The summaries of runs. Owned by org.markwatch.report. --------------------------------------------------------------

create table run_summary (
    run_id   bigint      primary key,
    ended_at timestamptz not null,
    -- the JSON of RunSummary: the same that `run --json` writes
    summary  jsonb       not null
);

-- Who may sign in to the console. Owned by org.markwatch.review. ----------------------------------------------------

create table account (
    name        text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    role        text        not null check (role in ('reviewer', 'lead', 'admin')),
    password    text        not null,
    created_at  timestamptz not null,
    disabled_at timestamptz, -- null while it may sign in
    version     int         not null default 0 -- grows with every change: a session that began under another version ends
);
