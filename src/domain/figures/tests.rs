use super::super::money::Currency;
use super::*;

const JAKARTA: Tz = Tz::Asia__Jakarta;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday, 23 November 2026, 06.30 in Jakarta: still Sunday in Greenwich.
fn monday() -> DateTime<Utc> {
    at("2026-11-22T23:30:00Z")
}

fn paid(at_text: &str, minor: i64, currency: Currency) -> PaidOrder {
    PaidOrder { link_id: LinkId(uuid::Uuid::nil()), paid_at: at(at_text), left: Money::new(minor, currency) }
}

#[test]
fn days_are_those_of_the_shop() {
    let span = |period: Period| {
        let span = period.span(monday(), JAKARTA);
        (span.since.to_rfc3339(), span.until.to_rfc3339(), span.slots.len())
    };
    let tomorrow = "2026-11-23T17:00:00+00:00".to_owned();
    assert_eq!(span(Period::Today), ("2026-11-22T17:00:00+00:00".to_owned(), tomorrow.clone(), 24));
    assert_eq!(span(Period::SevenDays), ("2026-11-16T17:00:00+00:00".to_owned(), tomorrow.clone(), 7));
    assert_eq!(span(Period::ThirtyDays), ("2026-10-24T17:00:00+00:00".to_owned(), tomorrow.clone(), 30));
    assert_eq!(span(Period::ThisMonth), ("2026-10-31T17:00:00+00:00".to_owned(), tomorrow.clone(), 23));
    let november = "2026-10-31T17:00:00+00:00".to_owned();
    assert_eq!(span(Period::LastMonth), ("2026-09-30T17:00:00+00:00".to_owned(), november, 31));
    assert_eq!(span(Period::Always), ("1970-01-01T00:00:00+00:00".to_owned(), tomorrow, 0));
}

#[test]
fn a_day_is_as_long_as_the_clocks_make_it() {
    let berlin = Tz::Europe__Berlin;
    assert_eq!(Period::Today.span(at("2026-03-29T12:00:00Z"), berlin).slots.len(), 23);
    assert_eq!(Period::Today.span(at("2026-10-25T12:00:00Z"), berlin).slots.len(), 25);
    // Clocks in Beirut skip the hour after midnight.
    let beirut = Period::Today.span(at("2026-03-29T12:00:00Z"), Tz::Asia__Beirut);
    assert_eq!(beirut.since, at("2026-03-28T22:00:00Z"));
}

#[test]
fn every_quarter_of_an_hour_belongs_to_one_day_everywhere() {
    for zone in [Tz::Asia__Kathmandu, Tz::Asia__Kolkata, Tz::Pacific__Chatham, JAKARTA] {
        let since = Period::Today.span(monday(), zone).since;
        assert_eq!(since.timestamp() % 900, 0, "{zone}");
    }
}

#[test]
fn payments_stand_in_their_hour_and_currency() {
    let orders = [
        paid("2026-11-22T17:00:00Z", 75_000, Currency::IDR),
        paid("2026-11-22T17:59:59Z", 25_000, Currency::IDR),
        paid("2026-11-22T18:00:00Z", 5_000, Currency::IDR),
        paid("2026-11-22T18:00:00Z", 1_250, Currency::USD),
    ];
    let span = Period::Today.span(monday(), JAKARTA);
    let slots = by_slot(&span, &orders, Currency::IDR);
    let sums: Vec<i64> = slots.iter().take(3).map(|slot| slot.sum_minor).collect();
    assert_eq!(sums, [100_000, 5_000, 0]);

    let totals = by_currency(&orders, Currency::IDR);
    assert_eq!(totals.len(), 2);
    assert_eq!(totals[0], Total { sum: Money::new(105_000, Currency::IDR), payments: 3 });
    assert_eq!(totals[0].average(), Some(Money::new(35_000, Currency::IDR)));
    assert_eq!(totals[1].average(), Some(Money::new(1_250, Currency::USD)));

    let euros = Currency::parse("EUR").unwrap();
    assert_eq!(by_currency(&orders, euros).first(), totals.first(), "what it sold in comes first");
    assert_eq!(by_currency(&[], euros), [Total { sum: Money::new(0, euros), payments: 0 }]);
    assert_eq!(by_currency(&[], euros)[0].average(), None);
}

#[test]
fn the_best_links_are_those_that_brought_most() {
    let link = |number| LinkId(uuid::Uuid::from_u128(number));
    let order = |number, minor, currency| PaidOrder {
        link_id: link(number),
        ..paid("2026-11-22T17:00:00Z", minor, currency)
    };
    let orders = [
        order(1, 100, Currency::IDR),
        order(2, 150, Currency::IDR),
        order(1, 100, Currency::IDR),
        order(3, 150, Currency::IDR),
        order(4, 9_999, Currency::USD),
    ];
    let best = best_links(&orders, Currency::IDR, 2);
    let shown: Vec<_> = best.iter().map(|(link, total)| (*link, total.sum.minor(), total.payments)).collect();
    assert_eq!(shown, [(link(1), 200, 2), (link(2), 150, 1)]);
}

#[test]
fn bars_fill_seven_lines_at_most() {
    for (period, lines) in [
        (Period::Today, 6),
        (Period::SevenDays, 7),
        (Period::ThirtyDays, 6),
        (Period::ThisMonth, 6),
        (Period::LastMonth, 7),
        (Period::Always, 0),
    ] {
        let span = period.span(monday(), JAKARTA);
        let slots = by_slot(&span, &[], Currency::IDR);
        let figures = Figures {
            period,
            span: span.clone(),
            totals: by_currency(&[], Currency::IDR),
            funnel: Funnel::default(),
            slots,
            best: Vec::new(),
        };
        let shown = figures.lines();
        assert_eq!(shown.len(), lines, "{period:?}");
        assert!(shown.windows(2).all(|pair| pair[0].1 == pair[1].0.begins), "{period:?} has no gap");
        assert!(shown.last().is_none_or(|(_, end)| *end == span.until), "{period:?}");
    }
}

#[test]
fn a_bar_is_never_empty_for_something_and_never_too_long() {
    assert_eq!((bar(0, 10), bar(-5, 10), bar(1, 0)), (String::new(), String::new(), String::new()));
    assert_eq!(bar(1, i64::MAX), "▇");
    assert_eq!(bar(i64::MAX, i64::MAX), "▇".repeat(10));
    assert_eq!(bar(5, 10), "▇▇▇▇▇");
}

#[test]
fn a_share_is_said_when_it_says_something() {
    let funnel = |opened, paid| Funnel { opened, paid, ..Funnel::default() };
    assert_eq!(funnel(20, 3).paid_percent(), Some(15));
    assert_eq!(funnel(0, 0).paid_percent(), None);
    assert_eq!(funnel(2, 3).paid_percent(), None);
    assert_eq!(Funnel::counted(0, 2, 2, 1).opened, 2, "who gave details had the page open");
    assert_eq!(Funnel::counted(9, 2, 2, 1).opened, 9);
}

#[test]
fn every_period_has_its_letter() {
    for period in Period::ALL {
        assert_eq!(Period::parse(period.code()), Some(period));
    }
    assert_eq!(Period::parse("x"), None);
}
