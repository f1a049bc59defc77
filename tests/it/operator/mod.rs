//! What the people who run the instance see and do.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::process::{Command, Output, Stdio};

mod alerts;
mod commands;
mod refused_databases;
mod refused_settings;
mod restore_targets;

/// Any master key.
pub const MASTER_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Runs the program itself with these settings and no others, to its end.
pub fn tautan(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    command(arguments, variables).output().unwrap()
}

/// The program itself, with these settings and no others.
pub fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tautan"));
    command.args(arguments).env_clear().envs(variables.iter().copied()).stdin(Stdio::null());
    command
}

/// The settings of a service that nobody needs to reach.
pub fn service_settings(database_url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("TAUTAN_TELEGRAM_TOKEN", "700000001:stories-stories-stories-stories-1".to_owned()),
        ("TAUTAN_TELEGRAM_API_URL", "http://127.0.0.1:9".to_owned()),
        ("TAUTAN_BASE_URL", "http://127.0.0.1:9".to_owned()),
        ("TAUTAN_LISTEN", "127.0.0.1:0".to_owned()),
        ("TAUTAN_MASTER_KEY", MASTER_KEY.to_owned()),
        ("TAUTAN_DATA_DIR", std::env::temp_dir().display().to_string()),
        ("DATABASE_URL", database_url.to_owned()),
    ]
}

/// What it printed, both ways.
pub fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
