//! Which extended attributes of a layer are set: `user.*` that nobody else gives a meaning,
//! and `security.capability` (S-09).
//!
//! Overlayfs with `userxattr` obeys `user.overlay.*`, fuse-overlayfs `user.fuseoverlayfs.*` and
//! `user.containers.*`: a layer must not speak to them. Everything else is dropped.

use std::os::fd::AsFd;

use crate::sys;
use crate::sys::SysError;

/// How overlayfs is told that nothing below a directory shows through.
pub const OPAQUE: &[u8] = b"user.overlay.opaque";

/// How fuse-overlayfs marks the same in what it writes.
pub const OPAQUE_IN_FUSE: &[u8] = b"user.fuseoverlayfs.opaque";

/// Prefixes with a meaning for a file system or an engine; compared without case.
const RESERVED: &[&[u8]] = &[
    b"user.overlay.",
    b"user.fuseoverlayfs.",
    b"user.containers.",
    b"user.rootlesscontainers",
];

/// Whether a layer may set an attribute of this name.
pub fn is_allowed(name: &[u8]) -> bool {
    if name == b"security.capability" {
        return true;
    }
    let lower = name.to_ascii_lowercase();
    name.starts_with(b"user.")
        && name.len() > 5
        && name.len() <= 255
        && !name.contains(&0)
        && !RESERVED.iter().any(|prefix| lower.starts_with(prefix))
}

/// Sets the allowed attributes; returns how many were dropped.
pub fn apply(fd: impl AsFd, xattrs: &[(Vec<u8>, Vec<u8>)]) -> Result<u64, SysError> {
    let mut dropped = 0;
    for (name, value) in xattrs {
        if !is_allowed(name) {
            dropped += 1;
            continue;
        }
        match sys::fs::set_xattr(&fd, name, value) {
            Ok(()) => {}
            // More than this file system keeps for one inode (ext4: one block), or a kind it
            // does not keep: the file is whole without it. ENOSPC means just this here.
            Err(error) if is_tolerable(error.errno) => dropped += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(dropped)
}

fn is_tolerable(errno: i32) -> bool {
    [
        sys::fs::ENOSPC,
        sys::fs::E2BIG,
        sys::fs::ERANGE,
        sys::fs::EOPNOTSUPP,
        sys::fs::EPERM,
        sys::fs::EINVAL,
    ]
    .contains(&errno)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_09_overlay_metadata_is_not_taken_from_layers() {
        for (name, allowed) in [
            ("user.mime_type", true),
            ("security.capability", true),
            ("user.overlay.opaque", false),
            ("user.Overlay.whiteout", false),
            ("user.overlay.redirect", false),
            ("user.fuseoverlayfs.opaque", false),
            ("user.containers.override_stat", false),
            ("trusted.overlay.opaque", false),
            ("security.selinux", false),
            ("system.posix_acl_access", false),
            ("user.", false),
            ("USER.x", false),
        ] {
            assert_eq!(is_allowed(name.as_bytes()), allowed, "{name}");
        }
    }
}
