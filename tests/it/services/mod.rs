//! Services on a real database, with a bank that does what the story says and no app around them.

mod act_subjects;
mod asking;
mod booking;
mod charging;
mod choosing;
mod lines;
mod page_reads;
mod returns;
