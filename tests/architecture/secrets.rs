//! Secrets have no `==`. `domain::secret::Secret` has none by its type; what still is a plain text or plain
//! bytes for a moment, on the way to a header or a row, is watched here by its name.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::no_faults;
use crate::source::rust_files;

/// What gives or holds the bytes of a secret.
const SECRETS: [&str; 12] = [
    "expose_secret",
    "form_hash",
    "master_key",
    "reveal",
    "secret",
    "server_key",
    "signature",
    "signature_key",
    "telegram_token",
    "token_hash",
    "token_sealed",
    "webhook_secret",
];

/// Comparisons that are not written `==`.
const COMPARING: [&str; 7] = ["eq", "ne", "cmp", "partial_cmp", "starts_with", "ends_with", "contains"];

/// What is no secret about a secret.
const HARMLESS: [&str; 3] = ["len", "is_empty", "is_some"];

#[test]
fn secrets_are_compared_in_constant_time_alone() {
    let mut faults = Vec::new();
    for file in rust_files("src").iter().filter(|file| !file.path.starts_with("src/simulator/")) {
        let lines = comparisons_in(&file.syntax);
        faults.extend(lines.iter().map(|line| format!("{}:{line}", file.path)));
    }
    no_faults("These compare a secret; domain::secret::Secret does it in constant time:", faults);
}

#[test]
fn every_way_to_compare_a_secret_is_seen() {
    let code = "fn a() {
        let x = shown == settings.secret.expose_secret();
        let x = *hash(token_hash) != other;
        let x = token.reveal().eq(other);
        let x = known.contains(&signature) || server_key.starts_with('S');
        let x = secret.expose_secret().len() == 64 && name == other && Secret::new(signature).is(shown);
    }";
    assert_eq!(comparisons_in(&syn::parse_file(code).unwrap()), [2, 3, 4, 5]);
}

fn comparisons_in(syntax: &syn::File) -> Vec<usize> {
    let mut finder = ComparisonFinder::default();
    finder.visit_file(syntax);
    finder.lines
}

#[derive(Default)]
struct ComparisonFinder {
    lines: Vec<usize>,
}

impl Visit<'_> for ComparisonFinder {
    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_))
            && (names_a_secret(&binary.left) || names_a_secret(&binary.right))
        {
            self.lines.push(binary.span().start().line);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if COMPARING.iter().any(|method| call.method == method)
            && !call.args.iter().all(is_written_out)
            && (names_a_secret(&call.receiver) || call.args.iter().any(names_a_secret))
        {
            self.lines.push(call.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// What stands in the code is nobody's guess: how a kind of key begins, say.
fn is_written_out(expression: &syn::Expr) -> bool {
    matches!(expression, syn::Expr::Lit(_))
}

fn names_a_secret(expression: &syn::Expr) -> bool {
    let names = names_in(expression);
    names.iter().any(|name| SECRETS.contains(&name.as_str()))
        && !names.last().is_some_and(|last| HARMLESS.contains(&last.as_str()))
}

/// The names in an expression, as they are written.
fn names_in(expression: &syn::Expr) -> Vec<String> {
    let mut collector = NameCollector::default();
    collector.visit_expr(expression);
    collector.names
}

#[derive(Default)]
struct NameCollector {
    names: Vec<String>,
}

impl Visit<'_> for NameCollector {
    fn visit_ident(&mut self, ident: &syn::Ident) {
        self.names.push(ident.to_string());
    }
}
