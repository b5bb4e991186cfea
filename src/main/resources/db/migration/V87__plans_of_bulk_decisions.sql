-- The plan that a bulk decision carried out, so that a form that is sent twice is recognised. Owned by org.markwatch.queue.

alter table bulk_decision add column plan_token text not null default ''; -- empty in earlier releases
