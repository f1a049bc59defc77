//! Marking an order's goods as sent, and taking that back.

use super::merchants::Seat;
use super::orders::OrderView;
use super::{ServiceError, Services};
use crate::domain::apply::acts::ActRefusal;
use crate::domain::id::OrderId;
use crate::domain::shipping::shipping;
use crate::domain::shop_log::{LogEvent, LogSubject};

/// What became of the wish to mark an order's goods as sent, or not sent.
#[derive(Debug, Clone)]
pub enum Marking {
    /// It is noted now.
    Done(Box<OrderView>),
    /// It was so before: a double tap.
    DoneBefore(Box<OrderView>),
    /// The order is not one to send goods for.
    Refused(Box<OrderView>, ActRefusal),
    /// The shop has no such order.
    NotFound,
    /// The person may look and not act.
    NotAllowed,
}

impl Services {
    /// Notes that an order's goods were sent, once, when its money is there and stays.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mark_shipped(&self, seat: &Seat, id: OrderId) -> Result<Marking, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Marking::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        // The book first, as everywhere: money that leaves at this moment waits, or is seen here.
        writer.lock_ledger(seat.merchant.id).await?;
        let Some(order) = writer.order(seat.merchant.id, id).await? else {
            writer.roll_back().await?;
            return Ok(Marking::NotFound);
        };
        let money = writer.order_money(&order).await?;
        let refusal = match order.shipped {
            Some(_) => None,
            None => shipping(order.state, money.staying_minor()).err(),
        };
        let is_new = refusal.is_none() && writer.mark_shipped(id, seat.member.telegram_id).await?;
        if is_new {
            let subject = LogSubject::order(id);
            writer.log(seat.merchant.id, seat.member.telegram_id, LogEvent::GoodsShipped, subject).await?;
        }
        writer.commit().await?;
        let Some(view) = self.order(seat, id).await?.map(Box::new) else { return Ok(Marking::NotFound) };
        Ok(match refusal {
            Some(refusal) => Marking::Refused(view, refusal),
            None if is_new => Marking::Done(view),
            None => Marking::DoneBefore(view),
        })
    }

    /// Takes back that an order's goods were sent.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unmark_shipped(&self, seat: &Seat, id: OrderId) -> Result<Marking, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Marking::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        writer.lock_ledger(seat.merchant.id).await?;
        if writer.order(seat.merchant.id, id).await?.is_none() {
            writer.roll_back().await?;
            return Ok(Marking::NotFound);
        }
        let is_new = writer.unmark_shipped(id).await?;
        if is_new {
            let subject = LogSubject::order(id);
            writer.log(seat.merchant.id, seat.member.telegram_id, LogEvent::GoodsNotShipped, subject).await?;
        }
        writer.commit().await?;
        let Some(view) = self.order(seat, id).await?.map(Box::new) else { return Ok(Marking::NotFound) };
        Ok(if is_new { Marking::Done(view) } else { Marking::DoneBefore(view) })
    }
}
