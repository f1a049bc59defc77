//! Which messages show a link.

use super::{ServiceError, Services};
use crate::domain::id::TelegramId;
use crate::domain::living_card::{LivingCard, ShownLink};

impl Services {
    /// Notes what messages of a chat show now: a link, or anything else.
    ///
    /// # Errors
    /// When the database cannot be asked; a card then stays as it was drawn.
    pub async fn note_cards(
        &self,
        chat: TelegramId,
        shown: &[(i64, Option<ShownLink>)],
    ) -> Result<(), ServiceError> {
        if shown.is_empty() {
            return Ok(());
        }
        let mut changed = Vec::new();
        let mut reader = self.storage.read().await?;
        for (message_id, link) in shown {
            if link.is_some() || reader.is_living_card(chat, *message_id).await? {
                changed.push((*message_id, link));
            }
        }
        drop(reader);
        if changed.is_empty() {
            return Ok(());
        }
        let mut writer = self.storage.write().await?;
        for (message_id, link) in changed {
            match link {
                Some(link) => writer.note_card(chat, message_id, link).await?,
                None => writer.forget_card(chat, message_id).await?,
            }
        }
        Ok(writer.commit().await?)
    }

    /// Notes that a card is no more: its message is gone, or there is nothing to follow.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_card(&self, card: &LivingCard) -> Result<(), ServiceError> {
        self.note_cards(card.chat, &[(card.message_id, None)]).await
    }
}
