//! The cards of a rehearsal.

use chrono::{DateTime, Utc};

use crate::bot::links::wording::Reader;
use crate::bot::talk::Talk;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::merchant::{Mode, Role};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::{MethodKind, PaymentInstructions, PaymentMethod};
use crate::domain::recap::RecapFigures;
use crate::messaging::buttons::{GatewayPress, Press, RehearsalPress};
use crate::messaging::card::{Card, CardButton, HALF_WIDTH, cut};
use crate::messaging::html::{code, escape};
use crate::messaging::notice_cards::recap_card;
use crate::messaging::sharing::is_public;
use crate::services::merchants::Seat;
use crate::services::order_page::OrderPage;
use crate::services::rehearsal::{Payer, Rehearsal};

/// Methods beside each other.
const METHODS_IN_ROW: usize = 2;

/// Which link to rehearse with.
pub(super) fn offer(talk: &Talk, links: &[PaymentLink], news: Option<String>) -> Card {
    let mut text = talk.say("rehearsal-offer");
    if let Some(news) = news {
        text = format!("{news}\n\n{text}");
    }
    let sample = button(talk, "rehearsal-button-sample", RehearsalPress::Sample);
    let card = links.iter().fold(Card::new(with_mode(talk, text)).row([sample]), |card, link| {
        let name = cut(link.item_name.as_str(), HALF_WIDTH);
        let label = format!("🔗 {name} · {}", link.price.display_short(talk.language));
        card.row([CardButton::press(label, Press::Rehearsal(RehearsalPress::With(link.id)))])
    });
    card.row([stop(talk)])
}

/// That one was begun, and how far it is.
pub(super) fn resume(talk: &Talk, rehearsal: &Rehearsal) -> Card {
    let step = match (&rehearsal.order, rehearsal.waiting_charge()) {
        (None, _) => 1,
        (Some(_), Some(_)) => 4,
        (Some(page), None) if page.attempts.is_empty() => 2,
        (Some(_), None) => 3,
    };
    let text = talk
        .words("rehearsal-resume")
        .with("item", rehearsal.link.link.item_name.as_str())
        .with_number("step", step)
        .html();
    Card::new(with_mode(talk, text))
        .row([
            button(talk, "rehearsal-button-go-on", RehearsalPress::GoOn),
            button(talk, "rehearsal-button-anew", RehearsalPress::Anew),
        ])
        .row([stop(talk)])
}

/// 1: the customer opens the link.
pub(super) fn opened(talk: &Talk, rehearsal: &Rehearsal) -> Card {
    let link = &rehearsal.link.link;
    let text = talk
        .words("rehearsal-opened")
        .with("item", link.item_name.as_str())
        .with_safe("price", link.price.display(talk.language))
        .with_safe("address", code(rehearsal.link.url.as_str()))
        .html();
    Card::new(with_mode(talk, text))
        .row([button(talk, "rehearsal-button-fill-in", RehearsalPress::FillIn)])
        .row(look(talk, &rehearsal.address))
        .row([stop(talk)])
}

/// 2: the customer has given details.
pub(super) fn filled_in(talk: &Talk, rehearsal: &Rehearsal, page: &OrderPage) -> Card {
    let customer = &page.order.customer;
    let text = talk
        .words("rehearsal-filled-in")
        .with("name", customer.name.as_str())
        .with_safe("phone", code(customer.phone.as_str()))
        .with_safe("email", code(customer.email.as_str()))
        .with_safe("code", code(&page.order.code.to_string()))
        .html();
    Card::new(with_mode(talk, text))
        .row([button(talk, "rehearsal-button-methods", RehearsalPress::Methods)])
        .row(look(talk, &rehearsal.address))
        .row([stop(talk)])
}

/// 3: the customer chooses how to pay.
pub(super) fn methods(talk: &Talk, page: &OrderPage) -> Card {
    let key = match (page.offers.is_empty(), page.attempts.is_empty()) {
        (true, _) => "rehearsal-no-methods",
        (false, true) => "rehearsal-methods",
        (false, false) => "rehearsal-methods-again",
    };
    let offered: Vec<CardButton> = page
        .offers
        .iter()
        .map(|offer| {
            let press = Press::Rehearsal(RehearsalPress::Choose(offer.method));
            CardButton::press(short_name(offer.method), press)
        })
        .collect();
    let card = Card::new(with_mode(talk, talk.say(key)));
    offered.chunks(METHODS_IN_ROW).fold(card, |card, row| card.row(row.to_vec())).row([stop(talk)])
}

