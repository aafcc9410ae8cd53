//! Names in an archive: cut into components, cleaned, bounded (S-01).

use crate::layer::MAX_PATH;
use crate::layer::error::Refusal;

/// The longest component: NAME_MAX of limits.h.
const MAX_NAME: usize = 255;

/// Cuts a path into its components; leading `/`, `.` and empty ones are dropped, `..` refused.
///
/// No components at all is the root.
pub fn components(path: &[u8]) -> Result<Vec<&[u8]>, Refusal> {
    if path.len() > MAX_PATH {
        return Err(Refusal::TooLong { what: "the path" });
    }
    let mut parts = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => return Err(Refusal::Escapes),
            part if part.len() > MAX_NAME => {
                return Err(Refusal::TooLong { what: "the name" });
            }
            part => parts.push(part),
        }
    }
    Ok(parts)
}

/// Joins a clean directory path and one name.
pub fn join(dir: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = Vec::with_capacity(dir.len() + 1 + name.len());
    path.extend_from_slice(dir);
    if !dir.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_01_names_are_cleaned_or_refused() {
        for (path, clean) in [
            ("a/b", Some("a/b")),
            ("/a", Some("a")),
            ("./a/./b/", Some("a/b")),
            ("//x", Some("x")),
            ("", Some("")),
            (".", Some("")),
            ("/", Some("")),
            ("../x", None),
            ("/../../x", None),
            ("a/../../x", None),
            ("a/..", None),
            ("a/..b", Some("a/..b")),
        ] {
            let found = components(path.as_bytes());
            let joined = found.ok().map(|parts| parts.join(&b'/'));
            assert_eq!(joined.as_deref(), clean.map(str::as_bytes), "{path}");
        }
        assert!(components("a/".repeat(3000).as_bytes()).is_err());
        assert!(components("a".repeat(256).as_bytes()).is_err());
    }
}
