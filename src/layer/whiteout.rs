//! Deletions in a layer: `.wh.<name>` and `.wh..wh..opq`, layer.md "Whiteouts".
//!
//! They speak of the layers below only, wherever they stand in the archive (S-08): a name that
//! this layer makes itself stays, and a directory it makes itself becomes opaque.

use crate::layer::error::Refusal;

const PREFIX: &[u8] = b".wh.";

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// An ordinary name.
    None,
    /// This name is deleted below.
    Deletes(&'a [u8]),
    /// Everything below this directory is deleted.
    Opaque,
}

/// Reads a final component.
pub fn mark(name: &[u8]) -> Result<Mark<'_>, Refusal> {
    let Some(rest) = name.strip_prefix(PREFIX) else {
        return Ok(Mark::None);
    };
    match rest {
        b"" => Err(Refusal::BadWhiteout("no name")),
        b"." | b".." => Err(Refusal::BadWhiteout("not a name")),
        b".wh..opq" => Ok(Mark::Opaque),
        // aufs kept its own files under such names; no layer has a use for them.
        rest if rest.starts_with(PREFIX) => Err(Refusal::BadWhiteout("a whiteout of a whiteout")),
        rest => Ok(Mark::Deletes(rest)),
    }
}

/// Whether a component may stand in the middle of a path.
pub fn is_plain(name: &[u8]) -> bool {
    !name.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_08_marks_are_read_or_refused() {
        for (name, means) in [
            ("a", Some(Mark::None)),
            (".wh", Some(Mark::None)),
            (".wh.a", Some(Mark::Deletes(b"a"))),
            (".wh..a", Some(Mark::Deletes(b".a"))),
            (".wh..wh..opq", Some(Mark::Opaque)),
            (".wh.", None),
            (".wh..", None),
            (".wh...", None),
            (".wh..wh.x", None),
            (".wh..wh..opq2", None),
        ] {
            assert_eq!(mark(name.as_bytes()).ok(), means, "{name}");
        }
    }
}
