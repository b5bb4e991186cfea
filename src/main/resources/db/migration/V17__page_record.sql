-- What a reviewer wants to know of how a page was read and judged.

alter table page add column robots_authority text;

comment on column page.robots_authority is
    'by whose authority it was asked for although robots.txt disallows it; null if nothing was disregarded';

-- A page is looked up by the hash of its URL in table frontier; one that was redirected has another URL there.
create index page_redirected on page using hash (final_url) where final_url <> url;

alter table finding add column judged_run bigint;

comment on column finding.judged_run is 'the earlier run that judged, if its verdict stood; null if this run judged';
