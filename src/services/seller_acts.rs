//! What a seller does about an order's money: count it, give it back, say that it was sent back. Each is
//! asked first and done by a second press, once, within ten minutes, by the person who was asked.

use chrono::TimeDelta;

use super::booking::{Case, TRIES, Told, open_case, write_outcome};
use super::merchants::Seat;
use super::orders::OrderView;
use super::{ServiceError, Services};
use crate::domain::apply::acts::{ActRefusal, Deed, SellerAct, act, left_minor};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{AttemptId, ConfirmationId, OrderId, RefundId};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::payment_method::RefundWay;
use crate::domain::refund::{Refund, RefundState, RefundTerms, ReturnRoute, ReturnWay};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::storage::{Confirmation, Reader, StorageError, Writer};

/// How long the button that confirms an act works.
pub const CONFIRMATION_LIFE: TimeDelta = TimeDelta::minutes(10);

/// What an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActSubject {
    /// An order, by its newest money.
    Order(OrderId),
    /// One charge of an order.
    Attempt(AttemptId),
}

/// The answer to someone who wants to act.
#[derive(Debug, Clone)]
pub enum Asked {
    /// It fits; this is what the second press would do.
    Question(Box<ActQuestion>),
    /// It does not fit.
    Refused(Box<OrderView>, ActRefusal),
    /// The shop has no such order.
    NotFound,
    /// The person may look and not act.
    NotAllowed,
}

/// What is asked before an act.
#[derive(Debug, Clone)]
pub struct ActQuestion {
    /// The order as it stands.
    pub view: OrderView,
    /// The charge whose money it is.
    pub attempt: PaymentAttempt,
    /// What would be done.
    pub act: SellerAct,
    /// What can be given back at most, in minor units.
    pub left_minor: i64,
    /// How the money can go back, where the act gives any back.
    pub route: Option<ReturnRoute>,
    /// The key of the button that does it.
    pub confirmation: ConfirmationId,
}

/// What came of the second press.
#[derive(Debug, Clone)]
pub enum Confirmed {
    /// It is done now.
    Done(Box<OrderView>, SellerAct),
    /// This button has done it before.
    DoneBefore(Box<OrderView>),
    /// The button is older than [`CONFIRMATION_LIFE`].
    TooOld(Box<OrderView>),
    /// It does not fit any more.
    Refused(Box<OrderView>, ActRefusal),
    /// The button is another person's, or nobody's.
    NotYours,
    /// The person may look and not act.
    NotAllowed,
}

enum Attempted {
    Done(SellerAct),
    Refused(ActRefusal),
    NotPressed,
}

