//! What reports should do, written from the tables of the specification and not from the house's own: by the
//! word that came, where the house goes by the state it finds. Nothing here calls `apply`.

use tautan::domain::attempt::AttemptState::{self, *};
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::report::ReportedStatus;

/// Two pulls must lie so many seconds apart before reversed money counts again.
const RESTORED_AFTER: i64 = 60;

/// A charge that the gateway never knew is given up after so many seconds.
const GIVEN_UP_AFTER: i64 = 600;

/// What a gateway says, as far as the model looks at it. Times are seconds since the charges were made.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    pub status: ReportedStatus,
    /// Whether amount, currency, merchant and transaction are ours.
    pub is_ours: bool,
    pub received: i64,
    pub returned: Option<i64>,
    pub settled_at: Option<i64>,
}

/// One charge in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    pub state: AttemptState,
    pub balance: i64,
    pub returned: i64,
    /// Returns beyond all that came, which were told already.
    pub beyond: i64,
    pub restoring_since: Option<i64>,
}

/// An order with its charges, and the units of its link that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub charges: [Charge; 2],
    pub order: OrderState,
    pub unit: Unit,
    pub free: i64,
    pub late: bool,
    pub overpaid: bool,
    pub underpaid: bool,
    pub twice: bool,
    pub mismatch: bool,
    /// What came of the last word.
    pub told: bool,
    pub alerted: bool,
    pub asks_again: bool,
    price: i64,
    pay_by: i64,
}

impl Model {
    pub fn new(states: [AttemptState; 2], free: i64, price: i64, pay_by: i64) -> Self {
        let charge = |state| Charge { state, balance: 0, returned: 0, beyond: 0, restoring_since: None };
        let waits = states.into_iter().any(can_be_paid);
        Self {
            charges: states.map(charge),
            order: if waits { OrderState::Awaiting } else { OrderState::Expired },
            unit: if waits { Unit::Held } else { Unit::None },
            free,
            late: false,
            overpaid: false,
            underpaid: false,
            twice: false,
            mismatch: false,
            told: false,
            alerted: false,
            asks_again: false,
            price,
            pay_by,
        }
    }

    /// A pull at `now` said this about one of the charges.
    pub fn hear(&mut self, which: usize, word: Word, now: i64) {
        use ReportedStatus as Status;
        (self.told, self.alerted, self.asks_again) = (false, false, false);
        let state = self.charges[which].state;
        let unpaid = can_be_paid(state) || ended(state);
        let unanswered = matches!(state, Creating | Unknown);
        match word.status {
            Status::Unrecognised => self.alerted = true,
            // What ended without money may be forgotten by the gateway.
            Status::NotFound if unanswered && now >= GIVEN_UP_AFTER => self.end(which, Failed),
            Status::NotFound => self.alerted = !unanswered && !ended(state),
            Status::Pending if unanswered || state == Pending => self.charges[which].state = Pending,
            Status::Authorize if unanswered || state == Pending => self.charges[which].state = Authorized,
            Status::Pending | Status::Authorize => {}
            Status::Expire if can_be_paid(state) => self.end(which, Expired),
            Status::Failure if can_be_paid(state) => self.end(which, Failed),
            Status::Expire | Status::Failure => {}
            Status::Deny if can_be_paid(state) => self.end(which, Denied),
            Status::Cancel if can_be_paid(state) => self.end(which, Cancelled),
            // Money that was there is taken away: a bank's denial, or the void of a card.
            Status::Deny if matches!(state, Captured | Settled) => self.reverse(which, word),
            Status::Cancel if state == Captured => self.reverse(which, word),
            Status::Cancel if state == Settled => self.alerted = true,
            Status::Deny | Status::Cancel => {
                self.alerted = matches!(state, PartiallyRefunded | Refunded | PartiallyChargedBack);
            }
            Status::Capture | Status::Settlement => self.hear_of_success(which, word, now, unpaid),
            Status::PartialRefund | Status::Refund => self.hear_of_refund(which, word, unpaid),
            Status::PartialChargeback | Status::Chargeback => self.hear_of_dispute(which, word, unpaid),
        }
    }

    fn hear_of_success(&mut self, which: usize, word: Word, now: i64, unpaid: bool) {
        let settles = word.status == ReportedStatus::Settlement;
        let state = self.charges[which].state;
        match state {
            _ if unpaid && self.believes(word) => {
                self.succeed(which, if settles { Settled } else { Captured }, word);
            }
            Captured if settles && self.believes(word) => self.charges[which].state = Settled,
            Reversed if self.believes(word) => self.restore(which, word, now),
            ChargedBack => self.alerted = true,
            _ => {}
        }
    }

    fn hear_of_refund(&mut self, which: usize, word: Word, unpaid: bool) {
        let state = self.charges[which].state;
        match state {
            Reversed | ChargedBack => self.alerted = true,
            _ if !self.believes(word) => {}
            Refunded => {
                let charge = &mut self.charges[which];
                let more = word.returned.map_or(0, |sum| (sum - charge.returned - charge.beyond).max(0));
                charge.beyond += more;
                self.alerted = more > 0;
            }
            _ => {
                if unpaid {
                    self.succeed(which, Settled, word);
                }
                self.refund(which, word);
            }
        }
    }

