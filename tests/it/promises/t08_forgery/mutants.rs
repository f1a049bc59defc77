//! What a forger without the key can send: changed, shifted, misspelt, signed with something else.
//!
//! Every change alters something that is signed. What is not signed may be changed by anyone, and is
//! believed by nobody: that is told by the stories about notices.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};

use crate::support::test_app::SERVER_KEY;

/// A notice that Midtrans signed, and that a forger has seen.
pub struct Genuine {
    pub order_id: String,
    code: String,
    amount: String,
    signature: String,
    fields: Map<String, Value>,
}

type Change = fn(&Genuine, &mut StdRng) -> Vec<u8>;

/// Every kind of forgery, with a name for when it succeeds.
const CHANGES: [(&str, Change); 12] = [
    ("a changed signature", changed_signature),
    ("a signature of another shape", misshapen_signature),
    ("a signature by another key", signed_by_another_key),
    ("a signature by another method", signed_by_another_method),
    ("another status code", other_code),
    ("another amount", other_amount),
    ("an amount spelt otherwise", misspelt_amount),
    ("another order", other_order),
    ("an order id spelt otherwise", misspelt_order),
    ("fields shifted into each other", shifted),
    ("a name given twice", twice),
    ("a field of another type", other_type),
];

/// One forgery: its name and its bytes.
pub fn mutate(genuine: &Genuine, random: &mut StdRng) -> (&'static str, Vec<u8>) {
    let (name, change) = CHANGES.choose(random).expect("there are changes");
    (name, change(genuine, random))
}

/// A secret that is not Telegram's; `None`: no header at all.
pub fn wrong_secret(genuine: &str, random: &mut StdRng) -> Option<Vec<u8>> {
    let mut secret = genuine.as_bytes().to_vec();
    let at = random.random_range(0..secret.len());
    match random.random_range(0..9) {
        0 => return None,
        1 => secret[at] = other_byte(secret[at], random),
        2 => secret.truncate(at),
        3 => secret.push(secret[at]),
        4 => secret.insert(0, b' '),
        5 => secret = genuine.to_uppercase().into_bytes(),
        6 => secret = vec![b'0'; secret.len()],
        7 => secret = (0..64).map(|_| random.random_range(0x21..0x7f)).collect(),
        _ => secret.swap(at, genuine.len() - 1 - at),
    }
    (secret != genuine.as_bytes()).then_some(secret)
}

impl Genuine {
    /// A notice as Midtrans signs it.
    pub fn signed(order_id: &str, code: &str, amount: &str) -> Self {
        let signature = hex::encode(Sha512::digest(format!("{order_id}{code}{amount}{SERVER_KEY}")));
        Self::read(json!({
            "order_id": order_id, "status_code": code, "gross_amount": amount, "currency": "IDR",
            "transaction_status": "pending", "transaction_id": "a", "signature_key": signature,
        }))
    }

    /// A notice as it was overheard.
    pub fn read(notice: Value) -> Self {
        let text = |name: &str| notice[name].as_str().expect("a text").to_owned();
        let (order_id, code) = (text("order_id"), text("status_code"));
        let (amount, signature) = (text("gross_amount"), text("signature_key"));
        let fields = notice.as_object().expect("an object").clone();
        Self { order_id, code, amount, signature, fields }
    }

    pub fn text(&self) -> String {
        Value::Object(self.fields.clone()).to_string()
    }

    /// The notice with other fields, and with the status that a forger wants.
    fn with(&self, changes: &[(&str, Value)]) -> Vec<u8> {
        let mut fields = self.fields.clone();
        fields.insert("transaction_status".to_owned(), json!("settlement"));
        for (name, value) in changes {
            fields.insert((*name).to_owned(), value.clone());
        }
        Value::Object(fields).to_string().into_bytes()
    }
}

fn changed_signature(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let mut bytes = hex::decode(&genuine.signature).expect("hexadecimal");
    for _ in 0..random.random_range(1..4) {
        let at = random.random_range(0..bytes.len());
        bytes[at] = other_byte(bytes[at], random);
    }
    let mut signature = hex::encode(bytes);
    // Two changes can undo each other.
    if signature == genuine.signature {
        signature = "0".repeat(128);
    }
    genuine.with(&[("signature_key", json!(signature))])
}

fn misshapen_signature(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let length = random.random_range(0..128);
    let mut letters: Vec<char> = genuine.signature.chars().collect();
    let at = random.random_range(0..letters.len());
    letters[at] = *['g', 'O', 'l', ' ', '\u{0}', 'а', '０', '\u{200b}'].choose(random).expect("one of them");
    let signature = match random.random_range(0..7) {
        0 => genuine.signature[..length].to_owned(),
        1 => format!("{}{}", genuine.signature, "0".repeat(random.random_range(1..300))),
        2 => letters.into_iter().collect(),
        3 => format!("0x{}", genuine.signature),
        4 => format!(" {}", genuine.signature),
        5 => format!("{}\n", genuine.signature),
        _ => genuine.signature.chars().rev().collect(),
    };
    genuine.with(&[("signature_key", json!(signature))])
}

fn signed_by_another_key(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let end = random.random_range(0..SERVER_KEY.len());
    let key = match random.random_range(0..6) {
        0 => String::new(),
        1 => SERVER_KEY[..end].to_owned(),
        2 => format!("{SERVER_KEY} "),
        3 => SERVER_KEY.to_lowercase(),
        4 => "Mid-server-of-someone-else".to_owned(),
        _ => format!("SB-Mid-server-{}", random.random::<u64>()),
    };
    let signature = sha512(&[&genuine.order_id, "200", &genuine.amount, &key]);
    genuine.with(&[("status_code", json!("200")), ("signature_key", json!(signature))])
}

