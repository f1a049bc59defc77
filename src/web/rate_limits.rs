//! How much one network may ask for in a while, and how much of it at a time.
//!
//! Counted per process and in memory: what must hold exactly (a link's limit, holds of a network) is
//! the database's. The figures leave room for the many customers behind one address of a carrier.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::client::Client;
use super::router::WebState;
use crate::services::networks::Network;

/// The most networks that are remembered for one kind of request: some 10 MB.
const NETWORKS_MAX: usize = 100_000;

/// Streams of one process at a time. They must leave connections for everybody else.
pub const STREAMS_MAX: usize = 1_000;

/// Streams of one network at a time.
pub const STREAMS_OF_ONE_NETWORK_MAX: usize = 200;

/// How many requests may come at once, and how quickly there may be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// So many at once.
    pub burst: i64,
    /// One more after so many milliseconds.
    pub gap_ms: i64,
}

/// Looking at pages: cheap, and a page that waits looks by itself.
pub const VIEWS: Pace = Pace { burst: 600, gap_ms: 50 };

/// Sending the form of a link's page: makes an order.
pub const FORMS: Pace = Pace { burst: 40, gap_ms: 2_000 };

/// Choosing a method: asks a gateway for a charge.
pub const CHOICES: Pace = Pace { burst: 30, gap_ms: 2_000 };

/// Notices whose signature is wrong. Genuine ones are never counted.
pub const FORGERIES: Pace = Pace { burst: 20, gap_ms: 10_000 };

/// What every network has asked for lately.
#[derive(Debug)]
pub struct RateLimits {
    /// Pages looked at.
    pub views: Buckets<Network>,
    /// Details sent.
    pub forms: Buckets<Network>,
    /// Methods chosen.
    pub choices: Buckets<Network>,
    /// Forged notices.
    pub forgeries: Buckets<Network>,
    /// Every forged notice since the process started, from wherever.
    pub forged_notices: AtomicU64,
    /// Pages that follow their order now.
    pub streams: Streams,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            views: Buckets::new(VIEWS, NETWORKS_MAX),
            forms: Buckets::new(FORMS, NETWORKS_MAX),
            choices: Buckets::new(CHOICES, NETWORKS_MAX),
            forgeries: Buckets::new(FORGERIES, NETWORKS_MAX),
            forged_notices: AtomicU64::default(),
            streams: Streams::new(STREAMS_MAX, STREAMS_OF_ONE_NETWORK_MAX),
        }
    }
}

/// A clock that stands further back than this was set back.
const CLOCK_STEP_MS: i64 = 5_000;

/// Asked for too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch {
    /// After so many seconds there is room for one more.
    pub retry_after_s: i64,
}

/// A bucket for each network, as one instant: when it will be empty again (the generic cell rate
/// algorithm, ITU-T I.371).
#[derive(Debug)]
pub struct Buckets<Key> {
    pace: Pace,
    keys_max: usize,
    empty_at_ms: Mutex<HashMap<Key, i64>>,
}

