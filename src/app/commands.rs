//! The command line. Its doc comments are its manual.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use url::Url;

/// Payment links that live in chat.
///
/// Every setting is an environment variable; `tautan init` writes a file that explains them.
#[derive(Debug, Parser)]
#[command(name = "tautan", version, about, long_about)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the service: the bot, the pages and the workers.
    ///
    /// Settings come from the environment. Needed: TAUTAN_TELEGRAM_TOKEN, TAUTAN_BASE_URL and
    /// TAUTAN_MASTER_KEY. A secret may instead be read from a file named by the same variable with
    /// _FILE behind it.
    Serve,
    /// Try everything on this machine: the real app with a pretend Telegram and a pretend bank.
    Demo(DemoArguments),
    /// Write a commented settings file with a fresh master key.
    Init(InitArguments),
    /// Check the books: ledger, units and orders against each other.
    ///
    /// Names each row that does not fit, the first bad one first, and lists charges that gateways
    /// spoke of and that are unknown here. Runs beside the service. Exits with 1 when something does
    /// not fit.
    Verify,
    /// Write a backup of everything into a new file, while the service runs.
    ///
    /// The file is sealed with the master key and restores into SQLite and PostgreSQL alike. It
    /// appears whole or not at all. Keep a copy of the master key elsewhere: without it the backup
    /// cannot be opened.
    Backup(BackupArguments),
    /// Restore a backup into an empty database.
    ///
    /// Stop the service before, start it after: it then asks the gateways about every charge that may
    /// have moved on since the copy was made.
    Restore(BackupArguments),
    /// Read a shop that its owner took from another instance (in chat: /export, whole shop).
    ///
    /// The shop keeps its keys, its links their addresses where they are free, and its book is held
    /// against its seals: all of it comes, or nothing. Stop the service before when it uses SQLite. Its
    /// links take payments through the accounts of this instance from then on.
    Import(ImportArguments),
    /// Export or erase what is known about a customer.
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// Run one of the simulators alone.
    #[command(subcommand)]
    Simulator(SimulatorCommand),
}

/// How to run the demo.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Where the demo listens; if the port is taken, another one is chosen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the demo keeps its database; a new temporary folder if not given.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

/// Where to write the settings file.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The file; it must not exist yet.
    #[arg(default_value = "tautan.env")]
    pub file: PathBuf,
}

/// Which backup.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// The file of the backup.
    pub file: PathBuf,
}

/// Which shop, and whose it becomes.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The shop's file.
    pub file: PathBuf,
    /// The Telegram id of who owns the shop here; `/me` tells it.
    #[arg(long)]
    pub owner: i64,
}

/// What to do for a customer.
#[derive(Debug, Subcommand)]
pub enum CustomerCommand {
    /// Write all that is known about a customer into a new JSON file.
    Export {
        /// Who.
        #[command(flatten)]
        customer: CustomerArguments,
        /// The file; it must not exist yet.
        file: PathBuf,
    },
    /// Erase a customer's name, phone number and e-mail address everywhere. Orders and money stay.
    Erase {
        /// Who.
        #[command(flatten)]
        customer: CustomerArguments,
    },
}

/// Which customer: by phone number, e-mail address or both.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct CustomerArguments {
    /// The phone number, in any usual way of writing it.
    #[arg(long)]
    pub phone: Option<String>,
    /// The e-mail address.
    #[arg(long)]
    pub email: Option<String>,
}

/// Which simulator to run.
#[derive(Debug, Subcommand)]
pub enum SimulatorCommand {
    /// A pretend Midtrans: Core API, signed notifications and a page to play the bank.
    Midtrans {
        /// Where it listens.
        #[arg(long)]
        listen: SocketAddr,
        /// The server key it accepts and signs with. A made-up one: this is a simulator.
        #[arg(long, default_value = "SB-Mid-server-simulator")]
        server_key: String,
        /// Where notifications go when a charge names no address of its own.
        #[arg(long)]
        notify_url: Option<Url>,
    },
    /// A pretend Telegram: the Bot API and a phone page, for any token.
    Telegram {
        /// Where it listens.
        #[arg(long)]
        listen: SocketAddr,
    },
}
