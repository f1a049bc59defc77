-- What a link sells beyond one thing at one price, and what an order keeps of it.

-- Pictures that sellers sent. The digest keeps the same picture from being kept twice.
create table link_photos (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    digest bytea not null,
    jpeg bytea not null,
    width bigint not null check (width between 1 and 10000),
    height bigint not null check (height between 1 and 10000),
    -- When it was sent last: one that no link shows is forgotten some days later.
    sent_at timestamptz not null,
    unique (merchant_id, digest)
);
create index link_photos_sent on link_photos (sent_at);

alter table payment_links add column photo_id uuid references link_photos (id);
-- How the price comes about, as JSON; null: one price, which stands in price_minor.
alter table payment_links add column pricing text;
-- What its customers read once they have paid.
alter table payment_links add column buyer_note text;
create index payment_links_of_photo on payment_links (photo_id) where photo_id is not null;

-- How many and of what, as JSON, and what the customer is told, as they were when it was ordered.
-- Null where an older replica wrote the order: one piece, and nothing to say.
alter table orders add column goods text;
alter table orders add column buyer_note text;
