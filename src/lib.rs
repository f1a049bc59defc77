//! Tautan: payment links that live in chat.
//!
//! A seller tells the bot what is sold and for how much; a customer pays on a page; the seller's
//! chat rings. `ARCHITECTURE.md` follows one payment through the files.
//!
//! # Floors
//!
//! The house has floors; a floor uses the floors below it, never a neighbour and never one above.
//! Read them from the ground up:
//!
//! - [`domain`]: pure types and rules of the shop. No async, no IO. Money's rules are
//!   [`domain::apply`].
//! - [`storage`]: what is remembered, on SQLite or PostgreSQL, with one set of SQL. A
//!   [`storage::Writer`] is one transaction, and alone can change anything.
//! - [`gateways`]: how money moves: a provider behind one trait, [`gateways::PaymentGateway`].
//! - [`messaging`]: how people are told: texts, buttons and Telegram's manners.
//! - [`services`]: what a shop can do: one method of [`services::Services`] per use case.
//! - [`bot`]: how sellers talk; the whole tree is [`bot::routes`].
//! - [`web`]: how customers and gateways talk; every route is in [`web::router`].
//! - [`app`]: wiring: configuration, workers, lifecycle, the demo.
//! - [`simulator`]: outside the house: a pretend Telegram, Midtrans and mail server that speak only
//!   HTTP and SMTP and know nothing of the floors.
//!
//! # What the house does without
//!
//! Most of what keeps money right is something that is not there:
//!
//! - No order is paid by what a gateway sends. A notice is a hint; only the answer to our own
//!   question moves money ([`domain::report`]).
//! - No fact without its message, and no message without its fact: both are in one transaction, and
//!   the message goes out of the outbox ([`services::delivery`]).
//! - No network is awaited while a [`storage::Writer`] is open.
//! - No place of a limited link is taken by opening a page, and none is given back while its charge
//!   may still be paid.
//! - No update, notice or message is acknowledged before it is on disk.
//! - No wall clock is read but through [`domain::clock`], and nothing is decided by another time than
//!   [`storage::Writer::now`].
//! - No floats for money: [`domain::money::Money`] counts whole minor units of a currency.
//! - No row of a ledger is changed or removed ([`domain::ledger`]).
//! - No key and no contact in a log, and no card number anywhere: a text that holds one is refused
//!   ([`domain::card_number`]).
//! - No text that a seller or a customer reads in code: it is in `locales/`, in every language.
//! - No second way to sandbox: the simulated bank is reached by the adapter that serves real money.
//!
//! `tests/architecture.rs` holds what a machine can see of this: floors, sizes, names, texts.
//! [`services::audit`] looks for the rest in the data, after every story and by `tautan verify`.

pub mod app;
pub mod bot;
pub mod domain;
pub mod gateways;
pub mod messaging;
pub mod services;
pub mod simulator;
pub mod storage;
pub mod web;
