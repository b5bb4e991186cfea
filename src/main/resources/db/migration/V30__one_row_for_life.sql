-- Pages and findings have one row for life. A night writes what it asked for and what changed.
-- Owned by org.markwatch.crawl, except the findings, which org.markwatch.score owns.

alter table page rename to old_page;
alter index page_pkey rename to old_page_pkey;
alter table frontier rename to old_frontier;
alter index frontier_pkey rename to old_frontier_pkey;
alter table run_seed rename to old_run_seed;
alter index run_seed_pkey rename to old_run_seed_pkey;

drop index page_run, page_redirected, page_deferred;

alter table run
    add column filled boolean not null default false, -- whether its frontier holds every page that was due at its start
    add column queued boolean not null default false; -- whether its findings have been admitted to the queue
update run set queued = true where status = 'complete';

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

-- the latest state of each URL; a page behind a redirect is asked for again and then has a row of its own
insert into seed (url) select distinct url from old_run_seed;
insert into page (url_hash, url, host, seed, depth, priority, first_run, run_id, disposition, final_url, kind, cause, reason,
    status, content_type, charset, bytes, truncated, text_sha256, fetched_at, tls, robots_authority)
select url_hash, url, host, seed, depth, priority, first_run, case when stands then run_id end, case when stands then disposition end,
    nullif(final_url, url), kind, cause, reason, status, content_type, charset, bytes, truncated, text_sha256, fetched_at, tls,
    robots_authority
from (
    select distinct on (f.url_hash) f.url_hash, f.url, f.host, s.id as seed, f.depth, f.priority,
        min(f.run_id) over (partition by f.url_hash) as first_run, f.run_id, p.disposition, p.final_url, p.kind, p.cause, p.reason,
        p.status, p.content_type, p.charset, p.bytes, p.truncated, p.text_sha256, p.fetched_at, p.tls, p.robots_authority,
        p.disposition is not null
            and not (p.disposition in ('fetched', 'not-modified') and p.final_url <> p.url) as stands
    from old_frontier f
    join old_run_seed r on r.run_id = f.run_id and r.seed = f.seed
    join seed s on s.url = r.url
    left join old_page p on p.frontier_id = f.id
    order by f.url_hash, f.run_id desc) latest;

insert into schedule (page_id, due_at, read_at, unchanged, nights)
select p.id, coalesce(k.due_at, 'epoch'), k.read_at, coalesce(k.unchanged, 0), coalesce(k.nights, 1)
from page p left join known_page k on k.url_hash = p.url_hash and p.run_id is not null;

insert into page_text (page_id, etag, last_modified, content_type, text_sha256, seen_sha256, shell, read_by, rules, run_id, links, seen)
select p.id, k.etag, k.last_modified, k.content_type, k.text_sha256, k.seen_sha256, k.shell, k.read_by, k.rules, k.run_id, k.links, k.seen
from page p join known_page k on k.url_hash = p.url_hash and k.final_url = p.url;

update seed s set known = c.known, texts = c.texts
from (
    select seed, count(*) as known, count(*) filter (where disposition in ('fetched', 'not-modified')) as texts
    from page group by seed) c
where s.id = c.seed;

insert into run_seed (run_id, seed, known, done, asked, texts)
select r.run_id, s.id, r.known, r.done, r.fetched, r.fetched from old_run_seed r join seed s on s.url = r.url;

drop table old_page, old_frontier, old_run_seed, known_page;

-- Findings. -----------------------------------------------------------------------------------------------------------

alter table finding rename to old_finding;
alter index finding_pkey rename to old_finding_pkey;
alter table page_match rename to old_page_match;
alter index page_match_pkey rename to old_page_match_pkey;
alter table page_trait rename to old_page_trait;
alter index page_trait_pkey rename to old_page_trait_pkey;
drop index page_trait_by_trait;

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

insert into finding (url_sha256, from_run, to_run, url, title, language, score, severity, lane, flagged, suppressed, brand_uses,
    reasons, ruleset_sha256, evidence_sha256, dropped, matches)
select f.url_sha256, f.run_id, lead(f.run_id) over (partition by f.url_sha256 order by f.run_id), f.url, f.title, f.language,
    f.score, f.severity, f.lane, f.flagged, f.suppressed, f.brand_uses, f.reasons, f.ruleset_sha256, f.evidence_sha256, f.dropped,
    (select count(*) from old_page_match m where m.run_id = f.run_id and m.url_sha256 = f.url_sha256)
from old_finding f where f.judged_run is null;

insert into page_match
select f.id, m.ordinal, m.rule, m.kind, m.brand, m.weight, m.field, m.start_at, m.end_at, m.matched
from old_page_match m join finding f on f.from_run = m.run_id and f.url_sha256 = m.url_sha256;
insert into page_trait
select f.id, t.trait from old_page_trait t join finding f on f.from_run = t.run_id and f.url_sha256 = t.url_sha256;

drop table old_page_match, old_page_trait, old_finding;
