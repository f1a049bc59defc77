//! T17: whatever people are called and whatever is sold, the message comes and says exactly that.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::time::Duration;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tautan::domain::customer::CustomerName;
use tautan::domain::visible_text::{ItemName, TextError};
use tautan::messaging::pacer::Pace;
use tautan::simulator::telegram::Call;

use super::{Promise, Size};
use crate::support::telegram_parser;
use crate::support::test_outbox::TestOutbox;

/// Payments of a chat that ring before the others become lines.
const RINGS: usize = 2;

/// Chats that are told beside each other.
const CHATS: usize = 40;

/// Texts that broke something somewhere.
const NAUGHTY: &[&str] = &[
    // Markup of every kind.
    "<b>Budi</b>",
    "<b>Budi",
    "</b>",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;b&gt;",
    "&#60;",
    "&#x3C;",
    "&nbsp;",
    "&bogus;",
    "< A />",
    "<!-- -->",
    "<![CDATA[x]]>",
    "<a href=\"tg://user?id=1\">x</a>",
    "<code>",
    "</code><b>",
    "<tg-spoiler>x",
    "<blockquote expandable>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "*bold* _italic_ `code`",
    "_*[]()~`>#+-=|{}.!",
    "[x](https://evil.test)",
    "**",
    "```",
    "||spoiler||",
    "\\",
    "\\n",
    // Templates, formats, queries and formulas.
    "{{7*7}}",
    "{ $amount }",
    "{-term}",
    "{\"a\":1}",
    "${7*7}",
    "#{7*7}",
    "%s%n%d",
    "%00",
    "%3Cb%3E",
    "{0}",
    "{}",
    "'; drop table orders; --",
    "\" or \"\"=\"",
    "1' OR '1'='1",
    "=HYPERLINK(\"x\")",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    // What Telegram would make live.
    "kaos.id",
    "https://evil.test/x",
    "http://a.b",
    "evil.test:8080/x?y=z#q",
    "10.0.0.1",
    "@toko",
    "@@toko",
    "#promo",
    "/start",
    "/new kaos 75k",
    "$USD",
    "budi@example.com",
    "tg://resolve?domain=x",
    "www.evil.test",
    "пример.рф",
    "t.me/joinchat/x",
    "a@b@c.id/#x",
    "//evil.test",
    "ftp://x.test",
    "mailto:a@b.id",
    "tel:+62812",
    // Languages, directions and marks.
    "Ñandú Çelik",
    "Łukasz Żółć",
    "İstanbul ığdır",
    "ＦＵＬＬ ＷＩＤＴＨ",
    "مرحبا بالعالم",
    "שלום עולם",
    "Budi مرحبا Sari",
    "\u{202E}gnirts desrever",
    "\u{2066}x\u{2069}",
    "\u{200F}x\u{200E}",
    "नमस्ते",
    "বাংলা",
    "ไทยนี้",
    "ខ្មែរ",
    "မြန်မာ",
    "田中さん",
    "部落格",
    "사회과학원",
    "😀",
    "👨\u{200D}👩\u{200D}👧\u{200D}👦",
    "🏳️\u{200D}🌈",
    "👍🏽",
    "🇮🇩🇬🇧",
    "1️⃣",
    "❤️‍🔥",
    "Z̷̢̛͉a̵͕l̶͎g̴̨o̸͓",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{301}x",
    "q\u{308}\u{323}",
    "ﷺ",
    "ﬁ ligature",
    "\u{200B}x\u{200C}y\u{200D}z\u{FEFF}",
    "a\u{AD}b",
    "\u{2060}x\u{2060}",
    "ẞß",
    "Ω≈ç√∫",
    "𝕿𝖍𝖊",
    "𠜎𠜱",
    "˙ɐnbᴉlɐ",
    // White space, control characters and length.
    " x ",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "a\u{2028}b\u{2029}c",
    "a\u{A0}b\u{3000}c",
    "a\u{0}b",
    "\u{1b}[31mred",
    "\u{7}bell",
    "a\u{85}b",
    "NULL",
    "nil",
    "undefined",
    "true",
    "NaN",
    "-1",
    "0",
    "1e309",
    "0x0",
    "CON",
    "../../etc/passwd",
    "I\u{FE0F}",
    "…",
    "—",
    "“quoted”",
    "'",
    "\"",
    "`",
    "~",
    "^",
    "|",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
];

/// Whether a text was refused for the right reason.
type Why = fn(&TextError) -> bool;

/// Texts that cannot be a name, and why.
const REFUSED: &[(&str, Why)] = &[
    ("", |error| *error == TextError::Empty),
    (" \t\n", |error| *error == TextError::Empty),
    ("\u{0}", |error| *error == TextError::Empty),
    ("\u{200B}\u{200D}\u{2060}\u{FEFF}", |error| *error == TextError::Empty),
    ("\u{202E}", |error| *error == TextError::Empty),
    ("4111 1111 1111 1111", |error| *error == TextError::CardNumber),
];

