-- Finds the items of a rule, for its precision. Owned by org.markwatch.queue.

create function item_rules(evidence jsonb) returns text[]
    language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct reason ->> 'rule'), '{}')
      from jsonb_array_elements(evidence -> 'reasons') reason
$$;

create index item_rules on item using gin (item_rules(evidence));
