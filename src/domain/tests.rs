//! What states and words mean, where nothing but the type decides.

use chrono::{DateTime, TimeDelta, Utc};

use super::apply::Tiding;
use super::attempt::{AccountCode, AttemptState, GatewayOrderId, LEAST_TIME_TO_PAY, pay_by};
use super::clock::{Clock, ShiftedClock};
use super::customer::NamedCustomer;
use super::id::{DraftId, LinkId, MerchantId, OrderId, RefundId, TelegramId};
use super::ledger::EntryKind;
use super::link_draft::LinkDraft;
use super::merchant::{Mode, Role};
use super::money::{Currency, Money};
use super::notification::{NotificationKind, SellerMessage};
use super::order::{OrderCode, OrderState, OrderToken, Unit};
use super::payment_link::{LinkState, PaymentLink};
use super::payment_method::{MethodKind, MethodOffer, PaymentMethod, RefundWay};
use super::reference::Reference;
use super::refund::{Refund, RefundState, ReturnWay};
use super::slug::Slug;
use super::usage_limit::UsageLimit;
use super::visible_text::ItemName;

const REFUND_STATES: [RefundState; 4] =
    [RefundState::Requested, RefundState::Accepted, RefundState::Confirmed, RefundState::Failed];

const NOTIFICATION_KINDS: [NotificationKind; 3] =
    [NotificationKind::Payment, NotificationKind::News, NotificationKind::Decision];

/// The database keeps variants as their names in small letters: a renamed one would lose its rows.
macro_rules! words_are_kept {
    ($variants:expr, $word:expr, $read:expr) => {
        for variant in $variants {
            let name = format!("{variant:?}");
            let mut word = String::new();
            for letter in name.chars() {
                if letter.is_uppercase() && !word.is_empty() {
                    word.push('_');
                }
                word.extend(letter.to_lowercase());
            }
            assert_eq!($word(variant), word);
            assert_eq!($read(&word), Some(variant));
            assert_eq!($read(&name), None, "only the word itself is read back");
        }
        assert_eq!($read(""), None);
    };
}

#[test]
fn words_of_the_database_are_read_back() {
    words_are_kept!(AttemptState::ALL, AttemptState::code, AttemptState::parse);
    words_are_kept!(OrderState::ALL, OrderState::code, OrderState::parse);
    words_are_kept!([Unit::None, Unit::Held, Unit::Used], Unit::code, Unit::parse);
    words_are_kept!(EntryKind::ALL, EntryKind::code, EntryKind::parse);
    words_are_kept!([Mode::Sandbox, Mode::Live], Mode::code, Mode::parse);
    words_are_kept!([Role::Owner, Role::Staff, Role::Viewer], Role::code, Role::parse);
    words_are_kept!([ReturnWay::Gateway, ReturnWay::ByHand], ReturnWay::code, ReturnWay::parse);
    words_are_kept!(NOTIFICATION_KINDS, NotificationKind::code, NotificationKind::parse);
    words_are_kept!(REFUND_STATES, RefundState::code, RefundState::parse);
    words_are_kept!(PaymentMethod::ALL, PaymentMethod::code, PaymentMethod::parse);
}

#[test]
fn every_attempt_is_live_dead_or_has_seen_money() {
    use AttemptState::{
        Authorized, Cancelled, Challenge, Creating, Denied, Expired, Failed, Pending, Unknown,
    };
    let (live, dead) =
        ([Creating, Unknown, Pending, Challenge, Authorized], [Denied, Cancelled, Expired, Failed]);
    for state in AttemptState::ALL {
        assert_eq!(state.is_live(), live.contains(&state), "{state:?}");
        assert_eq!(state.is_dead(), dead.contains(&state), "{state:?}");
    }
}

#[test]
fn an_order_may_be_paid_until_it_has_seen_money_or_was_left_lying() {
    use OrderState::{Awaiting, Closed, Expired, Open};
    for state in OrderState::ALL {
        assert_eq!(state.may_be_paid(), [Open, Awaiting, Expired].contains(&state), "{state:?}");
        assert_eq!(state.has_seen_money(), ![Open, Awaiting, Expired, Closed].contains(&state), "{state:?}");
    }
}

#[test]
fn a_return_is_under_way_until_it_is_booked_or_refused() {
    assert_eq!(REFUND_STATES.map(RefundState::is_open), [true, true, false, false]);
}

#[test]
fn a_return_has_a_key_of_its_own_that_never_changes() {
    let (one, other) = (RefundId::generate(), RefundId::generate());
    assert_eq!(Refund::key_of(one), format!("r-{}", one.0.to_string().replace('-', "")));
    assert_ne!(Refund::key_of(one), Refund::key_of(other));
}

