//! Everything that the app logs in this process, at its most talkative.

use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use tracing_subscriber::fmt::MakeWriter;

static LOGS: LazyLock<Logs> = LazyLock::new(Logs::listen);

/// What was logged since [`listen`].
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

/// Starts to listen; before, nothing is kept. Tests beside each other in one process share what is heard.
pub fn listen() {
    LazyLock::force(&LOGS);
}

/// What was logged so far.
pub fn heard() -> String {
    String::from_utf8_lossy(&LOGS.0.lock().expect("no panic under this lock")).into_owned()
}

impl Logs {
    fn listen() -> Self {
        let logs = Self::default();
        let subscriber =
            tracing_subscriber::fmt().with_env_filter("info,tautan=trace").with_writer(logs.clone()).finish();
        tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
        logs
    }
}

impl<'a> MakeWriter<'a> for Logs {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic under this lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
