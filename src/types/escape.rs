//! Printing strangers' text: control characters never reach a terminal raw.
//!
//! Covers C0, DEL, C1 and the bidirectional controls of Unicode (S-19, S-81).

use std::fmt::Write;

/// The longest stretch of foreign text an error message repeats, in characters.
pub const MAX_SHOWN: usize = 1024;

/// Returns the text with every control character written as `\xNN` or `\u{N}`.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_hostile(c) && c.is_ascii() => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c if is_hostile(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns bytes as visible text; what is not UTF-8 becomes `\xNN`.
pub fn visible_bytes(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        out.push_str(&visible(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// Returns bytes as visible text from which they can be told again.
///
/// As [`visible_bytes`], and a backslash that could be taken for the begin of an escape is `\x5c`.
pub fn reversible(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        out.push_str(&visible_bytes(&rest[..at]));
        rest = &rest[at + 1..];
        out.push_str(match rest.first() {
            Some(b'x' | b'u') => "\\x5c",
            _ => "\\",
        });
    }
    out.push_str(&visible_bytes(rest));
    out
}

/// Returns the text between double quotes, visible and cut at [`MAX_SHOWN`].
pub fn quoted(text: &str) -> String {
    let shown = visible(text);
    if shown.chars().count() <= MAX_SHOWN {
        return format!("\"{shown}\"");
    }
    let cut: String = shown.chars().take(MAX_SHOWN).collect();
    format!("\"{cut}…\"")
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a\x1b]0;x\x07", "a\\x1b]0;x\\x07"),
            ("tab\t", "tab\\x09"),
            ("\u{202e}evil", "\\u{202e}evil"),
            ("\u{9b}", "\\u{9b}"),
            ("grüße", "grüße"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_bytes(b"a\xff\n"), "a\\xff\\x0a");
        assert_eq!(reversible(b"a\n\\n\\x0a\\"), "a\\x0a\\n\\x5cx0a\\");
    }
}
