-- The audit is filtered by actor, action and time. Owned by org.markwatch.queue.
create index audit_actor on audit (actor, seq);
create index audit_action on audit (action, seq);
create index audit_at on audit (at, seq);
