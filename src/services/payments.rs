//! A customer chooses a method: a unit is reserved, an earlier charge is called off, the gateway is
//! asked for a new one.

use chrono::{DateTime, TimeDelta, Utc};

use super::checkout::{taken_methods, takes_attempt};
use super::networks::Network;
use super::silence::read_report;
use super::{ServiceError, Services};
use crate::domain::attempt::{
    AttemptState, GatewayOrderId, HOLD_GRACE, PaymentAttempt, attempts_left, pay_by,
};
use crate::domain::gateway_page::{is_on_page, moves_money};
use crate::domain::id::AttemptId;
use crate::domain::order::{Order, OrderState, OrderToken, Unit};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::report::PaymentReport;
use crate::gateways::{GatewayAccount, GatewayError};
use crate::storage::Writer;

/// How long a change of method keeps the unit while the earlier charge is being called off.
const CHANGING: TimeDelta = TimeDelta::minutes(2);

/// When to ask about a charge whose making was never answered.
const FIRST_PULL: TimeDelta = TimeDelta::seconds(45);

/// What became of a customer's choice of method. In every case the order's page shows what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Instructions are there.
    Charged,
    /// The same method was chosen before and still stands.
    Standing,
    /// The gateway has not answered: the page says that we are checking.
    Checking,
    /// The earlier charge could not be called off: its number is still valid.
    EarlierStillValid,
    /// The earlier charge turned out to be paid.
    AlreadyPaid,
    /// The gateway refuses this method now; another one may do.
    MethodRefused,
    /// The shop or its link does not take this method, or not for this amount; nothing was charged.
    MethodNotTaken,
    /// The order has seen too many charges.
    TooManyAttempts,
    /// Too many payments of this link are under way from the customer's network; nothing was charged.
    TooManyFromNetwork,
    /// The link takes no payment in this state; nothing was charged.
    Refused(LinkState),
    /// The order can no longer be paid.
    OrderOver,
    /// No such order or method.
    NotFound,
}

/// What stands before the gateway is asked.
struct Standing {
    order: Order,
    link: PaymentLink,
    attempts: Vec<PaymentAttempt>,
    now: DateTime<Utc>,
}

/// What became of the reservation.
enum Reservation {
    Reserved(Box<(PaymentAttempt, Order, PaymentLink)>),
    Refused(Choice),
}

