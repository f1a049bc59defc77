//! Somebody presses every button of every screen.

use std::collections::{BTreeSet, VecDeque};

use tautan::domain::id::TelegramId;
use tautan::messaging::buttons::{ImportPress, Press, TeamPress};
use tautan::simulator::telegram::{ButtonKind, GroupKind, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// More presses than there are kinds of buttons on kinds of screens: a menu without end is a fault.
const PRESSES_MAX: usize = 1_500;

/// Where the walks begin, beside what several lines make.
const COMMANDS: [&str; 9] =
    ["/home", "/links", "/orders", "/settings", "/help", "/test", "/new", "/new kaos 75.00", "/start"];

#[tokio::test(flavor = "multi_thread")]
async fn every_button_of_every_screen_is_answered_and_leads_somewhere_from_which_one_comes_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    furnishes(&app, &ani).await;
    assert!(walks(&app, &ani).await > 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_button_of_every_screen_is_answered_in_english() {
    let app = TestApp::start().await;
    let sam = app.sam();
    furnishes(&app, &sam).await;
    assert!(walks(&app, &sam).await > 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_button_that_a_viewer_sees_is_answered() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    furnishes(&app, &ani).await;
    ani.invites(&budi, "👀 Pemantau").await;
    assert!(walks(&app, &budi).await > 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_button_that_staff_sees_is_answered() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    furnishes(&app, &ani).await;
    ani.invites(&budi, "🧑 Staf").await;
    assert!(walks(&app, &budi).await > 40);
}

/// Links with and without a limit and an end, two customers who paid and one who did not.
async fn furnishes(app: &TestApp, owner: &Seller) {
    let link = owner.makes_a_link("kaos 75rb x3").await;
    for name in ["Budi", "Citra"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
    }
    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    owner.makes_a_link("topi 50rb 2w").await;
    let group = app.telegram.group(-7_001, "Tim Kaos", GroupKind::Forum);
    group.adds_bot(&owner.phone);
    group.says_in(group.opens_topic(), &owner.phone, "/alerts@tautan_bot");
    app.settles().await;
}

/// Presses everything that somebody comes by; gives how many kinds of buttons there were.
async fn walks(app: &TestApp, person: &Seller) -> usize {
    let mut crawler = Crawler { app, ani: person, known: BTreeSet::new(), waiting: VecDeque::new() };
    for command in COMMANDS {
        person.says(command).await;
        crawler.crawl().await;
    }
    person.says("/new kaos 10rb\ntopi 20rb").await;
    crawler.crawl().await;
    for table in ["nama,harga\nsyal,10rb\npita,75.00\n", "name,price\nribbon,5rb\n"] {
        person.sends_file("barang.csv", table.as_bytes(), "").await;
        crawler.crawl().await;
    }
    // The same screen as before, and its other button.
    person.sends_file("batal.csv", b"nama,harga\npeci,20rb\n", "").await;
    crawler.calls_off().await;
    crawler.crawl().await;
    person.sends_file("buku.xlsx", b"PK\x03\x04", "").await;
    crawler.crawl().await;
    let kinds: BTreeSet<&str> = crawler.known.iter().filter_map(|(_, verb)| verb.split(':').nth(1)).collect();
    kinds.len()
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
                let is_sorry = ["Maaf, ada gangguan", "Sorry, something"]
                    .iter()
                    .any(|words| message.text.contains(words));
                assert!(!is_sorry, "{label:?} ({data}): {}", message.text);
                assert!(leads_back(message), "no way back from {label:?} ({data}):\n{message:?}");
            }
            self.notes_what_is_new(&before);
        }
    }

    /// Presses the no of a file that waits for its seller's word; who may only look has none.
    async fn calls_off(&mut self) {
        self.app.settles().await;
        let newest = self.ani.newest();
        let is_no =
            |data: &str| matches!(Press::decode(data), Some(Press::Importing(ImportPress::Discard(_))));
        if let Some((_, data)) = callbacks(&newest).into_iter().find(|(_, data)| is_no(data)) {
            self.ani.phone.presses_data(newest.message_id, &data);
        }
    }

    /// Remembers each kind of button that was not met on a screen of this kind before.
    fn notes_what_is_new(&mut self, before: &[ShownMessage]) {
        let shown = self.ani.phone.messages();
        for message in shown.iter().filter(|message| message.from_bot && !before.contains(message)) {
            let buttons = callbacks(message);
            let screen: BTreeSet<String> = buttons.iter().map(|(_, data)| kind_of(data)).collect();
            let screen = screen.into_iter().collect::<Vec<_>>().join(" ");
            // Who left the team would see nothing more.
            let own = TelegramId(self.ani.phone.id());
            let leaves = |data: &str| matches!(Press::decode(data), Some(Press::Team(TeamPress::RemoveYes(_, person))) if person == own);
            for (label, data) in buttons.into_iter().filter(|(_, data)| !leaves(data)) {
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

/// The verb and what is neither a key nor a day: two links' buttons are of one kind, two currencies' are not.
fn kind_of(data: &str) -> String {
    let is_key = |part: &str| part.len() >= 22;
    let is_day = |part: &str| part.len() == 8 && part.bytes().all(|digit| digit.is_ascii_digit());
    let parts = data.split(':').map(|part| if is_key(part) || is_day(part) { "*" } else { part });
    let mut parts: Vec<&str> = parts.collect();
    // Lists of ticks: which of fourteen ways to pay are ticked makes no other screen.
    if matches!(parts.get(1), Some(&("wym" | "wyl"))) {
        parts.truncate(4);
    }
    parts.join(":")
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
