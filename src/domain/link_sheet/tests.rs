use chrono::{TimeZone, Utc};
use chrono_tz::Asia::Jakarta;

use super::*;
use crate::domain::expiry::ExpiryReading;
use crate::domain::language::Language;
use crate::domain::method_set::MethodSet;
use crate::domain::money::{Currency, Money, Price};
use crate::domain::one_line::LineReading;

fn setting() -> LineSetting {
    LineSetting {
        now: Utc.with_ymd_and_hms(2026, 11, 23, 7, 0, 0).unwrap(),
        zone: Jakarta,
        language: Language::Indonesian,
        currency: Currency::IDR,
    }
}

fn read_text(text: &str) -> LinkSheet {
    read_sheet(text.as_bytes(), &setting()).unwrap()
}

fn refused(bytes: &[u8]) -> SheetError {
    read_sheet(bytes, &setting()).unwrap_err()
}

fn link(row: &SheetRow) -> &LineReading {
    match &row.reading {
        RowReading::Link(reading) => reading,
        other => panic!("row {}: {other:?}", row.number),
    }
}

fn rupiah(minor: i64) -> Price {
    Price::Exact(Money::new(minor, Currency::IDR))
}

/// Name, price in rupiah and limit of every row.
fn told(sheet: &LinkSheet) -> Vec<(String, Price, Option<i64>)> {
    let told = |row: &SheetRow| {
        let reading = link(row);
        let limit = reading.usage_limit.map(|limit| limit.get());
        (reading.name.value.to_string(), reading.price.clone(), limit)
    };
    sheet.rows.iter().map(told).collect()
}

#[test]
fn the_same_table_is_read_however_it_was_written() {
    let expected = vec![
        ("Kaos, lengan panjang".to_owned(), rupiah(75_000), Some(10)),
        ("Kopi \"Séjuk\"".to_owned(), rupiah(1_500_000), None),
    ];
    let comma =
        "Nama,Harga (Rp),Stok\r\n\"Kaos, lengan panjang\",75rb,x10\r\n\"Kopi \"\"Séjuk\"\"\",\"1,5jt\",∞\r\n";
    let semicolon =
        "nama barang;HARGA;batas\nKaos, lengan panjang;75.000;10\n\"Kopi \"\"Séjuk\"\"\";Rp1.500.000;-";
    let tab =
        "Item name\tPrice\tLimit\nKaos, lengan panjang\t75000\t10\n\"Kopi \"\"Séjuk\"\"\"\t1500000\t∞\n";
    let untitled = "\"Kaos, lengan panjang\",75rb,x10\n\"Kopi \"\"Séjuk\"\"\",1500000,tanpa batas\n";
    let excel = format!("sep=;\r\n{semicolon}");
    for text in [comma, semicolon, tab, untitled, excel.as_str()] {
        assert_eq!(told(&read_text(text)), expected, "{text}");
        let marked = format!("\u{feff}{text}");
        assert_eq!(told(&read_text(&marked)), expected, "{text}");
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [little.clone(), [vec![0xff, 0xfe], little].concat(), [vec![0xfe, 0xff], big].concat()] {
            assert_eq!(told(&read_sheet(&bytes, &setting()).unwrap()), expected, "{text}");
        }
    }
    let mut windows: Vec<u8> = semicolon.replace('é', "\u{1}").into_bytes();
    for byte in &mut windows {
        if *byte == 1 {
            *byte = 0xe9;
        }
    }
    assert_eq!(told(&read_sheet(&windows, &setting()).unwrap()), expected);
}

#[test]
fn every_column_is_read_as_its_part_of_a_line_is() {
    let sheet = read_text(
        "No,Nama Produk,Harga,Kuota,Berlaku sampai,Order ID,Pesan,Pembeli,No. HP,Email,Warna\n\
         1,Kaos,50rb-200rb,x3,25/12/2026 18:00,INV-01,Terima kasih,Budi,0812-3456-7890,b@example.com,merah\n",
    );
    assert_eq!(LinkSheet::unused_titles(&sheet.titles), ["No", "Warna"]);
    let [row] = sheet.rows.as_slice() else { panic!("{sheet:?}") };
    let reading = link(row);
    assert_eq!(reading.price, rupiah(50_000));
    let chosen = reading.extras.chosen.expect("a range");
    assert_eq!(chosen.maximum, Some(Money::new(200_000, Currency::IDR)));
    assert_eq!(reading.expiry, ExpiryReading::At(Utc.with_ymd_and_hms(2026, 12, 25, 11, 0, 0).unwrap()));
    assert_eq!(reading.reference.as_ref().map(|reference| reference.as_str()), Some("INV-01"));
    let customer = reading.customer.as_ref().expect("a customer");
    assert_eq!(customer.phone.as_ref().map(|phone| phone.as_str()), Some("+6281234567890"));
    assert_eq!(customer.email.as_ref().map(|email| email.as_str()), Some("b@example.com"));
    assert!(reading.says_limit && reading.says_expiry && reading.extras.buyer_note.is_some());
    assert_eq!(row.cells.last().map(String::as_str), Some("merah"));
}

