-- What the rules make of a page, and every place where a rule fired.
-- A run judges a page once: two URLs of the frontier may redirect to the same page, and a restarted chunk comes again.
-- The key is a digest of the URL because an index entry holds at most a third of a page, and URLs do not.

create table finding (
    run_id          bigint   not null,
    url_sha256      bytea    not null check (length(url_sha256) = 32),
    url             text     not null,
    title           text     not null,
    language        text     not null,
    score           int      not null check (score >= 0),
    severity        text     not null,
    lane            text     not null,
    flagged         boolean  not null,
    suppressed      text     not null,
    brand_uses      jsonb    not null,
    reasons         jsonb    not null,
    ruleset_sha256  text     not null,
    evidence_sha256 text     not null,
    primary key (run_id, url_sha256)
);

comment on table finding is 'Verdict of the rules on a page with a match; owned by package score';
comment on column finding.score is 'points, 0 or more; no probability';
comment on column finding.suppressed is 'why it is not queued although it has marks, or empty';

create table page_match (
    run_id     bigint not null,
    url_sha256 bytea  not null,
    ordinal    int    not null,
    rule       text   not null,
    kind       text   not null,
    brand      text,
    weight     int    not null,
    field      text   not null,
    start_at   int    not null check (start_at >= 0),
    end_at     int    not null check (end_at >= start_at),
    matched    text   not null,
    primary key (run_id, url_sha256, ordinal),
    foreign key (run_id, url_sha256) references finding on delete cascade
);

comment on table page_match is 'Places where a rule fired, background rules too; owned by package score';
comment on column page_match.start_at is 'offset in characters (UTF-16 units) of the text of the field';
