//! A customer who comes back to a link: which order is theirs, and how it stands.

use chrono::{DateTime, Utc};

use super::checkout::{TOKEN_PURPOSE, takes_attempt};
use super::{ServiceError, Services};
use crate::domain::attempt::{AttemptState, PaymentAttempt, attempts_left, was_told_how_to_pay};
use crate::domain::offer::Pricing;
use crate::domain::order::{Order, OrderState, OrderToken};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::secret::Secret;
use crate::storage::page_reads::{KNOWN_AT_ONCE, PurchaseRead};

/// A customer's own order through a link.
#[derive(Debug, Clone)]
pub struct OwnOrder {
    /// Opens its page.
    pub token: OrderToken,
    /// The order.
    pub order: Order,
    /// Its charges, oldest first.
    pub attempts: Vec<PaymentAttempt>,
    /// What came of its money and where it went, by the book.
    pub money: OrderMoney,
}

impl OwnOrder {
    fn new(token: OrderToken, purchase: PurchaseRead) -> Self {
        let PurchaseRead { order, attempts, money, .. } = purchase;
        Self { token, order, attempts, money }
    }

    /// The charge that the customer can pay at `now`.
    #[must_use]
    pub fn payable(&self, now: DateTime<Utc>) -> Option<&PaymentAttempt> {
        let is_asked = |state| matches!(state, AttemptState::Creating | AttemptState::Unknown);
        self.attempts
            .iter()
            .rev()
            .find(|attempt| attempt.state.is_live() && (attempt.pay_by > now || is_asked(attempt.state)))
    }

    /// Whether there is money of the customer's in it that pays nothing.
    #[must_use]
    pub fn has_stray_money(&self) -> bool {
        !self.order.state.has_seen_money() && self.money.balance_minor() > 0
    }

    /// Whether the customer should go on paying it, through a link in such a state.
    #[must_use]
    pub fn may_continue(&self, state: LinkState, now: DateTime<Utc>) -> bool {
        let has_more = attempts_left(&self.attempts) > 0;
        let is_open = self.order.state.may_be_paid() && !self.order.flags.mismatch && !self.has_stray_money();
        is_open && (self.payable(now).is_some() || (has_more && takes_attempt(state, self.order.unit)))
    }

    /// Whether the customer may say anew how much or how many: the link asks for it, and nobody was asked
    /// for any money yet.
    #[must_use]
    pub fn may_choose_again(&self, link: &PaymentLink) -> bool {
        let has_choice = matches!(link.offer.pricing, Pricing::PerPiece(_) | Pricing::Chosen(_));
        has_choice && self.order.state == OrderState::Open && self.attempts.is_empty()
    }

    /// Whether it is what its link is about for this customer: it is paid, holds money, can be paid
    /// or is being looked at, or there is no room for another one.
    #[must_use]
    pub fn stands_for_its_link(&self, state: LinkState, now: DateTime<Utc>) -> bool {
        state != LinkState::Active
            || self.order.state.has_seen_money()
            || self.order.flags.mismatch
            || self.has_stray_money()
            || self.may_continue(state, now)
    }
}

impl Services {
    /// The customer's own order through a link: one that the browser knows, or, for a link that is
    /// for one named customer, the one there is. One that is being paid comes first, then one with
    /// money in it, then one that can be paid, then those that are over.
    pub(super) async fn own_order(
        &self,
        link: &PaymentLink,
        known: &[OrderToken],
        now: DateTime<Utc>,
    ) -> Result<Option<OwnOrder>, ServiceError> {
        let mut read = self.known_orders(link, known).await?;
        if read.is_empty() && link.is_for_one_named_customer() {
            for purchase in self.storage.read().await?.standing_purchases(link.id).await? {
                // Where its customer's details were erased, the way to it was erased with them.
                if !purchase.token_sealed.is_empty() {
                    read.push(OwnOrder::new(self.open_token(&purchase.token_sealed)?, purchase));
                }
            }
        }
        read.retain(|own| own.order.state != OrderState::Closed || was_told_how_to_pay(&own.attempts));
        let state = link.state(now);
        read.sort_by_key(|own| match own.order.state {
            OrderState::Awaiting => 0,
            _ if own.has_stray_money() => 1,
            seen if seen.has_seen_money() => 2,
            _ if own.may_continue(state, now) => 3,
            _ => 4,
        });
        Ok(read.into_iter().next())
    }

    /// Those orders that the browser knows which are of this link, as the browser has them.
    async fn known_orders(
        &self,
        link: &PaymentLink,
        known: &[OrderToken],
    ) -> Result<Vec<OwnOrder>, ServiceError> {
        let known = &known[..known.len().min(KNOWN_AT_ONCE)];
        if known.is_empty() {
            return Ok(Vec::new());
        }
        let hashes: Vec<Secret> = known.iter().map(OrderToken::hash).collect();
        let asked: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
        let mut found = self.storage.read().await?.known_purchases(link.id, &asked).await?;
        let mut own = Vec::new();
        for (token, hash) in known.iter().zip(&hashes) {
            if let Some(index) = found.iter().position(|purchase| hash.is(&purchase.token_hash)) {
                own.push(OwnOrder::new(token.clone(), found.swap_remove(index)));
            }
        }
        Ok(own)
    }

    pub(super) fn open_token(&self, sealed: &[u8]) -> Result<OrderToken, ServiceError> {
        self.settings
            .sealer
            .open(TOKEN_PURPOSE, sealed)
            .and_then(|plain| OrderToken::parse(&String::from_utf8(plain).ok()?))
            .ok_or(ServiceError::Unsealable)
    }
}
