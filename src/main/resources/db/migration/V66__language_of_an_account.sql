-- The language in which an account sees the console. Owned by org.markwatch.review.
alter table account add column language text;
comment on column account.language is 'language tag (RFC 5646); null for the language that the browser asks for';
