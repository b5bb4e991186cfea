-- What the current run keeps of a host, so that a resumed run is as polite as one that was not interrupted. A new run empties it.
-- Owned by org.markwatch.crawl.

create table host (
    host             text        primary key, -- scheme, host and port
    due_at           timestamptz not null,    -- no request before
    response_ms      int         not null check (response_ms >= 0), -- smoothed response time
    busy_answers     smallint    not null,    -- in a row
    connect_failures smallint    not null,    -- in a row
    robots_failures  smallint    not null,
    cause            text,                    -- why it gets no more requests, or would get none if the run ended now
    reason           text,
    deferred         boolean     not null,    -- whether it asked for a long delay (Retry-After), so that cause is to come
    robots           bytea,                   -- robots.txt; empty if the host has none
    robots_fault     text,                    -- why everything is disallowed; null if robots applies
    robots_at        timestamptz              -- when robots.txt became known
) with (fillfactor = 50); -- each request with a delay updates a row
