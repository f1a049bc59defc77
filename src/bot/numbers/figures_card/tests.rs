use chrono::TimeZone;
use chrono_tz::Tz;

use super::*;
use crate::domain::figures::{BestLink, Funnel, PaidOrder, by_currency, by_slot};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::language::Language;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::visible_text::{ItemName, StoreName};
use crate::messaging::html::strip;

/// Monday, 23 November 2026, 14.00 in Jakarta.
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

fn merchant(name: &str) -> Merchant {
    Merchant {
        id: MerchantId::generate(),
        name: StoreName::parse(name).unwrap().value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: Tz::Asia__Jakarta,
        mode: Mode::Sandbox,
        link_defaults: LinkDefaults::default(),
        face: Default::default(),
        paid_orders: 0,
        methods: Default::default(),
        created_at: reader(Language::Indonesian).now,
    }
}

fn figures(period: Period, orders: &[PaidOrder], item: &str) -> Figures {
    let reader = reader(Language::Indonesian);
    let span = period.span(reader.now, reader.zone);
    let totals = by_currency(orders, Currency::IDR);
    let best = (0..5).map(|_| BestLink {
        id: LinkId::generate(),
        item_name: ItemName::parse(item).unwrap().value,
        total: totals[0],
    });
    let best = if orders.is_empty() { Vec::new() } else { best.collect() };
    let slots = by_slot(&span, orders, Currency::IDR);
    let funnel = Funnel { opened: 1_240, details: 30, method: 25, paid: 20 };
    Figures { period, span, totals, funnel, slots, best }
}

fn paid(days_ago: i64, minor: i64) -> PaidOrder {
    let paid_at = reader(Language::Indonesian).now - TimeDelta::days(days_ago);
    PaidOrder { link_id: LinkId::generate(), paid_at, left: Money::new(minor, Currency::IDR) }
}

#[test]
fn a_week_is_told_by_the_day() {
    let orders = [paid(0, 150_000), paid(2, 75_000), paid(2, 75_000)];
    let figures = Figures { best: vec![], ..figures(Period::SevenDays, &orders, "Kaos") };
    let card = figures_card(&reader(Language::Indonesian), &merchant("Kaos <b>Ani"), &figures);
    let expected = "📊 Kaos <b>Ani · 7 hari\n\n\
        💰 Rp300.000 · 3 pembayaran · rata-rata Rp100.000\n\n\
        👁 1.240 dibuka → 📝 30 isi data → 💳 25 pilih cara bayar → ✅ 20 lunas\n\
        1% dari yang membuka sampai lunas\n\n\
        Sel 17 Nov –\nRab 18 Nov –\nKam 19 Nov –\nJum 20 Nov –\n\
        Sab 21 Nov ▇▇▇▇▇▇▇▇▇▇ Rp150.000\nMin 22 Nov –\nSen 23 Nov ▇▇▇▇▇▇▇▇▇▇ Rp150.000\n\n\
        Yang dihitung: uang yang masuk, dikurangi yang sudah kembali ke pembeli.\n\n\
        🧪 Sandbox: latihan saja, bukan uang sungguhan";
    assert_eq!(strip(&card.html).replace('\u{2060}', ""), expected);
    let labels: Vec<Vec<&str>> =
        card.rows.iter().map(|row| row.iter().map(|button| button.label.as_str()).collect()).collect();
    assert_eq!(labels[..2], [vec!["Hari ini", "✓ 7 hari"], vec!["30 hari", "Bulan ini"]]);
}

#[test]
fn a_day_is_told_by_the_hours_and_a_month_by_its_weeks() {
    let orders = [paid(0, 100), paid(20, 100)];
    let lines = |period| {
        let card =
            figures_card(&reader(Language::English), &merchant("Ani"), &figures(period, &orders, "Kaos"));
        let text = strip(&card.html);
        text.lines().filter(|line| line.contains('▇')).map(str::to_owned).collect::<Vec<_>>()
    };
    let full = "▇".repeat(10);
    assert_eq!(lines(Period::Today), [format!("12:00–16:00 {full} IDR 100")]);
    assert_eq!(
        lines(Period::ThirtyDays),
        [format!("30 Oct – 3 Nov {full} IDR 100"), format!("19 Nov – 23 Nov {full} IDR 100")]
    );
}

#[test]
fn nothing_sold_is_said_without_bars() {
    let card =
        figures_card(&reader(Language::Indonesian), &merchant("Ani"), &figures(Period::Today, &[], "Kaos"));
    assert!(card.html.contains("Belum ada pembayaran"), "{}", card.html);
    assert!(!card.html.contains('▇') && !card.html.contains('🏆'), "{}", card.html);
}

#[test]
fn the_longest_figures_fit_a_caption_and_every_label_its_button() {
    let most = 999_999_999_999_000;
    let orders: Vec<PaidOrder> = (0..40).map(|day| paid(day, most)).collect();
    for language in Language::ALL {
        for period in Period::ALL {
            let figures = figures(period, &orders, &"W".repeat(100));
            let card = figures_card(&reader(language), &merchant(&"M".repeat(50)), &figures);
            let length = strip(&card.html).encode_utf16().count();
            assert!(length <= 1024, "{language:?} {period:?}: {length}\n{}", card.html);
            for button in card.rows.iter().flatten() {
                assert!(button.label.chars().count() <= 20, "{}", button.label);
            }
        }
    }
}
