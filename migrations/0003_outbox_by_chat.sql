-- The outbox goes by chat: a chat is claimed, not a message, so that a chat that must wait costs the
-- others one row that is not due, however much waits in it.

create table outbox_chats (
    chat bigint not null primary key,
    -- When someone is to look at this chat: null when nothing waits or nobody is there. While it is
    -- leased, when the lease ends.
    due_at timestamptz,
    leased_by text,
    -- Whether something came while it was leased.
    stirred boolean not null default false,
    -- Nothing goes out before this: pace, back-off, or Telegram's own wish.
    not_before timestamptz,
    failures bigint not null default 0 check (failures >= 0),
    -- Telegram asked to leave the chat alone until then: replies obey it too, on every replica.
    held_until timestamptz,
    -- Since when nobody is there. What waits is kept for the day someone comes back.
    unreachable_since timestamptz,
    -- When someone came back last: what was written before is told as one list.
    returned_at timestamptz,
    -- The chat became this one.
    moved_to bigint
);
create index outbox_chats_due on outbox_chats (due_at, chat) where due_at is not null;

-- A run of payments in one chat: the first ones ring, the others are lines of one message.
create table payment_bursts (
    chat bigint not null,
    merchant_id uuid not null references merchants (id),
    mode text not null check (mode in ('sandbox', 'live')),
    currency text not null,
    rung bigint not null check (rung >= 0),
    told_at timestamptz not null,
    -- The message that takes further lines, how many it has, and when it was sent or changed last.
    list_message_id bigint,
    list_lines bigint not null default 0 check (list_lines >= 0),
    list_shown_at timestamptz,
    primary key (chat, merchant_id, mode, currency)
);

drop index notifications_due;
alter table notifications drop column not_before;
alter table notifications drop column leased_by;
alter table notifications drop column leased_until;
alter table notifications drop column attempts;
alter table notifications add column order_id uuid references orders (id);
-- A payment may become a line of a list; news may when they come late; a decision stands alone.
alter table notifications add column kind text not null default 'decision'
    check (kind in ('payment', 'news', 'decision'));
create index notifications_of_order on notifications (order_id, chat) where order_id is not null;
create index notifications_of_message on notifications (chat, telegram_message_id)
    where telegram_message_id is not null;

insert into outbox_chats (chat, unreachable_since)
    select telegram_id, min(unreachable_since) from staff where unreachable_since is not null
    group by telegram_id;
insert into outbox_chats (chat, due_at)
    select chat, min(created_at) from notifications
    where state = 'pending' and chat not in (select chat from outbox_chats)
    group by chat;
alter table staff drop column unreachable_since;
