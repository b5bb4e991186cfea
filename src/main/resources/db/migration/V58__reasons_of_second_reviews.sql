-- Further reasons for a second review. Owned by org.markwatch.queue.
--   settled: the item has a decision of two persons, or of a kind that two must agree on
--   again:   the reviewer took a decision on the same evidence back that had no second review
alter table second_review drop constraint second_review_why_check;
alter table second_review add constraint second_review_why_check check (why in ('kind', 'bulk', 'settled', 'again', 'sample'));
-- A decision that can be taken back moves no item.
alter table decision_evidence drop column earlier_lane;
