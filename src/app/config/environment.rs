//! The variables of the environment, and secrets that stand in files beside it.

use std::collections::BTreeMap;
use std::path::Path;

use super::Mistakes;

/// Every variable that means something here.
pub(super) const KNOWN: [&str; 29] = [
    "DATABASE_URL",
    "TAUTAN_ADMINS",
    "TAUTAN_BASE_URL",
    "TAUTAN_DATA_DIR",
    "TAUTAN_LISTEN",
    "TAUTAN_LOG",
    "TAUTAN_MAIL_FROM",
    "TAUTAN_MASTER_KEY",
    "TAUTAN_MIDTRANS_LIVE_API_URL",
    "TAUTAN_MIDTRANS_LIVE_MERCHANT_ID",
    "TAUTAN_MIDTRANS_LIVE_SERVER_KEY",
    "TAUTAN_MIDTRANS_LIVE_SNAP_URL",
    "TAUTAN_MIDTRANS_SANDBOX_API_URL",
    "TAUTAN_MIDTRANS_SANDBOX_MERCHANT_ID",
    "TAUTAN_MIDTRANS_SANDBOX_SERVER_KEY",
    "TAUTAN_MIDTRANS_SANDBOX_SNAP_URL",
    "TAUTAN_RETENTION_DAYS",
    "TAUTAN_SHOPS",
    "TAUTAN_SMTP_URL",
    "TAUTAN_TELEGRAM_API_URL",
    "TAUTAN_TELEGRAM_TOKEN",
    "TAUTAN_TELEGRAM_UPDATES",
    "TAUTAN_TRUSTED_PROXIES",
    "DATABASE_URL_FILE",
    "TAUTAN_MASTER_KEY_FILE",
    "TAUTAN_MIDTRANS_LIVE_SERVER_KEY_FILE",
    "TAUTAN_MIDTRANS_SANDBOX_SERVER_KEY_FILE",
    "TAUTAN_SMTP_URL_FILE",
    "TAUTAN_TELEGRAM_TOKEN_FILE",
];

/// The variables that the process was given.
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// The process's own.
    #[must_use]
    pub fn of_process() -> Self {
        Self { variables: std::env::vars().collect() }
    }

    /// Made up, for a test.
    #[must_use]
    pub fn of(variables: &[(&str, &str)]) -> Self {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { variables }
    }

    /// A variable's value; an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A secret: the variable itself, or the file that the variable with `_FILE` behind it names.
    pub(super) fn secret(&self, name: &str, mistakes: &mut Mistakes) -> Option<String> {
        let file_variable = format!("{name}_FILE");
        match (self.text(name), self.text(&file_variable)) {
            (Some(_), Some(_)) => {
                mistakes.add(name, format!("is given twice: also by {file_variable}; leave one out"));
                None
            }
            (Some(value), None) => Some(value.to_owned()),
            (None, Some(file)) => match read_secret_file(Path::new(file)) {
                Ok(secret) => Some(secret),
                Err(sentence) => {
                    mistakes.add(&file_variable, sentence);
                    None
                }
            },
            (None, None) => None,
        }
    }

    /// Names that look like ours and mean nothing: mistyped ones.
    pub(super) fn check_names(&self, mistakes: &mut Mistakes) {
        for name in self.variables.keys().filter(|name| name.starts_with("TAUTAN_")) {
            if KNOWN.contains(&name.as_str()) || name.starts_with("TAUTAN_TEST_") {
                continue;
            }
            let nearest = KNOWN.iter().min_by_key(|known| strsim::levenshtein(known, name));
            let nearest = nearest.copied().unwrap_or("TAUTAN_BASE_URL");
            mistakes.add(name, format!("is not a setting; did you mean {nearest}?"));
        }
    }
}

impl Mistakes {
    pub(super) fn add(&mut self, name: &str, sentence: impl Into<String>) {
        self.sentences.entry(name.to_owned()).or_insert_with(|| sentence.into());
    }
}

fn read_secret_file(file: &Path) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt;

    let metadata =
        std::fs::metadata(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    if metadata.permissions().mode() & 0o007 != 0 {
        return Err(format!("{0} can be read by everyone; run: chmod 600 {0}", file.display()));
    }
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let secret = text.trim().to_owned();
    if secret.is_empty() { Err(format!("{} is empty", file.display())) } else { Ok(secret) }
}
