-- The person of a provider of single sign-on to whom an account belongs. Owned by org.markwatch.review.
alter table account
    add column oidc_issuer  text,
    add column oidc_subject text,
    add column link_until   timestamptz, -- until when the next sign-on under the name links the account
    add constraint account_identity_check check ((oidc_issuer is null) = (oidc_subject is null));
create unique index account_identity on account (oidc_issuer, oidc_subject);
comment on column account.oidc_subject is 'claim sub of the ID token, which the issuer gives to one person only';
