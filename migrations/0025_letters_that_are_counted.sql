-- A letter is counted by whom it was sent to, so that no change of an address undoes what went there. The mark can
-- be compared and not read; it is null while nothing was handed over.
alter table letters add column sent_to_mark bytea;
-- How often the mail server was given the whole letter and did not say what became of it.
alter table letters add column unsure bigint not null default 0;
create index letters_sent_to on letters (sent_to_mark, settled_at) where sent_to_mark is not null;
