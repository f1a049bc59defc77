//! What waits, in the words of who reads it.

use chrono::{DateTime, NaiveTime, Utc};

use super::super::follow_ups::is_waiting;
use super::super::orders::OrderView;
use super::super::{ServiceError, Services};
use crate::domain::apply::Tiding;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::instant_text::display_instant;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, StaffMember};
use crate::domain::money::Money;
use crate::domain::notice_settings::NoticeSettings;
use crate::domain::notification::{Notification, NotificationKind, SellerMessage};
use crate::domain::order::Order;
use crate::messaging::card::Card;
use crate::messaging::customer_drafts::CustomerDraft;
use crate::messaging::payment_lists::{MissedLine, PaymentLine, burst_list};
use crate::messaging::texts::Say;
use crate::messaging::{alerts, gateway_cards, notice_cards, notifications};
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
            SellerMessage::Unpaid { .. } => {
                let unpaid = self.unpaid_order(&message.notification).await?.and_then(|_| as_line(message));
                unpaid.map(MissedLine::Unpaid)
            }
            SellerMessage::Recap { mode, from, until } => {
                let merchant_id = message.notification.merchant_id;
                let language = self.reader_language(merchant_id, message.notification.chat).await?;
                let mut reader = self.storage.read().await?;
                let figures = reader.recap_figures(merchant_id, *mode, (*from, *until)).await?;
                let merchant = reader.merchant(merchant_id).await?;
                merchant.map(|merchant| {
                    let until = display_instant(*until, merchant.time_zone, language);
                    MissedLine::Recap(until, figures.paid_count())
                })
            }
            SellerMessage::Asked { link_id } => {
                let merchant_id = message.notification.merchant_id;
                let link = self.storage.read().await?.link(merchant_id, *link_id).await?;
                link.map(|link| MissedLine::Asked(link.item_name.to_string()))
            }
            SellerMessage::CustomerNews { .. }
            | SellerMessage::LetterFailed { .. }
            | SellerMessage::Question { .. }
            | SellerMessage::Answer { .. }
            | SellerMessage::FollowUp { .. }
            | SellerMessage::Joined { .. }
            | SellerMessage::Place { .. }
            | SellerMessage::KeysConnected { .. }
            | SellerMessage::KeyRefused { .. }
            | SellerMessage::MethodRefused { .. }
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
        if chat.is_shared() {
            return self.burst_in_place(chat, merchant_id, payments, (&lines, rings)).await;
        }
        let Some(merchant) = self.storage.read().await?.merchant(merchant_id).await? else { return Ok(None) };
        let Some(first) = payments.first().filter(|_| !lines.is_empty()) else { return Ok(None) };
        let language = self.reader_language(merchant_id, chat).await?;
        let (settings, at) = self.hours_of(&merchant, chat).await?;
        let rings = rings && !settings.is_quiet(at);
        let card = burst_list(&merchant, &lines, first.notification.created_at, rings, language);
        self.with_shop(card, &merchant, chat, language).await.map(Some)
    }

    /// The message as its reader should see and hear it; `None` when what it speaks of is gone.
    pub(super) async fn say(&self, notification: &Notification) -> Result<Option<Card>, ServiceError> {
        let is_alert = matches!(notification.message, SellerMessage::Alert { .. });
        if notification.chat.is_shared() && !is_alert {
            return self.say_in_place(notification).await;
        }
        let Some(card) = self.say_aloud(notification).await? else { return Ok(None) };
        let merchant = self.storage.read().await?.merchant(notification.merchant_id).await?;
        let Some(merchant) = merchant else { return Ok(Some(card)) };
        let (settings, at) = self.hours_of(&merchant, notification.chat).await?;
        Ok(Some(Card { silent: settings.is_silent(&notification.message, at), ..card }))
    }

    /// How the person of a chat wants to be told, and what time of the shop's day it is.
    async fn hours_of(
        &self,
        merchant: &Merchant,
        chat: TelegramId,
    ) -> Result<(NoticeSettings, NaiveTime), ServiceError> {
        let now = self.storage.now().await?;
        let settings = self.storage.read().await?.notice_settings(merchant.id, chat).await?;
        Ok((settings, now.with_timezone(&merchant.time_zone).time()))
    }

    /// The order of a message about one that nobody paid; `None` once money came, or may have come.
    async fn unpaid_order(&self, notification: &Notification) -> Result<Option<OrderView>, ServiceError> {
        let subject = self.message_subject(notification.merchant_id, &notification.message).await?;
        let order = subject.and_then(|subject| subject.order);
        Ok(order.filter(|view| !view.order.may_hold_money()))
    }

    /// Whether this tells the first payment that the shop ever had in its mode: of an order that nobody was
    /// told anything about before.
    async fn is_first_payment(
        &self,
        notification: &Notification,
        tiding: Tiding,
        order: &Order,
    ) -> Result<bool, ServiceError> {
        let is_payment = match tiding {
            Tiding::Paid => notification.kind == NotificationKind::Payment,
            Tiding::PaidLate | Tiding::Overpaid => true,
            _ => false,
        };
        if !is_payment {
            return Ok(false);
        }
        Ok(self.storage.read().await?.is_first_money(order.merchant_id, order.mode, order.id).await?)
    }

    async fn say_aloud(&self, notification: &Notification) -> Result<Option<Card>, ServiceError> {
        let subject = self.message_subject(notification.merchant_id, &notification.message).await?;
        let Some(subject) = subject else { return Ok(None) };
        let language = self.reader_language(notification.merchant_id, notification.chat).await?;
        let now = self.storage.now().await?;
        let merchant = subject.merchant;
        let card = match &notification.message {
            SellerMessage::Order { .. } => {
                let Some(view) = subject.order else { return Ok(None) };
                self.say_order(notification, (&merchant, &view), (language, now)).await?
            }
            SellerMessage::Unpaid { .. } => {
                let unpaid = subject.order.filter(|view| !view.order.may_hold_money());
                unpaid.map(|view| notice_cards::unpaid_notice(&view.order, &view.link, language))
            }
            SellerMessage::Recap { mode, from, until } => {
                let look = (*from, *until);
                let figures = self.storage.read().await?.recap_figures(merchant.id, *mode, look).await?;
                Some(notice_cards::recap_card(&merchant, *mode, look, &figures, language))
            }
            SellerMessage::Asked { .. } => {
                subject.link.and_then(|link| notice_cards::question_notice(&link, now, language))
            }
            SellerMessage::FollowUp { .. } => {
                subject.order.and_then(|view| follow_up_notice(&merchant, &view, now, language))
            }
            SellerMessage::SoldOut { .. } => {
                subject.link.map(|link| notifications::sold_out_notice(&link, language))
            }
            SellerMessage::LetterFailed { is_one_of_many, .. } => {
                let say = |link| notifications::letter_failed_notice(&link, *is_one_of_many, language);
                subject.link.map(say)
            }
            SellerMessage::CustomerNews { order_id, language, is_turn } => {
                self.customer_news(*order_id, (notification.chat, *language), *is_turn).await?
            }
            SellerMessage::Question { question_id } => self.question_notice(*question_id, language).await?,
            SellerMessage::Answer { question_id } => self.answer_notice(*question_id).await?,
            SellerMessage::Joined { person } => self.say_joined(&merchant, *person, language).await?,
            SellerMessage::Place { place_id, news } => {
                let mut reader = self.storage.read().await?;
                match reader.place(merchant.id, *place_id).await? {
                    Some(place) => {
                        let who = reader.person_name(place.added_by).await?;
                        Some(notice_cards::place_news(&place, *news, who.as_deref(), language))
                    }
                    None => None,
                }
            }
            SellerMessage::KeysConnected { mode, tail, .. } => {
                Some(gateway_cards::connected_notice(&merchant, *mode, tail, language))
            }
            SellerMessage::KeyRefused { mode, tail } => {
                Some(gateway_cards::key_refused_notice(&merchant, *mode, tail, language))
            }
            SellerMessage::MethodRefused { mode, tail, method } => {
                let about = (*mode, tail.as_str());
                Some(gateway_cards::method_refused_notice(&merchant, about, method, language))
            }
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

    /// What is said about an order's money. The first payment of all is celebrated.
    async fn say_order(
        &self,
        notification: &Notification,
        (merchant, view): (&Merchant, &OrderView),
        (language, now): (Language, DateTime<Utc>),
    ) -> Result<Option<Card>, ServiceError> {
        let Some(news) = self.order_news(&notification.message, (merchant, view), now).await? else {
            return Ok(None);
        };
        let notice = notifications::order_notice(&news, language);
        if !self.is_first_payment(notification, news.tiding, &view.order).await? {
            return Ok(Some(notice));
        }
        let (settings, _) = self.hours_of(merchant, notification.chat).await?;
        let offers_recap = settings.recap_at.is_none();
        Ok(Some(notice_cards::celebrated(notice, &view.order, offers_recap, language)))
    }

    /// All that a notice about an order's money says; `None` for another message.
    pub(super) async fn order_news<'a>(
        &self,
        message: &SellerMessage,
        (merchant, view): (&'a Merchant, &'a OrderView),
        now: DateTime<Utc>,
    ) -> Result<Option<notifications::OrderNews<'a>>, ServiceError> {
        let SellerMessage::Order { tiding, attempt_id, amount_minor, .. } = message else { return Ok(None) };
        let is_meant = |attempt: &&PaymentAttempt| match attempt_id {
            Some(id) => attempt.id == *id,
            None => !attempt.state.is_dead(),
        };
        let attempt = view.attempts.iter().rev().find(is_meant);
        let came_at = match attempt {
            Some(attempt) => self.storage.read().await?.settled_at(attempt.id).await?,
            None => None,
        };
        Ok(Some(notifications::OrderNews {
            merchant,
            link: &view.link,
            order: &view.order,
            attempt,
            tiding: *tiding,
            amount: Money::new(*amount_minor, view.order.amount.currency()),
            came_at,
            now,
        }))
    }

    /// That somebody joined; `None` when the person left again meanwhile.
    async fn say_joined(
        &self,
        merchant: &Merchant,
        person: TelegramId,
        language: Language,
    ) -> Result<Option<Card>, ServiceError> {
        let team = self.storage.read().await?.team(merchant.id).await?;
        let member = team.iter().find(|member| member.person == person);
        Ok(member.map(|member| {
            notice_cards::joined_notice(merchant, (person, member.name.as_deref()), member.role, language)
        }))
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
        pieces: order.pieces,
        amount: Money::new(*amount_minor, order.currency),
        mode: order.mode,
    })
}
