//! An order as its customer sees it.

use chrono::{DateTime, Utc};

use super::checkout::{taken_methods, takes_attempt};
use super::links::pay_until;
use super::turns::{Turn, takes_line, turn_of};
use super::{ServiceError, Services};
use crate::domain::attempt::{AttemptState, PaymentAttempt, attempts_left};
use crate::domain::id::OrderId;
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, OrderToken, Unit};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::MethodOffer;
use crate::storage::page_reads::{MarkRead, OrderRead, PurchaseRead};

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
    /// The order's turn, while the customer stands in line for a unit.
    pub turn: Option<Turn>,
    /// Whether the customer may stand in line for a unit.
    pub may_join_line: bool,
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
    /// The methods that seller and gateway take, though not for this amount.
    pub unfit: Vec<MethodOffer>,
    /// Whether the customer may choose a method (again).
    pub may_choose: bool,
    /// Where a person can play the bank for the charge, if it is a simulated one.
    pub practice_url: Option<url::Url>,
    /// Whether the gateway's own picture of the code to scan is there to be shown; false until
    /// [`Services::code_picture`] said so.
    pub has_code_picture: bool,
    /// The instant of all this, by the deciding clock.
    pub now: DateTime<Utc>,
    /// What this state of the page is known by: another one when there is something new to see.
    pub mark: String,
}

impl OrderPage {
    /// The charge that can be paid now, if any.
    #[must_use]
    pub fn payable_attempt(&self) -> Option<&PaymentAttempt> {
        let attempt = self.attempt.as_ref()?;
        let is_asked = matches!(attempt.state, AttemptState::Pending);
        let is_wanted = !self.order.state.has_seen_money() && !self.order.flags.mismatch;
        (is_asked && is_wanted && pay_until(&self.link, attempt) > self.now).then_some(attempt)
    }
}

impl Services {
    /// An order as its customer sees it; `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_page(&self, token: &OrderToken) -> Result<Option<OrderPage>, ServiceError> {
        let read = self.storage.read_order_page(&token.hash(), &self.settings.admins).await?;
        match read {
            Some(read) => self.compose(read).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same for a customer who looks at the page just now; see [`Services::watch_order`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn watched_order_page(&self, token: &OrderToken) -> Result<Option<OrderPage>, ServiceError> {
        let read = self.storage.read_order_page(&token.hash(), &self.settings.admins).await?;
        let Some(mut read) = read else { return Ok(None) };
        let planned = std::mem::take(&mut read.purchase.planned);
        if let Err(error) = self.hasten_planned(planned, read.now).await {
            tracing::debug!(%error, "an open page could not make its order be asked about sooner");
        }
        self.compose(read).await.map(Some)
    }

    async fn compose(&self, read: OrderRead) -> Result<OrderPage, ServiceError> {
        let mark = mark_of_page(&read);
        let OrderRead { purchase, link, merchant, now, .. } = read;
        let PurchaseRead { order, attempts, money, .. } = purchase;
        let link_state = link.state(now);
        let is_busy = link_state == LinkState::Busy;
        let own_account = read.own_account.as_ref();
        let account = self.charging_account_of(own_account, order.mode, read.is_of_an_admin);
        let attempt = attempts
            .iter()
            .rev()
            .find(|attempt| attempt.state.is_live())
            .or_else(|| attempts.iter().rev().find(|attempt| !attempt.state.is_dead()))
            .or(attempts.last())
            .cloned();
        let taken = match &account {
            Some(account) => taken_methods(account, &merchant, &link, &self.refused_methods(account).await?),
            None => Vec::new(),
        };
        let (offers, unfit) = taken.into_iter().partition(|offer| offer.takes(order.amount.minor()));
        let practice_url = attempt.as_ref().filter(|attempt| !attempt.state.is_dead()).and_then(|attempt| {
            // Only the operator's account can be a simulated one.
            let mut url = self.accounts.get(&attempt.account)?.practice_url.clone()?;
            url.path_segments_mut().ok()?.pop_if_empty().push(attempt.gateway_order_id.as_str());
            Some(url)
        });
        let is_open = order.state.may_be_paid() && attempts_left(&attempts) > 0;
        Ok(OrderPage {
            link_state,
            next_chance: read.soonest_hold_end.filter(|_| is_busy),
            turn: turn_of(&order, link_state, read.places_before),
            may_join_line: takes_line(&link, link_state, read.is_sample)
                && is_open
                && order.unit == Unit::None
                && order.line.is_none(),
            may_choose: is_open && takes_attempt(link_state, order.unit),
            merchant,
            link,
            order,
            money,
            attempts,
            attempt,
            offers,
            unfit,
            practice_url,
            has_code_picture: false,
            now,
            mark,
        })
    }

    /// The order of a token and the mark that its page has now, for pages that follow by themselves. `None` for a
    /// token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_mark(&self, token: &OrderToken) -> Result<Option<(OrderId, String)>, ServiceError> {
        Ok(self.storage.read_mark(&token.hash()).await?.map(|read| (read.order_id, mark(&read))))
    }
}

/// A mark that changes whenever the order's page would, other than by the clock alone.
fn mark(read: &MarkRead) -> String {
    let MarkRead { version, attempts, versions, moves, under_way_minor, places_before, .. } = read;
    let state = read.link.as_ref().map(|link| link.state(read.now));
    format!("{version}-{attempts}-{versions}-{moves}-{under_way_minor}-{places_before}-{state:?}")
}

/// The mark of just what a page was read from, so that the page and its mark cannot disagree.
fn mark_of_page(read: &OrderRead) -> String {
    let OrderRead { purchase: PurchaseRead { order, attempts, money, .. }, link, .. } = read;
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    mark(&MarkRead {
        order_id: order.id,
        version: order.version,
        attempts: count(attempts.len()),
        versions: attempts.iter().map(|attempt| attempt.version).sum(),
        // A return that is asked for changes neither the order nor a charge.
        moves: count(money.moves.len()),
        under_way_minor: money.under_way_minor(),
        places_before: read.places_before,
        // How the link stands is not said any more once money was seen.
        link: (!order.state.has_seen_money()).then(|| link.clone()),
        now: read.now,
    })
}
