//! How customers and gateways talk.
