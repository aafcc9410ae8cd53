//! The builder: from U0 it makes everything a container's first process finds.
//!
//! It runs from the sealed copy of this program, as a child of the monitor; the first
//! process is made its sibling (CLONE_PARENT), so that the monitor is its parent.

use crate::machine::Machine;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Cursor;
use crate::plan::Plan;
use crate::raw;
use crate::raw::*;
use crate::wire;
use crate::wire::actor;
use crate::wire::head;

/// What only the monitor needs; the builder and its children let go of it first.
const MONITORS_OWN: [usize; 11] = [
    head::REPORT,
    head::GO,
    head::DIRECTORY,
    head::LOG,
    head::LISTEN,
    head::PRIMARY,
    head::FOLLOW,
    head::NETWORK_ERRORS,
    head::NETWORK_PID,
    head::LOCK,
    head::USERS,
];

pub fn main() -> ! {
    die_with_parent();
    let plan = Plan::map();
    for word in MONITORS_OWN {
        let fd = plan.fd(word);
        if fd > 2 {
            close(fd);
        }
    }
    if let Some(mut server) = plan.list(head::SERVER) {
        let _user_namespace = server.int();
        close(server.int());
        close(server.int());
    }
    let mut machine = Machine::new(plan, actor::BUILDER);
    if let Some(list) = plan.list(head::BUILD) {
        machine.run(list);
    }
    raw::exit(0)
}

/// Asks the kernel for SIGKILL when the parent dies: prctl(2), PR_SET_PDEATHSIG.
pub fn die_with_parent() {
    const PR_SET_PDEATHSIG: usize = 1;
    let _ = call!(PRCTL, PR_SET_PDEATHSIG, 9);
}

const CLONE_PARENT: u64 = 0x8000;
const CLONE_PIDFD: u64 = 0x1000;
const CLONE_NEWUSER: u64 = 0x1000_0000;

/// Clones the first process and writes its id maps.
pub fn first_process(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (flags, uid_map, gid_map, deny) = (list.word(), list.data(), list.data(), list.word());
    let mut pidfd: i32 = -1;
    let arguments: [u64; 11] = [
        flags | CLONE_PARENT | CLONE_PIDFD,
        core::ptr::from_mut(&mut pidfd) as u64,
        0,
        0,
        // With CLONE_PARENT the exit signal is the builder's own: clone(2).
        0,
        0,
        0,
        0,
        0,
        0,
        // The cgroup is the builder's.
        0,
    ];
    let (pid, pidfd) = match m.join_user {
        -1 => {
            let pid = call!(CLONE3, arguments.as_ptr(), size_of_val(&arguments))? as i32;
            (pid, pidfd)
        }
        _ => clone_inside(m, arguments)?,
    };
    if pid == 0 {
        become_init(m);
    }
    m.init_pid = pid;
    m.init_pidfd = pidfd;
    m.tell([told::INIT, pid as u64, 0, 0]);
    if flags & CLONE_NEWUSER != 0 {
        write_maps(pid, uid_map, gid_map, deny != 0)?;
    }
    adjust_oom(pid, m.plan.head(head::OOM_SCORE))?;
    if m.plan.list(head::NETWORK).is_some() {
        send_namespaces(pid)?;
    }
    Ok(())
}

