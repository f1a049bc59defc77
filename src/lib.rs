//! Tautan: payment links that live in chat.
//!
//! The house has floors; a floor uses the floors below it, never a neighbour and never one above.
//! Read them from the ground up:
//!
//! - [`domain`]: pure types and rules of the shop. No async, no IO.
//! - [`storage`]: what is remembered, on SQLite or PostgreSQL, with one set of SQL.
//! - [`gateways`]: how money moves: a provider behind one trait.
//! - [`messaging`]: how people are told: texts, buttons and Telegram's manners.
//! - [`services`]: what a shop can do: one method per use case.
//! - [`bot`]: how sellers talk.
//! - [`web`]: how customers and gateways talk.
//! - [`app`]: wiring: configuration, workers, lifecycle, the demo.
//! - [`simulator`]: outside the house: a pretend Telegram and a pretend Midtrans that speak only HTTP.
//!
//! `tests/architecture.rs` holds these rules.

pub mod app;
pub mod bot;
pub mod domain;
pub mod gateways;
pub mod messaging;
pub mod services;
pub mod simulator;
pub mod storage;
pub mod web;
