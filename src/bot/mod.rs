//! How sellers talk.