impl Services {
    /// [`Services::choose_method_from`] for a customer of whom no network is known: how many units
    /// one network may hold is not looked at.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn choose_method(
        &self,
        token: &OrderToken,
        method: PaymentMethod,
    ) -> Result<Choice, ServiceError> {
        self.choose_method_from(token, method, None).await
    }

    /// Charges the order by a method: reserves the unit, calls off an earlier charge, asks the
    /// gateway. Runs to its end even when the customer hangs up.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn choose_method_from(
        &self,
        token: &OrderToken,
        method: PaymentMethod,
        network: Option<Network>,
    ) -> Result<Choice, ServiceError> {
        self.storage.require_room()?;
        let (services, token) = (self.clone(), token.clone());
        let work = async move { services.choose(&token, method, network).await };
        self.running.spawn(work).await.map_err(|_| ServiceError::Interrupted)?
    }

    async fn choose(
        &self,
        token: &OrderToken,
        method: PaymentMethod,
        network: Option<Network>,
    ) -> Result<Choice, ServiceError> {
        let Some(standing) = self.standing(token).await? else { return Ok(Choice::NotFound) };
        if let Some(choice) = refuse_at_once(&standing, method) {
            return Ok(choice);
        }
        if self.holds_its_share(&standing, network).await? {
            return Ok(Choice::TooManyFromNetwork);
        }
        let order = &standing.order;
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, order.merchant_id, order.mode).await?;
        let merchant = reader.merchant(order.merchant_id).await?;
        drop(reader);
        let Some((account, merchant)) = account.zip(merchant) else { return Ok(Choice::MethodRefused) };
        let refused = self.refused_methods(&account).await?;
        if refused.contains(&method) {
            return Ok(Choice::MethodRefused);
        }
        // A page that was drawn earlier may still have the button.
        let taken = taken_methods(&account, &merchant, &standing.link, &refused);
        if !taken.iter().any(|offer| offer.method == method && offer.takes(order.amount.minor())) {
            return Ok(Choice::MethodNotTaken);
        }
        for attempt in standing.attempts.iter().filter(|attempt| attempt.state.is_live()) {
            if let Some(choice) = self.call_off(&standing.order, attempt).await? {
                return Ok(choice);
            }
        }
        match self.reserve(token, (method, network), &account).await? {
            Reservation::Refused(choice) => {
                // An earlier charge may have been called off for a new one that cannot be.
                self.release_hold(standing.order.merchant_id, standing.order.id).await?;
                Ok(choice)
            }
            Reservation::Reserved(reserved) => {
                let (attempt, order, link) = *reserved;
                self.charge(&account, attempt, &order, &link).await
            }
        }
    }

    async fn standing(&self, token: &OrderToken) -> Result<Option<Standing>, ServiceError> {
        let now = self.storage.now().await?;
        let mut reader = self.storage.read().await?;
        let Some(order) = reader.order_by_token(&token.hash()).await? else { return Ok(None) };
        let Some(link) = reader.link(order.merchant_id, order.link_id).await? else { return Ok(None) };
        let attempts = reader.attempts(order.id).await?;
        Ok(Some(Standing { order, link, attempts, now }))
    }

    /// Calls an earlier charge off and makes sure that it is dead; `None` when it is. The order
    /// keeps its unit meanwhile.
    async fn call_off(
        &self,
        order: &Order,
        attempt: &PaymentAttempt,
    ) -> Result<Option<Choice>, ServiceError> {
        let Some(account) = self.account(&attempt.account).await? else {
            return Ok(Some(Choice::EarlierStillValid));
        };
        let mut writer = self.storage.write().await?;
        let Some(mut changing) = writer.order(order.merchant_id, order.id).await? else {
            return Ok(Some(Choice::NotFound));
        };
        changing.changing_until = Some(writer.now() + CHANGING);
        if !writer.update_order(&changing).await? {
            return Ok(Some(Choice::EarlierStillValid));
        }
        writer.commit().await?;
        match paid_on_its_page(&account, attempt).await {
            Ok(Some(report)) => {
                let booked = self.book(attempt.id, &report).await?;
                let is_paid = booked.is_some_and(|booked| booked.order.state.has_seen_money());
                return Ok(Some(if is_paid { Choice::AlreadyPaid } else { Choice::EarlierStillValid }));
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(attempt.id = %attempt.id, %error, "an earlier charge could not be asked about");
                return Ok(Some(Choice::EarlierStillValid));
            }
        }
        let asked = account.gateway.cancel(&attempt.gateway_order_id, attempt.instructions.as_ref()).await;
        if let Err(error) = &asked {
            tracing::warn!(attempt.id = %attempt.id, %error, "an earlier charge could not be called off");
            // Who refuses may do so because it is over, or paid.
            if !matches!(error, GatewayError::Refused { .. }) {
                return Ok(Some(Choice::EarlierStillValid));
            }
        }
        let Ok(report) = account.gateway.fetch_report(&attempt.gateway_order_id).await else {
            return Ok(Some(Choice::EarlierStillValid));
        };
        let now = self.storage.now().await?;
        let report = read_report(&account, attempt, report, asked.ok(), now);
        let Some(booked) = self.book(attempt.id, &report).await? else { return Ok(Some(Choice::NotFound)) };
        if booked.order.state.has_seen_money() {
            return Ok(Some(Choice::AlreadyPaid));
        }
        if booked.attempt.state.is_dead() { Ok(None) } else { Ok(Some(Choice::EarlierStillValid)) }
    }

    /// One transaction: the unit, the order and the attempt, before the gateway hears of it.
    async fn reserve(
        &self,
        token: &OrderToken,
        (method, network): (PaymentMethod, Option<Network>),
        account: &GatewayAccount,
    ) -> Result<Reservation, ServiceError> {
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let Some(order) = writer.order_by_token(&token.hash()).await? else {
            return Ok(Reservation::Refused(Choice::NotFound));
        };
        let reserved = order.unit == Unit::Held || writer.reserve_unit(order.link_id).await?;
        let Some(link) = writer.lock_link(order.merchant_id, order.link_id).await? else {
            return Ok(Reservation::Refused(Choice::NotFound));
        };
        let state = link.state(now);
        if !reserved || (order.unit == Unit::Held && !takes_attempt(state, Unit::Held)) {
            writer.roll_back().await?;
            return Ok(Reservation::Refused(Choice::Refused(state)));
        }
        if order.unit != Unit::Held && !self.leaves_room(&mut writer, &link, &order, network).await? {
            writer.roll_back().await?;
            return Ok(Reservation::Refused(Choice::TooManyFromNetwork));
        }
        let attempts = writer.attempts(order.id).await?;
        let too_many = attempts_left(&attempts) == 0;
        if too_many || attempts.iter().any(|attempt| attempt.state.is_live()) || !order.state.may_be_paid() {
            writer.roll_back().await?;
            let choice = if too_many { Choice::TooManyAttempts } else { Choice::Standing };
            return Ok(Reservation::Refused(choice));
        }
        let window = method.kind().window(link.usage_limit.is_some());
        let attempt = PaymentAttempt {
            id: AttemptId::at(now),
            order_id: order.id,
            merchant_id: order.merchant_id,
            account: account.code.clone(),
            mode: order.mode,
            gateway_order_id: GatewayOrderId::new(&link.reference, rand::random()),
            transaction_id: None,
            method,
            state: AttemptState::Creating,
            amount: order.amount,
            instructions: None,
            pay_by: pay_by(now, window, link.expires_at),
            returned_minor: 0,
            restoring_since: None,
            created_at: now,
            version: 0,
        };
        let order = Order {
            state: OrderState::Awaiting,
            unit: Unit::Held,
            hold_until: Some(attempt.pay_by + HOLD_GRACE),
            changing_until: None,
            // Who pays has had the turn.
            line: None,
            ..order
        };
        // A double tap or a second tab was faster: its charge is the one.
        if !writer.update_order(&order).await? {
            writer.roll_back().await?;
            return Ok(Reservation::Refused(Choice::Standing));
        }
        writer.insert_attempt(&attempt, now + FIRST_PULL).await?;
        writer.commit().await?;
        Ok(Reservation::Reserved(Box::new((attempt, order, link))))
    }
}

