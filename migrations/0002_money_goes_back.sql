-- What sellers do about money: confirmations that are pressed once, returns, and payments counted
-- beyond a link's limit.

alter table orders add column accepted_by bigint;
alter table orders add column accepted_at timestamptz;

-- When the gateway says that the money was there: the start of its time for refunds.
alter table payment_attempts add column settled_at timestamptz;

-- A button that asks "really?": good for one person, ten minutes, and one press.
create table confirmations (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    telegram_id bigint not null,
    order_id uuid not null references orders (id),
    attempt_id uuid references payment_attempts (id),
    act text not null,
    made_at timestamptz not null,
    used_at timestamptz
);
create index confirmations_old on confirmations (made_at);

create table refunds (
    -- The confirmation's key: one press makes one return.
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    order_id uuid not null references orders (id),
    attempt_id uuid not null references payment_attempts (id),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    way text not null check (way in ('gateway', 'by_hand')),
    state text not null check (state in ('requested', 'accepted', 'confirmed', 'failed')),
    -- What the gateway knows it by, the same at every try.
    refund_key text not null unique,
    asked_by bigint not null,
    requested_at timestamptz not null,
    settled_at timestamptz,
    bank_confirmed_at timestamptz,
    failure text
);
create index refunds_of_attempt on refunds (attempt_id, id);
create index refunds_of_order on refunds (order_id, id);
create index refunds_open on refunds (attempt_id) where state in ('requested', 'accepted');
