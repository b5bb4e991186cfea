-- Trap patterns of a seed that the run has blocked, for the next process that works on its partition. Owned by org.markwatch.crawl.

alter table run_seed add column traps uuid[] not null default '{}';
