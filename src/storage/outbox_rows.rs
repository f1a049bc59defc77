//! What the rows of the outbox say.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StorageError;
use super::outbox::{ToldOrder, WaitingNotification};
use super::rows::Reading;
use crate::domain::burst::{Burst, BurstKey, BurstList};
use crate::domain::id::{LinkId, MerchantId, NotificationId, TelegramId};
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::notification::{Notification, NotificationKind, SellerMessage};
use crate::domain::offer::OrderedGoods;
use crate::domain::order::OrderCode;

/// A message to a place as it is written. A version from before there were places cannot read it, and leaves it
/// to a newer one: it would say in a group what is for one person.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shared<Message> {
    InPlace { message: Message },
}

/// A message as its row says it.
pub(super) fn write_message(chat: TelegramId, message: &SellerMessage) -> Result<String, StorageError> {
    let written = if chat.is_shared() {
        serde_json::to_string(&Shared::InPlace { message })
    } else {
        serde_json::to_string(message)
    };
    written.map_err(|error| sqlx::Error::Encode(error.into()).into())
}

fn read_message(written: &str) -> Option<SellerMessage> {
    if let Ok(Shared::InPlace { message }) = serde_json::from_str(written) {
        return Some(message);
    }
    // To one person, or to a place by a version that did not tell the two apart.
    serde_json::from_str(written).ok()
}

#[derive(sqlx::FromRow)]
pub(super) struct WaitingRow {
    pub(super) id: Uuid,
    pub(super) merchant_id: Uuid,
    pub(super) chat: i64,
    pub(super) message: String,
    pub(super) kind: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) link_id: Option<Uuid>,
    pub(super) item_name: Option<String>,
    pub(super) code: Option<String>,
    pub(super) customer_name: Option<String>,
    pub(super) goods: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) currency: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct BurstRow {
    pub(super) merchant_id: Uuid,
    pub(super) mode: String,
    pub(super) currency: String,
    pub(super) rung: i64,
    pub(super) told_at: DateTime<Utc>,
    pub(super) list_message_id: Option<i64>,
    pub(super) list_lines: i64,
    pub(super) list_shown_at: Option<DateTime<Utc>>,
}

impl WaitingRow {
    pub(super) fn read(self) -> Result<WaitingNotification, StorageError> {
        let reading = Reading::of("notifications", self.id);
        let goods: Option<OrderedGoods> = reading.json("goods", self.goods.as_deref())?;
        let link = self.link_id.zip(self.item_name);
        let order = match (link, self.code, self.customer_name, self.mode, self.currency) {
            (Some((link_id, item)), Some(code), Some(customer), Some(mode), Some(currency)) => {
                Some(ToldOrder {
                    link_id: LinkId(link_id),
                    item,
                    code: OrderCode::from_text(&code),
                    customer,
                    pieces: goods.unwrap_or_default().pieces,
                    mode: reading.some("mode", Mode::parse(&mode))?,
                    currency: reading.some("currency", Currency::parse(&currency))?,
                })
            }
            _ => None,
        };
        let notification = Notification {
            id: NotificationId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            chat: TelegramId(self.chat),
            message: reading.some("message", read_message(&self.message))?,
            kind: reading.some("kind", NotificationKind::parse(&self.kind))?,
            created_at: self.created_at,
        };
        Ok(WaitingNotification { notification, order })
    }
}

impl BurstRow {
    pub(super) fn read(self) -> Result<Burst, StorageError> {
        let reading = Reading::of("payment_bursts", self.merchant_id);
        let list = match (self.list_message_id, self.list_shown_at) {
            (Some(message_id), Some(shown_at)) => {
                let lines = reading.some("list_lines", usize::try_from(self.list_lines).ok())?;
                Some(BurstList { message_id, lines, shown_at })
            }
            _ => None,
        };
        Ok(Burst {
            key: BurstKey {
                merchant_id: MerchantId(self.merchant_id),
                mode: reading.some("mode", Mode::parse(&self.mode))?,
                currency: reading.some("currency", Currency::parse(&self.currency))?,
            },
            rung: reading.some("rung", u32::try_from(self.rung).ok())?,
            told_at: self.told_at,
            list,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_a_place_is_no_message_of_a_version_without_places() {
        let message = SellerMessage::SoldOut { link_id: LinkId::generate() };
        for (chat, is_plain) in [(TelegramId(7), true), (TelegramId(-1_007), false)] {
            let written = write_message(chat, &message).unwrap();
            assert_eq!(serde_json::from_str::<SellerMessage>(&written).is_ok(), is_plain, "{written}");
            assert_eq!(read_message(&written), Some(message.clone()), "{written}");
        }
    }
}
