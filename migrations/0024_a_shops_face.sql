-- How a shop shows itself to its customers: a colour by its name, a picture, and the chat name of one of its
-- owners, which Telegram said and nobody typed. A shop that shows none has no such person.
alter table merchants add column colour text;
alter table merchants add column photo_id uuid;
alter table merchants add column chat_name text;
alter table merchants add column chat_person bigint;
-- Real orders that were paid, whatever became of the money since. Counted as they are booked, so that no page
-- counts rows.
alter table merchants add column paid_orders bigint not null default 0;
update merchants set paid_orders = (
    select count(*) from orders
    where orders.merchant_id = merchants.id and orders.mode = 'live' and orders.paid_at is not null);
create index merchants_by_chat_person on merchants (chat_person) where chat_person is not null;

-- Where a customer may go on once the order is paid: an address of the seller's.
alter table payment_links add column return_url text;
