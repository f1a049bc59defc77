//! Letters by e-mail: what customers get, from the real program by a real mail server.

mod kinds;
mod limits;
mod seller;
mod troubles;

use std::time::Duration;

use crate::support::mailbox::Mailbox;
use crate::support::test_app::{Options, TestApp};

/// An app that writes letters, and where they arrive.
async fn app_with(mailbox: &Mailbox) -> TestApp {
    TestApp::start_with(Options { mail: Some(mailbox.settings()), ..Options::default() }).await
}

/// Waits until no letter is due and none is being sent.
async fn sends_all(app: &TestApp) {
    app.settles().await;
    let sent = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let now = app.services().storage().now().await.expect("the database answers");
            let mut reader = app.services().storage().read().await.expect("the database answers");
            if reader.count_due_letters(now).await.expect("the database answers") == 0 {
                return;
            }
            drop(reader);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    sent.await.expect("letters do not wait for ever");
}

/// What became of all letters, oldest first: `link sent`.
async fn fates(app: &TestApp) -> Vec<String> {
    let query = "select kind || ' ' || state from letters order by id";
    app.database().texts(query).await.expect("the database answers")
}
