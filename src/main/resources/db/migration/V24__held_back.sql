-- The key by which pages that the rules hold back are chosen for review. The owner of a page cannot know it.
create table sample_key (
    only_row boolean primary key default true check (only_row),
    key      bytea   not null check (length(key) = 32)
);
insert into sample_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
comment on table sample_key is 'Random key of the sample of held-back pages; owned by package queue';

-- When the page was queued as a sample; null for an item that a run flagged first.
alter table item add column sampled_at timestamptz;
create index item_sampled on item (sampled_at) where sampled_at is not null;

alter table admission drop constraint admission_outcome_check;
alter table admission add constraint admission_outcome_check
    check (outcome in ('new', 'reopened', 'unchanged', 'suppressed', 'sampled'));

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
