//! Headers that are set on a request after it was made: they are of the call that made it.
//! `req, _ := http.NewRequest("GET", url, nil); req.Header.Set("x-api-key", key)`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::fact::{Name, ScopeId, Setting, dotted};
use crate::vocabulary::headers;

use super::words;

/// What was made under a name last.
struct Made {
    scope: ScopeId,
    /// The names that lead to what the call is given.
    call: Vec<Name>,
    /// What it is given.
    given: Vec<Name>,
    /// Whether a header was set on it since.
    used: bool,
    /// Whether it may be what another call made: `if (…) { request = a() } else { request = b() }`.
    is_one_of_several: bool,
    /// Whether another was made under the same name in another branch.
    is_made_elsewhere: bool,
}

impl Made {
    fn is_of(&self, header: &Setting) -> bool {
        !self.is_one_of_several && (!self.is_made_elsewhere || self.scope == header.scope)
    }
}

/// Gives each such header the names that lead to what its request was made with.
pub fn join(settings: &mut [Setting]) {
    let is_header = |setting: &Setting| headers::is_credential(&setting.name().text);
    if !settings.iter().any(is_header) {
        return;
    }
    let mut made: HashMap<String, Made> = HashMap::new();
    for setting in settings {
        if is_header(setting) && !setting.path.iter().any(|name| name.is_call() && !is_turn(name, &setting.path)) {
            let thing = thing(&setting.path);
            let of = made.get_mut(&dotted(thing)).filter(|of| !thing.is_empty() && of.is_of(setting));
            if let Some(of) = of {
                of.used = true;
                let own = setting.path.pop();
                setting.path.clone_from(&of.call);
                setting.path.extend(own);
                continue;
            }
        }
        if let Some((thing, call)) = maker(&setting.path) {
            note(setting, call, made.entry(dotted(thing)));
        }
    }
}

fn note(setting: &Setting, call: &[Name], known: Entry<'_, String, Made>) {
    let mut fresh = Made {
        scope: setting.scope,
        call: call.to_vec(),
        given: setting.path[call.len()..].to_vec(),
        used: false,
        is_one_of_several: false,
        is_made_elsewhere: false,
    };
    match known {
        Entry::Vacant(place) => {
            place.insert(fresh);
        }
        Entry::Occupied(mut place) => {
            let known = place.get_mut();
            let is_same = known.call == call && known.given != setting.path[call.len()..];
            if !is_same {
                fresh.is_one_of_several = !known.used;
                fresh.is_made_elsewhere = known.is_made_elsewhere || known.scope != setting.scope;
                *known = fresh;
            }
        }
    }
}

/// Whether a number stands directly before a member: the member was set once more.
fn is_turn(name: &Name, path: &[Name]) -> bool {
    path.len() > 1 && path[path.len() - 2] == *name
}

/// What a header is set on: `req` of `req.headers["x-api-key"]`.
fn thing(path: &[Name]) -> &[Name] {
    let sorts = |name: &Name| name.index || words::plain(&name.text).iter().any(|word| word.starts_with("header"));
    let mut end = path.len() - 1;
    while end > 0 && sorts(&path[end - 1]) {
        end -= 1;
    }
    &path[..end]
}

/// What a call made, and the names that lead to what it is given: `request`, `request / URLRequest / #3`.
fn maker(path: &[Name]) -> Option<(&[Name], &[Name])> {
    let is_type = |name: &Name| !name.index && name.text.starts_with(char::is_uppercase);
    let call = path.iter().position(Name::is_call);
    let (made, given) = match call {
        Some(call) => (if call > 0 && is_type(&path[call - 1]) { call - 1 } else { call }, call + 1),
        None => {
            let made = path.len().checked_sub(2).filter(|made| is_type(&path[*made]))?;
            (made, made + 1)
        }
    };
    (made > 0).then(|| (&path[..made], &path[..given]))
}

#[cfg(test)]
mod tests {
    use crate::readers;
    use crate::source::{FileId, Source};

    /// The names that lead to the headers of a program in Go.
    fn headers(body: &str) -> Vec<String> {
        let text = format!("package a\nfunc f() {{ {body} }}");
        let facts = readers::read(&Source::new(FileId(0), "a.go", text)).unwrap();
        let headers = facts.settings.iter().filter(|setting| &*setting.name().text == "x-api-key");
        let joined = |path: &[super::Name]| path.iter().map(|name| &*name.text).collect::<Vec<_>>().join(" ");
        headers.map(|setting| joined(&setting.path)).collect()
    }

    const MADE: &str = "r, _ := http.NewRequest(\"GET\", \"https://score.example\", nil);";
    const SET: &str = "r.Header.Set(\"x-api-key\", os.Getenv(\"KEY\"));";

    #[test]
    fn a_header_is_of_the_request_that_it_is_set_on() {
        let one = "f r NewRequest #1 x-api-key";
        assert_eq!(headers(&format!("{MADE} {SET}")), [one]);
        assert_eq!(headers(&format!("{MADE} {SET} {MADE} {SET}")), [one, "f r NewRequest #3 x-api-key"]);
    }

    /// Which request it is set on is not known where it is made in two branches.
    #[test]
    fn a_header_is_of_no_request_of_several() {
        assert_eq!(headers(&format!("if a {{ {MADE} }} else {{ {MADE} }}\n {SET}")), ["f r x-api-key"]);
        let us = "if country == \"US\"";
        assert_eq!(headers(&format!("{us} {{ {MADE} }} else {{ {MADE} }}\n {SET}")), ["f r x-api-key"]);
        assert_eq!(headers(&format!("{us} {{ {MADE} {SET} }} else {{ {MADE} }}\n {SET}"))[1], "f r x-api-key");
    }
}
