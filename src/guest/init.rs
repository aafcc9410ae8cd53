//! The small init of `--init`: process 1 that starts the command, reaps and hands signals on.
//!
//! `init [--] COMMAND [ARG…]`. Every signal that can be caught goes to the command; whatever is
//! orphaned inside comes to us and is reaped; when the command ends, so do we, with its code.
//! No standard library, no allocation: see `rt.rs` and `raw.rs`.
#![no_std]
#![no_main]

use core::ffi::CStr;

use raw::*;

mod raw;
mod rt;

const SIGCHLD: u32 = 17;
const SIGTTIN: u32 = 21;
const SIGTTOU: u32 = 22;
const SIG_SETMASK: usize = 2;

/// Bytes of the kernel's signal set.
const SET: usize = 8;

/// Nothing on the terminal or in the environment is longer: PATH_MAX.
const PATH: usize = 4096;

fn guest_main(start: rt::Start) -> ! {
    const PR_SET_CHILD_SUBREAPER: usize = 36;
    let first = if start.argument(1) == Some(b"--") { 2 } else { 1 };
    if start.argument(first).is_none() {
        fail(b"init", b"no command", 125);
    }
    // In a pid namespace of others we are not process 1.
    let _ = call!(PRCTL, PR_SET_CHILD_SUBREAPER, 1);
    let all: u64 = !0;
    let _ = call!(RT_SIGPROCMASK, SIG_SETMASK, core::ptr::from_ref(&all), 0, SET);
    let Ok(signals) = call!(SIGNALFD4, -1isize, core::ptr::from_ref(&all), SET, O_CLOEXEC) else {
        fail(b"init", b"no signalfd", 125);
    };
    match fork() {
        Ok(0) => become_command(start, first),
        Ok(child) => attend(signals as i32, child),
        Err(_) => fail(b"init", b"cannot fork", 125),
    }
}

/// Reaps and hands on until the command has ended.
fn attend(signals: i32, child: i32) -> ! {
    loop {
        // struct signalfd_siginfo: 128 bytes, ssi_signo first.
        let mut told = [0u32; 32];
        match call!(READ, signals, told.as_mut_ptr(), 128) {
            Ok(128) => {}
            Err(EINTR) => continue,
            _ => kill_self(),
        }
        match told[0] {
            SIGCHLD => reap(child),
            // Ours for touching the terminal from behind, nobody else's business.
            SIGTTIN | SIGTTOU => {}
            signal => {
                let _ = call!(KILL, child, signal);
            }
        }
    }
}

fn reap(child: i32) {
    const WNOHANG: usize = 1;
    let mut status = 0i32;
    loop {
        match call!(WAIT4, -1isize, core::ptr::from_mut(&mut status), WNOHANG, 0) {
            Ok(0) | Err(ECHILD) => return,
            Ok(pid) if pid as i32 == child => raw::exit(exit_code(status)),
            _ => {}
        }
    }
}

/// Becomes the command, in the foreground of the terminal if there is one.
fn become_command(start: rt::Start, first: usize) -> ! {
    const TIOCSPGRP: usize = 0x5410;
    let _ = call!(SETPGID, 0, 0);
    let group = getpid();
    let _ = call!(IOCTL, 0, TIOCSPGRP, core::ptr::from_ref(&group));
    let none: u64 = 0;
    let _ = call!(RT_SIGPROCMASK, SIG_SETMASK, core::ptr::from_ref(&none), 0, SET);
    let command = start.argument(first).unwrap_or(b"");
    // SAFETY: argument `first` exists, so the list reaches at least that far and ends with NULL.
    let argv = unsafe { start.argv.add(first) };
    let mut result = ENOENT;
    if command.contains(&b'/') {
        result = execute(&[command], argv, start).unwrap_err();
    } else {
        for folder in path(start).split(|byte| *byte == b':') {
            let folder = if folder.is_empty() { b"." } else { folder };
            match execute(&[folder, b"/", command], argv, start) {
                // As a shell searches: a file that may not be executed is remembered.
                Err(EACCES) => result = EACCES,
                Err(ENOENT | ENOTDIR | ENAMETOOLONG) | Ok(()) => {}
                Err(errno) => {
                    result = errno;
                    break;
                }
            }
        }
    }
    match result {
        ENOENT | ENOTDIR => fail(command, b"no such file or directory", 127),
        EACCES => fail(command, b"permission denied", 126),
        _ => fail(command, b"cannot be executed", 126),
    }
}

/// PATH of the environment, or where execvp(3) looks without one.
fn path(start: rt::Start) -> &'static [u8] {
    let mut at = start.envp;
    loop {
        // SAFETY: the kernel laid out the environment with a NULL at its end; each entry is a
        // NUL-terminated word that stays.
        let word = unsafe {
            if (*at).is_null() {
                return b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
            }
            CStr::from_ptr((*at).cast()).to_bytes()
        };
        if let Some(value) = word.strip_prefix(b"PATH=") {
            return value;
        }
        // SAFETY: the entry was not the last.
        at = unsafe { at.add(1) };
    }
}

/// execve(2) of the parts put together; returns only with an error.
fn execute(parts: &[&[u8]], argv: *const *const u8, start: rt::Start) -> raw::Result<()> {
    let mut whole = [0u8; PATH];
    let mut used = 0;
    for part in parts {
        if used + part.len() >= PATH {
            return Err(ENAMETOOLONG);
        }
        whole[used..used + part.len()].copy_from_slice(part);
        used += part.len();
    }
    call!(EXECVE, whole.as_ptr(), argv, start.envp).map(drop)
}

fn fail(what: &[u8], why: &[u8], code: i32) -> ! {
    for part in [b"exec ".as_slice(), what, b": ", why, b"\n"] {
        write_all(2, part);
    }
    raw::exit(code)
}
