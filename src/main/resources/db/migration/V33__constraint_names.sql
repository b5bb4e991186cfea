-- PostgreSQL numbered the constraints of tables that version 30 made beside the old ones. With the names that a new database has, a
-- later migration can name them in both.

alter table finding rename constraint finding_dropped_check1 to finding_dropped_check;
alter table finding rename constraint finding_score_check1 to finding_score_check;
alter table finding rename constraint finding_url_sha256_check1 to finding_url_sha256_check;
alter table page rename constraint page_disposition_check1 to page_disposition_check;
alter table page_match rename constraint page_match_check1 to page_match_check;
alter table page_match rename constraint page_match_start_at_check1 to page_match_start_at_check;
alter table run_seed rename constraint run_seed_run_id_fkey1 to run_seed_run_id_fkey;
