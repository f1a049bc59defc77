//! T1 in chat: the process is killed while people are in the middle of something, at every step of every
//! talk that has several; nobody loses a word, and nothing happens twice.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tautan::services::audit::audit;
use tautan::simulator::telegram::ShownMessage;
use tautan::storage::Storage;

use super::chaos;
use super::{Promise, Size};
use crate::support::customer::{Customer, House};
use crate::support::database::TestDatabase;
use crate::support::process::{Process, Site};
use crate::support::seller::Seller;

/// The longest between a step and the kill. An answer takes some ten milliseconds, so that some kills come
/// before it, some in its middle and some after it.
const LIFE_MAX_MS: u64 = 120;

/// What a person does in a chat.
enum Does {
    Says(&'static str),
    Presses(&'static str),
    /// Follows the invitation that was shown to the person with this number among the [`TALKS`].
    Joins(usize),
}
use Does::{Joins, Presses, Says};

/// A step, and words of the answer that were not there before.
type Step = (Does, &'static str);

/// A talk: the words that make its link before anybody is killed, and the steps.
struct Talk {
    name: &'static str,
    makes: Option<&'static str>,
    steps: &'static [Step],
}

const TALKS: [Talk; 9] = [
    Talk {
        name: "Opa",
        makes: None,
        steps: &[
            (Says("/start"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Says("Toko Opa"), "3/4"),
            (Presses("WIB"), "4/4"),
            // Killed after the shop was opened, the tap shows the shop.
            (Presses("Coba (Sandbox)"), "Toko Opa"),
            (Says("/new kue 10rb"), "Sudah benar?"),
            (Presses("✅ Buat"), "siap dibagikan"),
        ],
    },
    Talk {
        name: "Wati",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new"), "1 dari 5"),
            (Says("Kaos polos"), "2 dari 5"),
            (Says("75000"), "3 dari 5"),
            (Says("10"), "4 dari 5"),
            (Presses("3 hari"), "5 dari 5"),
            (Says("Budi, 08123456789"), "Sudah benar?"),
            (Presses("✅ Buat"), "0 dari 10 terbayar"),
        ],
    },
    Talk {
        name: "Edi",
        makes: Some("topi 50rb"),
        steps: &[
            (Says("/links"), "Tautan · 1"),
            (Presses("topi"), "🟢 Aktif"),
            (Presses("✏️ Ubah"), "Mengubah tautan"),
            (Presses("💰 Harga"), "harga"),
            (Says("60000"), "💰 Rp60.000"),
            (Presses("✅ Simpan"), "topi · Rp60.000"),
            (Presses("⏸ Matikan"), "topi · Rp60.000"),
        ],
    },
    Talk {
        name: "Lia",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new kaos 10rb\ntopi 20rb\nsyal 30rb"), "2. topi · Rp20.000"),
            (Presses("✏️ 2"), "topi"),
            (Presses("💰 Harga"), "harga"),
            (Says("25000"), "Rp25.000"),
            (Presses("◀ Ke daftar"), "2. topi · Rp25.000"),
            (Presses("✅ Buat 3 tautan"), "3 tautan siap dibagikan"),
        ],
    },
    Talk {
        name: "Gina",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new"), "1 dari 5"),
            (Says("Donasi"), "2 dari 5"),
            (Presses("✍️ Pembeli yang isi"), "mulai 50rb"),
            (Says("50rb-200rb"), "3 dari 5"),
            (Presses("∞"), "4 dari 5"),
            (Presses("∞ Tanpa waktu"), "5 dari 5"),
            (Presses("Siapa saja"), "Sudah benar?"),
            (Presses("✅ Buat"), "Donasi · Rp50.000–Rp200.000"),
        ],
    },
    Talk {
        name: "Rina",
        makes: Some("gaun 150rb"),
        steps: &[
            (Presses("Pesanan ini"), "gaun"),
            (Presses("Kembalikan uang"), "Uangnya dikirim otomatis lewat QRIS"),
            (Presses("Jumlah lain"), "Paling banyak Rp150.000"),
            (Says("50000"), "Kembalikan Rp50.000 ke Budi"),
            (Presses("Ya, kembalikan"), "Rp50.000 kembali ke Budi"),
        ],
    },
    Talk {
        name: "Tono",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("👥 Tim"), "1 orang"),
            (Presses("➕ Undang"), "Undang"),
            (Presses("🧑 Staf"), "start=t_"),
        ],
    },
    Talk {
        name: "Nia",
        makes: None,
        steps: &[
            (Says("/start"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Presses("Kembali"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Joins(6), "Anda sekarang staf"),
            (Says("/links"), "Tautan · 1"),
        ],
    },
    Talk {
        name: "Sari",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🏪 Nama toko"), "nama"),
            (Says("Toko Sari Baru"), "Toko Sari Baru"),
            (Says("/links"), "Tautan · 1"),
            (Presses("awal"), "🟢 Aktif"),
            (Presses("🗑 Hapus"), "Hapus “awal”?"),
            (Presses("Ya, hapus"), "🗑 Dihapus"),
            (Presses("↩"), "🟢 Aktif"),
        ],
    },
];

