-- Accounts that shops connected themselves, beside the operator's. At most one of a shop and mode is used for
-- new charges; one that was taken off or replaced is asked about its charges as long as they need it.
create table gateway_accounts (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    mode text not null check (mode in ('sandbox', 'live')),
    -- The server key, sealed; null once nothing needs it any more. Its last characters are for its owner.
    sealed_key bytea,
    key_tail text not null,
    connected_by bigint not null,
    connected_at timestamptz not null,
    -- When the gateway last refused the key.
    refused_at timestamptz,
    retired_at timestamptz,
    version bigint not null default 0
);
create unique index gateway_accounts_in_use on gateway_accounts (merchant_id, mode) where retired_at is null;
create index gateway_accounts_retired on gateway_accounts (retired_at, id) where retired_at is not null;
create index payment_attempts_of_account on payment_attempts (account, id);

-- Forms that ask one person for a key, once.
create table key_forms (
    token_hash bytea not null primary key,
    merchant_id uuid not null references merchants (id),
    mode text not null check (mode in ('sandbox', 'live')),
    person bigint not null,
    -- The message that leads to the form.
    card bigint,
    tries bigint not null default 0 check (tries >= 0),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index key_forms_old on key_forms (expires_at);
