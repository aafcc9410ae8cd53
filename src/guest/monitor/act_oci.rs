//! Steps that bundles of others ask for: hooks, device nodes, terms of the scheduler, labels.
//!
//! What each does is in runtime-spec, config.md and config-linux.md; the command has checked
//! that it is allowed here.

use core::ffi::CStr;

use crate::act_init;
use crate::act_mount;
use crate::act_mount::{in_root, target};
use crate::builder::die_with_parent;
use crate::builder::join;
use crate::copy_up;
use crate::machine::Machine;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Cursor;
use crate::plan::broken;
use crate::raw;
use crate::raw::*;
use crate::start::wait_readable;
use crate::wire;
use crate::wire::actor;
use crate::wire::op;

pub fn step(m: &mut Machine, code: u64, list: &mut Cursor) -> raw::Result<()> {
    match code {
        op::HOLD => {
            m.tell([told::HELD, list.word(), 0, 0]);
            one_byte(channel::RESUME)
        }
        op::NODE => node(m, list),
        op::HOOK => hook(m, list),
        op::TIME_OFFSETS => {
            let fd = openat(AT_FDCWD, c"/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC, 0)?;
            let written = write(fd, list.data());
            close(fd);
            written.map(drop)
        }
        op::COPY_UP => {
            let (mount, root, path) = (list.word(), list.word(), list.text());
            copy_up::copy_up(m.register(mount), m.register(root), path)
        }
        op::OPEN_LABEL => {
            let (reg, path) = (list.word(), list.text());
            let fd = openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0)?;
            m.set(reg, fd);
            Ok(())
        }
        op::LABEL => {
            let (reg, text) = (list.word(), list.data());
            write(m.register(reg), text).map(drop)
        }
        op::AWAIT_START => await_start(m, list.int()),
        op::REMOUNT => {
            let (reg, set, clear) = (list.word(), list.word(), list.word());
            act_mount::set_attr(m.register(reg), false, [set, clear, 0, 0])
        }
        op::DOMAIN_NAME => {
            let name = list.data();
            call!(SETDOMAINNAME, name.as_ptr(), name.len()).map(drop)
        }
        _ => process(m, code, list),
    }
}

/// What concerns the first process alone.
fn process(m: &mut Machine, code: u64, list: &mut Cursor) -> raw::Result<()> {
    match code {
        op::PERSONALITY => call!(PERSONALITY, list.word()).map(drop),
        op::SCHEDULER => call!(SCHED_SETATTR, 0, list.data().as_ptr(), 0).map(drop),
        op::IO_PRIORITY => {
            const IOPRIO_WHO_PROCESS: usize = 1;
            call!(IOPRIO_SET, IOPRIO_WHO_PROCESS, 0, list.word()).map(drop)
        }
        op::AFFINITY => {
            let mask = list.data();
            call!(SCHED_SETAFFINITY, 0, mask.len(), mask.as_ptr()).map(drop)
        }
        op::MEMORY_POLICY => {
            let (mode, mask) = (list.word(), list.data());
            call!(SET_MEMPOLICY, mode, mask.as_ptr(), mask.len() * 8 + 1).map(drop)
        }
        op::FIND => find(list),
        op::PRESERVE => {
            let count = list.word();
            // Each lies above where it goes, and those below it have gone already.
            for number in 0..count {
                call!(DUP3, list.int(), 3 + number, 0)?;
            }
            Ok(())
        }
        op::INHERIT_STDIO => inherit(m, list),
        op::WINDOW => {
            const TIOCSWINSZ: usize = 0x5414;
            let size = [list.word() as u16, list.word() as u16, 0, 0];
            call!(IOCTL, m.terminal, TIOCSWINSZ, size.as_ptr()).map(drop)
        }
        op::SECCOMP_WITH => {
            const SET_MODE_FILTER: usize = 1;
            #[repr(C)]
            struct Program {
                length: u16,
                filter: *const u8,
            }
            let (flags, filter) = (list.word(), list.data());
            let program = Program { length: (filter.len() / 8) as u16, filter: filter.as_ptr() };
            call!(SECCOMP, SET_MODE_FILTER, flags, core::ptr::from_ref(&program)).map(drop)
        }
        _ => broken(),
    }
}

/// Waits for one byte; end of file means that whoever should send it is gone.
pub fn one_byte(fd: i32) -> raw::Result<()> {
    let mut byte = [0u8; 1];
    loop {
        match read(fd, &mut byte) {
            Ok(1) => return Ok(()),
            Err(EINTR) => {}
            _ => raw::exit(125),
        }
    }
}

