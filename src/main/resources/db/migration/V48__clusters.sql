-- What items have in common, and decisions on many items at once. Owned by org.markwatch.queue.

create table cluster (
    id    bigint generated always as identity primary key,
    kind  text   not null check (kind in ('structure', 'wording', 'analytics', 'account', 'host')),
    value text   not null check (length(value) between 1 and 300),
    bits  bigint,          -- the fingerprint of its first item; null unless it has a fingerprint
    unique (kind, value),
    check ((kind in ('structure', 'wording')) = (bits is not null))
);
-- Fingerprints that differ in at most 3 bits have one of four quarters in common (Manku, Jain and Das Sarma 2007, section 3).
create index cluster_quarter_1 on cluster (kind, ((bits >> 48) & 65535)) where bits is not null;
create index cluster_quarter_2 on cluster (kind, ((bits >> 32) & 65535)) where bits is not null;
create index cluster_quarter_3 on cluster (kind, ((bits >> 16) & 65535)) where bits is not null;
create index cluster_quarter_4 on cluster (kind, (bits & 65535)) where bits is not null;
comment on column cluster.value is '16 hex digits; provider:id; type:number; or a host name';

create table cluster_item (
    cluster_id bigint  not null references cluster on delete cascade,
    item_id    bigint  not null references item on delete cascade,
    open       boolean not null, -- whether the item waits for people
    primary key (cluster_id, item_id)
);
create index cluster_item_item on cluster_item (item_id);
create index cluster_item_open on cluster_item (cluster_id, item_id) where open;

-- What the list of clusters shows, for each lane by itself, so that a lane that somebody may not see does not count.
create table cluster_lane (
    cluster_id    bigint      not null references cluster on delete cascade,
    lane          text        not null,
    kind          text        not null,                  -- of the cluster
    open          int         not null check (open > 0), -- open items of the cluster in the lane, up to a limit
    members       uuid        not null,                  -- the same for clusters with the same open items in the lane
    precedence    int         not null,                  -- of the most severe of them
    hosts         int[]       not null,                  -- hashes of host names, so that those of several lanes can be joined
    brands        text[]      not null,
    first_seen_at timestamptz not null,
    primary key (cluster_id, lane)
);
create index cluster_lane_order on cluster_lane (precedence, (-open), cluster_id, lane) where open > 1;
create index cluster_lane_lane on cluster_lane (lane, precedence, (-open), cluster_id) where open > 1;
create index cluster_lane_kind on cluster_lane (kind, precedence, (-open), cluster_id, lane) where open > 1;
create index cluster_lane_members on cluster_lane (members, lane);

-- Clusters whose rows in cluster_lane are to be computed again. Rows are only added and removed, so no writer waits for another.
create table cluster_stale (
    cluster_id bigint not null
);

-- The cluster that groups the rows of the queue: pages of one structure, or of one host if the structure has no fingerprint.
alter table item add column template_id bigint;
create index item_template on item (template_id, precedence, queued_at, id) where state in ('new', 'reopened');

-- Whoever changes an item, its clusters follow.
create function clusters_follow_item() returns trigger language plpgsql as $$
begin
    insert into cluster_stale (cluster_id) select cluster_id from cluster_item where item_id = new.id;
    if new.purged_at is not null then
        delete from cluster_item where item_id = new.id;
    else
        update cluster_item set open = new.state in ('new', 'reopened')
         where item_id = new.id and open <> (new.state in ('new', 'reopened'));
    end if;
    return null;
end $$;
create trigger item_clusters after update of state, lane, precedence, brands, purged_at on item for each row
    when ((old.state, old.lane, old.precedence, old.brands, old.purged_at)
        is distinct from (new.state, new.lane, new.precedence, new.brands, new.purged_at))
    execute function clusters_follow_item();

-- A decision that a reviewer made on many items of a cluster at once.
create table bulk_decision (
    id         bigint generated always as identity primary key,
    cluster_id bigint      not null,
    verdict    text        not null,
    reviewer   text        not null,
    decided_at timestamptz not null,
    undone_by  text,
    undone_at  timestamptz,
    check ((undone_by is null) = (undone_at is null))
);
create index bulk_decision_cluster on bulk_decision (cluster_id, id);

create table bulk_item (
    bulk_id     bigint not null references bulk_decision,
    item_id     bigint not null references item,
    decision_id bigint not null unique references decision,
    primary key (bulk_id, item_id)
);
comment on table bulk_item is 'The decisions of a bulk decision, each with its own evidence';

-- The items of earlier releases, by what is equal.
create temp table joint on commit drop as
select i.id as item_id, i.state in ('new', 'reopened') as open, t.kind, t.value
  from item i, lateral (
       select 'host' as kind, i.host as value
       union all
       select case when p.trait like 'dom:%' then 'structure' when p.trait like 'text:%' then 'wording' else 'analytics' end,
              case when p.trait ~ '^(dom|text):' then substr(p.trait, strpos(p.trait, ':') + 1) else p.trait end
         from (select id from finding f where f.url_sha256 = case when i.url_sha256 ~ '^[0-9a-f]{64}$' then decode(i.url_sha256, 'hex') end
               order by f.from_run desc limit 1) f
         join page_trait p on p.finding_id = f.id
        where p.trait not like 'shell:%') t
 where i.purged_at is null and i.state <> 'calibration' and length(t.value) between 1 and 300
   and (t.kind not in ('structure', 'wording') or t.value ~ '^[0-9a-f]{16}$');
insert into cluster (kind, value, bits)
select distinct kind, value, case when kind in ('structure', 'wording') then ('x' || value)::bit(64)::bigint end from joint;
insert into cluster_item (cluster_id, item_id, open)
select distinct c.id, j.item_id, j.open from joint j join cluster c using (kind, value);
insert into cluster_stale (cluster_id) select id from cluster;
update item i set template_id = (
    select c.id from cluster_item m join cluster c on c.id = m.cluster_id
     where m.item_id = i.id and c.kind in ('structure', 'host') order by c.kind desc limit 1)
 where purged_at is null;
