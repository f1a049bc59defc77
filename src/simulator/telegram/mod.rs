//! A pretend Telegram: the Bot API for any token, and a phone page where a person chats.
