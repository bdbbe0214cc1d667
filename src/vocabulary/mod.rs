//! What is known of the world: hosts, names of credentials, words for countries and environments, published values.

mod data;

pub mod countries;
pub mod credentials;
pub mod environments;
pub mod exposure;
pub mod headers;
pub mod hosts;
pub mod keys;
pub mod names;
pub mod nearest;
pub mod paths;
pub mod patterns;
pub mod placeholders;
pub mod published;
pub mod real;
pub mod regions;
pub mod region_hosts;
pub mod region_uses;
pub mod routes;
pub mod login;
pub mod sinks;
pub mod handed;
pub mod origin;
pub mod words;

use serde::{Deserialize, Serialize};

/// A country that Flinks serves from instances of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Country {
    #[serde(rename = "CA", alias = "ca")]
    Canada,
    #[serde(rename = "US", alias = "us")]
    UnitedStates,
}

impl Country {
    pub const ALL: [Country; 2] = [Country::Canada, Country::UnitedStates];

    /// `CA` or `US`.
    pub fn code(self) -> &'static str {
        match self {
            Country::Canada => "CA",
            Country::UnitedStates => "US",
        }
    }

    pub fn adjective(self) -> &'static str {
        match self {
            Country::Canada => "Canadian",
            Country::UnitedStates => "U.S.",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Country::Canada => "Canada",
            Country::UnitedStates => "the U.S.",
        }
    }

    pub fn other(self) -> Country {
        match self {
            Country::Canada => Country::UnitedStates,
            Country::UnitedStates => Country::Canada,
        }
    }
}

/// A kind of environment. Several names are one kind: `prod`, `prd` and `live` are all production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Production,
    Staging,
    Development,
    Test,
    Preview,
}

impl Environment {
    pub fn name(self) -> &'static str {
        match self {
            Environment::Production => "production",
            Environment::Staging => "staging",
            Environment::Development => "development",
            Environment::Test => "test",
            Environment::Preview => "preview",
        }
    }
}
