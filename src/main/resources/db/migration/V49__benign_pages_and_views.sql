-- Pages that were flagged and then answered a direct fetch with a page that the rules do not flag: they may show visitors another
-- page. Owned by org.markwatch.score and org.markwatch.queue.

alter table finding drop constraint finding_ended_by_check;
alter table finding add constraint finding_ended_by_check check (ended_by in ('rules', 'page', 'gone'));
comment on column finding.ended_by is
    'rules: other rules judged the same text; page: the text changed; gone: the page has no text any more; null while the finding holds';

alter table item add column benign_at timestamptz;
create index item_benign on item (precedence, queued_at, id) where benign_at is not null;
comment on column item.benign_at is
    'when a run first read a page that no rule flags in place of the flagged one; null if the latest text of the page is flagged or unknown';

-- URLs that lead to a page, for its item. Owned by org.markwatch.crawl.
create index page_final_url on page using hash (final_url) where final_url is not null;

-- The last label of the host name, for the filter by country: 'de' of shop.example.de; empty for an address.
alter table item add column suffix text not null
    generated always as (coalesce(substring(host from '\.([a-z][a-z0-9-]*)$'), '')) stored;
create index item_suffix on item (suffix, precedence, queued_at, id) include (reviewed_by) where state in ('new', 'reopened');

-- Filters that an account keeps under a name. Owned by org.markwatch.review.
create table saved_view (
    account    text    not null,
    name       text    not null check (length(name) between 1 and 60),
    entries    jsonb   not null, -- entries of the filter by name
    is_default boolean not null default false,
    primary key (account, name)
);
