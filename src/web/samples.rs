//! A shop, a link and an order to draw pages of, and where drawn pages are left to be looked at.

use std::io::Write as _;

use axum::body::to_bytes;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use url::Url;

use super::page::PageSettings;
use super::visit::Visit;
use crate::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::id::{AttemptId, DraftId, LinkId, MerchantId, OrderId};
use crate::domain::language::Language;
use crate::domain::ledger::EntryKind;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::link_question::Asking;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::{Currency, Money};
use crate::domain::order::{Order, OrderCode, OrderFlags, OrderState, OrderToken, Unit};
use crate::domain::order_money::{MoneyMove, OrderMoney};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod, RefundWay};
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, StoreName};
use crate::services::checkout::LinkPage;
use crate::services::order_page::OrderPage;
use crate::services::own_order::OwnOrder;

/// What a page may have on the wire beside its head, so that the whole of it fits into one first round trip.
const PACKED_BYTES_MAX: usize = 13_500;

/// A QRIS text of the usual length.
pub const QRIS: &str = "00020101021226620014COM.GO-JEK.WWW011993600914327854390830210G2785439080303UKE51440014ID.CO.QRIS.WWW0215ID10200176114730303UKE5204569153033605406150000 5802ID5909Toko Ani6015JAKARTA SELATAN61051295062475036a1b2c3d4-0f5e-4a2b-9c7d-8e6f5a4b3c2d0703A0163046B7E";

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 5, 0).unwrap()
}

pub fn token() -> OrderToken {
    OrderToken::new([7; 17])
}

pub fn settings() -> PageSettings {
    PageSettings { base_url: Url::parse("https://pay.toko.id/").unwrap(), framed_by_own_pages: false }
}

pub fn reader(language: Language) -> Visit {
    Visit { asked: Some(language), ..Visit::default() }
}

pub fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::generate(),
        name: StoreName::parse("Toko Ani").unwrap().value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
        mode: Mode::Live,
        link_defaults: LinkDefaults::default(),
        face: Default::default(),
        paid_orders: 0,
        methods: Default::default(),
        created_at: now(),
    }
}

pub fn link() -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: DraftId::generate(),
        mode: Mode::Live,
        reference: Reference::parse("KAOS-7").unwrap(),
        slug: Slug::parse_own("kaos-hitam").unwrap(),
        item_name: ItemName::parse("Kaos hitam").unwrap().value,
        price: Money::new(150_000, Currency::IDR),
        usage_limit: Some(UsageLimit::new(10).unwrap()),
        used: 3,
        held: 1,
        offer: Default::default(),
        opens_at: None,
        expires_at: Some(now() + TimeDelta::days(3)),
        paused_at: None,
        deleted_at: None,
        customer: None,
        seller_note: None,
        created_at: now(),
    }
}

pub fn link_page(state: LinkState) -> LinkPage {
    let next_chance = (state == LinkState::Busy).then(|| now() + TimeDelta::minutes(12));
    LinkPage {
        merchant: merchant(),
        link: link(),
        state,
        now: now(),
        own_order: None,
        next_chance,
        takes_line: state == LinkState::Busy,
        asking: Asking::Pointless,
        form_key: String::new(),
        photo: None,
    }
}

pub fn order(state: OrderState) -> Order {
    Order {
        id: OrderId::generate(),
        merchant_id: MerchantId::generate(),
        link_id: LinkId::generate(),
        code: OrderCode::from_text("K7Q2M"),
        mode: Mode::Live,
        state,
        unit: if state == OrderState::Awaiting { Unit::Held } else { Unit::None },
        flags: OrderFlags::default(),
        customer: CustomerDetails {
            name: CustomerName::parse("Siti <b>Aminah</b>").unwrap(),
            phone: Phone::parse("0812 3456 7890").unwrap(),
            email: Email::parse("siti@example.com").unwrap(),
        },
        amount: Money::new(150_000, Currency::IDR),
        language: Language::Indonesian,
        paid_at: state.has_seen_money().then(now),
        paid_with: state.has_seen_money().then_some(PaymentMethod::BcaVa),
        hold_until: None,
        changing_until: None,
        line: None,
        has_let_turn_pass: false,
        shipped: None,
        item_name: None,
        goods: Default::default(),
        buyer_note: None,
        created_at: now(),
        version: 1,
    }
}

