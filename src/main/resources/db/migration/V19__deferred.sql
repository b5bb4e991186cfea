-- What a night had to leave because its host asked for a long pause comes first in the next one. Owned by org.markwatch.crawl.
create index page_deferred on page (run_id) where cause = 'retry-after';
