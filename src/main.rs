//! Reads the command line and runs what it says.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use tautan::app::commands::{Command, CommandLine, DemoArguments, SimulatorCommand};
use tautan::app::config::{Environment, Settings};
use tautan::app::goodbye::Goodbye;
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::app::{demo, init, maintenance, open_files, telemetry};
use tautan::simulator::midtrans::{MidtransSettings, MidtransSimulator};
use tautan::simulator::telegram::TelegramSimulator;
use tautan::web::server;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The room that each thread has, in bytes: an answer passes through a deep tree of handlers. It costs memory
/// only where it is used.
const STACK_BYTES: usize = 8 * 1_024 * 1_024;

fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    telemetry::start();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK_BYTES).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tautan cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run(command)).unwrap_or_else(|error| {
        eprintln!("tautan: {error:#}");
        maintenance::exit_code(&error)
    });
    // A look-up of a name may hang for half a minute; nobody waits for it.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    code
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => serve().await,
        Command::Demo(arguments) => run_demo(&arguments).await,
        Command::Init(arguments) => write_settings(&arguments.file),
        Command::Verify => maintenance::verify(&Environment::of_process()).await,
        Command::Backup(arguments) => maintenance::back_up(&Environment::of_process(), &arguments.file).await,
        Command::Restore(arguments) => {
            maintenance::restore(&Environment::of_process(), &arguments.file).await
        }
        Command::Import(arguments) => maintenance::import(&Environment::of_process(), &arguments).await,
        Command::Customer(command) => maintenance::serve_customer(&Environment::of_process(), &command).await,
        Command::Simulator(simulator) => simulate(simulator).await,
    }
}

async fn serve() -> anyhow::Result<ExitCode> {
    let settings = match Settings::read(&Environment::of_process()) {
        Ok(settings) => settings,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return Ok(ExitCode::from(maintenance::MISTAKEN));
        }
    };
    let listen = settings.listen;
    let Ok(listener) = server::listen(listen) else {
        eprintln!("TAUTAN_LISTEN: {listen} is taken or not of this machine; choose another address or port");
        return Ok(ExitCode::from(maintenance::MISTAKEN));
    };
    open_files::allow_many();
    let goodbye = Goodbye::listen()?;
    let base_url = settings.base_url.clone();
    let running = tokio::select! {
        running = lifecycle::start(settings, listener, Extras::default()) => running?,
        () = goodbye.wished() => return Ok(ExitCode::SUCCESS),
    };
    println!("Tautan listens on {} and serves {base_url}", running.address);
    tokio::select! {
        () = goodbye.wished() => {}
        () = offer_claim(&running) => {}
    }
    running.retire().await;
    running.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Prints the claim link of an instance without an admin, and then waits for good.
async fn offer_claim(running: &Running) {
    match running.services.claim_token().await {
        Ok(None) => {}
        Ok(Some(token)) => {
            println!("This instance has no admin yet. Claim it within 24 hours:");
            match running.messenger.username().await {
                Some(bot) => println!("https://t.me/{bot}?start=a_{token}"),
                None => println!("send this to your bot: /start a_{token}"),
            }
        }
        Err(error) => eprintln!("tautan: no claim link could be made: {error}"),
    }
    std::future::pending().await
}

async fn run_demo(arguments: &DemoArguments) -> anyhow::Result<ExitCode> {
    let goodbye = Goodbye::listen()?;
    let demo = demo::start(arguments).await?;
    println!("The demo runs. Open this address:");
    println!("{}", demo.url);
    println!("Stop it with Ctrl-C.");
    goodbye.wished().await;
    demo.stop().await;
    Ok(ExitCode::SUCCESS)
}

fn write_settings(file: &Path) -> anyhow::Result<ExitCode> {
    init::write_settings_file(file)?;
    println!("Wrote {} with a fresh master key. Fill in the token and the address, then:", file.display());
    println!("  set -a; . {}; set +a; tautan serve", Path::new(".").join(file).display());
    Ok(ExitCode::SUCCESS)
}

async fn simulate(simulator: SimulatorCommand) -> anyhow::Result<ExitCode> {
    let goodbye = Goodbye::listen()?;
    match simulator {
        SimulatorCommand::Midtrans { listen, server_key, notify_url } => {
            let settings = MidtransSettings {
                server_key,
                merchant_id: "G000000001".to_owned(),
                notify_url,
                public_url: None,
            };
            let running = MidtransSimulator::start(settings, listen).await?;
            println!("The pretend Midtrans runs at {0}; play the bank at {0}/bank", running.url);
            goodbye.wished().await;
            running.stop().await;
        }
        SimulatorCommand::Telegram { listen } => {
            let running = TelegramSimulator::start(listen).await?;
            println!(
                "The pretend Telegram runs at {0}; open a phone at {0}/phone/1001?name=Ani",
                running.url
            );
            goodbye.wished().await;
            running.stop().await;
        }
    }
    Ok(ExitCode::SUCCESS)
}
