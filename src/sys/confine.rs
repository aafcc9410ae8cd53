//! The steps by which a worker of ours locks itself in; their order is `userns::worker::confine`.
//!
//! pivot_root(2), mount_setattr(2), capabilities(7). For a process with one thread.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use rustix::fs::CWD;
use rustix::io::Errno;
use rustix::mount::{
    MountPropagationFlags, MoveMountFlags, OpenTreeFlags, UnmountFlags, mount_change, move_mount,
    open_tree, unmount,
};
use rustix::process::{fchdir, pivot_root, umask};
use rustix::thread::{CapabilitySet, CapabilitySets};

use crate::sys::{SysError, check};

/// What it takes to write any owner, mode, attribute and whiteout below one directory.
const FILE_CAPABILITIES: CapabilitySet = CapabilitySet::CHOWN
    .union(CapabilitySet::DAC_OVERRIDE)
    .union(CapabilitySet::DAC_READ_SEARCH)
    .union(CapabilitySet::FOWNER)
    .union(CapabilitySet::FSETID)
    .union(CapabilitySet::MKNOD)
    .union(CapabilitySet::SETFCAP);

fn named(call: &'static str, args: &str) -> impl FnOnce(Errno) -> SysError {
    let args = args.to_owned();
    move |errno| SysError::new(call, args, errno.raw_os_error())
}

/// Becomes user and group 0 of this namespace, in no other group where that may be said.
pub fn become_root() -> Result<(), SysError> {
    // Denied in a namespace of one id (user_namespaces(7), /proc/PID/setgroups): then the
    // caller's groups stay, as nameless ones.
    // SAFETY: a count of 0 reads no list.
    unsafe { libc::setgroups(0, std::ptr::null()) };
    // SAFETY: numbers only.
    check("setresgid", || "0, 0, 0".to_owned(), unsafe {
        libc::setresgid(0, 0, 0).into()
    })?;
    // SAFETY: numbers only.
    check("setresuid", || "0, 0, 0".to_owned(), unsafe {
        libc::setresuid(0, 0, 0).into()
    })?;
    Ok(())
}

/// Makes the directory the working directory.
pub fn enter_directory(directory: BorrowedFd<'_>) -> Result<(), SysError> {
    fchdir(directory).map_err(named("fchdir", &directory.as_raw_fd().to_string()))
}

/// Makes the working directory the root, without set-id programs and devices, and lets go of
/// every other mount of this (fresh, private) mount namespace.
pub fn make_here_the_root() -> Result<(), SysError> {
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    mount_change("/", private).map_err(named("mount", "/, MS_PRIVATE|MS_REC"))?;
    let clone = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
    let tree = open_tree(CWD, ".", clone).map_err(named("open_tree", "."))?;
    forbid_programs_and_devices(tree.as_fd())?;
    move_mount(&tree, "", CWD, ".", MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)
        .map_err(named("move_mount", "."))?;
    fchdir(&tree).map_err(named("fchdir", "the new root"))?;
    // Passing "." twice stacks the old root on the new one: pivot_root(2), NOTES.
    pivot_root(".", ".").map_err(named("pivot_root", "., ."))?;
    unmount(".", UnmountFlags::DETACH).map_err(named("umount2", "., MNT_DETACH"))?;
    rustix::process::chdir("/").map_err(named("chdir", "/"))?;
    umask(rustix::fs::Mode::empty());
    Ok(())
}

/// Makes the working directory, which must be a mount's root, the root of this (fresh, private)
/// mount namespace; what is mounted below it stays.
pub fn make_this_mount_the_root() -> Result<(), SysError> {
    // As in `make_here_the_root`.
    pivot_root(".", ".").map_err(named("pivot_root", "., ."))?;
    unmount(".", UnmountFlags::DETACH).map_err(named("umount2", "., MNT_DETACH"))?;
    rustix::process::chdir("/").map_err(named("chdir", "/"))?;
    umask(rustix::fs::Mode::empty());
    Ok(())
}

fn forbid_programs_and_devices(tree: BorrowedFd<'_>) -> Result<(), SysError> {
    let attributes = libc::mount_attr {
        attr_set: libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV | libc::MOUNT_ATTR_NOEXEC,
        attr_clr: 0,
        propagation: 0,
        userns_fd: 0,
    };
    // SAFETY: the path is NUL-terminated; `attributes` lives until the call returns and its size
    // is told. libc has no wrapper.
    check(
        "mount_setattr",
        || "nosuid,nodev,noexec".to_owned(),
        unsafe {
            libc::syscall(
                libc::SYS_mount_setattr,
                tree.as_raw_fd(),
                c"".as_ptr(),
                libc::AT_EMPTY_PATH,
                &raw const attributes,
                size_of::<libc::mount_attr>(),
            )
        },
    )
    .map(|_| ())
}

/// Drops every capability that has nothing to do with files.
pub fn keep_file_capabilities() -> Result<(), SysError> {
    keep_only(FILE_CAPABILITIES, "file capabilities")
}

/// Drops every capability but the one over networks: foreign addresses, rules and routes.
pub fn keep_network_capability() -> Result<(), SysError> {
    keep_only(CapabilitySet::NET_ADMIN, "CAP_NET_ADMIN")
}

fn keep_only(kept: CapabilitySet, said: &str) -> Result<(), SysError> {
    for capability in CapabilitySet::all().iter() {
        if !kept.contains(capability) {
            // EINVAL: this kernel does not know it.
            let _ = rustix::thread::remove_capability_from_bounding_set(capability);
        }
    }
    let sets = CapabilitySets {
        effective: kept,
        permitted: kept,
        inheritable: CapabilitySet::empty(),
    };
    rustix::thread::set_capabilities(None, sets).map_err(named("capset", said))
}
