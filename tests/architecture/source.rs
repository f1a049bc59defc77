//! The Rust files of the house, and which paths each of them names.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One Rust file, read and parsed.
pub struct SourceFile {
    /// Path from the root of the repository, with `/`.
    pub path: String,
    /// The module it is, without `crate`: `src/web/pay_page.rs` is `["web", "pay_page"]`.
    pub module: Vec<String>,
    /// Its syntax tree.
    pub syntax: syn::File,
}

/// A path that a file names, in a `use`, in code or inside a macro call. `super` and `self` are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    /// The parts between `::`; `*` stands for a glob.
    pub segments: Vec<String>,
    /// The line, from 1.
    pub line: usize,
}

impl NamedPath {
    /// Whether the path starts with these parts.
    pub fn starts_with(&self, parts: &[&str]) -> bool {
        self.segments.len() >= parts.len() && self.segments.iter().zip(parts).all(|(have, want)| have == want)
    }

    /// The path as it would be written.
    pub fn written(&self) -> String {
        self.segments.join("::")
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a directory of the repository whose name ends so, as paths from the root, sorted.
pub fn files_under(directory: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join(directory), &mut found);
    let mut paths: Vec<String> = found
        .iter()
        .map(|path| path.strip_prefix(root()).expect("walked from the root").to_string_lossy().into_owned())
        .filter(|path| path.ends_with(ending))
        .collect();
    paths.sort();
    paths
}

/// The parsed Rust files under a directory.
pub fn rust_files(directory: &str) -> Vec<SourceFile> {
    files_under(directory, ".rs").iter().map(|path| read(path)).collect()
}

/// Every path the file names.
pub fn named_paths(file: &SourceFile) -> Vec<NamedPath> {
    named_paths_in(&file.syntax, &file.module)
}

/// Every path a syntax tree names, seen from the module it stands in.
pub fn named_paths_in(syntax: &syn::File, module: &[String]) -> Vec<NamedPath> {
    let mut collector = PathCollector { module: module.to_vec(), found: Vec::new() };
    collector.visit_file(syntax);
    collector.found
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

fn read(path: &str) -> SourceFile {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let syntax = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut module: Vec<String> =
        path.trim_end_matches(".rs").split('/').skip(1).map(str::to_owned).collect();
    if module.last().is_some_and(|name| ["mod", "lib", "main"].contains(&name.as_str())) {
        module.pop();
    }
    SourceFile { path: path.to_owned(), module, syntax }
}

struct PathCollector {
    module: Vec<String>,
    found: Vec<NamedPath>,
}

impl PathCollector {
    fn add(&mut self, segments: Vec<String>, line: usize) {
        let segments = self.resolved(segments);
        self.found.push(NamedPath { segments, line });
    }

    fn resolved(&self, segments: Vec<String>) -> Vec<String> {
        let mut base = self.module.clone();
        let mut rest = segments.as_slice();
        match rest.first().map(String::as_str) {
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|part| part == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => return segments,
        }
        std::iter::once("crate".to_owned()).chain(base).chain(rest.iter().cloned()).collect()
    }

    fn add_use_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.add_use_tree(&with(path.ident.to_string()), &path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.add(before.to_vec(), name.span().start().line)
            }
            syn::UseTree::Name(name) => self.add(with(name.ident.to_string()), name.span().start().line),
            syn::UseTree::Rename(rename) => {
                self.add(with(rename.ident.to_string()), rename.span().start().line)
            }
            syn::UseTree::Glob(glob) => self.add(with("*".to_owned()), glob.span().start().line),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use_tree(before, item)),
        }
    }

    /// Inside a macro there is no syntax tree, only tokens: take what looks like a path, groups of a `use` included.
    fn add_tokens(&mut self, before: &[String], tokens: TokenStream) {
        let mut path = before.to_vec();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end_of_path(&mut path, before, line);
                    }
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Group(group) => {
                    let inner = if colons == 2 { path.clone() } else { Vec::new() };
                    self.add_tokens(&inner, group.stream());
                    self.end_of_path(&mut path, before, line);
                    colons = 0;
                }
                _ => {
                    self.end_of_path(&mut path, before, line);
                    colons = 0;
                }
            }
        }
        self.end_of_path(&mut path, before, line);
    }

    fn end_of_path(&mut self, path: &mut Vec<String>, before: &[String], line: usize) {
        if path.len() > before.len() {
            self.add(path.clone(), line);
        }
        *path = before.to_vec();
    }
}

impl<'tree> Visit<'tree> for PathCollector {
    fn visit_item_use(&mut self, item: &'tree syn::ItemUse) {
        self.add_use_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'tree syn::Path) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add(segments, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'tree syn::Macro) {
        self.visit_path(&call.path);
        self.add_tokens(&[], call.tokens.clone());
    }

    fn visit_meta_list(&mut self, list: &'tree syn::MetaList) {
        self.visit_path(&list.path);
        self.add_tokens(&[], list.tokens.clone());
    }

    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }
}
