//! The floors.
