//! The promises about money, each with a test of its number: `t04_usage_limit_is_never_overrun`.
//!
//! A promise runs in three sizes: the size of the gate, and the two of `tests/torture`, which also
//! gathers what each promise measured and prints it as a table.

use std::env;
use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write;
use std::thread;

mod buyers;
mod chaos;
mod size_tests;
mod t01_crashes;
mod t01_talks;
mod t02_power_loss;
mod t03_faults;
mod t04_usage_limit;
mod t05_holds_come_back;
mod t06_replay;
mod t07_order_of_arrival;
mod t08_forgery;
mod t09_constant_time;
mod t10_wrong_money;
mod t11_gateway_away;
mod t12_lost_answers;
mod t14_t16_told;
mod t17_hostile_text;
mod t20_wrong_links;
mod t21_expiry;
mod t22_money;
mod t23_wrong_payments;
mod t24_refunds;
mod t25_isolation;
mod t29_slot_grabbing;
mod t30_spoofed_headers;
mod t31_slow_clients;
mod t32_restarts;
mod t33_replicas;
mod t34_migrations;
mod t35_backups;
mod t36_leaks;
mod t38_card_numbers;
mod t39_privacy;

/// How much a promise is tried with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For the gate, beside all other tests.
    Gate,
    /// `tests/torture --quick`: everything within about five minutes.
    Quick,
    /// `tests/torture`: the figures that were promised.
    Full,
}

impl Size {
    /// The size that the run asks for by `TAUTAN_TORTURE` (`quick`, `full`; not set: the gate's).
    pub fn of_run() -> Self {
        match env::var("TAUTAN_TORTURE").as_deref() {
            Err(_) => Self::Gate,
            Ok("quick") => Self::Quick,
            Ok("full") => Self::Full,
            Ok(other) => panic!("TAUTAN_TORTURE is {other:?}; it may be quick or full"),
        }
    }

    /// The figure for this size.
    pub const fn pick<Figure: Copy>(self, gate: Figure, quick: Figure, full: Figure) -> Figure {
        match self {
            Self::Gate => gate,
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

/// A promise being tried. When it is dropped, it reports to the table what was measured, and
/// whether the test panicked.
#[derive(Debug)]
pub struct Promise {
    number: u8,
    goal: &'static str,
    measured: Vec<String>,
}

impl Promise {
    /// `goal` is a short phrase with figures: what must come out.
    pub const fn new(number: u8, goal: &'static str) -> Self {
        Self { number, goal, measured: Vec::new() }
    }

    /// Adds a figure to what is printed.
    pub fn measured(&mut self, figure: impl Display) {
        self.measured.push(figure.to_string());
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        let Ok(file) = env::var("TAUTAN_TORTURE_TABLE") else { return };
        let verdict = if thread::panicking() { "FAIL" } else { "pass" };
        let line = format!("T{:02}\t{}\t{}\t{verdict}\n", self.number, self.goal, self.measured.join("; "));
        let written = OpenOptions::new().create(true).append(true).open(file);
        // One write a line: tests beside each other append to the same file.
        let written = written.and_then(|mut file| file.write_all(line.as_bytes()));
        assert!(written.is_ok() || thread::panicking(), "the table cannot be written");
    }
}
