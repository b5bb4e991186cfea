-- Requests that were made although robots.txt disallows them, by the authority of a seed, are counted too. What is counted is
-- the program's own choice of words, so the list of them is kept there only.
alter table run_count drop constraint if exists run_count_about_check;
