//! How sellers talk: one file per talk, the whole tree in [`routes`].
//!
//! An update is stored first, then a [`worker`] claims its chat and runs the tree. A handler parses, does, says, moves.

pub mod apologies;
pub mod commands;
pub mod company;
pub mod conversation;
pub mod finding;
pub mod gateway;
pub mod help;
pub mod home;
pub mod intake;
pub mod link_defaults;
pub mod link_questions;
pub mod links;
pub mod links_by_file;
pub mod living_cards;
pub mod notice_settings;
pub mod numbers;
pub mod own_data;
pub mod places;
pub mod rehearsal;
mod retries;
pub mod routes;
pub mod settings;
pub mod sharing;
pub mod shop_face;
pub mod shop_methods;
mod shops;
pub mod start;
pub mod start_cards;
pub mod strangers;
pub mod talk;
pub mod team;
pub mod time_zones;
pub mod worker;

/// Why a talk broke off though the person did nothing wrong.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// A use case failed.
    #[error(transparent)]
    Service(#[from] crate::services::ServiceError),
    /// The database could not be asked.
    #[error(transparent)]
    Storage(#[from] crate::storage::StorageError),
    /// Telegram did not take the answer.
    #[error(transparent)]
    Send(#[from] crate::messaging::send_error::SendError),
    /// The answer was not complete while the chat was still the worker's.
    #[error("the answer took too long")]
    TookTooLong,
    /// Our bug.
    #[error("the handler panicked")]
    HandlerPanicked,
}
