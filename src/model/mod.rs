//! What the facts amount to, each conclusion with its evidence.

pub mod migrations;
pub mod stores;
mod tables;
