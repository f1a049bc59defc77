//! The longest names, words and sums that are allowed, with signs that mean something in HTML, before
//! customers in chat and people in other chats: what goes out is held against the Bot API's lengths and
//! Telegram's own parser when a story ends.

use serde_json::Value;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// A text of so many characters, each of which is two units or an escape when it goes out.
fn long(characters: usize) -> String {
    "🧵&<b>\"".chars().cycle().take(characters).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_words_fit_into_all_that_customers_see_in_both_languages() {
    let app = TestApp::start().await;
    for (language, create) in [("id", "✅ Buat"), ("en", "✅ Create")] {
        let ani = app.person(&long(64), language);
        ani.says("/start").await;
        ani.makes_a_link("awal 10rb").await;
        ani.says("/settings").await;
        ani.presses("🏪").await;
        ani.says(&long(50)).await;
        let name = long(100);
        let line =
            format!("/new {name} 999999999999 x1000000 730d note:\"{}\"", "<Terima kasih> & ".repeat(11));
        ani.says(&line).await;
        ani.presses(create).await;
        app.settles().await;
        let link = ani.links().pop().expect("a link");
        customers(&app, &ani, &link, language).await;
        inline(&app, &ani, &name).await;
    }
}

/// Somebody looks at the link in chat, orders, follows the order, and hears that it was paid.
async fn customers(app: &TestApp, ani: &Seller, link: &url::Url, language: &str) {
    let budi = app.person(&long(64), language);
    budi.says(&format!("/start p_{}", link.path().trim_start_matches('/'))).await;
    walk(app, &budi).await;
    let mut browser = app.customer();
    browser.opens(link).await;
    browser.fills_in(&long(100), "0812-3456-7890", &format!("{}@example.test", "b".repeat(60))).await;
    browser.presses("BNI Virtual Account").await;
    let start = browser
        .page
        .html
        .split("?start=")
        .find(|rest| rest.starts_with("o_"))
        .expect("a way into the chat")
        .to_owned();
    budi.says(&format!("/start {}", start.split('"').next().expect("an end"))).await;
    walk(app, &budi).await;
    browser.pays().await;
    app.settles().await;
    walk(app, &budi).await;
    assert_eq!(budi.count("Maaf, ada gangguan") + budi.count("Sorry, something"), 0, "{language}");
    assert_eq!(ani.count("Maaf, ada gangguan") + ani.count("Sorry, something"), 0, "{language}");
}

/// Presses each button of the newest message that tells the bot something.
async fn walk(app: &TestApp, person: &Seller) {
    let card = person.newest();
    for button in card.buttons.iter().flatten() {
        if let tautan::simulator::telegram::ButtonKind::Callback(data) = &button.kind {
            person.phone.presses_data(card.message_id, data);
            app.settles().await;
        }
    }
    assert_eq!(person.phone.unanswered_taps(), []);
}

async fn inline(app: &TestApp, ani: &Seller, name: &str) {
    for words in ["", &name[..40], "Jaket & Sarung 120rb"] {
        let answers = || app.telegram.calls_of("answerInlineQuery").len();
        let before = answers();
        ani.phone.asks_inline(words);
        ani.phone.waits_until("an answer to an inline question", |_| answers() > before).await;
    }
    let offered = ani.phone.offered();
    let id = offered.iter().find_map(|article| article["id"].as_str());
    if let Some(id) = id {
        let _ = ani.phone.chooses(id);
        app.settles().await;
    }
    assert!(
        app.telegram.calls_of("answerInlineQuery").iter().all(|call| call.answer["ok"] == Value::Bool(true))
    );
}
