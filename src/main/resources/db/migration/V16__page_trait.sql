-- What joins flagged pages of different sites: fingerprints of structure and text, accounts for statistics.

create table page_trait (
    run_id     bigint not null,
    url_sha256 bytea  not null,
    trait      text   not null,
    primary key (run_id, url_sha256, trait),
    foreign key (run_id, url_sha256) references finding on delete cascade
);

create index page_trait_by_trait on page_trait (trait);

comment on table page_trait is 'Kind, colon and value: dom:0123456789abcdef, ga4:G-1A2B3C4D5E; owned by package score';

alter table finding add column dropped int not null default 0 check (dropped >= 0);

comment on column finding.dropped is 'matches beyond the most that are kept of one page';
