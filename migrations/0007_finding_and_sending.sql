-- What lists are searched by, folded by the program: lower() knows only the letters of ASCII on SQLite, and on
-- PostgreSQL what its locale knows. Null where an older replica wrote the row, and where the details were erased.
alter table payment_links add column find_by text;
alter table orders add column find_by text;

-- The words a person searched for: they do not fit into a button, and their pages work after a restart too.
create table searches (
    telegram_id bigint not null,
    number bigint not null check (number between 1 and 4294967295),
    merchant_id uuid not null references merchants (id),
    words text not null,
    made_at timestamptz not null,
    primary key (telegram_id, number)
);
create index searches_old on searches (made_at);

create index orders_of_shop on orders (merchant_id, mode, id);

-- When the seller sent the goods, and who said so.
alter table orders add column shipped_at timestamptz;
alter table orders add column shipped_by bigint;

-- After so many hours without payment the seller is told of an order; null: never.
alter table merchants add column follow_up_hours bigint check (follow_up_hours between 1 and 168);
-- When the seller was told, or need not be any more.
alter table orders add column followed_up_at timestamptz;
create index orders_to_follow_up on orders (merchant_id, created_at, id)
    where followed_up_at is null and (state = 'open' or state = 'awaiting' or state = 'expired');
