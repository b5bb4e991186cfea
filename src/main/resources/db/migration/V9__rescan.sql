-- Runs that crawl, and runs that apply rules to kept text. Owned by package crawl.

alter table run add column kind text not null default 'nightly' check (kind in ('nightly', 'rescan'));
