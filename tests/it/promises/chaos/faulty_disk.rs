//! A disk that fails now and then, under the running program: libfiu stands between it and the kernel.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::support::process::{Process, Site};

/// Where Debian's `fiu-utils` puts its libraries.
const LIBRARIES: [&str; 2] = ["/usr/lib/fiu/fiu_run_preload.so", "/usr/lib/fiu/fiu_posix_preload.so"];

/// What SQLite asks of a file when it writes. Sockets and logs are written by other calls.
const CALLS: [&str; 4] =
    ["posix/io/sync/fsync", "posix/io/sync/fdatasync", "posix/io/rw/pwrite", "posix/io/rw/pwrite64"];

/// "Input/output error".
const EIO: i32 = 5;

/// "No space left on device".
const ENOSPC: i32 = 28;

/// Opens a pipe only if somebody reads it.
const NO_WAIT: i32 = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();

/// "No such device or address": nobody reads the pipe.
const NOBODY_READS: i32 = 6;

/// The switch of one process's faults.
pub struct FaultyDisk {
    pipe: PathBuf,
}

impl FaultyDisk {
    /// The change to a command that puts libfiu under it.
    pub fn under(site: &Site) -> impl FnOnce(Command) -> Command {
        for library in LIBRARIES {
            assert!(Path::new(library).exists(), "{library} is missing: tests/run installs fiu-utils");
        }
        let prefix = site.folder().join("fiu");
        move |mut command| {
            command.env("LD_PRELOAD", LIBRARIES.join(" ")).env("FIU_CTRL_FIFO", prefix);
            command
        }
    }

    /// The switch of a process that was started so.
    pub fn of(site: &Site, process: &Process) -> Self {
        Self { pipe: site.folder().join(format!("fiu-{}", process.id())) }
    }

    /// From now on so many calls out of a thousand end in an input/output error.
    pub async fn fails(&self, per_mille: u32) {
        for call in CALLS {
            self.break_call(call, per_mille, EIO).await;
        }
    }

    /// From now on every write finds the disk full; what is written already can be made to last.
    pub async fn is_full(&self) {
        for call in CALLS.into_iter().filter(|call| call.contains("write")) {
            self.break_call(call, 1_000, ENOSPC).await;
        }
    }

    /// The disk is well again.
    pub async fn heals(&self) {
        for call in CALLS {
            // A call that never failed cannot be mended, and libfiu says so.
            self.tell(&format!("disable name={call}")).await;
        }
    }

    async fn break_call(&self, call: &str, per_mille: u32, error: i32) {
        let share = format!("{}.{:03}", per_mille / 1_000, per_mille % 1_000);
        let order = format!("enable_random name={call},probability={share},failinfo={error}");
        assert_eq!(self.tell(&order).await, "0", "libfiu takes its orders");
    }

    async fn tell(&self, command: &str) -> String {
        let (pipe, command) = (self.pipe.clone(), command.to_owned());
        let answered = tokio::task::spawn_blocking(move || {
            // Closed before the answer is read: libfiu answers when the order has ended.
            reader_of(&pipe.with_extension("in"))?.write_all(format!("{command}\n").as_bytes())?;
            fs::read_to_string(pipe.with_extension("out"))
        });
        let answer = answered.await.expect("no panic").expect("the pipes of libfiu");
        answer.trim().to_owned()
    }
}

/// Opens a pipe whose other end libfiu opens anew for each order. A program that has ended does not: that
/// is an error after a while, not a wait without end.
fn reader_of(pipe: &Path) -> io::Result<File> {
    for _ in 0..500 {
        match File::options().write(true).custom_flags(NO_WAIT).open(pipe) {
            Err(error) if error.raw_os_error() == Some(NOBODY_READS) => {
                std::thread::sleep(Duration::from_millis(10));
            }
            opened => return opened,
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}
