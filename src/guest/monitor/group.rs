//! The end of the container's control group: kernel documentation, cgroup-v2.rst.

use super::calls;
use crate::raw;
use core::ffi::CStr;

/// How often a group whose last processes are dying is tried to be removed, once a millisecond.
const TRIES: usize = 50;

/// Kills what outlived the first process (it shared another pid namespace) and removes the
/// group; nothing without a path. What cannot be removed is left to the next command.
pub fn remove(group: i32, path: &CStr) {
    if group < 0 || path.is_empty() {
        return;
    }
    for attempt in 0..TRIES {
        match calls::remove_directory(path) {
            // Populated, or with groups of its own.
            Err(raw::EBUSY) => {}
            _ => return,
        }
        if attempt == 0 {
            kill(group);
        }
        let _ = calls::poll(&mut [], Some(1));
    }
}

/// Since Linux 5.14.
fn kill(group: i32) {
    if let Ok(file) = raw::openat(group, c"cgroup.kill", raw::O_WRONLY | raw::O_CLOEXEC, 0) {
        let _ = raw::write(file, b"1");
        raw::close(file);
    }
}
