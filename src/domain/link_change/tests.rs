use chrono::TimeZone;

use super::*;
use crate::domain::id::{DraftId, MerchantId};
use crate::domain::reference::Reference;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 0, 0).unwrap()
}

fn name(text: &str) -> ItemName {
    ItemName::parse(text).unwrap().value
}

fn limit(payments: i64) -> Option<UsageLimit> {
    UsageLimit::new(payments).ok()
}

fn customer() -> Option<NamedCustomer> {
    Some(NamedCustomer::parse("Budi Santoso").unwrap())
}

/// Ten shirts, four of them paid and one being paid for.
fn link() -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: DraftId::generate(),
        mode: Mode::Live,
        reference: Reference::generate([1; 6]),
        slug: Slug::generate([2; 17]),
        item_name: name("Kaos"),
        price: Money::new(75_000, Currency::IDR),
        usage_limit: limit(10),
        used: 4,
        held: 1,
        offer: Default::default(),
        opens_at: None,
        expires_at: Some(now() + TimeDelta::hours(1)),
        paused_at: None,
        deleted_at: None,
        customer: None,
        seller_note: None,
        created_at: now(),
    }
}

/// The link after its seller changed the terms that it has, with orders through it.
fn changed(
    link: &PaymentLink,
    to: impl FnOnce(LinkTerms) -> LinkTerms,
) -> Result<PaymentLink, ChangeRefusal> {
    let before = LinkTerms::of(link);
    change(link, &before, &to(before.clone()), true, now())
}

#[test]
fn what_was_touched_changes_and_nothing_else() {
    let link = link();
    let price = Money::new(80_000, Currency::IDR);
    assert_eq!(changed(&link, |terms| terms), Ok(link.clone()));
    for (after, expected) in [
        (
            LinkTerms { item_name: name("Topi"), ..LinkTerms::of(&link) },
            PaymentLink { item_name: name("Topi"), ..link.clone() },
        ),
        (LinkTerms { price, ..LinkTerms::of(&link) }, PaymentLink { price, ..link.clone() }),
        (
            LinkTerms { usage_limit: None, ..LinkTerms::of(&link) },
            PaymentLink { usage_limit: None, ..link.clone() },
        ),
        (
            LinkTerms { expires_at: None, ..LinkTerms::of(&link) },
            PaymentLink { expires_at: None, ..link.clone() },
        ),
        (
            LinkTerms { customer: customer(), ..LinkTerms::of(&link) },
            PaymentLink { customer: customer(), ..link.clone() },
        ),
    ] {
        assert_eq!(changed(&link, |_| after), Ok(expected));
    }
}

#[test]
fn what_somebody_else_changed_meanwhile_stays() {
    let before = LinkTerms::of(&link());
    let dearer = PaymentLink { price: Money::new(90_000, Currency::IDR), usage_limit: limit(20), ..link() };
    let after = LinkTerms { item_name: name("Topi"), ..before.clone() };
    let now_both = change(&dearer, &before, &after, true, now()).unwrap();
    assert_eq!(now_both, PaymentLink { item_name: name("Topi"), ..dearer });
}

#[test]
fn a_limit_covers_what_is_paid_and_being_paid_for() {
    let to = |payments| changed(&link(), |terms| LinkTerms { usage_limit: limit(payments), ..terms });
    assert_eq!(to(4), Err(ChangeRefusal::LimitBelowTaken { used: 4, held: 1 }));
    assert_eq!(to(5).unwrap().usage_limit, limit(5));
    // A link that took more than it should, by its seller's word, may still be given another name.
    let over = PaymentLink { usage_limit: limit(3), ..link() };
    assert!(changed(&over, |terms| LinkTerms { item_name: name("Topi"), ..terms }).is_ok());
}

#[test]
fn an_end_is_a_minute_away_at_least() {
    let to = |left| {
        changed(&link(), |terms| LinkTerms { expires_at: Some(now() + TimeDelta::seconds(left)), ..terms })
    };
    assert_eq!(to(59), Err(ChangeRefusal::ExpiryTooSoon));
    assert!(to(60).is_ok());
    let ended = PaymentLink { expires_at: Some(now() - TimeDelta::hours(1)), ..link() };
    assert!(changed(&ended, |terms| LinkTerms { item_name: name("Topi"), ..terms }).is_ok());
}

#[test]
fn a_currency_and_a_deleted_link_stay_as_they_are() {
    let dollars = Money::new(1_250, Currency::USD);
    let to_dollars = changed(&link(), |terms| LinkTerms { price: dollars, ..terms });
    assert_eq!(to_dollars, Err(ChangeRefusal::CurrencyIsFixed(Currency::IDR)));
    let deleted = PaymentLink { deleted_at: Some(now()), ..link() };
    assert_eq!(changed(&deleted, |terms| terms), Err(ChangeRefusal::Deleted));
}

#[test]
fn a_link_that_others_ordered_through_never_becomes_one_customers_own() {
    let untouched = PaymentLink { used: 0, held: 0, usage_limit: limit(1), ..link() };
    let name_budi = |terms: LinkTerms| LinkTerms { customer: customer(), ..terms };
    assert_eq!(changed(&untouched, name_budi), Err(ChangeRefusal::HasOrders));
    let before = LinkTerms::of(&untouched);
    assert!(change(&untouched, &before, &name_budi(before.clone()), false, now()).is_ok());

    let several = PaymentLink { used: 0, held: 0, usage_limit: limit(2), customer: customer(), ..link() };
    let one = |terms: LinkTerms| LinkTerms { usage_limit: limit(1), ..terms };
    assert_eq!(changed(&several, one), Err(ChangeRefusal::HasOrders));

    let budis = PaymentLink { usage_limit: limit(1), ..several };
    let siti = Some(NamedCustomer::parse("Siti Aminah").unwrap());
    let to_siti = changed(&budis, |terms| LinkTerms { customer: siti, ..terms });
    assert_eq!(to_siti, Err(ChangeRefusal::HasOrders));
    assert!(changed(&budis, |terms| LinkTerms { item_name: name("Topi"), ..terms }).is_ok());
    assert!(changed(&budis, |terms| LinkTerms { customer: None, ..terms }).is_ok());
}

#[test]
fn a_link_with_an_address_that_can_be_guessed_names_nobody() {
    let slug = Slug::parse_own("kaos-polos").unwrap();
    let guessable = PaymentLink { slug: slug.clone(), ..link() };
    let named = changed(&guessable, |terms| LinkTerms { customer: customer(), ..terms });
    assert_eq!(named, Err(ChangeRefusal::SlugGuessable(slug)));
    let no_longer = PaymentLink { customer: customer(), ..guessable };
    assert!(changed(&no_longer, |terms| LinkTerms { customer: None, ..terms }).is_ok());
}

#[test]
fn a_draft_carries_terms_there_and_back() {
    let terms = LinkTerms::of(&link());
    assert_eq!(LinkTerms::of_draft(&terms.clone().into_draft()), Some(terms.clone()));
    assert_eq!(LinkTerms::of_draft(&LinkDraft { price: None, ..terms.into_draft() }), None);
}
