//! What the stories stand on: databases of their own, and peers that nobody here wrote.

pub mod botapi_schema;
pub mod database;
pub mod peers;
pub mod telegram_parser;