/// Makes a device node, or binds the host's where the user namespace forbids it.
///
/// The host's node is what it is called or the step fails (S-53, S-62).
fn node(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const S_IFMT: u32 = 0o170000;
    const S_IFIFO: u32 = 0o010000;
    let (root, mode, major, minor) = (list.word(), list.word() as u32, list.word(), list.word());
    let (uid, gid, path) = (list.word(), list.word(), list.text());
    let root = m.register(root);
    let bytes = path.to_bytes();
    let Some(slash) = bytes.iter().rposition(|b| *b == b'/') else { return Err(EINVAL) };
    let mut parent = [0u8; 4096];
    if slash >= parent.len() {
        return Err(ENAMETOOLONG);
    }
    parent[..slash].copy_from_slice(&bytes[..slash]);
    let Ok(parent) = CStr::from_bytes_until_nul(&parent) else { return Err(EINVAL) };
    let Ok(name) = CStr::from_bytes_with_nul(&path.to_bytes_with_nul()[slash + 1..]) else {
        return Err(EINVAL);
    };
    let folder = if slash == 0 { in_root(root, c".", O_PATH)? } else { target(root, parent, 1, m.owner)? };
    // linux/kdev_t.h, new_encode_dev
    let device = (minor & 0xff) | (major << 8) | ((minor & !0xff) << 12);
    let device = if mode & S_IFMT == S_IFIFO { 0 } else { device };
    let made = call!(MKNODAT, folder, name.as_ptr(), mode, device);
    let done = match made {
        Ok(_) => own(folder, name, mode, [uid, gid]),
        Err(EPERM) => bind_node(m, root, path, mode, (major, minor)),
        Err(EEXIST) => existing(folder, name, mode, (major, minor)),
        Err(errno) => Err(errno),
    };
    close(folder);
    done
}

fn own(folder: i32, name: &CStr, mode: u32, [uid, gid]: [u64; 2]) -> raw::Result<()> {
    call!(FCHOWNAT, folder, name.as_ptr(), uid, gid, AT_SYMLINK_NOFOLLOW)?;
    // mknod(2) has taken the umask off.
    call!(FCHMODAT, folder, name.as_ptr(), mode & 0o7777, 0).map(drop)
}

/// What is there already is taken if it is the very device.
fn existing(folder: i32, name: &CStr, mode: u32, numbers: (u64, u64)) -> raw::Result<()> {
    let fd = openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0)?;
    let found = fstat(fd);
    close(fd);
    let found = found?;
    let same = found.mode & 0o170000 == mode & 0o170000 && found.rdev == numbers;
    if same { Ok(()) } else { Err(EEXIST) }
}

fn bind_node(m: &Machine, root: i32, path: &CStr, mode: u32, numbers: (u64, u64)) -> raw::Result<()> {
    const MS_PRIVATE: u64 = 1 << 18;
    const NOSUID_NOEXEC: u64 = 2 | 8;
    let source = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC, 0)?;
    let found = fstat(source)?;
    if found.mode & 0o170000 != mode & 0o170000 || found.rdev != numbers {
        close(source);
        return Err(ENODEV);
    }
    let tree = act_mount::clone_tree(source, false);
    close(source);
    let tree = tree?;
    act_mount::set_attr(tree, false, [NOSUID_NOEXEC, 0, MS_PRIVATE, 0])?;
    let place = target(root, path, 2, m.owner)?;
    let moved = act_mount::move_mount(tree, place);
    close(tree);
    close(place);
    moved
}

