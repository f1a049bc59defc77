//! How long a file and a function may be, and what neither may be called.

use std::fs;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::no_faults;
use crate::source::{files_under, root, rust_files};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "types", "models", "misc"];

const DIRECTORIES: [&str; 3] = ["src", "tests", "benches"];

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut faults = Vec::new();
    for path in DIRECTORIES.iter().flat_map(|directory| files_under(directory, "")) {
        if !["rs", "js", "mjs", "html", "css", "run", "install"].iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        let lines = fs::read_to_string(root().join(&path)).expect("a text file").lines().count();
        if lines > FILE_LINES_MAX {
            faults.push(format!("{path}: {lines} lines"));
        }
    }
    no_faults("Too long; which name is missing?", faults);
}

#[test]
fn no_function_is_longer_than_70_lines() {
    let mut faults = Vec::new();
    for file in DIRECTORIES.iter().flat_map(|directory| rust_files(directory)) {
        let mut lengths = FunctionLengths::default();
        lengths.visit_file(&file.syntax);
        for (name, line, length) in lengths.found {
            if length > FUNCTION_LINES_MAX {
                faults.push(format!("{}:{line}: {name} has {length} lines", file.path));
            }
        }
    }
    no_faults("Too long; which name is missing?", faults);
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let mut faults = Vec::new();
    for file in DIRECTORIES.iter().flat_map(|directory| rust_files(directory)) {
        let mut names = ModuleNames::default();
        names.visit_file(&file.syntax);
        names.found.extend(file.path.trim_end_matches(".rs").split('/').map(str::to_owned));
        let empty = names.found.iter().filter(|name| EMPTY_NAMES.contains(&name.as_str()));
        faults.extend(empty.map(|name| format!("{}: {name}", file.path)));
    }
    no_faults("Name what is inside instead:", faults);
}

#[derive(Default)]
struct FunctionLengths {
    /// Name, first line, number of lines.
    found: Vec<(String, usize, usize)>,
}

impl FunctionLengths {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.span().start().line;
        let last = block.brace_token.span.close().end().line;
        self.found.push((signature.ident.to_string(), first, last - first + 1));
    }
}

impl<'tree> Visit<'tree> for FunctionLengths {
    fn visit_item_fn(&mut self, function: &'tree syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'tree syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'tree syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[derive(Default)]
struct ModuleNames {
    found: Vec<String>,
}

impl Visit<'_> for ModuleNames {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        self.found.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
    }
}
