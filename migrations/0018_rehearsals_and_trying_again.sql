-- The payment that a person rehearses in a shop, one at a time. How far it is stands in its order.
create table rehearsals (
    merchant_id uuid not null references merchants (id),
    person bigint not null,
    link_id uuid not null references payment_links (id),
    -- Null until the made-up customer has given details.
    order_id uuid references orders (id),
    -- Whether the link was made for it and goes when it is over.
    is_sample boolean not null,
    began_at timestamptz not null,
    primary key (merchant_id, person)
);

-- Until when what was asked in an update may be asked again by one tap, because its answer failed. Its words
-- are kept that long.
alter table telegram_updates add column repeat_until timestamptz;
create index telegram_updates_repeatable on telegram_updates (repeat_until) where repeat_until is not null;