    fn hear_of_dispute(&mut self, which: usize, word: Word, unpaid: bool) {
        let state = self.charges[which].state;
        match state {
            Reversed => self.alerted = true,
            ChargedBack => {}
            _ if !self.believes(word) => {}
            _ => {
                if unpaid {
                    self.succeed(which, Settled, word);
                }
                self.alerted |= state == Refunded;
                self.dispute(which, word);
            }
        }
    }

    /// Wrong money books nothing and is told to the operator.
    fn believes(&mut self, word: Word) -> bool {
        if !word.is_ours {
            self.mismatch = true;
            self.alerted = true;
        }
        word.is_ours
    }

    fn succeed(&mut self, which: usize, state: AttemptState, word: Word) {
        let was_dead = ended(self.charges[which].state);
        let had_money = self.order.has_seen_money() && self.order != OrderState::Reversed;
        self.charges[which].state = state;
        self.charges[which].balance += word.received;
        self.told = true;
        if word.received < self.price {
            self.underpaid = true;
            self.release(which, OrderState::Open);
        } else if had_money {
            self.twice = true;
        } else {
            self.late = word.settled_at.map_or(was_dead, |settled_at| settled_at > self.pay_by);
            self.overpaid |= word.received > self.price;
            self.allocate();
        }
    }

    /// The unit that the order has, else a free one, else the seller decides.
    fn allocate(&mut self) {
        if self.unit == Unit::None && self.free == 0 {
            self.order = OrderState::PaidUnallocated;
            return;
        }
        self.free -= i64::from(self.unit == Unit::None);
        self.order = OrderState::Paid;
        self.unit = Unit::Used;
    }

    fn give_unit_back(&mut self) {
        self.free += i64::from(self.unit != Unit::None);
        self.unit = Unit::None;
    }

    fn end(&mut self, which: usize, state: AttemptState) {
        self.charges[which].state = state;
        let after = if state == Expired { OrderState::Expired } else { OrderState::Open };
        self.release(which, after);
    }

    /// An order that waits for no charge any more gives its unit back.
    fn release(&mut self, which: usize, after: OrderState) {
        let other = self.charges[1 - which].state;
        if self.order == OrderState::Awaiting && !can_be_paid(other) {
            self.order = after;
            self.give_unit_back();
        }
    }

    fn reverse(&mut self, which: usize, word: Word) {
        if !self.believes(word) {
            return;
        }
        self.charges[which].state = Reversed;
        self.charges[which].balance = 0;
        self.charges[which].restoring_since = None;
        self.told = true;
        if self.sum() < self.price && self.order.has_seen_money() {
            self.order = OrderState::Reversed;
            self.give_unit_back();
        }
    }

    fn restore(&mut self, which: usize, word: Word, now: i64) {
        let Some(since) = self.charges[which].restoring_since else {
            self.charges[which].restoring_since = Some(now);
            (self.alerted, self.asks_again) = (true, true);
            return;
        };
        if now - since < RESTORED_AFTER {
            self.asks_again = true;
            return;
        }
        let charge = &mut self.charges[which];
        (charge.state, charge.restoring_since) = (Settled, None);
        charge.balance += word.received;
        if word.received < self.price {
            return;
        }
        if self.order == OrderState::Reversed {
            self.allocate();
            self.told = true;
        } else if self.order.has_seen_money() {
            self.twice = true;
            self.told = true;
        }
    }

    fn refund(&mut self, which: usize, word: Word) {
        let charge = &mut self.charges[which];
        let whole = word.status == ReportedStatus::Refund;
        let known = charge.returned + charge.beyond;
        let sum = word.returned.unwrap_or(known + if whole { charge.balance } else { 0 });
        let news = (sum - known).max(0);
        let moved = news.min(charge.balance);
        charge.beyond += news - moved;
        self.alerted |= news > moved;
        if moved == 0 {
            return;
        }
        charge.balance -= moved;
        charge.returned += moved;
        if charge.balance == 0 {
            charge.state = Refunded;
        } else if charge.state != PartiallyChargedBack {
            charge.state = PartiallyRefunded;
        }
        self.told = true;
        use OrderState as Order;
        if matches!(self.order, Order::Paid | Order::PaidUnallocated | Order::PartiallyRefunded) {
            self.order = match self.sum() {
                0 => Order::Refunded,
                sum if sum < self.price => Order::PartiallyRefunded,
                _ => self.order,
            };
        }
    }

    fn dispute(&mut self, which: usize, word: Word) {
        let charge = &mut self.charges[which];
        let whole = word.status == ReportedStatus::Chargeback;
        let moved = match word.returned {
            Some(sum) if !whole => (sum - charge.returned).clamp(0, charge.balance),
            // A part of which nobody says how large it is counts as all.
            _ => charge.balance,
        };
        charge.balance -= moved;
        charge.returned += moved;
        charge.state = if whole || charge.balance == 0 { ChargedBack } else { PartiallyChargedBack };
        self.told |= whole || moved > 0;
        if self.order.has_seen_money() && self.sum() == 0 {
            self.order = OrderState::ChargedBack;
        }
    }

    pub fn sum(&self) -> i64 {
        self.charges.iter().map(|charge| charge.balance).sum()
    }
}

/// The customer may still pay it.
fn can_be_paid(state: AttemptState) -> bool {
    [Creating, Unknown, Pending, Challenge, Authorized].contains(&state)
}

/// It ended without money.
fn ended(state: AttemptState) -> bool {
    [Denied, Cancelled, Expired, Failed].contains(&state)
}