impl<Key: Eq + Hash + Copy> Buckets<Key> {
    /// Buckets for at most so many networks at a time.
    #[must_use]
    pub fn new(pace: Pace, keys_max: usize) -> Self {
        Self { pace, keys_max, empty_at_ms: Mutex::default() }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// [`TooMuch`] when there is no room for it; it is not counted then.
    pub fn take(&self, key: Key, now: DateTime<Utc>) -> Result<(), TooMuch> {
        let now_ms = now.timestamp_millis();
        let full_ms = self.pace.burst * self.pace.gap_ms;
        let mut buckets = self.empty_at_ms.lock().unwrap_or_else(PoisonError::into_inner);
        let kept_ms = buckets.get(&key).copied().unwrap_or(now_ms).max(now_ms);
        // A bucket much fuller than full: the clock was set back, which must lock nobody out. A little
        // is no sign of that, since whoever waited for the lock read the clock before.
        let was_set_back = kept_ms > now_ms + full_ms + CLOCK_STEP_MS;
        let empty_at_ms = if was_set_back { now_ms } else { kept_ms };
        let after_ms = empty_at_ms + self.pace.gap_ms;
        let over_ms = after_ms - (now_ms + full_ms);
        if over_ms > 0 {
            return Err(TooMuch { retry_after_s: (over_ms + 999) / 1_000 });
        }
        if buckets.len() >= self.keys_max && !buckets.contains_key(&key) {
            forget_the_emptiest(&mut buckets, now_ms);
        }
        buckets.insert(key, after_ms);
        Ok(())
    }

    /// How many networks are remembered.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.empty_at_ms.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Makes room: buckets that are empty say nothing, and of the others the fuller half stays, which is
/// who asked for the most.
fn forget_the_emptiest<Key: Eq + Hash + Copy>(buckets: &mut HashMap<Key, i64>, now_ms: i64) {
    let before = buckets.len();
    buckets.retain(|_, empty_at_ms| *empty_at_ms > now_ms);
    if buckets.len() > before / 2 {
        let mut instants: Vec<i64> = buckets.values().copied().collect();
        let middle = instants.len() / 2;
        let (_, median_ms, _) = instants.select_nth_unstable(middle);
        let median_ms = *median_ms;
        buckets.retain(|_, empty_at_ms| *empty_at_ms > median_ms);
    }
}

/// Streams that are open, of all and of each network.
#[derive(Debug)]
pub struct Streams {
    all: Arc<Semaphore>,
    of_networks: Arc<Shares<Network>>,
}

/// A stream's place, given back when dropped.
#[derive(Debug)]
pub struct StreamPlace {
    _all: OwnedSemaphorePermit,
    _own: Option<Share<Network>>,
}

impl Streams {
    /// Room for so many streams, and for so many of one network.
    #[must_use]
    pub fn new(all_max: usize, own_max: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(all_max)), of_networks: Arc::new(Shares::new(own_max)) }
    }

    /// A place for one more stream.
    ///
    /// # Errors
    /// 503 when all places are taken, 429 when this network has its share.
    pub fn enter(&self, client: Client) -> Result<StreamPlace, StatusCode> {
        let all = self.all.clone().try_acquire_owned().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        let own = match client.0 {
            Some(network) => {
                Some(Shares::enter(&self.of_networks, network).ok_or(StatusCode::TOO_MANY_REQUESTS)?)
            }
            None => None,
        };
        Ok(StreamPlace { _all: all, _own: own })
    }
}

/// How much of something each one has at a time, up to a share.
#[derive(Debug)]
pub struct Shares<Key: Eq + Hash + Copy> {
    share_max: usize,
    taken: Mutex<HashMap<Key, usize>>,
}

/// A part of a share, given back when dropped.
#[derive(Debug)]
pub struct Share<Key: Eq + Hash + Copy> {
    shares: Arc<Shares<Key>>,
    key: Key,
}

impl<Key: Eq + Hash + Copy> Shares<Key> {
    /// At most so much for each.
    #[must_use]
    pub fn new(share_max: usize) -> Self {
        Self { share_max, taken: Mutex::default() }
    }

    /// One more; `None` when the share is used up.
    #[must_use]
    pub fn enter(shares: &Arc<Self>, key: Key) -> Option<Share<Key>> {
        let mut taken = shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(&key).copied().unwrap_or_default();
        if own >= shares.share_max {
            return None;
        }
        taken.insert(key, own + 1);
        Some(Share { shares: shares.clone(), key })
    }
}

impl<Key: Eq + Hash + Copy> Drop for Share<Key> {
    fn drop(&mut self) {
        let mut taken = self.shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.get(&self.key).map_or(0, |own| own.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.key);
        } else {
            taken.insert(self.key, left);
        }
    }
}

impl WebState {
    /// Counts one request of a client's; one whose network nobody knows is not counted.
    ///
    /// # Errors
    /// [`TooMuch`] when its network asked for too much lately.
    pub fn admit(&self, buckets: &Buckets<Network>, client: Client) -> Result<(), TooMuch> {
        let Some(network) = client.0 else { return Ok(()) };
        buckets.take(network, self.services.clock().now())
    }
}

