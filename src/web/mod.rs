//! How customers and gateways talk.

pub mod telegram_webhook;
