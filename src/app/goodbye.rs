//! When the process is asked to end.

/// Returns when someone wants the process to end: Ctrl-C or SIGTERM. A second wish ends it at once.
pub async fn wished() {
    once().await;
    tokio::spawn(async {
        once().await;
        std::process::exit(1);
    });
}

async fn once() {
    use tokio::signal::unix::{SignalKind, signal};

    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(tokio::signal::ctrl_c().await);
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
