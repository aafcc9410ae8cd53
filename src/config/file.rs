//! Reading one of the user's or the system's files, which only its owner may have written (S-115).
//!
//! What others can write is refused, not passed over: such a file may be the one that forbids
//! something. Links are followed, as people keep their settings elsewhere and link to them; what
//! counts is the file that was opened.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use crate::config::environment::{is_absent, own_ids};
use crate::config::error::Error;

/// The largest configuration file that is read.
const MAX_FILE: u64 = 1 << 20;

/// open(2): a FIFO without a writer does not hold us. The same number on x86-64 and arm64.
const O_NONBLOCK: i32 = 0o4000;

/// Write permission of the group, of others.
const GROUP_WRITES: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;

/// Reads a small file; `None` if it is not there.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    // A descriptor of the caller's own, such as a pipe (/dev/fd/63), or /dev/null for no file.
    let own = path.starts_with("/dev") || path.starts_with("/proc");
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(if own { 0 } else { O_NONBLOCK })
        .open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if !own {
        check(path, &file.metadata().map_err(failed)?)?;
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE {
        let reason = format!("larger than {MAX_FILE} bytes");
        return Err(Error::content(path, reason));
    }
    Ok(Some(bytes))
}

/// Refuses what is no file, or not only its owner's.
fn check(path: &Path, facts: &Metadata) -> Result<(), Error> {
    let exposed = |why| {
        Err(Error::Exposed {
            path: path.to_owned(),
            why,
        })
    };
    if !facts.is_file() {
        return Err(Error::content(path, "is not a file"));
    }
    if facts.mode() & OTHERS_WRITE != 0 {
        return exposed("everybody can write to it");
    }
    if facts.uid() == 0 && facts.mode() & GROUP_WRITES == 0 {
        return Ok(());
    }
    let (uid, gid) = own_ids();
    // A user's private group has the user's number and no other member, where umask is 002.
    let private = facts.gid() == 0 || (facts.gid() == gid && gid == uid);
    if facts.mode() & GROUP_WRITES != 0 && !private {
        return exposed("its group can write to it");
    }
    if facts.uid() != 0 && facts.uid() != uid && !is_unmapped(facts.uid()) {
        return exposed("it belongs to another user");
    }
    Ok(())
}

/// Whether this is how a user namespace shows the system's own files: user_namespaces(7), "Unmapped
/// user and group IDs".
fn is_unmapped(uid: u32) -> bool {
    let text = |path: &str| {
        let mut text = String::new();
        let file = File::open(path).ok()?;
        file.take(4096).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let overflow = text("/proc/sys/kernel/overflowuid").and_then(|id| id.trim().parse().ok());
    let map = text("/proc/self/uid_map").unwrap_or_default();
    let whole = map.split_whitespace().eq(["0", "0", "4294967295"]);
    overflow == Some(uid) && !whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_what_its_owner_alone_can_write_is_read() {
        let folder = std::env::temp_dir().join(format!("coracle-conf-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        let path = folder.join("a.conf");
        std::fs::write(&path, "x").expect("written");
        let with = |mode: u32| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&path, mode).expect("ours");
            read(&path)
        };
        assert!(matches!(with(0o600), Ok(Some(text)) if text == b"x"));
        assert!(matches!(with(0o644), Ok(Some(_))));
        assert!(matches!(with(0o646), Err(Error::Exposed { .. })));
        assert!(matches!(with(0o666), Err(Error::Exposed { .. })));
        assert!(matches!(read(&folder), Err(Error::Content { .. })));
        assert!(matches!(read(Path::new("/dev/null")), Ok(Some(text)) if text.is_empty()));
        assert!(matches!(
            read(Path::new("/dev/zero")),
            Err(Error::Content { .. })
        ));
        assert!(matches!(read(&folder.join("b.conf")), Ok(None)));
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
