//! People who chat: the same way, again and again, and how long each step took.

#![expect(clippy::float_arithmetic, reason = "times are no money")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use anyhow::Context;
use tautan::simulator::telegram::Phone;
use tokio::task::JoinSet;

use super::post_office::PostOffice;
use super::staff::Staff;

/// How long a thumb takes in a rush. It lets a second message about the same tap go by.
const THUMB: Duration = Duration::from_millis(50);

/// The way that everybody walks.
const STEPS: [Step; 6] = [
    Step { name: "/start", does: Does::Says("/start") },
    Step { name: "/new line", does: Does::Says("/new Kaos polos 75rb x10 3d") },
    Step { name: "confirm", does: Does::Presses("✅ Buat") },
    Step { name: "/links", does: Does::Says("/links") },
    Step { name: "older page", does: Does::Presses("Lebih lama") },
    Step { name: "/stats", does: Does::Says("/stats") },
];

/// Where people begin, one after the other: a step that needs none before it. They are all over the way at any
/// moment.
const BEGINNINGS: [usize; 4] = [0, 1, 3, 5];

/// The step that draws a picture, which costs more than all others together.
const CHART: &str = "/stats";

#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    does: Does,
}

#[derive(Clone, Copy)]
enum Does {
    Says(&'static str),
    /// Taps the newest button with this label. Before a bot without buttons it is said.
    Presses(&'static str),
}

/// How people come.
#[derive(Clone, Copy)]
pub struct Manner {
    pub lasts: Duration,
    /// Updates a second over all; none: each comes again as soon as it was answered.
    pub per_second: Option<u32>,
    /// Whether they ask for the chart, too.
    pub with_chart: bool,
}

/// Everybody who chats.
pub struct Crowd {
    office: PostOffice,
    phones: Vec<Phone>,
    has_buttons: bool,
}

/// What came out of one way to come.
pub struct Figures {
    /// Each step with the time until its first reply.
    taken: Vec<(&'static str, Duration)>,
    lasted: Duration,
    /// What the bot's process took of the processor meanwhile.
    processor: Option<Duration>,
}

impl Crowd {
    pub const fn new(office: PostOffice, phones: Vec<Phone>, has_buttons: bool) -> Self {
        Self { office, phones, has_buttons }
    }

    /// Everybody walks the way once, and nobody counts.
    pub async fn warms_up(&self) -> anyhow::Result<()> {
        self.walk(Manner { lasts: Duration::ZERO, per_second: None, with_chart: true }).await.map(drop)
    }

    /// People come, and everything is measured.
    pub async fn comes(&self, staff: &Staff, manner: Manner) -> anyhow::Result<Figures> {
        let before = staff.processor_time();
        let begun = Instant::now();
        let taken = self.walk(manner).await?;
        let processor = staff.processor_time().zip(before).map(|(after, before)| after - before);
        Ok(Figures { taken, lasted: begun.elapsed(), processor })
    }

    /// Everybody walks at least once, and again until the end.
    async fn walk(&self, manner: Manner) -> anyhow::Result<Vec<(&'static str, Duration)>> {
        let people = u32::try_from(self.phones.len())?;
        let (begun, end) = (tokio::time::Instant::now(), Instant::now() + manner.lasts);
        let mut walks = JoinSet::new();
        for (number, phone) in self.phones.iter().cloned().enumerate() {
            let (office, has_buttons) = (self.office.clone(), self.has_buttons);
            // Each comes in turn, one after the other.
            let pace = manner.per_second.map(|per_second| {
                let turn = Duration::from_secs(1) / per_second;
                (begun + turn * u32::try_from(number).unwrap_or(0), turn * people)
            });
            let mut steps = STEPS.to_vec();
            steps.rotate_left(BEGINNINGS[number % BEGINNINGS.len()]);
            steps.retain(|step| manner.with_chart || step.name != CHART);
            walks.spawn(async move { walk_of(&office, &phone, (&steps, has_buttons), pace, end).await });
        }
        let mut taken = Vec::new();
        while let Some(walk) = walks.join_next().await {
            taken.extend(walk.context("a walk ended")??);
        }
        Ok(taken)
    }
}

async fn walk_of(
    office: &PostOffice,
    phone: &Phone,
    (steps, has_buttons): (&[Step], bool),
    pace: Option<(tokio::time::Instant, Duration)>,
    end: Instant,
) -> anyhow::Result<Vec<(&'static str, Duration)>> {
    let mut turns = pace.map(|(first, every)| tokio::time::interval_at(first, every));
    let mut taken = Vec::new();
    loop {
        for step in steps {
            match &mut turns {
                Some(turns) => {
                    turns.tick().await;
                }
                None => tokio::time::sleep(THUMB).await,
            }
            let does = || {
                match step.does {
                    Does::Presses(label) if has_buttons => phone.presses(label)?,
                    Does::Presses(text) | Does::Says(text) => phone.says(text),
                };
                Ok(())
            };
            let took = office.hears_from(phone, does).await?;
            taken.push((step.name, took));
        }
        if Instant::now() >= end {
            return Ok(taken);
        }
    }
}

impl Figures {
    /// Updates a second, median, 99th of a hundred, processor time: the cells of a table.
    pub fn row(&self) -> String {
        let processor = self.processor_each().map_or_else(|| "–".to_owned(), milliseconds);
        format!("{:.1} | {} | {} | {processor}", self.per_second(), self.at(50), self.at(99))
    }

    /// How this compares with another bot.
    pub fn ratios(&self, other: &Self) -> String {
        let times = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64().max(1e-9);
        let (ours, theirs) = (sorted(&self.taken), sorted(&other.taken));
        let mut text = format!(
            "p50 {:.1}×, p99 {:.1}×, updates/s {:.2}×",
            times(share(&ours, 50), share(&theirs, 50)),
            times(share(&ours, 99), share(&theirs, 99)),
            self.per_second() / other.per_second(),
        );
        if let Some((ours, theirs)) = self.processor_each().zip(other.processor_each()) {
            let _ = write!(text, ", processor {:.1}×", times(ours, theirs));
        }
        text
    }

    /// A line for each step.
    pub fn by_step(&self) -> Vec<String> {
        let line = |step: Step| {
            let taken: Vec<_> = self.taken.iter().copied().filter(|(name, _)| *name == step.name).collect();
            let sorted = sorted(&taken);
            format!(
                "| {} | {} | {} |",
                step.name,
                milliseconds(share(&sorted, 50)),
                milliseconds(share(&sorted, 99))
            )
        };
        STEPS.into_iter().map(line).collect()
    }

    fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.taken.len()).unwrap_or(u32::MAX)) / self.lasted.as_secs_f64()
    }

    fn processor_each(&self) -> Option<Duration> {
        Some(self.processor? / u32::try_from(self.taken.len()).ok()?.max(1))
    }

    fn at(&self, hundredth: usize) -> String {
        milliseconds(share(&sorted(&self.taken), hundredth))
    }
}

fn sorted(taken: &[(&'static str, Duration)]) -> Vec<Duration> {
    let mut times: Vec<Duration> = taken.iter().map(|(_, took)| *took).collect();
    times.sort_unstable();
    times
}

fn share(sorted: &[Duration], hundredth: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get((sorted.len() * hundredth / 100).min(last)).copied().unwrap_or_default()
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1_000.0)
}
