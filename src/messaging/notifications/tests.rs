use chrono::TimeZone;

use super::*;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::id::{DraftId, LinkId, MerchantId, OrderId};
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::money::Currency;
use crate::domain::order::{OrderCode, OrderFlags, OrderState, Unit};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, StoreName};

const TIDINGS: [Tiding; 15] = [
    Tiding::Paid,
    Tiding::PaidLate,
    Tiding::PaidUnallocated,
    Tiding::Underpaid,
    Tiding::Overpaid,
    Tiding::DuplicatePayment,
    Tiding::DuplicateReversed,
    Tiding::Restored,
    Tiding::Reversed,
    Tiding::PartiallyRefunded,
    Tiding::Refunded,
    Tiding::ChargedBack,
    Tiding::Accepted,
    Tiding::ReturnedByHand,
    Tiding::RefundFailed,
];

fn paid_at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 2, 0).unwrap()
}

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

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
        created_at: paid_at(),
    }
}

fn link() -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: DraftId::generate(),
        mode: Mode::Sandbox,
        reference: Reference::parse("KAOS-1").unwrap(),
        slug: Slug::parse_own("kaos-hitam").unwrap(),
        item_name: ItemName::parse("Kaos <hitam> kaos.id").unwrap().value,
        price: rupiah(75_000),
        usage_limit: Some(UsageLimit::new(10).unwrap()),
        used: 3,
        held: 0,
        offer: Default::default(),
        opens_at: None,
        expires_at: None,
        paused_at: None,
        deleted_at: None,
        customer: None,
        seller_note: None,
        created_at: paid_at(),
    }
}

fn order() -> Order {
    Order {
        id: OrderId::generate(),
        merchant_id: MerchantId::generate(),
        link_id: LinkId::generate(),
        code: OrderCode::from_text("K7Q2M"),
        mode: Mode::Sandbox,
        state: OrderState::Paid,
        unit: Unit::Used,
        flags: OrderFlags::default(),
        customer: CustomerDetails {
            name: CustomerName::parse("Budi S & @co").unwrap(),
            phone: Phone::parse("08123456789").unwrap(),
            email: Email::parse("budi@example.com").unwrap(),
        },
        amount: rupiah(75_000),
        language: Language::Indonesian,
        paid_at: Some(paid_at()),
        paid_with: Some(PaymentMethod::Qris),
        hold_until: None,
        changing_until: None,
        line: None,
        has_let_turn_pass: false,
        shipped: None,
        item_name: None,
        goods: Default::default(),
        buyer_note: None,
        created_at: paid_at(),
        version: 1,
    }
}

fn notice(tiding: Tiding, now: DateTime<Utc>, language: Language) -> Card {
    let (merchant, link, order) = (merchant(), link(), order());
    let news = OrderNews {
        merchant: &merchant,
        link: &link,
        order: &order,
        attempt: None,
        tiding,
        amount: rupiah(75_000),
        came_at: None,
        now,
    };
    order_notice(&news, language)
}

#[test]
fn a_payment_says_amount_customer_item_method_time_rest_code_and_mode() {
    let card = notice(Tiding::Paid, paid_at(), Language::Indonesian);
    let lines: Vec<&str> = card.html.lines().collect();
    assert_eq!(
        lines,
        [
            "💰 <b>Rp75.000</b> dari Budi S &amp; @\u{2060}co",
            "Kaos &lt;hitam&gt; kaos.\u{2060}id · QRIS · 14.02 WIB",
            "sisa 7 · <code>#K7Q2M</code>",
            "🧪 Sandbox: latihan saja, bukan uang sungguhan",
        ]
    );
    assert!(!card.silent);
}

#[test]
fn a_payment_of_another_day_says_the_day() {
    let next_day = paid_at() + chrono::TimeDelta::days(1);
    let card = notice(Tiding::Paid, next_day, Language::English);
    assert!(card.html.contains("Sun 22 Nov 14:02 WIB"), "{}", card.html);
}

#[test]
fn every_tiding_is_said_in_every_language_with_its_code_and_without_contact() {
    for language in Language::ALL {
        for tiding in TIDINGS {
            let card = notice(tiding, paid_at(), language);
            assert!(card.html.contains("#K7Q2M") && card.html.contains("75"), "{}", card.html);
            assert!(!card.html.contains("notice-") && !card.html.contains('{'), "{}", card.html);
            assert!(!card.html.contains("812345"), "{}", card.html);
            assert!(card.rows.len() <= 2);
        }
        let sold_out = sold_out_notice(&link(), language);
        assert!(sold_out.silent && sold_out.html.contains("hitam"), "{}", sold_out.html);
    }
}

#[test]
fn a_reversal_cannot_be_misread() {
    let indonesian = notice(Tiding::Reversed, paid_at(), Language::Indonesian);
    assert!(indonesian.html.contains("JANGAN DIKIRIM"));
    assert!(notice(Tiding::Reversed, paid_at(), Language::English).html.contains("DO NOT DELIVER"));
}
