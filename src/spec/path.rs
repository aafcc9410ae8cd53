//! Paths inside the container as text: made absolute and clean, never touched.
//!
//! What a link in the image makes of them is the runtime's business: it resolves beneath the
//! rootfs's descriptor.

/// Returns the absolute form without `.`, `..`, double and trailing slashes, as if no
/// component were a link.
pub(crate) fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Whether a clean path is the other one or lies below it.
pub(crate) fn is_within(path: &str, top: &str) -> bool {
    path == top
        || top == "/"
        || path
            .strip_prefix(top)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Returns how many components a clean path has.
pub(crate) fn depth(path: &str) -> usize {
    path.split('/').filter(|part| !part.is_empty()).count()
}

/// Matches a path against a pattern in which `*` stands for part of one component and `?` for
/// one character, as Go's `path.Match` has it for the patterns people write in `unmask=`.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern_parts, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern_parts.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if component(pattern.as_bytes(), part.as_bytes()) => {}
            _ => return false,
        }
    }
}

/// Backtracks only to the last star: linear in pattern × text.
fn component(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == text[t] || *byte == b'?' => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_paths_stay_below_the_root() {
        for (path, cleaned) in [
            ("/", "/"),
            ("", "/"),
            ("a", "/a"),
            ("/a//b/./c/", "/a/b/c"),
            ("/a/../../b", "/b"),
            ("/proc/../proc/self", "/proc/self"),
        ] {
            assert_eq!(clean(path), cleaned);
        }
        assert!(is_within("/proc/self", "/proc"));
        assert!(is_within("/proc", "/proc"));
        assert!(!is_within("/process", "/proc"));
        assert_eq!(depth("/"), 0);
        assert_eq!(depth("/a/b"), 2);
    }

    #[test]
    fn patterns_stay_within_a_component() {
        for (pattern, path, expected) in [
            ("/proc/*", "/proc/kcore", true),
            ("/proc/*", "/proc/a/b", false),
            ("/proc/k*e", "/proc/kcore", true),
            ("/proc/?core", "/proc/kcore", true),
            ("/proc/kcore", "/proc/kcore", true),
            ("/*/kcore", "/proc/kcore", true),
            ("*", "/proc", false),
            ("/sys/**", "/sys/firmware", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
