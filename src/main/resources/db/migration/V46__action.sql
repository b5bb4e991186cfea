-- What is to be done after a decision. Owned by org.markwatch.queue.

create table action (
    decision_id bigint primary key references decision,
    item_id     bigint      not null references item,
    kind        text        not null check (
        kind in ('hotline_referral', 'acquirer_notice', 'internal_trend', 'recrawl', 'none')),
    receipt     text        not null default '',
    changed_by  text        not null, -- who chose the kind
    changed_at  timestamptz not null,
    done_by     text,
    done_at     timestamptz,          -- null while it is to be done
    check ((done_at is null) = (done_by is null)),
    check (done_at is null or kind <> 'none')
);
create index action_open on action (decision_id) where done_at is null and kind <> 'none';
create index action_item on action (item_id);
comment on table action is 'Actions after decisions; it counts while its decision is that of the item; owned by package queue';
