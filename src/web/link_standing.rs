//! How a link stands that takes no payment, said to a customer, on its own page and on an order's.

use chrono::{DateTime, Utc};

use super::page_texts::PageTexts;
use crate::domain::instant_text::display_instant_at;
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::services::checkout::LinkPage;
use crate::services::order_page::OrderPage;

/// How often a page that waits for a busy link looks again, in milliseconds.
const BUSY_LOOK_MS: i64 = 30_000;

/// How a link stands at an instant.
pub struct Standing<'a> {
    merchant: &'a Merchant,
    link: &'a PaymentLink,
    state: LinkState,
    next_chance: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

/// How a link stands that takes no payment, in words.
pub struct Closed {
    /// In a few words.
    pub headline: String,
    /// What that means for the reader.
    pub hint: String,
    /// After how many milliseconds looking again is worth while.
    pub look_again_ms: Option<i64>,
}

impl<'a> Standing<'a> {
    /// As a link's page knows it.
    #[must_use]
    pub const fn of_link(page: &'a LinkPage) -> Self {
        let LinkPage { merchant, link, state, next_chance, now, .. } = page;
        Self { merchant, link, state: *state, next_chance: *next_chance, now: *now }
    }

    /// As an order's page knows it.
    #[must_use]
    pub const fn of_order(page: &'a OrderPage) -> Self {
        let OrderPage { merchant, link, link_state, next_chance, now, .. } = page;
        Self { merchant, link, state: *link_state, next_chance: *next_chance, now: *now }
    }

    /// How the link stands, in words; `None` while it takes a payment.
    #[must_use]
    pub fn closed(&self, t: PageTexts) -> Option<Closed> {
        let when = |instant| {
            t.with("when", display_instant_at(instant, self.now, self.merchant.time_zone, t.0))
                .with("store", self.merchant.name.as_str())
        };
        let mut closed = self.without_times(t)?;
        match (self.state, self.link.opens_at, self.link.expires_at) {
            (LinkState::NotOpenYet, Some(opens_at), _) => {
                closed.hint = when(opens_at).say("pay-state-not-open-hint");
            }
            (LinkState::Expired, _, Some(expires_at)) => {
                closed.hint = when(expires_at).say("pay-state-expired-hint");
            }
            (LinkState::Busy, _, expires_at) => {
                closed.look_again_ms = Some(BUSY_LOOK_MS);
                if let Some(next_chance) = self.next_chance {
                    // A turn may come free long before the last moment: whoever waits looks again.
                    let until_then_ms = (next_chance - self.now).num_milliseconds().max(1_000);
                    closed.look_again_ms = Some(until_then_ms.min(BUSY_LOOK_MS));
                    closed.hint = match expires_at.filter(|expires_at| *expires_at <= next_chance) {
                        Some(expires_at) => when(expires_at).say("pay-state-busy-ends"),
                        None => when(next_chance).say("pay-state-busy-hint"),
                    };
                }
            }
            _ => {}
        }
        Some(closed)
    }

    fn without_times(&self, t: PageTexts) -> Option<Closed> {
        let store = || t.with("store", self.merchant.name.as_str());
        let (headline, hint) = match self.state {
            LinkState::Active => return None,
            LinkState::Deleted => (store().say("pay-state-deleted"), t.say("pay-state-deleted-hint")),
            LinkState::Paused => (t.say("pay-state-paused"), store().say("pay-state-paused-hint")),
            LinkState::NotOpenYet => (t.say("pay-state-not-open"), t.say("pay-state-not-open-soon")),
            LinkState::Expired => (t.say("pay-state-expired"), store().say("pay-state-expired-plain")),
            LinkState::Exhausted => (t.say("pay-state-exhausted"), store().say("pay-state-exhausted-hint")),
            LinkState::Busy => (t.say("pay-state-busy"), t.say("pay-state-busy-soon")),
        };
        Some(Closed { headline, hint, look_again_ms: None })
    }
}
