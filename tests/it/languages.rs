//! Every main screen in both languages, to be read side by side in tests/it/snapshots.

use std::fmt::Write;

use chrono::TimeDelta;
use tautan::domain::figures::Period;
use tautan::domain::finding::{LinkFilter, OrderFilter};
use tautan::domain::language::Language;
use tautan::domain::merchant::Role;
use tautan::messaging::buttons::goods::GoodsPress;
use tautan::messaging::buttons::{
    CreatingPress, DraftField, FindingPress, HelpTopic, LinkList, NumbersPress, OrderList, PageFrom, Press,
    RehearsalPress, SharingPress, TeamPress, ZoneChoice,
};
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::{ButtonKind, ShownMessage};

use self::masking::{without_calendar, without_chance};
use crate::support::midtrans_hall::MidtransHall;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp, midtrans_at};

mod being_told;
mod calendar;
mod changing;
mod finding;
mod from_a_file;
mod gateway;
mod looking;
mod masking;
mod places;
mod rehearsing;
mod shop_face;

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_speaks_indonesian() {
    insta::assert_snapshot!("screens_in_indonesian", screens(Language::Indonesian).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_speaks_english() {
    insta::assert_snapshot!("screens_in_english", screens(Language::English).await);
}

async fn screens(language: Language) -> String {
    let hall = MidtransHall::open().await;
    let merchants = gateway::merchants(&hall);
    let midtrans = Some(midtrans_at(&hall.url));
    let app = TestApp::start_with(Options { midtrans, ..Options::default() }).await;
    // What is said about today is the same whenever this runs.
    app.until_hour(9).await;
    let ani = app.person("Ani", language.code());
    let mut walk = Walk { app: &app, ani, screens: String::new() };
    opening(&mut walk).await;
    making_several(&mut walk).await;
    making(&mut walk).await;
    describing_goods(&mut walk).await;
    selling(&mut walk).await;
    money(&mut walk).await;
    figures(&mut walk).await;
    deleting(&mut walk).await;
    finding::lists(&mut walk).await;
    finding::after_sale(&mut walk).await;
    settings_and_help(&mut walk).await;
    being_told::screens(&mut walk).await;
    from_a_file::screens(&mut walk).await;
    places::screens(&mut walk).await;
    rehearsing::screens(&mut walk).await;
    rehearsing::own_data(&mut walk).await;
    rehearsing::failures(&mut walk).await;
    gateway::screens(&mut walk, &merchants).await;
    calendar::screens(&mut walk).await;
    changing::screens(&mut walk, language).await;
    shop_face::screens(&mut walk).await;
    looking::viewer(&mut walk, language).await;
    looking::away(&mut walk).await;
    assert_eq!(walk.ani.phone.unanswered_taps(), []);
    walk.screens
}

async fn opening(walk: &mut Walk<'_>) {
    walk.says("/start").await;
    walk.taps(Press::StartNext).await;
    walk.taps(Press::StartUseName).await;
    walk.taps(Press::StartZone(ZoneChoice::Wib)).await;
    walk.taps(Press::StartSandbox).await;
    walk.taps(Press::Rehearsal(RehearsalPress::Show)).await;
    walk.taps(Press::Rehearsal(RehearsalPress::Stop)).await;
    walk.says("/links").await;
}

async fn making(walk: &mut Walk<'_>) {
    walk.says("/new").await;
    walk.says("Kaos <polos>").await;
    walk.says("75000").await;
    walk.says("many").await;
    walk.says("10").await;
    walk.says("-").await;
    walk.says("Budi, 08123456789").await;
    for field in [DraftField::Slug, DraftField::Reference] {
        walk.taps_like(|press| matches!(press, Press::DraftEdit(_, at) if *at == field)).await;
        walk.taps_like(|press| matches!(press, Press::DraftBack(_))).await;
    }
    walk.says("/start").await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
    walk.says("/new kaos 75.00").await;
    walk.says("/new Kaos 150000 x10 730d ref:INV-01 link:kaos").await;
    walk.taps_like(|press| matches!(press, Press::DraftCreate(_))).await;
    walk.taps_like(|press| matches!(press, Press::Sharing(SharingPress::Qr(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Sharing(SharingPress::Story(_)))).await;
}

/// Several links in one message, and one without a question.
async fn making_several(walk: &mut Walk<'_>) {
    walk.says("/new Topi 50000 x5 link:topi\nSyal 30000 3d link:syal").await;
    walk.taps_like(|press| matches!(press, Press::DraftShow(_))).await;
    walk.taps_like(|press| matches!(press, Press::Creating(CreatingPress::Batch(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Creating(CreatingPress::BatchCreate(_)))).await;
    walk.says("/settings").await;
    walk.taps(Press::Creating(CreatingPress::Defaults)).await;
    walk.taps(Press::Creating(CreatingPress::DefaultLimit(Some(5)))).await;
    walk.taps(Press::Creating(CreatingPress::Unasked(true))).await;
    walk.says("/new Pita 5000 link:pita").await;
    walk.taps_like(|press| matches!(press, Press::Creating(CreatingPress::Undo(_)))).await;
    walk.says("/settings").await;
    walk.taps(Press::Creating(CreatingPress::Defaults)).await;
    walk.taps(Press::Creating(CreatingPress::DefaultLimit(None))).await;
    walk.taps(Press::Creating(CreatingPress::Unasked(false))).await;
}

/// Everything that a link can sell beside one thing at one price, in its longest words.
async fn describing_goods(walk: &mut Walk<'_>) {
    let draft = async |walk: &mut Walk<'_>| {
        walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::More(_)))).await;
    };
    walk.says("/new Donasi <b> 50rb-200rb saran 100rb qty:5").await;
    walk.says("/new Donasi <b> 50rb-200rb saran 100rb").await;
    draft(walk).await;
    walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::Photo(_)))).await;
    walk.sends_picture(&crate::goods_photo::jpeg(1280, 960, 1)).await;
    draft(walk).await;
    walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::Photo(_)))).await;
    walk.sends_picture(b"no picture").await;
    for (field, answers) in [
        (DraftField::OpensAt, ["yesterday", "2027-01-31 09:00"]),
        (DraftField::BuyerNote, ["4111 1111 1111 1111", "<Thank> & you"]),
        (DraftField::SellerNote, ["4111 1111 1111 1111", "<Shelf> & 3"]),
    ] {
        walk.taps_like(|press| matches!(press, Press::DraftShow(_))).await;
        draft(walk).await;
        walk.taps_like(|press| matches!(press, Press::DraftEdit(_, at) if *at == field)).await;
        for answer in answers {
            walk.says(answer).await;
        }
        draft(walk).await;
    }
    walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::Range(_)))).await;
    walk.says("200rb-50rb").await;
    walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::Bill(_)))).await;
    walk.says("Kaos 75rb\nTopi").await;
    walk.says(&format!("{}\nDiskon 1rb", vec!["<&>".repeat(33) + " 999rb x1000"; 20].join("\n"))).await;
    draft(walk).await;
    walk.taps_like(|press| matches!(press, Press::DraftEdit(_, DraftField::Pieces))).await;
    walk.says("5").await;
    walk.says("/cancel").await;
}