#[tokio::test(flavor = "multi_thread")]
async fn t17_hostile_text_is_delivered_and_literal() {
    let mut promise = Promise::new(17, "naughty strings and 10,000 random names: delivered, literal, inert");
    for (text, is_why) in REFUSED {
        assert!(CustomerName::parse(text).as_ref().is_err_and(is_why), "{text:?}");
    }
    let too_long = "x".repeat(CustomerName::CHARACTERS_MAX + 1);
    assert!(matches!(CustomerName::parse(&too_long), Err(TextError::TooLong { .. })));

    let seed: u64 = rand::random();
    let random = Size::of_run().pick(300, 2_000, 10_000);
    let mut names: Vec<String> = NAUGHTY.iter().map(|name| (*name).to_owned()).collect();
    let mut dice = StdRng::seed_from_u64(seed);
    while names.len() < NAUGHTY.len() + random {
        let name = random_name(&mut dice);
        if CustomerName::parse(&name).is_ok() {
            names.push(name);
        }
    }
    let items: Vec<&str> = NAUGHTY.iter().copied().filter(|item| ItemName::parse(item).is_ok()).collect();
    let outbox = TestOutbox::open(items.iter().copied()).await;
    let courier = outbox.courier(Pace::NONE);
    for (round, batch) in names.chunks(CHATS * RINGS).enumerate() {
        let payments: Vec<(usize, &str)> = batch
            .iter()
            .enumerate()
            .map(|(index, name)| ((round * CHATS + index / RINGS) % items.len(), name.as_str()))
            .collect();
        outbox.pays(&payments).await;
        outbox.is_told(Duration::from_secs(60)).await;
        // The next ones are no part of this burst.
        outbox.clock.advance(TimeDelta::seconds(61));
    }
    courier.stop().await;

    let calls = outbox.calls();
    let refused = calls.iter().filter(|call| !call.succeeded()).count();
    let shown: Vec<String> = (0..items.len()).flat_map(|shop| outbox.shown(shop)).map(literal).collect();
    promise.measured(format!("{} names, {} items, seed {seed}: {refused} refused", names.len(), items.len()));
    assert_eq!((refused, shown.len()), (0, names.len()), "every notice is a message of its own");
    for name in &names {
        let cleaned = CustomerName::parse(name).unwrap();
        let said = format!("dari {}\n", cleaned.as_str());
        assert!(shown.iter().any(|text| text.contains(&said)), "{name:?} is not shown as {said:?}");
    }
    for item in items {
        let said = format!("\n{} · ", ItemName::parse(item).unwrap().value);
        assert!(shown.iter().any(|text| text.contains(&said)), "{item:?} is not shown as {said:?}");
    }
    for call in &calls {
        is_inert(call);
    }
}

/// Telegram's own parser takes it, and finds nothing live in it but our own code.
fn is_inert(call: &Call) {
    let html = call.body["text"].as_str().expect("a text");
    let parsed = telegram_parser::check_message(html).unwrap_or_else(|error| panic!("{html:?}: {error}"));
    assert!(
        parsed.entities.iter().all(|entity| ["Bold", "Code"].contains(&entity.kind.as_str())),
        "{parsed:?}"
    );
    let codes: Vec<&str> = parsed
        .entities
        .iter()
        .filter(|entity| entity.kind == "Code")
        .map(|entity| entity.part.as_str())
        .collect();
    for live in telegram_parser::live_parts(&parsed.text).unwrap() {
        let is_ours = codes.contains(&live.part.as_str());
        let leads_away = ["Url", "Mention", "Hashtag", "Cashtag", "BotCommand", "EmailAddress"]
            .contains(&live.kind.as_str());
        assert!(is_ours || !leads_away, "{:?} is live in {html:?}", live.part);
    }
}

/// What a person reads: the joiners that keep words from becoming links cannot be seen.
fn literal(text: String) -> String {
    text.replace('\u{2060}', "")
}

/// 1 to 100 characters from all of Unicode, from the corners that break things, and from plain letters.
fn random_name(dice: &mut StdRng) -> String {
    const CORNERS: &[char] = &[
        '<', '>', '&', '"', '\'', '@', '#', '/', '.', ':', '$', '_', '*', '`', '{', '}', '\\', '\u{0}',
        '\u{200B}', '\u{200D}', '\u{202E}', '\u{2060}', '\u{301}', '\u{FE0F}', '😀', '👩', 'ا', 'ש', '\n',
        ' ', '\u{A0}', '%',
    ];
    let length = dice.random_range(1..=100);
    let unicode_share = dice.random_range(0..=10);
    (0..length)
        .map(|_| match dice.random_range(0..12) {
            share if share < unicode_share => dice.random::<char>(),
            share if share % 2 == 0 => CORNERS[dice.random_range(0..CORNERS.len())],
            _ => dice.random_range('a'..='z'),
        })
        .collect()
}
