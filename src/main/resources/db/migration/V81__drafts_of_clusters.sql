-- What a reviewer has entered on a cluster without deciding yet. Owned by org.markwatch.queue.

create table cluster_draft (
    cluster_id bigint      not null references cluster on delete cascade,
    reviewer   text        not null,
    fields     jsonb       not null, -- the fields of the decision form, as text
    saved_at   timestamptz not null,
    primary key (cluster_id, reviewer)
);
create index cluster_draft_saved on cluster_draft (saved_at);
