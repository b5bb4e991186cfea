-- The key by which the console signs the cookies of browsers that an account has signed in from.
create table console_key (
    only_row boolean primary key default true check (only_row),
    key      bytea   not null check (length(key) = 32)
);
insert into console_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
comment on table console_key is 'Random key of the console for its cookies; owned by package review';
