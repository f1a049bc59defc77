-- What the operator should look at, once each: the key says when two are the same.
create table alerts (
    id uuid not null primary key,
    kind text not null,
    subject text not null,
    what text not null,
    dedupe_key text not null unique,
    merchant_id uuid references merchants (id),
    seen bigint not null default 1 check (seen >= 1),
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    -- When messages to the admins were written; null while there is nobody to tell.
    told_at timestamptz
);
create index alerts_untold on alerts (first_seen_at, id) where told_at is null;

-- Duties that one replica does for all, and when each was taken up last.
create table duties (
    name text not null primary key,
    taken_at timestamptz not null
);

-- When the customer's details were erased. The order and its money stay.
alter table orders add column customer_erased_at timestamptz;
create index orders_with_details on orders (created_at) where customer_erased_at is null;
