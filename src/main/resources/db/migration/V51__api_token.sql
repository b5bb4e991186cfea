-- Tokens of the API. Owned by org.markwatch.review.
create table api_token (
    id           bigint generated always as identity primary key,
    account      text        not null references account,
    name         text        not null check (name <> '' and length(name) <= 100),
    sha256       bytea       not null unique check (length(sha256) = 32), -- of the token, which is not stored
    scopes       text[]      not null check (cardinality(scopes) > 0),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz, -- to the minute
    revoked_at   timestamptz
);
create index api_token_account on api_token (account, id);
