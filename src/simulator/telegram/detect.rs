//! What Telegram turns into a link by itself: addresses, @names, #tags, /commands.

use super::{html::Formatted, message::Entity};

/// Endings that make a bare `name.ending` an address; a short list of the usual ones.
const ENDINGS: [&str; 14] =
    ["com", "id", "co", "net", "org", "app", "me", "io", "shop", "store", "dev", "info", "biz", "link"];

/// Adds entities for the words Telegram would make live, except inside code and links.
pub(super) fn add_links(formatted: &mut Formatted) {
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in formatted.text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end().trim_start_matches(['(', '"', '“', '‘', '\'']);
        let skipped = piece.len() - piece.trim_start_matches(['(', '"', '“', '‘', '\'']).len();
        let start = offset + units(&piece[..skipped]);
        let word = word.trim_end_matches(['.', ',', '!', '?', ';', ':', ')', '"', '”', '’', '\'']);
        if let Some(kind) = kind_of(word) {
            found.push(Entity::new(kind, start, units(word)));
        }
        offset += units(piece);
    }
    let covered = |entity: &Entity| {
        formatted.entities.iter().any(|other| {
            matches!(other.kind.as_str(), "code" | "pre" | "text_link" | "url")
                && other.offset < entity.offset + entity.length
                && entity.offset < other.offset + other.length
        })
    };
    let fresh: Vec<Entity> = found.into_iter().filter(|entity| !covered(entity)).collect();
    formatted.entities.extend(fresh);
    formatted.entities.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
}

fn kind_of(word: &str) -> Option<&'static str> {
    let name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    if let Some(rest) = word.strip_prefix('@') {
        return (rest.len() >= 3 && rest.is_ascii() && name(rest)).then_some("mention");
    }
    if let Some(rest) = word.strip_prefix('#') {
        return (name(rest) && rest.chars().any(char::is_alphabetic)).then_some("hashtag");
    }
    if let Some(rest) = word.strip_prefix('/') {
        let command = rest.split('@').next().unwrap_or_default();
        return (command.len() <= 32 && command.is_ascii() && name(command)).then_some("bot_command");
    }
    if let Some((local, host)) = word.split_once('@') {
        return (!local.is_empty() && dotted(host)).then_some("email");
    }
    if word.starts_with("http://") || word.starts_with("https://") {
        return url::Url::parse(word).is_ok().then_some("url");
    }
    dotted(word.split(['/', '?', ':']).next().unwrap_or_default()).then_some("url")
}

fn dotted(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        && labels.last().is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, usize, usize)> {
        let mut formatted = Formatted::plain(text);
        add_links(&mut formatted);
        formatted.entities.into_iter().map(|entity| (entity.kind, entity.offset, entity.length)).collect()
    }

    #[test]
    fn names_that_become_links() {
        assert_eq!(kinds("💰 kaos.id!"), [("url".to_owned(), 3, 7)]);
        assert_eq!(kinds("see https://a.example/x?y=1."), [("url".to_owned(), 4, 23)]);
        assert_eq!(
            kinds("/new (@toko) #promo"),
            [("bot_command".to_owned(), 0, 4), ("mention".to_owned(), 6, 5), ("hashtag".to_owned(), 13, 6),]
        );
        assert!(kinds("kaos\u{2060}.id 75.000 #12 a/b").is_empty());
    }
}
