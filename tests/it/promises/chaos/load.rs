//! Customers who order and choose without a pause, and write down what they were answered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use reqwest::header::LOCATION;
use reqwest::{Client, StatusCode};
use tautan::simulator::midtrans::MidtransSimulator;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::support::seller::Seller;

/// How long a customer stares at a page that does not come.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long a customer takes before another try.
const SIGH: Duration = Duration::from_millis(15);

/// How long a customer types: whoever sends a form sooner is taken for a machine.
const TYPING: Duration = Duration::from_millis(2_100);

/// How long a customer waits who was asked to come back.
const LATER: Duration = Duration::from_millis(100);

/// What customers were answered.
#[derive(Debug, Default)]
pub struct Answers {
    /// Orders that a 303 named.
    pub orders: Vec<AnsweredOrder>,
    /// How often each status came; 0 for none at all.
    pub statuses: BTreeMap<u16, usize>,
    /// Answers that no customer should see, in words.
    pub wrong: Vec<String>,
}

/// An order that its customer knows of.
#[derive(Debug)]
pub struct AnsweredOrder {
    pub token: String,
    /// The choice of a method was answered, too.
    pub chosen: bool,
    /// The page said that the money is there.
    pub seen_paid: bool,
}

/// People at work until they are told to stop.
pub struct Load {
    stop: CancellationToken,
    paid_out: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    payer: JoinHandle<()>,
    answers: Arc<Mutex<Answers>>,
}

impl Load {
    /// This many customers beside each other at these links, and a payer who pays nearly every charge.
    pub fn start(customers: usize, links: &[Url], bank: &MidtransSimulator, seed: u64) -> Self {
        let (stop, answers) = (CancellationToken::new(), Arc::<Mutex<Answers>>::default());
        let mut tasks = Vec::new();
        for number in 0..customers {
            let customer = Customer {
                client: browser(),
                links: links.to_vec(),
                random: StdRng::seed_from_u64(seed ^ (number as u64 + 1)),
                answers: answers.clone(),
            };
            tasks.push(tokio::spawn(customer.shops(stop.clone())));
        }
        let paid_out = CancellationToken::new();
        let payer = tokio::spawn(pay(bank.clone(), paid_out.clone()));
        Self { stop, paid_out, tasks, payer, answers }
    }

    /// Ends the load: everyone finishes what they do, for which the program must be up.
    pub async fn ends(self) -> Answers {
        self.stop.cancel();
        for task in self.tasks {
            tokio::time::timeout(Duration::from_secs(60), task)
                .await
                .expect("people finish")
                .expect("no panic");
        }
        self.paid_out.cancel();
        self.payer.await.expect("no panic");
        Arc::into_inner(self.answers).expect("nobody else").into_inner().expect("no panic under this lock")
    }

    /// Ends the load at once, whatever people are waiting for.
    pub fn gives_up(self) {
        self.paid_out.cancel();
        self.tasks.iter().for_each(JoinHandle::abort);
    }

    /// How many orders were answered so far.
    pub fn orders(&self) -> usize {
        self.answers.lock().expect("no panic under this lock").orders.len()
    }

    /// How often each status came so far.
    pub fn statuses(&self) -> BTreeMap<u16, usize> {
        self.answers.lock().expect("no panic under this lock").statuses.clone()
    }
}

/// Sellers who ask for another link now and then; gives what each of them typed.
pub async fn chat(sellers: Vec<Seller>, stop: CancellationToken) -> Vec<(i64, String)> {
    let mut typed = Vec::new();
    for number in 0.. {
        let seller = &sellers[number % sellers.len()];
        let item = format!("kaos nomor {number:05}");
        seller.phone.says(&format!("/new {item} 25rb"));
        typed.push((seller.phone.id(), item));
        if stop.run_until_cancelled(tokio::time::sleep(Duration::from_millis(400))).await.is_none() {
            break;
        }
    }
    typed
}

/// Pays what waits, at once, whatever its customer has seen of it. One in 32 changed their mind.
async fn pay(bank: MidtransSimulator, stop: CancellationToken) {
    loop {
        for order_id in bank.unpaid().into_iter().filter(|order_id| !order_id.ends_with('7')) {
            // It may have been called off in between.
            drop(bank.pay(&order_id).await);
        }
        if stop.run_until_cancelled(tokio::time::sleep(Duration::from_millis(25))).await.is_none() {
            return;
        }
    }
}

struct Customer {
    client: Client,
    links: Vec<Url>,
    random: StdRng,
    answers: Arc<Mutex<Answers>>,
}

