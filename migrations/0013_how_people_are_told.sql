-- How each person is told: hours without a sound, what rings, and whether unpaid orders are told at all.
-- Minutes are counted from midnight in the shop's zone.
alter table staff add column quiet_from bigint check (quiet_from between 0 and 1439);
alter table staff add column quiet_until bigint check (quiet_until between 0 and 1439);
alter table staff add column rings_sold_out boolean not null default false;
alter table staff add column rings_news boolean not null default true;
alter table staff add column rings_questions boolean not null default false;
alter table staff add column tells_unpaid boolean not null default false;

-- The recap of the day: at which minute, and when that is next. recap_day: the local day of the last one, in
-- days of the common era, so that no day has two; recap_until: up to when that one looked.
alter table staff add column recap_at bigint check (recap_at between 0 and 1439);
alter table staff add column recap_due_at timestamptz;
alter table staff add column recap_day bigint;
alter table staff add column recap_until timestamptz;
create index staff_recap_due on staff (recap_due_at) where recap_due_at is not null;

-- That somebody asked whether there is more of what a link sold, and when the seller said no. Not who asked.
create table link_questions (
    link_id uuid not null primary key references payment_links (id),
    merchant_id uuid not null references merchants (id),
    asked_at timestamptz not null,
    declined_at timestamptz
);
create index link_questions_of_shop on link_questions (merchant_id, asked_at);
