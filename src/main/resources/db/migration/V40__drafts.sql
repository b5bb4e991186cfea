-- What a reviewer has entered on an item without deciding yet, and the evidence that decisions and drafts were made on.
-- Owned by org.markwatch.queue.

create table draft (
    item_id         bigint      not null references item on delete cascade,
    reviewer        text        not null,
    -- the fields of the decision form, as text
    fields          jsonb       not null,
    -- the evidence that the reviewer saw
    evidence_sha256 text        not null,
    evidence        jsonb       not null,
    saved_at        timestamptz not null,
    primary key (item_id, reviewer)
);
create index draft_saved on draft (saved_at);

create table decision_evidence (
    decision_id      bigint primary key references decision,
    item_id          bigint not null references item,
    -- state and latest decision of the item before
    earlier_state    text   not null,
    earlier_decision bigint references decision,
    evidence         jsonb  not null
);
create index decision_evidence_item on decision_evidence (item_id);
comment on table decision_evidence is 'Evidence of the item when it was decided; purged with the text of the item';
