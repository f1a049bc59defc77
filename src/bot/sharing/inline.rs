//! The shop's links in any chat: what is offered while `@bot words` is typed there.
//!
//! ```text
//! Ani    @tautan_bot            (in a chat with Budi)
//! bot    offers her ten newest links that can be paid
//! Ani    @tautan_bot kaos       → links with that word, whatever became of them
//! Ani    @tautan_bot Topi 50rb  → [➕ Buat dulu “Topi 50rb”], which leads to the chat with the bot
//! Ani    taps an article
//! (chat) Kaos polos · Rp75.000 … [Bayar Rp75.000]
//! ```
//!
//! It only reads. What was chosen comes as an update of its own, and is kept true from then on.

use crate::bot::BotError;
use crate::bot::home::names_a_price;
use crate::bot::links::link_card::state_words;
use crate::bot::links::wording::Reader;
use crate::domain::language::Language;
use crate::messaging::buttons::encode_key;
use crate::messaging::card::cut;
use crate::messaging::inline_queries::InlineQuery;
use crate::messaging::price_words::price_words;
use crate::messaging::telegram::{InlineAnswer, InlineArticle, Messenger};
use crate::messaging::texts::{Say, say};
use crate::services::Services;
use crate::services::links::LinkView;
use crate::services::merchants::Seat;

/// The payload that opens the chat with the bot for who has no shop.
const OPEN_SHOP: &str = "shop";

/// The most bytes of words that fit into a start link, in base64url and behind `n_`.
const DRAFT_BYTES_MAX: usize = 46;

/// The most characters of those words on the button.
const LABEL_CHARACTERS_MAX: usize = 24;

/// Answers a question that was typed in some chat.
///
/// # Errors
/// When the database cannot be asked.
pub async fn answer_query(
    services: &Services,
    messenger: &Messenger,
    query: &InlineQuery,
) -> Result<(), BotError> {
    let answer = match services.seat(query.person).await? {
        Some(seat) => offers(services, &seat, query.words.trim()).await?,
        None => {
            let language = Language::guess(query.language_code.as_deref());
            let may_open = services.may_open_shop(query.person).await?;
            let button = may_open.then(|| (say(language, "inline-open-shop"), OPEN_SHOP.to_owned()));
            InlineAnswer { articles: Vec::new(), button }
        }
    };
    messenger.answer_inline(&query.id, answer).await;
    Ok(())
}

async fn offers(services: &Services, seat: &Seat, words: &str) -> Result<InlineAnswer, BotError> {
    let language = seat.member.language;
    let views = services.links_to_offer(seat, words).await?;
    let articles = views.iter().map(|view| article(services, seat, view)).collect::<Vec<_>>();
    let is_new = names_a_price(words, seat.merchant.currency, language);
    let button = match (is_new && seat.member.role.may_change_links(), articles.is_empty()) {
        (true, _) => Some((create_label(words, language), format!("n_{}", draft_code(words)))),
        (false, true) => Some((say(language, "inline-nothing"), "n_".to_owned())),
        (false, false) => None,
    };
    Ok(InlineAnswer { articles, button })
}

fn article(services: &Services, seat: &Seat, view: &LinkView) -> InlineArticle {
    let language = seat.member.language;
    let reader = Reader {
        person: seat.member.telegram_id,
        language,
        zone: seat.merchant.time_zone,
        now: view.now,
        writes_letters: false,
    };
    let (icon, word) = state_words(view.state);
    let limit = view.link.usage_limit.map_or(0, |limit| limit.get());
    let usage = Say::new(language, "link-usage")
        .with_number("limit", limit)
        .with_number("paid", view.link.used)
        .with_number("paying", view.paying_now)
        .plain();
    let price = price_words(language, view.link.price, &view.link.offer.pricing);
    InlineArticle {
        id: encode_key(view.link.id.0),
        title: view.link.item_name.as_str().to_owned(),
        description: format!("{price} · {icon} {} · {usage}", reader.say(word)),
        message: services.inline_message(&seat.merchant, view, language),
    }
}

fn create_label(words: &str, language: Language) -> String {
    let short = cut(words, LABEL_CHARACTERS_MAX);
    Say::new(language, "inline-create").with("words", short).plain()
}

/// Words as they travel in a start link; none where they are too long, which asks for them again.
fn draft_code(words: &str) -> String {
    if words.len() > DRAFT_BYTES_MAX {
        return String::new();
    }
    data_encoding::BASE64URL_NOPAD.encode(words.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_into_a_start_link_or_stay_behind() {
        for words in ["Kaos 75rb", &"x".repeat(46), &"é".repeat(23)] {
            let payload = format!("n_{}", draft_code(words));
            assert!(payload.len() <= 64, "{payload}");
            assert!(payload.chars().all(|sign| sign.is_ascii_alphanumeric() || "_-".contains(sign)));
            let bytes = data_encoding::BASE64URL_NOPAD.decode(&payload.as_bytes()[2..]).unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), words);
        }
        assert_eq!(draft_code(&"x".repeat(47)), "");
    }
}
