//! How fast customers' pages are, beside a bare handler that answers the same bytes from memory; how often the
//! database is asked for one; what a thousand open pages cost.
//!
//! `cargo bench --bench pages` prints requests per second and the 99th percentile at 64 connections, both
//! servers in turns in one run, as ratios; reads per view; memory and CPU time of 1,000 pages that follow their
//! order. The load comes from `wrk`, which Debian has as a package. Nothing is cached for it: every page is read
//! from the database on disk, drawn and packed.

#![expect(clippy::float_arithmetic, reason = "times and bytes are no money")]

use std::io::Read;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use ipnet::IpNet;
use tautan::app::config::Settings;
use tautan::app::config::reading::own_machine;
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::id::TelegramId;
use tautan::simulator::telegram::TelegramSimulator;
use tokio::net::TcpListener;
use url::Url;

mod bare;
mod followers;
mod load;
#[path = "../shop/mod.rs"]
mod shop;

use load::Load;

/// The bot's token; the pretend Telegram takes any.
const TOKEN: &str = "700000004:bench-bench-bench-bench-bench-bench";

/// How often the two servers take turns.
const ROUNDS: usize = 3;

/// Pages that are looked at one after the other to count reads.
const VIEWS: u64 = 200;

/// Pages that are open at once.
const FOLLOWERS: usize = 1_000;

/// How long open pages are watched doing nothing.
const IDLE: Duration = Duration::from_secs(20);

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The crowd is another process, so that its memory is not taken for the server's.
    if arguments.next().as_deref() == Some(followers::ROLE) {
        let address = arguments.next().context("an address")?;
        return runtime.block_on(followers::follow(&address, FOLLOWERS));
    }
    load::is_there()?;
    runtime.block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let telegram = TelegramSimulator::start(([127, 0, 0, 1], 0).into()).await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let plain = shop::settings(folder.path(), address, TOKEN, &telegram.url)?;
    let proxies: Vec<IpNet> = own_machine();
    let settings = Settings { trusted_proxies: proxies, ..plain };
    let app = lifecycle::start(settings, listener, Extras::default()).await?;
    let seat = shop::open_shop(&app.services, TelegramId(704_000)).await?;
    let link = shop::make_link(&app.services, &seat, "kaos hitam", 150_000).await?;
    let (token, _charge) = shop::order(&app.services, &link).await?;
    let base = Url::parse(&format!("http://{address}/"))?;
    let order = format!("orders/{}", token.reveal());
    for (name, path) in [("link page", link.link.slug.as_str()), ("order page", &order)] {
        compare(name, &base.join(path)?).await?;
        count_reads(name, &app, &base.join(path)?).await?;
    }
    watch_followers(address, &format!("/{order}/events")).await?;
    app.stop().await;
    Ok(())
}

/// The page and a bare handler of its bytes, in turns; the best round of each counts.
async fn compare(name: &str, page: &Url) -> anyhow::Result<()> {
    let bare = bare::serve(page).await?;
    let (mut ours, mut theirs) = (Load::default(), Load::default());
    for _ in 0..ROUNDS {
        theirs = theirs.or_better(load::run(bare.url.clone()).await?);
        ours = ours.or_better(load::run(page.clone()).await?);
    }
    println!(
        "{name}, {} bytes packed, {} connections: {:.0}/s, p99 {:.2} ms; the same bytes from memory: {:.0}/s, p99 \
         {:.2} ms; ratio {:.3}",
        bare.bytes,
        load::CONNECTIONS,
        ours.per_second,
        ours.p99_ms,
        theirs.per_second,
        theirs.p99_ms,
        ours.per_second / theirs.per_second
    );
    Ok(())
}

/// How often the database is asked for one view: what is asked in the meantime by workers is taken off.
async fn count_reads(name: &str, app: &Running, page: &Url) -> anyhow::Result<()> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let storage = app.services.storage();
    let began = (tokio::time::Instant::now(), storage.statements_run());
    for _ in 0..VIEWS {
        client.get(page.clone()).send().await?.error_for_status()?.bytes().await?;
    }
    let (took, with_views) = (began.0.elapsed(), storage.statements_run() - began.1);
    let before = storage.statements_run();
    tokio::time::sleep(took).await;
    let idle = storage.statements_run() - before;
    let of_views = i64::try_from(with_views)? - i64::try_from(idle)?;
    println!("{name}: {of_views} statements for {VIEWS} views, workers' own {idle} taken off");
    Ok(())
}

/// Opens many pages that follow one order, and watches what they cost while nothing happens.
async fn watch_followers(address: SocketAddr, path: &str) -> anyhow::Result<()> {
    let quiet_ms = cpu_ms()?;
    tokio::time::sleep(IDLE).await;
    let without_ms = cpu_ms()? - quiet_ms;
    let before_kib = memory_kib()?;
    let mut crowd = Command::new(std::env::current_exe()?)
        .args([followers::ROLE, &format!("{address}{path}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut word = [0; 6];
    let mut said = crowd.stdout.take().context("a crowd that speaks")?;
    tokio::task::spawn_blocking(move || said.read_exact(&mut word)).await??;
    let open_kib = memory_kib()?;
    let begun_ms = cpu_ms()?;
    tokio::time::sleep(IDLE).await;
    let with_ms = cpu_ms()? - begun_ms;
    println!(
        "{FOLLOWERS} open pages: {:.1} KiB each ({:.1} MiB before, {:.1} MiB with them); idle {:.1} % of a core \
         ({:.1} % without them)",
        (open_kib - before_kib) / count(FOLLOWERS),
        before_kib / 1_024.0,
        memory_kib()? / 1_024.0,
        share(with_ms),
        share(without_ms)
    );
    // Its input ends, and so does the crowd.
    drop(crowd.stdin.take());
    crowd.wait()?;
    Ok(())
}

/// What share of a core so many milliseconds of [`IDLE`] are, in percent.
fn share(cpu_ms: f64) -> f64 {
    cpu_ms / (IDLE.as_secs_f64() * 10.0)
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// The memory of this process that is in RAM, in KiB.
fn memory_kib() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// The CPU time of this process so far, in milliseconds: user and system, in hundredths of a second (proc(5)).
fn cpu_ms() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |index: usize| anyhow::Ok(fields.get(index).context("a field")?.parse::<f64>()?);
    Ok((ticks(11)? + ticks(12)?) * 10.0)
}
