//! Chats of customers that know an order, and whether they want to hear of it.

use super::query::{execute, fetch_all, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{OrderId, TelegramId};
use crate::domain::language::Language;

/// A customer's chat that knows an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderFollower {
    /// The chat.
    pub chat: TelegramId,
    /// What the bot speaks there.
    pub language: Language,
    /// Whether the chat is to hear what becomes of the order.
    pub wants_news: bool,
}

impl Reader {
    /// The chat as a follower of the order; `None` when it never showed the order's address.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_follower(
        &mut self,
        order_id: OrderId,
        chat: TelegramId,
    ) -> Result<Option<OrderFollower>, StorageError> {
        let row = fetch_optional!(
            self,
            (i64, String, bool),
            "select chat, language, wants_news from order_followers where order_id = $1 and chat = $2",
            order_id.0,
            chat.0
        )?;
        Ok(row.map(follower))
    }

    /// Every chat that knows the order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_followers(&mut self, order_id: OrderId) -> Result<Vec<OrderFollower>, StorageError> {
        let rows = fetch_all!(
            self,
            (i64, String, bool),
            "select chat, language, wants_news from order_followers where order_id = $1 order by chat",
            order_id.0
        )?;
        Ok(rows.into_iter().map(follower).collect())
    }
}

impl Writer {
    /// Notes that a chat has shown the order's address.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_follower(
        &mut self,
        order_id: OrderId,
        chat: TelegramId,
        language: Language,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into order_followers (order_id, chat, language, created_at) values ($1, $2, $3, $4)
             on conflict (order_id, chat) do update set language = excluded.language",
            order_id.0,
            chat.0,
            language.code(),
            now
        )?;
        Ok(())
    }

    /// Begins or ends telling a chat what becomes of an order it knows; false when it does not know it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_order(
        &mut self,
        order_id: OrderId,
        chat: TelegramId,
        wants_news: bool,
    ) -> Result<bool, StorageError> {
        let changed = execute!(
            self,
            "update order_followers set wants_news = $3 where order_id = $1 and chat = $2",
            order_id.0,
            chat.0,
            wants_news
        )?;
        Ok(changed == 1)
    }

    /// Ends telling a chat of any order: nobody is there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn unfollow_all(&mut self, chat: TelegramId) -> Result<(), StorageError> {
        execute!(
            self,
            "update order_followers set wants_news = false where chat = $1 and wants_news",
            chat.0
        )?;
        Ok(())
    }

    /// Forgets which customers' chats know an order, what they were told or are about to be, and that they
    /// looked at it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn forget_followers(&mut self, order_id: OrderId) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from notifications where order_id = $1 and dedupe_key like 'follower:%'",
            order_id.0
        )?;
        execute!(
            self,
            "delete from conversations where replace(body, $2, '') <> body
               and chat in (select chat from order_followers where order_id = $1)",
            order_id.0,
            order_id.to_string()
        )?;
        execute!(self, "delete from order_followers where order_id = $1", order_id.0)?;
        Ok(())
    }
}

fn follower((chat, language, wants_news): (i64, String, bool)) -> OrderFollower {
    let language = Language::parse(&language).unwrap_or(Language::Indonesian);
    OrderFollower { chat: TelegramId(chat), language, wants_news }
}
