//! Tells whether two kinds of input take the same time: dudect's way (Reparaz, Balasch, Verbauwhede: "Dude,
//! is my code constant time?", 2017), with Welch's t-test.
//!
//! The kind of each sample is drawn at random, so that whatever else the machine does meanwhile falls on
//! both. It is copied into one place before the clock starts, by a look-up: two places in memory, or a
//! branch, would be told apart in a million samples. The slowest tenth of all samples is left out: it is
//! interrupts.

#![expect(clippy::float_arithmetic, reason = "statistics of times; no money comes near")]

use std::hint::black_box;
use std::time::Instant;

use rand::Rng;

/// Beyond this, either way, the times differ for certain.
pub const T_MAX: f64 = 5.0;

/// How often a suspicious measurement is repeated: a leak shows each time, a busy machine does not.
const ROUNDS: usize = 3;

/// The two inputs that are told apart, equally long.
pub struct Guesses {
    /// Wrong from its first byte on.
    pub at_once: Vec<u8>,
    /// Wrong in its last byte.
    pub at_the_end: Vec<u8>,
}

/// The t of the calmest of three rounds: within ±[`T_MAX`] nothing tells the two inputs apart.
pub fn t_of<Answer>(samples: usize, guesses: &Guesses, mut measured: impl FnMut(&[u8]) -> Answer) -> f64 {
    let mut calmest = f64::INFINITY;
    for _ in 0..ROUNDS {
        let t = one_round(samples, guesses, &mut measured);
        if t.abs() < calmest.abs() {
            calmest = t;
        }
        if calmest.abs() < T_MAX {
            break;
        }
    }
    calmest
}

fn one_round<Answer>(samples: usize, guesses: &Guesses, measured: &mut impl FnMut(&[u8]) -> Answer) -> f64 {
    let mut random = rand::rng();
    let kinds = [&guesses.at_once, &guesses.at_the_end];
    let mut guess = guesses.at_once.clone();
    let mut times: Vec<(usize, u64)> = Vec::with_capacity(samples);
    let warming_up = samples / 100;
    for sample in 0..warming_up + samples {
        let kind = usize::from(random.random::<bool>());
        guess.copy_from_slice(kinds[kind]);
        let began = Instant::now();
        black_box(measured(black_box(&guess)));
        let nanoseconds = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if sample >= warming_up {
            times.push((kind, nanoseconds));
        }
    }
    let mut sorted: Vec<u64> = times.iter().map(|(_, nanoseconds)| *nanoseconds).collect();
    sorted.sort_unstable();
    let slowest = sorted[samples * 9 / 10];
    let of = |wanted: usize| {
        let calm = times.iter().filter(|(kind, time)| *kind == wanted && *time <= slowest);
        Moments::of(calm.map(|(_, nanoseconds)| *nanoseconds))
    };
    let (at_once, at_the_end) = (of(0), of(1));
    let noise = (at_once.variance / at_once.count + at_the_end.variance / at_the_end.count).sqrt();
    (at_the_end.mean - at_once.mean) / noise.max(f64::MIN_POSITIVE)
}

/// Mean and variance of times in nanoseconds, in one pass (Welford).
#[derive(Default)]
struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Moments {
    fn of(times: impl Iterator<Item = u64>) -> Self {
        let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
        for time in times {
            let time = f64::from(u32::try_from(time).unwrap_or(u32::MAX));
            count += 1.0;
            let off = time - mean;
            mean += off / count;
            squares += off * (time - mean);
        }
        Self { count, mean, variance: squares / (count - 1.0) }
    }
}
