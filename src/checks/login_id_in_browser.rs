//! LoginIds in logs, trackers, stores of the browser and addresses: whoever reads those holds the key to an account.

use crate::finding::Finding;
use crate::model::Model;

use super::Check;

pub const CHECK: Check = Check { rule: "login-id-in-browser", check };

fn check(_model: &Model) -> Vec<Finding> {
    Vec::new()
}
