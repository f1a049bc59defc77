//! What a shop can do: one method per use case.
