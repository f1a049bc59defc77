//! The line of customers who wait until a unit of a busy link comes free. It keeps nothing for anybody: who is
//! first hears of it first.

use chrono::{DateTime, TimeDelta, Utc};

use super::payment_link::{LinkState, PaymentLink};

/// How long one customer alone knows of a free unit, before the next in line is told as well.
pub const TURN_TIME: TimeDelta = TimeDelta::minutes(5);

/// An order's place in the line of its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceInLine {
    /// Since when the customer waits: whoever waits longer is told sooner.
    pub since: DateTime<Utc>,
    /// When the customer was told that a unit is free; `None` again once all are being paid for.
    pub told_at: Option<DateTime<Utc>>,
}

/// Whether customers may stand in line for a link in such a state.
#[must_use]
pub const fn has_line(state: LinkState) -> bool {
    matches!(state, LinkState::Busy | LinkState::Active)
}

/// How many more of a link's line are to be told, when `told_lately` of them were within [`TURN_TIME`] and have
/// not taken their turn yet.
#[must_use]
pub fn turns_to_tell(link: &PaymentLink, told_lately: i64, now: DateTime<Utc>) -> i64 {
    match (link.state(now), link.usage_limit) {
        (LinkState::Active, Some(limit)) => (limit.get() - link.used - link.held - told_lately).max(0),
        (LinkState::Active, None) => i64::MAX,
        _ => 0,
    }
}
