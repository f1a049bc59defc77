//! The floors of the house, the sizes of its rooms, and what may stand where. `src/lib.rs` draws the plan.

#[path = "architecture/locales.rs"]
mod locales;
#[path = "architecture/money.rs"]
mod money;
#[path = "architecture/repository.rs"]
mod repository;
#[path = "architecture/secrets.rs"]
mod secrets;
#[path = "architecture/sizes.rs"]
mod sizes;
#[path = "architecture/source.rs"]
mod source;

use source::{NamedPath, SourceFile, named_paths, named_paths_in, rust_files};
use syn::visit::{self, Visit};

/// Every floor and how high it lies. The simulator lies outside.
const FLOORS: [(&str, usize); 8] = [
    ("domain", 0),
    ("storage", 1),
    ("gateways", 1),
    ("messaging", 1),
    ("services", 2),
    ("bot", 3),
    ("web", 3),
    ("app", 4),
];

/// What the pure floor must not touch: other people's runtimes, and the outside.
const NOT_IN_DOMAIN: [&[&str]; 14] = [
    &["sqlx"],
    &["teloxide"],
    &["tokio"],
    &["tokio_util"],
    &["futures"],
    &["async_trait"],
    &["axum"],
    &["reqwest"],
    &["hyper"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
];

#[test]
fn a_floor_uses_only_the_floors_below_it() {
    let faults = rust_files("src").iter().flat_map(upward_paths).collect();
    no_faults("These reach for a neighbour, a floor above or the simulator:", faults);
}

#[test]
fn the_simulators_use_nothing_of_the_house() {
    let inside = |path: &NamedPath| path.starts_with(&["crate", "simulator"]);
    let names_the_house = |path: &NamedPath| {
        path.starts_with(&["tautan"]) || path.starts_with(&["crate"]) && path.segments.len() > 1
    };
    let faults = faults_where(
        |file| floor_of(file) == Some("simulator"),
        |path| names_the_house(path) && !inside(path),
    );
    no_faults("The simulators speak HTTP with the house and know nothing else of it:", faults);
}

#[test]
fn the_domain_is_pure() {
    let mut faults = faults_where(
        |file| floor_of(file) == Some("domain"),
        |path| NOT_IN_DOMAIN.iter().any(|forbidden| path.starts_with(forbidden)),
    );
    for file in rust_files("src/domain") {
        let mut finder = AsyncFinder::default();
        finder.visit_file(&file.syntax);
        faults.extend(finder.lines.iter().map(|line| format!("{}:{line}: async", file.path)));
    }
    no_faults("The domain has no async and no IO:", faults);
}

#[test]
fn sqlx_stays_in_storage() {
    let faults = faults_where(|file| !in_floors(file, &["storage"]), |path| path.starts_with(&["sqlx"]));
    no_faults("Only storage speaks SQL:", faults);
}

#[test]
fn teloxide_stays_with_those_who_chat() {
    let chats = |file: &SourceFile| {
        in_floors(file, &["messaging", "bot", "app"]) || file.module == ["web", "telegram_webhook"]
    };
    let faults = faults_where(|file| !chats(file), |path| path.starts_with(&["teloxide"]));
    no_faults("Only messaging, bot, app and the Telegram webhook route know teloxide:", faults);
}

#[test]
fn axum_stays_with_those_who_serve() {
    let faults = faults_where(
        |file| !in_floors(file, &["web", "app", "simulator"]),
        |path| path.starts_with(&["axum"]),
    );
    no_faults("Only web, app and the simulators know axum:", faults);
}

#[test]
fn every_module_of_the_crate_is_a_floor() {
    let faults = rust_files("src")
        .iter()
        .filter(|file| !file.module.is_empty() && floor_of(file).is_none())
        .map(|file| file.path.clone())
        .collect();
    no_faults("These lie on no floor of the plan in src/lib.rs:", faults);
}

#[test]
fn every_way_to_name_a_path_is_seen() {
    let code = r#"
        use crate::{bot, web::{self, router as doors}};
        use super::super::services::*;
        #[derive(sqlx::FromRow)]
        struct Row { at: teloxide::Bot }
        macro_rules! quick { ($x:expr) => { $crate::app::start($x) }; }
        fn body() { say!(a, crate::gateways::{midtrans, Gateway}); inner! { use super::orders::Order; } }
        mod inner { use super::super::links::Link; }
    "#;
    let module = ["storage", "orders"].map(str::to_owned);
    let seen: Vec<String> = named_paths_in(&syn::parse_file(code).unwrap(), &module)
        .iter()
        .map(NamedPath::written)
        .filter(|path| path.contains("::"))
        .collect();
    let expected = [
        "crate::bot",
        "crate::web",
        "crate::web::router",
        "crate::services::*",
        "sqlx::FromRow",
        "teloxide::Bot",
        "crate::app::start",
        "crate::gateways::midtrans",
        "crate::gateways::Gateway",
        "crate::storage::orders::Order",
        "crate::storage::links::Link",
    ];
    for path in expected {
        assert!(seen.iter().any(|have| have == path), "{path} is not among {seen:?}");
    }
}

#[test]
fn a_look_upwards_is_found() {
    for (module, code, wrong) in [
        ("storage", "use crate::services::links;", true),
        ("storage", "use crate::messaging::html;", true),
        ("bot", "fn show() { crate::web::router::all() }", true),
        ("web", "use crate::simulator::midtrans;", true),
        ("domain", "use crate::*;", true),
        ("services", "use crate::{domain::money::Money, storage::Storage};", false),
        ("app", "use crate::{bot, web, simulator};", false),
        ("bot", "use super::super::bot::routes;", false),
    ] {
        let file = SourceFile {
            path: format!("src/{module}/sample.rs"),
            module: vec![module.to_owned(), "sample".to_owned()],
            syntax: syn::parse_file(code).unwrap(),
        };
        assert_eq!(!upward_paths(&file).is_empty(), wrong, "{module}: {code}");
    }
}

/// Fails with a headline and one line for each fault.
pub fn no_faults(headline: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "\n\n{headline}\n  {}\n", faults.join("\n  "));
}

