//! What is told beside money that came: the recap of the day, orders that nobody paid, what stands under the
//! first payment of all, and news of the team and of places.

use chrono::{DateTime, Utc};

use super::buttons::{NoticesPress, NumbersPress, Press, QuestionAnswer, ShopPlace};
use super::card::{Card, CardButton, cut};
use super::html;
use super::notifications::mode_mark;
use super::texts::{Say, say};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::link_question::is_worth_asking;
use crate::domain::merchant::{Merchant, Mode, Role};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::place::{Place, PlaceNews};
use crate::domain::recap::RecapFigures;

/// Telegram's number of the effect 🎉, which only private chats show.
pub const CONFETTI: &str = "5046509860389126442";

/// The most characters of a person's name: Telegram allows 64 and more.
const PERSON_CHARACTERS_MAX: usize = 32;

/// The recap from one instant until another.
#[must_use]
pub fn recap_card(
    merchant: &Merchant,
    mode: Mode,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    figures: &RecapFigures,
    language: Language,
) -> Card {
    let instant = |at| display_instant_at(at, until, merchant.time_zone, language);
    let counted =
        |key, count: i64| (count > 0).then(|| Say::new(language, key).with_number("count", count).html());
    let title = Say::new(language, "recap-title")
        .with_safe("since", instant(from))
        .with_safe("until", instant(until))
        .html();
    let mut lines = vec![title, String::new()];
    lines.extend(figures.paid.iter().map(|(count, sum)| {
        let paid = Say::new(language, "recap-paid").with_number("count", *count);
        paid.with_safe("sum", sum.display(language)).html()
    }));
    lines.extend(figures.paid.is_empty().then(|| say(language, "recap-none-paid")));
    lines.extend(counted("recap-late", figures.late));
    lines.extend(counted("recap-answer", figures.needs_answer));
    lines.extend(counted("recap-to-ship", figures.to_ship));
    lines.extend(counted("recap-waiting", figures.waiting));
    lines.extend(counted("recap-unpaid", figures.unpaid));
    lines.push(mode_mark(mode, language));
    let exports = Press::Numbers(NumbersPress::RecordExports);
    let file = CardButton::press(say(language, "numbers-button-export"), exports);
    let ways_on = [
        in_shop(merchant.id, "burst-button-orders", ShopPlace::Orders, language),
        in_shop(merchant.id, "burst-button-all", ShopPlace::Links, language),
    ];
    Card::new(lines.join("\n")).row(ways_on).row([file]).silent()
}

/// The notice that an order ended without money, or that a payment of it did not work out.
#[must_use]
pub fn unpaid_notice(order: &Order, link: &PaymentLink, language: Language) -> Card {
    let is_over = matches!(order.state, OrderState::Expired | OrderState::Closed);
    let headline = Say::new(language, if is_over { "unpaid-expired" } else { "unpaid-failed" })
        .with("customer", order.customer.name.as_str())
        .with_safe("amount", order.amount.display(language))
        .html();
    let lines = [
        headline,
        format!("{} · {}", html::escape(&order.title(link)), html::code(&order.code.to_string())),
        mode_mark(order.mode, language),
        format!("\n{}", say(language, "unpaid-hint")),
    ];
    Card::new(lines.join("\n"))
        .row([
            CardButton::press(say(language, "notice-button-order"), Press::RecordOrder(order.id)),
            CardButton::press(say(language, "notice-button-orders"), Press::RecordOrders(link.id)),
        ])
        .silent()
}

