//! The cards as they are read.

use crate::bot::finding::shop_orders::row_label;
use crate::bot::links::links_list::ShownLinks;
use crate::bot::links::questions::Offers;
use crate::bot::links::several_links::{self, BatchLine};
use crate::bot::links::{
    confirm_card, delete_link, email_draft, link_card, link_orders, links_list, order_card, questions,
};
use crate::domain::customer::CustomerDetails;
use crate::domain::customer::{CustomerName, Email, Phone};
use crate::domain::finding::{LinkFilter, OrderFilter};
use crate::domain::id::{BatchId, OrderId};
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::order::{Order, OrderCode, OrderFlags, OrderState, Unit};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::LinkState;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::LinkList;
use crate::messaging::html::strip;
use crate::services::finding::ListedOrder;
use crate::services::links::{CreationRefusal, Page, UNDO_WINDOW};
use crate::services::orders::OrderView;

use super::*;

pub(super) fn order(state: OrderState) -> Order {
    Order {
        id: OrderId::generate(),
        merchant_id: MerchantId::generate(),
        link_id: LinkId::generate(),
        code: OrderCode::from_text("K7Q2M"),
        mode: Mode::Sandbox,
        state,
        unit: Unit::Used,
        flags: OrderFlags::default(),
        customer: CustomerDetails {
            name: CustomerName::parse("Budi").unwrap(),
            phone: Phone::parse("0812-3456-789").unwrap(),
            email: Email::parse("budi@toko.id").unwrap(),
        },
        amount: rupiah(75_000),
        language: Language::Indonesian,
        paid_at: Some(now()),
        paid_with: Some(PaymentMethod::Qris),
        hold_until: None,
        changing_until: None,
        line: None,
        has_let_turn_pass: false,
        shipped: None,
        item_name: None,
        goods: Default::default(),
        buyer_note: None,
        created_at: now() - chrono::TimeDelta::days(1),
        version: 1,
    }
}

pub(super) fn view_without_money(order: Order) -> OrderView {
    OrderView {
        order,
        link: link(),
        attempts: vec![],
        refunds: vec![],
        money: OrderMoney::default(),
        shipped_by: None,
        store: StoreName::parse("Toko Ani").unwrap().value,
        address: None,
    }
}

