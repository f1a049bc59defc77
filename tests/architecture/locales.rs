//! The texts: every language has the same files, keys and variables, and code and texts name the same keys.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::no_faults;
use crate::source::{SourceFile, files_under, root, rust_files};

/// The functions, methods and macros that take a key as a literal. Whoever opens another door to the texts names it
/// here; a key that such a call names must exist.
const TEXT_CALLS: [&str; 4] = ["text", "text_with", "say", "t"];

/// A comment with these words, above a message or as the `##` comment of its group, says that code puts the key
/// together, so that no literal names it.
const CHOSEN_AT_RUN_TIME: &str = "Chosen at run time";

#[derive(Debug, Default)]
struct Text {
    variables: BTreeSet<String>,
    mentions: BTreeSet<String>,
    chosen_at_run_time: bool,
}

/// Keys with what stands behind them. An attribute is `key.attribute`, a term `-key`.
type Texts = BTreeMap<String, Text>;

#[test]
fn every_language_has_the_same_files_keys_and_variables() {
    let mut languages: BTreeMap<String, BTreeMap<String, Texts>> = BTreeMap::new();
    for path in files_under("locales", ".ftl") {
        let (language, file) = split(&path);
        languages.entry(language).or_default().insert(file, read(&path));
    }
    let mut faults = Vec::new();
    for (language, files) in &languages {
        for (other_language, other_files) in &languages {
            for (file, texts) in files {
                match other_files.get(file) {
                    None => faults.push(format!("locales/{other_language}/{file} is missing")),
                    Some(other) => faults.extend(differences(texts, other).map(|difference| {
                        format!("{file}: {language} has {difference}, {other_language} has not")
                    })),
                }
            }
        }
    }
    no_faults("The languages differ:", faults);
}

#[test]
fn no_key_stands_twice_in_a_language() {
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut faults = Vec::new();
    for path in files_under("locales", ".ftl") {
        for key in read(&path).into_keys() {
            if let Some(first) = seen.insert((split(&path).0, key.clone()), path.clone()) {
                faults.push(format!("{key}: {first} and {path}"));
            }
        }
    }
    no_faults("All files of a language are one list of keys:", faults);
}

#[test]
fn every_key_is_used() {
    let mut named: BTreeSet<String> = rust_files("src").iter().flat_map(|file| literals(file).all).collect();
    let templates: String = templates().into_iter().map(|(_, text)| text).collect();
    let files: Vec<(String, Texts)> =
        files_under("locales", ".ftl").into_iter().map(|path| (path.clone(), read(&path))).collect();
    named.extend(
        files.iter().flat_map(|(_, texts)| texts.values()).flat_map(|text| text.mentions.iter().cloned()),
    );

    let mut faults = Vec::new();
    for (path, texts) in &files {
        for (key, text) in texts {
            let base = key.split('.').next().unwrap_or(key);
            let in_a_template = templates.contains(&format!("\"{base}\""));
            if !text.chosen_at_run_time && !in_a_template && !named.contains(key) && !named.contains(base) {
                faults.push(format!("{path}: {key}"));
            }
        }
    }
    no_faults(
        &format!("No code names these keys (\"# {CHOSEN_AT_RUN_TIME}: …\" above a key excuses it):"),
        faults,
    );
}

#[test]
fn every_key_that_code_names_exists() {
    let known: BTreeSet<String> =
        files_under("locales", ".ftl").iter().flat_map(|path| read(path).into_keys()).collect();
    let mut faults = Vec::new();
    for file in rust_files("src").iter().filter(|file| !file.path.starts_with("src/simulator")) {
        let missing = literals(file).keys.into_iter().filter(|(key, _)| !known.contains(key));
        faults.extend(missing.map(|(key, line)| format!("{}:{line}: {key}", file.path)));
    }
    for (path, text) in templates() {
        let missing = keys_in_template(&text).into_iter().filter(|key| !known.contains(key));
        faults.extend(missing.map(|key| format!("{path}: {key}")));
    }
    no_faults("No language has these keys:", faults);
}

