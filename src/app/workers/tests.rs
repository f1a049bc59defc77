//! A worker outlives what goes wrong in a round.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[tokio::test(start_paused = true)]
async fn a_worker_that_panics_rests_and_goes_on() {
    let (stop, rounds) = (CancellationToken::new(), AtomicUsize::new(0));
    let round = || async {
        match rounds.fetch_add(1, Ordering::SeqCst) {
            0 => panic!("a row that nobody foresaw"),
            1 => Err(ServiceError::Interrupted),
            2 => Ok(true),
            _ => {
                stop.cancel();
                Ok(false)
            }
        }
    };
    let begun = tokio::time::Instant::now();
    work(&stop, &Signal::default(), "pull", round).await;
    assert_eq!(rounds.load(Ordering::SeqCst), 4);
    assert_eq!(begun.elapsed(), 2 * POLL, "it rests after each failure, and never spins");
}
