//! Tests of the whole: readers side by side, and what only shows on many files.

mod readers;
mod records;
