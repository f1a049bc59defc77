//! A mail server that nobody here wrote, and the letters that it took.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tautan::app::config::MailSettings;
use tautan::messaging::email::{MailSender, MailServer};
use tokio::net::TcpSocket;

use super::peers;

/// How long a letter may take, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A letter as its reader has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub headers: Vec<(String, String)>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Name, kind and words of what is attached.
    pub files: Vec<(String, String, String)>,
}

impl Mail {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The mail server. It may be away for a while; what it took stays here.
pub struct Mailbox {
    port: u16,
    /// Bound and never listening: nobody answers there until the server does, and nobody else gets the port.
    _kept: TcpSocket,
    child: Option<Child>,
    letters: Arc<Mutex<Vec<Mail>>>,
    held: Arc<AtomicUsize>,
}

impl Mailbox {
    /// A mail server that is not there yet: its address is kept for it.
    pub fn closed() -> Self {
        let kept = TcpSocket::new_v4().expect("a socket");
        kept.set_reuseport(true).expect("a port that the server may share");
        kept.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let port = kept.local_addr().expect("an address").port();
        Self { port, _kept: kept, child: None, letters: Arc::default(), held: Arc::default() }
    }

    pub fn open() -> Self {
        let mut mailbox = Self::closed();
        mailbox.opens();
        mailbox
    }

    /// Starts to take letters.
    pub fn opens(&mut self) {
        let packages = peers::installed("emulator").unwrap_or_else(|missing| panic!("{missing}"));
        let mut child = Command::new("python3")
            .env("PYTHONPATH", packages)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/mail_server.py"))
            .arg(self.port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("the mail server does not start: {error}"));
        let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let port = lines.next().expect("its port").expect("text");
        assert_eq!(port, self.port.to_string());
        let (letters, held) = (Arc::clone(&self.letters), Arc::clone(&self.held));
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
                if told.get("held").is_some() {
                    held.fetch_add(1, Ordering::SeqCst);
                    continue;
                }
                let mail = serde_json::from_value(told).expect("a letter");
                letters.lock().expect("no panic under this lock").push(mail);
            }
        });
        self.child = Some(child);
    }

    /// Takes none any more, in the middle of whatever it does.
    pub fn closes(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn settings(&self) -> MailSettings {
        let url = self.url();
        let sender = MailSender::parse("Tautan <pay@tautan.test>").expect("a sender");
        MailSettings { server: MailServer::parse(&url).expect("a server"), sender }
    }

    /// Waits until somebody hands over a letter and hears no answer.
    pub async fn holds_one(&self) {
        let begun = Instant::now();
        while self.held.load(Ordering::SeqCst) == 0 {
            assert!(begun.elapsed() < PATIENCE, "no letter comes");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// All letters, oldest first.
    pub fn letters(&self) -> Vec<Mail> {
        self.letters.lock().expect("no panic under this lock").clone()
    }

    /// The newest letter whose subject holds these words, once it is there.
    pub async fn gets(&self, words: &str) -> Mail {
        let begun = Instant::now();
        loop {
            let found = self.letters().into_iter().rfind(|mail| mail.subject.contains(words));
            if let Some(mail) = found {
                return mail;
            }
            let subjects: Vec<String> = self.letters().into_iter().map(|mail| mail.subject).collect();
            assert!(begun.elapsed() < PATIENCE, "no letter says {words:?}: {subjects:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.closes();
    }
}