/// What must be there in the end, as a query of one text and what it gives.
const ENDS: [(&str, &str); 6] = [
    // Those made beforehand, Opa's, Wati's, Lia's three, Gina's.
    ("select cast(count(*) as text) from payment_links", "13"),
    ("select cast(count(*) as text) from merchants", "8"),
    ("select cast(count(*) as text) from payment_links where paused_at is null and deleted_at is null", "12"),
    (
        "select cast(price_minor as text) from payment_links where item_name = 'topi' order by 1",
        "25000 60000",
    ),
    ("select cast(amount_minor as text) from refunds", "50000"),
    ("select name from merchants where name like 'Toko%' order by name", "Toko Opa Toko Sari Baru"),
];

#[tokio::test(flavor = "multi_thread")]
async fn t01_no_talk_is_lost_by_kills_at_any_step() {
    let mut promise =
        Promise::new(1, "every step of nine talks is answered and done once, by kill -9 at each");
    let rounds = Size::of_run().pick(1, 3, 20);
    let mut random = StdRng::seed_from_u64(chaos::seed());
    let (mut steps, mut kills) = (0, 0);
    for _ in 0..rounds {
        let (walked, killed) = all_talks(&mut random).await;
        steps += walked;
        kills += killed;
    }
    promise.measured(format!("{steps} steps, {kills} kills, 0 lost, 0 doubled"));
}

/// Everybody talks at once, a step at a time; gives how many steps and how many kills there were.
async fn all_talks(random: &mut StdRng) -> (usize, usize) {
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let mut process = site.start(address).await;
    let people: Vec<Seller> =
        TALKS.iter().zip(800_001..).map(|(talk, id)| site.seller(id, talk.name)).collect();
    prepares(&site, &people).await;
    let (mut walked, mut kills) = (0, 0);
    for number in 0..TALKS.iter().map(|talk| talk.steps.len()).max().unwrap_or(0) {
        let mut awaited = Vec::new();
        for (talk, person) in TALKS.iter().zip(&people) {
            let Some((does, words)) = talk.steps.get(number) else { continue };
            let before = person.phone.messages();
            take(person, does, &people);
            awaited.push((person, before, *words));
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..LIFE_MAX_MS))).await;
        process.kill();
        kills += 1;
        if database.is_postgres() {
            // Others may be at work there, so the lease of a minute has to run out. Nobody waits for it here.
            let run_out =
                "update chats set leased_by = null, leased_until = null where leased_by is not null";
            database.execute(run_out).await.expect("the database answers");
        }
        process = site.start(address).await;
        for (person, before, words) in &awaited {
            answers(person, before, words).await;
        }
        walked += awaited.len();
    }
    compares(process, &people, &database).await;
    (walked, kills)
}

/// Shops, links and a payment, before anybody is killed.
async fn prepares(site: &Site, people: &[Seller]) {
    for (talk, person) in TALKS.iter().zip(people) {
        let Some(line) = talk.makes else { continue };
        let link = person.makes_a_link(line).await;
        if line.starts_with("gaun") {
            let mut budi = Customer::new(site.base_url.clone(), site.bank.clone(), House::default());
            budi.orders(&link, "Budi", "QRIS").await;
            let charges = site.bank.transactions();
            site.bank.pay(&charges[0].order_id).await.expect("it can be paid");
            person.reads("dari Budi").await;
        }
    }
}

fn take(person: &Seller, does: &Does, people: &[Seller]) {
    match does {
        Says(text) => {
            person.phone.says(text);
        }
        Presses(label) => {
            let pressed = person.phone.presses(label);
            pressed.unwrap_or_else(|missing| panic!("{missing}"));
        }
        Joins(inviter) => {
            let shown = people[*inviter].phone.messages();
            let text = shown.iter().rev().find_map(|message| message.text.split("start=").nth(1));
            let token = text.and_then(|rest| rest.split_whitespace().next()).expect("an invitation");
            person.phone.says(&format!("/start {token}"));
        }
    }
}

/// Waits for an answer that was not there before the step.
async fn answers(person: &Seller, before: &[ShownMessage], words: &str) {
    let is_answer = |message: &ShownMessage| {
        message.from_bot && message.text.contains(words) && !before.contains(message)
    };
    let what = format!("an answer with {words:?}");
    person.phone.waits_until(&what, |messages| messages.iter().any(is_answer)).await;
}

/// What is there in the end, and that nobody was told of a fault.
async fn compares(process: Process, people: &[Seller], database: &TestDatabase) {
    for person in people {
        person.phone.waits_until("answered taps", |_| person.phone.unanswered_taps().is_empty()).await;
        let chat = person.phone.transcript();
        for word in ["Maaf, ada gangguan", "belum jelas", "Maksudnya", "sudah lama"] {
            assert!(!chat.contains(word), "{word:?} in the chat of {}:\n{chat}", person.phone.id());
        }
    }
    assert!(process.terminate().await.0.success());
    for (query, goal) in ENDS {
        let found = database.texts(query).await.unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(found.join(" "), goal, "{query}");
    }
    let storage = Storage::open_beside(&database.url(), Default::default()).await.expect("our database");
    let report = audit(&storage).await.expect("the books can be read");
    assert!(report.is_sound(), "{report}");
}
