//! Midtrans' own client before the pretend Midtrans that our stories stand on: whoever wrote the client knows
//! Midtrans better than we do.

use std::process::Command;

use tautan::simulator::midtrans::{MidtransSettings, MidtransSimulator};

use crate::support::peers;

#[tokio::test(flavor = "multi_thread")]
async fn midtrans_own_client_charges_reads_cancels_and_opens_pages() {
    let settings = MidtransSettings {
        server_key: "SB-Mid-server-official-client".to_owned(),
        merchant_id: "G000000001".to_owned(),
        notify_url: None,
        public_url: None,
    };
    let midtrans = MidtransSimulator::start(settings, ([127, 0, 0, 1], 0).into()).await.expect("a port");
    let packages = peers::installed("emulator").unwrap_or_else(|missing| panic!("{missing}"));
    let client = Command::new("python3")
        .env("PYTHONPATH", packages)
        .env("NO_PROXY", "127.0.0.1")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/official_client.py"))
        .args([&midtrans.url, &midtrans.simulator.server_key()])
        .output()
        .unwrap_or_else(|error| panic!("the client does not start: {error}"));
    let said = String::from_utf8_lossy(&client.stdout);
    assert!(client.status.success(), "{said}{}", String::from_utf8_lossy(&client.stderr));
    assert_eq!(said.trim(), "7 charges and 3 pages");
    let charges: Vec<String> =
        midtrans.simulator.transactions().into_iter().map(|charge| charge.status).collect();
    assert_eq!(charges, ["cancel"; 7]);
}