fn faults_where(
    file_matters: impl Fn(&SourceFile) -> bool,
    path_is_wrong: impl Fn(&NamedPath) -> bool,
) -> Vec<String> {
    let mut faults = Vec::new();
    for file in rust_files("src").iter().filter(|file| file_matters(file)) {
        let wrong = named_paths(file).into_iter().filter(|path| path_is_wrong(path));
        faults.extend(wrong.map(|path| format!("{}:{}: {}", file.path, path.line, path.written())));
    }
    faults
}

/// What a file names that its floor may not see. The root (`lib.rs`, `main.rs`) lies on no floor and sees everything.
fn upward_paths(file: &SourceFile) -> Vec<String> {
    let Some(floor) = floor_of(file).filter(|floor| *floor != "simulator") else { return Vec::new() };
    named_paths(file)
        .iter()
        .filter(|path| path.starts_with(&["crate"]) && path.segments.len() > 1)
        .filter(|path| !may_see(floor, &path.segments[1]))
        .map(|path| format!("{}:{}: {} uses {}", file.path, path.line, floor, path.written()))
        .collect()
}

fn may_see(floor: &str, other: &str) -> bool {
    match (other, height(other)) {
        _ if floor == other || floor == "app" => true,
        ("*" | "simulator", _) => false,
        (_, Some(other)) => height(floor).is_some_and(|own| other < own),
        // A macro that is exported stands at the root and belongs to no floor.
        (_, None) => true,
    }
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().find(|(name, _)| *name == floor).map(|(_, height)| *height)
}

fn floor_of(file: &SourceFile) -> Option<&str> {
    let first = file.module.first().map(String::as_str)?;
    (first == "simulator" || height(first).is_some()).then_some(first)
}

fn in_floors(file: &SourceFile, floors: &[&str]) -> bool {
    floor_of(file).is_some_and(|floor| floors.contains(&floor))
}

#[derive(Default)]
struct AsyncFinder {
    lines: Vec<usize>,
}

impl Visit<'_> for AsyncFinder {
    fn visit_signature(&mut self, signature: &syn::Signature) {
        self.lines.extend(signature.asyncness.map(|token| token.span.start().line));
        visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, block: &syn::ExprAsync) {
        self.lines.push(block.async_token.span.start().line);
        visit::visit_expr_async(self, block);
    }
}
