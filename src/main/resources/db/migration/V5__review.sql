-- Who may sign in to the console. Owned by org.markwatch.review.

create table account (
    name       text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    role       text        not null check (role in ('reviewer', 'lead', 'admin')),
    password   text        not null,
    created_at timestamptz not null
);
