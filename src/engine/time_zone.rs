//! The time zone a container is given as /etc/localtime: a link to the image's own file of that
//! zone, else the host's file.
//!
//! tzfile(5), localtime(5). Images need no zones of their own for it.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use crate::engine::Error;
use crate::rootfs::Union;
use crate::types::escape;

/// Where the host keeps its zones: tzset(3).
const ZONES: &str = "/usr/share/zoneinfo";

/// The host's own zone.
const LOCAL: &str = "local";

/// More than any zone takes; the largest are a few kilobytes.
const LIMIT: u64 = 64 << 10;

/// Every file of a zone begins so: tzfile(5).
const MAGIC: &[u8] = b"TZif";

/// What /etc/localtime leads to in a tree that knows the zone: localtime(5).
pub fn link(zone: &str, tree: &Union) -> Option<String> {
    let file = path(zone).filter(|_| zone != LOCAL)?;
    let known = tree.read(file.to_str()?, LIMIT).ok()??;
    known
        .starts_with(MAGIC)
        .then(|| format!("..{}", file.display()))
}

/// Reads the file of a zone: `local` is the host's own.
pub fn read(zone: &str) -> Result<Vec<u8>, Error> {
    let cannot = |why: &str| {
        let zone = escape::quoted(zone);
        Error::new(format!("finding timezone {zone}: {why}"))
    };
    let path = path(zone).ok_or_else(|| cannot("not the name of a time zone"))?;
    let mut bytes = Vec::new();
    File::open(&path)
        .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
        .map_err(|error| {
            let errno = error.raw_os_error().unwrap_or_default();
            cannot(&format!(
                "{}: {}",
                path.display(),
                crate::sys::reason(errno)
            ))
        })?;
    if !bytes.starts_with(MAGIC) {
        return Err(cannot(&format!("{} is no time zone file", path.display())));
    }
    Ok(bytes)
}

/// The file of a zone; `None` when the name could lead elsewhere.
fn path(zone: &str) -> Option<PathBuf> {
    if zone == LOCAL {
        return Some(PathBuf::from("/etc/localtime"));
    }
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-_.".contains(&b))
    };
    zone.split('/')
        .all(plain)
        .then(|| PathBuf::from(ZONES).join(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_stays_below_the_zones() {
        for (zone, wanted) in [
            ("local", Some("/etc/localtime")),
            ("Europe/Berlin", Some("/usr/share/zoneinfo/Europe/Berlin")),
            ("Etc/GMT+1", Some("/usr/share/zoneinfo/Etc/GMT+1")),
            ("../../../etc/passwd", None),
            ("/etc/passwd", None),
            ("Europe//Berlin", None),
            ("", None),
        ] {
            assert_eq!(path(zone), wanted.map(PathBuf::from), "{zone:?}");
        }
    }
}
