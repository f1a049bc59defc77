//! How a person wants to be told about the shop. Nothing is ever held back by it: what is switched off
//! here loses its sound, not its place in the chat.

use chrono::{NaiveTime, Timelike};

use super::apply::Tiding;
use super::expiry::time_of_day;
use super::notification::SellerMessage;
use super::place::PlaceNews;

/// What one person chose; the default is what everybody gets who never looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeSettings {
    /// The hours without a sound.
    pub quiet: Option<QuietHours>,
    /// Whether it rings that a link took its last payment; the payment itself has rung.
    pub rings_sold_out: bool,
    /// Whether money that went back or came back rings, when there is nothing to decide.
    pub rings_news: bool,
    /// Whether it rings that somebody asks for something that is no longer sold.
    pub rings_questions: bool,
    /// Whether orders that nobody paid are told at all; they never ring.
    pub tells_unpaid: bool,
    /// When the recap of the day comes, in the shop's zone; `None`: never.
    pub recap_at: Option<NaiveTime>,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            quiet: None,
            rings_sold_out: false,
            rings_news: true,
            rings_questions: false,
            tells_unpaid: false,
            recap_at: None,
        }
    }
}

/// Hours of every day, in the shop's zone; they may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: NaiveTime,
    until: NaiveTime,
}

/// A kind of notice that a person may let ring, or be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// [`NoticeSettings::rings_sold_out`].
    SoldOut,
    /// [`NoticeSettings::rings_news`].
    News,
    /// [`NoticeSettings::rings_questions`].
    Questions,
    /// [`NoticeSettings::tells_unpaid`].
    Unpaid,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::SoldOut, Self::News, Self::Questions, Self::Unpaid];
}

impl NoticeSettings {
    /// Whether a message arrives without a sound at this time of the shop's day.
    #[must_use]
    pub fn is_silent(&self, message: &SellerMessage, at: NaiveTime) -> bool {
        use SellerMessage as Told;
        match message {
            // Goods may be on their way: the one thing that must not wait for the morning. And the operator's
            // alarms are no shop's to silence.
            Told::Order { tiding: Tiding::Reversed | Tiding::ChargedBack, .. }
            | Told::Alert { .. }
            | Told::CustomerNews { .. }
            | Told::KeysConnected { .. }
            | Told::Answer { .. } => false,
            _ if self.is_quiet(at) => true,
            Told::SoldOut { .. } => !self.rings_sold_out,
            Told::Order {
                tiding:
                    Tiding::Restored | Tiding::PartiallyRefunded | Tiding::Refunded | Tiding::ReturnedByHand,
                ..
            } => !self.rings_news,
            Told::Asked { .. } => !self.rings_questions,
            Told::Unpaid { .. }
            | Told::LetterFailed { .. }
            | Told::FollowUp { .. }
            | Told::Recap { .. }
            | Told::Joined { .. }
            | Told::Place { news: PlaceNews::Added | PlaceNews::Unmuted | PlaceNews::Orphaned, .. } => true,
            Told::Order { .. }
            | Told::Question { .. }
            | Told::Place { .. }
            | Told::KeyRefused { .. }
            | Told::MethodRefused { .. } => false,
        }
    }

    /// Whether this time of the shop's day has no sound.
    #[must_use]
    pub fn is_quiet(&self, at: NaiveTime) -> bool {
        self.quiet.is_some_and(|quiet| quiet.contains(at))
    }

    /// Whether a kind is switched on.
    #[must_use]
    pub const fn is_on(&self, kind: NoticeKind) -> bool {
        match kind {
            NoticeKind::SoldOut => self.rings_sold_out,
            NoticeKind::News => self.rings_news,
            NoticeKind::Questions => self.rings_questions,
            NoticeKind::Unpaid => self.tells_unpaid,
        }
    }

    /// The same with a kind switched on or off.
    #[must_use]
    pub const fn with_kind(mut self, kind: NoticeKind, is_on: bool) -> Self {
        match kind {
            NoticeKind::SoldOut => self.rings_sold_out = is_on,
            NoticeKind::News => self.rings_news = is_on,
            NoticeKind::Questions => self.rings_questions = is_on,
            NoticeKind::Unpaid => self.tells_unpaid = is_on,
        }
        self
    }
}

impl QuietHours {
    /// From this time until that one, which is the next day's when it is not later; `None` when both are
    /// the same, which could mean never or always.
    #[must_use]
    pub fn new(from: NaiveTime, until: NaiveTime) -> Option<Self> {
        (from != until).then_some(Self { from, until })
    }

