-- When the person of a provider signed on last: tokens of the account work for 30 days after it. Null for accounts without a
-- person of a provider. Owned by org.markwatch.review.
alter table account add column signed_on_at timestamptz;
update account set signed_on_at = now() where oidc_issuer is not null;
