use chrono::{TimeDelta, TimeZone};

use super::*;
use crate::domain::customer::{CustomerName, NamedCustomer};
use crate::domain::id::{DraftId, LinkId, MerchantId};
use crate::domain::money::{Currency, Money};
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, StoreName};

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 5, 0, 0).unwrap()
}

pub fn listing<'a>(link: &'a PaymentLink, url: &'a Url) -> Listing<'a> {
    Listing { link, url, zone: chrono_tz::Asia::Jakarta, now: noon() }
}

pub fn link(name: &str) -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: DraftId::generate(),
        mode: Mode::Live,
        reference: Reference::parse("KAOS-1").unwrap(),
        slug: Slug::parse_own("kaos-polos").unwrap(),
        item_name: ItemName::parse(name).unwrap().value,
        price: Money::new(75_000, Currency::IDR),
        offer: Default::default(),
        usage_limit: Some(UsageLimit::new(10).unwrap()),
        used: 3,
        held: 0,
        opens_at: None,
        expires_at: None,
        paused_at: None,
        deleted_at: None,
        customer: None,
        seller_note: None,
        created_at: noon(),
    }
}

fn share_text(link: &PaymentLink) -> String {
    let url = Url::parse("https://bayar.example/kaos-polos").unwrap();
    listing(link, &url).share_text(Language::Indonesian)
}

#[test]
fn what_is_shared_tells_the_truth_about_the_link() {
    let open = link("Kaos polos");
    let rest = |change: fn(&mut PaymentLink)| {
        let mut link = open.clone();
        change(&mut link);
        share_text(&link).strip_prefix("Kaos polos · Rp75.000").expect("name and price").to_owned()
    };
    assert_eq!(rest(|_| {}), "");
    assert_eq!(rest(|link| link.used = 10), "\n🏁 Habis terjual.");
    let only_one = |link: &mut PaymentLink| {
        link.usage_limit = UsageLimit::new(1).ok();
        link.used = 1;
    };
    assert_eq!(rest(only_one), "\n✅ Sudah dibayar.");
    assert_eq!(rest(|link| link.expires_at = Some(noon())), "\n⌛ Waktunya sudah berakhir.");
    assert_eq!(rest(|link| link.paused_at = Some(noon())), "\n⏸ Sedang ditutup penjual.");
    assert_eq!(rest(|link| link.deleted_at = Some(noon())), "\n🗑 Tidak dijual lagi.");
    let later = |link: &mut PaymentLink| link.opens_at = Some(noon() + TimeDelta::hours(2));
    assert_eq!(rest(later), "\n🕒 Dibuka Sel 24 Nov 14.00 WIB.");
    assert!(rest(|link| link.held = 7).starts_with("\n🟡"));
    assert!(rest(|link| link.mode = Mode::Sandbox).contains("Sandbox"));
}

#[test]
fn a_named_customer_is_greeted_while_there_is_something_to_pay() {
    let name = CustomerName::parse("Budi").unwrap();
    let mut link = link("Kaos polos");
    link.customer = Some(NamedCustomer { name: Some(name), phone: None, email: None });
    assert!(share_text(&link).starts_with("Halo Budi"));
    link.used = 10;
    assert_eq!(share_text(&link), "Kaos polos · Rp75.000\n🏁 Habis terjual.");
}

#[test]
fn a_caption_escapes_what_was_typed_and_leaves_the_address_alive() {
    let (shop, link) = (StoreName::parse("Toko <Ani>").unwrap().value, link("<b>Kaos</b> kaos.id"));
    let url = Url::parse("https://bayar.example/kaos-polos").unwrap();
    let listing = listing(&link, &url);
    let caption = listing.caption(Language::Indonesian);
    assert!(caption.contains("&lt;b&gt;Kaos"), "{caption}");
    assert!(caption.contains("\nhttps://bayar.example/kaos-polos"), "{caption}");
    assert!(listing.message(&shop, Language::English).contains("🏪 Toko &lt;Ani&gt;"));
}
