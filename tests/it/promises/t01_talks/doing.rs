//! How people say, press, send and type what their talks hold, and wait for the answers.

use std::fmt::Write;
use std::time::Duration;

use reqwest::StatusCode;
use tautan::simulator::telegram::{ButtonKind, Group, GroupKind, ShownMessage};
use tokio::task::JoinHandle;
use url::Url;

use super::script::{LIVE_KEY, TALKS};
use crate::support::customer::{Customer, House};
use crate::support::midtrans_hall::MidtransHall;
use crate::support::process::Site;
use crate::support::seller::Seller;

/// How long somebody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a person does.
#[derive(Clone, Copy)]
pub(super) enum Does {
    Says(&'static str),
    Presses(&'static str),
    /// Follows the invitation that was shown to the person with this number among the talks.
    Joins(usize),
    /// Sends a file with so many links.
    Sends(usize),
    /// The same as the first two in the group of the one who has one.
    SaysInGroup(&'static str),
    PressesInGroup(&'static str),
    /// Types a gateway key into the form that was offered last.
    TypesKey(&'static str),
    /// Pays the rehearsed charge on the bank's page.
    PaysAtBank,
}
use Does::*;

/// Everybody, and what they have to do with.
pub(super) struct Town {
    pub(super) site: Site,
    pub(super) people: Vec<Seller>,
    group: Group,
    /// Who takes real money for those who have a key of their own.
    _hall: MidtransHall,
}

/// Something was done, and its answer is not there yet.
pub(super) struct Awaited<'a> {
    person: &'a Seller,
    does: Does,
    words: &'static str,
    before: Vec<ShownMessage>,
    typing: Option<(Url, &'static str, JoinHandle<Option<StatusCode>>)>,
}

impl Town {
    /// People on this database.
    pub(super) async fn open(database_url: &str) -> Self {
        let hall = MidtransHall::open().await;
        hall.merchant(LIVE_KEY);
        let site = Site::open(database_url, &[("TAUTAN_MIDTRANS_LIVE_API_URL", &hall.url)]).await;
        let people: Vec<Seller> =
            TALKS.iter().zip(800_001..).map(|(talk, id)| site.seller(id, talk.name)).collect();
        let group = site.telegram.group(-7_001, "Tim Hana", GroupKind::Supergroup);
        Self { site, people, group, _hall: hall }
    }

    /// Gives them shops, links and a payment, before anybody is killed.
    pub(super) async fn prepares(&self) {
        for (talk, person) in TALKS.iter().zip(&self.people) {
            let Some(line) = talk.makes else { continue };
            let link = person.makes_a_link(line).await;
            if line.starts_with("gaun") {
                let mut budi =
                    Customer::new(self.site.base_url.clone(), self.site.bank.clone(), House::default());
                budi.orders(&link, "Budi", "QRIS").await;
                let charges = self.site.bank.transactions();
                self.site.bank.pay(&charges[0].order_id).await.expect("it can be paid");
                person.reads("dari Budi").await;
            }
            if talk.name == "Hana" {
                self.group.adds_bot(&person.phone);
            }
        }
    }

    /// Somebody does something; the answer is to be waited for.
    pub(super) async fn does<'a>(&self, person: &'a Seller, does: Does, words: &'static str) -> Awaited<'a> {
        let before = self.place_of(person, does);
        let mut typing = None;
        let phone = &person.phone;
        match does {
            Says(text) => {
                phone.says(text);
            }
            Presses(label) => {
                phone.presses(label).unwrap_or_else(|missing| panic!("{missing}"));
            }
            Joins(inviter) => {
                phone.says(&self.people[inviter].invitation());
            }
            Sends(rows) => {
                phone.sends_file(&format!("barang-{rows}.csv"), "text/csv", table_of(rows).as_bytes());
            }
            SaysInGroup(text) => self.group.says(phone, text),
            PressesInGroup(label) => {
                self.group.presses(phone, label).unwrap_or_else(|missing| panic!("{missing}"));
            }
            TypesKey(key) => {
                let form = newest_form(person);
                typing = Some((form.clone(), key, tokio::spawn(types(form, key))));
            }
            PaysAtBank => {
                let charge = self.site.bank.unpaid().pop().expect("a charge that waits");
                self.site.bank.pay(&charge).await.expect("it can be paid");
            }
        }
        Awaited { person, does, words, before, typing }
    }

    /// Waits for an answer that was not there before.
    pub(super) async fn answers(&self, awaited: Awaited<'_>) {
        let Awaited { person, does, words, before, typing } = awaited;
        if let Some((form, key, typing)) = typing {
            let heard = typing.await.expect("no panic");
            // Who saw no answer, or a broken one, types it once more.
            if !heard.is_some_and(is_taken) {
                let again = types(form, key).await;
                assert!(again.is_some_and(is_taken), "{again:?} for {}", person.phone.id());
            }
        }
        if matches!(does, PaysAtBank) {
            // A bank repeats what nobody took after two minutes; nobody waits for that here.
            let paid = self.site.bank.transactions().pop().expect("the charge that was paid");
            self.site.bank.send_notice_again(&paid.order_id).expect("a notice");
        }
        let is_answer = |message: &ShownMessage| {
            message.from_bot && message.text.contains(words) && !before.contains(message)
        };
        let begun = tokio::time::Instant::now();
        while !self.place_of(person, does).iter().any(is_answer) {
            let chat = || format!("{}\n{}", person.phone.transcript(), self.group.transcript());
            assert!(begun.elapsed() < PATIENCE, "waited in vain for {words:?}:\n{}", chat());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Where the answer comes.
    fn place_of(&self, person: &Seller, does: Does) -> Vec<ShownMessage> {
        match does {
            SaysInGroup(_) | PressesInGroup(_) => self.group.messages(),
            _ => person.phone.messages(),
        }
    }
}

/// What came of the files that somebody sent: the texts of those that the bot sent back.
pub(super) fn results(person: &Seller) -> Vec<String> {
    let shown = person.phone.messages();
    let files = shown.iter().filter(|message| message.from_bot).filter_map(|message| message.file.as_ref());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    files.map(|file| text(person.phone.opens_file(file).expect("it is kept"))).collect()
}

fn table_of(rows: usize) -> String {
    (1..=rows).fold("nama,harga,referensi\n".to_owned(), |mut table, row| {
        let _ = writeln!(table, "Barang {row},{row}rb,NO-{rows}-{row}");
        table
    })
}

fn newest_form(person: &Seller) -> Url {
    let shown = person.phone.messages();
    let mut buttons = shown.iter().rev().flat_map(|message| message.buttons.iter().flatten());
    let form = buttons.find_map(|button| match &button.kind {
        ButtonKind::Url(url) if url.contains("/setup/keys/") => url.parse().ok(),
        _ => None,
    });
    form.unwrap_or_else(|| panic!("no form:\n{}", person.phone.transcript()))
}

/// Sends the form; `None` when no answer came.
async fn types(form: Url, key: &'static str) -> Option<StatusCode> {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
    let request = browser.expect("a browser").post(form.clone());
    let request = request.header("Origin", form.origin().ascii_serialization());
    let answer = request.form(&[("server_key", key), ("lang", "id")]).send().await;
    answer.ok().map(|answer| answer.status())
}

/// Whether the key is kept, as far as the browser was told: connected now, or by this very form before.
fn is_taken(status: StatusCode) -> bool {
    status == StatusCode::SEE_OTHER || status == StatusCode::OK
}