pub fn attempt(method: PaymentMethod, state: AttemptState) -> PaymentAttempt {
    let instructions = match method {
        PaymentMethod::Qris => PaymentInstructions::Qr { payload: QRIS.to_owned() },
        PaymentMethod::MandiriBill => {
            PaymentInstructions::Bill { biller_code: "70012".to_owned(), bill_key: "880123456789".to_owned() }
        }
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => PaymentInstructions::CounterCode {
            store: method.name().to_owned(),
            code: "8810000000042".to_owned(),
        },
        PaymentMethod::Gopay | PaymentMethod::Shopeepay => PaymentInstructions::Deeplink {
            url: "https://wallet.example.test/pay?reference=KAOS-7".to_owned(),
            qr_payload: None,
            picture_url: None,
        },
        PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => {
            PaymentInstructions::Redirect { url: "https://gateway.example.test/pay/KAOS-7".to_owned() }
        }
        _ => PaymentInstructions::VirtualAccount { number: "8810000000042".to_owned() },
    };
    PaymentAttempt {
        id: AttemptId::generate(),
        order_id: OrderId::generate(),
        merchant_id: MerchantId::generate(),
        account: AccountCode("live".to_owned()),
        mode: Mode::Live,
        gateway_order_id: GatewayOrderId::from_text("KAOS-7-abc"),
        transaction_id: None,
        method,
        state,
        amount: Money::new(150_000, Currency::IDR),
        instructions: Some(instructions),
        pay_by: now() + TimeDelta::minutes(59),
        returned_minor: 0,
        restoring_since: None,
        created_at: now(),
        version: 1,
    }
}

pub fn order_page(state: OrderState, attempt: Option<PaymentAttempt>) -> OrderPage {
    let offer =
        |method| MethodOffer { method, minimum_minor: 1, maximum_minor: None, refund_way: RefundWay::ByHand };
    let attempts: Vec<PaymentAttempt> = attempt.iter().cloned().collect();
    OrderPage {
        merchant: merchant(),
        link: link(),
        link_state: LinkState::Active,
        next_chance: None,
        turn: None,
        may_join_line: false,
        order: order(state),
        money: OrderMoney::default(),
        attempts,
        attempt,
        offers: PaymentMethod::ALL.map(offer).to_vec(),
        unfit: Vec::new(),
        may_choose: state.may_be_paid(),
        practice_url: None,
        has_code_picture: false,
        mark: String::new(),
        now: now(),
    }
}

/// Money of the page's only charge moves, in minor units; no entry: it is on its way back.
pub fn moves(page: &mut OrderPage, entry: Option<EntryKind>, amount_minor: i64) {
    let attempt_id = page.attempts.first().expect("a charge").id;
    page.money.moves.push(MoneyMove { entry, attempt_id, amount_minor, at: now() });
}

/// A customer's own order through a link, with its charges.
pub fn own(state: OrderState, attempts: Vec<PaymentAttempt>) -> OwnOrder {
    OwnOrder { token: token(), order: order(state), attempts, money: OrderMoney::default() }
}

/// The page's text, checked for what no page may hold, and left to be looked at: in `target/pages`, or in the folder
/// `TAUTAN_TEST_PAGES`.
pub async fn read(name: &str, language: Language, response: Response) -> String {
    let body = to_bytes(response.into_body(), 100_000).await.unwrap();
    let html = String::from_utf8(body.to_vec()).unwrap();
    for never in ["{$", "{ $", ">pay-", " pay-", "\"pay-", "{{", "{%", "<b>Aminah", "0812345", "siti@example"]
    {
        let text = html.replace(super::page::STYLE, "");
        assert!(!text.contains(never), "{name}: {never} in {text}");
    }
    assert!(html.contains(&format!("<html lang=\"{}\">", language.code())), "{name}");
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(html.as_bytes()).unwrap();
    let packed = packer.finish().unwrap().len();
    assert!(packed < PACKED_BYTES_MAX, "{name} has {packed} bytes on the wire");
    let folder = std::env::var("TAUTAN_TEST_PAGES")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/pages").to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(format!("{folder}/{name}.{}.html", language.code()), &html).unwrap();
    html
}
