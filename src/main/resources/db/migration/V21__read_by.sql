-- Another release may see more in the same page: one that was kept by another reader is asked for in full, not whether it has changed.
-- Of what is kept already nobody knows what it was read by. Owned by package crawl.

alter table known_page add column read_by uuid not null default '00000000-0000-0000-0000-000000000000';
alter table known_page alter column read_by drop default;
