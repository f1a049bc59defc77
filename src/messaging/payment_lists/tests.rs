use chrono::TimeZone;

use super::*;
use crate::domain::id::MerchantId;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::money::Currency;
use crate::domain::visible_text::StoreName;
use crate::messaging::card::ButtonAction;

fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::generate(),
        name: StoreName::parse("Toko Ani").unwrap().value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
        mode: Mode::Sandbox,
        link_defaults: LinkDefaults::default(),
        face: Default::default(),
        paid_orders: 0,
        methods: Default::default(),
        created_at: since(),
    }
}

fn since() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 2, 0).unwrap()
}

fn line(customer: &str, minor: i64) -> PaymentLine {
    PaymentLine {
        link_id: LinkId(uuid::Uuid::nil()),
        item: "Kaos <hitam>".to_owned(),
        code: OrderCode::from_text("K7Q2M"),
        customer: customer.to_owned(),
        pieces: 1,
        amount: Money::new(minor, Currency::IDR),
        mode: Mode::Sandbox,
    }
}

#[test]
fn a_burst_says_how_many_how_much_since_when_and_who() {
    let lines = [line("Budi <b>", 75_000), line("Sari", 450_000)];
    let card = burst_list(&merchant(), &lines, since(), false, Language::Indonesian);
    assert_eq!(
        card.html.lines().collect::<Vec<_>>(),
        [
            "🔔 <b>2 pembayaran</b> · <b>Rp525.000</b> sejak 14.02 WIB",
            "🛍 Kaos &lt;hitam&gt;",
            "<code>#K7Q2M</code> · Budi &lt;b&gt; · Rp75.000",
            "<code>#K7Q2M</code> · Sari · Rp450.000",
            "🧪 Sandbox: latihan saja, bukan uang sungguhan",
        ]
    );
    assert!(card.silent && !burst_list(&merchant(), &lines, since(), true, Language::English).silent);
}

#[test]
fn payments_of_several_links_say_what_was_bought_and_lead_to_all_orders() {
    let shop = merchant();
    let topi = PaymentLine {
        link_id: LinkId::generate(),
        item: "Topi rajut warna hijau tua".to_owned(),
        ..line("Sari", 50_000)
    };
    let card = burst_list(&shop, &[line("Budi", 75_000), topi], since(), false, Language::Indonesian);
    let lines: Vec<&str> = card.html.lines().collect();
    assert_eq!(lines[1], "<code>#K7Q2M</code> · Budi · Kaos &lt;hitam&gt; · Rp75.000");
    assert_eq!(lines[2], "<code>#K7Q2M</code> · Sari · Topi rajut warna hi… · Rp50.000");
    let leads = |card: &Card, at: usize| card.rows[0][at].action.clone();
    let in_shop = |place| ButtonAction::Press(Press::Notices(NoticesPress::RecordIn(shop.id, place)));
    assert_eq!((leads(&card, 0), leads(&card, 1)), (in_shop(ShopPlace::Paid), in_shop(ShopPlace::Links)));
    let of_one = burst_list(&shop, &[line("Budi", 75_000)], since(), false, Language::English);
    assert_eq!(leads(&of_one, 1), ButtonAction::Press(Press::RecordOrders(LinkId(uuid::Uuid::nil()))));
}

#[test]
fn several_pieces_are_counted_on_their_line() {
    let three = PaymentLine { pieces: 3, ..line("Sari", 225_000) };
    let card =
        burst_list(&merchant(), &[line("Budi", 75_000), three.clone()], since(), false, Language::Indonesian);
    assert!(card.html.contains("· Sari · × 3 · Rp225.000"), "{}", card.html);
    let other = PaymentLine { link_id: LinkId::generate(), ..three };
    let card = burst_list(&merchant(), &[line("Budi", 75_000), other], since(), false, Language::Indonesian);
    assert!(card.html.contains("· Sari · Kaos &lt;hitam&gt; × 3 · Rp225.000"), "{}", card.html);
}

#[test]
fn what_was_missed_is_said_by_kind_and_the_rest_is_counted() {
    let mut lines = vec![
        MissedLine::Order(Tiding::Refunded, line("Budi", 75_000)),
        MissedLine::SoldOut("Kaos".to_owned()),
    ];
    lines.extend((0..18).map(|_| MissedLine::Order(Tiding::Paid, line("Sari", 75_000))));
    for language in Language::ALL {
        let card = missed_list(&lines, 34, language);
        assert_eq!(card.html.lines().count(), 22);
        assert!(card.html.contains("34") && card.html.contains("14") && !card.silent, "{}", card.html);
        assert!(card.html.contains("↩ 🧪 <code>#K7Q2M</code>") && !card.html.contains("missed-"));
    }
    assert_eq!(missed_list(&lines[..1], 1, Language::English).html.lines().count(), 2);
}

#[test]
fn twenty_of_the_longest_lines_fit_into_a_message() {
    for worst in ["@a".repeat(50), "👨\u{200D}👩\u{200D}👧".repeat(20), "𝔘".repeat(100)] {
        let mut lines = vec![line(&worst, 999_999_999_999); 20];
        lines[0].link_id = LinkId::generate();
        lines.iter_mut().for_each(|line| line.pieces = 1_000);
        lines.iter_mut().for_each(|line| line.item.clone_from(&worst));
        for language in Language::ALL {
            let card = burst_list(&merchant(), &lines, since(), true, language);
            assert!(html::strip(&card.html).encode_utf16().count() <= 4096, "{worst}");
            let missed: Vec<_> =
                lines.iter().map(|line| MissedLine::Order(Tiding::PartiallyRefunded, line.clone())).collect();
            let card = missed_list(&missed, 1_000, language);
            assert!(html::strip(&card.html).encode_utf16().count() <= 4096, "{worst}");
        }
    }
}

#[test]
fn a_long_name_is_cut_between_characters_and_a_short_one_is_not() {
    assert_eq!(shortened("Budi Santoso", NAME_MAX), "Budi Santoso");
    assert_eq!(shortened(&"é".repeat(60), NAME_MAX), format!("{}…", "é".repeat(47)));
    let family = "👨\u{200D}👩\u{200D}👧";
    assert_eq!(shortened(&family.repeat(9), NAME_MAX), format!("{}…", family.repeat(5)));
}
