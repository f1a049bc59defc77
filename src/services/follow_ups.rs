//! Following up on orders that were left unpaid: the seller is told once of each, when the shop wants
//! that, and only while somebody may still pay.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::merchants::{Seat, ShopRefusal};
use super::{ServiceError, Services};
use crate::domain::merchant::Role;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderState};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::storage::Topic;

/// The hours to choose from, and no others.
pub const FOLLOW_UP_HOURS: [i64; 4] = [1, 3, 6, 12];

/// Orders of a shop that are taken up in one round.
const BATCH: i64 = 50;

/// Whether an order waits for its customer, who can still pay: no money came, and its charge lives or its
/// link takes payments.
#[must_use]
pub fn is_waiting(order: &Order, link: &PaymentLink, money: &OrderMoney, now: DateTime<Utc>) -> bool {
    let may_pay = match order.state {
        OrderState::Awaiting => true,
        // One that expired can be paid again as long as its link takes payments.
        OrderState::Open | OrderState::Expired => {
            matches!(link.state(now), LinkState::Active | LinkState::Busy)
        }
        _ => false,
    };
    may_pay && money.received_minor() == 0
}

impl Services {
    /// After how many hours the shop is told of an unpaid order; `None`: never.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_up_hours(&self, seat: &Seat) -> Result<Option<i64>, ServiceError> {
        Ok(self.storage.read().await?.follow_up_hours(seat.merchant.id).await?)
    }

    /// Decides after how many of [`FOLLOW_UP_HOURS`] the shop is told of an unpaid order; any other number
    /// means never.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_up_after(
        &self,
        seat: &Seat,
        hours: Option<i64>,
    ) -> Result<Result<(), ShopRefusal>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(Err(ShopRefusal::NotOwner));
        }
        let hours = hours.filter(|hours| FOLLOW_UP_HOURS.contains(hours));
        let mut writer = self.storage.write().await?;
        let waiting_since = writer.now() - TimeDelta::hours(hours.unwrap_or(0));
        writer.set_follow_up(seat.merchant.id, hours, waiting_since).await?;
        let (event, subject) = (LogEvent::SettingsChanged, LogSubject::default());
        writer.log(seat.merchant.id, seat.member.telegram_id, event, subject).await?;
        writer.commit().await?;
        Ok(Ok(()))
    }

    /// Tells each shop that wants it of the orders that have waited so long, once each.
    ///
    /// # Errors
    /// When the database cannot be asked; the next round goes on.
    pub async fn follow_up(&self) -> Result<(), ServiceError> {
        let now = self.storage.now().await?;
        let shops = self.storage.read().await?.shops_that_follow_up().await?;
        for (merchant_id, hours) in shops {
            let made_before = now - TimeDelta::hours(hours);
            let orders =
                self.storage.read().await?.orders_to_follow_up(merchant_id, made_before, BATCH).await?;
            for order in orders {
                self.tell_unpaid(&order).await?;
            }
        }
        Ok(())
    }

    /// The address of an order's page, from its sealed token.
    pub(super) fn order_address(&self, sealed: &[u8]) -> Option<Url> {
        let token = self.open_token(sealed).ok()?;
        Some(self.page_url(&format!("orders/{}", token.reveal())))
    }

    async fn tell_unpaid(&self, order: &Order) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        // Whoever takes it up decides: a second replica finds it taken, and so does money that came.
        if !writer.take_up_follow_up(order.id).await? {
            return Ok(writer.roll_back().await?);
        }
        let now = writer.now();
        let link = writer.link(order.merchant_id, order.link_id).await?;
        let money = writer.order_money(order).await?;
        if link.is_some_and(|link| is_waiting(order, &link, &money, now)) {
            let message = SellerMessage::FollowUp { order_id: order.id };
            for member in writer.staff(order.merchant_id).await? {
                let key = format!("order:{}:follow_up:{}", order.id, member.telegram_id);
                writer.enqueue(order.merchant_id, member.telegram_id, &message, &key).await?;
            }
            writer.ring(Topic::Outbox);
        }
        Ok(writer.commit().await?)
    }
}
