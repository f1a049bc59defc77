//! Sending letters: one at a time, drawn from what is true now.

use chrono::{DateTime, TimeDelta, Utc};

use super::again::may_be_brought;
use super::caps::{Enough, Handing, Leave};
use crate::domain::attempt::attempts_left;
use crate::domain::back_off::BackOff;
use crate::domain::letter::{LetterKind, LetterState, link_address, order_address};
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::waiting_line::TURN_TIME;
use crate::messaging::email::{MailError, OutgoingMail};
use crate::messaging::letters::{
    LetterFrame, Sheet, WayOn, expiry_letter, instructions_letter, link_letter, receipt_letter, turn_letter,
};
use crate::services::links::pay_until;
use crate::services::receipts::{receipt_facts, receipt_file_of};
use crate::services::telling::tell_owners;
use crate::services::{ServiceError, Services};
use crate::storage::letters::{DueLetter, NewLetter};

/// How long a letter is one worker's: longer than the mail server may take over it in all, see
/// [`crate::messaging::email`]. A letter that outlives it may be sent twice, under one Message-ID.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// How long a letter that the mail server does not take now waits: strangers wait for minutes, full mailboxes longer.
const NOT_NOW: BackOff = BackOff { shortest: TimeDelta::minutes(2), longest: TimeDelta::hours(2) };

/// How long a letter waits while the mail server is in trouble.
const TROUBLE: BackOff = BackOff { shortest: TimeDelta::seconds(15), longest: TimeDelta::minutes(10) };

/// How long a letter waits that the mail server was given and said nothing about: it may have arrived, and every
/// further try may bring it once more.
const UNSURE: TimeDelta = TimeDelta::hours(4);

/// How often such a letter is tried again.
const UNSURE_TRIES_MAX: i64 = 2;

/// How long a letter waits while its link is paused, until it looks again.
const PAUSED: TimeDelta = TimeDelta::minutes(10);

/// How long it is tried.
const PATIENCE: TimeDelta = TimeDelta::days(3);

/// What came of looking for a letter to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// There was none.
    Nothing,
    /// One went out.
    Sent,
    /// One needed no mail server: there was nothing to tell any more, or enough for today.
    Settled,
    /// The mail server did not take this one; it may take others.
    Kept,
    /// The mail server takes none now, and why.
    Trouble(String),
}

/// What is to be done with a letter.
enum Drawn {
    /// It is to be handed over; its link sells in this money.
    Mail(Box<OutgoingMail>, Mode),
    /// There is nothing to tell any more.
    Void,
    /// Its link is paused.
    Paused,
}

impl Services {
    /// Sends the letter that is due longest. `worker` is who asks.
    ///
    /// # Errors
    /// When the database cannot be asked; the letter is due again when its lease is over.
    pub async fn send_letter(&self, worker: &str) -> Result<Posted, ServiceError> {
        let Some(mailer) = &self.mailer else { return Ok(Posted::Nothing) };
        let Some(letter) = self.storage.claim_letter(worker, LEASE).await? else {
            return Ok(Posted::Nothing);
        };
        let (mail, mode) = match self.draw_letter(&letter).await {
            Ok(Drawn::Mail(mail, mode)) => (mail, mode),
            Ok(Drawn::Paused) => {
                self.put_off(&letter, PAUSED, letter.failures).await?;
                return Ok(Posted::Settled);
            }
            // Another master key sealed the way to its order: nobody will ever draw it.
            Ok(Drawn::Void) | Err(ServiceError::Unsealable) => {
                self.settle_letter(&letter, LetterState::Void, None).await?;
                return Ok(Posted::Settled);
            }
            Err(error) => return Err(error),
        };
        let mark = self.mark_of(&mail.to);
        match self.leave_to_send(Handing { letter: &letter, mark: &mark, mode }).await? {
            Leave::Given => {}
            Leave::Enough(enough) => {
                self.keep_for_another_day(&letter, enough).await?;
                return Ok(Posted::Settled);
            }
            Leave::Lost => return Ok(Posted::Settled),
        }
        match mailer.send(&mail).await {
            Ok(()) => {
                self.settle_letter(&letter, LetterState::Sent, Some(&mark)).await?;
                Ok(Posted::Sent)
            }
            Err(error) => self.keep(&letter, error, &mark).await,
        }
    }

