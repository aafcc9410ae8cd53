//! Namespaces by descriptor: open, compare, ask for the parent and the owner, join, leave.
//!
//! ioctl_ns(2), setns(2), unshare(2), namespaces(7). Which namespace may be trusted is decided
//! by `userns`, not here.

use std::fs::File;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::os::unix::fs::MetadataExt;

use crate::sys::{SysError, check};

// ioctl_ns(2); linux/nsfs.h: _IO(0xb7, 2 and 4). libc has no names for them.
const NS_GET_PARENT: u64 = 0xb702;
const NS_GET_OWNER_UID: u64 = 0xb704;

/// Kinds of namespaces, as clone flags: namespaces(7).
pub use libc::{
    CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER,
    CLONE_NEWUTS,
};

/// What makes two descriptors the same namespace: device and inode of nsfs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub device: u64,
    pub inode: u64,
}

/// Opens a namespace of a process, `which` being its name in /proc/PID/ns.
pub fn of_process(pid: i32, which: &str) -> Result<OwnedFd, SysError> {
    open(&format!("/proc/{pid}/ns/{which}"))
}

/// Opens a namespace of this process.
pub fn own(which: &str) -> Result<OwnedFd, SysError> {
    open(&format!("/proc/self/ns/{which}"))
}

fn open(path: &str) -> Result<OwnedFd, SysError> {
    File::open(path)
        .map(OwnedFd::from)
        .map_err(|error| SysError::new("open", path, error.raw_os_error().unwrap_or(0)))
}

/// Returns which kind of namespace a file is, as a clone flag; other files give an error.
pub fn kind(ns: BorrowedFd<'_>) -> Result<u64, SysError> {
    // _IO(0xb7, 3): linux/nsfs.h, since Linux 4.11.
    const NS_GET_NSTYPE: u64 = 0xb703;
    // SAFETY: the request takes no argument.
    let kind = check("ioctl", || "NS_GET_NSTYPE".to_owned(), unsafe {
        i64::from(libc::ioctl(ns.as_raw_fd(), NS_GET_NSTYPE as _))
    })?;
    Ok(kind.cast_unsigned())
}

/// Returns the namespace's identity.
pub fn identity(ns: BorrowedFd<'_>) -> Result<Identity, SysError> {
    let file = ns
        .try_clone_to_owned()
        .map(File::from)
        .and_then(|file| file.metadata());
    match file {
        Ok(meta) => Ok(Identity {
            device: meta.dev(),
            inode: meta.ino(),
        }),
        Err(error) => Err(SysError::new(
            "fstat",
            "namespace",
            error.raw_os_error().unwrap_or(0),
        )),
    }
}

/// Returns the parent of a user or pid namespace; EPERM when it is above our own.
pub fn parent(ns: BorrowedFd<'_>) -> Result<OwnedFd, SysError> {
    ask("NS_GET_PARENT", ns, NS_GET_PARENT)
}

fn ask(name: &'static str, ns: BorrowedFd<'_>, request: u64) -> Result<OwnedFd, SysError> {
    // SAFETY: the request takes no argument and returns a new descriptor.
    let fd = check("ioctl", || name.to_owned(), unsafe {
        libc::ioctl(ns.as_raw_fd(), request as _).into()
    })?;
    // SAFETY: the kernel has just given us this descriptor, close-on-exec, for nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as i32) })
}

/// Returns the user who made a user namespace, as seen from our own.
pub fn owner_uid(ns: BorrowedFd<'_>) -> Result<u32, SysError> {
    let mut uid: libc::uid_t = 0;
    // SAFETY: the request writes one uid_t to the pointer, which lives until the call returns.
    check("ioctl", || "NS_GET_OWNER_UID".to_owned(), unsafe {
        libc::ioctl(ns.as_raw_fd(), NS_GET_OWNER_UID as _, &raw mut uid).into()
    })?;
    Ok(uid)
}

/// Joins the namespace, which must be of the given kind. A user namespace wants a single thread.
pub fn join(ns: BorrowedFd<'_>, kind: i32) -> Result<(), SysError> {
    // SAFETY: numbers only.
    check(
        "setns",
        || format!("{}, {kind:#x}", ns.as_raw_fd()),
        unsafe { libc::setns(ns.as_raw_fd(), kind).into() },
    )
    .map(|_| ())
}

/// Leaves the namespaces of these kinds for new ones.
pub fn leave(kinds: i32) -> Result<(), SysError> {
    // SAFETY: namespaces only; CLONE_FILES and CLONE_VM are not among what callers pass.
    check("unshare", || format!("{kinds:#x}"), unsafe {
        libc::unshare(kinds).into()
    })
    .map(|_| ())
}

/// Whether two descriptors are the same namespace.
pub fn same(a: impl AsFd, b: impl AsFd) -> Result<bool, SysError> {
    Ok(identity(a.as_fd())? == identity(b.as_fd())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_namespace_is_itself_and_of_its_kind() {
        let user = own("user").expect("procfs");
        let network = own("net").expect("procfs");
        assert!(same(&user, own("user").expect("procfs")).expect("nsfs"));
        assert!(!same(&user, &network).expect("nsfs"));
        assert_eq!(parent(user.as_fd()).unwrap_err().errno, libc::EPERM);
    }
}
