//! The program itself, as processes that are killed and started again, between pretend peers that live on.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use tautan::app::config::{Environment, MasterKey, Settings};
use tautan::simulator::midtrans::{MidtransSettings, MidtransSimulator, RunningMidtrans};
use tautan::simulator::telegram::{Person, RunningTelegram, TelegramSimulator};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use super::balancer::Balancer;
use super::seller::Seller;
use super::test_app::{SERVER_KEY, TOKEN, any_port};

/// How long a process may take until it serves, on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(60);

/// How long a process that was asked to end may take; the promise is ten seconds.
const END: Duration = Duration::from_secs(30);

/// What a process prints once it serves.
const SERVES: &str = "Tautan listens on";

/// Where processes run: the peers in this test's process, a folder, a database, and one address in
/// front of all of them.
pub struct Site {
    pub telegram: TelegramSimulator,
    pub bank: MidtransSimulator,
    /// The address that people and peers know: a balancer that leads to whichever process is there.
    pub base_url: Url,
    pub balancer: Balancer,
    variables: Vec<(String, String)>,
    folder: TempDir,
    _running_telegram: RunningTelegram,
    _running_bank: RunningMidtrans,
}

/// One running program. Killed when dropped.
pub struct Process {
    child: Child,
    /// Where it listens, also after a restart.
    pub address: SocketAddr,
    log: PathBuf,
    ended: bool,
}

impl Site {
    /// A site on this database. `variables` are settings that differ from the usual ones, such as
    /// `("TAUTAN_TELEGRAM_UPDATES", "webhook")`.
    pub async fn open(database_url: &str, variables: &[(&str, &str)]) -> Self {
        let running_telegram = TelegramSimulator::start(any_port()).await.expect("the pretend Telegram");
        let bank_settings = MidtransSettings {
            server_key: SERVER_KEY.to_owned(),
            merchant_id: "G000000001".to_owned(),
            notify_url: None,
            public_url: None,
        };
        let running_bank =
            MidtransSimulator::start(bank_settings, any_port()).await.expect("the pretend Midtrans");
        let balancer = Balancer::start().await;
        let base_url = balancer.url();
        let folder = TempDir::with_prefix("tautan-site-").expect("a folder");
        let mut all = vec![
            ("TAUTAN_TELEGRAM_TOKEN", TOKEN.to_owned()),
            ("TAUTAN_TELEGRAM_API_URL", running_telegram.url.clone()),
            ("TAUTAN_BASE_URL", base_url.to_string()),
            ("TAUTAN_DATA_DIR", folder.path().join("data").display().to_string()),
            ("DATABASE_URL", database_url.to_owned()),
            ("TAUTAN_MASTER_KEY", MasterKey::generate().to_text().expose_secret().to_owned()),
            ("TAUTAN_SHOPS", "anyone".to_owned()),
            ("TAUTAN_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("TAUTAN_MIDTRANS_SANDBOX_SERVER_KEY", SERVER_KEY.to_owned()),
            ("TAUTAN_MIDTRANS_SANDBOX_API_URL", running_bank.url.clone()),
            ("TAUTAN_MIDTRANS_SANDBOX_SNAP_URL", running_bank.url.clone()),
            ("TAUTAN_MIDTRANS_SANDBOX_MERCHANT_ID", "G000000001".to_owned()),
        ];
        for (name, value) in variables {
            all.retain(|(known, _)| known != name);
            all.push((name, (*value).to_owned()));
        }
        Self {
            telegram: running_telegram.simulator.clone(),
            bank: running_bank.simulator.clone(),
            base_url,
            balancer,
            variables: all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            folder,
            _running_telegram: running_telegram,
            _running_bank: running_bank,
        }
    }

    /// Someone who sells, with a chat of their own.
    pub fn seller(&self, id: i64, name: &str) -> Seller {
        Seller::new(self.telegram.person(Person::named(id, name, "id")), self.base_url.clone())
    }

    /// The settings of these processes, for a house inside the test that carries on where they ended.
    pub fn settings(&self) -> Settings {
        let pairs: Vec<(&str, &str)> =
            self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Settings::read(&Environment::of(&pairs)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    /// A free address for a process; the same one serves all its lives.
    pub async fn address(&self) -> SocketAddr {
        loop {
            // Below the range that the kernel hands out: nobody gets it while its process is down.
            let port = rand::random_range(10_000..20_000);
            let address = SocketAddr::from(([127, 0, 0, 1], port));
            if TcpListener::bind(address).await.is_ok() {
                return address;
            }
        }
    }

    /// Starts the program and waits until it serves; the balancer knows it from then on.
    pub async fn start(&self, address: SocketAddr) -> Process {
        self.start_with(address, |command| command).await
    }

    /// The same, with a command that was changed: more variables, a limit, a program around it.
    pub async fn start_with(&self, address: SocketAddr, change: impl FnOnce(Command) -> Command) -> Process {
        let log = self.folder.path().join(format!("{}.log", address.port()));
        let mut file = OpenOptions::new().create(true).append(true).open(&log).expect("a log");
        writeln!(file, "--- starts").expect("the log is written");
        let mut command = change(self.command(address));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file.try_clone().expect("a log"));
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?} cannot start: {error}"));
        let serves = follow(&mut child, file);
        let mut process = Process { child, address, log, ended: false };
        match tokio::time::timeout(START, serves).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => panic!("the program ended before it served: {:?}", process.child.wait()),
            Err(_) => panic!("the program does not serve after {START:?}"),
        }
        self.balancer.add(address);
        process
    }