#[test]
fn a_column_says_how_each_link_is_paid() {
    let sheet = read_text("nama;harga;cara bayar\nKaos;75rb;qris, bca\nTopi;50rb;\nTas;90rb;tunai\n");
    let [shirt, hat, bag] = sheet.rows.as_slice() else { panic!("{sheet:?}") };
    assert_eq!(link(shirt).extras.methods, MethodSet::parse("qris bca").unwrap());
    assert!(link(hat).extras.methods.is_all());
    assert!(matches!(&bag.reading, RowReading::Wrong(LineError::Methods { text }) if text == "tunai"));
}

#[test]
fn rows_have_the_numbers_of_the_spreadsheet() {
    let sheet = read_text("nama,harga\n\n\"Kaos\ndua baris\",75rb\n,,\n\n\nTopi,50rb\n");
    assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 7]);
    let plain = read_text("Kaos,75rb\r\nTopi,50rb");
    assert_eq!(plain.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_could_mean_two_things_is_wrong_and_harms_no_other_row() {
    let sheet = read_text(
        "nama,harga,batas,waktu\nKaos,75.00,,\nTopi,50rb,0,\nSyal,30rb,,01/02/03\n,10rb,,\nPita,,,\nIkat,5rb,,\n",
    );
    let wrong = |row: &SheetRow| match &row.reading {
        RowReading::Wrong(error) => Some(error.clone()),
        _ => None,
    };
    let errors: Vec<_> = sheet.rows.iter().map(wrong).collect();
    assert!(matches!(errors[0], Some(LineError::Price { .. })), "{errors:?}");
    assert!(matches!(errors[1], Some(LineError::Limit { .. })), "{errors:?}");
    assert!(matches!(errors[2], Some(LineError::Expiry { .. })), "{errors:?}");
    assert!(matches!(errors[3], Some(LineError::Name { .. })), "{errors:?}");
    assert_eq!(errors[4], Some(LineError::MissingPrice));
    assert_eq!(errors[5], None);
}

#[test]
fn a_result_that_is_sent_again_makes_only_what_is_not_made() {
    let sheet = read_text(
        "nama;harga;tautan jadi;hasil\nKaos;75rb;https://example.com/a;jadi\nTopi;'-;;Harganya …\nSyal;30rb;;\n",
    );
    assert_eq!(sheet.rows[0].reading, RowReading::MadeBefore);
    assert!(matches!(sheet.rows[1].reading, RowReading::Wrong(_)));
    assert_eq!(sheet.rows[1].cells[1], "-", "the guard of our own cells is no part of them");
    assert!(matches!(sheet.rows[2].reading, RowReading::Link(_)));
    assert_eq!(LinkSheet::outcome_places(&sheet.titles), Some((2, 3)));
}

#[test]
fn a_card_number_stays_in_no_cell() {
    let sheet = read_text("nama,harga,catatan\nKaos,75rb,kartu 4111 1111 1111 1111\n4111111111111111,5rb,\n");
    let cells: String = sheet.rows.iter().flat_map(|row| row.cells.clone()).collect();
    assert!(!cells.contains("4111"), "{cells}");
    assert!(matches!(sheet.rows[1].reading, RowReading::Wrong(LineError::Name { .. })));
}

#[test]
fn what_is_no_table_of_links_is_refused_by_what_it_is() {
    for (bytes, error) in [
        (&b""[..], SheetError::Empty),
        (b"\xef\xbb\xbf \r\n", SheetError::Empty),
        (b",,\n,,\n", SheetError::Empty),
        (b"PK\x03\x04rest", SheetError::Workbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetError::Workbook),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", SheetError::NoText),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", SheetError::NoText),
        (b"%PDF-1.7\n\x81\x8d\x8f", SheetError::NoText),
        (b"nama,harga\n", SheetError::OnlyTitles),
        (b"nama;harga", SheetError::OnlyTitles),
        (b"nama,batas\nKaos,10\n", SheetError::NoPrices),
        (b"harga,batas\n75rb,10\n", SheetError::NoNames),
        (b"catatan harian\nhari ini hujan\n", SheetError::UnknownColumns),
    ] {
        assert_eq!(refused(bytes), error, "{:?}", String::from_utf8_lossy(bytes));
    }
    let rows = |count: usize| format!("nama,harga\n{}", "Kaos,75rb\n".repeat(count));
    assert_eq!(read_text(&rows(1_000)).rows.len(), 1_000);
    assert_eq!(refused(rows(1_001).as_bytes()), SheetError::TooManyRows { rows: 1_001 });
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let _ = read_sheet(&bytes, &setting());
    }

    #[test]
    fn every_row_that_is_not_blank_is_told(rows in proptest::collection::vec("[a-z]{1,9}", 1..40)) {
        let text: String = rows.iter().map(|name| format!("\"{name}\";75rb\r\n")).collect();
        let sheet = read_sheet(text.as_bytes(), &setting()).unwrap();
        proptest::prop_assert_eq!(sheet.rows.len() + usize::from(!sheet.titles.is_empty()), rows.len());
    }
}
