//! What the host knows about users and privileged programs; nothing here is asked about a container.
//!
//! getpwuid(3) goes through the host's NSS, so it is used on the slow paths only.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::{Uid, User};

/// Returns a user's login name, if any database has one.
pub fn name_of(uid: u32) -> Option<String> {
    User::from_uid(Uid::from_raw(uid))
        .ok()?
        .map(|user| user.name)
}

/// Whether executing the file gains privileges: set-user-ID or file capabilities, and no `nosuid`.
pub fn gains_privileges(program: &Path) -> bool {
    let set_id =
        std::fs::metadata(program).is_ok_and(|meta| meta.permissions().mode() & 0o4000 != 0);
    let may = statvfs(program).is_ok_and(|fs| !fs.flags().contains(FsFlags::ST_NOSUID));
    may && (set_id || has_file_capabilities(program))
}

fn has_file_capabilities(program: &Path) -> bool {
    let Ok(path) = CString::new(program.as_os_str().as_bytes()) else {
        return false;
    };
    let name = c"security.capability";
    // SAFETY: both strings are NUL-terminated and outlive the call; size 0 only asks for the length.
    unsafe { libc::getxattr(path.as_ptr(), name.as_ptr(), std::ptr::null_mut(), 0) > 0 }
}
