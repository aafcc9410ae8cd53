//! Steps of a start whose container another runtime makes: `--runtime crun|runc|PATH`.
//!
//! The builder has made the root file system in a mount namespace of its own. The runtime's
//! `create` runs there and leaves the first process behind, which the monitor, a subreaper,
//! inherits; its `start` follows the word that ours would have waited for.

use crate::act_init;
use crate::act_oci::{HOOK_FAILED, one_byte, wait_limited};
use crate::builder::{adjust_oom, die_with_parent, send_namespaces};
use crate::machine::Machine;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Cursor;
use crate::plan::broken;
use crate::raw;
use crate::raw::*;
use crate::start::wait_readable;
use crate::wire::flag;
use crate::wire::head;
use crate::wire::op;

/// How long one command of a runtime may take, in milliseconds.
const LIMIT: u64 = 100_000;

pub fn step(m: &mut Machine, code: u64, list: &mut Cursor) -> raw::Result<()> {
    match code {
        op::RUNTIME => runtime(m, list),
        op::CONSOLE => console(list.int()),
        op::ADOPT => adopt(m, list),
        op::AWAIT_GO => {
            m.tell([told::READY, 0, 0, 0]);
            one_byte(channel::GO_READ)
        }
        _ => broken(),
    }
}

/// Runs a command of the runtime; what it leaves running has the container's streams.
fn runtime(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (argv, envp) = (act_init::pointers(list)?, act_init::pointers(list)?);
    let tty = m.plan.has(flag::TTY);
    let stdin = m.plan.has(flag::STDIN);
    let child = raw::fork()?;
    if child == 0 {
        die_with_parent();
        let null = openat(AT_FDCWD, c"/dev/null", O_RDWR | O_CLOEXEC, 0).unwrap_or(-1);
        let out = if tty { [null, null] } else { [channel::STDOUT, channel::STDERR] };
        let _ = call!(DUP3, if stdin && !tty { channel::STDIN } else { null }, 0, 0);
        let _ = call!(DUP3, out[0], 1, 0);
        let _ = call!(DUP3, out[1], 2, 0);
        let _ = call!(CLOSE_RANGE, 3, u32::MAX, 0);
        act_init::reset_signals();
        let failed = call!(EXECVE, argv[0], argv.as_ptr(), envp.as_ptr());
        raw::exit(if failed == Err(ENOENT) { 127 } else { 126 });
    }
    match wait_limited(child, LIMIT)? {
        0 => Ok(()),
        code => Err(HOOK_FAILED + code),
    }
}

/// The runtime has connected and sent the terminal; it waits in the backlog.
fn console(listening: i32) -> raw::Result<()> {
    if !wait_readable(listening, LIMIT as i64) {
        return Err(ETIMEDOUT);
    }
    let connection = call!(ACCEPT4, listening, 0, 0, O_CLOEXEC)? as i32;
    if !wait_readable(connection, LIMIT as i64) {
        return Err(ETIMEDOUT);
    }
    // Whatever name comes along means nothing here.
    let mut name = [0u64; 512];
    let (_, master) = raw::receive_words(connection, &mut name)?;
    close(connection);
    if master < 0 {
        return Err(ENODEV);
    }
    raw::send_words(channel::STATUS, &[told::TERMINAL, 0, 0, 0], master);
    close(master);
    Ok(())
}

fn adopt(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let fd = openat(AT_FDCWD, list.text(), O_RDONLY | O_CLOEXEC, 0)?;
    let mut text = [0u8; 24];
    let count = raw::read(fd, &mut text);
    close(fd);
    let mut pid = 0i32;
    for byte in &text[..count?] {
        if !byte.is_ascii_digit() {
            break;
        }
        pid = pid.wrapping_mul(10).wrapping_add(i32::from(byte - b'0'));
    }
    if pid <= 1 {
        return Err(ESRCH);
    }
    m.init_pid = pid;
    m.init_pidfd = call!(PIDFD_OPEN, pid, 0)? as i32;
    m.tell([told::INIT, pid as u64, 0, 0]);
    adjust_oom(pid, m.plan.head(head::OOM_SCORE))?;
    if m.plan.list(head::NETWORK).is_some() {
        send_namespaces(pid)?;
    }
    Ok(())
}
