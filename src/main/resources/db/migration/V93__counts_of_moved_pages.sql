-- Pages that another seed had taken over counted for the seed before. Owned by org.markwatch.crawl.

update seed s set known = c.known, texts = c.texts
  from (
    select o.id, count(p.id) as known, count(p.id) filter (where p.disposition in ('fetched', 'not-modified')) as texts
      from seed o left join page p on p.seed = o.id group by o.id) c
 where c.id = s.id and (s.known, s.texts) is distinct from (c.known, c.texts);
