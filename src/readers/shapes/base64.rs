//! Base64 (RFC 4648) as Kubernetes Secrets hold it: no encryption, so it is read.

/// The text that `encoded` stands for; `None` if it is not base64 or what it holds is not text.
pub fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut bits, mut held, mut digits, mut padding) = (0u32, 0u32, 0usize, 0usize);
    for byte in encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        if byte == b'=' {
            padding += 1;
            continue;
        }
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | digit(byte)?;
        digits += 1;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    let complete = padding <= 2 && digits > 0 && (digits + padding).is_multiple_of(4);
    if complete { String::from_utf8(bytes).ok() } else { None }
}

fn digit(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A placeholder such as `changeme` has only letters of base64 and must stay what it is.
    #[test]
    fn text_comes_out_and_nothing_else() {
        assert_eq!(decode("YWNtZS1jYQ==").as_deref(), Some("acme-ca"));
        assert_eq!(decode("YWNtZS1j\n  YQ==").as_deref(), Some("acme-ca"));
        for not_text in ["changeme", "YWNtZS1jYQ", "a=bc", "{{ x }}", "", "===="] {
            assert_eq!(decode(not_text), None, "{not_text}");
        }
    }
}
