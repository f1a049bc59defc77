-- From which network a unit is held: a keyed hash, never an address. It is forgotten with the hold.
alter table orders add column network bytea;
create index orders_of_network on orders (payment_link_id, network) where unit = 'held';