/// Lets a network look at so many pages and no more; forms are counted by who reads them.
pub async fn limit_views(
    State(web): State<WebState>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let is_view = matches!(*request.method(), Method::GET | Method::HEAD);
    match web.admit(&web.limits.views, client) {
        Err(too_much) if is_view => too_much.into_response(),
        _ => next.run(request).await,
    }
}

impl TooMuch {
    /// Tells the browser, or a program, when to come again.
    #[must_use]
    pub fn told_by(self, mut response: Response) -> Response {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.retry_after_s));
        response
    }
}

impl IntoResponse for TooMuch {
    fn into_response(self) -> Response {
        self.told_by(StatusCode::TOO_MANY_REQUESTS.into_response())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::clock::{Clock, SystemClock};

    const PACE: Pace = Pace { burst: 3, gap_ms: 2_000 };

    #[test]
    fn a_burst_is_taken_and_then_one_in_a_while() {
        let (buckets, now) = (Buckets::new(PACE, 10), SystemClock.now());
        for _ in 0..3 {
            assert_eq!(buckets.take("budi", now), Ok(()));
        }
        assert_eq!(buckets.take("budi", now), Err(TooMuch { retry_after_s: 2 }));
        assert_eq!(buckets.take("citra", now), Ok(()), "nobody pays for somebody else");
        let later = now + TimeDelta::milliseconds(1_999);
        assert_eq!(buckets.take("budi", later), Err(TooMuch { retry_after_s: 1 }));
        let later = now + TimeDelta::seconds(2);
        assert_eq!(buckets.take("budi", later), Ok(()));
        assert!(buckets.take("budi", later).is_err());
        let much_later = now + TimeDelta::hours(1);
        assert_eq!((0..9).filter(|_| buckets.take("budi", much_later).is_ok()).count(), 3);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let (buckets, now) = (Buckets::new(PACE, 10), SystemClock.now());
        while buckets.take("budi", now).is_ok() {}
        assert_eq!(buckets.take("budi", now - TimeDelta::days(1)), Ok(()));
    }

    #[test]
    fn who_waited_for_the_lock_finds_the_bucket_as_full_as_it_is() {
        let (buckets, now) = (Buckets::new(PACE, 10), SystemClock.now());
        while buckets.take("budi", now).is_ok() {}
        assert!(buckets.take("budi", now - TimeDelta::milliseconds(3)).is_err());
    }

    #[test]
    fn memory_is_bounded_and_the_greedy_are_remembered() {
        let (buckets, now) = (Buckets::new(PACE, 100), SystemClock.now());
        while buckets.take(0, now).is_ok() {}
        for key in 1..10_000 {
            assert_eq!(buckets.take(key, now), Ok(()));
            assert!(buckets.remembered() <= 100);
        }
        assert!(buckets.take(0, now).is_err(), "a flood of others washes nobody clean");
    }

    #[test]
    fn a_share_comes_back_when_it_is_let_go() {
        let shares = Arc::new(Shares::new(2));
        let one = Shares::enter(&shares, "budi");
        let two = Shares::enter(&shares, "budi");
        assert!(one.is_some() && two.is_some() && Shares::enter(&shares, "budi").is_none());
        assert!(Shares::enter(&shares, "citra").is_some());
        drop(one);
        assert!(Shares::enter(&shares, "budi").is_some());
        drop(two);
        assert!(shares.taken.lock().unwrap().is_empty(), "nothing is left behind");
    }

    #[test]
    fn streams_leave_room_for_other_networks() {
        let streams = Streams::new(3, 2);
        let client = |address: &str| Client(Some(Network::of(address.parse().unwrap())));
        let open: Vec<_> = (0..2).map(|_| streams.enter(client("203.0.113.7")).unwrap()).collect();
        assert_eq!(streams.enter(client("203.0.113.7")).err(), Some(StatusCode::TOO_MANY_REQUESTS));
        let other = streams.enter(client("203.0.113.8")).unwrap();
        assert_eq!(streams.enter(Client(None)).err(), Some(StatusCode::SERVICE_UNAVAILABLE));
        drop((open, other));
        assert!(streams.enter(Client(None)).is_ok());
    }
}
