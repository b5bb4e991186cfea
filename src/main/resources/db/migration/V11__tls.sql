-- What is wrong with the certificate of the host that answered; null if nothing is, and for http.
alter table page add column tls text;
