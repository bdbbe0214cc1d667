//! Values that stand for one that is still to come, from `placeholders.toml` and by their form.

use super::data::list;

const FILE: &str = include_str!("placeholders.toml");

/// Whether a value is no real one: empty, `changeme`, `<your-key>`, `xxxx`, a GUID of one digit…
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let lower = value.to_ascii_lowercase();
    let characters: Vec<char> = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let one_character = characters.first().is_none_or(|first| characters.iter().all(|c| c == first));
    one_character
        || WHOLE.contains(&lower.as_str())
        || STARTS.iter().any(|start| lower.starts_with(start))
        || PARTS.iter().any(|part| lower.contains(part))
        || (value.starts_with('<') && value.ends_with('>'))
        || (value.starts_with('[') && value.ends_with(']'))
        || (lower.starts_with("__") && lower.ends_with("__"))
        || (lower.starts_with('@') && lower.ends_with('@') && lower.len() > 2)
}

/// Whether a value is a yes or no, or a small number: no key, whatever its name is.
pub fn is_flag(value: &str) -> bool {
    const DIGITS: usize = 7;
    let value = value.trim().trim_matches(['"', '\'']);
    let is_number = !value.is_empty() && value.len() <= DIGITS && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number || FLAGS.iter().any(|flag| value.eq_ignore_ascii_case(flag))
}

const FLAGS: &[&str] = list!(FILE, "flag");

const WHOLE: &[&str] = list!(FILE, "whole");

const STARTS: &[&str] = list!(FILE, "start");

const PARTS: &[&str] = list!(FILE, "part");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_of_the_rulebook() {
        for value in [
            "",
            "changeme",
            "xxxx",
            "todo",
            "<your-key>",
            "your-secret",
            "__TOKEN__",
            "REPLACE_ME",
            "example",
            "dummy",
            "test-key",
            "00000000-0000-0000-0000-000000000000",
            "11111111-1111-1111-1111-111111111111",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        assert!(!is_placeholder("7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7"));
    }
}
