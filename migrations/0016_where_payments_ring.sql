-- Groups, topics of forums and channels where a shop's payments ring for everybody who is there. One row for
-- each shop and chat: the topic is moved, not added. Rows stay when the place is gone, so that it is known why.
create table places (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    chat bigint not null check (chat < 0),
    -- The topic of a forum.
    thread bigint,
    title text not null,
    kind text not null check (kind in ('group', 'channel')),
    language text not null,
    tells_payments boolean not null default true,
    tells_problems boolean not null default true,
    -- The recap of the day, as it is kept in staff.
    recap_at bigint check (recap_at between 0 and 1439),
    recap_due_at timestamptz,
    recap_day bigint,
    recap_until timestamptz,
    added_by bigint not null,
    added_at timestamptz not null,
    gone_at timestamptz,
    gone_because text,
    unique (merchant_id, chat)
);
create index places_of_chat on places (chat);
create index places_recap_due on places (recap_due_at) where recap_due_at is not null;

-- Links by which an owner brings the bot into a group, and the wish to bring it into a channel, where Telegram
-- passes no word on.
create table place_invitations (
    token_hash bytea not null primary key,
    merchant_id uuid not null references merchants (id),
    created_by bigint not null,
    kind text not null check (kind in ('group', 'channel')),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index place_invitations_of_person on place_invitations (created_by, expires_at);
