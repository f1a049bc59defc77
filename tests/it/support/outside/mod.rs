//! A Bot API server that nobody here wrote, and people who chat with the bot through it.
//!
//! It is strict about requests and has no memory: our gate in front of it keeps what was said in each chat.

pub mod emulator;
pub mod form;
pub mod gate;
pub mod person;
