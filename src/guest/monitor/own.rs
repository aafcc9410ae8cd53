//! To whom belongs what the builder makes, where U0's root is not the container's (`--userns`).
//!
//! The builder acts as U0's root and keeps its rights: what it has made is given away
//! afterwards, chown(2).

use core::ffi::CStr;

use crate::act_mount::{self, in_root};
use crate::machine::Machine;
use crate::machine::channel;
use crate::plan::Cursor;
use crate::raw;
use crate::raw::*;

/// uid and gid in U0; `None` leaves things ours.
pub type Owner = Option<(u64, u64)>;

const S_IFMT: u32 = 0o170000;
const S_IFREG: u32 = 0o100000;

/// Notes the owner, and gives the workload's streams to the workload, which may not be able to
/// do that itself: our own id can be missing in its map.
pub fn begin(m: &mut Machine, list: &mut Cursor) {
    m.owner = Some((list.word(), list.word()));
    let streams = list.word();
    for fd in [channel::STDIN, channel::STDOUT, channel::STDERR] {
        // Absent with a terminal.
        let _ = call!(FCHOWN, fd, streams, -1isize);
    }
}

/// Gives away a name that was just made; a link itself.
pub fn entry(owner: Owner, directory: i32, name: &CStr) -> raw::Result<()> {
    const AT_SYMLINK_NOFOLLOW: usize = 0x100;
    let Some((uid, gid)) = owner else { return Ok(()) };
    call!(FCHOWNAT, directory, name.as_ptr(), uid, gid, AT_SYMLINK_NOFOLLOW).map(drop)
}

/// Gives away what a descriptor leads to.
pub fn itself(owner: Owner, fd: i32) -> raw::Result<()> {
    let Some((uid, gid)) = owner else { return Ok(()) };
    call!(FCHOWNAT, fd, c"".as_ptr(), uid, gid, AT_EMPTY_PATH).map(drop)
}

/// Gives a control group to who is to divide it: cgroups(7), "Cgroups delegation". Its limits stay
/// with whoever made it.
pub fn group(owner: Owner, mount: i32) -> raw::Result<()> {
    for name in [c"cgroup.procs", c"cgroup.threads", c"cgroup.subtree_control"] {
        entry(owner, mount, name)?;
    }
    itself(owner, mount)
}

/// Adds a text to a regular file below a root; anything else at that path is left alone.
pub fn append(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const O_APPEND: usize = 0o2000;
    const O_NONBLOCK: usize = 0o4000;
    let (root, path, text) = (list.word(), list.text(), list.data());
    let flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY;
    let fd = match in_root(m.register(root), path, flags) {
        // A pipe without a reader, a socket, a directory, a loop of links, no directory for it.
        Err(ENXIO | EISDIR | ELOOP | ENOENT | ENOTDIR) => return Ok(()),
        other => other?,
    };
    let regular = fstat(fd)?.mode & S_IFMT == S_IFREG;
    let written = if regular { write(fd, text).map(drop) } else { Ok(()) };
    close(fd);
    written
}

/// Makes a symbolic link below a root, as [`op::LINK`] says; where there is no such directory, or
/// one has the name, nothing is done.
pub fn link(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (root, manner, parent) = (list.word(), list.word(), list.text());
    let (name, target) = (list.text(), list.text());
    let found = match manner {
        2 => act_mount::target(m.register(root), parent, 1, m.owner),
        _ => in_root(m.register(root), parent, O_PATH | O_DIRECTORY),
    };
    let directory = match found {
        Err(ELOOP | ENOENT | ENOTDIR) => return Ok(()),
        other => other?,
    };
    if manner == 1 {
        let _ = call!(UNLINKAT, directory, name.as_ptr(), 0);
    }
    let made = match call!(SYMLINKAT, target.as_ptr(), directory, name.as_ptr()) {
        Ok(_) => entry(m.owner, directory, name),
        Err(EEXIST) => Ok(()),
        Err(errno) => Err(errno),
    };
    close(directory);
    made
}
