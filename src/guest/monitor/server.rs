//! fuse-overlayfs: the root file system where the kernel's own overlay will not do.
//!
//! ```text
//! builder: opens /dev/fuse, mounts it (its requests wait) ──device──▶ monitor
//! monitor: forks the server into U0 and a mount namespace of its own, where no mount of the
//!          container's ever appears, and in its own control group: a paused container must
//!          not wait for a paused server
//! ```
//!
//! The server ends by itself when the last mount of its file system is gone, with everything
//! written back by then. It holds the container's lock: until that moment the upper directory
//! is in use, and nobody starts the container anew.

use core::ffi::CStr;

use crate::act_init;
use crate::act_mount::fsconfig;
use crate::act_mount::fsmount;
use crate::act_mount::fsopen;
use crate::machine::Machine;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Cursor;
use crate::raw;
use crate::raw::*;

/// The device's numbers: Documentation/admin-guide/devices.txt.
const FUSE: (u64, u64) = (10, 229);

/// Mounts a FUSE file system and sends its device to the monitor.
///
/// Device and mount must be of one user namespace, U0: fs/fuse/inode.c, fuse_fill_super.
pub fn mount(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let reg = list.word();
    let device = openat(AT_FDCWD, c"/dev/fuse", O_RDWR | O_CLOEXEC, 0)?;
    let mounted = mount_device(device);
    if mounted.is_ok() {
        raw::send_words(channel::STATUS, &[told::SERVE, 0, 0, 0], device);
    }
    // The last copy is the server's: when it ends, whoever waits for an answer gets an error.
    close(device);
    m.set(reg, mounted?);
    Ok(())
}

fn mount_device(device: i32) -> raw::Result<i32> {
    if fstat(device)?.rdev != FUSE {
        return Err(ENODEV);
    }
    let mut digits = [0u8; 24];
    let number = raw::decimal(device as u64, &mut digits);
    // Everybody in the container uses it, and the kernel checks the modes: fuse(8).
    let words: [(&CStr, &CStr); 8] = [
        (c"source", c"fuse-overlayfs"),
        (c"subtype", c"fuse-overlayfs"),
        (c"fd", number),
        (c"rootmode", c"40000"),
        (c"user_id", c"0"),
        (c"group_id", c"0"),
        (c"allow_other", c""),
        (c"default_permissions", c""),
    ];
    let context = fsopen(c"fuse")?;
    let mut done = Ok(());
    for (key, value) in words {
        done = done.and_then(|()| fsconfig(context, key, value));
    }
    let mounted = done.and_then(|()| fsmount(context, 0));
    close(context);
    mounted
}

/// Where the server finds its device: the last of its words says so too.
const DEVICE: i32 = 3;
const LOCK: i32 = 4;

/// Becomes the server. `list`: the user namespace, the directory its words are about, where it
/// complains, and its words.
pub fn become_server(mut list: Cursor, device: i32, lock: i32) -> ! {
    const CLONE_NEWNS: usize = 0x0002_0000;
    const CLONE_NEWUSER: usize = 0x1000_0000;
    const MS_REC_SLAVE: usize = 0x4000 | 0x80000;
    /// Numbers that neither the plan nor the targets use.
    const APART: i32 = 220;
    let (user, directory, errors) = (list.int(), list.int(), list.int());
    let null = raw::openat(AT_FDCWD, c"/dev/null", O_RDWR, 0).unwrap_or(-1);
    for (from, to) in [(null, 0), (null, 1), (errors, 2), (device, DEVICE), (lock, LOCK)] {
        if from >= 0 {
            let _ = call!(DUP3, from, APART + to, O_CLOEXEC);
        }
    }
    // As another user than root of U0 it would lose its capabilities with execve.
    let ready = call!(SETNS, user, CLONE_NEWUSER)
        .and_then(|_| call!(SETRESGID, 0, 0, 0))
        .and_then(|_| call!(SETRESUID, 0, 0, 0))
        .and_then(|_| call!(UNSHARE, CLONE_NEWNS))
        .and_then(|_| call!(MOUNT, 0, c"/".as_ptr(), 0, MS_REC_SLAVE, 0))
        .and_then(|_| call!(FCHDIR, directory));
    for to in 0..=LOCK {
        let _ = call!(DUP3, APART + to, to, 0);
    }
    let _ = call!(CLOSE_RANGE, LOCK + 1, u32::MAX, 0);
    if let (Ok(_), Ok(argv)) = (ready, act_init::pointers(&mut list)) {
        act_init::reset_signals();
        let path = c"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let envp = [path.as_ptr(), core::ptr::null()];
        let _ = call!(EXECVE, argv[0], argv.as_ptr(), envp.as_ptr());
    }
    raw::write_all(2, b"it cannot be executed\n");
    raw::exit(127)
}
