-- Decisions that are final, for trends. Owned by org.markwatch.queue.
create table final_decision (
    decision_id bigint      primary key references decision,
    lane        text        not null, -- in which the decision left its item
    final_at    timestamptz not null
);
comment on table final_decision is 'When decisions became final, and in which lane; owned by package queue';

-- of earlier decisions the present lane is the only one known
insert into final_decision (decision_id, lane, final_at)
select d.id, i.lane, d.decided_at
  from decision d join item i on i.id = d.item_id
 where i.dealt_to is null
   and not exists (select from second_review r where d.id in (r.first_decision, r.second_decision, r.third_decision))
union all
select case when r.outcome = 'adjudicated' then r.third_decision
            when i.decision_id = r.second_decision then r.second_decision
            else r.first_decision end, i.lane, r.ended_at
  from second_review r join item i on i.id = r.item_id
 where r.outcome in ('agreed', 'adjudicated');

create index final_decision_at on final_decision (final_at) include (decision_id, lane);
drop index decision_at;
