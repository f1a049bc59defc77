//! Telegram delivers every update twice, and later all of them once more in another order: a seller's whole
//! life in chat comes out the same as when each comes once.

use std::collections::BTreeMap;

use tautan::app::config::UpdatesBy;
use tautan::simulator::telegram::{Fault, Misbehaviour};

use crate::support::dump::row_counts;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Tables whose rows come and go with time, not with what people did.
const OF_THE_MOMENT: [&str; 5] =
    ["telegram_updates", "gateway_notices", "instance_settings", "link_views", "duties"];

/// What is left of a life.
struct Remains {
    rows: BTreeMap<String, i64>,
    money: Vec<String>,
    chats: Vec<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_life_in_which_every_update_comes_twice_and_again_later_is_the_same_life() {
    let once = TestApp::start().await;
    let expected = life(&once).await;
    for updates in [UpdatesBy::Polling, UpdatesBy::Webhook] {
        let app = TestApp::start_with(Options { updates, ..Options::default() }).await;
        app.telegram.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).always());
        let twice = life(&app).await;
        assert_same(&twice, &expected);

        app.telegram.behave();
        app.telegram.repeat_updates();
        app.settles().await;
        let again = remains(&app, &people(&app)).await;
        assert_same(&again, &expected);
    }
}

fn assert_same(found: &Remains, expected: &Remains) {
    for (chat, goal) in found.chats.iter().zip(&expected.chats) {
        for (line, goal) in chat.lines().zip(goal.lines()) {
            assert_eq!(line, goal, "\n{chat}");
        }
    }
    assert_eq!((&found.rows, &found.money), (&expected.rows, &expected.money));
    assert_eq!(found.chats.join("\n").lines().count(), expected.chats.join("\n").lines().count());
}

/// Ani, and Budi of her staff; the same people each time they are asked for.
fn people(app: &TestApp) -> [Seller; 2] {
    [app.person_of(600_001, "Ani", "id"), app.person_of(600_002, "Budi", "id")]
}

async fn life(app: &TestApp) -> Remains {
    let [ani, budi] = people(app);
    opens(app, &ani).await;
    let link = sells(app, &ani).await;
    let mut cici = app.customer();
    cici.orders(&link, "Cici", "QRIS").await;
    cici.pays().await;
    ani.reads("dari Cici").await;
    app.settles().await;
    after_the_sale(app, &ani).await;
    team(app, &ani, &budi).await;
    settles_in(app, &ani).await;
    remains(app, &[ani, budi]).await
}

async fn opens(app: &TestApp, ani: &Seller) {
    ani.says_and_reads("/start", "1/4").await;
    walks(app, ani, &["Lanjut", "Pakai “Ani”", "WIB", "Coba (Sandbox)"]).await;
    says(app, ani, "/new").await;
    for words in ["Kaos polos", "75rb"] {
        says(app, ani, words).await;
    }
    walks(app, ani, &["10×", "3 hari", "Siapa saja", "✅ Buat"]).await;
}

/// Changes, lines and goods; gives the address that a customer buys by.
async fn sells(app: &TestApp, ani: &Seller) -> url::Url {
    let link = ani.links().pop().expect("a link");
    walks(app, ani, &["✏️ Ubah", "💰 Harga"]).await;
    says(app, ani, "80rb").await;
    walks(app, ani, &["✅ Simpan", "⏸ Matikan", "▶"]).await;
    says(app, ani, "/new topi 20rb\nsyal 30rb").await;
    walks(app, ani, &["✅ Buat 2 tautan"]).await;
    says(app, ani, "Donasi 50rb-200rb saran 100rb").await;
    walks(app, ani, &["Buat"]).await;
    walks(app, ani, &["🗑 Hapus", "Ya, hapus", "↩ Urungkan"]).await;
    link
}

async fn after_the_sale(app: &TestApp, ani: &Seller) {
    walks(app, ani, &["Pesanan ini", "📦 Tandai dikirim", "Kembalikan uang", "Jumlah lain"]).await;
    says(app, ani, "30rb").await;
    walks(app, ani, &["Ya, kembalikan"]).await;
    ani.reads("Rp30.000 kembali ke Cici").await;
    app.settles().await;
    // The card was drawn while the money was on its way, or when it had gone: drawn anew, it is at rest.
    walks(app, ani, &["↩ Belum dikirim"]).await;
}

async fn team(app: &TestApp, ani: &Seller, budi: &Seller) {
    says(app, ani, "/settings").await;
    walks(app, ani, &["👥 Tim", "➕ Undang", "🧑 Staf"]).await;
    says(app, budi, &ani.invitation()).await;
    says(app, budi, "/new tas 90rb").await;
    walks(app, budi, &["✅ Buat"]).await;
}

async fn settles_in(app: &TestApp, ani: &Seller) {
    says(app, ani, "/settings").await;
    walks(app, ani, &["🔔 Kabar untuk saya", "Habis terjual", "Uang kembali", "🌙 Jam tenang"]).await;
    says(app, ani, "22-6").await;
    says(app, ani, "/settings").await;
    walks(app, ani, &["🏪 Toko saya", "➕ Buka toko lagi"]).await;
    says(app, ani, "Kue Ani").await;
    for command in ["/settings", "/links", "/orders", "/today", "/new kue 5rb"] {
        says(app, ani, command).await;
    }
    walks(app, ani, &["✖ Batal"]).await;
}

async fn says(app: &TestApp, person: &Seller, text: &str) {
    person.says(text).await;
    app.settles().await;
}

async fn walks(app: &TestApp, person: &Seller, labels: &[&str]) {
    for label in labels {
        person.phone.presses(label).unwrap_or_else(|missing| panic!("{missing}"));
        app.settles().await;
        person.phone.settles().await;
    }
}

async fn remains(app: &TestApp, people: &[Seller]) -> Remains {
    app.settles().await;
    let mut rows: BTreeMap<String, i64> = row_counts(app.database()).await.into_iter().collect();
    rows.retain(|table, _| !OF_THE_MOMENT.contains(&table.as_str()));
    let money = "select cast(amount_minor as text) from ledger_entries order by amount_minor, id";
    let money = app.database().texts(money).await.expect("the database answers");
    for person in people {
        assert_eq!(person.phone.unanswered_taps(), []);
    }
    let chats = people.iter().map(|person| comparable(&person.phone.transcript())).collect();
    Remains { rows, money, chats }
}

/// A chat without what is another each time: addresses, codes, keys and times.
fn comparable(chat: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
        let is_time =
            bare.len() == 5 && bare.as_bytes()[2] == b'.' && bare.replace('.', "").parse::<u16>().is_ok();
        let is_key = word.starts_with("http")
            || word.starts_with("T-")
            || word.contains('#')
            || bare.len() > 20
            || is_time;
        if is_key { "…".to_owned() } else { word.to_owned() }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    chat.lines().map(line).collect::<Vec<_>>().join("\n")
}