/// Clones the first process out of a process that has joined the other user namespace, so that
/// it and its new namespaces belong there; the builder itself stays in U0. That process is the
/// monitor's child as well, and gone at once. Returns 0 in the first process.
///
/// It shares the builder's descriptors, so that the pidfd becomes the builder's; a pid would be
/// one of the pid namespace that was joined before.
fn clone_inside(m: &Machine, mut arguments: [u64; 11]) -> raw::Result<(i32, i32)> {
    const CLONE_FILES: u64 = 0x400;
    let mut pidfd: i32 = -1;
    arguments[1] = core::ptr::from_mut(&mut pidfd) as u64;
    let mut ends = [-1i32; 2];
    call!(PIPE2, ends.as_mut_ptr(), O_CLOEXEC)?;
    let plain: [u64; 11] = [CLONE_PARENT | CLONE_FILES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    if call!(CLONE3, plain.as_ptr(), size_of_val(&plain))? == 0 {
        let cloned = call!(SETNS, m.join_user, CLONE_NEWUSER)
            .and_then(|_| call!(CLONE3, arguments.as_ptr(), size_of_val(&arguments)));
        let word = match cloned {
            Ok(0) => return Ok((0, -1)),
            Ok(_) => pidfd,
            Err(errno) => -(errno as i32),
        };
        raw::write_all(ends[1], &word.to_ne_bytes());
        raw::exit(0)
    }
    // The writing end is in one table of descriptors for both: an end of file never comes.
    let mut word = [0u8; 4];
    let count = raw::read(ends[0], &mut word);
    close(ends[0]);
    close(ends[1]);
    match (count, i32::from_ne_bytes(word)) {
        (Ok(4), pidfd) if pidfd >= 0 => Ok((pid_of(pidfd)?, pidfd)),
        (Ok(4), errno) => Err(-errno as raw::Errno),
        _ => Err(EIO),
    }
}

/// Reads the number of a pidfd's process in our own pid namespace: proc(5), fdinfo.
fn pid_of(pidfd: i32) -> raw::Result<i32> {
    let mut name = [0u8; 24];
    let folder = openat(AT_FDCWD, c"/proc/self/fdinfo", O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
    let file = openat(folder, raw::decimal(pidfd as u64, &mut name), O_CLOEXEC, 0);
    close(folder);
    let file = file?;
    let mut text = [0u8; 512];
    let count = raw::read(file, &mut text);
    close(file);
    let text = &text[..count?];
    let key = b"\nPid:\t";
    let at = text.windows(key.len()).position(|w| w == key).ok_or(EIO)? + key.len();
    let mut pid = 0i32;
    for digit in text[at..].iter().take_while(|byte| byte.is_ascii_digit()) {
        pid = pid.wrapping_mul(10).wrapping_add(i32::from(digit - b'0'));
    }
    if pid > 0 { Ok(pid) } else { Err(ESRCH) }
}

/// Opens init's namespaces for the network helper while init still waits: once it has dropped
/// its rights it is not dumpable, and nobody opens its files in /proc any more (ptrace(2),
/// "Ptrace access mode checking").
pub fn send_namespaces(pid: i32) -> raw::Result<()> {
    let mut name = [0u8; 24];
    let proc = openat(AT_FDCWD, c"/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
    let directory = openat(proc, raw::decimal(pid as u64, &mut name), O_PATH | O_CLOEXEC, 0)?;
    // linux/nsfs.h, since Linux 4.9: the user namespace that may configure it, which is not
    // init's where init has joined another network.
    const NS_GET_USERNS: usize = 0xb701;
    let network = openat(directory, c"ns/net", O_CLOEXEC, 0)?;
    let owner = call!(IOCTL, network, NS_GET_USERNS, 0)? as i32;
    for (namespace, kind) in [(owner, told::USER_NAMESPACE), (network, told::NET_NAMESPACE)] {
        raw::send_words(channel::STATUS, &[kind, 0, 0, 0], namespace);
        close(namespace);
    }
    close(directory);
    close(proc);
    Ok(())
}

/// Writes oom_score_adj of init while its files in /proc are still ours.
pub fn adjust_oom(pid: i32, score: u64) -> raw::Result<()> {
    if score == wire::NONE {
        return Ok(());
    }
    let score = score as i64;
    let mut text = [b'-'; 24];
    let mut digits = [0u8; 24];
    let number = raw::decimal(score.unsigned_abs(), &mut digits).to_bytes();
    let sign = usize::from(score < 0);
    text[sign..sign + number.len()].copy_from_slice(number);
    let mut name = [0u8; 24];
    let proc = openat(AT_FDCWD, c"/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
    let directory = openat(proc, raw::decimal(pid as u64, &mut name), O_PATH | O_CLOEXEC, 0)?;
    write_file(directory, c"oom_score_adj", &text[..sign + number.len()])?;
    close(directory);
    close(proc);
    Ok(())
}

fn become_init(m: &mut Machine) -> ! {
    close(channel::RELEASE_WRITE);
    m.actor = actor::INIT;
    if let Some(list) = m.plan.list(head::INIT) {
        m.run(list);
    }
    raw::exit(125)
}

fn write_maps(pid: i32, uid_map: &[u8], gid_map: &[u8], deny: bool) -> raw::Result<()> {
    let mut name = [0u8; 24];
    let proc = openat(AT_FDCWD, c"/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
    let directory = openat(proc, raw::decimal(pid as u64, &mut name), O_PATH | O_CLOEXEC, 0)?;
    if deny {
        // Before an unprivileged gid_map: user_namespaces(7), since Linux 3.19.
        write_file(directory, c"setgroups", b"deny")?;
    }
    write_file(directory, c"uid_map", uid_map)?;
    write_file(directory, c"gid_map", gid_map)?;
    close(directory);
    close(proc);
    Ok(())
}

fn write_file(directory: i32, name: &core::ffi::CStr, bytes: &[u8]) -> raw::Result<()> {
    let fd = openat(directory, name, O_WRONLY | O_CLOEXEC, 0)?;
    let written = write(fd, bytes);
    close(fd);
    written.map(drop)
}

/// Runs the helper's list in the namespaces of init.
pub fn help(m: &mut Machine, namespaces: u64) -> raw::Result<()> {
    let Some(list) = m.plan.list(head::HELP) else { return Ok(()) };
    let outer = fork()?;
    if outer == 0 {
        die_with_parent();
        m.actor = actor::HELPER;
        if let Err(errno) = join(m.init_pidfd, namespaces) {
            m.fail(errno);
        }
        // A pid namespace is entered by children only: setns(2).
        match fork() {
            Ok(0) => {
                m.run(list);
                raw::exit(0)
            }
            Ok(inner) => raw::exit(i32::from(!matches!(wait_for(inner), Ok(0)))),
            Err(errno) => m.fail(errno),
        }
    }
    match wait_for(outer)? {
        0 => Ok(()),
        // It has said why.
        _ => raw::exit(125),
    }
}

pub fn join(pidfd: i32, namespaces: u64) -> raw::Result<()> {
    if namespaces == 0 {
        return Ok(());
    }
    call!(SETNS, pidfd, namespaces).map(drop)
}

pub fn release(_m: &Machine) -> raw::Result<()> {
    write(channel::RELEASE_WRITE, b"r").map(drop)
}

/// Makes the container's terminal in its own devpts and sends the other side to the monitor.
///
/// The peer comes from TIOCGPTPEER, never from a path (S-54).
pub fn terminal(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const TIOCSPTLCK: usize = 0x4004_5431;
    const TIOCGPTPEER: usize = 0x5441;
    const DEVPTS_SUPER_MAGIC: i64 = 0x1cd1;
    let (devpts, uid, to) = (list.word(), list.word(), list.word());
    let root = m.register(devpts);
    if raw::fs_type(root)? != DEVPTS_SUPER_MAGIC {
        return Err(ENODEV);
    }
    let flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
    let master = openat(root, c"ptmx", flags, 0)?;
    let unlock: i32 = 0;
    call!(IOCTL, master, TIOCSPTLCK, core::ptr::from_ref(&unlock))?;
    let peer = call!(IOCTL, master, TIOCGPTPEER, flags)? as i32;
    call!(FCHOWN, peer, uid, -1isize)?;
    raw::send_words(channel::STATUS, &[told::TERMINAL, 0, 0, 0], master);
    close(master);
    m.terminal = peer;
    let copy = call!(FCNTL, peer, F_DUPFD_CLOEXEC, 3)? as i32;
    m.set(to, copy);
    Ok(())
}

/// Waits for a child; its exit code, or 128+n.
pub fn wait_for(pid: i32) -> raw::Result<i32> {
    let mut status = 0i32;
    loop {
        match call!(WAIT4, pid, core::ptr::from_mut(&mut status), 0, 0) {
            Ok(_) => return Ok(raw::exit_code(status)),
            Err(EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
}
