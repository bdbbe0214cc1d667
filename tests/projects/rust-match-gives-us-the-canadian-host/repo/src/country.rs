const CANADA: &str = "https://northwind-ca-api.private.fin.ag";
const STATES: &str = "https://northwind-us-api.private.fin.ag";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    Ca,
    Us,
}

impl Country {
    pub fn host(self) -> &'static str {
        match self {
            Country::Ca => CANADA,
            Country::Us => CANADA,
        }
    }
}
