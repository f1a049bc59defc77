//! Logs: one line an event, to standard error, without secrets and without anything a customer
//! typed.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged when `TAUTAN_LOG` says nothing: our own events, and the warnings of libraries.
const DEFAULT_FILTER: &str = "warn,tautan=info";

/// Starts logging. `TAUTAN_LOG` filters (`info`, `tautan=debug`, …); with `json` in front of a
/// comma or alone it switches to one JSON object a line. A second call changes nothing.
pub fn start() {
    let wish = std::env::var("TAUTAN_LOG").unwrap_or_default();
    let (as_json, filter) = match wish.strip_prefix("json") {
        Some(rest) => (true, rest.trim_start_matches(',').to_owned()),
        None => (false, wish),
    };
    let filter = if filter.is_empty() { DEFAULT_FILTER.to_owned() } else { filter };
    let registry = tracing_subscriber::registry()
        .with(EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER)));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let started = if as_json {
        registry.with(layer.json()).try_init()
    } else {
        registry.with(layer.compact().with_target(false)).try_init()
    };
    // Tests start the app many times in one process; the first one's logging serves them all.
    drop(started);
}