impl Services {
    /// Asks whether an act fits, and makes the button that does it. For a refund, `None` as the amount
    /// means all that is left.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn ask_refund(
        &self,
        seat: &Seat,
        attempt_id: AttemptId,
        amount_minor: Option<i64>,
    ) -> Result<Asked, ServiceError> {
        let amount_minor = match amount_minor {
            Some(amount_minor) => amount_minor,
            // Nothing left is refused with its own reason below, for any amount.
            None => self.left_of(attempt_id).await?.max(1),
        };
        self.ask_act(seat, ActSubject::Attempt(attempt_id), SellerAct::Refund { amount_minor }).await
    }

    /// Asks whether an act fits, and makes the button that does it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn ask_act(
        &self,
        seat: &Seat,
        subject: ActSubject,
        wanted: SellerAct,
    ) -> Result<Asked, ServiceError> {
        if !seat.member.role.may_move_money() {
            return Ok(Asked::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let Some((order_id, attempt_id)) = locate(&mut writer, seat, subject).await? else {
            writer.roll_back().await?;
            return Ok(Asked::NotFound);
        };
        let case = match attempt_id {
            Some(attempt_id) => open_case(&mut writer, attempt_id).await?,
            None => None,
        };
        let Some(case) = case else {
            writer.roll_back().await?;
            return Ok(match self.order(seat, order_id).await? {
                Some(view) => Asked::Refused(Box::new(view), ActRefusal::NotPaid),
                None => Asked::NotFound,
            });
        };
        let terms = self.terms(&mut writer, &case.purchase.attempt).await?;
        let deed = match act(&case.purchase, &terms, wanted, writer.now()) {
            Ok(deed) => deed,
            Err(refusal) => {
                writer.roll_back().await?;
                let Some(view) = self.order(seat, order_id).await? else { return Ok(Asked::NotFound) };
                return Ok(Asked::Refused(Box::new(view), refusal));
            }
        };
        let confirmation = Confirmation {
            id: ConfirmationId::generate(),
            merchant_id: seat.merchant.id,
            person: seat.member.telegram_id,
            order_id,
            attempt_id,
            act: wanted,
            made_at: writer.now(),
            used_at: None,
        };
        writer.insert_confirmation(&confirmation).await?;
        writer.commit().await?;
        let Some(view) = self.order(seat, order_id).await? else { return Ok(Asked::NotFound) };
        Ok(Asked::Question(Box::new(ActQuestion {
            view,
            left_minor: left_minor(&case.purchase, &terms),
            attempt: case.purchase.attempt,
            act: wanted,
            route: deed.route,
            confirmation: confirmation.id,
        })))
    }

    /// Does what a button confirms: once, in time, and for the person who was asked.
    ///
    /// # Errors
    /// When the database cannot be asked; nothing is done then, and the button still works.
    pub async fn confirm_act(&self, seat: &Seat, id: ConfirmationId) -> Result<Confirmed, ServiceError> {
        let found = self.storage.read().await?.confirmation(id).await?;
        let is_theirs = |found: &Confirmation| {
            found.person == seat.member.telegram_id && found.merchant_id == seat.merchant.id
        };
        let Some(found) = found.filter(is_theirs) else { return Ok(Confirmed::NotYours) };
        if !seat.member.role.may_move_money() {
            return Ok(Confirmed::NotAllowed);
        }
        let mut attempted = Err(ServiceError::Interrupted);
        for _ in 0..TRIES {
            attempted = self.confirm_once(seat, &found).await;
            if !matches!(attempted, Err(ServiceError::Interrupted)) {
                break;
            }
        }
        let attempted = attempted?;
        let Some(view) = self.order(seat, found.order_id).await? else { return Ok(Confirmed::NotYours) };
        let view = Box::new(view);
        Ok(match attempted {
            Attempted::Done(act) => Confirmed::Done(view, act),
            Attempted::Refused(refusal) => Confirmed::Refused(view, refusal),
            Attempted::NotPressed => {
                let was_used = self.storage.read().await?.confirmation(id).await?;
                match was_used.and_then(|confirmation| confirmation.used_at) {
                    Some(_) => Confirmed::DoneBefore(view),
                    None => Confirmed::TooOld(view),
                }
            }
        })
    }

    async fn confirm_once(&self, seat: &Seat, found: &Confirmation) -> Result<Attempted, ServiceError> {
        let mut writer = self.storage.write().await?;
        let shown_after = writer.now() - CONFIRMATION_LIFE;
        // The book first, as everywhere: two buttons about the same money wait for each other.
        writer.lock_ledger(found.merchant_id).await?;
        if !writer.use_confirmation(found.id, seat.member.telegram_id, shown_after).await? {
            writer.roll_back().await?;
            return Ok(Attempted::NotPressed);
        }
        let case = match found.attempt_id {
            Some(attempt_id) => open_case(&mut writer, attempt_id).await?,
            None => None,
        };
        let Some(case) = case else {
            writer.roll_back().await?;
            return Ok(Attempted::Refused(ActRefusal::NotPaid));
        };
        let terms = self.terms(&mut writer, &case.purchase.attempt).await?;
        let deed = match act(&case.purchase, &terms, found.act, writer.now()) {
            Ok(deed) => deed,
            Err(refusal) => {
                writer.roll_back().await?;
                return Ok(Attempted::Refused(refusal));
            }
        };
        if deed.route.is_some_and(|route| route != ReturnRoute::AtGateway) {
            // The gateway's time ended between the question and the press.
            writer.roll_back().await?;
            return Ok(Attempted::Refused(ActRefusal::OnlyByHand));
        }
        let (attempt, order) = do_it(&mut writer, seat, found, &case, &deed).await?;
        self.write_letters_about(&mut writer, &case, &attempt, &order).await?;
        writer.commit().await?;
        Ok(Attempted::Done(found.act))
    }

    /// What can be given back of a charge's money, in minor units.
    async fn left_of(&self, attempt_id: AttemptId) -> Result<i64, ServiceError> {
        let mut reader = self.storage.read().await?;
        let balance_minor = reader.attempt_balance(attempt_id).await?;
        let open = reader.open_refunds(attempt_id).await?;
        let under_way_minor: i64 = open.iter().map(|refund| refund.amount.minor()).sum();
        Ok((balance_minor - under_way_minor).max(0))
    }

    /// What decides how money of this charge goes back.
    async fn terms(
        &self,
        reader: &mut Reader,
        attempt: &PaymentAttempt,
    ) -> Result<RefundTerms, StorageError> {
        let account = self.account_in(reader, &attempt.account).await?;
        let offers = account.as_ref().map(|account| account.gateway.methods()).unwrap_or_default();
        let offer = offers.iter().find(|offer| offer.method == attempt.method);
        let open = reader.open_refunds(attempt.id).await?;
        Ok(RefundTerms {
            // Without its account, only the seller can send anything.
            way: offer.map_or(RefundWay::ByHand, |offer| offer.refund_way),
            settled_at: reader.settled_at(attempt.id).await?,
            under_way_minor: open.iter().map(|refund| refund.amount.minor()).sum(),
        })
    }
}

/// The order and the charge that an act is about, when they are the shop's.
async fn locate(
    reader: &mut Reader,
    seat: &Seat,
    subject: ActSubject,
) -> Result<Option<(OrderId, Option<AttemptId>)>, StorageError> {
    match subject {
        ActSubject::Attempt(id) => {
            let attempt = reader.attempt(id).await?;
            let own = attempt.filter(|attempt| attempt.merchant_id == seat.merchant.id);
            Ok(own.map(|attempt| (attempt.order_id, Some(attempt.id))))
        }
        ActSubject::Order(id) => {
            let Some(order) = reader.order(seat.merchant.id, id).await? else { return Ok(None) };
            let attempts = reader.attempts(order.id).await?;
            let money = reader.order_money(&order).await?;
            let with_money = attempts.iter().rfind(|attempt| money.balance_of_minor(attempt.id) > 0);
            Ok(Some((order.id, with_money.or(attempts.first()).map(|attempt| attempt.id))))
        }
    }
}

/// Writes what an act does. A refund at the gateway is only asked for: the worker that pulls sends it.
async fn do_it(
    writer: &mut Writer,
    seat: &Seat,
    found: &Confirmation,
    case: &Case,
    deed: &Deed,
) -> Result<(PaymentAttempt, Order), ServiceError> {
    let person = seat.member.telegram_id;
    let attempt = &case.purchase.attempt;
    let now = writer.now();
    let refund = |amount_minor, way, state| {
        let id = RefundId(found.id.0);
        Refund {
            id,
            merchant_id: case.order.merchant_id,
            order_id: case.order.id,
            attempt_id: attempt.id,
            amount: Money::new(amount_minor, case.order.amount.currency()),
            way,
            state,
            key: Refund::key_of(id),
            asked_by: person,
            requested_at: now,
            settled_at: (state == RefundState::Confirmed).then_some(now),
            bank_confirmed_at: None,
        }
    };
    match found.act {
        SellerAct::Accept => writer.note_acceptance(case.order.id, person).await?,
        SellerAct::Deliver => {}
        SellerAct::Refund { amount_minor } => {
            let asked = refund(amount_minor, ReturnWay::Gateway, RefundState::Requested);
            writer.insert_refund(&asked).await?;
            writer.pull_by(attempt.id, now).await?;
        }
        SellerAct::SentBack { amount_minor } => {
            let sent = refund(amount_minor, ReturnWay::ByHand, RefundState::Confirmed);
            writer.insert_refund(&sent).await?;
        }
    }
    let (event, amount_minor) = match found.act {
        SellerAct::Accept | SellerAct::Deliver => (LogEvent::PaymentAccepted, case.purchase.balance_minor),
        SellerAct::Refund { amount_minor } => (LogEvent::MoneyReturned, amount_minor),
        SellerAct::SentBack { amount_minor } => (LogEvent::MoneySentBack, amount_minor),
    };
    let subject = LogSubject::money(case.order.id, amount_minor);
    writer.log(case.order.merchant_id, person, event, subject).await?;
    write_outcome(writer, case, &deed.outcome, &Told::default(), Some(person)).await
}
