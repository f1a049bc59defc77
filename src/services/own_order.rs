//! A customer who comes back to a link: which order is theirs, and how it stands.

use chrono::{DateTime, Utc};

use super::checkout::{TOKEN_PURPOSE, takes_attempt};
use super::{ServiceError, Services};
use crate::domain::attempt::{AttemptState, PaymentAttempt, attempts_left, was_told_how_to_pay};
use crate::domain::offer::Pricing;
use crate::domain::order::{Order, OrderState, OrderToken};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::storage::Reader;

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
        reader: &mut Reader,
        link: &PaymentLink,
        known: &[OrderToken],
        now: DateTime<Utc>,
    ) -> Result<Option<OwnOrder>, ServiceError> {
        let mut own = Vec::new();
        for token in known {
            let order = reader.order_by_token(&token.hash()).await?;
            own.extend(order.filter(|order| order.link_id == link.id).map(|order| (token.clone(), order)));
        }
        if own.is_empty() && link.is_for_one_named_customer() {
            for order in reader.standing_orders(link.id).await? {
                let sealed = reader.sealed_token(order.id).await?.unwrap_or_default();
                // Its customer's details were erased, and the way to it with them.
                if sealed.is_empty() {
                    continue;
                }
                let token = self.open_token(&sealed)?;
                own.push((token, order));
            }
        }
        let mut read = Vec::new();
        for (token, order) in own {
            let attempts = reader.attempts(order.id).await?;
            let money = reader.order_money(&order).await?;
            read.push(OwnOrder { token, order, attempts, money });
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

    pub(super) fn open_token(&self, sealed: &[u8]) -> Result<OrderToken, ServiceError> {
        self.settings
            .sealer
            .open(TOKEN_PURPOSE, sealed)
            .and_then(|plain| OrderToken::parse(&String::from_utf8(plain).ok()?))
            .ok_or(ServiceError::Unsealable)
    }
}
