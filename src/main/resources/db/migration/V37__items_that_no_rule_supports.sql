-- Findings say how they ended and why their page is held back, so that a night reads only what changed. Items close when no rule
-- supports them any more. Owned by org.markwatch.score and org.markwatch.queue.

alter table finding
    add column ended_by    text check (ended_by in ('rules', 'page')),
    add column held_back   text check (held_back in ('points', 'mention', 'suppressed')),
    add column held_points int  check (held_points >= 0);
comment on column finding.ended_by is
    'rules: other rules judged the same text; page: the text changed or is gone; null while the finding holds';
comment on column finding.held_back is 'why the page is not queued although it has evidence; null for all others';
comment on column finding.held_points is 'points of its rules before contexts, if it is held back';

update finding f set held_back = h.reason, held_points = h.points
from (
    select id, points,
        case when suppressed <> '' then 'suppressed' when only_names then 'mention' else 'points' end as reason
    from (
        select id, suppressed, brand_uses,
            (select coalesce(sum((r ->> 'points')::int), 0) from jsonb_array_elements(reasons) r
                where (r ->> 'points')::int > 0) as points,
            not exists (select from jsonb_array_elements(brand_uses) u where u ->> 'kind' <> 'MENTION')
                and not exists (select from jsonb_array_elements(reasons) r
                    where (r ->> 'points')::int > 0 and r ->> 'group' <> 'marks') as only_names
        from finding where not flagged) evidence
    where points > 0 or brand_uses <> '[]') h
where f.id = h.id;

-- held-back pages that hold now, most points first
create index finding_held_back on finding (held_points desc, url_sha256)
    where to_run is null and held_back in ('points', 'mention');

-- The list of held-back pages is read from the findings.
drop table held_back_page;

-- The counts of a run are those of the run before and the change since; they begin with the last run that was admitted.
delete from held_back where run_id = (select max(id) from run where queued);
insert into held_back (run_id, reason, pages)
select r.id, f.held_back, count(*)
from (select max(id) as id from run where queued) r
join finding f on f.held_back is not null and f.from_run <= r.id and (f.to_run is null or f.to_run > r.id)
group by r.id, f.held_back;

-- The draw of the sample that was made last: month and share, for example '2027-03 1/100'.
alter table sample_key add column drawn text not null default '';

alter table item add column closed_at timestamptz;
alter table item drop constraint item_state_check;
alter table item add constraint item_state_check check (state in ('new', 'reopened', 'decided', 'closed'));
alter table item add constraint item_closed_check
    check ((state = 'closed') = (closed_at is not null) and (state <> 'closed' or claimed_by is null));
comment on column item.closed_at is 'when it closed because no rule supports it any more; null in every other state';

drop index item_waiting;
create index item_waiting on item (lane, precedence, queued_at, id) where state in ('new', 'reopened');

alter table admission drop constraint admission_outcome_check;
alter table admission add constraint admission_outcome_check check (
    outcome in ('new', 'reopened', 'unchanged', 'raised', 'lowered', 'suppressed', 'sampled', 'dropped'));

-- Features that counted have an id; they were sentences with points in front: '+33 the title is its name'.
create function pg_temp.with_features(reasons jsonb) returns jsonb language sql as $$
    select coalesce(jsonb_agg(
        case when jsonb_typeof(r -> 'signs') = 'array' then jsonb_set(r, '{signs}', (
            select coalesce(jsonb_agg(jsonb_build_object(
                    'feature', '',
                    'points', split_part(s, ' ', 1)::int,
                    'sentence', substr(s, length(split_part(s, ' ', 1)) + 2)) order by m), '[]')
            from jsonb_array_elements_text(r -> 'signs') with ordinality sign (s, m)))
        else r end order by n), '[]')
    from jsonb_array_elements(reasons) with ordinality reason (r, n)
$$;
update finding set reasons = pg_temp.with_features(reasons) where reasons::text like '%"signs": ["%';
update item set evidence = jsonb_set(evidence, '{reasons}', pg_temp.with_features(evidence -> 'reasons'))
    where evidence::text like '%"signs": ["%';
