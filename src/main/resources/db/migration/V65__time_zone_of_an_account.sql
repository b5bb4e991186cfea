-- The time zone in which an account sees times. Owned by org.markwatch.review.
alter table account add column time_zone text;
comment on column account.time_zone is 'name in the IANA time zone database; null for UTC';
