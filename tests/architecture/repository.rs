//! What lies in the repository, and what its texts may speak of.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::no_faults;
use crate::source::root;

const TOP_LEVEL: [&str; 23] = [
    ".cargo",
    ".ci",
    ".config",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "benches",
    "clippy.toml",
    "deny.toml",
    "docs",
    "locales",
    "migrations",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "tests",
];

#[test]
fn the_top_of_the_repository_holds_only_what_the_plan_names() {
    let entries: BTreeSet<String> =
        kept_files().iter().map(|path| path.split('/').next().unwrap_or(path).to_owned()).collect();
    let faults = entries.into_iter().filter(|entry| !TOP_LEVEL.contains(&entry.as_str())).collect();
    no_faults("Nothing else lies at the top (tests/architecture/repository.rs lists what may):", faults);
}

#[test]
fn the_repository_speaks_of_tautan_alone() {
    let mut faults = Vec::new();
    for path in kept_files() {
        // A lock file names where its packages come from, in the words of the tool that writes it.
        if path.ends_with("Cargo.lock") || path.ends_with("package-lock.json") {
            continue;
        }
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            for word in foreign_words().iter().filter(|word| lower.contains(word.as_str())) {
                faults.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    no_faults("These name a machine, a registry or a tool that is no part of Tautan:", faults);
}

/// In halves, so that this file does not name them itself.
fn foreign_words() -> Vec<String> {
    [
        ("crates", ".io/"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("proxy.golang", ".org"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/fa", "rm/"),
        ("cla", "ude"),
        ("anthro", "pic"),
        ("open", "ai"),
        ("chat", "gpt"),
        ("co", "pilot"),
        ("language ", "model"),
    ]
    .iter()
    .map(|(first, second)| format!("{first}{second}"))
    .collect()
}

/// The files git keeps or would keep, from the root. A checkout may belong to another user than the one who tests.
fn kept_files() -> Vec<String> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is there");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let listing = String::from_utf8_lossy(&output.stdout);
    let paths: Vec<String> = listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    assert!(!paths.is_empty(), "git lists no file");
    paths.into_iter().filter(|path| root().join(path).exists()).collect()
}
