//! What the stories stand on: databases of their own, and peers that nobody here wrote.

pub mod balancer;
pub mod botapi_schema;
pub mod customer;
pub mod database;
pub mod dump;
pub mod logs;
pub mod looks;
pub mod mailbox;
pub mod midtrans_hall;
pub mod outside;
pub mod peers;
pub mod postgres_server;
pub mod process;
pub mod scripted_gateway;
pub mod seller;
pub mod telegram_parser;
pub mod test_app;
pub mod test_outbox;
pub mod test_shop;
pub mod welch;
