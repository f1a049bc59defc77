//! The roof: settings, telemetry, the life of the process, its workers, and the demo.

pub mod commands;
pub mod config;
pub mod demo;
pub mod goodbye;
pub mod init;
mod letters;
pub mod lifecycle;
pub mod maintenance;
pub mod open_files;
pub mod server;
pub mod telegram_intake;
pub mod telegram_polling;
pub mod telegram_webhook;
pub mod telemetry;
pub mod workers;
