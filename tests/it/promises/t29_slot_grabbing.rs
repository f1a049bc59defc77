//! T29: nobody can keep a limited link from everyone else. Only a charge holds a place, and one network
//! holds at most half of what is left, or three.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures::future::join_all;
use futures::stream::{self, StreamExt};
use tautan::domain::payment_method::PaymentMethod;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::networks::Network;
use tautan::services::payments::Choice;
use url::Url;

use super::{Promise, Size};
use crate::support::customer::Customer;
use crate::support::test_app::TestApp;
use crate::support::test_shop::TestShop;

/// How long it takes to type three fields, by the clock of the pages.
const TYPING: TimeDelta = TimeDelta::seconds(3);

/// Requests that a network of bots has under way all the time.
const BOTS_AT_ONCE: usize = 4;

/// As many as one network may send without being told to wait.
const AT_ONCE: usize = 25;

#[tokio::test(flavor = "multi_thread")]
async fn t29_one_network_leaves_half_of_a_limited_link_to_the_others() {
    let mut promise =
        Promise::new(29, "bots of one network hold half of a limited link; the others buy, p95 < 300 ms");
    let bots = Size::of_run().pick(25, 100, 400);
    let honest = Size::of_run().pick(10, 20, 40);
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link(&format!("kaos hitam 150rb x{}", honest * 2)).await;

    // What the same takes on this machine while nobody is in the way.
    let quiet = ani.makes_a_link("topi 20rb").await;
    let mut alone = Vec::new();
    for buyer in &mut fill_in(&app, &quiet, 10, |index| format!("192.0.2.{index}")).await {
        let started = Instant::now();
        assert!(chooses(buyer).await, "{}", buyer.page.text());
        alone.push(started.elapsed());
    }
    let alone = percentile(&mut alone, 95);

    let mut waiting = Vec::new();
    for _ in 0..bots / AT_ONCE {
        waiting.extend(fill_in(&app, &link, AT_ONCE, |_| "203.0.113.7".to_owned()).await);
        app.advance(TimeDelta::minutes(1));
    }
    assert_eq!(app.units(&link).await, (0, 0), "a form holds nothing");
    let mut buyers = fill_in(&app, &link, honest, |index| format!("198.51.100.{index}")).await;

    let mut times = Vec::new();
    let mut grabbed = 0;
    let each = buyers.len().div_ceil(waiting.len() / AT_ONCE);
    for wave in waiting.chunks_mut(AT_ONCE) {
        let bots = stream::iter(wave.iter_mut().map(chooses)).buffer_unordered(BOTS_AT_ONCE);
        let buyers = async {
            for buyer in buyers.drain(..each.min(buyers.len())).collect::<Vec<_>>().iter_mut() {
                let started = Instant::now();
                assert!(chooses(buyer).await, "{}", buyer.page.text());
                times.push(started.elapsed());
            }
        };
        let (held, ()): (Vec<bool>, ()) = tokio::join!(bots.collect(), buyers);
        grabbed += held.into_iter().filter(|has_place| *has_place).count();
        app.advance(TimeDelta::minutes(1));
    }
    let p95 = percentile(&mut times, 95);
    promise.measured(format!(
        "{bots} bots hold {grabbed} of {}; {} others bought, p95 {p95:.0?} (alone {alone:.0?})",
        honest * 2,
        times.len()
    ));
    assert_eq!((grabbed, times.len()), (honest, honest));
    assert_eq!(app.units(&link).await, (0, i64::try_from(honest * 2).unwrap()));
    let refused = waiting.iter().find(|bot| bot.page.status == 429).expect("a bot was refused");
    assert!(
        refused.page.text().contains("sudah banyak pembayaran yang belum selesai"),
        "{}",
        refused.page.text()
    );
    assert!(refused.page.headers.contains_key("retry-after"));
    if Size::of_run() == Size::Full {
        // On a machine that is too slow even alone, bots may not make it three times slower.
        assert!(p95 < Duration::from_millis(300).max(alone * 3), "{p95:?}");
    }
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_of_64_bits_is_one_network_and_three_places_are_anybodys() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x5").await;
    let mut family = fill_in(&app, &link, 6, |index| format!("2001:db8:7:7::{index:x}")).await;
    let mut held = 0;
    for member in &mut family {
        held += usize::from(chooses(member).await);
    }
    assert_eq!(held, 3, "half of five is two, and three are anybody's");
    // Whoever holds a place keeps it when the method changes, and a payment makes room for the next.
    let payer = &mut family[0];
    payer.presses("BNI Virtual Account").await;
    assert_eq!(payer.page.status, 200, "{}", payer.page.text());
    payer.pays().await;
    payer.waits_for("Lunas").await;
    assert_eq!(app.units(&link).await, (1, 2));
    assert!(chooses(&mut family[4]).await, "{}", family[4].page.text());
    // With nobody's name on the request (no proxy says) nothing is counted.
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_without_a_limit_has_room_for_a_whole_carrier() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut crowd = fill_in(&app, &link, AT_ONCE, |_| "203.0.113.7".to_owned()).await;
    app.settles().await;
    app.advance(TimeDelta::minutes(1));
    crowd.extend(fill_in(&app, &link, AT_ONCE, |_| "203.0.113.7".to_owned()).await);
    let started = Instant::now();
    let held = join_all(crowd.iter_mut().map(chooses)).await.into_iter().filter(|has| *has).count();
    let more = usize::try_from(started.elapsed().as_secs() / 2).unwrap() + 1;
    assert!((30..=30 + more).contains(&held), "{held} at once, then one every two seconds");
    let hurried = crowd.iter_mut().find(|customer| customer.page.status == 429).expect("one is told to wait");
    assert!(hurried.page.text().contains("Silakan pilih lagi dalam"), "{}", hurried.page.text());
    let seconds: i64 = hurried.page.headers["retry-after"].to_str().unwrap().parse().unwrap();
    app.advance(TimeDelta::seconds(seconds));
    assert!(chooses(hurried).await, "{}", hurried.page.text());
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_requests_at_the_same_instant_do_not_slip_past_the_share() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(10)).await;
    let mut tokens = Vec::new();
    for number in 0..40 {
        let form = CustomerForm {
            name: format!("Bot {number}"),
            phone: "081234567890".to_owned(),
            email: "bot@example.com".to_owned(),
            ..CustomerForm::default()
        };
        match shop.services.place_order(link.slug.as_str(), &form, &[]).await.unwrap() {
            Placement::Placed(token) => tokens.push(token),
            other => panic!("{other:?}"),
        }
    }
    let network = Network::of("203.0.113.7".parse().unwrap());
    let choices = join_all(
        tokens
            .iter()
            .map(|token| shop.services.choose_method_from(token, PaymentMethod::BcaVa, Some(network))),
    );
    let choices: Vec<Choice> = choices.await.into_iter().map(Result::unwrap).collect();
    let charged = choices.iter().filter(|choice| **choice == Choice::Charged).count();
    let refused = choices.iter().filter(|choice| **choice == Choice::TooManyFromNetwork).count();
    assert_eq!((charged, refused), (5, 35), "{choices:?}");

    // The database knows the network by a mark alone, and not for longer than the hold.
    let marks = "select count(distinct network) || ':' || count(network) from orders";
    assert_eq!(shop.database.texts(marks).await.unwrap(), ["1:5"]);
    let still_held = "update orders set unit = 'none' where unit = 'held'";
    shop.database.execute(still_held).await.unwrap();
    shop.services.forget_old_rows().await.unwrap();
    assert_eq!(shop.database.texts(marks).await.unwrap(), ["0:0"]);
}

/// So many customers who have filled in the form of a link, each from the address that its number gives.
async fn fill_in(
    app: &TestApp,
    link: &Url,
    count: usize,
    address: impl Fn(usize) -> String,
) -> Vec<Customer> {
    let mut customers: Vec<Customer> = (0..count).map(|index| app.customer().from(address(index))).collect();
    join_all(customers.iter_mut().map(|customer| customer.opens(link))).await;
    app.advance(TYPING);
    for (index, customer) in customers.iter_mut().enumerate() {
        customer.fills_in(&format!("Pembeli {index}"), "0812-3456-7890", "pembeli@example.test").await;
        assert_eq!(customer.page.status, 200, "{}", customer.page.text());
    }
    customers
}

/// Chooses a virtual account; whether there is a number to pay to.
async fn chooses(customer: &mut Customer) -> bool {
    customer.presses("BCA Virtual Account").await;
    customer.page.status == 200 && customer.page.text().contains("Bayar dengan BCA")
}

/// The time that so many of a hundred stay within.
pub fn percentile(times: &mut [Duration], of_hundred: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * of_hundred).div_ceil(100).clamp(1, times.len()) - 1]
}