    /// When they begin.
    #[must_use]
    pub const fn from(self) -> NaiveTime {
        self.from
    }

    /// When they end.
    #[must_use]
    pub const fn until(self) -> NaiveTime {
        self.until
    }

    /// Whether a time of the day is one of them; the last one no longer is.
    #[must_use]
    pub fn contains(self, at: NaiveTime) -> bool {
        if self.from < self.until {
            self.from <= at && at < self.until
        } else {
            self.from <= at || at < self.until
        }
    }

    /// Reads hours as people type them: `22-6`, `22.00 – 06.30`, `jam 10 malam sampai jam 6 pagi`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['–', '—'], "-");
        let split = |mark: &str| text.split_once(mark);
        let (from, until) = split(" sampai ")
            .or_else(|| split(" s/d "))
            .or_else(|| split(" until "))
            .or_else(|| split(" to "))
            .or_else(|| split("-"))?;
        Self::new(time_of_day(from)?, time_of_day(until)?)
    }
}

/// A time of the day as minutes since midnight.
#[must_use]
pub fn minutes_of(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

/// Minutes since midnight as a time of the day; `None` beyond a day.
#[must_use]
pub fn time_at(minutes: i64) -> Option<NaiveTime> {
    let seconds = u32::try_from(minutes).ok()?.checked_mul(60)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{LinkId, OrderId};

    fn at(minutes: i64) -> NaiveTime {
        time_at(minutes).unwrap()
    }

    fn about(tiding: Tiding) -> SellerMessage {
        SellerMessage::Order { order_id: OrderId::generate(), tiding, attempt_id: None, amount_minor: 1 }
    }

    #[test]
    fn quiet_hours_go_over_midnight_and_end_to_the_minute() {
        let night = QuietHours::parse("22-6").unwrap();
        assert!(night.contains(at(22 * 60)) && night.contains(at(0)) && night.contains(at(6 * 60 - 1)));
        assert!(!night.contains(at(6 * 60)) && !night.contains(at(22 * 60 - 1)));
        let noon = QuietHours::parse("12-13").unwrap();
        assert!(noon.contains(at(12 * 60)) && !noon.contains(at(13 * 60)) && !noon.contains(at(0)));
    }

    #[test]
    fn hours_are_read_as_people_type_them() {
        let read = |text| QuietHours::parse(text).map(|q| (minutes_of(q.from()), minutes_of(q.until())));
        for text in ["22-6", "22.00-06.00", " 22:00 – 6:00 ", "jam 10 malam sampai jam 6 pagi", "10pm to 6am"]
        {
            assert_eq!(read(text), Some((22 * 60, 6 * 60)), "{text}");
        }
        assert_eq!(read("21.30-5.15"), Some((21 * 60 + 30, 5 * 60 + 15)));
        for text in ["", "22", "22-22", "25-6", "malam", "22-6-7", "22.5-6"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_payment_rings_by_day_and_not_at_night_and_a_reversal_always_does() {
        let night = NoticeSettings { quiet: QuietHours::parse("22-6"), ..NoticeSettings::default() };
        let (noon, midnight) = (at(12 * 60), at(0));
        assert!(!night.is_silent(&about(Tiding::Paid), noon));
        assert!(night.is_silent(&about(Tiding::Paid), midnight));
        assert!(night.is_silent(&about(Tiding::PaidUnallocated), midnight), "it waits for the morning");
        for tiding in [Tiding::Reversed, Tiding::ChargedBack] {
            assert!(!night.is_silent(&about(tiding), midnight), "{tiding:?}");
        }
    }

    #[test]
    fn kinds_are_switched_one_by_one() {
        let noon = at(12 * 60);
        let link_id = LinkId::generate();
        for (kind, message) in [
            (NoticeKind::SoldOut, SellerMessage::SoldOut { link_id }),
            (NoticeKind::Questions, SellerMessage::Asked { link_id }),
            (NoticeKind::News, about(Tiding::Refunded)),
        ] {
            let settings = |is_on| NoticeSettings::default().with_kind(kind, is_on);
            assert!(settings(true).is_on(kind) && !settings(false).is_on(kind));
            assert!(!settings(true).is_silent(&message, noon) && settings(false).is_silent(&message, noon));
        }
        let unpaid = SellerMessage::Unpaid { order_id: OrderId::generate() };
        assert!(NoticeSettings::default().with_kind(NoticeKind::Unpaid, true).is_silent(&unpaid, noon));
    }
}
