-- What earlier runs know of a page, so that an unchanged one is not read again. Owned by package crawl.

create table known_page (
    url_hash      uuid        primary key, -- as in table frontier
    final_url     text        not null,
    etag          text,       -- validators as the server sent them (RFC 9110 section 8.8)
    last_modified text,
    content_type  text        not null,
    text_sha256   text        not null,
    seen_sha256   bytea       not null check (length(seen_sha256) = 32), -- of what the rules see
    rules         uuid        not null, -- names what it was judged by
    -- the run that holds its verdict; null when that run has been deleted, and the page is judged again
    run_id        bigint      references run on delete set null,
    read_at       timestamptz not null, -- when its text last came
    due_at        timestamptz not null, -- when it is to be asked for again
    unchanged     smallint    not null check (unchanged >= 0), -- times in a row that it was found unchanged
    nights        smallint    not null check (nights >= 1),    -- from one request to the next
    links         text        not null, -- canonical URLs, one a line
    seen          bytea       not null  -- what the rules see, packed; extract knows its form
);

comment on table known_page is 'Pages of earlier runs: validators, change history, links and the text that rules see; owned by package crawl';

-- Packed already; PostgreSQL need not try.
alter table known_page alter column seen set storage external;
create index known_page_read on known_page (read_at);

alter table page drop constraint page_disposition_check;
alter table page add constraint page_disposition_check
    check (disposition in ('fetched', 'not-modified', 'refused', 'disallowed', 'failed'));

-- economy: pages that cost less than a visit, by what was saved.
alter table run_count drop constraint run_count_about_check;
alter table run_count add constraint run_count_about_check
    check (about in ('request', 'reference', 'skipped', 'economy'));
