-- A customer who waits until a unit of a busy link comes free: since when, and when they were told that it is
-- their turn. A program that does not know these columns leaves them as they are.
alter table orders add column waiting_since timestamptz;
alter table orders add column turn_told_at timestamptz;
create index orders_in_line on orders (payment_link_id, waiting_since, id) where waiting_since is not null;
