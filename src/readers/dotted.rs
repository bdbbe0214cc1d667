//! Keys that are paths in themselves: `flinks.ca.api-url`, `flinks.instances[0].country`, `Flinks:US:ApiUrl`.

use crate::fact::Name;
use crate::text::Text;

/// More steps than this are no path that a person wrote.
const STEPS: usize = 32;
/// Longer keys are data; what stands under them would repeat them without end.
const LENGTH: usize = 512;

/// The steps of a key, each with its place. Empty where the key says nothing.
pub fn names(key: &Text, separators: &[char]) -> Vec<Name> {
    let all = key.expose();
    if all.is_empty() || all.len() > LENGTH {
        return Vec::new();
    }
    let mut steps = Vec::new();
    let mut push = |from: usize, to: usize, bracket: bool| {
        if from < to {
            let (text, span) = (&all[from..to], key.span_of(from..to));
            let index = bracket && text.bytes().all(|byte| byte.is_ascii_digit());
            steps.push(Name { text: text.into(), span, index });
        }
    };
    let mut at = 0;
    while let Some(found) = all[at..].find(|c| c == '[' || separators.contains(&c)).map(|offset| at + offset) {
        push(at, found, false);
        let close = if all[found..].starts_with('[') { all[found..].find(']') } else { None };
        at = match close {
            Some(close) => {
                push(found + 1, found + close, true);
                found + close + 1
            }
            None => found + all[found..].chars().next().map_or(1, char::len_utf8),
        };
    }
    push(at, all.len(), false);
    if steps.is_empty() || steps.len() > STEPS {
        return vec![Name::key(all, key.span())];
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// The country of a list's item must be a sibling of its URL, so positions are steps.
    #[test]
    fn dots_and_brackets_part_a_key() {
        let key = Text::verbatim("flinks.instances[0].api-url", FileId(0), 5);
        let names = names(&key, &['.']);
        let texts: Vec<&str> = names.iter().map(|name| &*name.text).collect();
        assert_eq!(texts, ["flinks", "instances", "0", "api-url"]);
        assert!(names[2].index);
        assert_eq!(names[3].span.range(), 25..32);
    }

    /// A key of dots alone is still a name, and a key without end is none.
    #[test]
    fn odd_keys_are_whole_or_nothing() {
        assert_eq!(names(&Text::verbatim("...", FileId(0), 0), &['.']).len(), 1);
        assert_eq!(names(&Text::verbatim("a.".repeat(50), FileId(0), 0), &['.']).len(), 1);
        assert!(names(&Text::verbatim("a".repeat(600), FileId(0), 0), &['.']).is_empty());
        assert_eq!(names(&Text::verbatim("a[b", FileId(0), 0), &['.']).len(), 2);
    }
}
