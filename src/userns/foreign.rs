//! Maps of user namespaces that specs of others ask for: written as given, or refused.
//!
//! With CAP_SETUID and CAP_SETGID directly; else one's own id directly and any other by
//! newuidmap and newgidmap, which decide by /etc/subuid and /etc/subgid.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::sys;
use crate::sys::process::Ended;
use crate::userns::error::Error;
use crate::userns::ids::{Extent, IdMap, map_text};
use crate::userns::living;
use crate::userns::tool::{self, Job};

const CAP_SETGID: u8 = 6;
const CAP_SETUID: u8 = 7;

/// Whether a map has to be one's own id alone, so that groups cannot be set in its namespace.
pub fn denies_groups(map: &IdMap) -> bool {
    let (_, gid) = sys::process::effective_ids();
    !may_write() && is_own(&map.gid, gid)
}

fn may_write() -> bool {
    sys::process::has_capability(CAP_SETUID) && sys::process::has_capability(CAP_SETGID)
}

fn is_own(extents: &[Extent], own: u32) -> bool {
    matches!(extents, [Extent { outside, count: 1, .. }] if *outside == own)
}

/// Writes both maps of the new user namespace that process `pid` is in.
pub fn write_maps(pid: i32, map: &IdMap) -> Result<(), Error> {
    let (uid, gid) = sys::process::effective_ids();
    let direct = may_write();
    // setgroups must be "deny" before an unprivileged gid_map write is accepted
    // (user_namespaces(7), since Linux 3.19).
    if denies_groups(map) {
        write(pid, "setgroups", "deny")?;
    }
    for (file, program, extents, own) in [
        ("uid_map", "newuidmap", &map.uid, uid),
        ("gid_map", "newgidmap", &map.gid, gid),
    ] {
        if direct || is_own(extents, own) {
            write(pid, file, &map_text(extents))?;
        } else {
            by_tool(pid, program, extents)?;
        }
        verify(pid, file, extents)?;
    }
    Ok(())
}

fn write(pid: i32, file: &str, text: &str) -> Result<(), Error> {
    let path = format!("/proc/{pid}/{file}");
    File::options()
        .write(true)
        .open(&path)
        .and_then(|mut file| file.write(text.as_bytes()))
        .map_err(|source| Error::file(Path::new(&path), source))
        .map(|_| ())
}

fn by_tool(pid: i32, name: &str, extents: &[Extent]) -> Result<(), Error> {
    let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let program = tool::find(name).ok_or_else(|| Error::file(Path::new(name), missing()))?;
    let mut words = vec![pid.to_string()];
    for extent in extents {
        words.extend(extent.to_string().split(' ').map(str::to_owned));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = Job::start(&program, &words)?.finish()?;
    match done.ended {
        Ended::Exited(0) => Ok(()),
        ended => Err(Error::Tool {
            program,
            ended,
            text: done.text,
        }),
    }
}

/// Compares what the kernel has with what was wanted.
fn verify(pid: i32, file: &str, wanted: &[Extent]) -> Result<(), Error> {
    let found = living::whole_map(pid, file)?;
    let sorted = |extents: &[Extent]| {
        let mut lines: Vec<String> = extents.iter().map(Extent::to_string).collect();
        lines.sort();
        lines
    };
    if sorted(&found) == sorted(wanted) {
        return Ok(());
    }
    Err(Error::WrongMap {
        wanted: format!("{:?}", map_text(wanted)),
        found: map_text(&found),
    })
}
