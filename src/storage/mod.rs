//! What is remembered, on SQLite or PostgreSQL.
