//! What the pages say: the files `pay_*.ftl` and `setup_page.ftl` of `locales/<language>`, and nothing else of the
//! texts.

use std::fmt::Display;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource};
use fluent_templates::langid;

use crate::domain::language::Language;

type Bundle = FluentBundle<FluentResource>;

/// The files of one language that pages read.
macro_rules! page_files {
    ($language:literal) => {
        [
            include_str!(concat!("../../locales/", $language, "/pay_page.ftl")),
            include_str!(concat!("../../locales/", $language, "/pay_methods.ftl")),
            include_str!(concat!("../../locales/", $language, "/pay_trust.ftl")),
            include_str!(concat!("../../locales/", $language, "/pay_turn.ftl")),
            include_str!(concat!("../../locales/", $language, "/setup_page.ftl")),
        ]
    };
}

static INDONESIAN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("id"), &page_files!("id")));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), &page_files!("en")));

/// The pages' texts in one language. They are plain text: the templates escape them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageTexts(pub Language);

/// A text with values to be put into it.
#[derive(Debug)]
pub struct Saying {
    language: Language,
    values: FluentArgs<'static>,
}

impl PageTexts {
    /// The language's code, for the `lang` of the document.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.0.code()
    }

    /// The language that the switch at the foot leads to.
    #[must_use]
    pub const fn other(&self) -> Language {
        match self.0 {
            Language::Indonesian => Language::English,
            Language::English => Language::Indonesian,
        }
    }

    /// Its code.
    #[must_use]
    pub const fn other_code(&self) -> &'static str {
        self.other().code()
    }

    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        formatted(self.0, key, &FluentArgs::new())
    }

    /// Puts a value into the text that is said next.
    #[must_use]
    pub fn with(&self, name: &'static str, value: impl Display) -> Saying {
        Saying { language: self.0, values: FluentArgs::new() }.with(name, value)
    }

    /// Puts a number into the text that is said next, as `$count`, which plural forms follow.
    #[must_use]
    pub fn count(&self, count: i64) -> Saying {
        let mut values = FluentArgs::new();
        values.set("count", count);
        Saying { language: self.0, values }
    }
}

impl Saying {
    /// Puts one more value into the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.values.set(name, value.to_string());
        self
    }

    /// The text of a key with the values in it.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        formatted(self.language, key, &self.values)
    }
}

fn bundle(language: fluent_templates::LanguageIdentifier, sources: &[&'static str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for source in sources {
        // The files are compiled in and read by a test: what cannot be read would be missing there.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text, or the English one, or the key: a page never fails for want of a sentence.
fn formatted(language: Language, key: &str, values: &FluentArgs<'_>) -> String {
    let own = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    for bundle in [own, &ENGLISH] {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(values), &mut faults).into_owned();
        if faults.is_empty() {
            return text;
        }
        tracing::error!(text.key = key, "a text of the pages lacks a value");
    }
    tracing::error!(text.key = key, "a text of the pages is missing");
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_readable_and_have_the_same_keys() {
        let keys = |source: &&str| {
            FluentResource::try_new((*source).to_owned()).expect("a readable file");
            let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
            source.lines().filter(|line| line.starts_with("pay-")).filter_map(key).collect::<Vec<_>>()
        };
        let english: Vec<_> = page_files!("en").iter().flat_map(keys).collect();
        assert_eq!(english, page_files!("id").iter().flat_map(keys).collect::<Vec<_>>());
        for key in english {
            assert!(ENGLISH.has_message(&key) && INDONESIAN.has_message(&key), "{key}");
        }
    }

    #[test]
    fn values_stand_in_the_text_without_marks() {
        let texts = PageTexts(Language::English);
        assert_eq!(texts.with("store", "Ani & Co").say("pay-to-store"), "Pay Ani & Co");
        assert_eq!(texts.count(1).say("pay-left"), "Only one left");
        assert_eq!(PageTexts(Language::Indonesian).count(7).say("pay-left"), "Sisa 7");
    }

    #[test]
    fn a_missing_key_is_said_as_it_is() {
        let key = "no-such-key";
        assert_eq!(PageTexts(Language::Indonesian).say(key), key);
    }
}
