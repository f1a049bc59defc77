use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// The keys of a language with the variables each speaks of.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.code());
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =")
                && !line.starts_with([' ', '}', '*', '['])
            {
                key = name.to_owned();
                let earlier = keys.insert(key.clone(), BTreeSet::new());
                assert!(earlier.is_none(), "{key} is written twice in {}", language.code());
            }
            for rest in line.split('$').skip(1) {
                let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
                keys.get_mut(&key).unwrap().insert(name.unwrap().to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    assert_eq!(keys(Language::Indonesian), keys(Language::English));
}

#[test]
fn every_key_renders_in_every_language() {
    for language in Language::ALL {
        for (key, variables) in keys(language) {
            for number in [0, 1, 2] {
                let text = variables.iter().fold(Say::new(language, &key), |text, variable| {
                    text.with_value(Box::leak(variable.clone().into_boxed_str()), Value::Number(number))
                });
                let html = text.html();
                let open = html.matches('<').count();
                assert!(html != key && !html.is_empty(), "{key} is missing in {}", language.code());
                assert!(!html.contains('{') && !html.contains('$'), "{key}: {html}");
                assert_eq!(open, html.matches('>').count(), "{key}: {html}");
                assert!(html.encode_utf16().count() < 4096, "{key} is too long");
            }
        }
    }
}

#[test]
fn what_people_type_is_escaped_in_html_and_plain_elsewhere() {
    let text = Say::new(Language::English, "start-button-use-name").with("name", "A & <b>");
    assert_eq!(text.plain(), "Use “A & <b>”");
    assert_eq!(text.html(), "Use “A &amp; &lt;b&gt;”");
    let arguments = [("name", Value::Text("A & B".into()))];
    assert_eq!(say_with(Language::English, "start-button-use-name", &arguments), "Use “A &amp; B”");
}
