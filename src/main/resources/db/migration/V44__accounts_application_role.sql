-- Accounts are locked and unlocked, and get one-time passwords. Owned by org.markwatch.review.
alter table account rename column disabled_at to locked_at;

-- Until then a one-time password can be used; null for a password that its owner chose.
alter table account add column one_time_until timestamptz;

-- What only the owner of the tables may do, for a role that owns nothing. org.markwatch.schema grants them.

-- Adds the partition of a month, given by its first day. Owned by org.markwatch.crawl.
create function add_month(parent text, month date) returns void
    language plpgsql security definer set search_path from current as $$
begin
    if parent not in ('visit', 'revisit') then
        raise exception '% has no months', parent;
    end if;
    execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
                   parent || to_char(month, '_YYYY_MM'), parent, to_char(month, 'YYYY-MM-DD"Z"'),
                   to_char(month + interval '1 month', 'YYYY-MM-DD"Z"'));
end $$;

-- Drops the partition of a month. Owned by org.markwatch.crawl.
create function drop_month(partition regclass) returns void
    language plpgsql security definer set search_path from current as $$
begin
    if not exists (select from pg_inherits
                    where inhrelid = partition and inhparent in ('visit'::regclass, 'revisit'::regclass)) then
        raise exception '% is no month', partition;
    end if;
    execute 'drop table ' || partition;
end $$;

-- Lets the audit begin behind an entry. Only the owner seals entries of the last 366 days. Owned by org.markwatch.queue.
create function seal_audit(through bigint) returns void
    language plpgsql security definer set search_path from current as $$
begin
    if session_user <> current_user
       and exists (select from audit where seq <= through and at > now() - interval '366 days') then
        raise exception 'entries of the audit that are younger than 366 days are not purged';
    end if;
    update audit_start set (seq, sha256) = (select a.seq, a.sha256 from audit a where a.seq = through);
end $$;

-- Deletes entries that are sealed, at most so many, and returns their number. Owned by org.markwatch.queue.
create function delete_sealed_audit(most integer) returns bigint
    language sql security definer set search_path from current as $$
    with gone as (
        delete from audit where seq in (
            select seq from audit where seq <= (select seq from audit_start) order by seq limit most)
        returning seq)
    select count(*) from gone
$$;

revoke execute on function add_month, drop_month, seal_audit, delete_sealed_audit from public;