    /// Starts the program, which is to end without serving; gives how it ended and what it said.
    pub async fn fails_to_start(&self, address: SocketAddr) -> (ExitStatus, String) {
        let mut command = self.command(address);
        let ended = tokio::task::spawn_blocking(move || command.stdin(Stdio::null()).output());
        let ended = tokio::time::timeout(START, ended).await.expect("the program ends");
        let output = ended.expect("no panic").expect("the program can be started");
        (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// The program with the site's settings and no others.
    fn command(&self, address: SocketAddr) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tautan"));
        command.arg("serve").current_dir(self.folder.path()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("TAUTAN_LISTEN", address.to_string());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    /// A place for files of the test, gone with the site.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Process {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power switch would.
    pub fn kill(&mut self) {
        self.child.kill().expect("a process of ours");
        self.child.wait().expect("a process of ours");
        self.ended = true;
    }

    /// Asks it to end, as a service manager does, and waits until it has; gives how it ended and how
    /// long that took.
    pub async fn terminate(self) -> (ExitStatus, Duration) {
        self.ask_to_end();
        self.ends().await
    }

    /// Asks it to end, and does not wait.
    pub fn ask_to_end(&self) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.id())).status();
        assert!(sent.expect("a shell").success(), "the signal was sent");
    }

    /// Waits until it has ended; gives how it ended and how long that took from now.
    pub async fn ends(mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        let status = tokio::task::spawn_blocking(move || self.wait(begun));
        (status.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())), begun.elapsed())
    }

    fn wait(&mut self, begun: Instant) -> ExitStatus {
        while begun.elapsed() < END {
            if let Some(status) = self.child.try_wait().expect("a process of ours") {
                self.ended = true;
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the program does not end within {END:?}");
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What it and those before it at this address said.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.ended {
            drop(self.child.kill());
            drop(self.child.wait());
        }
        if std::thread::panicking() {
            let said = self.said();
            let lines: Vec<&str> = said.lines().collect();
            let newest = lines[lines.len().saturating_sub(60)..].join("\n");
            eprintln!("what the program at {} said last:\n{newest}\n", self.address);
        }
    }
}

/// Copies what a program prints into its log; the receiver hears when it serves, or that it ended.
fn follow(child: &mut Child, mut log: File) -> oneshot::Receiver<()> {
    let (serves, heard) = oneshot::channel();
    let output = child.stdout.take().expect("its output is ours");
    std::thread::spawn(move || {
        let mut serves = Some(serves);
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if line.starts_with(SERVES)
                && let Some(serves) = serves.take()
            {
                let _ = serves.send(());
            }
            drop(writeln!(log, "{line}"));
        }
    });
    heard
}
