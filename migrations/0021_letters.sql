-- Letters to customers by e-mail: what waits to be sent, and what became of it. Where a letter goes stands with
-- its link or its order and nowhere else, so that who is erased there gets no letter any more.
create table letters (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    kind text not null,
    link_id uuid not null references payment_links (id),
    -- Null for the letter that brings a link.
    order_id uuid references orders (id),
    -- The charge whose number it tells.
    attempt_id uuid references payment_attempts (id),
    -- One letter for each thing that is told.
    dedupe_key text not null unique,
    -- waiting, sent, void (nothing to tell any more) or failed (nobody takes it).
    state text not null,
    failures bigint not null,
    due_at timestamptz not null,
    leased_by text,
    leased_until timestamptz,
    created_at timestamptz not null,
    settled_at timestamptz
);

create index letters_due on letters (due_at, id) where settled_at is null;
create index letters_settled on letters (settled_at, merchant_id) where settled_at is not null;
create index letters_of_link on letters (link_id, kind, id);
