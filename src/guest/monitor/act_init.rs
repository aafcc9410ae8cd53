//! What a container's first process does between its birth and exec.
//!
//! It owns every byte it needs: the plan. Nothing of the image is looked at but through
//! the root it has been given, and nothing of it runs before the final execve (S-66).

use core::ffi::CStr;

use crate::builder::die_with_parent;
use crate::machine::Machine;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Cursor;
use crate::plan::broken;
use crate::raw;
use crate::raw::*;
use crate::wire;
use crate::wire::op;

pub fn step(m: &mut Machine, code: u64, list: &mut Cursor) -> raw::Result<()> {
    match code {
        op::AWAIT => one_byte(channel::RELEASE_READ),
        op::HOSTNAME => {
            let name = list.data();
            call!(SETHOSTNAME, name.as_ptr(), name.len()).map(drop)
        }
        op::LOOPBACK => loopback(),
        op::STDIO => stdio(m, list),
        op::RLIMIT => {
            let (resource, limit) = (list.word(), [list.word(), list.word()]);
            call!(PRLIMIT64, 0, resource, limit.as_ptr(), 0).map(drop)
        }
        op::UMASK => call!(UMASK, list.word()).map(drop),
        op::BOUND => bound(list.word()),
        op::CAPABILITIES => capabilities(list),
        op::GROUPS => groups(list),
        op::IDS => ids(list),
        op::SECCOMP => seccomp(list.data()),
        op::NO_NEW_PRIVS => {
            const PR_SET_NO_NEW_PRIVS: usize = 38;
            call!(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0).map(drop)
        }
        op::CHDIR => chdir(list.text()),
        op::READY => {
            m.tell([told::READY, 0, 0, 0]);
            one_byte(channel::GO_READ)
        }
        op::EXEC => exec(m, list),
        op::KEEP_AS => keep_as(m, list),
        op::KEYRING => {
            const KEYCTL_JOIN_SESSION_KEYRING: usize = 1;
            // A kernel without keyrings has nothing to leak.
            let _ = call!(KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, 0);
            Ok(())
        }
        op::DIE_WITH_PARENT => {
            die_with_parent();
            // One that died before cannot be told of any more; no number tells, for the parent
            // of a pid namespace's first process is 0 in there.
            if is_hung_up(channel::STATUS) { raw::exit(125) } else { Ok(()) }
        }
        _ => broken(),
    }
}

/// Whether the other end of a socket is closed: poll(2), POLLHUP.
fn is_hung_up(socket: i32) -> bool {
    let mut set = [PollFd { fd: socket, events: 0, revents: 0 }];
    let _ = raw::poll(&mut set, 0);
    set[0].revents & POLLHUP != 0
}

/// Waits for one byte; end of file means that whoever should send it is gone.
fn one_byte(fd: i32) -> raw::Result<()> {
    let mut byte = [0u8; 1];
    loop {
        match read(fd, &mut byte) {
            Ok(1) => return Ok(()),
            Err(EINTR) => {}
            _ => raw::exit(125),
        }
    }
}

/// Brings lo up: netdevice(7), SIOCGIFFLAGS and SIOCSIFFLAGS.
fn loopback() -> raw::Result<()> {
    const AF_INET: usize = 2;
    const SOCK_DGRAM_CLOEXEC: usize = 2 | O_CLOEXEC;
    const SIOCGIFFLAGS: usize = 0x8913;
    const SIOCSIFFLAGS: usize = 0x8914;
    const IFF_UP: u8 = 1;
    let socket = call!(SOCKET, AF_INET, SOCK_DGRAM_CLOEXEC, 0)? as i32;
    let mut request = [0u8; 40];
    request[..2].copy_from_slice(b"lo");
    let done = call!(IOCTL, socket, SIOCGIFFLAGS, request.as_mut_ptr()).and_then(|_| {
        request[16] |= IFF_UP;
        call!(IOCTL, socket, SIOCSIFFLAGS, request.as_mut_ptr())
    });
    close(socket);
    done.map(drop)
}

