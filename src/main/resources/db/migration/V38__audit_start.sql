-- Where the audit begins after its oldest part has been purged. Owned by org.markwatch.queue.

-- The last purged entry; entry 0 and 64 zeros as long as none is. The latest entry with action audit.purge names the same.
create table audit_start (
    only_row boolean primary key default true check (only_row),
    seq      bigint not null,
    sha256   text   not null
);
insert into audit_start (seq, sha256) values (0, repeat('0', 64));

create function refuse_deletion_after_start() returns trigger language plpgsql as $$
begin
    if old.seq > (select seq from audit_start) then
        raise exception 'table audit is append-only: deletion of entry % is refused', old.seq;
    end if;
    return old;
end $$;

drop trigger audit_append_only on audit;
create trigger audit_append_only before update or truncate on audit
    for each statement execute function refuse_change();
create trigger audit_deletion before delete on audit
    for each row execute function refuse_deletion_after_start();
