-- Pages that say nothing without scripts. They are counted in each run, also when they are not fetched again.

alter table known_page add column shell boolean not null default false;
alter table known_page alter column shell drop default;
