-- Second reviews: decisions that count only when another person has decided too. Owned by org.markwatch.queue.

-- Accounts whose decisions on the open item wait: one during the second review, two during the adjudication. The state of the item
-- stays as it was, so that nothing in a list tells the second reviewer of the first decision.
alter table item add column reviewed_by text[] not null default '{}';
alter table item add constraint item_reviewed_check check (reviewed_by = '{}' or state in ('new', 'reopened'));
comment on column item.reviewed_by is 'accounts whose decisions wait for a further review';

create index item_in_review on item (precedence, queued_at, id) where reviewed_by <> '{}';

-- lists leave out what the reviewer has decided; with the column in the index, counts need no row of the table
drop index item_open, item_waiting, item_host;
create index item_open on item (precedence, queued_at, id) include (reviewed_by) where state in ('new', 'reopened');
create index item_waiting on item (lane, precedence, queued_at, id) include (reviewed_by) where state in ('new', 'reopened');
create index item_host on item (host, precedence, queued_at, id) include (reviewed_by) where state in ('new', 'reopened');

create table second_review (
    id              bigint generated always as identity primary key,
    item_id         bigint      not null references item,
    lane            text        not null, -- of the item at the first decision
    why             text        not null check (why in ('kind', 'bulk', 'sample')),
    -- whether the keyed hash chose the decision; it does so whatever the kind, so that these are a random sample of all decisions
    sampled         boolean     not null,
    first_decision  bigint      not null unique references decision,
    second_decision bigint      unique references decision,
    third_decision  bigint      unique references decision,
    outcome         text        check (outcome in ('agreed', 'adjudicated', 'withdrawn', 'superseded')),
    opened_at       timestamptz not null,
    second_at       timestamptz,
    ended_at        timestamptz,
    check ((outcome is null) = (ended_at is null)),
    check ((second_decision is null) = (second_at is null))
);
create unique index second_review_open on second_review (item_id) where ended_at is null;
create index second_review_item on second_review (item_id);
create index second_review_done on second_review (second_at) where second_at is not null;
comment on table second_review is 'Second reviews of decisions and their outcome; owned by package queue';

-- Decided items whose answer is known. Copies of them are dealt to reviewers and look like any item.
create table calibration (
    id         bigint generated always as identity primary key,
    item_id    bigint      not null unique references item,
    answer     text        not null, -- kind of decision
    added_by   text        not null,
    added_at   timestamptz not null,
    retired_at timestamptz -- copies are dealt until then
);
comment on table calibration is 'Items with known answers; owned by package queue';

-- A copy is in the state calibration before and after its decision, so that no list, count, run or export of items has it.
alter table item
    add column calibration_id bigint references calibration,
    add column dealt_to       text,
    drop constraint item_state_check,
    add constraint item_state_check check (state in ('new', 'reopened', 'decided', 'closed', 'calibration')),
    add constraint item_calibration_check check (
        (state = 'calibration') = (calibration_id is not null) and (state = 'calibration') = (dealt_to is not null));
create unique index item_calibration on item (calibration_id, dealt_to) where calibration_id is not null;