/// Puts the workload's streams at 0, 1 and 2, in a session of its own.
fn stdio(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const TIOCSCTTY: usize = 0x540e;
    let (tty, stdin, uid) = (list.word() != 0, list.word() != 0, list.word());
    call!(SETSID)?;
    if tty {
        let terminal = named_terminal(m.terminal).unwrap_or(m.terminal);
        for fd in 0..3 {
            call!(DUP3, terminal, fd, 0)?;
        }
        return call!(IOCTL, 0, TIOCSCTTY, 0).map(drop);
    }
    if stdin {
        call!(DUP3, channel::STDIN, 0, 0)?;
    } else {
        // The container's own null device, which the builder has just put there.
        let null = openat(AT_FDCWD, c"/dev/null", O_RDONLY | O_NOFOLLOW, 0)?;
        if null != 0 {
            call!(DUP3, null, 0, 0)?;
            close(null);
        }
    }
    call!(DUP3, channel::STDOUT, 1, 0)?;
    call!(DUP3, channel::STDERR, 2, 0)?;
    if uid == wire::NONE {
        return Ok(()); // they are the caller's own
    }
    // So that the workload may open /dev/stdout again under its own id.
    for fd in if stdin { 0..3 } else { 1..3 } {
        let _ = call!(FCHOWN, fd, uid, -1isize);
    }
    Ok(())
}

/// Opens the terminal once more by its name, in the mount namespace that is init's own.
///
/// The builder's descriptor belongs to the builder's mount of devpts: its link in /proc/self/fd
/// reads "/0", and musl's ttyname(3) takes the link's word. The name is believed only if it
/// leads to the same device in a devpts (S-54).
pub fn named_terminal(terminal: i32) -> raw::Result<i32> {
    const DEVPTS_SUPER_MAGIC: i64 = 0x1cd1;
    let known = raw::fstat(terminal)?;
    let mut digits = [0u8; 24];
    let name = raw::decimal(known.rdev.1, &mut digits);
    let devpts = openat(AT_FDCWD, c"/dev/pts", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)?;
    let opened = openat(devpts, name, O_RDWR | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC, 0);
    close(devpts);
    let opened = opened?;
    let found = raw::fstat(opened)?;
    let same = found.dev == known.dev && found.ino == known.ino && found.rdev == known.rdev;
    if same && raw::fs_type(opened)? == DEVPTS_SUPER_MAGIC {
        return Ok(opened);
    }
    close(opened);
    Err(ENODEV)
}

const LAST_CAP: u64 = 63;

/// Drops what is not in the set from the bounding set.
fn bound(keep: u64) -> raw::Result<()> {
    const PR_CAPBSET_READ: usize = 23;
    const PR_CAPBSET_DROP: usize = 24;
    for capability in 0..=LAST_CAP {
        if keep >> capability & 1 == 0 {
            match call!(PRCTL, PR_CAPBSET_READ, capability) {
                Ok(1) => {
                    call!(PRCTL, PR_CAPBSET_DROP, capability)?;
                }
                Ok(_) => {}
                // The first number this kernel does not know ends the list.
                Err(_) => return Ok(()),
            }
        }
    }
    Ok(())
}

/// Sets effective, permitted and inheritable, then ambient: capabilities(7), version 3.
fn capabilities(list: &mut Cursor) -> raw::Result<()> {
    const VERSION_3: u32 = 0x2008_0522;
    const PR_CAP_AMBIENT: usize = 47;
    const AMBIENT_RAISE: usize = 2;
    const AMBIENT_CLEAR_ALL: usize = 4;
    let [effective, permitted, inheritable, ambient] =
        [list.word(), list.word(), list.word(), list.word()];
    let header = [VERSION_3, 0];
    let mut data = [0u32; 6];
    for half in 0..2 {
        data[3 * half] = (effective >> (32 * half)) as u32;
        data[3 * half + 1] = (permitted >> (32 * half)) as u32;
        data[3 * half + 2] = (inheritable >> (32 * half)) as u32;
    }
    call!(CAPSET, header.as_ptr(), data.as_ptr())?;
    call!(PRCTL, PR_CAP_AMBIENT, AMBIENT_CLEAR_ALL, 0, 0, 0)?;
    for capability in 0..=LAST_CAP {
        if ambient >> capability & 1 == 1 {
            call!(PRCTL, PR_CAP_AMBIENT, AMBIENT_RAISE, capability, 0, 0)?;
        }
    }
    Ok(())
}

/// Most groups of one process here; the kernel's limit is 65,536.
const MAX_GROUPS: usize = 1024;

fn groups(list: &mut Cursor) -> raw::Result<()> {
    let count = list.word() as usize;
    let mut groups = [0u32; MAX_GROUPS];
    if count > MAX_GROUPS {
        return Err(EINVAL);
    }
    for slot in &mut groups[..count] {
        *slot = list.word() as u32;
    }
    call!(SETGROUPS, count, groups.as_ptr()).map(drop)
}

