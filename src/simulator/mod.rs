//! A pretend Telegram and a pretend Midtrans. Imports nothing of the house; speaks only HTTP.

pub mod midtrans;
pub mod telegram;
