//! A mount of another container, for one that shares more than a namespace with it.

use core::ffi::CStr;

use crate::act_mount::clone_tree;
use crate::builder;
use crate::machine::Machine;
use crate::plan::Cursor;
use crate::raw;
use crate::raw::*;

/// Clones a mount of another process. Who enters its mount namespace gets another root for it,
/// setns(2): a child does, which shares the builder's descriptors.
pub fn step(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (reg, process, path) = (list.word(), list.int(), list.text());
    let mut ends = [-1i32; 2];
    call!(PIPE2, ends.as_mut_ptr(), O_CLOEXEC)?;
    const CLONE_FILES: usize = 0x400;
    const SIGCHLD: usize = 17;
    let child = call!(CLONE, CLONE_FILES | SIGCHLD, 0, 0, 0, 0)? as i32;
    if child == 0 {
        let word = clone_of_others(process, path).unwrap_or_else(|errno| -errno);
        raw::write_all(ends[1], &word.to_ne_bytes());
        raw::exit(0)
    }
    // One table for both: an end of file never comes, a dead child shows by its end alone.
    let ended = builder::wait_for(child);
    let mut word = [0u8; 4];
    let count = if ended == Ok(0) { raw::read(ends[0], &mut word) } else { Err(EIO) };
    close(ends[0]);
    close(ends[1]);
    match (count?, i32::from_ne_bytes(word)) {
        (4, fd) if fd >= 0 => m.set(reg, fd),
        (4, errno) => return Err(-errno),
        _ => return Err(EIO),
    }
    Ok(())
}

fn clone_of_others(process: i32, path: &CStr) -> raw::Result<i32> {
    const CLONE_NEWNS: usize = 0x0002_0000;
    const RESOLVE_NO_SYMLINKS: u64 = 0x04;
    const RESOLVE_IN_ROOT: u64 = 0x10;
    call!(SETNS, process, CLONE_NEWNS)?;
    let how = [(O_PATH | O_CLOEXEC) as u64, 0, RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS];
    let there = call!(OPENAT2, AT_FDCWD, path.as_ptr(), how.as_ptr(), 24)? as i32;
    let tree = clone_tree(there, false);
    close(there);
    tree
}
