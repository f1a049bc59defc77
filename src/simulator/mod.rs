//! A pretend Telegram, a pretend Midtrans and a pretend mail server. Imports nothing of the house; speaks only HTTP,
//! and SMTP for letters.

pub mod mail;
pub mod midtrans;
pub mod telegram;
