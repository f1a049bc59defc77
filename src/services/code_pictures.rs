//! The codes to scan that a gateway gives as a picture only: fetched when their order is looked at, and kept for a
//! little while, so that whoever reloads a page does not ask the gateway each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::OnceCell;

use super::Services;
use super::order_page::OrderPage;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::AttemptId;

/// How long a picture is kept: as long as a wallet's charge can be paid.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(15);
/// How long the gateway is left alone after it had no picture to give.
const LEFT_ALONE_FOR: TimeDelta = TimeDelta::seconds(30);
/// The most pictures that are kept: four megabytes at the very worst.
const KEPT_MAX: usize = 64;

/// A picture, or that there was none to have.
type Outcome = Option<Arc<[u8]>>;

/// What was fetched, by charge. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct CodePictures(Arc<Mutex<HashMap<AttemptId, Kept>>>);

#[derive(Debug)]
struct Kept {
    since: DateTime<Utc>,
    outcome: Arc<OnceCell<Outcome>>,
}

impl Services {
    /// The picture (PNG) of the code that the order's charge asks to be scanned, where only the gateway can draw
    /// it and the charge can be paid; `None` too when the gateway does not give it: the app can be opened all the
    /// same. No transaction may be open meanwhile, since this may wait for the gateway.
    pub async fn code_picture(&self, page: &OrderPage) -> Option<Arc<[u8]>> {
        let attempt = page.payable_attempt()?;
        let url = attempt.instructions.as_ref()?.gateway_picture()?;
        let place = self.code_pictures.place(attempt.id, self.clock.now());
        // Whoever comes meanwhile waits for the same answer; when the first one hangs up, the next one asks.
        place.get_or_init(|| self.fetch_picture(attempt, url)).await.clone()
    }

    async fn fetch_picture(&self, attempt: &PaymentAttempt, url: &str) -> Outcome {
        let account = match self.account(&attempt.account).await {
            Ok(account) => account?,
            Err(error) => {
                tracing::warn!(%error, "a charge's account cannot be read");
                return None;
            }
        };
        match account.gateway.qr_picture(url).await {
            Ok(picture) => Some(picture.into()),
            Err(error) => {
                tracing::warn!(account = %attempt.account, %error, "the gateway gave no picture of a code");
                None
            }
        }
    }
}

impl CodePictures {
    /// Where the picture of a charge is, or will be. The one that was fetched first makes room.
    fn place(&self, id: AttemptId, now: DateTime<Utc>) -> Arc<OnceCell<Outcome>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, kept| kept.holds(now));
        if all.len() >= KEPT_MAX && !all.contains_key(&id) {
            let first = all.iter().min_by_key(|(_, kept)| kept.since).map(|(id, _)| *id);
            first.and_then(|first| all.remove(&first));
        }
        let kept = all.entry(id).or_insert_with(|| Kept { since: now, outcome: Arc::default() });
        kept.outcome.clone()
    }
}

impl Kept {
    fn holds(&self, now: DateTime<Utc>) -> bool {
        let limit = if matches!(self.outcome.get(), Some(None)) { LEFT_ALONE_FOR } else { KEPT_FOR };
        (TimeDelta::zero()..limit).contains(&(now - self.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stays_for_a_while_and_its_absence_for_a_moment() {
        let (pictures, now) = (CodePictures::default(), DateTime::UNIX_EPOCH);
        let (given, refused) = (AttemptId::generate(), AttemptId::generate());
        pictures.place(given, now).set(Some(Arc::from(b"png".as_slice()))).unwrap();
        pictures.place(refused, now).set(None).unwrap();
        let is_known = |id, at| pictures.place(id, at).get().is_some();
        let soon = now + LEFT_ALONE_FOR - TimeDelta::seconds(1);
        assert!(is_known(given, soon) && is_known(refused, soon));
        assert!(is_known(given, now + LEFT_ALONE_FOR) && !is_known(refused, now + LEFT_ALONE_FOR));
        assert!(!is_known(given, now + KEPT_FOR));
    }

    #[test]
    fn the_first_makes_room_for_one_too_many() {
        let (pictures, start) = (CodePictures::default(), DateTime::UNIX_EPOCH);
        let ids: Vec<AttemptId> = (0..=KEPT_MAX).map(|_| AttemptId::generate()).collect();
        let mut now = start;
        for id in &ids {
            now += TimeDelta::seconds(1);
            pictures.place(*id, now).set(Some(Arc::from(b"png".as_slice()))).unwrap();
        }
        assert_eq!(pictures.0.lock().unwrap().len(), KEPT_MAX);
        assert!(pictures.place(ids[1], now).get().is_some(), "the second one is still there");
        assert!(pictures.place(ids[0], now).get().is_none(), "the first one is fetched anew");
    }
}
