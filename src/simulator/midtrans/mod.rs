//! A pretend Midtrans: Core API, signed notifications and a page where a person plays the bank.
