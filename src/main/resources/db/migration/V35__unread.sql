-- A run that obtained no text is not complete. Owned by org.markwatch.crawl.

alter table run drop constraint run_status_check;
alter table run add constraint run_status_check
    check (status in ('running', 'complete', 'unread', 'stopped', 'failed'));
