//! Money has no floats.

use proc_macro2::{TokenStream, TokenTree};

use crate::no_faults;
use crate::source::{files_under, root};

/// The floors through which money goes. Pages and chats only show what these say.
const MONEY_FLOORS: [&str; 4] = ["src/domain", "src/gateways", "src/services", "src/storage"];

/// Where serde hands over a number with a fraction: it is made a text again before anyone looks at it.
const READS_JSON_NUMBERS: &str = "src/gateways/midtrans/notice/unique_object.rs";

#[test]
fn no_float_comes_near_money() {
    let mut faults = Vec::new();
    let files = MONEY_FLOORS.iter().flat_map(|floor| files_under(floor, ".rs"));
    for path in files.filter(|path| path != READS_JSON_NUMBERS) {
        let floats = floats_in(tokens_of(&path)).into_iter();
        faults.extend(floats.map(|(line, written)| format!("{path}:{line}: {written}")));
    }
    no_faults("Amounts are whole minor units (domain::money); these are floats:", faults);
}

#[test]
fn every_float_is_seen() {
    let code = "fn a(x: f64) -> Vec<f32> { say!(1.5, 2e3, 0.1_f32, 7f64); [1, 0xe1, 1_000, 10u32, t.0.1] }";
    let seen: Vec<String> =
        floats_in(code.parse().unwrap()).into_iter().map(|(_, written)| written).collect();
    assert_eq!(seen, ["f64", "f32", "1.5", "2e3", "0.1_f32", "7f64"]);
}

fn tokens_of(path: &str) -> TokenStream {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every float type and float number, also inside macros, with its line from 1.
fn floats_in(tokens: TokenStream) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut follows_dot = false;
    for token in tokens {
        let line = token.span().start().line;
        match &token {
            TokenTree::Group(group) => found.extend(floats_in(group.stream())),
            TokenTree::Ident(ident) if *ident == "f32" || *ident == "f64" => {
                found.push((line, ident.to_string()));
            }
            // `t.0.1` is a field of a field.
            TokenTree::Literal(literal) if !follows_dot && is_float(&literal.to_string()) => {
                found.push((line, literal.to_string()));
            }
            _ => {}
        }
        follows_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
    }
    found
}

fn is_float(literal: &str) -> bool {
    let starts_with_digit = literal.starts_with(|first: char| first.is_ascii_digit());
    let is_decimal = !["0x", "0b", "0o"].iter().any(|prefix| literal.starts_with(prefix));
    let has_float_type = literal.ends_with("f32") || literal.ends_with("f64");
    let number = literal.split(['u', 'i']).next().unwrap_or_default();
    starts_with_digit && is_decimal && (has_float_type || number.contains(['.', 'e', 'E']))
}
