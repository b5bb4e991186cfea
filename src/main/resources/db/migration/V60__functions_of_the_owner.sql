-- The audit begins only behind one of its entries, and never earlier than before. Owned by org.markwatch.queue.
create or replace function seal_audit(through bigint) returns void
    language plpgsql security definer as $$
begin
    if session_user <> current_user
       and exists (select from audit where seq <= through and at > now() - interval '366 days') then
        raise exception 'entries of the audit that are younger than 366 days are not purged';
    end if;
    update audit_start s set (seq, sha256) = (select a.seq, a.sha256 from audit a where a.seq = through)
     where s.seq < through and exists (select from audit a where a.seq = through);
    if not found then
        raise exception 'the audit cannot begin behind entry %: there is none, or it begins later already', through;
    end if;
end $$;

-- Unless named last, the schema of temporary tables comes first, and a temporary table would stand in for a table of the
-- owner or of the catalog.
do $$
declare
    owned regprocedure;
begin
    for owned in select oid from pg_catalog.pg_proc where prosecdef and pronamespace = current_schema()::regnamespace loop
        execute format('alter function %s set search_path = %I, pg_temp', owned, current_schema());
    end loop;
end $$;
