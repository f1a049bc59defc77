//! Asking a gateway for a charge, and what its silence means.

use url::Url;

use super::booking::TRIES;
use super::payments::Choice;
use super::{ServiceError, Services};
use crate::domain::attempt::{AttemptState, PaymentAttempt};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::payment_link::PaymentLink;
use crate::domain::report::{PaymentReport, ReportedStatus};
use crate::gateways::{Charge, ChargeLine, ChargeRequest, GatewayAccount, GatewayError};
use crate::messaging::texts::say;

/// What a gateway says when the account may not use the method.
const NOT_ACTIVE: &str = "402";

impl Services {
    /// Asks for the charge and writes down the answer. No answer is not a no: the gateway is asked
    /// what it has before it is asked to charge once more.
    pub(super) async fn charge(
        &self,
        account: &GatewayAccount,
        attempt: PaymentAttempt,
        order: &Order,
        link: &PaymentLink,
    ) -> Result<Choice, ServiceError> {
        let return_to = self.return_address(order, link).await?;
        let request = charge_request(account, &attempt, (order, link), return_to);
        let asked = account.gateway.charge(&request).await;
        // Whether the account is well again is for the pull to say: it may charge and yet be deaf to
        // questions.
        if let Err(error) = &asked {
            self.note_trouble(&attempt, error);
        }
        let error = match asked {
            Ok(charge) => return self.write_charge(&attempt, charge).await,
            Err(error) => error,
        };
        self.alert_failure(&attempt, &error, attempt.created_at).await?;
        tracing::warn!(attempt.id = %attempt.id, %error, "a charge was not made at once");
        match error {
            GatewayError::Refused { ref code, .. } => {
                if code == NOT_ACTIVE {
                    self.note_refused_method(account, attempt.method).await?;
                }
                self.refuse(&attempt).await
            }
            GatewayError::Unauthorized => self.refuse(&attempt).await,
            GatewayError::Unreachable(_)
            | GatewayError::AlreadyExists
            | GatewayError::TooManyRequests { .. } => self.find_out(account, &attempt, &request).await,
        }
    }

    /// The answer was lost or unreadable: asks what the gateway has. Only when it has nothing is it
    /// asked to charge again, by the same id.
    async fn find_out(
        &self,
        account: &GatewayAccount,
        attempt: &PaymentAttempt,
        request: &ChargeRequest,
    ) -> Result<Choice, ServiceError> {
        let Ok(report) = account.gateway.fetch_report(&attempt.gateway_order_id).await else {
            return self.leave_to_the_pull(attempt).await;
        };
        if report.status == ReportedStatus::NotFound || report.instructions.is_none() {
            // Repeating a charge that was made gives its first answer again.
            if let Ok(charge) = account.gateway.charge(request).await {
                return self.write_charge(attempt, charge).await;
            }
        }
        if report.status == ReportedStatus::NotFound {
            return self.leave_to_the_pull(attempt).await;
        }
        match self.book(attempt.id, &report).await? {
            Some(booked) if booked.order.state.has_seen_money() => Ok(Choice::AlreadyPaid),
            Some(booked) if booked.attempt.state.is_dead() => Ok(Choice::MethodRefused),
            Some(booked) if booked.attempt.instructions.is_some() => Ok(Choice::Charged),
            _ => self.leave_to_the_pull(attempt).await,
        }
    }

    /// Writes the instructions down. A charge that was decided at once is asked about at once.
    ///
    /// The gateway's first notice often is faster than its answer, so the pull that it causes changes
    /// the attempt at the same time. The instructions must not be lost by that: a QRIS code is told
    /// nowhere else.
    pub(super) async fn write_charge(
        &self,
        attempt: &PaymentAttempt,
        charge: Charge,
    ) -> Result<Choice, ServiceError> {
        for _ in 0..TRIES {
            if let Some(choice) = self.write_charge_once(attempt, &charge).await? {
                return Ok(choice);
            }
        }
        Ok(Choice::Checking)
    }

