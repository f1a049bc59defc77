//! What the people who run the instance see and do.

mod alerts;
