//! The one place where what people typed becomes HTML for Telegram.

/// U+2060 WORD JOINER: invisible, breaks no line, and ends every link, mention, hashtag and command
/// that Telegram would otherwise make of a text. U+200C does not: hashtags may hold it.
const WORD_JOINER: char = '\u{2060}';

/// What someone typed, as Telegram HTML that shows exactly that: markup is inert, and nothing in it
/// becomes a live link, mention, hashtag, cashtag or command.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for character in defuse(text).chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

/// A text that can be tapped to copy; Telegram looks for no links inside.
#[must_use]
pub fn code(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<code>{escaped}</code>")
}

/// An address of our own that Telegram is to make a live link of.
#[must_use]
pub fn address(url: &url::Url) -> String {
    url.as_str().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The text of a card without its markup: what is sent when Telegram cannot read the markup.
#[must_use]
pub fn strip(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut inside_tag = false;
    for character in html.chars() {
        match character {
            '<' => inside_tag = true,
            '>' if inside_tag => inside_tag = false,
            other if !inside_tag => plain.push(other),
            _ => {}
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Puts a word joiner inside whatever Telegram would make a link of.
fn defuse(text: &str) -> String {
    let mut defused = String::with_capacity(text.len() + 8);
    for token in text.split_inclusive(char::is_whitespace) {
        let is_address = is_ip_address(token.trim_end());
        let mut previous: Option<char> = None;
        let mut characters = token.chars().peekable();
        while let Some(character) = characters.next() {
            defused.push(character);
            if let Some(next) = characters.peek().copied()
                && starts_link(previous, character, next, is_address)
            {
                defused.push(WORD_JOINER);
            }
            previous = Some(character);
        }
    }
    defused
}

/// Whether a link of any kind would go on from `character` to `next`.
fn starts_link(previous: Option<char>, character: char, next: char, is_address: bool) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    match character {
        '@' | '#' => is_word(next),
        '$' => next.is_ascii_alphabetic(),
        // Telegram's list of letters may be older than ours: to it, a new letter begins a command.
        '/' => is_word(next) && !previous.is_some_and(|letter| letter.is_ascii() && is_word(letter)),
        ':' => next == '/',
        '.' => {
            // Prices and times keep their plain dots: no top-level domain is a number.
            let between_digits =
                previous.is_some_and(|digit| digit.is_ascii_digit()) && next.is_ascii_digit();
            !next.is_whitespace() && previous.is_some() && (!between_digits || is_address)
        }
        _ => false,
    }
}

/// Whether the token holds four numbers with dots between them, like `10.0.0.1:8080`.
fn is_ip_address(token: &str) -> bool {
    let host = token.split([':', '/']).next().unwrap_or_default();
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_not_obeyed() {
        assert_eq!(escape("<b>&\"</b>"), "&lt;b&gt;&amp;&quot;&lt;/b&gt;".replace("/b", "/\u{2060}b"));
    }

    #[test]
    fn links_mentions_hashtags_and_commands_are_broken_up() {
        for (typed, shown) in [
            ("kaos.id", "kaos.\u{2060}id"),
            ("@toko", "@\u{2060}toko"),
            ("#promo", "#\u{2060}promo"),
            ("/new", "/\u{2060}new"),
            ("𳌸/new", "𳌸/\u{2060}new"),
            ("$USD", "$\u{2060}USD"),
            ("https://a.b", "https:\u{2060}//\u{2060}a.\u{2060}b"),
            ("10.0.0.1", "10.\u{2060}0.\u{2060}0.\u{2060}1"),
        ] {
            assert_eq!(escape(typed), shown);
        }
    }

    #[test]
    fn prices_dates_and_plain_words_stay_as_typed() {
        for text in ["Rp1.500.000", "14.02 WIB", "25/12/2026", "kaos hitam. Baru!", "50%", "a / b"] {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn stripping_gives_back_the_words() {
        assert_eq!(strip("<b>Kaos</b> &lt;3 &amp; lagi"), "Kaos <3 & lagi");
    }
}
