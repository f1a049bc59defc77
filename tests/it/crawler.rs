//! Somebody presses every button of every screen.

use std::collections::{BTreeSet, VecDeque};

use tautan::simulator::telegram::{ButtonKind, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// More presses than there are kinds of buttons on kinds of screens: a menu without end is a fault.
const PRESSES_MAX: usize = 1_500;

#[tokio::test(flavor = "multi_thread")]
async fn every_button_of_every_screen_is_answered_and_leads_somewhere_from_which_one_comes_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x3").await;
    for name in ["Budi", "Citra"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
    }
    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    ani.makes_a_link("topi 50rb 1j").await;
    let mut crawler = Crawler { app: &app, ani: &ani, known: BTreeSet::new(), waiting: VecDeque::new() };
    for command in
        ["/home", "/links", "/orders", "/settings", "/help", "/test", "/new", "/new kaos 75.00", "/start"]
    {
        ani.says(command).await;
        crawler.crawl().await;
    }
    ani.says("/new kaos 10rb\ntopi 20rb").await;
    crawler.crawl().await;
    ani.sends_file("barang.csv", b"nama,harga\nsyal,10rb\npita,75.00\n", "barang.csv").await;
    crawler.crawl().await;
    ani.sends_file("buku.xlsx", b"PK\x03\x04", "Excel").await;
    crawler.crawl().await;
    let kinds: BTreeSet<&str> = crawler.known.iter().filter_map(|(_, verb)| verb.split(':').nth(1)).collect();
    assert!(kinds.len() > 40, "only these were found: {kinds:?}");
}

/// Presses what was not pressed yet, on screens of every kind.
struct Crawler<'a> {
    app: &'a TestApp,
    ani: &'a Seller,
    /// The kinds of buttons that were pressed on each kind of screen.
    known: BTreeSet<(String, String)>,
    /// Buttons to press: the message, and what the button tells the bot.
    waiting: VecDeque<(i64, String, String)>,
}

impl Crawler<'_> {
    async fn crawl(&mut self) {
        self.app.settles().await;
        self.notes_what_is_new(&[]);
        while let Some((message_id, data, label)) = self.waiting.pop_front() {
            assert!(self.known.len() < PRESSES_MAX, "the menu has no end: {:?}", self.known);
            let before = self.ani.phone.messages();
            let toasts = self.ani.phone.toasts().len();
            self.ani.phone.presses_data(message_id, &data);
            self.app.settles().await;
            let after = self.ani.phone.messages();
            assert_eq!(self.ani.phone.unanswered_taps(), [], "after {label:?} ({data})");
            let is_seen = before != after || self.ani.phone.toasts().len() > toasts;
            let shows_itself = before.iter().any(|message| message.message_id == message_id);
            assert!(is_seen || shows_itself, "nothing came of {label:?} ({data})");
            for message in after.iter().filter(|message| message.from_bot && !before.contains(message)) {
                assert!(!message.text.contains("Maaf, ada gangguan"), "{label:?} ({data}): {}", message.text);
                assert!(leads_back(message), "no way back from {label:?} ({data}):\n{message:?}");
            }
            self.notes_what_is_new(&before);
        }
    }

    /// Remembers each kind of button that was not met on a screen of this kind before.
    fn notes_what_is_new(&mut self, before: &[ShownMessage]) {
        let shown = self.ani.phone.messages();
        for message in shown.iter().filter(|message| message.from_bot && !before.contains(message)) {
            let buttons = callbacks(message);
            let screen: BTreeSet<String> = buttons.iter().map(|(_, data)| kind_of(data)).collect();
            let screen = screen.into_iter().collect::<Vec<_>>().join(" ");
            for (label, data) in buttons {
                if self.known.insert((screen.clone(), kind_of(&data))) {
                    self.waiting.push_back((message.message_id, data, label));
                }
            }
        }
    }
}

/// Label and data of the buttons that tell the bot something.
fn callbacks(message: &ShownMessage) -> Vec<(String, String)> {
    let buttons = message.buttons.iter().flatten();
    buttons
        .filter_map(|button| match &button.kind {
            ButtonKind::Callback(data) => Some((button.text.clone(), data.clone())),
            _ => None,
        })
        .collect()
}

/// The verb and what is no key: two links' buttons are of one kind, two currencies' are not.
fn kind_of(data: &str) -> String {
    let is_key = |part: &str| part.len() >= 22;
    let parts = data.split(':').map(|part| if is_key(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join(":")
}

/// Whether a tap leads back, home or out of what was begun. Records are messages that stay: their buttons
/// answer below them.
fn leads_back(message: &ShownMessage) -> bool {
    let leads_to = |start: &str| callbacks(message).iter().any(|(_, data)| data.starts_with(start));
    let is_record = leads_to("v1:r");
    let is_home = leads_to("v1:e") && leads_to("v1:?");
    let goes_back = |label: &str| ["◀", "✖", "🏠", "👥 "].iter().any(|sign| label.starts_with(sign));
    is_record || is_home || callbacks(message).iter().any(|(label, _)| goes_back(label))
}
