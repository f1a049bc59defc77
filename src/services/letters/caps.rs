//! How many letters are enough for a day, so that nobody is flooded in a shop's name.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::customer::Email;
use crate::domain::letter::LetterKind;
use crate::domain::merchant::Mode;
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

/// What is counted for the caps: a letter about to be handed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handing<'a> {
    /// The letter.
    pub letter: &'a DueLetter,
    /// The mark of its address.
    pub mark: &'a [u8],
    /// In which money its link sells.
    pub mode: Mode,
}

/// Whether a letter may be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// It may, and counts already.
    Given,
    /// Its address or its shop has had enough.
    Enough(Enough),
    /// Its lease was over, and somebody else has it.
    Lost,
}

impl Services {
    /// Asks for leave to hand a letter over. What is handed over at the same time, here and in other replicas, is
    /// counted too. A receipt of real money always goes: it was paid for.
    pub(super) async fn leave_to_send(&self, handing: Handing<'_>) -> Result<Leave, ServiceError> {
        if handing.letter.about.kind == LetterKind::Receipt && handing.mode == Mode::Live {
            return Ok(Leave::Given);
        }
        let mut writer = self.storage.write().await?;
        writer.lock_letter_caps().await?;
        let now = writer.now();
        if let Some(enough) = enough_for_today(&mut writer, handing, now).await? {
            writer.roll_back().await?;
            return Ok(Leave::Enough(enough));
        }
        let is_reserved = writer.reserve_letter(handing.letter, handing.mark).await?;
        writer.commit().await?;
        Ok(if is_reserved { Leave::Given } else { Leave::Lost })
    }
}

/// Whether an address, by its mark, or a shop has had enough for a day.
async fn enough_for_today(
    reader: &mut Reader,
    Handing { letter, mark, mode }: Handing<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Enough>, ServiceError> {
    let sent = reader.letters_sent_to(mark, letter.id, now - DAY).await?;
    if sent.count >= TO_ADDRESS_A_DAY {
        // What is under way may come to nothing, and make room: that is known soon.
        let is_settled = sent.count - sent.under_way >= TO_ADDRESS_A_DAY;
        let until = if is_settled { sent.newest.unwrap_or(now) + DAY } else { now };
        return Ok(Some(Enough { until, of_shop: None }));
    }
    let most = match mode {
        Mode::Live => OF_SHOP_A_DAY,
        Mode::Sandbox => OF_PRACTICE_A_DAY,
    };
    let sent = reader.letters_sent_of(letter.about.merchant_id, mode, now - DAY).await?;
    let enough = Enough { until: sent.newest.unwrap_or(now) + DAY, of_shop: Some(mode) };
    Ok((sent.count >= most).then_some(enough))
}
