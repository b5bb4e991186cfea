-- An account has one or more roles. Accounts keep the permissions that they had. Owned by org.markwatch.review.

alter table account add column roles text[];
update account
   set roles = case role when 'reviewer' then array['reviewer']
                         when 'lead' then array['supervisor', 'operator']
                         else array['supervisor', 'operator', 'administrator'] end;
alter table account
    alter column roles set not null,
    add constraint account_roles_check check (
        cardinality(roles) > 0
        and roles <@ array['viewer', 'reviewer', 'child-safety-reviewer', 'supervisor', 'brand-editor', 'operator',
                           'administrator']),
    drop column role;

-- Whether a person or a decision put the item into its lane: runs then leave it there. Owned by org.markwatch.queue.
alter table item add column lane_kept boolean not null default false;

-- Null if the decision left the item in its lane.
alter table decision_evidence add column earlier_lane text;
