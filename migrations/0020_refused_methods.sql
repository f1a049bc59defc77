-- Methods that a gateway does not let an account use, so that pages do not offer them for a while.
create table refused_methods (
    account text not null,
    method text not null,
    refused_at timestamptz not null,
    primary key (account, method)
);
