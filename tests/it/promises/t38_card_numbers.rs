//! T38: whatever people type and wherever, no table and no log ever holds a payment card's number.

use url::Url;

use super::Promise;
use crate::support::dump::dump_of;
use crate::support::logs;
use crate::support::test_app::TestApp;

/// Numbers that issuers give out for tests, in the ways people write them.
const CARDS: [&str; 7] = [
    "4111111111111111",
    "5500 0055 5555 5559",
    "3782-822463-10005",
    "6011.1111.1111.1117",
    "３５３０１１１３３３３０００００",
    "30569309025904",
    "6304000000000000000",
];

/// Columns that machines fill with long numbers of their own: keys, seals, and the numbers that customers
/// transfer to. Telephones (13 digits begin with +62) stand in a column of their own.
const OF_MACHINES: [&str; 12] = [
    "id",
    "_id",
    "_by",
    "_hash",
    "_sealed",
    "seal",
    "fingerprint",
    "dedupe_key",
    "instructions",
    "network",
    "phone",
    "value",
];

#[tokio::test(flavor = "multi_thread")]
async fn t38_no_table_and_no_log_ever_holds_a_card_number() {
    let mut promise = Promise::new(38, "no log or table ever holds a card's number");
    logs::listen();
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut typed = 0;
    for card in CARDS {
        let lines = [
            format!("/new {card} 150rb"),
            format!("/new kaos 150rb for:{card}"),
            format!("/new kaos 150rb for:Budi,a{card}@toko.id"),
            format!("/new kaos 150rb ref:{}", card.replace(' ', ".")),
            format!("/new kaos 150rb link:{}", card.replace([' ', '.'], "-")),
            format!("/new kaos 150rb note:{card}"),
            format!("/orders {card}"),
            card.to_owned(),
        ];
        for line in lines {
            ani.says(&line).await;
            typed += 1;
        }
        typed += on_the_pages(&app, &link, card).await;
    }
    // What is right beside a card number is still understood.
    ani.makes_a_link("topi 20rb").await;
    app.settles().await;

    let dump = dump_of(app.database()).await;
    let logs = logs::heard();
    promise.measured(format!(
        "{typed} card numbers typed; {} bytes of dump, {} of logs",
        dump.len(),
        logs.len()
    ));
    assert!(dump.contains("kaos hitam") && logs.contains("a request was answered"), "both were heard");
    for (place, text) in [("the dump", &dump), ("the logs", &logs)] {
        for card in CARDS {
            let digits: String = card.chars().filter_map(plain_digit).collect();
            let found = text.lines().find(|line| digits_of(line).contains(&digits) || line.contains(card));
            assert!(found.is_none(), "{card} stands in {place}: {found:?}");
        }
    }
    let suspects: Vec<&str> =
        dump.lines().filter(|line| is_of_people(line) && holds_luhn_number(line)).collect();
    assert!(suspects.is_empty(), "{suspects:?}");
    assert_eq!(app.orders_made(&link).await, 0);
}

/// The number in every field, header and address that a page takes.
async fn on_the_pages(app: &TestApp, link: &Url, card: &str) -> usize {
    let good = [("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.test")];
    let bad =
        [("name", card.to_owned()), ("phone", format!("+{card}")), ("email", format!("a{card}@toko.id"))];
    let form = format!("{}/orders", link.path());
    for (index, (field, value)) in bad.iter().enumerate() {
        let mut fields: Vec<(&str, &str)> = good.to_vec();
        fields[index] = (*field, value.as_str());
        let answer = app.request("POST", &form).form(&fields).send().await.expect("an answer");
        assert_eq!(answer.status(), 422, "{field} {value}");
    }
    let plain: String = card.chars().filter_map(plain_digit).collect();
    for path in [
        plain.clone(),
        format!("orders/{plain}"),
        format!("?card={plain}"),
        format!("webhooks/midtrans/{plain}"),
    ] {
        let request = app.request("GET", &path).header("x-request-id", &plain).header("user-agent", &plain);
        request.send().await.expect("an answer");
    }
    bad.len() + 4
}

fn plain_digit(character: char) -> Option<char> {
    match character {
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        digit => digit.is_ascii_digit().then_some(digit),
    }
}

/// A line with only what may stand between digits taken out.
fn digits_of(line: &str) -> String {
    line.chars()
        .filter(|character| !" -._/".contains(*character))
        .map(|c| plain_digit(c).unwrap_or(c))
        .collect()
}

/// Whether a line of the dump is of a column that people fill.
fn is_of_people(line: &str) -> bool {
    let column = line.split(" = ").next().unwrap_or_default();
    let column = column.split('.').nth(1).unwrap_or_default();
    !OF_MACHINES.iter().any(|ending| column == *ending || column.ends_with(ending))
}

/// Whether 13 to 19 digits in a row pass the check of ISO/IEC 7812, reckoned here once more.
fn holds_luhn_number(line: &str) -> bool {
    let value = line.split_once(" = ").map_or("", |(_, value)| value);
    let runs = value.split(|character: char| !character.is_ascii_digit());
    runs.filter(|run| (13..=19).contains(&run.len())).any(|run| {
        let digits = run.bytes().rev().map(|digit| u32::from(digit - b'0')).enumerate();
        let sum: u32 = digits
            .map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
            .sum();
        sum.is_multiple_of(10)
    })
}
