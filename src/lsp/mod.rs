//! The language server: findings as you type, over the whole workspace, buffers that are not saved included.
//!
//! One thread speaks the protocol (Language Server Protocol 3.17, over standard input and output) and answers from what
//! was judged last; another judges the tree whenever something changed and the client has been quiet for a moment.

mod actions;
mod buffers;
mod hover;
mod judge;
mod position;
mod publish;
mod server;

pub use server::run;