async fn selling(walk: &mut Walk<'_>) {
    let link = walk.ani.links().pop().expect("a link");
    let before = walk.ani.phone.messages();
    let mut budi = walk.app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    budi.waits_for("Lunas").await;
    walk.notes("(Budi pays)", &before).await;
    let mut sari = walk.app.customer();
    sari.orders(&link, "Sari", "QRIS").await;
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    walk.taps_like(|press| matches!(press, Press::LinkOrders(_, PageFrom::Start))).await;
    walk.taps_like(|press| matches!(press, Press::Order(_))).await;
    walk.says("/orders").await;
    walk.says("/orders 99999").await;
}

/// Money that comes otherwise than asked, and money that goes back.
async fn money(walk: &mut Walk<'_>) {
    let link = walk.ani.links().pop().expect("a link");
    walk.taps_like(|press| matches!(press, Press::RecordOrder(_))).await;
    walk.taps_like(|press| matches!(press, Press::Return(..))).await;
    walk.taps_like(|press| matches!(press, Press::ReturnAmount(_))).await;
    walk.says("999000").await;
    walk.taps_like(|press| matches!(press, Press::Return(..))).await;
    // The answer comes later, so that the card is seen while the money is on its way.
    let busy = Conduct::ServerError { status: 503 };
    walk.app.bank.misbehave(Misbehaviour::once(Endpoint::Refund, busy));
    walk.taps_like(|press| matches!(press, Press::Confirm(_))).await;
    let before = walk.ani.phone.messages();
    walk.app.advance(TimeDelta::seconds(61));
    walk.notes("(the money goes back)", &before).await;

    let mut dewi = walk.app.customer();
    let before = walk.ani.phone.messages();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    walk.app.bank.pay_amount(&dewi.gateway_order_id().await, 160_000).await.expect("a payment");
    walk.notes("(Dewi pays too much)", &before).await;
    walk.taps_like(|press| matches!(press, Press::RecordReturn(..))).await;
    walk.taps_like(|press| matches!(press, Press::SentBack(..))).await;
    walk.taps_like(|press| matches!(press, Press::Confirm(_))).await;

    let mut eko = walk.app.customer();
    let before = walk.ani.phone.messages();
    eko.orders(&link, "Eko", "BCA Virtual Account").await;
    walk.app.bank.pay_amount(&eko.gateway_order_id().await, 100_000).await.expect("a payment");
    walk.notes("(Eko pays too little)", &before).await;

    let mut fitri = walk.app.customer();
    let before = walk.ani.phone.messages();
    fitri.orders(&link, "Fitri", "Permata").await;
    fitri.pays().await;
    walk.app.settles().await;
    walk.app.bank.reverse(&fitri.gateway_order_id().await).await.expect("a reversal");
    walk.notes("(Fitri pays, and the bank takes it back)", &before).await;
}