    /// What is done with a letter that the mail server did not take for sure.
    async fn keep(&self, letter: &DueLetter, error: MailError, mark: &[u8]) -> Result<Posted, ServiceError> {
        tracing::warn!(letter.id = %letter.id, letter.kind = letter.about.kind.code(), %error, "a letter did not go out");
        let failures = letter.failures;
        match error {
            MailError::Refused(_) | MailError::Unwritable => {
                self.settle_letter(letter, LetterState::Failed, None).await?;
                Ok(Posted::Kept)
            }
            MailError::NotNow(_) => {
                self.put_off(letter, NOT_NOW.after(failures), failures + 1).await?;
                Ok(Posted::Kept)
            }
            MailError::Trouble(reason) => {
                self.put_off(letter, TROUBLE.after(failures), failures + 1).await?;
                Ok(Posted::Trouble(reason))
            }
            MailError::Unsure => {
                if letter.unsure >= UNSURE_TRIES_MAX {
                    self.settle_letter(letter, LetterState::Failed, Some(mark)).await?;
                } else {
                    let mut writer = self.storage.write().await?;
                    let due_at = writer.now() + UNSURE;
                    writer.postpone_unsure_letter(letter, due_at, mark).await?;
                    writer.commit().await?;
                }
                Ok(Posted::Trouble("it does not say whether it took a letter".to_owned()))
            }
        }
    }

