-- Columns and indexes by which the queue is listed, filtered and searched. Owned by org.markwatch.queue.

-- The words of the URL, the title and the snippets, in lower case and cut to 100 characters. ASCII and general punctuation separates.
create function item_words(url text, title text, evidence jsonb) returns tsvector
    language sql immutable parallel safe as $$
    select coalesce(array_to_tsvector(array_agg(distinct left(word, 100))), ''::tsvector)
      from regexp_split_to_table(
               lower(url || ' ' || title || ' ' || coalesce(
                   (select string_agg(reason ->> 'snippet', ' ') from jsonb_array_elements(evidence -> 'reasons') reason), '')),
               '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff01-\uff0f]+') word
     where word <> ''
$$;

create function item_groups(evidence jsonb) returns text[]
    language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct reason ->> 'group'), '{}')
      from jsonb_array_elements(evidence -> 'reasons') reason
     where (reason ->> 'points')::integer > 0
$$;

alter table item
    add column words  tsvector not null generated always as (item_words(url, title, evidence)) stored,
    add column groups text[]   not null generated always as (item_groups(evidence)) stored;

create index item_words on item using gin (words);
create index item_terms on item using gin (brands, groups);
create index item_open on item (precedence, queued_at, id) where state in ('new', 'reopened');
create index item_decided on item (precedence, queued_at, id) where state = 'decided';
create index item_reopened on item (lane, precedence, queued_at, id) where state = 'reopened';
create index item_severity on item (severity, precedence, queued_at, id) where state in ('new', 'reopened');
create index item_host on item (host, precedence, queued_at, id) where state in ('new', 'reopened');
create index item_host_all on item (host, id);
create index item_language on item (language, precedence, queued_at, id) where state in ('new', 'reopened');
