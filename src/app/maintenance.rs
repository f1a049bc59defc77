//! What an operator does to a database from the command line. Progress goes to standard error, what
//! came out to standard output. Exits with 0 when all is well, 1 when something failed or does not
//! fit, 2 when the settings or the database cannot be used.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};

use super::commands::{CustomerArguments, CustomerCommand, ImportArguments};
use super::config::{Environment, Mistakes, reading};
use crate::domain::clock::ShiftedClock;
use crate::domain::customer::{Email, Phone};
use crate::domain::id::TelegramId;
use crate::services::audit::audit;
use crate::services::backup;
use crate::services::privacy::{self, CustomerContact};
use crate::services::sealing::Sealer;
use crate::services::shop_copy::{ImportError, import_shop};
use crate::services::{ServiceError, check_master_key};
use crate::storage::{Storage, StorageError};

/// What a mistake in the settings exits with, and a database that is not this program's to use.
pub const MISTAKEN: u8 = 2;

/// What an error exits with: [`MISTAKEN`] when only the operator can mend it.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    let mistaken = error.chain().any(|cause| {
        let storage = match (cause.downcast_ref(), cause.downcast_ref(), cause.downcast_ref()) {
            (Some(backup::BackupError::Storage(error)), ..)
            | (_, Some(ServiceError::Storage(error)), _)
            | (.., Some(ImportError::Storage(error))) => Some(error),
            _ => cause.downcast_ref::<StorageError>(),
        };
        let is_other_key = matches!(cause.downcast_ref(), Some(ServiceError::Unsealable));
        cause.is::<Mistakes>() || is_other_key || storage.is_some_and(is_mistake)
    });
    if mistaken { ExitCode::from(MISTAKEN) } else { ExitCode::FAILURE }
}

const fn is_mistake(error: &StorageError) -> bool {
    matches!(
        error,
        StorageError::Newer { .. }
            | StorageError::Older
            | StorageError::Foreign
            | StorageError::NotEmpty(_)
            | StorageError::Ahead
            | StorageError::Damaged
            | StorageError::Missing(_)
            | StorageError::InUse(_)
            | StorageError::SqliteTooOld(_)
            | StorageError::UnknownDatabase
    )
}

/// `tautan verify`: says what does not fit, also while the service runs.
///
/// # Errors
/// When the database cannot be used.
pub async fn verify(environment: &Environment) -> anyhow::Result<ExitCode> {
    let url = reading::read_database_url(environment)?;
    let storage = beside(&url).await?;
    storage.require_newest_schema().await?;
    let report = audit(&storage).await?;
    if let Some(first) = report.faults.first() {
        println!("first bad row: {first}");
    }
    println!("{report}");
    let orphans = storage.read().await?.orphans().await?;
    for orphan in &orphans {
        println!("unknown here: {orphan}");
    }
    if !orphans.is_empty() {
        println!("{} charges that gateways spoke of are unknown here", orphans.len());
    }
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `tautan backup`: writes everything into a new file.
///
/// # Errors
/// When the database cannot be read or the file not be written.
pub async fn back_up(environment: &Environment, file: &Path) -> anyhow::Result<ExitCode> {
    let (url, key) = reading::read_backup_settings(environment)?;
    let storage = beside(&url).await?;
    let summary =
        backup::back_up(&storage, &Sealer::new(&key.0), file, &mut |line| eprintln!("{line}")).await?;
    println!(
        "{}: {} rows of {} tables as of {}, {} bytes, sealed with the master key",
        file.display(),
        summary.rows,
        summary.tables,
        summary.taken_at.format("%Y-%m-%d %H:%M:%SZ"),
        summary.bytes
    );
    Ok(ExitCode::SUCCESS)
}

/// `tautan restore`: fills an empty database from a file.
///
/// # Errors
/// When the file cannot be read, or the database not be filled.
pub async fn restore(environment: &Environment, file: &Path) -> anyhow::Result<ExitCode> {
    let (url, key) = reading::read_backup_settings(environment)?;
    let (time, sealer) = (ShiftedClock::default(), Sealer::new(&key.0));
    let progress = &mut |line: &str| eprintln!("{line}");
    let restored = backup::restore(url.expose_secret(), time, &sealer, file, progress).await?;
    println!("{}", restored.report);
    println!(
        "Restored {} rows as of {}. Start the service: it asks the gateways about {} charges.",
        restored.rows,
        restored.taken_at.format("%Y-%m-%d %H:%M:%SZ"),
        restored.charges_to_ask
    );
    Ok(if restored.report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `tautan import`: reads a shop of another instance.
///
/// # Errors
/// When the file cannot be read, the shop is here already, or the database not be used.
pub async fn import(environment: &Environment, arguments: &ImportArguments) -> anyhow::Result<ExitCode> {
    let (url, key) = reading::read_backup_settings(environment)?;
    let file = File::open(&arguments.file).with_context(|| arguments.file.display().to_string())?;
    let storage = Storage::open(url.expose_secret(), ShiftedClock::default()).await?;
    let sealer = Sealer::new(&key.0);
    check_master_key(&storage, &sealer).await?;
    let imported = import_shop(&storage, &sealer, TelegramId(arguments.owner), file).await?;
    for (before, after) in &imported.readdressed {
        println!("the address {before} is taken here: the link has {after} now");
    }
    let report = audit(&storage).await?;
    storage.close().await;
    println!("{report}");
    println!(
        "Read the shop {}: {} rows. The service asks the gateways about {} charges.",
        imported.merchant_id, imported.rows, imported.charges_to_ask
    );
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `tautan customer`: what a customer may ask for.
///
/// # Errors
/// When the database cannot be used or the file not be written.
pub async fn serve_customer(
    environment: &Environment,
    command: &CustomerCommand,
) -> anyhow::Result<ExitCode> {
    let url = reading::read_database_url(environment)?;
    match command {
        CustomerCommand::Export { customer, file } => {
            let contact = contact(customer)?;
            let storage = beside(&url).await?;
            storage.require_newest_schema().await?;
            let export = privacy::export_customer(&storage, &contact).await?;
            write_private(file, &serde_json::to_string_pretty(&export)?)
                .with_context(|| format!("{} was not written; does it exist already?", file.display()))?;
            let orders = export["orders"].as_array().map_or(0, Vec::len);
            println!("{}: {orders} orders", file.display());
        }
        CustomerCommand::Erase { customer } => {
            let contact = contact(customer)?;
            let storage = Storage::open_to_change(url.expose_secret(), ShiftedClock::default()).await?;
            let erasure = privacy::erase_customer(&storage, &contact).await?;
            println!("Erased the customer of {} orders and {} mentions.", erasure.orders, erasure.mentions);
            if erasure.left > 0 {
                println!("{} orders are being paid right now and were left; try again later.", erasure.left);
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn contact(arguments: &CustomerArguments) -> anyhow::Result<CustomerContact> {
    let phone = arguments.phone.as_deref().map(Phone::parse).transpose()?;
    let email = arguments.email.as_deref().map(Email::parse).transpose()?;
    Ok(CustomerContact { phone, email })
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut open = File::options().write(true).create_new(true).mode(0o600).open(file)?;
    open.write_all(text.as_bytes())?;
    open.sync_all()
}

async fn beside(url: &SecretString) -> Result<Storage, StorageError> {
    Storage::open_beside(url.expose_secret(), ShiftedClock::default()).await
}
