-- How often people opened a link's page, in quarters of an hour: every zone's day begins at one. Nothing
-- about who opened it is kept.
create table link_views (
    payment_link_id uuid not null references payment_links (id),
    merchant_id uuid not null references merchants (id),
    mode text not null check (mode in ('sandbox', 'live')),
    quarter timestamptz not null,
    views bigint not null check (views > 0),
    primary key (payment_link_id, quarter)
);
create index link_views_of_shop on link_views (merchant_id, mode, quarter);

-- Orders by when they were made: for figures, and for files that are read page by page.
create index orders_made on orders (merchant_id, mode, created_at, id);