/// What other services sign with, or a programmer who misread the page.
fn signed_by_another_method(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let (id, amount) = (genuine.order_id.as_str(), genuine.amount.as_str());
    let signature = match random.random_range(0..5) {
        0 => hex::encode(Sha256::digest(format!("{id}200{amount}{SERVER_KEY}"))),
        1 => sha512(&[id, "200", SERVER_KEY, amount]),
        2 => sha512(&[SERVER_KEY]),
        3 => sha512(&[id, "|200|", amount, SERVER_KEY]),
        _ => sha512(&[id, "200", amount]),
    };
    genuine.with(&[("status_code", json!("200")), ("signature_key", json!(signature))])
}

fn other_code(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let mut code = match random.random_range(0..4) {
        0 => json!(random.random_range(0..1_000)),
        1 => json!(format!("{:03}", random.random_range(0..1_000))),
        2 => json!(
            *["", "2", "20", "0201", "201 ", "２０１", "2e2", "-201", "+201"].choose(random).expect("one")
        ),
        _ => json!("200"),
    };
    if code.to_string().trim_matches('"') == genuine.code {
        code = json!("200");
    }
    genuine.with(&[("status_code", code)])
}

fn other_amount(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let whole: i64 = genuine.amount.trim_end_matches(".00").parse().expect("whole rupiah");
    let other = match random.random_range(0..6) {
        0 => whole + 1,
        1 => whole - 1,
        2 => whole * 100,
        3 => whole / 100,
        4 => -whole,
        _ => whole + random.random_range(1..1_000_000),
    };
    let amount = if random.random() { json!(format!("{other}.00")) } else { json!(other) };
    genuine.with(&[("gross_amount", amount)])
}

fn misspelt_amount(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let amount = genuine.amount.as_str();
    let whole = amount.trim_end_matches(".00");
    let spellings = [
        whole.to_owned(),
        format!("{whole}."),
        format!("{whole}.0"),
        format!("{whole}.000"),
        format!("{whole}.01"),
        format!("{whole},00"),
        format!("0{amount}"),
        format!("+{amount}"),
        format!(" {amount}"),
        format!("{amount} "),
        format!("{amount}\u{0}"),
        format!("Rp{amount}"),
        format!("{}e0", whole),
        amount.chars().map(|c| if c == '0' { '０' } else { c }).collect(),
        String::new(),
    ];
    genuine.with(&[("gross_amount", json!(spellings.choose(random)))])
}

fn other_order(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let mut id = genuine.order_id.clone().into_bytes();
    let at = random.random_range(0..id.len());
    id[at] = if id[at] == b'q' { b'r' } else { b'q' };
    genuine.with(&[("order_id", json!(String::from_utf8(id).expect("ASCII")))])
}

fn misspelt_order(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let id = genuine.order_id.as_str();
    let spellings = [
        id.to_uppercase() + "A",
        format!(" {id}"),
        format!("{id} "),
        format!("{id}\u{0}"),
        format!("{id}\u{200b}"),
        id.replace('-', "\u{2010}"),
        id.replace('a', "а"),
        format!("{id}/../{id}"),
        format!("{id}' or '1'='1"),
        id.replacen('-', "%2d", 1),
        id.repeat(20),
        String::new(),
    ];
    let spelling = spellings.choose(random).filter(|spelling| *spelling != id).cloned();
    genuine.with(&[("order_id", json!(spelling.unwrap_or_default()))])
}

/// The hash joins its fields without marks between them, so these hash like the genuine notice.
fn shifted(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let joined = format!("{}{}{}", genuine.order_id, genuine.code, genuine.amount);
    // Any cut but the genuine one: where the id ends, and where the code does.
    let genuine_cut = (genuine.order_id.len(), genuine.order_id.len() + genuine.code.len());
    let mut cut = genuine_cut;
    while cut == genuine_cut {
        let end = random.random_range(1..joined.len() - 4);
        let width = if random.random() { 3 } else { random.random_range(0..6) };
        cut = (end, (end + width).min(joined.len() - 1));
    }
    genuine.with(&[
        ("order_id", json!(joined[..cut.0])),
        ("status_code", json!(joined[cut.0..cut.1])),
        ("gross_amount", json!(joined[cut.1..])),
    ])
}

fn twice(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let name = *["order_id", "status_code", "gross_amount", "signature_key", "transaction_status"]
        .choose(random)
        .expect("one of them");
    let again = format!("{}:{}", json!(name), genuine.fields[name]);
    let text = genuine.text();
    let text = if random.random() {
        text.replacen('{', &format!("{{{again},"), 1)
    } else {
        format!("{},{again}}}", text.trim_end_matches('}'))
    };
    text.into_bytes()
}

fn other_type(genuine: &Genuine, random: &mut StdRng) -> Vec<u8> {
    let name = *["order_id", "status_code", "gross_amount", "signature_key"].choose(random).expect("one");
    let text = genuine.fields[name].clone();
    let value = match random.random_range(0..6) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([text]),
        3 => json!({ "$ne": "" }),
        4 => json!({ name: text }),
        _ => json!([]),
    };
    genuine.with(&[(name, value)])
}

fn other_byte(byte: u8, random: &mut StdRng) -> u8 {
    let other = random.random_range(0x21..0x7f_u8);
    if other == byte { byte ^ 1 } else { other }
}

fn sha512(parts: &[&str]) -> String {
    hex::encode(Sha512::digest(parts.concat()))
}
