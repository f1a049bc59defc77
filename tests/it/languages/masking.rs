//! Words in place of whatever differs from run to run.

/// The text with a word in place of whatever differs from run to run.
pub(super) fn without_chance(text: &str, base_url: &str) -> String {
    text.lines().map(|line| without_moments(line, base_url)).collect::<Vec<_>>().join("\n")
}

fn without_moments(line: &str, base_url: &str) -> String {
    // What was sold when depends on the hour of the run.
    if line.contains('▇') || line.ends_with(" –") {
        return "<bar>".to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ') {
        let is_code = word.starts_with('#') && word.len() == 6;
        let path = word.strip_prefix(base_url).unwrap_or(word);
        let is_slug = path.len() >= 26 && path.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_number = word.len() >= 12 && word.chars().all(|c| c.is_ascii_digit());
        let is_fault = words.last().is_some_and(|last| last == "Kode" || last == "Code") && word.len() == 4;
        let is_order_page = word.contains("/orders/");
        let is_alone = words.last().is_some_and(|last| last == "·");
        let ends_moment = word.starts_with("WIB") && words.last().is_some_and(|last| is_hour(last));
        if ends_moment {
            while words.last().is_some_and(|last| is_of_moment(last)) {
                words.pop();
            }
            words.push("<moment>".to_owned());
        } else if let Some((before, _)) = word.split_once("start=t_") {
            words.push(format!("{before}start=<token>"));
        } else if is_number || is_fault {
            words.push("<number>".to_owned());
        } else if is_code {
            words.push("#<code>".to_owned());
        } else if is_order_page {
            words.push("<order's page>".to_owned());
        } else if word.contains("/webhooks/midtrans/") {
            words.push("<address of notices>".to_owned());
        } else if is_slug {
            words.push("<slug>".to_owned());
        } else if is_alone && is_hour(word.trim_end_matches(']')) {
            let end = if word.ends_with(']') { "]" } else { "" };
            words.push(format!("<hour>{end}"));
        } else {
            words.push(word.replace(base_url, "https://tautan.example/"));
        }
    }
    let line = words.join(" ");
    // A notice says the hour alone, with its zone.
    line.replace("<hour> WIB", "<moment>")
}

/// Whether the word may stand before the zone in a moment such as `Sel 24 Nov 2026 18.33 WIB`.
fn is_of_moment(word: &str) -> bool {
    const NAMES: &str = "Sen Sel Rab Kam Jum Sab Min Mon Tue Wed Thu Fri Sat Sun \
                         Jan Feb Mar Apr Mei May Jun Jul Agu Aug Sep Okt Oct Nov Des Dec";
    let bare = word.trim_matches(',');
    bare.starts_with(|c: char| c.is_ascii_digit()) || NAMES.split_whitespace().any(|name| name == bare)
}

/// `14.02` or `14:02`.
fn is_hour(word: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.chars().all(|c| c.is_ascii_digit());
    word.split_once(['.', ':']).is_some_and(|(hour, minute)| digits(hour) && digits(minute))
}