/// 4: the customer reads how to pay, and pays.
pub(super) fn instructions(
    talk: &Talk,
    rehearsal: &Rehearsal,
    (page, attempt): (&OrderPage, &PaymentAttempt),
) -> Card {
    let payer = talk.services.rehearsal_payer(attempt);
    let mut lines = vec![
        talk.words("rehearsal-instructions")
            .with_safe("amount", attempt.amount.display(talk.language))
            .with_safe("method", attempt.method.name())
            .with_safe("until", reader(talk, page).instant(attempt.pay_by))
            .html(),
    ];
    lines.extend(attempt.instructions.as_ref().map(|asked| how_to_pay(talk, asked)));
    let (key, pay) = match &payer {
        Payer::SimulatedBank => {
            let pay = button(talk, "rehearsal-button-pay", RehearsalPress::Pay);
            ("rehearsal-pay-here", Some(pay))
        }
        Payer::Page(url) => {
            let pay = CardButton::url(talk.say("rehearsal-button-page"), url.clone());
            let key = match attempt.method.kind() {
                MethodKind::Qr => "rehearsal-pay-qr-there",
                MethodKind::Wallet | MethodKind::Redirect => "rehearsal-pay-outside",
                MethodKind::VirtualAccount | MethodKind::Bill | MethodKind::Counter => "rehearsal-pay-there",
            };
            (key, Some(pay))
        }
        Payer::Nobody => ("rehearsal-pay-nobody", None),
    };
    lines.extend([String::new(), talk.say(key)]);
    let check = button(talk, "rehearsal-button-check", RehearsalPress::Check);
    let check = (payer != Payer::SimulatedBank).then_some(check);
    Card::new(with_mode(talk, lines.join("\n")))
        .row(pay.into_iter().chain(check))
        .row(look(talk, &rehearsal.address).into_iter().chain([button(
            talk,
            "rehearsal-button-other",
            RehearsalPress::Methods,
        )]))
        .row([stop(talk)])
}

/// 5: it is paid, and the chat rang.
pub(super) fn paid(talk: &Talk, rehearsal: &Rehearsal, page: &OrderPage) -> Card {
    let text = talk
        .words("rehearsal-paid")
        .with_safe("amount", page.order.amount.display(talk.language))
        .with("name", page.order.customer.name.as_str())
        .html();
    Card::new(with_mode(talk, text))
        .row([button(talk, "rehearsal-button-recap", RehearsalPress::Recap)])
        .row(look(talk, &rehearsal.address))
        .row([stop(talk)])
}

/// 6: the evening's recap, and what comes next.
pub(super) fn recap(
    talk: &Talk,
    seat: &Seat,
    (rehearsal, page): (&Rehearsal, &OrderPage),
    look: (DateTime<Utc>, DateTime<Utc>),
    figures: &RecapFigures,
) -> Card {
    let recap = recap_card(&seat.merchant, Mode::Sandbox, look, figures, talk.language).html;
    let text = talk.words("rehearsal-recap").with_safe("recap", recap).html();
    let first = CardButton::press(talk.say("button-new"), Press::NewLink);
    let returnable = page.attempts.iter().find(|attempt| page.money.staying_of_minor(attempt.id) > 0);
    let refund = returnable.map(|attempt| {
        CardButton::press(talk.say("rehearsal-button-refund"), Press::RecordReturn(attempt.id, None))
    });
    let may_go_live = seat.merchant.mode == Mode::Sandbox && seat.member.role == Role::Owner;
    let live = CardButton::press(
        talk.say("rehearsal-button-live"),
        Press::Gateway(GatewayPress::GoLive(seat.merchant.id)),
    );
    let end = if rehearsal.is_sample { "rehearsal-button-discard" } else { "rehearsal-button-done" };
    Card::new(text)
        .row([first])
        .row(refund)
        .row(may_go_live.then_some(live))
        .row([button(talk, end, RehearsalPress::Stop), talk.home_button()])
}

fn how_to_pay(talk: &Talk, asked: &PaymentInstructions) -> String {
    match asked {
        PaymentInstructions::VirtualAccount { number } => {
            talk.words("rehearsal-number").with_safe("number", code(number)).html()
        }
        PaymentInstructions::Bill { biller_code, bill_key } => talk
            .words("rehearsal-bill")
            .with_safe("biller", code(biller_code))
            .with_safe("key", code(bill_key))
            .html(),
        PaymentInstructions::CounterCode { store, code: said } => {
            format!("{} {}", escape(store), code(said))
        }
        PaymentInstructions::Qr { .. } => talk.say("rehearsal-qr"),
        PaymentInstructions::Deeplink { .. } | PaymentInstructions::Redirect { .. } => {
            talk.say("rehearsal-outside")
        }
    }
}

/// The way to a page, where Telegram lets one tap it.
fn look(talk: &Talk, url: &url::Url) -> Vec<CardButton> {
    let look = is_public(url).then(|| CardButton::url(talk.say("rehearsal-button-look"), url.clone()));
    look.into_iter().collect()
}

fn button(talk: &Talk, key: &str, press: RehearsalPress) -> CardButton {
    CardButton::press(talk.say(key), Press::Rehearsal(press))
}

fn stop(talk: &Talk) -> CardButton {
    button(talk, "rehearsal-button-stop", RehearsalPress::Stop)
}

fn with_mode(talk: &Talk, text: String) -> String {
    format!("{text}\n\n{}", talk.say("mode-sandbox"))
}

fn reader(talk: &Talk, page: &OrderPage) -> Reader {
    Reader {
        person: talk.person,
        language: talk.language,
        zone: page.merchant.time_zone,
        now: page.now,
        // The made-up customer gets no letters.
        writes_letters: false,
    }
}

fn short_name(method: PaymentMethod) -> String {
    method.name().replace("Virtual Account", "VA")
}