impl Services {
    /// Whether the network has its share already, as far as a look can tell: a crowd that is refused
    /// by a look takes no turn to write from those who buy. What counts is asked in `reserve`.
    async fn holds_its_share(
        &self,
        standing: &Standing,
        network: Option<Network>,
    ) -> Result<bool, ServiceError> {
        let (Some(network), Some(holds_max)) = (network, standing.link.holds_of_one_network_max()) else {
            return Ok(false);
        };
        if standing.order.unit == Unit::Held {
            return Ok(false);
        }
        let mark = network.mark(&self.settings.sealer);
        let mut reader = self.storage.read().await?;
        Ok(reader.count_holds(standing.link.id, standing.order.id, &mark).await? >= holds_max)
    }

    /// Whether the order's network leaves others their share of a limited link. Asked under the
    /// link's lock, so that many requests at once cannot each see the last free place.
    async fn leaves_room(
        &self,
        writer: &mut Writer,
        link: &PaymentLink,
        order: &Order,
        network: Option<Network>,
    ) -> Result<bool, ServiceError> {
        let (Some(network), Some(holds_max)) = (network, link.holds_of_one_network_max()) else {
            return Ok(true);
        };
        let mark = network.mark(&self.settings.sealer);
        Ok(writer.holds_of_network(link.id, order.id, &mark).await? < holds_max)
    }
}

/// What the gateway says about a charge on a page of its own that was paid, if that was a moment ago: calling it
/// off would void the payment. `None` for any other charge.
async fn paid_on_its_page(
    account: &GatewayAccount,
    attempt: &PaymentAttempt,
) -> Result<Option<PaymentReport>, GatewayError> {
    if !is_on_page(attempt) {
        return Ok(None);
    }
    let report = account.gateway.fetch_report(&attempt.gateway_order_id).await?;
    Ok(moves_money(report.status).then_some(report))
}

/// What can be said without asking anybody.
fn refuse_at_once(standing: &Standing, method: PaymentMethod) -> Option<Choice> {
    if standing.order.state.has_seen_money() {
        return Some(Choice::AlreadyPaid);
    }
    if !standing.order.state.may_be_paid() {
        return Some(Choice::OrderOver);
    }
    let live = standing.attempts.iter().find(|attempt| attempt.state.is_live());
    if let Some(attempt) = live {
        match attempt.state {
            AttemptState::Creating | AttemptState::Unknown => return Some(Choice::Checking),
            _ if attempt.method == method => return Some(Choice::Standing),
            _ => {}
        }
    }
    // The earlier charge is left alone when no new one may follow it: nobody locks himself out.
    let state = standing.link.state(standing.now);
    if live.is_some() && !takes_attempt(state, standing.order.unit) {
        return Some(Choice::Refused(state));
    }
    (attempts_left(&standing.attempts) == 0).then_some(Choice::TooManyAttempts)
}
