//! Small phrases that several cards share: instants, counts, modes, buyers.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::customer::NamedCustomer;
use crate::domain::id::TelegramId;
use crate::domain::instant_text::{display_instant, display_instant_at, display_time};
use crate::domain::language::Language;
use crate::domain::letter::address_of;
use crate::domain::merchant::Mode;
use crate::messaging::html::code;
use crate::messaging::notifications::mode_mark;
use crate::messaging::texts::{Say, say};

/// For whom, where and when a card is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// Who reads.
    pub person: TelegramId,
    /// What the reader speaks.
    pub language: Language,
    /// Where the shop is.
    pub zone: Tz,
    /// When the card is read.
    pub now: DateTime<Utc>,
    /// Whether links go to their customers by e-mail.
    pub writes_letters: bool,
}

impl Reader {
    /// A text without arguments.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    /// Where a link goes by itself, when it is for somebody with an e-mail address.
    #[must_use]
    pub fn letter_line(&self, customer: Option<&NamedCustomer>) -> Option<String> {
        let email = address_of(customer).filter(|_| self.writes_letters)?;
        Some(Say::new(self.language, "letter-goes-to").with_safe("email", code(email.as_str())).html())
    }

    /// How many links of several go to their customers by themselves, when any does.
    #[must_use]
    pub fn letters_line(&self, count: i64) -> Option<String> {
        let line = || Say::new(self.language, "letters-go").with_number("count", count).html();
        (self.writes_letters && count > 0).then(line)
    }

    /// Day, date, time and zone; the year where it is another one.
    #[must_use]
    pub fn instant(&self, at: DateTime<Utc>) -> String {
        display_instant_at(at, self.now, self.zone, self.language)
    }

    /// For a row of a list: the time of today, `14.02`, else the day, `28 Nov`.
    #[must_use]
    pub fn brief(&self, at: DateTime<Utc>) -> String {
        let is_today =
            at.with_timezone(&self.zone).date_naive() == self.now.with_timezone(&self.zone).date_naive();
        if is_today {
            let time = display_time(at, self.zone, self.language);
            return time.split(' ').take(1).collect();
        }
        let instant = display_instant(at, self.zone, self.language);
        instant.split(' ').skip(1).take(2).collect::<Vec<_>>().join(" ")
    }

    /// A count with its thousands set apart: `1.000` or `1,000`.
    #[must_use]
    pub fn count(&self, count: i64) -> String {
        self.language.count(count)
    }

    /// The line that says whether money is real.
    #[must_use]
    pub fn mode(&self, mode: Mode) -> String {
        mode_mark(mode, self.language)
    }
}

/// All that the seller said about the buyer, with commas.
#[must_use]
pub fn buyer(customer: &NamedCustomer) -> String {
    [
        customer.name.as_ref().map(|name| name.as_str()),
        customer.phone.as_ref().map(|phone| phone.as_str()),
        customer.email.as_ref().map(|email| email.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}
