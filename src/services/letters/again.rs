//! What became of the letter that brought a link to its customer, and sending it once more when it did not arrive.

use super::caps::{DAY, TO_ADDRESS_A_DAY};
use crate::domain::id::LinkId;
use crate::domain::letter::{LetterState, link_address};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::services::merchants::Seat;
use crate::services::{ServiceError, Services};
use crate::storage::letters::LetterFate;

/// What became of the wish to send a link to its customer once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentAgain {
    /// It is on its way.
    Going,
    /// The last one waits or went out, or there is nowhere to send it.
    NotNeeded,
    /// It was tried as often as one address gets letters in a day.
    Enough,
    /// The shop has no such link.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

impl Services {
    /// What became of the newest letter that brings a link; `None` where none goes out, or when it is forgotten.
    pub(in crate::services) async fn link_letter(
        &self,
        link: &PaymentLink,
    ) -> Result<Option<LetterFate>, ServiceError> {
        if self.mailer.is_none() || link_address(link).is_none() {
            return Ok(None);
        }
        Ok(self.storage.read().await?.link_letters(link.id, 1).await?.pop())
    }

    /// Sends a link to its customer once more, when the last letter did not arrive.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn send_link_again(&self, seat: &Seat, id: LinkId) -> Result<SentAgain, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(SentAgain::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        // Under the link's lock, so that two taps write one letter.
        let Some(link) = writer.lock_link(seat.merchant.id, id).await? else {
            writer.roll_back().await?;
            return Ok(SentAgain::NotFound);
        };
        let now = writer.now();
        let lately = writer.link_letters(id, TO_ADDRESS_A_DAY).await?;
        let did_not_arrive = lately.first().is_some_and(|newest| did_not_go(newest.state));
        let is_enough = i64::try_from(lately.len()).unwrap_or(i64::MAX) >= TO_ADDRESS_A_DAY
            && lately.last().is_some_and(|oldest| oldest.written_at > now - DAY);
        let sent = if self.mailer.is_none() || !did_not_arrive || !may_be_brought(link.state(now)) {
            SentAgain::NotNeeded
        } else if is_enough {
            // A letter that nobody takes is counted nowhere else.
            SentAgain::Enough
        } else {
            self.write_link_letter(&mut writer, &link, now).await?;
            writer.commit().await?;
            return Ok(SentAgain::Going);
        };
        writer.roll_back().await?;
        Ok(sent)
    }
}

/// Whether a letter will not arrive any more.
#[must_use]
pub const fn did_not_go(state: LetterState) -> bool {
    matches!(state, LetterState::Failed | LetterState::Void)
}

/// Whether a link in this state is brought to its customer.
#[must_use]
pub const fn may_be_brought(state: LinkState) -> bool {
    matches!(state, LinkState::Active | LinkState::Busy | LinkState::NotOpenYet)
}
