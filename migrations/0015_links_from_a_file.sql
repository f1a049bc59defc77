-- A file that many links are made from: what was understood of it, and how far it is.
create table link_imports (
    id uuid not null primary key,
    merchant_id uuid not null references merchants (id),
    -- Who sent it, and the private chat; in which message.
    person bigint not null,
    source_message bigint not null,
    file_name text not null,
    separator text not null check (separator in ('comma', 'semicolon', 'tab')),
    -- The names of its columns, as a list in JSON; empty where it names none.
    titles text not null,
    mode text not null check (mode in ('sandbox', 'live')),
    state text not null check (state in ('ready', 'making', 'told', 'dropped')),
    -- The message that shows how far it is.
    card bigint,
    -- From when a worker may go on with it: after the lease of another one, or a rest; null while there is
    -- nothing to do.
    due_at timestamptz,
    leased_by text,
    created_at timestamptz not null,
    touched_at timestamptz not null,
    unique (person, source_message)
);
create index link_imports_due on link_imports (due_at) where due_at is not null;
create index link_imports_untouched on link_imports (touched_at);

create table link_import_rows (
    import_id uuid not null references link_imports (id),
    -- In the spreadsheet.
    number bigint not null,
    -- As sent, a list in JSON.
    cells text not null,
    state text not null check (state in ('waiting', 'made', 'wrong', 'skipped')),
    -- What the link is made from, as JSON; a link is made from it once.
    draft text,
    -- Why none is, in the seller's words; empty where nothing is wrong.
    problem text not null,
    link_id uuid references payment_links (id),
    primary key (import_id, number)
);
