//! A file system that a program serves through /dev/fuse: fuse(4), fuse-overlayfs(1).
//!
//! The device is mounted here and handed to the program, which lives in a mount namespace of its
//! own: it ends when the last mount of its file system is gone.

use std::ffi::CString;
use std::fs::File;
use std::io::{Read, Seek};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, fsconfig_create, fsconfig_set_flag,
    fsconfig_set_string, fsmount, fsopen,
};

use crate::sys::fs::Open;
use crate::sys::spawn::{Program, Spawn};
use crate::sys::{SysError, fs, memfd};

/// What a tree is mounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// Mounts a tree without a place and starts its server, nobody's child; `argv` names the device
/// as descriptor 3, and files relative to `directory`.
///
/// To be called by root of a user namespace, in a mount namespace of its own.
pub fn tree(
    argv: &[String],
    directory: BorrowedFd<'_>,
    access: Access,
) -> Result<OwnedFd, SysError> {
    let path = "/dev/fuse";
    let device = File::options().read(true).write(true).open(path);
    let device = device
        .map(OwnedFd::from)
        .map_err(|error| SysError::new("open", path, error.raw_os_error().unwrap_or(0)))?;
    let mount = mounted(device.as_fd(), access)?;
    let words = argv.iter().map(|word| CString::new(word.as_str()));
    let words = words
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| SysError::new("execve", "a word with a NUL", Errno::INVAL.raw_os_error()))?;
    let errors = memfd::plain(c"errors")?;
    let program = words.first().cloned().unwrap_or_default();
    let spawn = Spawn {
        argv: words,
        env: vec![c"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned()],
        stderr: Some(errors.as_fd()),
        passed: vec![device.as_fd()],
        own_session: true,
        own_mounts: true,
        directory: Some(directory),
        ..Spawn::default()
    };
    spawn.start_orphan(Program::Path(&program))?;
    // The last copy is the server's: if it ends, whoever waits for its answer is told.
    drop(device);
    match fs::open_at(&mount, b".", Open::Directory) {
        Ok(_) => Ok(mount),
        Err(error) => Err(SysError::new("fuse", said(errors, argv), error.errno)),
    }
}

fn mounted(device: BorrowedFd<'_>, access: Access) -> Result<OwnedFd, SysError> {
    let failed = |call| move |errno: Errno| SysError::new(call, "fuse", errno.raw_os_error());
    let context = fsopen("fuse", FsOpenFlags::FSOPEN_CLOEXEC).map_err(failed("fsopen"))?;
    let device = device.as_raw_fd().to_string();
    for (key, value) in [
        ("source", "fuse-overlayfs"),
        ("subtype", "fuse-overlayfs"),
        ("fd", &device),
        ("rootmode", "40000"),
        ("user_id", "0"),
        ("group_id", "0"),
    ] {
        fsconfig_set_string(context.as_fd(), key, value).map_err(failed("fsconfig"))?;
    }
    for key in ["allow_other", "default_permissions"] {
        fsconfig_set_flag(context.as_fd(), key).map_err(failed("fsconfig"))?;
    }
    fsconfig_create(context.as_fd()).map_err(failed("fsconfig"))?;
    let attributes = match access {
        Access::Read => MountAttrFlags::MOUNT_ATTR_RDONLY,
        Access::Write => MountAttrFlags::empty(),
    };
    fsmount(context.as_fd(), FsMountFlags::FSMOUNT_CLOEXEC, attributes).map_err(failed("fsmount"))
}

/// What the program complained of, or only its name.
fn said(errors: OwnedFd, argv: &[String]) -> String {
    let mut file = File::from(errors);
    let mut text = String::new();
    let _ = file.rewind();
    let _ = file.take(1024).read_to_string(&mut text);
    let name = argv.first().map(Path::new).and_then(Path::file_name);
    match text.lines().rfind(|line| !line.trim().is_empty()) {
        Some(line) => line.trim().to_owned(),
        None => name.unwrap_or_default().to_string_lossy().into_owned(),
    }
}
