-- What a new link takes when nothing else is said, and whether it is asked about first.
alter table merchants add column default_limit bigint check (default_limit between 1 and 1000000);
alter table merchants add column default_life_minutes bigint check (default_life_minutes between 5 and 1051200);
alter table merchants add column makes_unasked boolean not null default false;

-- Drafts that were typed together and are made by one tap.
alter table link_drafts add column batch_id uuid;
create index link_drafts_of_batch on link_drafts (batch_id, id);
