//! Letters to customers by e-mail: when they are written down. `posting` sends them.
//!
//! A letter is written in the transaction of what it tells, so neither is without the other. Where it goes and what it
//! says is decided when it is sent, from what is true then: for who was erased, for a link that is gone and for an
//! order that was paid meanwhile there is nothing to send any more.

use chrono::{DateTime, Utc};

use super::booking::Case;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::letter::{LetterKind, link_address, order_address};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::PaymentLink;
use crate::messaging::email::Mailer;
use crate::storage::Writer;
use crate::storage::letters::NewLetter;

mod again;
mod caps;
mod posting;

pub use again::{SentAgain, did_not_go, may_be_brought};
pub use posting::Posted;

impl Services {
    /// With somebody who hands letters to a mail server. Without, none are written.
    #[must_use]
    pub fn with_mailer(mut self, mailer: Mailer) -> Self {
        self.mailer = Some(mailer);
        self
    }

    /// Whether letters go out.
    #[must_use]
    pub const fn writes_letters(&self) -> bool {
        self.mailer.is_some()
    }

    /// Writes the letter that brings a link to the customer it is for, if it is for one with an address.
    pub(super) async fn write_link_letter(
        &self,
        writer: &mut Writer,
        link: &PaymentLink,
        due_at: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        if self.mailer.is_none() || link_address(link).is_none() {
            return Ok(());
        }
        let letter = NewLetter {
            merchant_id: link.merchant_id,
            kind: LetterKind::Link,
            link_id: link.id,
            order_id: None,
            attempt_id: None,
        };
        let key = format!("link:{}:{}", link.id, writer.now().timestamp_millis());
        writer.write_letter(&letter, due_at, &key).await?;
        Ok(())
    }

    /// Another address makes another letter, and the one that waits for the old address goes.
    pub(super) async fn rewrite_link_letter(
        &self,
        writer: &mut Writer,
        before: &PaymentLink,
        after: &PaymentLink,
    ) -> Result<(), ServiceError> {
        if link_address(before) == link_address(after) {
            return Ok(());
        }
        writer.void_link_letters(after.id).await?;
        let now = writer.now();
        self.write_link_letter(writer, after, now).await
    }

    /// Writes the letter that tells how to pay, when a charge has its number.
    pub(super) async fn write_instructions_letter(
        &self,
        writer: &mut Writer,
        attempt: &PaymentAttempt,
    ) -> Result<(), ServiceError> {
        if self.mailer.is_none() || attempt.instructions.is_none() {
            return Ok(());
        }
        let Some(order) = writer.order(attempt.merchant_id, attempt.order_id).await? else { return Ok(()) };
        let Some(link) = writer.link(attempt.merchant_id, order.link_id).await? else { return Ok(()) };
        let kind = LetterKind::Instructions;
        if order_address(kind, &order, &link).is_none() {
            return Ok(());
        }
        let now = writer.now();
        let letter = NewLetter { attempt_id: Some(attempt.id), ..about(kind, &order) };
        writer.write_letter(&letter, now, &format!("attempt:{}:instructions", attempt.id)).await?;
        Ok(())
    }

    /// Writes what a booking or a seller's word tells the customer of an order.
    pub(super) async fn write_letters_about(
        &self,
        writer: &mut Writer,
        case: &Case,
        attempt: &PaymentAttempt,
        order: &Order,
    ) -> Result<(), ServiceError> {
        if case.purchase.attempt.instructions.is_none() && attempt.state.is_live() {
            self.write_instructions_letter(writer, attempt).await?;
        }
        if order.state == OrderState::Paid && case.order.state != OrderState::Paid {
            self.write_order_letter(writer, LetterKind::Receipt, order, &case.link).await?;
        }
        self.write_expiry_letter(writer, case.order.state, order, &case.link).await
    }

    /// Writes that nobody paid in time, when an order waits no more and the book knows of no money.
    pub(super) async fn write_expiry_letter(
        &self,
        writer: &mut Writer,
        before: OrderState,
        order: &Order,
        link: &PaymentLink,
    ) -> Result<(), ServiceError> {
        // An order is open again when its charge was called off: that is no end, and the customer knows.
        let has_ended = before == OrderState::Awaiting && order.state == OrderState::Expired;
        if has_ended && !order.may_hold_money() {
            self.write_order_letter(writer, LetterKind::Expiry, order, link).await?;
        }
        Ok(())
    }

    /// Writes to a customer who waits in line that it is their turn, once for each time they are told.
    pub(super) async fn write_turn_letter(
        &self,
        writer: &mut Writer,
        order: &Order,
        link: &PaymentLink,
    ) -> Result<(), ServiceError> {
        let kind = LetterKind::Turn;
        if self.mailer.is_none() || order_address(kind, order, link).is_none() {
            return Ok(());
        }
        let (now, key) = (writer.now(), format!("order:{}:turn:{}", order.id, order.version));
        writer.write_letter(&about(kind, order), now, &key).await?;
        Ok(())
    }

    async fn write_order_letter(
        &self,
        writer: &mut Writer,
        kind: LetterKind,
        order: &Order,
        link: &PaymentLink,
    ) -> Result<(), ServiceError> {
        if self.mailer.is_none() || order_address(kind, order, link).is_none() {
            return Ok(());
        }
        let (now, key) = (writer.now(), format!("order:{}:{}", order.id, kind.code()));
        writer.write_letter(&about(kind, order), now, &key).await?;
        Ok(())
    }
}

const fn about(kind: LetterKind, order: &Order) -> NewLetter {
    NewLetter {
        merchant_id: order.merchant_id,
        kind,
        link_id: order.link_id,
        order_id: Some(order.id),
        attempt_id: None,
    }
}
