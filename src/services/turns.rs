//! The line of a busy link: who joins and leaves it, and who is told that a unit is free. Nothing is kept for
//! anybody meanwhile: a unit is held by a charge alone.

use super::customers::tell_followers_of_turn;
use super::networks::Network;
use super::{ServiceError, Services};
use crate::domain::attempt::attempts_left;
use crate::domain::id::{LinkId, MerchantId, OrderId};
use crate::domain::order::{Order, OrderToken, Unit};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::waiting_line::{PlaceInLine, has_line, turns_to_tell};
use crate::storage::Writer;

/// The most customers of one link who are told in one transaction.
const TOLD_AT_ONCE: i64 = 50;

/// A customer's turn, while there is a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The place in line, from 1.
    pub place: i64,
    /// Whether it is this customer's turn: a unit is free, and the customer was told.
    pub is_now: bool,
}

/// What became of joining a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// The customer stands in line, or need not.
    Done,
    /// The link has no line in this state.
    Refused(LinkState),
    /// The order can no longer be paid.
    OrderOver,
    /// The customer's network has its share of the line already.
    TooManyFromNetwork,
}

impl Services {
    /// Puts an order into the line of its link, where it stays when it is there already. `network` is where the
    /// customer comes from, as far as that is known. `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn join_line(
        &self,
        token: &OrderToken,
        network: Option<Network>,
    ) -> Result<Option<Joining>, ServiceError> {
        self.storage.require_room()?;
        let mut writer = self.storage.write().await?;
        let Some((mut order, link)) = lock_order(&mut writer, token).await? else { return Ok(None) };
        let (now, state) = (writer.now(), link.state(writer.now()));
        let attempts = writer.attempts(order.id).await?;
        let joining = if order.unit != Unit::None || order.line.is_some() || state == LinkState::Active {
            Joining::Done
        } else if !order.state.may_be_paid() || attempts_left(&attempts) == 0 {
            Joining::OrderOver
        } else if !takes_line(&link, state, writer.is_sample_link(link.id).await?) {
            Joining::Refused(state)
        } else if !self.leaves_places(&mut writer, &link, order.id, network).await? {
            Joining::TooManyFromNetwork
        } else {
            order.line = Some(PlaceInLine { since: now, told_at: None });
            if !writer.update_order(&order).await? {
                return Err(ServiceError::Interrupted);
            }
            writer.commit().await?;
            return Ok(Some(Joining::Done));
        };
        writer.roll_back().await?;
        Ok(Some(joining))
    }

    /// Whether an order's network leaves others their share of a line, as it does of the units. Asked under the
    /// link's lock.
    pub(super) async fn leaves_places(
        &self,
        writer: &mut Writer,
        link: &PaymentLink,
        order_id: OrderId,
        network: Option<Network>,
    ) -> Result<bool, ServiceError> {
        let (Some(network), Some(places_max)) = (network, link.holds_of_one_network_max()) else {
            return Ok(true);
        };
        let mark = network.mark(&self.settings.sealer);
        Ok(writer.places_of_network(link.id, order_id, &mark).await? < places_max)
    }

    /// Takes an order out of the line of its link; the link, or `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn leave_line(&self, token: &OrderToken) -> Result<Option<PaymentLink>, ServiceError> {
        let mut writer = self.storage.write().await?;
        let Some((mut order, link)) = lock_order(&mut writer, token).await? else { return Ok(None) };
        if order.line.take().is_none() {
            writer.roll_back().await?;
            return Ok(Some(link));
        }
        if !writer.update_order(&order).await? {
            return Err(ServiceError::Interrupted);
        }
        writer.commit().await?;
        Ok(Some(link))
    }

    /// Tells whose turn it is, and takes back what was told of units that are taken meanwhile; false when
    /// nothing changed. A link whose rows are damaged does not keep the others from it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn move_lines(&self) -> Result<bool, ServiceError> {
        let now = self.storage.now().await?;
        let lines = self.storage.read().await?.lines_to_move(now).await?;
        let mut moved = false;
        for (merchant_id, link_id) in lines {
            match self.move_line(merchant_id, link_id).await {
                Ok(has_changed) => moved |= has_changed,
                Err(error) => tracing::error!(link.id = %link_id, %error, "a line could not move on"),
            }
        }
        Ok(moved)
    }

    async fn move_line(&self, merchant_id: MerchantId, link_id: LinkId) -> Result<bool, ServiceError> {
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let Some(link) = writer.lock_link(merchant_id, link_id).await? else { return Ok(false) };
        let has_changed = match link.state(now) {
            LinkState::Busy => writer.take_turns_back(link_id).await?,
            LinkState::Active => {
                let told_lately = writer.count_told_lately(link_id, now).await?;
                let turns = turns_to_tell(&link, told_lately, now).min(TOLD_AT_ONCE);
                let told = writer.next_in_line(link_id, turns).await?;
                let is_anybody_told = !told.is_empty();
                for order in told {
                    self.tell_turn(&mut writer, order, &link).await?;
                }
                is_anybody_told
            }
            _ => false,
        };
        if has_changed {
            writer.commit().await?;
        } else {
            writer.roll_back().await?;
        }
        Ok(has_changed)
    }

    /// Tells a customer that it is their turn: the page that follows the order says so, the chats that do, and a letter
    /// where there is an address for it; in one transaction and once for each time, by the order's version.
    async fn tell_turn(
        &self,
        writer: &mut Writer,
        mut order: Order,
        link: &PaymentLink,
    ) -> Result<(), ServiceError> {
        let told_at = Some(writer.now());
        order.line = order.line.map(|line| PlaceInLine { told_at, ..line });
        if !writer.update_order(&order).await? {
            return Err(ServiceError::Interrupted);
        }
        // Under the version that was, as all news.
        tell_followers_of_turn(writer, &order).await?;
        self.write_turn_letter(writer, &order, link).await
    }
}

/// Whether customers may join the line of a link: somebody pays for every unit that is left, and the link is
/// neither one customer's own nor made for a rehearsal.
pub(super) fn takes_line(link: &PaymentLink, state: LinkState, is_sample: bool) -> bool {
    state == LinkState::Busy && !link.is_for_one_named_customer() && !is_sample
}

/// The turn of an order with so many before it, whose link stands like this.
pub(super) fn turn_of(order: &Order, state: LinkState, places_before: i64) -> Option<Turn> {
    let line = order.line.filter(|_| has_line(state))?;
    Some(Turn { place: places_before + 1, is_now: line.told_at.is_some() && state == LinkState::Active })
}

/// The order of a token and its link, both as they stand under their locks.
async fn lock_order(
    writer: &mut Writer,
    token: &OrderToken,
) -> Result<Option<(Order, PaymentLink)>, ServiceError> {
    let Some(found) = writer.order_by_token(&token.hash()).await? else { return Ok(None) };
    let Some(link) = writer.lock_link(found.merchant_id, found.link_id).await? else { return Ok(None) };
    let order = writer.order(found.merchant_id, found.id).await?;
    Ok(order.map(|order| (order, link)))
}
