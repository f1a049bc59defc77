//! What a shop sold, told in numbers, pictures and files.

mod figures;
mod opened;