/// The pages read files of their own: a text of another one would stand on them as its bare key.
#[test]
fn pages_say_only_the_texts_of_pages() {
    let of_pages = |path: &String| {
        let (_, file) = split(path);
        file.starts_with("pay_") || file == "setup_page.ftl"
    };
    let known: BTreeSet<String> = files_under("locales", ".ftl")
        .into_iter()
        .filter(of_pages)
        .flat_map(|path| read(&path).into_keys())
        .collect();
    let mut faults = Vec::new();
    for (path, text) in templates() {
        let strange = keys_in_template(&text).into_iter().filter(|key| !known.contains(key));
        faults.extend(strange.map(|key| format!("{path}: {key}")));
    }
    no_faults("The files of the pages lack these keys:", faults);
}

#[test]
fn keys_and_variables_are_read_out_of_texts_and_code() {
    let texts = parse(
        "sample.ftl",
        "## Chosen at run time: order states.\nstate-paid = Paid { $at }\n##\n\
         greeting = { $count ->\n    [one] One from { $who }\n   *[other] { state-paid }\n }\n    .hint = { NUMBER($n) }\n",
    );
    assert!(texts["state-paid"].chosen_at_run_time && !texts["greeting"].chosen_at_run_time);
    assert_eq!(texts["greeting"].variables, ["count", "who"].map(str::to_owned).into());
    assert_eq!(texts["greeting"].mentions, ["state-paid".to_owned()].into());
    assert_eq!(texts["greeting.hint"].variables, ["n".to_owned()].into());

    let code =
        r#"fn show() { texts.say("greeting", args!("who" => 1)); reply!(text("no-such", format!("a-b"))); }"#;
    let mut finder = LiteralFinder::default();
    finder.visit_file(&syn::parse_file(code).unwrap());
    assert_eq!(finder.keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["greeting", "no-such"]);
    assert!(finder.all.contains("a-b"));
    assert_eq!(keys_in_template("{{ t.say(\"pay-now\") }} <a rel=\"x-y\">"), ["pay-now"]);
}

/// `locales/id/bot.ftl` is `("id", "bot.ftl")`.
fn split(path: &str) -> (String, String) {
    let rest = path.trim_start_matches("locales/");
    let (language, file) = rest.split_once('/').unwrap_or((rest, ""));
    (language.to_owned(), file.to_owned())
}

fn read(path: &str) -> Texts {
    parse(path, &fs::read_to_string(root().join(path)).expect("a readable text file"))
}

fn parse(path: &str, content: &str) -> Texts {
    let resource =
        fluent_syntax::parser::parse(content).unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
    let mut texts = Texts::new();
    let mut group_chosen = false;
    for entry in &resource.body {
        let (key, value, attributes, comment) = match entry {
            Entry::Message(message) => {
                (message.id.name.to_owned(), message.value.as_ref(), &message.attributes, &message.comment)
            }
            Entry::Term(term) => {
                (format!("-{}", term.id.name), Some(&term.value), &term.attributes, &term.comment)
            }
            Entry::GroupComment(comment) => {
                group_chosen = says_chosen(&comment.content);
                continue;
            }
            _ => continue,
        };
        let chosen = group_chosen || comment.as_ref().is_some_and(|comment| says_chosen(&comment.content));
        for attribute in attributes {
            texts.insert(format!("{key}.{}", attribute.id.name), text_of(&attribute.value, chosen));
        }
        texts.insert(key, value.map_or_else(Text::default, |pattern| text_of(pattern, chosen)));
    }
    texts
}

fn says_chosen(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.contains(CHOSEN_AT_RUN_TIME))
}

fn text_of(pattern: &Pattern<&str>, chosen_at_run_time: bool) -> Text {
    let mut text = Text { chosen_at_run_time, ..Text::default() };
    add_pattern(&mut text, pattern);
    text
}

fn add_pattern(text: &mut Text, pattern: &Pattern<&str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            add_expression(text, expression);
        }
    }
}

fn add_expression(text: &mut Text, expression: &Expression<&str>) {
    match expression {
        Expression::Inline(inline) => add_inline(text, inline),
        Expression::Select { selector, variants } => {
            add_inline(text, selector);
            variants.iter().for_each(|variant| add_pattern(text, &variant.value));
        }
    }
}

