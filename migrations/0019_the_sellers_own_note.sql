-- What the team writes down about a link for itself. Customers never read it.
alter table payment_links add column seller_note text;
