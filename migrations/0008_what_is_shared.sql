-- Pictures that Telegram has already, by what is drawn in them: they are sent again by its handle.
create table sent_pictures (
    -- SHA-256 of the bot and the drawing: another bot has other handles.
    digest text not null primary key,
    file_id text not null,
    used_at timestamptz not null
);

-- Chats of customers who showed an order's address to the bot, and whether they want to hear of it.
create table order_followers (
    order_id uuid not null references orders (id),
    chat bigint not null,
    language text not null check (language in ('id', 'en')),
    wants_news boolean not null default false,
    created_at timestamptz not null,
    primary key (order_id, chat)
);

-- Messages about a link that its shop sent into other chats, by Telegram's handle: they are drawn anew
-- when the link stands otherwise than they say.
create table shared_messages (
    inline_message_id text not null primary key,
    merchant_id uuid not null references merchants (id),
    link_id uuid not null references payment_links (id),
    language text not null check (language in ('id', 'en')),
    -- The digest of what it says, and the version of the link that was looked at then.
    shown text not null,
    link_version bigint not null,
    -- When time alone changes what is to be said.
    turns_at timestamptz,
    -- Not looked at before this: pace, a lease, or Telegram's own wish.
    not_before timestamptz not null,
    failures bigint not null default 0 check (failures >= 0),
    created_at timestamptz not null
);
create index shared_messages_of_link on shared_messages (link_id);

-- What customers asked about links, and what they were answered.
create table customer_questions (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    link_id uuid not null references payment_links (id),
    -- Who asks: the chat, what the person is called there, and what the bot speaks with them.
    chat bigint not null,
    asker text not null,
    language text not null check (language in ('id', 'en')),
    question text not null,
    asked_at timestamptz not null,
    answer text,
    answered_at timestamptz
);
create index customer_questions_of_chat on customer_questions (chat, asked_at);
