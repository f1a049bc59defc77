-- What people who work in shops are called, and which of their shops they work in now.
create table people (
    telegram_id bigint not null primary key,
    name text not null
);
alter table staff add column active_at timestamptz;

-- Who joins by which link.
create table team_invitations (
    token_hash bytea not null primary key,
    merchant_id uuid not null references merchants (id),
    role text not null check (role in ('owner', 'staff', 'viewer')),
    created_by bigint not null,
    expires_at timestamptz not null,
    used_by bigint,
    used_at timestamptz
);
create index team_invitations_of_shop on team_invitations (merchant_id, expires_at);

-- Who did what in a shop. Rows are only ever added; nothing in them is about a customer.
create table shop_log (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    person bigint not null,
    event text not null,
    link_id uuid references payment_links (id),
    order_id uuid references orders (id),
    amount_minor bigint,
    -- The other person, for what concerns one.
    about bigint,
    happened_at timestamptz not null
);
create index shop_log_of_shop on shop_log (merchant_id, id);