#[test]
fn a_charge_ends_with_its_link_but_leaves_a_quarter_of_an_hour() {
    let (now, hour) = (instant(0), TimeDelta::hours(1));
    assert_eq!(pay_by(now, hour, None), now + hour);
    assert_eq!(pay_by(now, hour, Some(now + hour * 2)), now + hour);
    assert_eq!(pay_by(now, hour, Some(now + hour / 2)), now + hour / 2);
    assert_eq!(pay_by(now, hour, Some(now + TimeDelta::minutes(1))), now + LEAST_TIME_TO_PAY);
    assert_eq!(pay_by(now, hour, Some(now - hour)), now + LEAST_TIME_TO_PAY);
}

#[test]
fn windows_are_short_where_they_keep_others_from_buying() {
    use MethodKind::{Bill, Counter, Qr, Redirect, VirtualAccount, Wallet};
    for kind in [Qr, Wallet, Redirect] {
        assert_eq!([kind.window(true), kind.window(false)], [TimeDelta::minutes(15); 2]);
    }
    for kind in [VirtualAccount, Bill, Counter] {
        assert_eq!([kind.window(true), kind.window(false)], [TimeDelta::hours(1), TimeDelta::hours(24)]);
    }
}

#[test]
fn a_method_takes_amounts_within_its_bounds() {
    let method = PaymentMethod::Qris;
    let offer = |maximum_minor| MethodOffer {
        method,
        minimum_minor: 1_500,
        maximum_minor,
        refund_way: RefundWay::ByHand,
    };
    let bounded = offer(Some(10_000));
    assert_eq!([1_499, 1_500, 10_000, 10_001].map(|minor| bounded.takes(minor)), [false, true, true, false]);
    assert_eq!([1_499, i64::MAX].map(|minor| offer(None).takes(minor)), [false, true]);
    assert_eq!(PaymentMethod::MandiriBill.name(), "Mandiri Bill Payment");
}

#[test]
fn a_links_state_turns_on_the_very_instant_and_the_very_payment() {
    let link = || PaymentLink { usage_limit: UsageLimit::new(3).ok(), ..any_link() };
    let at = |seconds| Some(instant(seconds));
    let cases = [
        (link(), LinkState::Active),
        (PaymentLink { opens_at: at(1), ..link() }, LinkState::NotOpenYet),
        (PaymentLink { opens_at: at(0), ..link() }, LinkState::Active),
        (PaymentLink { opens_at: at(-1), ..link() }, LinkState::Active),
        (PaymentLink { expires_at: at(1), ..link() }, LinkState::Active),
        (PaymentLink { expires_at: at(0), ..link() }, LinkState::Expired),
        (PaymentLink { used: 2, ..link() }, LinkState::Active),
        (PaymentLink { used: 1, held: 1, ..link() }, LinkState::Active),
        (PaymentLink { used: 1, held: 2, ..link() }, LinkState::Busy),
        (PaymentLink { used: 3, held: 1, ..link() }, LinkState::Exhausted),
        (PaymentLink { used: 3, held: 1, usage_limit: None, ..link() }, LinkState::Active),
        // The first that holds wins.
        (PaymentLink { used: 3, expires_at: at(0), ..link() }, LinkState::Expired),
        (PaymentLink { opens_at: at(1), expires_at: at(0), ..link() }, LinkState::NotOpenYet),
        (PaymentLink { paused_at: at(0), opens_at: at(1), ..link() }, LinkState::Paused),
        (PaymentLink { deleted_at: at(0), paused_at: at(0), ..link() }, LinkState::Deleted),
    ];
    for (link, state) in cases {
        assert_eq!(link.state(instant(0)), state, "{link:?}");
    }
}

#[test]
fn what_is_left_of_a_link_is_its_limit_without_what_was_used() {
    let link =
        |limit: i64, used| PaymentLink { usage_limit: UsageLimit::new(limit).ok(), used, ..any_link() };
    assert_eq!([link(3, 0).remaining(), link(3, 1).remaining(), link(9, 4).remaining()], [3, 2, 5].map(Some));
    assert_eq!(any_link().remaining(), None);
}

#[test]
fn one_network_may_hold_half_of_what_is_left_but_never_fewer_than_a_few() {
    let link =
        |limit: i64, used| PaymentLink { usage_limit: UsageLimit::new(limit).ok(), used, ..any_link() };
    let least = 3;
    assert_eq!(link(201, 0).holds_of_one_network_max(), Some(100));
    assert_eq!(link(201, 101).holds_of_one_network_max(), Some(50));
    assert_eq!(link(least, 0).holds_of_one_network_max(), Some(least));
    assert_eq!(link(1, 1).holds_of_one_network_max(), Some(least));
    assert_eq!(any_link().holds_of_one_network_max(), None);
}

#[test]
fn a_link_is_one_customers_own_when_it_names_one_and_takes_one_payment() {
    let named = |customer: Option<NamedCustomer>, limit| PaymentLink {
        customer,
        usage_limit: UsageLimit::new(limit).ok(),
        ..any_link()
    };
    let budi = || Some(NamedCustomer::parse("Budi Santoso").unwrap());
    assert!(named(budi(), 1).is_for_one_named_customer());
    assert!(!named(budi(), 2).is_for_one_named_customer());
    assert!(!named(None, 1).is_for_one_named_customer());
    assert!(!PaymentLink { usage_limit: None, ..named(budi(), 1) }.is_for_one_named_customer());
}

