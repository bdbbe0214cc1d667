//! Checks: pure functions that look in the model for what the rules forbid.

pub mod login_id_without_country;
