//! The way from a link's page back to this browser's order, in plain values.

use super::page_texts::PageTexts;
use crate::domain::attempt::was_told_how_to_pay;
use crate::domain::instant_text::display_instant_at;
use crate::domain::money::Money;
use crate::domain::order::OrderState;
use crate::domain::waiting_line::has_line;
use crate::services::checkout::LinkPage;
use crate::services::links::pay_until;
use crate::services::own_order::OwnOrder;

/// The way back to the own order.
pub struct OwnOrderView {
    /// In a few words.
    pub headline: String,
    /// What is to be done or seen there.
    pub hint: String,
    /// Where it is.
    pub href: String,
    /// What stands on the button.
    pub label: String,
    /// Whether it is only for whoever transferred all the same: a new order comes first.
    pub is_quiet: bool,
    /// Whether it says all there is to say about how the link stands.
    pub explains_link: bool,
    /// The line under which the form for a new order is folded away.
    pub folds_form: Option<String>,
}

impl OwnOrderView {
    /// The way back, when there is something to do or to see there.
    #[must_use]
    pub fn new(page: &LinkPage, t: PageTexts) -> Option<Self> {
        let own = page.own_order.as_ref()?;
        let order = &own.order;
        let code = || t.with("code", &order.code);
        let money = |minor| Money::new(minor, order.amount.currency()).display(t.0);
        let received = || code().with("amount", money(own.money.received_minor()));
        let (look, start_new) = (|| t.say("pay-own-look"), || Some(t.say("pay-start-new")));
        let view = |headline, hint, label, folds_form| Self {
            headline,
            hint,
            href: format!("/orders/{}", own.token.reveal()),
            label,
            is_quiet: false,
            explains_link: true,
            folds_form,
        };
        let view = if order.state == OrderState::Paid {
            let hint = code().say("pay-own-paid-hint");
            view(t.say("pay-own-paid"), hint, look(), Some(t.say("pay-again")))
        } else if order.state.has_seen_money() {
            let hint = code().say("pay-own-other-hint");
            view(t.say("pay-own-other"), hint, look(), Some(t.say("pay-again")))
        } else if order.flags.mismatch {
            let hint = code().say("pay-own-other-hint");
            view(t.say("pay-mismatch"), hint, look(), start_new())
        } else if own.has_stray_money() {
            let here = code().with("amount", money(own.money.balance_minor()));
            let hint = here.with("price", order.amount.display(t.0)).say("pay-own-money-hint");
            view(t.say("pay-own-money"), hint, look(), start_new())
        } else if order.line.is_some() && has_line(page.state) {
            let label = t.say("pay-turn-own-look");
            view(t.say("pay-turn-own"), code().say("pay-turn-own-hint"), label, start_new())
        } else if own.may_continue(page.state, page.now) {
            let label = t.say("pay-own-continue");
            view(t.say("pay-own-waiting"), waiting_hint(page, own, t), label, start_new())
        } else if own.money.received_minor() > 0 {
            let hint = received().say("pay-own-back-hint");
            Self { explains_link: false, ..view(t.say("pay-own-other"), hint, look(), None) }
        } else if was_told_how_to_pay(&own.attempts) {
            let hint = code().say("pay-own-unseen-hint");
            Self { explains_link: false, is_quiet: true, ..view(t.say("pay-own-unseen"), hint, look(), None) }
        } else {
            return None;
        };
        Some(view)
    }
}

fn waiting_hint(page: &LinkPage, own: &OwnOrder, t: PageTexts) -> String {
    let code = t.with("code", &own.order.code);
    let until = own.payable(page.now).map(|attempt| pay_until(&page.link, attempt));
    match until.filter(|until| *until > page.now) {
        Some(until) => {
            let until = display_instant_at(until, page.now, page.merchant.time_zone, t.0);
            code.with("when", until).say("pay-own-waiting-until")
        }
        None => code.say("pay-own-waiting-hint"),
    }
}