/// Becomes the workload's user, keeping permitted capabilities for the next step.
fn ids(list: &mut Cursor) -> raw::Result<()> {
    const PR_SET_KEEPCAPS: usize = 8;
    let (uid, gid) = (list.word(), list.word());
    call!(PRCTL, PR_SET_KEEPCAPS, 1, 0, 0, 0)?;
    call!(SETRESGID, gid, gid, gid)?;
    call!(SETRESUID, uid, uid, uid)?;
    call!(PRCTL, PR_SET_KEEPCAPS, 0, 0, 0, 0).map(drop)
}

/// Loads a filter: seccomp(2), SECCOMP_SET_MODE_FILTER.
fn seccomp(filter: &[u8]) -> raw::Result<()> {
    const SET_MODE_FILTER: usize = 1;
    #[repr(C)]
    struct Program {
        length: u16,
        filter: *const u8,
    }
    let program = Program { length: (filter.len() / 8) as u16, filter: filter.as_ptr() };
    call!(SECCOMP, SET_MODE_FILTER, 0, core::ptr::from_ref(&program)).map(drop)
}

/// Enters the working directory and checks that it lies inside the root (CVE-2024-21626).
fn chdir(path: &CStr) -> raw::Result<()> {
    call!(CHDIR, path.as_ptr())?;
    let mut here = [0u8; 4096];
    call!(GETCWD, here.as_mut_ptr(), here.len())?;
    // The kernel prefixes "(unreachable)" to what is outside: getcwd(2).
    if here[0] == b'/' { Ok(()) } else { Err(ENOENT) }
}

/// Puts the caller's descriptors where nothing of ours is, until execve.
///
/// Before the limits of the workload: one of fewer descriptors would refuse these numbers.
fn keep_as(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const APART: usize = 300;
    let count = list.word() as usize;
    if count > m.kept.len() {
        return Err(E2BIG);
    }
    for slot in &mut m.kept[..count] {
        let (fd, number) = (list.int(), list.int());
        let copy = call!(FCNTL, fd, F_DUPFD_CLOEXEC, APART)? as i32;
        *slot = (copy, number);
    }
    m.kept_count = count;
    Ok(())
}

/// Executes the first candidate that can be; never returns on success.
fn exec(m: &Machine, list: &mut Cursor) -> raw::Result<()> {
    let keep = list.word();
    let (count, candidates) = list.texts();
    let (argv, envp) = (pointers(list)?, pointers(list)?);
    // Everything but the workload's own descriptors goes at execve, whoever opened it
    // (S-64).
    const CLOSE_RANGE_CLOEXEC: usize = 4;
    call!(CLOSE_RANGE, 3 + keep, u32::MAX, CLOSE_RANGE_CLOEXEC)?;
    for (copy, number) in &m.kept[..m.kept_count] {
        call!(DUP3, *copy, *number, 0)?;
    }
    reset_signals();
    let mut candidates = candidates;
    let mut result = ENOENT;
    for _ in 0..count {
        let path = candidates.text();
        match call!(EXECVE, path.as_ptr(), argv.as_ptr(), envp.as_ptr()) {
            // As a shell searches PATH: a file that may not be executed is remembered.
            Err(EACCES) => result = EACCES,
            Err(ENOENT | ENOTDIR) => {}
            Err(errno) => return Err(errno),
            Ok(_) => {}
        }
    }
    Err(result)
}

/// Lays out an argument list or environment; how long one may be is for execve(2) to say.
pub fn pointers(list: &mut Cursor) -> raw::Result<&'static [usize]> {
    let count = list.word() as usize;
    // The last word stays the NULL that ends the list.
    let into = raw::map_words(count.checked_add(1).ok_or(E2BIG)?)?;
    for slot in &mut into[..count] {
        *slot = list.text().as_ptr() as usize;
    }
    Ok(into)
}

/// Default dispositions, nothing blocked: what a fresh login would find (S-73).
pub fn reset_signals() {
    const SIG_SETMASK: usize = 2;
    let default = [0u64; 4];
    for signal in 1..65usize {
        // SIGKILL and SIGSTOP refuse, which is fine.
        let _ = call!(RT_SIGACTION, signal, default.as_ptr(), 0, 8);
    }
    let empty: u64 = 0;
    let _ = call!(RT_SIGPROCMASK, SIG_SETMASK, core::ptr::from_ref(&empty), 0, 8);
}
