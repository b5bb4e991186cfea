-- Accounts that are switched off, and sessions that end when their account changes. Owned by org.markwatch.review.

alter table account
    add column disabled_at timestamptz, -- null while it may sign in
    -- grows with every change: a session that began under another version ends
    add column version int not null default 0;
