//! What must hold between the tables, judged row by row: the rules that a bug, a broken disk or a
//! hand in the database would violate.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::AttemptState;
use super::id::{AttemptId, LinkId, OrderId};
use super::ledger::LedgerEntry;
use super::order::{OrderState, Unit};

#[cfg(test)]
mod tests;

/// Faults beyond this number are counted and not kept.
const FAULTS_KEPT_MAX: usize = 1_000;

/// How long after the end of a hold a unit may still be on its way back.
const GIVING_BACK: TimeDelta = TimeDelta::minutes(2);

/// Something that cannot be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFault {
    /// The table of the row.
    pub table: &'static str,
    /// The row's key; `<shop>/<sequence>` in the ledger.
    pub row: String,
    /// What is wrong, as the end of a sentence.
    pub what: String,
}

/// What an audit looked at and what it found, first bad row first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditReport {
    /// Shops whose book was read.
    pub shops: u64,
    /// Rows of the books.
    pub ledger_entries: u64,
    /// Links whose counters were compared with their orders.
    pub links: u64,
    /// Orders that were compared with the book.
    pub orders: u64,
    /// Charges that were compared with the book.
    pub attempts: u64,
    /// Messages about paid orders that were looked for.
    pub notifications: u64,
    /// The first thousand faults.
    pub faults: Vec<AuditFault>,
    /// Faults beyond those.
    pub further_faults: u64,
}

impl AuditReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Notes a fault.
    pub fn add(&mut self, table: &'static str, row: impl ToString, what: impl Into<String>) {
        if self.faults.len() < FAULTS_KEPT_MAX {
            self.faults.push(AuditFault { table, row: row.to_string(), what: what.into() });
        } else {
            self.further_faults += 1;
        }
    }
}

impl fmt::Display for AuditFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}: {}", self.table, self.row, self.what)
    }
}

impl fmt::Display for AuditReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(formatter, "{fault}")?;
        }
        if self.further_faults > 0 {
            writeln!(formatter, "and {} more", self.further_faults)?;
        }
        let seals = if self.faults.iter().any(|fault| fault.table == "ledger_entries") {
            "not all sealed"
        } else {
            "all sealed"
        };
        let faults = self.further_faults + self.faults.len() as u64;
        write!(
            formatter,
            "ledger: {} in {}, {seals}; checked {}, {}, {} and {}; {}",
            counted(self.ledger_entries, "row"),
            counted(self.shops, "shop"),
            counted(self.links, "link"),
            counted(self.orders, "order"),
            counted(self.attempts, "charge"),
            counted(self.notifications, "message"),
            if faults == 0 { "no faults".to_owned() } else { counted(faults, "fault") },
        )
    }
}

fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Follows a shop's book row by row.
#[derive(Debug, Clone, Default)]
pub struct BookReading {
    sequence: i64,
    /// `None` when the row before is missing, so that one gap is one fault.
    seal: Option<Vec<u8>>,
}

impl BookReading {
    /// At the start of a book.
    #[must_use]
    pub fn new() -> Self {
        Self { sequence: 0, seal: Some(Vec::new()) }
    }

    /// The place of the last row read; 0 at the start.
    #[must_use]
    pub const fn sequence(&self) -> i64 {
        self.sequence
    }

    /// Reads the next row; gives what is wrong with it.
    pub fn read(&mut self, entry: &LedgerEntry, seal: &[u8]) -> Option<String> {
        let follows = self.sequence.checked_add(1) == Some(entry.sequence);
        let fault = if !follows {
            Some(format!("the row before it is missing: the book stops at {}", self.sequence))
        } else if self.seal.as_ref().is_some_and(|previous| entry.seal(previous) != seal) {
            Some("the seal does not fit the row before and this one".to_owned())
        } else {
            None
        };
        self.sequence = entry.sequence;
        self.seal = Some(seal.to_vec());
        fault
    }

    /// Passes a row that cannot be read.
    pub fn skip(&mut self, sequence: i64) {
        self.sequence = sequence;
        self.seal = None;
    }

    /// Compares the last row with the head that the shop remembers; gives what is wrong with it.
    #[must_use]
    pub fn close(&self, head_sequence: i64, head_seal: &[u8]) -> Option<String> {
        if head_sequence != self.sequence {
            return Some(format!(
                "the book should have {} and ends at row {}",
                counted(head_sequence.unsigned_abs(), "row"),
                self.sequence
            ));
        }
        let differs = self.seal.as_ref().is_some_and(|seal| seal != head_seal);
        differs.then(|| "the seal at the head of the book is not the last row's".to_owned())
    }
}

