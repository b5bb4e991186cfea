-- Two nights over one shop in the tables of schema version 24. The first found an offer, the second a changed offer, a page that is
-- gone and one that was not modified; a reviewer decided the item between them.

insert into run (started_at, ended_at, status, ruleset_sha256) values
    ('2026-03-01 01:00Z', '2026-03-01 01:01Z', 'complete', repeat('a', 64)),
    ('2026-03-02 01:00Z', '2026-03-02 01:01Z', 'complete', repeat('b', 64));
insert into run_count values (1, 'request', 'page', 3), (2, 'request', 'page', 3), (2, 'reference', 'image', 9);
-- the seeds have another number in the second night
insert into run_seed (run_id, seed, url, known, done, fetched) values
    (1, 0, 'https://shop.example/', 3, 3, 3),
    (2, 0, 'https://other.example/', 0, 0, 0), (2, 1, 'https://shop.example/', 3, 3, 1);

insert into frontier (run_id, url_hash, url, host, seed, depth, priority, done)
select r.run, md5(u.url)::uuid, u.url, 'https://shop.example:443', r.seed, 1, 0, true
from (values (1, 0), (2, 1)) r (run, seed),
    (values (1, 'https://shop.example/pay'), (2, 'https://shop.example/gone'), (3, 'https://shop.example/terms')) u (n, url)
order by r.run, u.n;

insert into page (frontier_id, run_id, url, final_url, host, seed, depth, disposition, cause, status, content_type, bytes,
    text_sha256, fetched_at)
select f.id, f.run_id, f.url, f.url, f.host, f.seed, f.depth, v.disposition, v.cause, v.status, v.type, v.bytes, v.sha256, v.at::timestamptz
from frontier f join (values
    (1, '/pay', 'fetched', null, 200, 'text/html', 2048, 't1', '2026-03-01 01:00:01Z'),
    (1, '/gone', 'fetched', null, 200, 'text/html', 100, 't2', '2026-03-01 01:00:02Z'),
    (1, '/terms', 'fetched', null, 200, 'text/html', 300, 't3', '2026-03-01 01:00:03Z'),
    (2, '/pay', 'fetched', null, 200, 'text/html', 4096, 't4', '2026-03-02 01:00:01Z'),
    (2, '/gone', 'failed', 'status', 410, null, 0, null, '2026-03-02 01:00:02Z'),
    (2, '/terms', 'not-modified', null, 304, 'text/html', 0, 't3', '2026-03-02 01:00:03Z')
    ) v (run, path, disposition, cause, status, type, bytes, sha256, at)
    on v.run = f.run_id and f.url = 'https://shop.example' || v.path;

insert into known_page (url_hash, final_url, etag, content_type, text_sha256, seen_sha256, rules, run_id, read_at, due_at, unchanged,
    nights, links, seen, read_by, shell)
values (md5('https://shop.example/terms')::uuid, 'https://shop.example/terms', '"v1"', 'text/html', 't3', sha256('t3'),
    'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 1, '2026-03-01 01:00:03Z', '2026-03-04 01:00Z', 1, 2, 'https://shop.example/pay', 'packed',
    'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', false);

insert into finding (run_id, url_sha256, url, title, language, score, severity, lane, flagged, suppressed, brand_uses, reasons,
    ruleset_sha256, evidence_sha256)
select run, sha256('https://shop.example/pay'), 'https://shop.example/pay', title, 'en', score, 'high', 'brand', true, '',
    '[{"brand": "visa", "kind": "ACCEPTANCE"}]', '[]', repeat(run::text, 64), repeat(run::text, 64)
from (values (1, 'Pay here', 40), (2, 'Pay here now', 55)) f (run, title, score);
insert into page_match select run, sha256('https://shop.example/pay'), 0, 'checkout@1', 'indicator', null, 5, 'TEXT', 3, 17, text
from (values (1, 'checkout'), (2, 'checkout now')) m (run, text);
insert into page_trait values (2, sha256('https://shop.example/pay'), 'dom:0123456789abcdef');

insert into item (url, url_sha256, host, title, language, score, severity, precedence, lane, state, brands, evidence,
    ruleset_sha256, evidence_sha256, first_run, last_run, first_seen_at, last_seen_at, queued_at)
values ('https://shop.example/pay', encode(sha256('https://shop.example/pay'), 'hex'), 'shop.example', 'Pay here now', 'en', 55,
    'high', 0, 'brand', 'new', '{visa}', '{"brandUses": [{"brand": "visa", "kind": "acceptance"}], "reasons": []}', repeat('b', 64),
    repeat('2', 64), 1, 2, '2026-03-01 01:00:30Z', '2026-03-02 01:00:30Z', '2026-03-01 01:00:30Z');
insert into decision (item_id, verdict, severity, confidence, reason, note, reviewer, decided_at, evidence_sha256)
values (1, 'brand_mark_misuse', 'high', 'high', 'sells under a mark', '', 'ann', '2026-03-01 09:00Z', repeat('1', 64));
update item set state = 'decided', decision_id = 1;
insert into skip values (1, 'bob', '2026-03-01 08:00Z');
insert into admission values
    (1, encode(sha256('https://shop.example/pay'), 'hex'), 'new'), (2, encode(sha256('https://shop.example/pay'), 'hex'), 'unchanged');
insert into held_back values (2, 'points', 4);
insert into account (name, role, password, created_at) values ('ann', 'lead', '{bcrypt}x', '2026-02-28 09:00Z');
insert into run_summary values (2, '2026-03-02 01:01Z', '{"runId": 2, "status": "complete", "startedAt": "2026-03-02T01:00:00Z",
    "endedAt": "2026-03-02T01:01:00Z", "rulesetSha256": "bb", "seeds": 2, "hosts": 1,
    "pages": {"fetched": 1, "notModified": 1, "refused": 0, "disallowed": 0, "failed": 1}, "refused": {},
    "requestsByKind": {"page": 3}, "despiteRobots": 0, "pictureBytesAccepted": 0, "bytes": 4096, "matches": 1,
    "items": {"new": 0, "reopened": 0, "unchanged": 1, "suppressed": 0}, "pagesPerSecond": 0.02, "peakHeapMb": 90}');
