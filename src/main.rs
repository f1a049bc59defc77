//! Tautan.
fn main() {}
