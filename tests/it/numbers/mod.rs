//! What a shop sold, told in numbers, pictures and files.

mod export;
mod figures;
mod opened;
mod whole_shop;
