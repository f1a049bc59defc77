//! What a seller's chat is told about money.