/// The question of somebody who would buy more, with answers of one tap; `None` when the link as it stands
/// gives nothing to answer. Who asked is not known.
#[must_use]
pub fn question_notice(link: &PaymentLink, now: DateTime<Utc>, language: Language) -> Option<Card> {
    if !is_worth_asking(link, now) {
        return None;
    }
    let answer = |label: String, answer| {
        CardButton::press(label, Press::Notices(NoticesPress::RecordAnswer(link.id, answer)))
    };
    let said = |key: &str, with| answer(say(language, key), with);
    let more = |payments: u16| answer(format!("+{payments}"), QuestionAnswer::More(payments));
    let price = said("asked-button-price", QuestionAnswer::Price);
    let (key, quick, price) = match link.state(now) {
        LinkState::Exhausted => ("asked-sold-out", vec![more(1), more(5)], Some(price)),
        LinkState::Paused => ("asked-paused", vec![said("change-button-on", QuestionAnswer::Open)], None),
        _ => {
            let longer = [("asked-button-hour", 1), ("asked-button-day", 24)];
            let longer = longer.map(|(key, hours)| said(key, QuestionAnswer::Longer(hours)));
            ("asked-expired", longer.to_vec(), Some(price))
        }
    };
    let lines = [
        Say::new(language, key).with("item", link.item_name.as_str()).html(),
        say(language, "asked-hint"),
        mode_mark(link.mode, language),
    ];
    let no = said("asked-button-no", QuestionAnswer::No);
    Some(Card::new(lines.join("\n")).row(quick).row(price.into_iter().chain([no])))
}

/// The notice of the first payment that a shop ever had in a mode: a line more, and an effect. Who has no
/// recap yet is offered one.
#[must_use]
pub fn celebrated(notice: Card, order: &Order, offers_recap: bool, language: Language) -> Card {
    let key = match order.mode {
        Mode::Sandbox => "first-payment-sandbox",
        Mode::Live => "first-payment-live",
    };
    let offer = offers_recap.then(|| {
        CardButton::press(
            say(language, "first-payment-button-recap"),
            Press::Notices(NoticesPress::RecordRecap(order.link_id)),
        )
    });
    let html = format!("{}\n\n{}", notice.html, say(language, key));
    Card { html, effect: Some(CONFETTI), ..notice }.row(offer)
}

/// What an owner is told of a place, in private.
#[must_use]
pub fn place_news(place: &Place, news: PlaceNews, who: Option<&str>, language: Language) -> Card {
    let key = match news {
        PlaceNews::Added => "place-news-added",
        PlaceNews::Left => "place-news-left",
        PlaceNews::Muted => "place-news-muted",
        PlaceNews::Unmuted => "place-news-unmuted",
        PlaceNews::TopicLost => "place-news-topic-lost",
        PlaceNews::Orphaned => "place-news-orphaned",
    };
    let who = who.map_or_else(|| place.added_by.to_string(), |name| cut(name, PERSON_CHARACTERS_MAX));
    let text = Say::new(language, key).with("place", place.title.as_str()).with("person", who).html();
    Card::new(text).row([in_shop(place.merchant_id, "place-button-places", ShopPlace::Places, language)])
}

/// That somebody followed an invitation into the team, for who made it. It does not ring.
#[must_use]
pub fn joined_notice(
    merchant: &Merchant,
    (person, name): (TelegramId, Option<&str>),
    role: Role,
    language: Language,
) -> Card {
    let name = name.map_or_else(|| person.to_string(), |name| cut(name, PERSON_CHARACTERS_MAX));
    let text = Say::new(language, "team-news-joined")
        .with("person", name)
        .with("store", merchant.name.as_str())
        .with_safe("role", say(language, role_key(role)))
        .html();
    Card::new(text).row([in_shop(merchant.id, "team-button-team", ShopPlace::Team, language)]).silent()
}

/// The text that names a role.
#[must_use]
pub const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner",
        Role::Staff => "role-staff",
        Role::Viewer => "role-viewer",
    }
}

/// The button that leads into a shop, beside the record that has it: whoever works in several goes there.
#[must_use]
pub fn in_shop(shop: MerchantId, key: &str, place: ShopPlace, language: Language) -> CardButton {
    CardButton::press(say(language, key), Press::Notices(NoticesPress::RecordIn(shop, place)))
}
