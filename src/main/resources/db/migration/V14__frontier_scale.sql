-- What makes a frontier of millions cost no more than one of thousands. Owned by org.markwatch.crawl.

-- What has come of each seed so far, kept by the statements that change it: a start need not count its URLs.
alter table run_seed
    add column known   bigint not null default 0, -- URLs in the frontier
    add column done    bigint not null default 0, -- those that have their disposition
    add column fetched bigint not null default 0; -- those that text came from

update run_seed s
set known = c.known, done = c.done, fetched = c.fetched
from (
    select f.run_id, f.seed, count(*) as known, count(*) filter (where f.done) as done,
        count(*) filter (where p.disposition = 'fetched') as fetched
    from frontier f left join page p on p.frontier_id = f.id
    group by f.run_id, f.seed) c
where s.run_id = c.run_id and s.seed = c.seed;

-- What is left of a seed, to be written off without a look at everybody else's URLs.
create index frontier_rest on frontier (run_id, seed) where not done;