/// A link's counters beside what its orders say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkStanding {
    /// The link.
    pub id: LinkId,
    /// Its limit, `None` without one.
    pub usage_limit: Option<i64>,
    /// Its counter of payments.
    pub used: i64,
    /// Its counter of customers who are paying.
    pub held: i64,
    /// Orders that have a counted unit.
    pub orders_using: i64,
    /// Orders that hold a unit.
    pub orders_holding: i64,
    /// Orders that were counted beyond the limit, with the seller's word.
    pub orders_over_limit: i64,
}

impl LinkStanding {
    /// What is wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        if self.used != self.orders_using {
            return Some(format!("used is {}, but {} use a unit", self.used, orders(self.orders_using)));
        }
        if self.held != self.orders_holding {
            return Some(format!("held is {}, but {} hold a unit", self.held, orders(self.orders_holding)));
        }
        let beyond = |limit: i64| self.used + self.held - self.orders_over_limit > limit;
        self.usage_limit.filter(|limit| beyond(*limit)).map(|limit| {
            format!("{} used and {} held are more than the limit of {limit}", self.used, self.held)
        })
    }
}

fn orders(number: i64) -> String {
    counted(number.unsigned_abs(), "order")
}

/// An order beside what the book says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderStanding {
    /// The order.
    pub id: OrderId,
    /// Where it stands; `None` when that is no word of ours.
    pub state: Option<OrderState>,
    /// Its unit; `None` when that is no word of ours.
    pub unit: Option<Unit>,
    /// Whether less than asked came at least once.
    pub underpaid: bool,
    /// Whether it was paid twice.
    pub duplicate_payment: bool,
    /// What it costs, in minor units.
    pub amount_minor: i64,
    /// Whether it has an instant of payment.
    pub has_paid_at: bool,
    /// Until when its unit stays held at least.
    pub hold_until: Option<DateTime<Utc>>,
    /// Charges that can still be paid.
    pub live_attempts: i64,
    /// The sum of its rows in the book, in minor units.
    pub balance_minor: i64,
    /// All that came, in minor units.
    pub captured_minor: i64,
    /// All that was disputed, in minor units, positive.
    pub charged_back_minor: i64,
}

impl OrderStanding {
    /// What is wrong with it at `now`.
    #[must_use]
    pub fn fault(&self, now: DateTime<Utc>) -> Option<String> {
        let Some(state) = self.state else { return Some("its state is an unknown word".to_owned()) };
        let Some(unit) = self.unit else { return Some("its unit is an unknown word".to_owned()) };
        if self.balance_minor < 0 || self.balance_minor > self.captured_minor {
            return Some(format!(
                "the book has {} left of {} captured",
                self.balance_minor, self.captured_minor
            ));
        }
        self.unit_fault(state, unit, now).or_else(|| self.money_fault(state))
    }

    fn unit_fault(&self, state: OrderState, unit: Unit, now: DateTime<Utc>) -> Option<String> {
        let fits = match state {
            OrderState::Open
            | OrderState::Expired
            | OrderState::Closed
            | OrderState::PaidUnallocated
            | OrderState::Reversed => unit == Unit::None,
            OrderState::Awaiting => unit == Unit::Held,
            OrderState::Paid => unit == Unit::Used,
            OrderState::PartiallyRefunded | OrderState::Refunded | OrderState::ChargedBack => {
                unit != Unit::Held
            }
        };
        if !fits {
            return Some(format!("it is {} with unit {}", state.code(), unit.code()));
        }
        if (unit == Unit::Held) != self.hold_until.is_some() {
            return Some(format!(
                "its unit is {} and it has {} end of a hold",
                unit.code(),
                if self.hold_until.is_some() { "an" } else { "no" }
            ));
        }
        let hold_is_over = self.hold_until.is_some_and(|hold_until| now > hold_until + GIVING_BACK);
        (hold_is_over && self.live_attempts == 0)
            .then(|| "its hold is over and no charge can be paid, but it keeps its unit".to_owned())
    }

