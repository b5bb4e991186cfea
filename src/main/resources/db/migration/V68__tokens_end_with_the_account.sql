-- The version that the account had when the token was made: a change of the account ends the token, as it ends sessions.
-- Owned by org.markwatch.review.
alter table api_token add column account_version integer;
update api_token t set account_version = a.version from account a where a.name = t.account;
alter table api_token alter column account_version set not null;
