//! Giving back units that nobody can use any more.

use super::telling::tell_unpaid;
use super::{ServiceError, Services};
use crate::domain::attempt::AttemptState;
use crate::domain::id::{MerchantId, OrderId};
use crate::domain::order::{OrderState, Unit};

impl Services {
    /// Gives stranded units back; false when none was. Booking a report frees units by itself: this is
    /// for orders whose last charge died while the customer was changing the method, and no new one
    /// came. One whose rows are damaged does not keep the others from it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn release_stranded_holds(&self) -> Result<bool, ServiceError> {
        let now = self.storage.now().await?;
        let stranded = self.storage.read().await?.stranded_holds(now).await?;
        let mut released = false;
        for (merchant_id, order_id) in stranded {
            match self.release_hold(merchant_id, order_id).await {
                Ok(()) => released = true,
                Err(error) => tracing::error!(order.id = %order_id, %error, "a unit could not be given back"),
            }
        }
        Ok(released)
    }

    /// Gives an order's unit back unless one of its charges can still be paid.
    pub(super) async fn release_hold(
        &self,
        merchant_id: MerchantId,
        order_id: OrderId,
    ) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let Some(found) = writer.order(merchant_id, order_id).await? else { return Ok(()) };
        // The link first, as everywhere: what was read before its lock may be old.
        let link = writer.lock_link(merchant_id, found.link_id).await?;
        let Some(mut order) = writer.order(merchant_id, order_id).await? else { return Ok(()) };
        let attempts = writer.attempts(order_id).await?;
        let is_live = attempts.iter().any(|attempt| attempt.state.is_live());
        if order.unit != Unit::Held || is_live {
            return Ok(writer.roll_back().await?);
        }
        let ran_out = attempts.last().is_some_and(|attempt| attempt.state == AttemptState::Expired);
        let before = order.state;
        order.state = if ran_out { OrderState::Expired } else { OrderState::Open };
        order.unit = Unit::None;
        order.hold_until = None;
        order.changing_until = None;
        if !writer.update_order(&order).await? || !writer.move_units(order.link_id, -1, 0).await? {
            return Err(ServiceError::Interrupted);
        }
        tell_unpaid(&mut writer, before, &order).await?;
        if let Some(link) = &link {
            self.write_expiry_letter(&mut writer, before, &order, link).await?;
        }
        Ok(writer.commit().await?)
    }
}