    fn money_fault(&self, state: OrderState) -> Option<String> {
        if self.has_paid_at != state.has_seen_money() {
            return Some(format!(
                "it is {} {} an instant of payment",
                state.code(),
                if self.has_paid_at { "with" } else { "without" }
            ));
        }
        let balance_minor = self.balance_minor;
        let fits = match state {
            OrderState::Open | OrderState::Awaiting | OrderState::Expired | OrderState::Closed => {
                self.captured_minor == 0 || self.underpaid
            }
            // A dispute about a part leaves the order paid.
            OrderState::Paid | OrderState::PaidUnallocated => {
                balance_minor + self.charged_back_minor >= self.amount_minor
            }
            OrderState::PartiallyRefunded => {
                balance_minor > 0 && (balance_minor < self.amount_minor || self.more_may_have_come())
            }
            OrderState::Refunded | OrderState::Reversed | OrderState::ChargedBack => {
                balance_minor == 0 || self.more_may_have_come()
            }
        };
        (!fits).then(|| {
            format!(
                "it is {} and costs {}, but the book has {balance_minor} left of {} captured",
                state.code(),
                self.amount_minor,
                self.captured_minor
            )
        })
    }

    /// Money that comes for an order that is settled otherwise is flagged and changes no state.
    const fn more_may_have_come(&self) -> bool {
        self.duplicate_payment || self.underpaid
    }
}

/// A charge beside its order and what the book says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptStanding {
    /// The attempt.
    pub id: AttemptId,
    /// Where it stands; `None` when that is no word of ours.
    pub state: Option<AttemptState>,
    /// What it says that went back, in minor units.
    pub returned_minor: i64,
    /// Whether shop, mode, amount and currency are its order's.
    pub is_of_its_order: bool,
    /// The sum of its rows in the book, in minor units.
    pub balance_minor: i64,
    /// All that came, in minor units.
    pub captured_minor: i64,
    /// All that was given back or disputed in the book, in minor units, positive.
    pub booked_back_minor: i64,
    /// What the gateway gave back in the book, in minor units, positive.
    pub refunded_minor: i64,
    /// What the seller sent back in the book, in minor units, positive.
    pub by_hand_minor: i64,
    /// The confirmed returns through the gateway that a seller asked for, in minor units.
    pub asked_refunds_minor: i64,
    /// The returns that a seller says were sent by hand, in minor units.
    pub asked_by_hand_minor: i64,
}

impl AttemptStanding {
    /// What is wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let Some(state) = self.state else { return Some("its state is an unknown word".to_owned()) };
        if !self.is_of_its_order {
            return Some("its shop, mode, amount or currency is not its order's".to_owned());
        }
        if self.returned_minor != self.booked_back_minor {
            let (told, booked) = (self.returned_minor, self.booked_back_minor);
            return Some(format!("it says that {told} went back, the book says {booked}"));
        }
        self.refund_fault().or_else(|| self.state_fault(state))
    }

    /// What went back must be what was asked; a gateway may give back more by itself.
    fn refund_fault(&self) -> Option<String> {
        if self.asked_refunds_minor > self.refunded_minor {
            return Some(format!(
                "refunds of {} are confirmed, the book has {}",
                self.asked_refunds_minor, self.refunded_minor
            ));
        }
        (self.asked_by_hand_minor != self.by_hand_minor).then(|| {
            format!("{} was sent back by hand, the book has {}", self.asked_by_hand_minor, self.by_hand_minor)
        })
    }

    fn state_fault(&self, state: AttemptState) -> Option<String> {
        let (captured_minor, balance_minor) = (self.captured_minor, self.balance_minor);
        let fits = match state {
            AttemptState::Creating
            | AttemptState::Unknown
            | AttemptState::Pending
            | AttemptState::Challenge
            | AttemptState::Authorized
            | AttemptState::Denied
            | AttemptState::Cancelled
            | AttemptState::Expired
            | AttemptState::Failed => captured_minor == 0 && balance_minor == 0,
            AttemptState::Captured | AttemptState::Settled => balance_minor > 0,
            AttemptState::PartiallyRefunded | AttemptState::PartiallyChargedBack => {
                balance_minor > 0 && balance_minor <= captured_minor
            }
            AttemptState::Refunded | AttemptState::Reversed | AttemptState::ChargedBack => {
                captured_minor > 0 && balance_minor == 0
            }
        };
        (!fits).then(|| {
            format!(
                "it is {}, but the book has {balance_minor} left of {captured_minor} captured",
                state.code()
            )
        })
    }
}
