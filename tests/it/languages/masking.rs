//! Words in place of whatever differs from run to run.

/// The text with a word in place of whatever differs from run to run.
pub(super) fn without_chance(text: &str, base_url: &str) -> String {
    text.lines().map(|line| without_moments(line, base_url)).collect::<Vec<_>>().join("\n")
}

/// A screen with a word in place of each date, and of the rows of a calendar.
pub(super) fn without_calendar(screen: &str) -> String {
    let mut lines: Vec<String> = screen.split('\n').map(without_dates).collect();
    // A month has four to six weeks.
    lines.dedup_by(|line, before| line == before && line == WEEK);
    lines.join("\n")
}

/// A row of a calendar.
const WEEK: &str = "<week>";

fn without_dates(line: &str) -> String {
    let bare = |word: &str| word.trim_matches(['[', ']', '.', ',', ':']).to_owned();
    let words: Vec<&str> = line.split(' ').collect();
    let is_number = |word: &str| !word.is_empty() && word.chars().all(|digit| digit.is_ascii_digit());
    let is_year = |word: &str| word.len() == 4 && is_number(word);
    if words.len() == 7
        && words.iter().all(|word| word.starts_with('[') && (is_number(&bare(word)) || *word == "[·]"))
    {
        return WEEK.to_owned();
    }
    let turns = |word: &&str| {
        is_month(&bare(word)) || is_year(&bare(word)) || ["◀", "▶"].contains(&bare(word).as_str())
    };
    if line.starts_with('[') && words.iter().all(turns) {
        return "<months>".to_owned();
    }
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let end = if word.ends_with('.') { "." } else { "" };
        let last = kept.last().map(String::as_str).unwrap_or_default().to_owned();
        if is_month(&bare(word)) && (is_number(&last) || kept.is_empty() || last == "📅") {
            if is_number(&last) {
                kept.pop();
                kept.pop_if(|word| is_weekday(word));
            }
            kept.push(format!("<date>{end}"));
        } else if last == "<date>" && is_year(&bare(word)) {
            continue;
        } else {
            kept.push(word.to_owned());
        }
    }
    kept.join(" ")
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
        let is_reference = word.starts_with("T-") && word.len() == 8;
        let is_token = word.starts_with("t_") && word.len() == 28;
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
        } else if is_token {
            words.push("<token>".to_owned());
        } else if is_reference {
            words.push("<reference>".to_owned());
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
    let bare = word.trim_matches(',');
    bare.starts_with(|c: char| c.is_ascii_digit()) || is_weekday(bare) || is_month(bare)
}

fn is_weekday(word: &str) -> bool {
    const NAMES: &str = "Sen Sel Rab Kam Jum Sab Min Mon Tue Wed Thu Fri Sat Sun";
    NAMES.split_whitespace().any(|name| name == word)
}

fn is_month(word: &str) -> bool {
    const NAMES: &str = "Jan Feb Mar Apr Mei May Jun Jul Agu Aug Sep Okt Oct Nov Des Dec";
    NAMES.split_whitespace().any(|name| name == word)
}

/// `14.02` or `14:02`.
fn is_hour(word: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.chars().all(|c| c.is_ascii_digit());
    word.split_once(['.', ':']).is_some_and(|(hour, minute)| digits(hour) && digits(minute))
}
