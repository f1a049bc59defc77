//! A date and an hour chosen by buttons, for the end of a link and for its opening.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tautan::domain::clock::Clock;
use tautan::domain::instant_text::display_instant_at;
use tautan::domain::language::Language;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

const JAKARTA: Tz = Tz::Asia__Jakarta;

/// Nine in the morning in Jakarta: every day of the month's rest, and most hours of this one, are still to come.
async fn in_the_morning() -> TestApp {
    let app = TestApp::start().await;
    app.until_hour(9).await;
    app
}

fn today(app: &TestApp) -> NaiveDate {
    app.time().now().with_timezone(&JAKARTA).date_naive()
}

/// What a card says of that time on that day.
fn shown(app: &TestApp, day: NaiveDate, time: (u32, u32)) -> String {
    let time = NaiveTime::from_hms_opt(time.0, time.1, 0).expect("a time");
    let at: DateTime<Utc> =
        day.and_time(time).and_local_timezone(JAKARTA).single().expect("one instant").to_utc();
    display_instant_at(at, app.time().now(), JAKARTA, Language::Indonesian)
}

/// The fifteenth of the month after this one.
fn next_fifteenth(app: &TestApp) -> NaiveDate {
    let later = today(app).with_day(1).expect("a first day") + TimeDelta::days(32);
    later.with_day(15).expect("a day of every month")
}

