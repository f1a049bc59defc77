//! An order as its customer sees it.

use chrono::{DateTime, Utc};

use super::checkout::{offers, takes_attempt};
use super::{ServiceError, Services};
use crate::domain::attempt::{PaymentAttempt, attempts_left};
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, OrderToken};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::MethodOffer;

/// An order as its customer sees it.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// Who sells.
    pub merchant: Merchant,
    /// What is sold.
    pub link: PaymentLink,
    /// How the link stands at `now`.
    pub link_state: LinkState,
    /// When a busy link may take a payment again: the soonest end of a hold.
    pub next_chance: Option<DateTime<Utc>>,
    /// The order.
    pub order: Order,
    /// What came of its money and where it went, by the book.
    pub money: OrderMoney,
    /// Its charges, oldest first.
    pub attempts: Vec<PaymentAttempt>,
    /// The charge that waits for the customer, or the newest one.
    pub attempt: Option<PaymentAttempt>,
    /// The methods that take this amount.
    pub offers: Vec<MethodOffer>,
    /// Whether the customer may choose a method (again).
    pub may_choose: bool,
    /// Where a person can play the bank for the charge, if it is a simulated one.
    pub practice_url: Option<url::Url>,
    /// The instant of all this, by the deciding clock.
    pub now: DateTime<Utc>,
}

impl Services {
    /// An order as its customer sees it; `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_page(&self, token: &OrderToken) -> Result<Option<OrderPage>, ServiceError> {
        let now = self.storage.now().await?;
        let mut reader = self.storage.read().await?;
        let Some(order) = reader.order_by_token(&token.hash()).await? else { return Ok(None) };
        let Some(link) = reader.link(order.merchant_id, order.link_id).await? else { return Ok(None) };
        let Some(merchant) = reader.merchant(order.merchant_id).await? else { return Ok(None) };
        let attempts = reader.attempts(order.id).await?;
        let money = reader.order_money(&order).await?;
        let link_state = link.state(now);
        let next_chance = match link_state {
            LinkState::Busy => reader.soonest_hold_end(link.id).await?,
            _ => None,
        };
        let account = self.charging_account(&mut reader, order.merchant_id, order.mode).await?;
        let attempt = attempts
            .iter()
            .rev()
            .find(|attempt| attempt.state.is_live())
            .or_else(|| attempts.iter().rev().find(|attempt| !attempt.state.is_dead()))
            .or(attempts.last())
            .cloned();
        drop(reader);
        let offers = account.map(|account| offers(&account, &order)).unwrap_or_default();
        let practice_url = attempt.as_ref().filter(|attempt| !attempt.state.is_dead()).and_then(|attempt| {
            // Only the operator's account can be a simulated one.
            let mut url = self.accounts.get(&attempt.account)?.practice_url.clone()?;
            url.path_segments_mut().ok()?.pop_if_empty().push(attempt.gateway_order_id.as_str());
            Some(url)
        });
        let mut page = OrderPage {
            merchant,
            link,
            link_state,
            next_chance,
            order,
            money,
            attempts,
            attempt,
            offers,
            may_choose: false,
            practice_url,
            now,
        };
        page.may_choose = page.order.state.may_be_paid()
            && attempts_left(&page.attempts) > 0
            && takes_attempt(link_state, page.order.unit);
        Ok(Some(page))
    }

    /// A mark that changes whenever the order's page would: for pages that follow by themselves.
    /// `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_mark(&self, token: &OrderToken) -> Result<Option<String>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(order) = reader.order_by_token(&token.hash()).await? else { return Ok(None) };
        let attempts = reader.attempts(order.id).await?;
        // A return that is asked for changes neither the order nor a charge.
        let money = reader.order_money(&order).await?;
        let link = match order.state.has_seen_money() {
            // How the link stands is no longer said there.
            true => None,
            false => reader.link(order.merchant_id, order.link_id).await?,
        };
        drop(reader);
        let now = self.storage.now().await?;
        let state = link.map(|link| link.state(now));
        let versions: i64 = attempts.iter().map(|attempt| attempt.version).sum();
        let (moves, under_way_minor) = (money.moves.len(), money.under_way_minor());
        Ok(Some(format!(
            "{}-{}-{versions}-{moves}-{under_way_minor}-{state:?}",
            order.version,
            attempts.len()
        )))
    }
}
