//! What the kernel saw of the program: writes to SQLite's log, syncs, answers, in their order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tokio::time::timeout;

/// The calls that are followed.
const CALLS: &str = "trace=pwrite64,fdatasync,fsync,sendto,sendmsg,write,writev";

/// How long the trace may take to be complete after the program has ended.
const COMPLETION: Duration = Duration::from_secs(20);

/// An answer that left the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub what: Acknowledged,
    /// How many bytes of the log were safe on disk when the answer was sent.
    pub synced: u64,
}

/// What an answer acknowledged.
#[derive(Debug, PartialEq, Eq)]
pub enum Acknowledged {
    /// The order with this token, or a choice for it.
    Order(String),
    /// A notice of the bank's.
    Notice,
}

/// Whether programs may be traced here.
pub fn may_trace() -> bool {
    Command::new("strace").args(["-f", "-D", "-qq", "-o", "/dev/null", "true"]).output().is_ok_and(|output| {
        assert!(!output.stderr.starts_with(b"strace: invalid"), "strace is too old");
        output.status.success()
    })
}

/// The change to a command that has it traced into a file. The program stays a child of ours.
pub fn traced(file: &Path) -> impl FnOnce(Command) -> Command {
    move |program| {
        let mut command = Command::new("strace");
        command.args(["-f", "-D", "-qq", "-y", "-s", "600", "-e", CALLS, "-o"]).arg(file);
        command.arg(program.get_program()).args(program.get_args()).env_clear();
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(program.get_current_dir().expect("the site's folder"));
        command
    }
}

/// The trace of a program that was killed, once it is complete.
pub async fn complete(file: PathBuf, process_id: u32) -> String {
    // Numbers are padded to five digits.
    let end = format!("{process_id:<5} +++ killed by SIGKILL +++");
    let text = timeout(COMPLETION, async {
        loop {
            let text = std::fs::read(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            match text {
                Ok(text) if text.contains(&end) => return text,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    });
    text.await.expect("the trace ends with its program")
}

/// The answers up to the moment when the log was first copied into the database: from then on its
/// bytes are written anew from the start.
pub fn answers_in(trace: &str) -> Vec<Answer> {
    let mut log = Log::default();
    let mut answers = Vec::new();
    for line in trace.lines() {
        let Some((process, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if call.starts_with("pwrite64(") && call.contains(".sqlite>") {
            break;
        }
        if let Some(what) = acknowledged(call) {
            answers.push(Answer { what, synced: log.synced });
        }
        log.follow(process, call);
    }
    answers
}

/// How far the log is written, and how far it is safe.
#[derive(Default)]
struct Log {
    written: u64,
    synced: u64,
    /// Calls that have begun, by thread: how far the log will be written, or safe, when they return.
    begun: HashMap<String, Call>,
}

#[derive(Clone, Copy)]
enum Call {
    Write(u64),
    Sync(u64),
}

impl Log {
    fn follow(&mut self, process: &str, line: &str) {
        if line.starts_with("<... ") {
            let begun = self.begun.remove(process);
            let is_of_log = ["pwrite64", "fsync", "fdatasync"].iter().any(|call| line[5..].starts_with(call));
            if let Some(call) = begun.filter(|_| is_of_log) {
                self.returns(call, line);
            }
            return;
        }
        if !line.contains("-wal>") {
            return;
        }
        let call = if line.starts_with("pwrite64(") {
            Call::Write(end_of_write(line))
        } else if line.starts_with("fsync(") || line.starts_with("fdatasync(") {
            Call::Sync(self.written)
        } else {
            return;
        };
        if line.ends_with("<unfinished ...>") {
            self.begun.insert(process.to_owned(), call);
        } else {
            self.returns(call, line);
        }
    }

    fn returns(&mut self, call: Call, line: &str) {
        match call {
            Call::Write(end) => self.written = self.written.max(end),
            Call::Sync(end) if line.ends_with("= 0") => self.synced = self.synced.max(end),
            Call::Sync(_) => {}
        }
    }
}

/// Where a write ends in its file: `…, 4096, 8272) = 4096`.
fn end_of_write(line: &str) -> u64 {
    let line = line.trim_end_matches(" <unfinished ...>");
    let arguments = line.rsplit_once(" = ").map_or(line, |(arguments, _)| arguments).trim_end();
    let mut numbers = arguments.trim_end_matches(')').rsplit(", ").map(|number| number.parse::<u64>());
    match (numbers.next(), numbers.next()) {
        (Some(Ok(offset)), Some(Ok(length))) => offset + length,
        _ => panic!("a write that cannot be read: {line}"),
    }
}

fn acknowledged(line: &str) -> Option<Acknowledged> {
    let answer = line.split_once("\"HTTP/1.1 ")?.1;
    if let Some(rest) = answer.strip_prefix("303 ") {
        let token = rest.split_once("location: /orders/")?.1;
        return Some(Acknowledged::Order(token.chars().take_while(char::is_ascii_alphanumeric).collect()));
    }
    // Nothing else is answered with nothing.
    (answer.starts_with("200 ") && answer.contains("content-length: 0\\r\\n")).then_some(Acknowledged::Notice)
}

#[test]
fn a_trace_is_read_in_order() {
    let trace = "\
7 pwrite64(14</d/t.sqlite-wal>, \"7\\177\"..., 32, 0) = 32
7 pwrite64(14</d/t.sqlite-wal>, \"a, 1, 2\"..., 4096, 32 <unfinished ...>
8 sendto(9<socket:[1]>, \"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n\", 40, MSG_NOSIGNAL, NULL, 0) = 40
7 <... pwrite64 resumed>) = 4096
7 fdatasync(14</d/t.sqlite-wal> <unfinished ...>
8 sendto(9<socket:[1]>, \"HTTP/1.1 303 See Other\\r\\nlocation: /orders/abc2\\r\\n\", 40, MSG_NOSIGNAL, NULL, 0) = 40
7 <... fdatasync resumed>) = 0
8 sendto(9<socket:[1]>, \"HTTP/1.1 303 See Other\\r\\nlocation: /orders/abc2\\r\\n\", 40, MSG_NOSIGNAL, NULL, 0) = 40
7 pwrite64(12</d/t.sqlite>, \"\"..., 4096, 0) = 4096
8 sendto(9<socket:[1]>, \"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n\", 40, MSG_NOSIGNAL, NULL, 0) = 40
";
    let order = || Acknowledged::Order("abc2".to_owned());
    let expected = [
        Answer { what: Acknowledged::Notice, synced: 0 },
        Answer { what: order(), synced: 0 },
        Answer { what: order(), synced: 4_128 },
    ];
    assert_eq!(answers_in(trace), expected);
}