#[test]
fn a_draft_is_complete_with_a_name_and_a_price() {
    let name = || Some(ItemName::parse("Kaos").unwrap().value);
    let price = Some(Money::new(1, Currency::IDR));
    assert!(LinkDraft { item_name: name(), price, ..LinkDraft::new() }.is_complete());
    assert!(!LinkDraft { item_name: name(), ..LinkDraft::new() }.is_complete());
    assert!(!LinkDraft { price, ..LinkDraft::new() }.is_complete());
}

#[test]
fn an_order_is_opened_by_its_token_and_by_nothing_like_it() {
    let token = OrderToken::new([200; 17]);
    let text = token.reveal();
    let read = OrderToken::parse(text).unwrap();
    assert!(read.is(&token) && read.reveal() == text && text.len() == 26);
    assert!(read.hash().is(&token.hash()) && read.hash().len() == 32);
    let other = OrderToken::new([201; 17]);
    assert!(!other.is(&token) && !other.hash().is(&token.hash()));
    for odd in [&text[1..], &format!("{text}a"), &text.to_uppercase(), &text.replacen('z', "1", 1)] {
        assert!(odd == text || OrderToken::parse(odd).is_none(), "{odd}");
    }
    assert!(OrderToken::parse(&"1".repeat(26)).is_none());
    assert_eq!(format!("{token:?}"), "OrderToken(…)");
}

#[test]
fn codes_and_ids_are_shown_as_they_are_said() {
    let code = OrderCode::from_text(" #k7q2m ");
    assert_eq!((code.as_str(), code.to_string().as_str()), ("K7Q2M", "#K7Q2M"));
    let id = GatewayOrderId::from_text("T-1-abc");
    assert_eq!((id.as_str(), id.to_string().as_str()), ("T-1-abc", "T-1-abc"));
    assert_eq!(AccountCode("live".to_owned()).to_string(), "live");
    assert_eq!(TelegramId(-100_200).to_string(), "-100200");
    let made = GatewayOrderId::new(&Reference::generate(rand::random()), [7; 9]);
    assert!(made.looks_ours(), "{made}");
    for other in ["T-1-abc", "abcdefghijklm", "-abcdefghijklm", "T-abcdefghijkl1", "T-Abcdefghijklm"] {
        assert!(!GatewayOrderId::from_text(other).looks_ours(), "{other}");
    }
}

#[test]
fn a_clock_that_was_moved_says_so() {
    let clock = ShiftedClock::default();
    let before = clock.now();
    clock.advance(TimeDelta::hours(3));
    assert_eq!(clock.shift(), TimeDelta::hours(3));
    assert!(clock.now() >= before + TimeDelta::hours(3));
}

#[test]
fn who_looks_changes_nothing() {
    let roles = [Role::Owner, Role::Staff, Role::Viewer];
    assert_eq!(roles.map(Role::may_change_links), [true, true, false]);
    assert_eq!(roles.map(Role::may_move_money), [true, true, false]);
}

#[test]
fn only_a_plain_payment_may_be_told_in_a_list_at_once() {
    let order_id = OrderId::generate();
    let message = |tiding| SellerMessage::Order { order_id, tiding, attempt_id: None, amount_minor: 1 };
    let sold_out = SellerMessage::SoldOut { link_id: LinkId::generate() };
    assert_eq!(message(Tiding::Paid).kind(), NotificationKind::Payment);
    for tiding in [Tiding::Restored, Tiding::PartiallyRefunded, Tiding::Refunded, Tiding::ReturnedByHand] {
        assert_eq!(message(tiding).kind(), NotificationKind::News, "{tiding:?}");
    }
    for tiding in [Tiding::PaidLate, Tiding::PaidUnallocated, Tiding::Reversed, Tiding::RefundFailed] {
        assert_eq!(message(tiding).kind(), NotificationKind::Decision, "{tiding:?}");
    }
    assert_eq!(sold_out.kind(), NotificationKind::News);
    assert_eq!([message(Tiding::Paid).order_id(), sold_out.order_id()], [Some(order_id), None]);
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn any_link() -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: DraftId::generate(),
        mode: Mode::Sandbox,
        reference: Reference::generate(rand::random()),
        slug: Slug::generate(rand::random()),
        item_name: ItemName::parse("Kaos").unwrap().value,
        price: Money::new(150_000, Currency::IDR),
        usage_limit: None,
        used: 0,
        held: 0,
        offer: Default::default(),
        opens_at: None,
        expires_at: None,
        paused_at: None,
        deleted_at: None,
        customer: None,
        seller_note: None,
        created_at: instant(0),
    }
}
