-- The message that shows a link in a chat, and is drawn again when the link changes.
create table living_cards (
    link_id uuid not null references payment_links (id),
    chat bigint not null,
    message_id bigint not null,
    -- How it is laid out.
    face text not null check (face in ('made', 'details')),
    -- It is not drawn again before this; due_at: when it is to be, null while nothing changed.
    not_before timestamptz not null,
    due_at timestamptz,
    primary key (link_id, chat),
    unique (chat, message_id)
);
create index living_cards_due on living_cards (due_at) where due_at is not null;
