//! Patterns of paths, component by component: `*`, `?`, `[a-z]`, `[^a]` and `\`.
//!
//! What Go's `filepath.Match` accepts; a `*` never crosses a slash.

/// Whether a component holds anything but plain characters.
pub fn is_pattern(component: &[u8]) -> bool {
    component
        .iter()
        .any(|byte| matches!(byte, b'*' | b'?' | b'[' | b'\\'))
}

/// Whether a name fits one component of a pattern. Quick for any pattern: the last `*` alone is
/// tried again.
pub fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut pos) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        if at < pattern.len() && pattern[at] == b'*' {
            star = Some((at + 1, pos));
            at += 1;
            continue;
        }
        if pos == name.len() && at == pattern.len() {
            return true;
        }
        let step = name.get(pos).and_then(|byte| one(&pattern[at..], *byte));
        match (step, star) {
            (Some(length), _) => (at, pos) = (at + length, pos + 1),
            (None, Some((after, from))) if from < name.len() => {
                star = Some((after, from + 1));
                (at, pos) = (after, from + 1);
            }
            _ => return false,
        }
    }
}

/// The length of the pattern's first element, where the byte fits it.
fn one(pattern: &[u8], byte: u8) -> Option<usize> {
    match pattern {
        [] => None,
        [b'?', ..] => Some(1),
        [b'\\', escaped, ..] => (*escaped == byte).then_some(2),
        [b'[', rest @ ..] => class(rest, byte).map(|length| length + 1),
        [plain, ..] => (*plain == byte).then_some(1),
    }
}

/// What follows `[`: its length with the `]`, where the byte is in it.
fn class(text: &[u8], byte: u8) -> Option<usize> {
    let negated = text.first() == Some(&b'^');
    let mut at = usize::from(negated);
    let mut found = false;
    let mut first = true;
    loop {
        if text.get(at) == Some(&b']') && !first {
            return (found != negated).then_some(at + 1);
        }
        first = false;
        let (low, next) = character(text, at)?;
        let (high, next) = match text.get(next) {
            Some(b'-') => character(text, next + 1)?,
            _ => (low, next),
        };
        found |= (low..=high).contains(&byte);
        at = next;
    }
}

fn character(text: &[u8], at: usize) -> Option<(u8, usize)> {
    match text.get(at)? {
        b'\\' => Some((*text.get(at + 1)?, at + 2)),
        byte => Some((*byte, at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_or_do_not() {
        for (pattern, name, fit) in [
            ("*", "", true),
            ("*.txt", "a.txt", true),
            ("*.txt", "a.txt.gz", false),
            ("a*b*c", "axxbyybzc", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("[]a]", "]", true),
            ("[a", "a", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("abc", "abc", true),
            ("abc", "abcd", false),
            ("**", "abcd", true),
        ] {
            assert_eq!(
                fits(pattern.as_bytes(), name.as_bytes()),
                fit,
                "{pattern} {name}"
            );
        }
        let slow = b"*a".repeat(200);
        assert!(!fits(&slow, &b"a".repeat(199)));
    }
}