/// What was sold, and orders as files.
async fn figures(walk: &mut Walk<'_>) {
    walk.app.services().write_views().await.expect("the database answers");
    walk.says("/today").await;
    walk.taps(Press::Numbers(NumbersPress::Figures(Period::Today))).await;
    walk.taps(Press::Numbers(NumbersPress::Figures(Period::ThirtyDays))).await;
    walk.taps(Press::Numbers(NumbersPress::Exports)).await;
    let before = walk.ani.phone.messages();
    walk.ani.phone.presses("7 ").expect("seven days");
    let is_file = |messages: &[ShownMessage]| {
        messages.iter().any(|message| message.file.as_ref().is_some_and(|file| !file.is_photo))
    };
    walk.ani.phone.waits_until("a file of orders", is_file).await;
    walk.notes("(seven days as a file)", &before).await;
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    walk.taps_like(|press| matches!(press, Press::Numbers(NumbersPress::LinkFigures(..)))).await;
}

async fn deleting(walk: &mut Walk<'_>) {
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    walk.taps_like(|press| matches!(press, Press::Delete(_))).await;
    walk.taps_like(|press| matches!(press, Press::DeleteYes(_))).await;
    walk.taps_like(|press| matches!(press, Press::Restore(_))).await;
}

/// The people of the shop, what they did, and one more shop.
async fn team(walk: &mut Walk<'_>) {
    walk.says("/settings").await;
    walk.taps(Press::Team(TeamPress::Show)).await;
    walk.taps(Press::Team(TeamPress::Invite)).await;
    walk.taps(Press::Team(TeamPress::InviteAs(Role::Staff))).await;
    let budi = walk.app.person("Budi", "en");
    let words = walk.ani.newest().text;
    let token =
        words.split("start=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a token");
    let before = walk.ani.phone.messages();
    budi.says(&format!("/start {token}")).await;
    walk.notes("(Budi follows it)", &before).await;
    walk.taps(Press::Team(TeamPress::Show)).await;
    walk.taps_like(|press| matches!(press, Press::Team(TeamPress::Member(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Team(TeamPress::SetRole(_, Role::Viewer)))).await;
    walk.taps_like(|press| matches!(press, Press::Team(TeamPress::Remove(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Team(TeamPress::RemoveYes(..)))).await;
    walk.taps(Press::Team(TeamPress::Log(PageFrom::Start))).await;
    walk.says("/settings").await;
    walk.taps(Press::Team(TeamPress::Shops)).await;
    walk.taps(Press::Team(TeamPress::OpenAnother)).await;
    walk.says("Cakes").await;
    walk.says("/settings").await;
    walk.taps(Press::Team(TeamPress::Shops)).await;
    walk.taps_like(|press| matches!(press, Press::Team(TeamPress::Enter(_)))).await;
}

async fn settings_and_help(walk: &mut Walk<'_>) {
    team(walk).await;
    walk.says("/settings").await;
    for press in [Press::SettingsName, Press::SettingsZone] {
        walk.taps(press).await;
        walk.says("/settings").await;
    }
    walk.says("/help").await;
    for topic in [HelpTopic::Limits, HelpTopic::Modes, HelpTopic::Orders] {
        walk.taps(Press::HelpTopic(topic)).await;
        walk.taps(Press::Help).await;
    }
    walk.says("/me").await;
    walk.says("/invite").await;
    walk.says("/nonsense").await;
    walk.says("hmm").await;
    walk.says("/cancel").await;
}

/// A walk through the chat, and what was shown on the way.
struct Walk<'a> {
    app: &'a TestApp,
    ani: Seller,
    screens: String,
}

impl Walk<'_> {
    async fn says(&mut self, text: &str) {
        let before = self.ani.phone.messages();
        self.ani.phone.says(text);
        self.notes(text, &before).await;
    }

    async fn sends_picture(&mut self, jpeg: &[u8]) {
        let before = self.ani.phone.messages();
        self.ani.phone.sends_picture(jpeg, "");
        self.notes("(a picture)", &before).await;
    }

    async fn sends_file(&mut self, name: &str, bytes: &[u8]) {
        let before = self.ani.phone.messages();
        let media_type = if name.ends_with(".png") { "image/png" } else { "" };
        self.ani.phone.sends_file(name, media_type, bytes);
        self.notes(&format!("({name})"), &before).await;
    }

    async fn taps(&mut self, press: Press) {
        self.taps_like(|other| *other == press).await;
    }

    /// Taps the newest button that means this, whatever it is called.
    async fn taps_like(&mut self, is_it: impl Fn(&Press) -> bool) {
        let before = self.ani.phone.messages();
        let found = before.iter().rev().find_map(|message| {
            let mut buttons = message.buttons.iter().flatten();
            let button =
                buttons.find(|button| pressed_by(&button.kind).is_some_and(|press| is_it(&press)))?;
            Some((message.message_id, button.clone()))
        });
        let Some((message_id, button)) = found else {
            panic!("no such button:\n{}", self.ani.phone.transcript());
        };
        let ButtonKind::Callback(data) = &button.kind else { panic!("{button:?}") };
        self.ani.phone.presses_data(message_id, data);
        self.notes(&format!("[{}]", button.text), &before).await;
    }

    /// Writes down what is new or changed since, when the bot has nothing more to say.
    async fn notes(&mut self, what: &str, before: &[ShownMessage]) {
        self.app.settles().await;
        let is_new = |now: &&ShownMessage| {
            let earlier = before.iter().find(|earlier| earlier.message_id == now.message_id);
            now.from_bot && earlier.is_none_or(|earlier| earlier.html != now.html)
        };
        let base_url = self.app.base_url.as_str();
        let mut screen = String::new();
        let shown = self.ani.phone.messages();
        for message in shown.iter().filter(is_new) {
            let _ = writeln!(screen, "{}", without_chance(&message.text, base_url));
            for row in &message.buttons {
                let labels = row.iter().map(|button| format!("[{}]", without_chance(&button.text, base_url)));
                let _ = writeln!(screen, "{}", labels.collect::<Vec<_>>().join(" "));
            }
        }
        let mut screen = without_calendar(&screen);
        if self.screens.contains(&screen) {
            "(as before)\n".clone_into(&mut screen);
        }
        let what = without_calendar(&without_chance(what, base_url));
        let _ = writeln!(self.screens, "──── {what}\n{screen}");
    }
}

fn pressed_by(kind: &ButtonKind) -> Option<Press> {
    match kind {
        ButtonKind::Callback(data) => Press::decode(data),
        _ => None,
    }
}
