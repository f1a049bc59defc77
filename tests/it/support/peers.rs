//! Where the outside peers lie. `tests/peers/install`, which `tests/run` calls, puts them there.

use std::path::PathBuf;

/// The path of an installed peer, or a sentence that says how to get it.
pub fn installed(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/peers").join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not there: run tests/run once, it installs the outside peers", path.display()))
    }
}

#[test]
fn a_missing_peer_tells_how_to_install_it() {
    let sentence = installed("no-such-peer").unwrap_err();
    assert!(sentence.contains("run tests/run once"), "{sentence}");
}
