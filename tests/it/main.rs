//! Stories.

mod support;