#[test]
fn the_confirm_card_says_how_the_link_was_understood() {
    let card = confirm_card::confirm_card(&reader_of(Language::Indonesian), &full_draft(), Mode::Sandbox);
    check(&card);
    insta::assert_snapshot!(seen(&card.html), @r#"
    📝 <b>Sudah benar?</b>

    <b>Kaos &lt;b&gt;polos&lt;/b&gt;</b> · Rp75.000
    🔁 Menerima 1.000 pembayaran (yang dihitung pembayaran, bukan kunjungan)
    ⏳ Sampai Rab 25 Nov 18.00 WIB
    👤 Untuk Budi, +628123456789, budi@toko.id
    ✉️ Tautannya dikirim lewat surel ke <code>budi@toko.id</code>.
    🏷 Order ID: <code>INV.01</code>
    🔗 Alamat: <code>kaos-polos</code>
    ⚠️ Alamat ini mudah ditebak. Tambahan acak membuatnya tetap rahasia.
    🧪 Sandbox: latihan saja, bukan uang sungguhan
    "#);
    insta::assert_snapshot!(labels(&card).join("\n"), @r#"
    ✅ Buat
    🔒 Tambah acak
    ✏️ Nama | 💰 Harga
    🔁 Batas | ⏳ Waktu
    👤 Pembeli | 🔗 Alamat
    🏷 Order ID | 🧺 Foto & opsi
    ✖ Batal
    "#);
    let empty =
        LinkDraft { item_name: full_draft().item_name, price: Some(rupiah(75_000)), ..LinkDraft::new() };
    let card = confirm_card::confirm_card(&reader_of(Language::English), &empty, Mode::Live);
    check(&card);
    insta::assert_snapshot!(seen(&card.html), @r#"
    📝 <b>Is this right?</b>

    <b>Kaos &lt;b&gt;polos&lt;/b&gt;</b> · IDR 75,000
    🔁 No limit: takes as many payments as come
    ⏳ No end
    👥 For anyone who has the link
    🏷 Order ID: made for you
    🔗 Address: made for you, not guessable
    💵 Live: real money
    "#);
}

#[test]
fn the_link_card_offers_every_way_to_send_it() {
    let card = link_card::created_card(&reader_of(Language::Indonesian), &view_of(link()));
    check(&card);
    insta::assert_snapshot!(seen(&strip(&card.html)), @r#"
    ✅ Tautan siap dibagikan
    Kaos polos · Rp75.000
    https://bayar.example/kaos-polos
    🟢 Aktif · 3 dari 10 terbayar, 1 sedang bayar
    ✉️ Tautannya dikirim lewat surel ke budi@toko.id.
    ⏳ Sampai Rab 25 Nov 18.00 WIB
    🧪 Sandbox: latihan saja, bukan uang sungguhan
    "#);
    insta::assert_snapshot!(labels(&card).join("\n"), @r#"
    📋 Salin | ↗ Kirim | ▦ QR
    💬 WhatsApp | ✉️ E-mail
    👀 Lihat halaman
    🧾 Pesanan (12) | 📊 Statistik
    📄 Detail | ✏️ Ubah
    ⏸ Matikan | 📑 Buat serupa
    🗑 Hapus | 🧪 Coba bayar
    🔗 Semua tautan | 🏠 Beranda
    "#);
    let card = link_card::details_card(&reader_of(Language::English), &view_of(link()));
    check(&card);
    insta::assert_snapshot!(seen(&strip(&card.html)), @r#"
    Kaos polos · IDR 75,000
    https://bayar.example/kaos-polos
    🟢 Active · 3 of 10 paid, 1 paying now
    ⏳ Until Wed 25 Nov 18:00 WIB
    🔁 Limit: 10 (payments count, visits do not)
    💰 Paid: 3 · paying now: 1
    👤 For Budi, +628123456789, budi@toko.id
    ✉️ The link goes to budi@toko.id by e-mail.
    🏷 Order ID: INV.01
    🔗 Link ID: kaos-polos
    🧾 Orders: 12
    🗓 Made Sun 22 Nov 18:00 WIB
    🧪 Sandbox: practice only, no real money
    "#);
    insta::assert_snapshot!(labels(&card).join("\n"), @r#"
    📋 Copy | ↗ Share | ▦ QR
    💬 WhatsApp | ✉️ E-mail
    👀 See the page
    🧾 Orders (12) | 📊 Figures
    ✏️ Edit | ⏸ Switch off
    📑 Make similar | 🗑 Delete
    🧪 Try paying
    🔗 All links | 🏠 Home
    "#);
}

#[test]
fn a_deleted_link_can_be_undone_for_ten_minutes() {
    let deleted = |ago| PaymentLink { deleted_at: Some(now() - ago), ..link() };
    let reader = reader_of(Language::English);
    let card = link_card::details_card(&reader, &view_of(deleted(chrono::TimeDelta::minutes(9))));
    assert!(labels(&card).contains(&"↩ Undo".to_owned()));
    let card = link_card::details_card(&reader, &view_of(deleted(UNDO_WINDOW)));
    assert!(!labels(&card).contains(&"↩ Undo".to_owned()));
}

#[test]
fn deleting_names_what_it_means_and_the_safe_choice_stands_left() {
    let card = delete_link::question_card(&reader_of(Language::English), &view_of(link()));
    check(&card);
    insta::assert_snapshot!(seen(&strip(&card.html)), @r#"
    🗑 Delete “Kaos polos”?

    The link stops taking payments at once.
    12 orders stay saved.
    1 customer is paying now and may finish during the next ten minutes.
    You can undo it for ten minutes.

    🧪 Sandbox: practice only, no real money
    "#);
    assert_eq!(labels(&card), ["◀ Keep it | 🗑 Yes, delete"]);
    for language in Language::ALL {
        for undo_until in [None, Some(now() + UNDO_WINDOW)] {
            check(&delete_link::deleted_card(&reader_of(language), &view_of(link()), undo_until));
        }
    }
}

#[test]
fn every_state_of_a_link_has_its_row() {
    let reader = reader_of(Language::Indonesian);
    let row = |state| links_list::row_label(&reader, &LinkView { state, ..view_of(link()) });
    let rows: Vec<String> = [
        LinkState::Active,
        LinkState::Busy,
        LinkState::Exhausted,
        LinkState::Expired,
        LinkState::NotOpenYet,
        LinkState::Paused,
        LinkState::Deleted,
    ]
    .map(row)
    .into();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    🟢 Kaos polos · 75rb · 3/10
    🟡 Kaos polos · 75rb · sedang dibayar
    🏁 Kaos polos · 75rb · habis
    ⌛ Kaos polos · 75rb · lewat
    🕒 Kaos polos · 75rb · belum dibuka
    ⏸ Kaos polos · 75rb · mati
    🗑 Kaos polos · 75rb · dihapus
    "#);
    let unlimited = view_of(PaymentLink { usage_limit: None, used: 1_200, ..link() });
    assert_eq!(links_list::row_label(&reader, &unlimited), "🟢 Kaos polos · 75rb · 1.200 terbayar");
}

#[test]
fn lists_turn_their_pages_and_empty_ones_explain() {
    for language in Language::ALL {
        let reader = reader_of(language);
        let everything = (OrderFilter::All, PageFrom::Start);
        let rows: Vec<LinkView> = (0..6).map(|_| view_of(link())).collect();
        let (newer, older) = (Some(rows[0].link.id), Some(rows[5].link.id));
        let page = Page { rows, newer, older, total: 30 };
        for filter in LinkFilter::ALL {
            check(&links_list::links_card(
                &reader,
                &shown(LinkList::Filtered(filter), &page),
                Mode::Sandbox,
                true,
            ));
        }
        let empty = Page { rows: vec![], newer: None, older: None, total: 0 };
        let card = links_list::links_card(
            &reader,
            &shown(LinkList::Filtered(LinkFilter::All), &empty),
            Mode::Sandbox,
            true,
        );
        check(&card);
        assert!(card.html.contains("/new"), "{}", card.html);
        let rows: Vec<ListedOrder> = (0..8).map(|_| listed(order(OrderState::Paid))).collect();
        let (newer, older) = (Some(rows[0].order.id), Some(rows[7].order.id));
        let card =
            link_orders::orders_card(&reader, &link(), everything, &Page { rows, newer, older, total: 30 });
        check(&card);
        let empty = Page { rows: vec![], newer: None, older: None, total: 0 };
        check(&link_orders::orders_card(&reader, &link(), everything, &empty));
    }
    let reader = reader_of(Language::Indonesian);
    assert_eq!(row_label(&reader, &listed(order(OrderState::Paid))), "✅ Budi · 75rb · 18.00");
    let yesterday = Order { paid_at: None, ..order(OrderState::Expired) };
    assert_eq!(row_label(&reader, &listed(yesterday)), "⌛ Budi · 75rb · 21 Nov");
}

fn shown(list: LinkList, page: &Page<LinkView, LinkId>) -> ShownLinks<'_> {
    ShownLinks { list, from: PageFrom::Start, words: None, page }
}

fn listed(order: Order) -> ListedOrder {
    ListedOrder { order, money: OrderMoney::default() }
}

#[test]
fn an_order_says_who_how_and_when() {
    let flags = OrderFlags {
        late: true,
        over_limit: true,
        overpaid: true,
        underpaid: true,
        duplicate_payment: true,
        mismatch: true,
    };
    for language in Language::ALL {
        for state in OrderState::ALL {
            let order = Order { flags, ..order(state) };
            check(&order_card::order_card(&reader_of(language), &view_without_money(order)));
        }
    }
    let view = view_without_money(order(OrderState::Paid));
    let card = order_card::order_card(&reader_of(Language::Indonesian), &view);
    insta::assert_snapshot!(seen(&strip(&card.html)), @r#"
    🧾 #K7Q2M · Rp75.000
    ✅ Lunas

    🛍 Kaos polos
    👤 Budi
    📞 +628123456789
    ✉️ budi@toko.id

    🗓 Dipesan Sab 21 Nov 18.00 WIB

    🧪 Sandbox: latihan saja, bukan uang sungguhan
    "#);
    insta::assert_snapshot!(labels(&card).join("\n"), @r#"
    💬 WhatsApp | ✈️ Telegram
    📋 Semua pesanan | 🔗 Tautan ini
    🏠 Beranda
    "#);
}

#[test]
fn an_email_draft_stands_ready() {
    let email = Email::parse("budi@toko.id").unwrap();
    let card = email_draft::email_card(&reader_of(Language::English), &view_of(link()), &email);
    check(&card);
    insta::assert_snapshot!(seen(&card.html), @r#"
    ✉️ <b>E-mail for Budi</b>
    Tap the line below to open it in your mail app, or copy the text.

    mailto:budi@toko.id?subject=Payment%20link%3A%20Kaos%20polos&amp;body=Hi%20Budi%2C%0D%0A%0D%0Ahere%20is%20the%20payment%20link%20for%20Kaos%20polos%2C%20IDR%2075%2C000%3A%0D%0Ahttps%3A%2F%2Fbayar.example%2Fkaos-polos%0D%0A%0D%0AThank%20you%21

    <code>Hi Budi,

    here is the payment link for Kaos polos, IDR 75,000:
    https://bayar.example/kaos-polos

    Thank you!</code>
    "#);
}

#[test]
fn every_question_and_every_refusal_of_a_draft_fits() {
    let fields = [
        DraftField::Name,
        DraftField::Price,
        DraftField::Limit,
        DraftField::Expiry,
        DraftField::Customer,
        DraftField::Reference,
        DraftField::Slug,
    ];
    let refusals = |draft: &LinkDraft| {
        [
            CreationRefusal::Incomplete,
            CreationRefusal::ReferenceTaken(draft.reference.clone().unwrap()),
            CreationRefusal::SlugTaken(draft.slug.clone().unwrap()),
            CreationRefusal::SlugGuessable(draft.slug.clone().unwrap()),
            CreationRefusal::ExpiryTooSoon,
            CreationRefusal::CurrencyNotAccepted(Currency::USD),
            CreationRefusal::NoMethodForAmount,
            CreationRefusal::NotAllowed,
        ]
    };
    let prices = [rupiah(75_000), rupiah(1_500_000), rupiah(75_250)];
    let defaults = LinkDefaults {
        usage_limit: UsageLimit::new(1_000_000).ok(),
        life: chrono::TimeDelta::try_days(730),
        makes_unasked: false,
    };
    for language in Language::ALL {
        let reader = reader_of(language);
        for draft in [full_draft(), LinkDraft::new()] {
            for field in fields {
                for way in [Way::Wizard, Way::Edit] {
                    for prices in [&prices[..], &[]] {
                        let offers = Offers { prices: prices.to_vec(), defaults };
                        check(&questions::question_card(&reader, &draft, field, way, &offers, Mode::Sandbox));
                    }
                }
            }
            check(&questions::suffix_card(&reader, &draft, Mode::Live));
        }
        for refusal in refusals(&full_draft()) {
            check(&confirm_card::refused_card(&reader, &full_draft(), Mode::Sandbox, &refusal));
        }
        let ten = [BatchLine::Open(full_draft()), BatchLine::Made(view_of(link()))];
        let ten: Vec<BatchLine> = ten.iter().cycle().take(10).cloned().collect();
        check(&several_links::batch_card(&reader, BatchId::generate(), &ten, Mode::Sandbox));
        let labels = prices.iter().map(|price| price.display(language)).collect();
        check(&questions::choice_card(&reader, DraftId::generate(), "Which?", labels, Mode::Live));
    }
}
