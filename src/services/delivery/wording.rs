//! What waits, in the words of who reads it.

use chrono::{DateTime, Utc};

use super::super::follow_ups::is_waiting;
use super::super::orders::OrderView;
use super::super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, StaffMember};
use crate::domain::money::Money;
use crate::domain::notification::{Notification, SellerMessage};
use crate::messaging::card::Card;
use crate::messaging::customer_drafts::CustomerDraft;
use crate::messaging::payment_lists::{MissedLine, PaymentLine, burst_list};
use crate::messaging::texts::Say;
use crate::messaging::{alerts, notifications};
use crate::storage::WaitingNotification;

impl Services {
    pub(super) async fn missed_line(
        &self,
        message: &WaitingNotification,
    ) -> Result<Option<MissedLine>, ServiceError> {
        Ok(match &message.notification.message {
            SellerMessage::Order { tiding, .. } => {
                as_line(message).map(|line| MissedLine::Order(*tiding, line))
            }
            SellerMessage::SoldOut { link_id } => {
                let merchant_id = message.notification.merchant_id;
                let link = self.storage.read().await?.link(merchant_id, *link_id).await?;
                link.map(|link| MissedLine::SoldOut(link.item_name.to_string()))
            }
            SellerMessage::CustomerNews { .. }
            | SellerMessage::Question { .. }
            | SellerMessage::Answer { .. }
            | SellerMessage::FollowUp { .. }
            | SellerMessage::Alert { .. } => None,
        })
    }

    /// The list of a burst; `None` when the shop or all of its orders are gone.
    pub(super) async fn say_burst(
        &self,
        chat: TelegramId,
        merchant_id: MerchantId,
        payments: &[WaitingNotification],
        rings: bool,
    ) -> Result<Option<Card>, ServiceError> {
        let lines: Vec<PaymentLine> = payments.iter().filter_map(as_line).collect();
        let Some(merchant) = self.storage.read().await?.merchant(merchant_id).await? else { return Ok(None) };
        let Some(first) = payments.first().filter(|_| !lines.is_empty()) else { return Ok(None) };
        let language = self.reader_language(merchant_id, chat).await?;
        let card = burst_list(&merchant, &lines, first.notification.created_at, rings, language);
        self.with_shop(card, &merchant, chat, language).await.map(Some)
    }

    /// The message as its reader should see it; `None` when what it speaks of is gone.
    pub(super) async fn say(&self, notification: &Notification) -> Result<Option<Card>, ServiceError> {
        let subject = self.message_subject(notification.merchant_id, &notification.message).await?;
        let Some(subject) = subject else { return Ok(None) };
        let language = self.reader_language(notification.merchant_id, notification.chat).await?;
        let now = self.storage.now().await?;
        let merchant = subject.merchant;
        let card = match &notification.message {
            SellerMessage::Order { tiding, attempt_id, amount_minor, .. } => {
                let Some(view) = subject.order else { return Ok(None) };
                let is_meant = |attempt: &&PaymentAttempt| match attempt_id {
                    Some(id) => attempt.id == *id,
                    None => !attempt.state.is_dead(),
                };
                let attempt = view.attempts.iter().rev().find(is_meant);
                let came_at = match attempt {
                    Some(attempt) => self.storage.read().await?.settled_at(attempt.id).await?,
                    None => None,
                };
                let news = notifications::OrderNews {
                    merchant: &merchant,
                    link: &view.link,
                    order: &view.order,
                    attempt,
                    tiding: *tiding,
                    amount: Money::new(*amount_minor, view.order.amount.currency()),
                    came_at,
                    now,
                };
                Some(notifications::order_notice(&news, language))
            }
            SellerMessage::FollowUp { .. } => {
                subject.order.and_then(|view| follow_up_notice(&merchant, &view, now, language))
            }
            SellerMessage::SoldOut { .. } => {
                subject.link.map(|link| notifications::sold_out_notice(&link, language))
            }
            SellerMessage::CustomerNews { order_id, language } => {
                self.order_in_chat(*order_id, notification.chat, *language).await?
            }
            SellerMessage::Question { question_id } => self.question_notice(*question_id, language).await?,
            SellerMessage::Answer { question_id } => self.answer_notice(*question_id).await?,
            SellerMessage::Alert { alert, subject, what } => {
                let language = self.admin_language(notification.chat).await?;
                return Ok(Some(alerts::alert_notice(*alert, subject, what, language)));
            }
        };
        match card {
            Some(card) => self.with_shop(card, &merchant, notification.chat, language).await.map(Some),
            None => Ok(None),
        }
    }

    /// For who works in several shops, a notice says whose it is.
    async fn with_shop(
        &self,
        mut card: Card,
        merchant: &Merchant,
        chat: TelegramId,
        language: Language,
    ) -> Result<Card, ServiceError> {
        if self.shops_of(chat).await?.len() > 1 {
            let store = Say::new(language, "notice-store").with("store", merchant.name.as_str()).html();
            card.html = format!("{}\n{store}", card.html);
        }
        Ok(card)
    }

    pub(super) async fn reader_language(
        &self,
        merchant_id: MerchantId,
        chat: TelegramId,
    ) -> Result<Language, ServiceError> {
        let mut reader = self.storage.read().await?;
        let staff = reader.staff(merchant_id).await?;
        let is_reader = |member: &&StaffMember| member.telegram_id == chat;
        if let Some(member) = staff.iter().find(is_reader) {
            return Ok(member.language);
        }
        Ok(reader.merchant(merchant_id).await?.map_or(Language::Indonesian, |merchant| merchant.language))
    }
}

/// The reminder of an unpaid order; `None` when money came meanwhile, or nobody can pay it any more.
fn follow_up_notice(
    merchant: &Merchant,
    view: &OrderView,
    now: DateTime<Utc>,
    language: Language,
) -> Option<Card> {
    let draft = CustomerDraft {
        store: &view.store,
        link: &view.link,
        order: &view.order,
        address: view.address.as_ref(),
    };
    is_waiting(&view.order, &view.link, &view.money, now)
        .then(|| notifications::follow_up_notice(&draft, merchant.time_zone, now, language))
}

fn as_line(message: &WaitingNotification) -> Option<PaymentLine> {
    let SellerMessage::Order { amount_minor, .. } = &message.notification.message else { return None };
    message.order.as_ref().map(|order| PaymentLine {
        link_id: order.link_id,
        item: order.item.clone(),
        code: order.code.clone(),
        customer: order.customer.clone(),
        amount: Money::new(*amount_minor, order.currency),
        mode: order.mode,
    })
}