fn add_inline(text: &mut Text, inline: &InlineExpression<&str>) {
    let mut add_arguments = |arguments: &fluent_syntax::ast::CallArguments<&str>| {
        arguments.positional.iter().for_each(|value| add_inline(text, value));
        arguments.named.iter().for_each(|argument| add_inline(text, &argument.value));
    };
    match inline {
        InlineExpression::VariableReference { id } => _ = text.variables.insert(id.name.to_owned()),
        InlineExpression::MessageReference { id, .. } => _ = text.mentions.insert(id.name.to_owned()),
        InlineExpression::TermReference { id, arguments, .. } => {
            arguments.iter().for_each(&mut add_arguments);
            text.mentions.insert(format!("-{}", id.name));
        }
        InlineExpression::FunctionReference { arguments, .. } => add_arguments(arguments),
        InlineExpression::Placeable { expression } => add_expression(text, expression),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn differences<'a>(texts: &'a Texts, other: &'a Texts) -> impl Iterator<Item = String> + 'a {
    texts.iter().flat_map(move |(key, text)| match other.get(key) {
        None => vec![key.clone()],
        Some(theirs) => {
            text.variables.difference(&theirs.variables).map(|name| format!("{key} {{ ${name} }}")).collect()
        }
    })
}

fn templates() -> Vec<(String, String)> {
    let files = ["html", "txt", "svg"].iter().flat_map(|ending| files_under("src/web", ending));
    files
        .map(|path| (path.clone(), fs::read_to_string(root().join(&path)).expect("a readable template")))
        .collect()
}

fn keys_in_template(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for call in TEXT_CALLS {
        for (start, opening) in text.match_indices(&format!("{call}(\"")) {
            let whole_word =
                !text[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            let key = text[start + opening.len()..].split('"').next().unwrap_or_default();
            if whole_word && looks_like_a_key(key) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

fn looks_like_a_key(literal: &str) -> bool {
    literal.starts_with(|first: char| first.is_ascii_lowercase())
        && literal
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

fn literals(file: &SourceFile) -> LiteralFinder {
    let mut finder = LiteralFinder::default();
    finder.visit_file(&file.syntax);
    finder
}

#[derive(Default)]
struct LiteralFinder {
    /// Every string literal.
    all: BTreeSet<String>,
    /// Those handed to one of [`TEXT_CALLS`], with their lines.
    keys: Vec<(String, usize)>,
}

impl LiteralFinder {
    fn add_arguments<'a>(&mut self, name: Option<String>, arguments: impl Iterator<Item = &'a syn::Expr>) {
        if !name.is_some_and(|name| TEXT_CALLS.contains(&name.as_str())) {
            return;
        }
        for argument in arguments {
            if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(literal), .. }) = argument {
                self.add_key(literal);
            }
        }
    }

    fn add_key(&mut self, literal: &syn::LitStr) {
        if looks_like_a_key(&literal.value()) {
            self.keys.push((literal.value(), literal.span().start().line));
        }
    }

    /// The literals of a macro call; those directly in the brackets of a text call are keys.
    fn add_tokens(&mut self, tokens: TokenStream, in_text_call: bool) {
        let mut before = String::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    self.add_tokens(group.stream(), TEXT_CALLS.contains(&before.as_str()));
                    before.clear();
                }
                TokenTree::Literal(literal) => {
                    if let Ok(literal) = syn::parse2::<syn::LitStr>(TokenTree::Literal(literal).into()) {
                        self.all.insert(literal.value());
                        if in_text_call {
                            self.add_key(&literal);
                        }
                    }
                    before.clear();
                }
                TokenTree::Ident(ident) => before = ident.to_string(),
                // `say!(…)` is a text call as well.
                TokenTree::Punct(punct) if punct.as_char() == '!' => {}
                TokenTree::Punct(_) => before.clear(),
            }
        }
    }
}

impl<'tree> Visit<'tree> for LiteralFinder {
    fn visit_lit_str(&mut self, literal: &'tree syn::LitStr) {
        self.all.insert(literal.value());
    }

    fn visit_expr_method_call(&mut self, call: &'tree syn::ExprMethodCall) {
        self.add_arguments(Some(call.method.to_string()), call.args.iter());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'tree syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            self.add_arguments(
                function.path.segments.last().map(|last| last.ident.to_string()),
                call.args.iter(),
            );
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'tree syn::Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        self.add_tokens(call.tokens.clone(), TEXT_CALLS.contains(&name.as_str()));
    }
}
