//! Owner and mode of a file, noted in an attribute instead of set: fuse-overlayfs(1),
//! `xattr_permissions=2`.
//!
//! `user.containers.override_stat`, which containers/storage writes, is the same; but that one
//! fuse-overlayfs hands on to whoever looks and copies up, and this one it keeps to itself. It is
//! obeyed in every layer whose root directory has it (1.10 and later), so every directory and
//! regular file of such a layer must have it. Links, FIFOs and the like cannot.

/// The attribute.
pub const NAME: &[u8] = b"user.fuseoverlayfs.override_stat";

/// `uid:gid:mode`, the mode in octal without the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    pub uid: u32,
    pub gid: u32,
    pub mode: u32,
}

impl Noted {
    pub fn text(&self) -> String {
        format!("{}:{}:{:o}", self.uid, self.gid, self.mode)
    }

    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(text).ok()?.split(':');
        let noted = Self {
            uid: words.next()?.parse().ok()?,
            gid: words.next()?.parse().ok()?,
            mode: u32::from_str_radix(words.next()?, 8).ok()? & 0o7777,
        };
        words.next().is_none().then_some(noted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_back() {
        let noted = Noted {
            uid: 5,
            gid: 42,
            mode: 0o4755,
        };
        assert_eq!(noted.text(), "5:42:4755");
        assert_eq!(Noted::parse(b"5:42:4755"), Some(noted));
        for bad in ["", "5", "5:42", "5:42:9", "5:42:755:file", "-1:0:755"] {
            assert_eq!(Noted::parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
