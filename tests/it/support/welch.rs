//! Tells whether two kinds of input take the same time: dudect's way (Reparaz, Balasch, Verbauwhede: "Dude,
//! is my code constant time?", 2017), with Welch's t-test.
//!
//! The kind of each sample is drawn at random, so that whatever else the machine does meanwhile falls on
//! both. The slowest tenth of all samples is left out: it is interrupts.

#![expect(clippy::float_arithmetic, reason = "statistics of times; no money comes near")]

use std::hint::black_box;
use std::time::Instant;

use rand::Rng;

/// Beyond this, either way, the times differ for certain.
pub const T_MAX: f64 = 5.0;

/// How often a suspicious measurement is repeated: a leak shows each time, a busy machine does not.
const ROUNDS: usize = 3;

/// Which of two inputs is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Wrong from its first byte on.
    WrongAtOnce,
    /// Wrong in its last byte.
    WrongAtTheEnd,
}

/// The t of the calmest of three rounds: within ±[`T_MAX`] nothing tells the two kinds apart.
pub fn t_of<Answer>(samples: usize, mut measured: impl FnMut(Kind) -> Answer) -> f64 {
    let mut calmest = f64::INFINITY;
    for _ in 0..ROUNDS {
        let t = one_round(samples, &mut measured);
        if t.abs() < calmest.abs() {
            calmest = t;
        }
        if calmest.abs() < T_MAX {
            break;
        }
    }
    calmest
}

fn one_round<Answer>(samples: usize, measured: &mut impl FnMut(Kind) -> Answer) -> f64 {
    let mut random = rand::rng();
    let mut times = Vec::with_capacity(samples);
    for _ in 0..samples / 100 {
        black_box(measured(Kind::WrongAtOnce));
        black_box(measured(Kind::WrongAtTheEnd));
    }
    for _ in 0..samples {
        let kind = if random.random() { Kind::WrongAtOnce } else { Kind::WrongAtTheEnd };
        let began = Instant::now();
        black_box(measured(black_box(kind)));
        times.push((kind, u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)));
    }
    let mut sorted: Vec<u64> = times.iter().map(|(_, nanoseconds)| *nanoseconds).collect();
    sorted.sort_unstable();
    let slowest = sorted[samples * 9 / 10];
    let of = |wanted: Kind| {
        let calm = times.iter().filter(|(kind, time)| *kind == wanted && *time <= slowest);
        Moments::of(calm.map(|(_, nanoseconds)| *nanoseconds))
    };
    let (at_once, at_the_end) = (of(Kind::WrongAtOnce), of(Kind::WrongAtTheEnd));
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
