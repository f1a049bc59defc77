//! Wiring: configuration, workers, lifecycle, the demo.

pub mod telegram_polling;
pub mod telegram_webhook;