    /// `None` when someone else changed the attempt meanwhile.
    async fn write_charge_once(
        &self,
        attempt: &PaymentAttempt,
        charge: &Charge,
    ) -> Result<Option<Choice>, ServiceError> {
        let mut writer = self.storage.write().await?;
        let Some(mut current) = writer.attempt(attempt.id).await? else { return Ok(Some(Choice::NotFound)) };
        let waits = matches!(current.state, AttemptState::Creating | AttemptState::Unknown);
        if waits && charge.status == ReportedStatus::Pending {
            current.state = AttemptState::Pending;
        }
        if current.transaction_id.is_none() {
            current.transaction_id = charge.transaction_id.clone();
        }
        current.instructions = Some(charge.instructions.clone());
        if !writer.update_attempt(&current).await? {
            writer.roll_back().await?;
            return Ok(None);
        }
        let now = writer.now();
        let due_at = if charge.status == ReportedStatus::Pending {
            super::pulls::next_look(&current, now)
        } else {
            now
        };
        writer.pull_at(current.id, due_at).await?;
        self.write_instructions_letter(&mut writer, &current).await?;
        writer.commit().await?;
        Ok(Some(Choice::Charged))
    }

    /// The gateway said no, and nothing was made: the attempt is over, the unit is free.
    async fn refuse(&self, attempt: &PaymentAttempt) -> Result<Choice, ServiceError> {
        let report = PaymentReport {
            gateway_order_id: attempt.gateway_order_id.clone(),
            transaction_id: None,
            status: ReportedStatus::Failure,
            charged: None,
            received: None,
            merchant_matches: true,
            settled_at: None,
            returned_minor: None,
            refunds: Vec::new(),
            instructions: None,
        };
        self.book(attempt.id, &report).await?;
        Ok(Choice::MethodRefused)
    }

    /// The order's page, where its customer comes back to from a wallet or from a page of the gateway. It
    /// names the order's token, since wallets come back in another browser, which has no cookie of ours.
    pub(super) async fn return_address(
        &self,
        order: &Order,
        link: &PaymentLink,
    ) -> Result<Url, ServiceError> {
        let sealed = self.storage.read().await?.sealed_token(order.id).await?;
        let address = sealed.and_then(|sealed| self.order_address(&sealed));
        Ok(address.unwrap_or_else(|| self.page_url(link.slug.as_str())))
    }

    async fn leave_to_the_pull(&self, attempt: &PaymentAttempt) -> Result<Choice, ServiceError> {
        let mut writer = self.storage.write().await?;
        let Some(mut current) = writer.attempt(attempt.id).await? else { return Ok(Choice::NotFound) };
        if current.state == AttemptState::Creating {
            current.state = AttemptState::Unknown;
            writer.update_attempt(&current).await?;
        }
        let soon = writer.now() + super::pulls::UNKNOWN_GAP;
        writer.pull_by(current.id, soon).await?;
        writer.commit().await?;
        Ok(Choice::Checking)
    }
}

/// What the order's amount is made of.
fn charge_lines(order: &Order, link: &PaymentLink) -> Vec<ChargeLine> {
    let (currency, amount_minor) = (order.amount.currency(), order.amount.minor());
    let Some(bill) = &order.goods.bill else {
        let pieces = order.goods.pieces.max(1);
        let unit_price = Money::new(amount_minor / pieces, currency);
        return vec![ChargeLine { name: order.item(link).to_string(), unit_price, pieces }];
    };
    let things = bill.lines.iter().map(|line| ChargeLine {
        name: line.name.to_string(),
        unit_price: line.unit_price,
        pieces: line.pieces,
    });
    let discount = bill.discount.map(|discount| ChargeLine {
        name: say(order.language, "goods-discount"),
        unit_price: Money::new(-discount.minor(), discount.currency()),
        pieces: 1,
    });
    things.chain(discount).collect()
}

/// The request for an attempt; the same every time, so that repeating it is harmless.
pub(super) fn charge_request(
    account: &GatewayAccount,
    attempt: &PaymentAttempt,
    (order, link): (&Order, &PaymentLink),
    return_to: Url,
) -> ChargeRequest {
    ChargeRequest {
        id: attempt.gateway_order_id.clone(),
        method: attempt.method,
        amount: attempt.amount,
        item_name: order.item(link).clone(),
        lines: charge_lines(order, link),
        customer: order.customer.clone(),
        asked_at: attempt.created_at,
        pay_by: attempt.pay_by,
        notice_url: account.notice_url.clone(),
        return_to,
    }
}
