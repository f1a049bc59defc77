//! What is remembered, on SQLite or PostgreSQL, with one set of SQL.
//!
//! [`Storage::read`] gives a [`Reader`]; [`Storage::write`] gives a [`Writer`], which can also read
//! and alone can change and [`Writer::commit`]. Rules of the SQL here:
//!
//! - `$1` placeholders, `bigint` for whole numbers, lower case, column lists written out;
//! - every change is guarded in its `where`, and the rows affected are read;
//! - rows are claimed by an update whose guard is repeated outside the sub-select;
//! - `order by` ends with a key; lists page by key, never by offset;
//! - no `for update`, no `now()`, no floats: the deciding time is [`Writer::now`];
//! - no network await while a [`Writer`] is open.

mod alerts;
mod attempts;
pub mod audit;
mod claims;
mod columns;
mod conversations;
mod customer_questions;
mod database;
mod drafts;
mod figures;
mod gateway_accounts;
mod holds;
mod import_rows;
mod invitations;
mod key_forms;
pub mod ledger;
pub mod letters;
mod link_imports;
mod link_lists;
mod link_questions;
mod link_views;
mod links;
mod living_cards;
mod merchant_rows;
mod merchants;
mod notice_settings;
mod notices;
mod opening;
mod order_followers;
mod order_lines;
mod order_lists;
mod order_money;
pub mod orders;
mod outbox;
mod outbox_queues;
mod outbox_rows;
pub mod page_reads;
mod photos;
mod place_invitations;
mod places;
pub mod privacy;
mod pulls;
mod query;
mod refunds;
mod refused_methods;
mod rehearsals;
mod restoring;
mod room;
mod rows;
pub mod schema;
mod searches;
mod sent_pictures;
mod shared_messages;
mod shipping;
mod shop_log;
mod signals;
mod snapshot;
mod table_copy;
mod taken_back;
mod team;
mod telegram_inbox;
mod waiting_lines;

pub use customer_questions::CustomerQuestion;
pub use database::{Reader, Storage, StorageError, Writer};
pub use gateway_accounts::ShopAccount;
pub use key_forms::KeyForm;
pub use link_lists::{Direction, OrderCounts, WantedLinks};
pub use notice_settings::PlannedRecap;
pub use order_followers::OrderFollower;
pub use order_lists::{OrdersOf, WantedOrders};
pub use outbox::{ClaimedQueue, QueueClaim, ToldOrder, WaitingNotification};
pub use outbox_queues::{ChatStanding, Settlement};
pub use place_invitations::PlaceInvitation;
pub use pulls::{DuePull, PlannedPull};
pub use refunds::Confirmation;
pub use rehearsals::KeptRehearsal;
pub use shared_messages::{SharedMessage, SharedSettlement};
pub use shop_log::NamedLogEntry;
pub use signals::{OrderBell, Signal, Signals, Topic};
pub use snapshot::Snapshot;
pub use table_copy::RowsOf;
pub use team::{TeamInvitation, TeamMember};
pub use telegram_inbox::{ClaimedChat, StoredUpdate};

/// How often a worker looks for another row to claim when others were faster: with so many replicas
/// after the same rows, the next poll is soon enough.
const CLAIM_TRIES: usize = 16;
