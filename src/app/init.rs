//! `tautan init`: a settings file that explains itself.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use secrecy::ExposeSecret;

use super::config::MasterKey;

/// Writes the file, readable by its owner alone. A file that exists is left as it is: it may hold
/// the only copy of a master key.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_settings_file(file: &Path) -> anyhow::Result<()> {
    let key = MasterKey::generate().to_text();
    let text = include_str!("settings_template.env").replace("{master_key}", key.expose_secret());
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut open| open.write_all(text.as_bytes()))
        .with_context(|| format!("{} was not written; does it exist already?", file.display()))
}
