-- Where hosts answered: a row for each address and certificate of a host, however many pages came that way. The text of a
-- certificate is text of the site. Owned by org.markwatch.crawl.
create table host_connection (
    host        text   not null, -- scheme, host and port
    address     text   not null, -- IP address; empty if a proxy made the connection
    certificate bytea  not null, -- SHA-256 of the certificate; empty for http
    names       text   not null, -- host names of the certificate, separated by spaces
    more_names  int    not null, -- number of names that are left out
    subject     text   not null, -- empty unless a trusted authority issued the certificate
    issuer      text   not null, -- likewise
    not_before  timestamptz,     -- null for http
    not_after   timestamptz,
    first_run   bigint not null,
    last_run    bigint not null,
    primary key (host, address, certificate)
);

-- Files other than pages that the page refers to and that are never requested, by kind: 'image=24 video=2'.
alter table page_text add column refers_to text not null default '';
