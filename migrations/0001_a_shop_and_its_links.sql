-- One schema for SQLite and PostgreSQL, with PostgreSQL's type names. Instants are UTC in whole
-- milliseconds; money is in minor units.

create table merchants (
    id uuid not null primary key,
    name text not null,
    language text not null check (language in ('id', 'en')),
    currency text not null,
    time_zone text not null,
    mode text not null check (mode in ('sandbox', 'live')),
    -- The head of the shop's ledger: updated first when money is booked, so it is also the lock.
    ledger_sequence bigint not null default 0 check (ledger_sequence >= 0),
    ledger_seal bytea not null,
    created_at timestamptz not null
);

create table staff (
    merchant_id uuid not null references merchants (id),
    telegram_id bigint not null,
    role text not null check (role in ('owner', 'staff', 'viewer')),
    language text not null check (language in ('id', 'en')),
    -- Since when Telegram says that the person cannot be reached.
    unreachable_since timestamptz,
    joined_at timestamptz not null,
    primary key (merchant_id, telegram_id)
);
create index staff_by_person on staff (telegram_id);

create table admins (
    telegram_id bigint not null primary key,
    since timestamptz not null
);

create table invitations (
    token_hash bytea not null primary key,
    purpose text not null check (purpose in ('shop', 'admin')),
    created_by bigint,
    expires_at timestamptz not null,
    used_by bigint,
    used_at timestamptz
);
create index invitations_by_guest on invitations (used_by);

create table link_drafts (
    id uuid not null primary key,
    telegram_id bigint not null,
    body text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index link_drafts_by_person on link_drafts (telegram_id, updated_at, id);

create table payment_links (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    draft_id uuid not null unique,
    mode text not null check (mode in ('sandbox', 'live')),
    reference text not null,
    slug text not null unique,
    item_name text not null,
    price_minor bigint not null check (price_minor > 0),
    currency text not null,
    usage_limit bigint check (usage_limit between 1 and 1000000),
    used bigint not null default 0 check (used >= 0),
    held bigint not null default 0 check (held >= 0),
    opens_at timestamptz,
    expires_at timestamptz,
    paused_at timestamptz,
    deleted_at timestamptz,
    customer_name text,
    customer_phone text,
    customer_email text,
    sold_out_told_at timestamptz,
    version bigint not null default 0,
    created_at timestamptz not null,
    unique (merchant_id, reference)
);
create index payment_links_of_shop on payment_links (merchant_id, mode, id);
create index payment_links_deleted on payment_links (deleted_at) where deleted_at is not null;

create table orders (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    payment_link_id uuid not null references payment_links (id),
    code text not null,
    token_hash bytea not null unique,
    token_sealed bytea not null,
    form_hash bytea not null,
    mode text not null check (mode in ('sandbox', 'live')),
    state text not null,
    unit text not null check (unit in ('none', 'held', 'used')),
    late boolean not null,
    over_limit boolean not null,
    overpaid boolean not null,
    underpaid boolean not null,
    duplicate_payment boolean not null,
    mismatch boolean not null,
    customer_name text not null,
    customer_phone text not null,
    customer_email text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    language text not null check (language in ('id', 'en')),
    paid_at timestamptz,
    paid_with text,
    hold_until timestamptz,
    changing_until timestamptz,
    version bigint not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (merchant_id, code),
    unique (payment_link_id, form_hash)
);
create index orders_of_link on orders (payment_link_id, id);
create index orders_paid on orders (merchant_id, paid_at);
create index orders_holding on orders (hold_until) where unit = 'held';
create index orders_waiting on orders (state, updated_at);

create table payment_attempts (
    id uuid not null primary key,
    order_id uuid not null references orders (id),
    merchant_id uuid not null references merchants (id),
    account text not null,
    mode text not null check (mode in ('sandbox', 'live')),
    gateway_order_id text not null unique,
    transaction_id text,
    method text not null,
    state text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    instructions text,
    pay_by timestamptz not null,
    returned_minor bigint not null default 0 check (returned_minor >= 0),
    restoring_since timestamptz,
    -- The pull: when the gateway is to be asked next (null: nothing to ask), when it was asked
    -- last, how often in vain, and who is asking.
    pull_due_at timestamptz,
    pulled_at timestamptz,
    pull_failures bigint not null default 0,
    leased_by text,
    leased_until timestamptz,
    version bigint not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index payment_attempts_of_order on payment_attempts (order_id, id);
create index payment_attempts_due on payment_attempts (pull_due_at, id) where pull_due_at is not null;

create table gateway_notices (
    id uuid not null primary key,
    account text not null,
    gateway_order_id text not null,
    attempt_id uuid references payment_attempts (id),
    fingerprint text not null,
    claimed_status text not null,
    seen bigint not null default 1 check (seen >= 1),
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    unique (account, gateway_order_id, fingerprint)
);
create index gateway_notices_orphaned on gateway_notices (first_seen_at, id) where attempt_id is null;

create table ledger_entries (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    sequence bigint not null check (sequence >= 1),
    order_id uuid not null references orders (id),
    attempt_id uuid not null references payment_attempts (id),
    mode text not null check (mode in ('sandbox', 'live')),
    kind text not null,
    amount_minor bigint not null,
    memo_minor bigint not null check (memo_minor >= 0),
    currency text not null,
    booked_at timestamptz not null,
    seal bytea not null,
    unique (merchant_id, sequence)
);
create index ledger_entries_of_order on ledger_entries (order_id, sequence);

create table notifications (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    chat bigint not null,
    message text not null,
    dedupe_key text not null unique,
    state text not null check (state in ('pending', 'sent', 'given_up')),
    attempts bigint not null default 0,
    not_before timestamptz not null,
    leased_by text,
    leased_until timestamptz,
    failure text,
    telegram_message_id bigint,
    created_at timestamptz not null,
    settled_at timestamptz
);
create index notifications_due on notifications (not_before, id) where state = 'pending';
create index notifications_of_chat on notifications (chat, id) where state = 'pending';

create table telegram_updates (
    update_id bigint not null primary key,
    chat bigint not null,
    body text not null,
    tries bigint not null default 0,
    received_at timestamptz not null,
    done_at timestamptz
);
create index telegram_updates_waiting on telegram_updates (chat, received_at, update_id) where done_at is null;
create index telegram_updates_old on telegram_updates (received_at);

create table chats (
    chat bigint not null primary key,
    leased_by text,
    leased_until timestamptz
);

create table conversations (
    chat bigint not null primary key,
    body text not null,
    updated_at timestamptz not null
);

create table instance_settings (
    key text not null primary key,
    value text not null
);
