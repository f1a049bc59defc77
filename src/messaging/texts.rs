//! The shop's words: Fluent files under `locales/`, one folder per language, compiled in.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, static_loader};
use unic_langid::langid;

use super::html;
use crate::domain::language::Language;

static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // The invisible marks would break copying and comparing; no argument here is right-to-left alone.
            bundle.set_use_isolating(false);
            let is_indonesian = bundle.locales.first() == Some(&INDONESIAN);
            bundle.set_formatter(Some(if is_indonesian { in_indonesian } else { in_english }));
        },
    };
}

const INDONESIAN: LanguageIdentifier = langid!("id");
const ENGLISH: LanguageIdentifier = langid!("en");

fn in_indonesian<Memoizer>(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    counted(value, Language::Indonesian)
}

fn in_english<Memoizer>(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    counted(value, Language::English)
}

/// A whole number as people read it; everything else stays as it is.
fn counted(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    number.as_string().parse().ok().map(|count| language.count(count))
}

/// What stands for a name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// What someone typed: escaped here when the text becomes HTML.
    Text(Cow<'a, str>),
    /// HTML of our own, or text of our own without anything to escape: amounts, instants.
    Safe(String),
    /// A number that the text may choose its plural by.
    Number(i64),
}

/// Says a text without arguments. Texts for cards are HTML, texts for labels and toasts are plain.
#[must_use]
pub fn say(language: Language, key: &str) -> String {
    look_up(language, key, &HashMap::new())
}

/// Says a text with arguments, as HTML.
#[must_use]
pub fn say_with(language: Language, key: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    arguments
        .iter()
        .fold(Say::new(language, key), |text, (name, value)| text.with_value(name, value.clone()))
        .html()
}

/// A text and its arguments.
#[derive(Debug, Clone)]
#[must_use]
pub struct Say<'a> {
    language: Language,
    key: &'a str,
    arguments: Vec<(&'static str, Value<'a>)>,
}

impl<'a> Say<'a> {
    /// The text of this key, in this language.
    pub const fn new(language: Language, key: &'a str) -> Self {
        Self { language, key, arguments: Vec::new() }
    }

    /// What someone typed, for the argument `name`.
    pub fn with(self, name: &'static str, typed: impl Into<Cow<'a, str>>) -> Self {
        self.with_value(name, Value::Text(typed.into()))
    }

    /// HTML of our own, or a formatted amount or instant, for the argument `name`.
    pub fn with_safe(self, name: &'static str, html: impl Into<String>) -> Self {
        self.with_value(name, Value::Safe(html.into()))
    }

    /// A number for the argument `name`; the text may choose its plural by it.
    pub fn with_number(self, name: &'static str, number: i64) -> Self {
        self.with_value(name, Value::Number(number))
    }

    /// Any value for the argument `name`.
    pub fn with_value(mut self, name: &'static str, value: Value<'a>) -> Self {
        self.arguments.push((name, value));
        self
    }

    /// The text as HTML for a card: what people typed is escaped.
    #[must_use]
    pub fn html(&self) -> String {
        self.render(html::escape)
    }

    /// The text as it is read, for labels, toasts, share texts: nothing is escaped.
    #[must_use]
    pub fn plain(&self) -> String {
        self.render(str::to_owned)
    }

    fn render(&self, prepare: impl Fn(&str) -> String) -> String {
        let arguments = self
            .arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(typed) => FluentValue::from(prepare(typed)),
                    Value::Safe(html) => FluentValue::from(html.clone()),
                    Value::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        look_up(self.language, self.key, &arguments)
    }
}

fn look_up(language: Language, key: &str, arguments: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> String {
    let identifier = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    // Asked for by its very name, a language need not be negotiated for every text.
    let texts = &*TEXTS;
    let found = texts.lookup_single_language(identifier, key, Some(arguments));
    found.or_else(|_| texts.lookup_single_language(&ENGLISH, key, Some(arguments))).unwrap_or_else(|_| {
        tracing::error!(text.key = key, "a text is missing");
        key.to_owned()
    })
}

#[cfg(test)]
#[path = "texts/tests.rs"]
mod tests;
