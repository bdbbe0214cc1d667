pub fn key() -> String { std::env::var("FLINKS_SECRET_KEY").expect("FLINKS_SECRET_KEY is set") }