impl Customer {
    async fn shops(mut self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.buys().await;
            let rest = Duration::from_millis(self.random.random_range(5..60));
            tokio::time::sleep(rest).await;
        }
    }

    /// From the link's page to the instructions, and at times to the receipt.
    async fn buys(&mut self) {
        let link = self.links.choose(&mut self.random).expect("a link").clone();
        let address = format!("10.{}.{}.7", self.random.random::<u8>(), self.random.random::<u8>());
        let Some((_, html)) = self.asks(&link, None, &address).await else { return };
        let mut fields = hidden_fields(&html);
        // A link that takes no order now shows no form.
        if !fields.iter().any(|(name, _)| name == "form_key") {
            return;
        }
        tokio::time::sleep(TYPING).await;
        for (name, value) in
            [("name", "Budi Santoso"), ("phone", "0812-3456-7890"), ("email", "budi@example.test")]
        {
            fields.push((name.to_owned(), value.to_owned()));
        }
        let form = Url::parse(&format!("{link}/orders")).expect("an address");
        let Some((order, _)) = self.asks(&form, Some(&fields), &address).await else { return };
        let token = order.path().trim_start_matches("/orders/").to_owned();
        self.note(|answers| {
            answers.orders.push(AnsweredOrder { token: token.clone(), chosen: false, seen_paid: false });
        });
        let form = Url::parse(&format!("{order}/attempts")).expect("an address");
        let method = *["bca_va", "qris", "bni_va"].choose(&mut self.random).expect("a method");
        let fields = [("method".to_owned(), method.to_owned())];
        if self.asks(&form, Some(&fields), &address).await.is_none() {
            return;
        }
        self.note_order(&token, |order| order.chosen = true);
        if self.random.random_ratio(1, 4) {
            for _ in 0..4 {
                let Some((_, html)) = self.asks(&order, None, &address).await else { return };
                if html.contains("Lunas. Terima kasih!") {
                    self.note_order(&token, |order| order.seen_paid = true);
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Asks until there is an answer, as people do: where a 303 led, or the page that came. `None` when
    /// the link takes no order now.
    async fn asks(&self, url: &Url, form: Option<&[(String, String)]>, from: &str) -> Option<(Url, String)> {
        for _ in 0..2_000 {
            let request = match form {
                Some(fields) => self.client.post(url.clone()).form(fields),
                None => self.client.get(url.clone()),
            };
            let request = request.header("Accept-Language", "id").header("X-Forwarded-For", from);
            let Ok(response) = request.send().await else {
                self.note(|answers| *answers.statuses.entry(0).or_default() += 1);
                tokio::time::sleep(SIGH).await;
                continue;
            };
            let status = response.status();
            self.note(|answers| *answers.statuses.entry(status.as_u16()).or_default() += 1);
            match status {
                StatusCode::SEE_OTHER if form.is_some() => {
                    let location = response.headers()[LOCATION].to_str().expect("an address");
                    let mut url = url.join(location).expect("an address");
                    url.set_query(None);
                    return Some((url, String::new()));
                }
                // An answer that breaks off is none.
                StatusCode::OK if form.is_none() => match response.text().await {
                    Ok(html) => return Some((url.clone(), html)),
                    Err(_) => continue,
                },
                StatusCode::CONFLICT => return None,
                StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                    tokio::time::sleep(LATER).await;
                }
                other => {
                    let text = response.text().await.unwrap_or_default();
                    let begin: String = text.chars().take(300).collect();
                    self.note(|answers| answers.wrong.push(format!("{other} for {}: {begin}", url.path())));
                    return None;
                }
            }
        }
        self.note(|answers| answers.wrong.push(format!("no answer for {}", url.path())));
        None
    }

    fn note(&self, change: impl FnOnce(&mut Answers)) {
        change(&mut self.answers.lock().expect("no panic under this lock"));
    }

    fn note_order(&self, token: &str, change: impl FnOnce(&mut AnsweredOrder)) {
        self.note(|answers| {
            change(answers.orders.iter_mut().rev().find(|order| order.token == token).expect("an order"));
        });
    }
}

/// Opens a connection for each request, as a proxy in front of replicas does unless told otherwise.
fn browser() -> Client {
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    builder.timeout(PATIENCE).pool_max_idle_per_host(0).build().expect("a browser")
}

/// The hidden fields of a page's form. Reading pages as a browser does is too slow for a crowd.
fn hidden_fields(html: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        rest.split('"').next().map(str::to_owned)
    };
    let inputs = html.split("<input type=\"hidden\"").skip(1).filter_map(|rest| rest.split('>').next());
    inputs.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect()
}
