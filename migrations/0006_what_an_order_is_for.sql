-- What was ordered, as it was called then: a link may be given another name later. Null where an older
-- replica wrote the order; then the link's name is meant.
alter table orders add column item_name text;
update orders set item_name =
    (select payment_links.item_name from payment_links where payment_links.id = orders.payment_link_id);
