-- Tables of package crawl: runs, what they know of the web, and how the visit of every URL ended.

create table run (
    id             bigint generated always as identity primary key,
    started_at     timestamptz not null,
    ended_at       timestamptz,
    status         text        not null check (status in ('running', 'complete', 'stopped', 'failed')),
    ruleset_sha256 text        not null
);

-- Counts that pages do not show: requests by kind, references never asked for, links not followed.
create table run_count (
    run_id bigint not null references run on delete cascade,
    about  text   not null check (about in ('request', 'reference', 'skipped')),
    name   text   not null,
    n      bigint not null,
    primary key (run_id, about, name)
);

-- Seeds keep their number for the whole run, even when the configuration is reordered before a restart.
create table run_seed (
    run_id bigint not null references run on delete cascade,
    seed   int    not null,
    url    text   not null,
    primary key (run_id, seed),
    unique (run_id, url)
);

create table frontier (
    id       bigint generated always as identity primary key,
    run_id   bigint   not null references run on delete cascade,
    url_hash uuid     not null, -- the first 128 bits of the SHA-256 of the canonical URL
    url      text     not null,
    host     text     not null, -- scheme, host and port: the politeness key
    seed     int      not null,
    depth    smallint not null,
    priority smallint not null, -- higher first
    done     boolean  not null default false,
    unique (run_id, url_hash)
);

-- Next URLs of a host, at the same cost however many are known.
create index frontier_open on frontier (run_id, host, priority desc, id) where not done;

create table page (
    frontier_id  bigint primary key,
    run_id       bigint      not null references run on delete cascade,
    url          text        not null,
    final_url    text        not null,
    host         text        not null,
    seed         int         not null,
    depth        smallint    not null,
    disposition  text        not null check (disposition in ('fetched', 'refused', 'disallowed', 'failed')),
    kind         text,        -- what was refused
    cause        text,        -- class of a failure
    reason       text,        -- one line for people
    status       smallint    not null,
    content_type text,
    charset      text,
    bytes        int         not null,
    truncated    boolean     not null default false,
    text_sha256  text,
    fetched_at   timestamptz not null
);

create index page_run on page (run_id, frontier_id);
