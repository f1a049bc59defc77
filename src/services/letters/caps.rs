//! How many letters are enough for a day, so that nobody is flooded in a shop's name.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::customer::Email;
use crate::domain::letter::LetterKind;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::PaymentLink;
use crate::services::{ServiceError, Services};
use crate::storage::Reader;
use crate::storage::letters::DueLetter;

/// Over which time letters are counted.
pub(super) const DAY: TimeDelta = TimeDelta::hours(24);

/// Letters that one address gets in a day, beside receipts of real money.
pub(super) const TO_ADDRESS_A_DAY: i64 = 10;

/// Letters that a shop sends in a day, beside receipts of real money.
const OF_SHOP_A_DAY: i64 = 2_000;

/// The same in practice, where orders cost nothing.
const OF_PRACTICE_A_DAY: i64 = 100;

/// What addresses are marked for.
const PURPOSE: &str = "letters to an address";

/// That an address or a shop has had enough for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enough {
    /// When all that was counted is a day old.
    pub until: DateTime<Utc>,
    /// Whether it is the shop that has had enough, and of which money.
    pub of_shop: Option<Mode>,
}

impl Services {
    /// What the database knows an address by that letters went to: it can be compared and not read.
    pub(super) fn mark_of(&self, address: &Email) -> Vec<u8> {
        self.settings.sealer.mark(PURPOSE, address.as_str().to_lowercase().as_bytes()).to_vec()
    }
}

/// Whether an address, by its mark, or a shop has had enough for a day. A receipt of real money always goes: it was paid
/// for.
pub(super) async fn enough_for_today(
    reader: &mut Reader,
    mark: &[u8],
    letter: &DueLetter,
    link: &PaymentLink,
    now: DateTime<Utc>,
) -> Result<Option<Enough>, ServiceError> {
    if letter.about.kind == LetterKind::Receipt && link.mode == Mode::Live {
        return Ok(None);
    }
    let sent = reader.letters_sent_to(mark, letter.id, now - DAY).await?;
    if sent.count >= TO_ADDRESS_A_DAY {
        return Ok(Some(Enough { until: sent.newest.unwrap_or(now) + DAY, of_shop: None }));
    }
    let most = match link.mode {
        Mode::Live => OF_SHOP_A_DAY,
        Mode::Sandbox => OF_PRACTICE_A_DAY,
    };
    let sent = reader.letters_sent_of(link.merchant_id, link.mode, now - DAY).await?;
    let enough = Enough { until: sent.newest.unwrap_or(now) + DAY, of_shop: Some(link.mode) };
    Ok((sent.count >= most).then_some(enough))
}