/// One of the candidates must be a file that may be executed: told before the start is.
fn find(list: &mut Cursor) -> raw::Result<()> {
    const X_OK: usize = 1;
    const AT_EACCESS: usize = 0x200;
    let (count, mut candidates) = list.texts();
    let mut result = ENOENT;
    for _ in 0..count {
        let path = candidates.text();
        match call!(FACCESSAT2, AT_FDCWD, path.as_ptr(), X_OK, AT_EACCESS) {
            Ok(_) => {
                let fd = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC, 0)?;
                let directory = fstat(fd)?.mode & 0o170000 == 0o040000;
                close(fd);
                if !directory {
                    return Ok(());
                }
                result = EACCES;
            }
            Err(EACCES) => result = EACCES,
            Err(ENOENT | ENOTDIR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Err(result)
}

/// A session of its own; with a terminal that at 0, 1 and 2, else what the caller gave.
fn inherit(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const TIOCSCTTY: usize = 0x540e;
    const S_IFCHR: u32 = 0o020000;
    let (tty, uid) = (list.word() != 0, list.word());
    call!(SETSID)?;
    if tty {
        let terminal = act_init::named_terminal(m.terminal).unwrap_or(m.terminal);
        for fd in 0..3 {
            call!(DUP3, terminal, fd, 0)?;
        }
        return call!(IOCTL, 0, TIOCSCTTY, 0).map(drop);
    }
    for fd in 0..3 {
        // So that the workload may open /dev/stdout again under its own id.
        if fstat(fd).is_ok_and(|found| found.mode & 0o170000 != S_IFCHR) {
            let _ = call!(FCHOWN, fd, uid, -1isize);
        }
    }
    Ok(())
}

/// Tells that all is set, and waits for the command that starts.
///
/// From then on it is the one that hears of a step that fails; its connection closes with
/// execve.
fn await_start(m: &mut Machine, socket: i32) -> raw::Result<()> {
    const SOCK_CLOEXEC: usize = O_CLOEXEC;
    m.tell([told::READY, 0, 0, 0]);
    close(channel::STATUS);
    loop {
        wait_readable(socket, -1);
        let connection = match call!(ACCEPT4, socket, 0, 0, SOCK_CLOEXEC) {
            Ok(fd) => fd as i32,
            Err(EINTR | EAGAIN) => continue,
            Err(_) => raw::exit(125),
        };
        let mut byte = [0u8; 1];
        wait_readable(connection, -1);
        if matches!(read(connection, &mut byte), Ok(1)) {
            call!(DUP3, connection, channel::STATUS, O_CLOEXEC)?;
            close(connection);
            close(socket);
            return Ok(());
        }
        // It was killed before it said so.
        close(connection);
    }
}

/// What a hook's own code becomes as an errno: [`HOOK_FAILED`] + code.
pub const HOOK_FAILED: Errno = 10_000;

/// Runs a hook with the container's state on its standard input: config.md, "POSIX-platform
/// Hooks".
fn hook(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (namespaces, limit, path) = (list.word(), list.word(), list.text());
    let mut argv = [core::ptr::null::<u8>(); HOOK_WORDS];
    let mut envp = [core::ptr::null::<u8>(); HOOK_WORDS];
    words(list, &mut argv)?;
    words(list, &mut envp)?;
    let state = state_file(m, list)?;
    let child = raw::fork()?;
    if child == 0 {
        die_with_parent();
        if namespaces != 0 && join(m.init_pidfd, namespaces).is_err() {
            raw::exit(126);
        }
        let _ = call!(DUP3, state, 0, 0);
        let null = openat(AT_FDCWD, c"/dev/null", O_WRONLY | O_CLOEXEC, 0).unwrap_or(2);
        let _ = call!(DUP3, null, 1, 0);
        let _ = call!(CLOSE_RANGE, 3, u32::MAX, 0);
        act_init::reset_signals();
        let _ = call!(EXECVE, path.as_ptr(), argv.as_ptr(), envp.as_ptr());
        raw::exit(127)
    }
    close(state);
    match wait_limited(child, limit)? {
        0 => Ok(()),
        code => Err(HOOK_FAILED + code),
    }
}

const HOOK_WORDS: usize = 512;

fn words(list: &mut Cursor, into: &mut [*const u8; HOOK_WORDS]) -> raw::Result<()> {
    let count = list.word() as usize;
    if count >= HOOK_WORDS {
        return Err(E2BIG);
    }
    for slot in &mut into[..count] {
        *slot = list.text().as_ptr().cast();
    }
    Ok(())
}

/// The state as a file at its beginning: of any size, and nobody has to feed a pipe.
fn state_file(m: &Machine, list: &mut Cursor) -> raw::Result<i32> {
    const MFD_CLOEXEC: usize = 1;
    let (before, after) = (list.data(), list.data());
    let pid = if m.actor == actor::INIT { raw::getpid() } else { m.init_pid };
    let fd = call!(MEMFD_CREATE, c"state".as_ptr(), MFD_CLOEXEC)? as i32;
    let mut digits = [0u8; 24];
    for part in [before, raw::decimal(pid as u64, &mut digits).to_bytes(), after] {
        if !raw::write_all(fd, part) {
            return Err(ENOSPC);
        }
    }
    call!(LSEEK, fd, 0, 0)?;
    Ok(fd)
}

pub fn wait_limited(pid: i32, limit: u64) -> raw::Result<i32> {
    let pidfd = call!(PIDFD_OPEN, pid, 0)? as i32;
    let ended = wait_readable(pidfd, if limit == 0 { -1 } else { limit as i64 });
    close(pidfd);
    if !ended {
        let _ = call!(KILL, pid, 9);
        let _ = crate::builder::wait_for(pid);
        return Err(ETIMEDOUT);
    }
    crate::builder::wait_for(pid)
}

const _: () = assert!(wire::REGISTERS >= 512);
