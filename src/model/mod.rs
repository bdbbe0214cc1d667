//! What the facts amount to, each conclusion with its evidence.

mod databases;
pub mod migrations;
pub mod stores;
mod tables;
