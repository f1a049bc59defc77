//! Where a private chat is in a talk, kept as JSON so that a restart forgets nothing.

use serde::{Deserialize, Serialize};

use super::BotError;
use super::finding::FindingTalk;
use super::links::LinkTalk;
use super::links::money_talk::MoneyTalk;
use super::own_data::OwnDataTalk;
use super::settings::SettingsTalk;
use super::sharing::CustomerTalk;
use super::start::StartTalk;
use crate::domain::id::{DraftId, TelegramId};
use crate::messaging::telegram::MessageId;
use crate::services::Services;
use crate::storage::Reader;

/// The shape of the row. Fields that are added with a default need no new number.
const VERSION: u8 = 1;

/// What the bot waits for in a chat. Named for the talk; each talk's own states say for what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conversation {
    /// Nothing: commands, buttons and plain text start something.
    #[default]
    Idle,
    /// The opening of a shop.
    Start(StartTalk),
    /// A value for the settings.
    Settings(SettingsTalk),
    /// Something about links.
    Link(LinkTalk),
    /// How much money goes back.
    Money(MoneyTalk),
    /// Nothing; somebody without a shop looked at a link or an order.
    Customer(CustomerTalk),
    /// Words to look for.
    Finding(FindingTalk),
    /// Which customer's data is meant.
    OwnData(OwnDataTalk),
}

/// A chat's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptConversation {
    /// Where the talk is.
    pub conversation: Conversation,
    /// The card that asked for what is awaited: its buttons go when the answer is typed.
    pub asking_card: Option<MessageId>,
    /// The confirm card that was shown last, while nothing is awaited: `/cancel` throws its draft away.
    pub confirm_card: Option<(DraftId, MessageId)>,
    /// Whether there was a row that this version cannot read; the person is told so.
    pub was_unreadable: bool,
}

#[derive(Serialize, Deserialize)]
struct Row {
    version: u8,
    conversation: Conversation,
    #[serde(default)]
    asking_card: Option<MessageId>,
    #[serde(default)]
    confirm_card: Option<(DraftId, MessageId)>,
}

impl KeptConversation {
    /// The chat's conversation; [`Conversation::Idle`] when there is none or it cannot be read.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn load(reader: &mut Reader, chat: TelegramId) -> Result<Self, BotError> {
        let json = reader.conversation(chat).await?;
        Ok(json.map_or_else(Self::idle, |json| Self::read(&json)))
    }

    /// Keeps the conversation, and notes that the update which moved it is done: were the two kept one
    /// after the other, whoever is killed in between would take the same words for the next answer.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save(&self, services: &Services, chat: TelegramId, update_id: i64) -> Result<(), BotError> {
        let mut writer = services.storage().write().await?;
        writer.save_conversation(chat, &self.write()).await?;
        writer.finish_update(update_id).await?;
        writer.commit().await?;
        Ok(())
    }

    fn idle() -> Self {
        Self {
            conversation: Conversation::Idle,
            asking_card: None,
            confirm_card: None,
            was_unreadable: false,
        }
    }

    fn read(json: &str) -> Self {
        match serde_json::from_str::<Row>(json) {
            Ok(row) if row.version == VERSION => {
                let Row { conversation, asking_card, confirm_card, .. } = row;
                Self { conversation, asking_card, confirm_card, was_unreadable: false }
            }
            _ => Self { was_unreadable: true, ..Self::idle() },
        }
    }

    fn write(&self) -> String {
        let (conversation, asking_card) = (self.conversation.clone(), self.asking_card);
        let row = Row { version: VERSION, conversation, asking_card, confirm_card: self.confirm_card };
        // Writing plain data to a string cannot fail; idle is what an unreadable row becomes anyway.
        serde_json::to_string(&row).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_reads_back() {
        let kept = KeptConversation {
            conversation: Conversation::Settings(SettingsTalk::AwaitingName),
            asking_card: Some(MessageId(7)),
            confirm_card: None,
            was_unreadable: false,
        };
        assert_eq!(KeptConversation::read(&kept.write()), kept);
    }

    #[test]
    fn a_row_of_another_time_becomes_idle_and_says_so() {
        for json in
            ["", "{}", r#"{"version":9,"conversation":"idle"}"#, r#"{"version":1,"conversation":"old"}"#]
        {
            let kept = KeptConversation::read(json);
            assert_eq!((kept.conversation, kept.was_unreadable), (Conversation::Idle, true), "{json}");
        }
    }
}
