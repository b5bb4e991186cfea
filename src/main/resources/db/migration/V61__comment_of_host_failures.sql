-- The limit of org.markwatch.report.HostFailures includes the rows of all hosts.
comment on table host_failure is 'Of the latest 100 runs, at most 500 rows each, those of all hosts first';
