//! The keeper: the process that holds the user's base namespace U0 while anything needs it.
//!
//! `keeper make` makes the namespace; `keeper join` takes one whose keeper was killed. Either way
//! it then holds nothing but U0: a session of its own, an empty root, /dev/null, one lock file.
//!
//! ```text
//! engine (userns/make.rs)              keeper
//!   ── spawn: 3 users, 4 control, [5 ns] ─▶  unshare(user) or setns(5)
//!   ◀── NAMESPACE, errno ──────────────────
//!   newuidmap ‖ newgidmap, read back
//!   ── MAPPED ─────────────────────────────▶ unshare(mount)
//!   ◀── CAPABLE, errno ────────────────────
//!                                            drop the host's mounts; flock(users, LOCK_EX)
//! ```
//!
//! Whoever uses U0 holds a shared lock on `users`. The exclusive one is granted when the last of
//! them is gone: then the keeper exits *holding* it, so that no newcomer can believe in it.
//! Deliberately no signal handling: who kills it is survived by the next command.

use crate::raw;
use crate::raw::{Errno, Result, call};
use crate::rt::Start;

/// Messages, one byte each; `userns/make.rs` has the same.
const NAMESPACE: u8 = 1;
const MAPPED: u8 = 2;
const CAPABLE: u8 = 3;

const USERS: i32 = 3;
const CONTROL: i32 = 4;
const JOINED: i32 = 5;

const CLONE_NEWNS: usize = 0x0002_0000;
const CLONE_NEWUSER: usize = 0x1000_0000;
const LOCK_EX: usize = 2;
const MS_REC: usize = 0x4000;
const MS_PRIVATE: usize = 1 << 18;
const MNT_DETACH: usize = 2;
const FSCONFIG_CMD_CREATE: usize = 6;
const FSMOUNT_CLOEXEC: usize = 1;
const MOUNT_ATTR_RDONLY: usize = 1;
const MOVE_MOUNT_F_EMPTY_PATH: usize = 4;
const PR_SET_NAME: usize = 15;

/// Runs the role; `argv[2]` says which way.
pub fn main(start: Start) -> ! {
    let _ = call!(raw::PRCTL, PR_SET_NAME, c"coracle-keeper".as_ptr());
    let result = match start.argument(2) {
        Some(b"make") => call!(raw::UNSHARE, CLONE_NEWUSER),
        Some(b"join") => call!(raw::SETNS, JOINED, CLONE_NEWUSER),
        _ => Err(raw::EINVAL),
    };
    raw::close(JOINED);
    report(NAMESPACE, result);
    if await_maps().is_err() {
        raw::exit(1);
    }
    // The first thing that takes a capability in U0; where AppArmor takes them away, it shows here.
    report(CAPABLE, call!(raw::UNSHARE, CLONE_NEWNS));
    raw::close(CONTROL);
    // Without an empty root it would pin the mounts of whoever started it, and nothing worse.
    let _ = forget_mounts();
    wait_until_unused();
    raw::exit(0)
}

/// Tells the engine how a stage went; ends with it if it failed.
fn report(stage: u8, result: Result) {
    let errno: Errno = result.err().unwrap_or(0);
    let mut message = [stage, 0, 0, 0, 0];
    message[1..].copy_from_slice(&errno.to_ne_bytes());
    let told = raw::write_all(CONTROL, &message);
    if errno != 0 || !told {
        raw::exit(1);
    }
}

/// Waits for the engine's word; its death ends us too.
fn await_maps() -> Result<()> {
    let mut message = [0];
    loop {
        match raw::read(CONTROL, &mut message) {
            Ok(1) if message[0] == MAPPED => return Ok(()),
            Err(raw::EINTR) => {}
            _ => return Err(raw::EPIPE),
        }
    }
}

/// Makes an empty read-only tmpfs the root and lets go of every mount of the host.
fn forget_mounts() -> Result {
    let none = core::ptr::null::<u8>();
    call!(raw::MOUNT, none, c"/".as_ptr(), none, MS_REC | MS_PRIVATE, none)?;
    let context = call!(raw::FSOPEN, c"tmpfs".as_ptr(), 1)? as i32;
    call!(raw::FSCONFIG, context, FSCONFIG_CMD_CREATE, none, none, 0)?;
    let tree = call!(raw::FSMOUNT, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY)? as i32;
    raw::close(context);
    let (empty, root) = (c"".as_ptr(), c"/".as_ptr());
    call!(raw::MOVE_MOUNT, tree, empty, raw::AT_FDCWD, root, MOVE_MOUNT_F_EMPTY_PATH)?;
    call!(raw::FCHDIR, tree)?;
    raw::close(tree);
    // Passing "." twice stacks the old root on the new one: pivot_root(2), NOTES.
    let here = c".".as_ptr();
    call!(raw::PIVOT_ROOT, here, here)?;
    call!(raw::UMOUNT2, here, MNT_DETACH)?;
    call!(raw::CHDIR, root)
}

/// Blocks until nobody holds the shared lock; returns holding the exclusive one.
fn wait_until_unused() {
    while call!(raw::FLOCK, USERS, LOCK_EX) == Err(raw::EINTR) {}
}
