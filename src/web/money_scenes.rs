//! What an order's page says about money that came.

use super::money_rows::{Row, YearShown, amount, money_rows};
use super::order_said::{Action, Said, Tone};
use super::order_view::Scenery;
use crate::domain::instant_text::display_instant_at;
use crate::domain::order::OrderState;
use crate::domain::shipping::shipping;

/// What became of earlier money, on a page where the customer can pay (again).
pub struct Past {
    /// In a few words.
    pub headline: String,
    /// What that means for the reader.
    pub line: String,
    /// What came and went.
    pub rows: Vec<Row>,
    /// Whom to ask, and by what.
    pub contact: String,
}

impl Scenery<'_> {
    /// What became of money that paid the order, at least for a while.
    pub(super) fn about_money(&self) -> Said {
        let (t, page) = (self.t, self.page);
        let store = || t.with("store", page.merchant.name.as_str());
        let under_way_minor = page.money.under_way_minor();
        let is_all_leaving = under_way_minor > 0 && page.money.staying_minor() == 0;
        let mut said = match page.order.state {
            _ if is_all_leaving => self.returning(),
            OrderState::PaidUnallocated => {
                self.said(Tone::Wait, t.say("pay-unallocated"), vec![store().say("pay-unallocated-hint")])
            }
            OrderState::PartiallyRefunded => {
                let paid = amount(page, page.money.received_minor(), t);
                let back = t.with("amount", amount(page, page.money.sent_back_minor(), t));
                let line = back.with("paid", paid).say("pay-partially-refunded-hint");
                self.said(Tone::Good, t.say("pay-partially-refunded"), vec![line])
            }
            OrderState::Refunded => {
                self.said(Tone::Good, t.say("pay-refunded"), vec![t.say("pay-refunded-hint")])
            }
            OrderState::Reversed => {
                self.said(Tone::Bad, t.say("pay-reversed"), vec![t.say("pay-reversed-hint")])
            }
            OrderState::ChargedBack => {
                self.said(Tone::Bad, t.say("pay-disputed"), vec![store().say("pay-disputed-hint")])
            }
            OrderState::Paid
            | OrderState::Open
            | OrderState::Awaiting
            | OrderState::Expired
            | OrderState::Closed => self.paid(),
        };
        if under_way_minor > 0 && !is_all_leaving {
            said.highlight =
                Some(t.with("amount", amount(page, under_way_minor, t)).say("pay-part-returning"));
        }
        if let Some(shipped) = page.order.shipped.filter(|_| said.tone == Tone::Good) {
            let is_paid = shipping(page.order.state, page.money.staying_minor()).is_ok();
            let at = display_instant_at(shipped.at, page.now, page.merchant.time_zone, t.0);
            said.lines.extend(is_paid.then(|| t.with("at", at).say("pay-shipped")));
        }
        let has_receipt = matches!(
            page.order.state,
            OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded
        );
        said.action = has_receipt
            .then(|| Action { href: format!("{}/receipt", self.path), label: t.say("pay-receipt-open") });
        said.with_contact(page, t)
    }

    fn paid(&self) -> Said {
        let (t, page) = (self.t, self.page);
        let store = || t.with("store", page.merchant.name.as_str());
        let mut said = self.said(Tone::Good, t.say("pay-paid"), vec![store().say("pay-paid-hint")]);
        let extra_minor = page.money.staying_minor() - page.order.amount.minor();
        let extra = || store().with("amount", amount(page, extra_minor, t));
        if extra_minor > 0 {
            let is_twice = page.order.flags.duplicate_payment;
            said.highlight =
                Some(if is_twice { extra().say("pay-paid-twice") } else { extra().say("pay-paid-overpaid") });
        } else if (page.order.flags.duplicate_payment || page.order.flags.overpaid)
            && page.money.sent_back_minor() > 0
            && page.money.under_way_minor() == 0
        {
            said.lines.push(t.say("pay-extra-back"));
        }
        said
    }

    /// Money that came and does not pay the order.
    pub(super) fn stray(&self) -> Said {
        let (t, page) = (self.t, self.page);
        if page.money.under_way_minor() > 0 && page.money.staying_minor() == 0 {
            return self.returning().with_contact(page, t);
        }
        let line = t.with("store", page.merchant.name.as_str()).say("pay-underpaid-hint");
        self.said(Tone::Wait, t.say("pay-underpaid"), vec![line]).with_contact(page, t)
    }

    fn returning(&self) -> Said {
        let (t, page) = (self.t, self.page);
        let line = t
            .with("store", page.merchant.name.as_str())
            .with("amount", amount(page, page.money.under_way_minor(), t));
        self.said(Tone::Wait, t.say("pay-returning"), vec![line.say("pay-returning-hint")])
    }

    /// What became of money that came, did not pay the order, and is gone again.
    pub(super) fn gone(&self) -> Option<Said> {
        let (t, page) = (self.t, self.page);
        if page.money.received_minor() == 0 {
            return None;
        }
        let said = if page.money.sent_back_minor() > 0 {
            self.said(Tone::Over, t.say("pay-refunded"), vec![t.say("pay-refunded-hint")])
        } else {
            self.said(Tone::Over, t.say("pay-reversed"), vec![t.say("pay-reversed-hint")])
        };
        Some(said.with_contact(page, t))
    }

    /// The same, above what there is to choose or to pay now.
    pub(super) fn past(&self) -> Option<Past> {
        let Said { headline, contact, .. } = self.gone()?;
        let (t, rows) = (self.t, money_rows(self.page, YearShown::WhenAnother, self.t));
        Some(Past { headline, line: t.say("pay-again-whole"), rows, contact: contact.unwrap_or_default() })
    }
}

#[cfg(test)]
#[path = "money_scenes_tests.rs"]
mod tests;
