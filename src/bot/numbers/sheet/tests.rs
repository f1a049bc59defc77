use chrono::TimeZone;
use chrono_tz::Tz;

use super::*;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::id::OrderId;
use crate::domain::language::Language;
use crate::domain::money::Currency;
use crate::domain::order::{OrderCode, OrderState};
use crate::domain::reference::Reference;
use crate::domain::visible_text::ItemName;

fn reader(language: Language) -> Reader {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 7, 0, 0).unwrap();
    Reader {
        person: crate::domain::id::TelegramId(7),
        language,
        zone: Tz::Asia__Jakarta,
        now,
        writes_letters: false,
    }
}

fn line(item: &str, amount: Money) -> OrderLine {
    let created_at = Utc.with_ymd_and_hms(2026, 11, 22, 17, 0, 5).unwrap();
    OrderLine {
        id: OrderId::generate(),
        created_at,
        code: OrderCode::from_text("K7Q2M"),
        state: OrderState::PartiallyRefunded,
        item_name: ItemName::parse(item).unwrap().value,
        reference: Reference::parse("INV-01").unwrap(),
        customer: CustomerDetails {
            name: CustomerName::parse("Budi, \"Bos\"").unwrap(),
            phone: Phone::parse("0812-3456-7890").unwrap(),
            email: Email::parse("budi@toko.id").unwrap(),
        },
        amount,
        came_minor: amount.minor(),
        went_minor: 250,
        paid_at: Some(created_at + chrono::TimeDelta::minutes(2)),
        paid_with: Some(PaymentMethod::Qris),
    }
}

fn text_of(sheet: &mut Sheet) -> String {
    String::from_utf8(sheet.take().unwrap().bytes).unwrap()
}

#[test]
fn a_file_speaks_the_seller_s_language_and_keeps_every_cell_apart() {
    let mut sheet = Sheet::new(reader(Language::Indonesian), Mode::Sandbox, FILE_BYTES_MAX);
    assert_eq!(sheet.add(&line("=HYPERLINK(1)", Money::new(1_250, Currency::USD))), None);
    assert_eq!(
        text_of(&mut sheet),
        "\u{feff}Kode,Dipesan,Status,Barang,Order ID,Nama,Nomor HP,E-mail,Mata uang,Harga,Masuk,Keluar lagi,Sisa,\
         Dibayar,Cara bayar,Mode\r\n\
         #K7Q2M,2026-11-23 00:00:05 +07:00,Dikembalikan sebagian,'=HYPERLINK(1),INV-01,\"Budi, \"\"Bos\"\"\",\
         '+6281234567890,budi@toko.id,USD,12.50,12.50,2.50,10.00,2026-11-23 00:02:05 +07:00,QRIS,\
         \"Sandbox, bukan uang sungguhan\"\r\n"
    );
    assert_eq!(sheet.take(), None, "nothing is in two files");
}

#[test]
fn a_file_that_is_full_is_followed_by_another_with_its_own_titles() {
    let mut sheet = Sheet::new(reader(Language::English), Mode::Live, 700);
    let one = line("Shirt", Money::new(75_000, Currency::IDR));
    let files: Vec<SheetFile> = (0..10).filter_map(|_| sheet.add(&one)).collect();
    let last = sheet.take().unwrap();
    assert!(files.len() > 1, "{}", files.len());
    let all = files.iter().chain([&last]);
    assert_eq!(all.clone().map(|file| file.lines).sum::<i64>(), 10);
    for file in all {
        assert!(file.bytes.len() <= 700, "{}", file.bytes.len());
        assert!(file.bytes.starts_with("\u{feff}Code,Ordered,".as_bytes()));
    }
}

#[test]
fn t27_no_cell_is_read_as_a_formula() {
    for (text, cell) in [
        ("=1+1", "'=1+1"),
        ("+62812", "'+62812"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\u{a0}\u{feff}=1", "'\u{a0}\u{feff}=1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("Kaos = 5", "Kaos = 5"),
        ("", ""),
    ] {
        assert_eq!(safe_cell(text), cell, "{text:?}");
    }
}

#[test]
fn amounts_are_plain_numbers_in_major_units() {
    let yen_like = Currency::parse("JPY").unwrap();
    let dinar = Currency::parse("KWD").unwrap();
    for (minor, currency, number) in [
        (75_000, Currency::IDR, "75000"),
        (0, Currency::IDR, "0"),
        (1_250, Currency::USD, "12.50"),
        (5, Currency::USD, "0.05"),
        (-5, Currency::USD, "-0.05"),
        (0, Currency::USD, "0.00"),
        (7, yen_like, "7"),
        (1_234, dinar, "1.234"),
    ] {
        assert_eq!(plain_number(Money::new(minor, currency)), number);
    }
}
