//! What the host knows about users and privileged programs; nothing here is asked about a container.
//!
//! getpwuid(3) goes through the host's NSS, so it is used on the slow paths only.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::{Group, Uid, User};

/// Returns a user's login name, if any database has one.
pub fn name_of(uid: u32) -> Option<String> {
    User::from_uid(Uid::from_raw(uid))
        .ok()?
        .map(|user| user.name)
}

/// An entry of the host's user database, with the name of its group.
pub struct Entry {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    pub group: String,
    pub gecos: String,
    pub home: String,
}

/// Returns a user of the host by number, or else by name.
pub fn look_up(word: &str) -> Option<Entry> {
    let user = match word.parse() {
        Ok(uid) => User::from_uid(Uid::from_raw(uid)).ok()??,
        Err(_) => User::from_name(word).ok()??,
    };
    let group = Group::from_gid(user.gid).ok().flatten();
    Some(Entry {
        name: user.name,
        uid: user.uid.as_raw(),
        gid: user.gid.as_raw(),
        group: group.map_or_else(|| user.gid.to_string(), |group| group.name),
        gecos: user.gecos.to_string_lossy().into_owned(),
        home: user.dir.to_string_lossy().into_owned(),
    })
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