/// From a question, the hours of the fifteenth of the next month.
async fn goes_to_the_next_fifteenth(ani: &Seller) {
    ani.presses("📅 Pilih tanggal").await;
    ani.presses(" ▶").await;
    let hours = ani.presses("15").await;
    assert!(hours.text.contains("🕐") && hours.text.contains("15"), "{}", hours.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_is_chosen_by_buttons_in_one_message_with_a_way_back_from_each_step() {
    let mut app = in_the_morning().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.says_and_reads("75rb", "3 dari 5").await;
    ani.presses("10×").await;
    let question = ani.reads("4 dari 5").await;
    let days = ani.presses("📅 Pilih tanggal").await;
    assert!(days.text.contains("Kaos polos · Rp75.000") && days.text.contains("Sandbox"), "{}", days.text);
    assert!(days.buttons.iter().all(|row| row.len() <= 7), "{days:?}");
    // Before this month there is nothing to choose.
    assert!(days.button("◀ Kembali").is_some() && days.button("✖ Batal").is_some(), "{days:?}");
    assert_eq!(days.buttons.iter().flatten().filter(|button| button.text.starts_with('◀')).count(), 1);
    app.restart().await;
    let later = ani.presses(" ▶").await;
    assert_eq!(later.buttons.iter().flatten().filter(|button| button.text.starts_with('◀')).count(), 2);
    ani.presses("15").await;
    let days = ani.presses("◀ Kembali").await;
    assert!(days.button("28").is_some() && days.text.contains("tanggal berapa"), "{}", days.text);
    let again = ani.presses("◀ Kembali").await;
    assert!(again.text.contains("4 dari 5"), "{}", again.text);
    goes_to_the_next_fifteenth(&ani).await;
    let hours = ani.newest();
    assert!(hours.text.contains("Semua jam WIB") && hours.button("23.00").is_some(), "{}", hours.text);
    ani.presses("20.00").await;
    let next = ani.reads("5 dari 5").await;
    assert_eq!(next.message_id, question.message_id, "all of that was one message");
    let card = ani.presses("Siapa saja").await;
    let until = format!("⏳ Sampai {}", shown(&app, next_fifteenth(&app), (20, 0)));
    assert!(card.text.contains(&until), "{until}: {}", card.text);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_the_calendar_is_open_answers_the_question() {
    let app = in_the_morning().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.says_and_reads("75rb", "3 dari 5").await;
    ani.says_and_reads("10", "4 dari 5").await;
    ani.presses("📅 Pilih tanggal").await;
    let hours = ani.presses("Besok").await;
    // The example is the chosen day, ready to be typed with another time.
    let example =
        hours.text.split("misalnya ").nth(1).and_then(|rest| rest.lines().next()).expect("an example");
    ani.says_and_reads(example, "5 dari 5").await;
    let card = ani.presses("Siapa saja").await;
    let until = shown(&app, today(&app) + TimeDelta::days(1), (20, 30));
    assert!(card.text.contains(&until), "{until}: {}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_existing_link_gets_another_end_and_another_opening_by_buttons() {
    let app = in_the_morning().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb 3hari").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("⏳ Waktu").await;
    goes_to_the_next_fifteenth(&ani).await;
    let card = ani.presses("🌙 Sampai akhir hari").await;
    let until = shown(&app, next_fifteenth(&app), (23, 59));
    assert!(card.text.contains("Mengubah tautan") && card.text.contains(&until), "{}", card.text);
    ani.presses("🧺 Foto & opsi").await;
    ani.presses("🕒 Mulai dibuka").await;
    ani.presses("📅 Pilih tanggal").await;
    let hours = ani.presses("Besok").await;
    assert!(hours.button("akhir hari").is_none(), "{hours:?}");
    ani.presses("08.00").await;
    let saved = ani.presses("✅ Simpan").await;
    let opens = shown(&app, today(&app) + TimeDelta::days(1), (8, 0));
    assert!(saved.text.contains(&opens) && saved.text.contains(&until), "{}", saved.text);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_and_hours_that_are_over_cannot_be_chosen() {
    let app = in_the_morning().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 75rb", "Sudah benar?").await;
    ani.presses("⏳ Waktu").await;
    let days = ani.presses("📅 Pilih tanggal").await;
    let over: Vec<String> = (1..today(&app).day()).map(|day| day.to_string()).collect();
    let labels: Vec<&str> = days.buttons.iter().flatten().map(|button| button.text.as_str()).collect();
    assert!(over.iter().all(|day| !labels.contains(&day.as_str())), "{labels:?}");
    // The name of a weekday is answered as well.
    ani.phone.presses("Sn").expect("a weekday");
    app.settles().await;
    let toast = ani.phone.toasts().last().map(|toast| toast.text.clone());
    assert_eq!(toast.as_deref(), Some("Ketuk salah satu tanggal, ya"));

    let hours = ani.presses("Hari ini").await;
    assert!(hours.button("08.00").is_none() && hours.button("10.00").is_some(), "{hours:?}");
    let (ten, card) = (ani.data_of("10.00"), hours.message_id);
    app.settles().await;
    app.advance(TimeDelta::hours(1));
    ani.phone.presses_data(card, &ten);
    app.settles().await;
    let toast = ani.phone.toasts().last().map(|toast| toast.text.clone());
    assert_eq!(toast.as_deref(), Some("Jam itu sudah lewat"));
    let hours = ani.newest();
    assert!(hours.button("10.00").is_none() && hours.button("11.00").is_some(), "{hours:?}");
    // A day that a forged button names, far away, is the last month that there is.
    let far = ten.replace("v1:jh:", "v1:jd:");
    let far: Vec<&str> = far.split(':').take(4).collect();
    ani.phone.presses_data(card, &format!("{}:99991231", far.join(":")));
    let last = ani.reads("tanggal berapa").await;
    assert!(last.button(" ▶").is_none() && last.button("◀ ").is_some(), "{last:?}");
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_and_hours_are_those_of_the_shop_s_zone() {
    let app = TestApp::start().await;
    let sam = app.sam();
    sam.makes_a_link("shirt 50k").await;
    sam.says("/settings").await;
    sam.presses("🕐 Time zone").await;
    sam.says("Jayapura").await;
    // Half past ten in the evening in Jakarta is tomorrow in Jayapura.
    app.until_hour(22).await;
    app.settles().await;
    app.advance(TimeDelta::minutes(30));
    sam.says_and_reads("/new cap 50k", "Is this right?").await;
    sam.presses("⏳ Time").await;
    sam.presses("📅 Pick a date").await;
    let hours = sam.presses("Today").await;
    assert!(hours.text.contains("All times are WIT"), "{}", hours.text);
    let card = sam.presses("09:00").await;
    let day = today(&app) + TimeDelta::days(1);
    let words = format!("Until {} {} 09:00 WIT", day.format("%a"), day.format("%-d %b"));
    assert!(card.text.contains(&words), "{words:?} in {}", card.text);
}
