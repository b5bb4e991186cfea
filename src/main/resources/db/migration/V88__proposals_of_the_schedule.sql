-- Proposals change the schedule too, and a written change can be set back.

alter table watchlist_proposal drop constraint watchlist_proposal_kind_check;
alter table watchlist_proposal add constraint watchlist_proposal_kind_check
    check (kind in ('seed', 'brand', 'indicator', 'merchant', 'schedule'));
alter table watchlist_proposal add column fields_before jsonb; -- values before the change by field; null in earlier releases