    /// Tries a letter again later, as long as there is patience for it.
    async fn put_off(&self, letter: &DueLetter, wait: TimeDelta, failures: i64) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let due_at = writer.now() + wait;
        if due_at > letter.created_at + PATIENCE {
            drop(writer);
            return self.settle_letter(letter, LetterState::Failed, None).await;
        }
        writer.postpone_letter(letter, due_at, failures).await?;
        Ok(writer.commit().await?)
    }

    /// Lets a letter wait until more may go. When the cap is its shop's, whatever else brings links of it waits with it,
    /// so that thousands of them are not looked at one by one; what waited for too long is not sent, and the owners
    /// hear it once a day.
    async fn keep_for_another_day(&self, letter: &DueLetter, enough: Enough) -> Result<(), ServiceError> {
        let NewLetter { merchant_id, kind, link_id, .. } = letter.about;
        let mut writer = self.storage.write().await?;
        let due_at = enough.until.max(writer.now() + TimeDelta::minutes(1));
        if let Some(mode) = enough.of_shop {
            writer.postpone_link_letters(merchant_id, mode, due_at - PATIENCE, due_at).await?;
        }
        if due_at <= letter.created_at + PATIENCE {
            writer.postpone_letter(letter, due_at, letter.failures).await?;
        } else if writer.settle_letter(letter, LetterState::Void, None).await? && kind == LetterKind::Link {
            let day = writer.now().date_naive();
            let key = format!("letters:{merchant_id}:{day}:left");
            let message = |_| SellerMessage::LetterFailed { link_id, is_one_of_many: true };
            tell_owners(&mut writer, merchant_id, None, &key, message).await?;
        }
        Ok(writer.commit().await?)
    }

    /// Notes what became of a letter, and the mark of the address it went to, if it went out. Of a link that cannot reach
    /// its customer the owners are told.
    async fn settle_letter(
        &self,
        letter: &DueLetter,
        state: LetterState,
        mark: Option<&[u8]>,
    ) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let is_settled = writer.settle_letter(letter, state, mark).await?;
        if is_settled && state == LetterState::Failed && letter.about.kind == LetterKind::Link {
            let key = format!("letter:{}:failed", letter.id);
            let link_id = letter.about.link_id;
            let message = |_| SellerMessage::LetterFailed { link_id, is_one_of_many: false };
            tell_owners(&mut writer, letter.about.merchant_id, None, &key, message).await?;
        }
        Ok(writer.commit().await?)
    }

    async fn draw_letter(&self, letter: &DueLetter) -> Result<Drawn, ServiceError> {
        let NewLetter { merchant_id, kind, link_id, .. } = letter.about;
        let now = self.storage.now().await?;
        let mut reader = self.storage.read().await?;
        let Some(merchant) = reader.merchant(merchant_id).await? else { return Ok(Drawn::Void) };
        let Some(link) = reader.link(merchant_id, link_id).await? else { return Ok(Drawn::Void) };
        let order = match letter.about.order_id {
            Some(id) => reader.order(merchant_id, id).await?,
            None => None,
        };
        let to = match &order {
            Some(order) => order_address(kind, order, &link),
            None => link_address(&link),
        };
        let Some(to) = to.cloned() else { return Ok(Drawn::Void) };
        let state = link.state(now);
        match (&order, state) {
            (Some(_), _) => {}
            (None, state) if may_be_brought(state) => {}
            (None, LinkState::Paused) => return Ok(Drawn::Paused),
            (None, _) => return Ok(Drawn::Void),
        }
        drop(reader);
        let drawn = match &order {
            None => {
                let page = self.link_url(&link.slug);
                let (merchant, link) = (&merchant, &link);
                let frame = LetterFrame { language: merchant.language, merchant, link, page: &page };
                Some((link_letter(&frame, state), None))
            }
            Some(order) if kind == LetterKind::Receipt => {
                self.draw_receipt_letter(&merchant, &link, order).await?
            }
            Some(order) => {
                let sheet = self.draw_order_letter(letter, (&merchant, &link, order), now).await?;
                sheet.map(|sheet| (sheet, None))
            }
        };
        let Some((sheet, pdf)) = drawn else { return Ok(Drawn::Void) };
        let (text, html) = (sheet.text(), sheet.html());
        let (id, written_at, subject) = (letter.id, letter.created_at, sheet.subject);
        let mail = OutgoingMail { id, written_at, to, subject, text, html, pdf };
        Ok(Drawn::Mail(Box::new(mail), link.mode))
    }

    async fn draw_receipt_letter(
        &self,
        merchant: &Merchant,
        link: &PaymentLink,
        order: &Order,
    ) -> Result<Option<(Sheet, Option<(String, Vec<u8>)>)>, ServiceError> {
        let sealed = self.storage.read().await?.sealed_token(order.id).await?;
        let Some(sealed) = sealed.filter(|sealed| !sealed.is_empty()) else { return Ok(None) };
        let token = self.open_token(&sealed)?;
        let Some(page) = self.order_page(&token).await? else { return Ok(None) };
        let Some(facts) = receipt_facts(&page, order.language) else { return Ok(None) };
        let address = self.page_url(&format!("orders/{}/receipt", token.reveal()));
        let frame = LetterFrame { language: order.language, merchant, link, page: &address };
        let file = receipt_file_of(page, order.language).await;
        let sheet = receipt_letter(&frame, order, facts, file.is_some());
        Ok(Some((sheet, file.map(|file| (file.name, file.bytes)))))
    }

    /// The letter with a number to pay to, that nobody paid in time, or whose turn it is; `None` when that is over.
    async fn draw_order_letter(
        &self,
        letter: &DueLetter,
        (merchant, link, order): (&Merchant, &PaymentLink, &Order),
        now: DateTime<Utc>,
    ) -> Result<Option<Sheet>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let sealed = reader.sealed_token(order.id).await?;
        let Some(sealed) = sealed.filter(|sealed| !sealed.is_empty()) else { return Ok(None) };
        let token = self.open_token(&sealed)?;
        let address = self.page_url(&format!("orders/{}", token.reveal()));
        let frame = LetterFrame { language: order.language, merchant, link, page: &address };
        if letter.about.kind == LetterKind::Turn {
            let told_at =
                order.line.and_then(|line| line.told_at).filter(|_| link.state(now) == LinkState::Active);
            let until = told_at.map(|told_at| told_at + TURN_TIME).filter(|until| *until > now);
            return Ok(until.map(|until| turn_letter(&frame, order, until)));
        }
        let Some(attempt_id) = letter.about.attempt_id else {
            let is_over = order.state != OrderState::Expired || order.may_hold_money();
            let left = attempts_left(&reader.attempts(order.id).await?);
            let way_on = WayOn::of(link.state(now), left);
            return Ok((!is_over).then(|| expiry_letter(&frame, order, way_on)));
        };
        let attempt = reader.attempt(attempt_id).await?.filter(|attempt| attempt.state.is_live());
        let Some(attempt) = attempt.filter(|attempt| pay_until(link, attempt) > now) else { return Ok(None) };
        let until = pay_until(link, &attempt);
        let sheet = attempt
            .instructions
            .as_ref()
            .map(|instructions| instructions_letter(&frame, order, attempt.method, instructions, until));
        Ok(sheet)
    }
}
