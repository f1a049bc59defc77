-- The ways to pay that a shop takes, and a link, as JSON arrays of their codes; null: all of them.
alter table merchants add column methods text;
alter table payment_links add column methods text;
