-- An action counts from the moment its decision is final until the decision is taken back or the item re-opened by a
-- person. The latest one that counts is the action of the item, also while a run has re-opened it. Owned by org.markwatch.queue.

alter table action add column counts boolean not null default false;

update action a set counts = true
  from item i
 where i.id = a.item_id and i.decision_id = a.decision_id and i.dealt_to is null
   and (i.state = 'decided'
        -- else it is re-opened: by a run, and the decision was final before
        or not exists (select from second_review r where r.first_decision = a.decision_id and r.outcome = 'superseded')
           and (select x.actor from audit x where x.subject = 'item:' || i.id and x.action = 'item.reopen'
                 order by x.seq desc limit 1) = 'system');

drop index action_open;
create index action_open on action (decision_id) where counts and done_at is null and kind <> 'none';
comment on table action is 'Actions after decisions; owned by package queue';
