//! System calls that only the supervising half of the monitor makes; see `raw.rs`.

use crate::raw::*;
use core::ffi::CStr;

pub const POLLIN: i16 = 1;
pub const POLLOUT: i16 = 4;
pub const POLLHUP: i16 = 16;

pub const SIGHUP: i32 = 1;
pub const SIGINT: i32 = 2;
pub const SIGQUIT: i32 = 3;
pub const SIGKILL: i32 = 9;
pub const SIGUSR1: i32 = 10;
pub const SIGUSR2: i32 = 12;
pub const SIGPIPE: i32 = 13;
pub const SIGALRM: i32 = 14;
pub const SIGTERM: i32 = 15;
pub const SIGCHLD: i32 = 17;
pub const SIGXFSZ: i32 = 25;

const CLOCK_REALTIME: usize = 0;
const CLOCK_MONOTONIC: usize = 1;
const SOCK_NONBLOCK: usize = 0o4000;
const SOCK_CLOEXEC: usize = 0o2000000;
const MSG_NOSIGNAL: usize = 0x4000;
const MSG_DONTWAIT: usize = 0x40;
const MSG_TRUNC: usize = 0x20;

/// `struct pollfd`; a negative descriptor is passed over by poll(2).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PollFd {
    pub fd: i32,
    pub events: i16,
    pub revents: i16,
}

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

/// Waits at most `milliseconds`; EINTR is an empty answer.
pub fn poll(fds: &mut [PollFd], milliseconds: Option<u64>) -> Result {
    let limit = milliseconds.map(|ms| Timespec {
        seconds: (ms / 1000) as i64,
        nanoseconds: ((ms % 1000) * 1_000_000) as i64,
    });
    let limit = limit
        .as_ref()
        .map_or(core::ptr::null(), core::ptr::from_ref);
    match call!(PPOLL, fds.as_mut_ptr(), fds.len(), limit, 0, 8) {
        Err(EINTR) => {
            for entry in fds {
                entry.revents = 0;
            }
            Ok(0)
        }
        other => other,
    }
}

fn clock(which: usize) -> Timespec {
    let mut time = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    let _ = call!(CLOCK_GETTIME, which, &raw mut time);
    time
}

/// Milliseconds of the clock that nobody can set: for every timeout (S-112).
pub fn monotonic() -> u64 {
    let time = clock(CLOCK_MONOTONIC);
    time.seconds as u64 * 1000 + time.nanoseconds as u64 / 1_000_000
}

/// Seconds and nanoseconds since the epoch; for records only.
pub fn wall() -> (i64, u32) {
    let time = clock(CLOCK_REALTIME);
    (time.seconds, time.nanoseconds as u32)
}

/// Adds O_NONBLOCK to the open file description behind `fd`.
pub fn set_nonblocking(fd: i32) {
    const F_GETFL: usize = 3;
    const F_SETFL: usize = 4;
    if let Ok(flags) = call!(FCNTL, fd, F_GETFL) {
        let _ = call!(FCNTL, fd, F_SETFL, flags | O_NONBLOCK);
    }
}

/// The bit of a signal in the kernel's 64-bit set.
pub const fn signal_bit(signal: i32) -> u64 {
    1 << (signal - 1)
}

/// Blocks `signals` and returns a descriptor that tells of them.
pub fn signal_fd(signals: u64) -> Result<i32> {
    const SIG_BLOCK: usize = 0;
    call!(RT_SIGPROCMASK, SIG_BLOCK, &raw const signals, 0, 8)?;
    call!(
        SIGNALFD4,
        -1i32,
        &raw const signals,
        8,
        SOCK_NONBLOCK | SOCK_CLOEXEC
    )
    .map(|fd| fd as i32)
}

/// Takes one signal's number from a signalfd: `signalfd_siginfo` opens with it.
pub fn next_signal(fd: i32) -> Option<i32> {
    let mut record = [0u8; 128];
    match read(fd, &mut record) {
        Ok(128) => Some(i32::from_ne_bytes([
            record[0], record[1], record[2], record[3],
        ])),
        _ => None,
    }
}

/// SIG_DFL or SIG_IGN; a handler would need a restorer.
#[derive(Clone, Copy)]
pub enum Disposition {
    Default,
    Ignore,
}

pub fn set_disposition(signal: i32, to: Disposition) {
    // The kernel's `struct sigaction`: handler, flags, restorer, mask on x86_64; without
    // restorer on aarch64, where the mask is then the zero in its place.
    let action: [usize; 4] = [to as usize, 0, 0, 0];
    let _ = call!(RT_SIGACTION, signal, &raw const action, 0, 8);
}

/// Sends a signal through a pidfd, so never to a recycled number (S-77).
pub fn pidfd_send_signal(pidfd: i32, signal: i32) -> Result {
    call!(PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0)
}

pub fn kill(pid: i32, signal: i32) -> Result {
    call!(KILL, pid, signal)
}

/// Collects one ended child of any kind, without waiting: its number and status.
pub fn reap() -> Option<(i32, i32)> {
    const WNOHANG: usize = 1;
    // Children made with CLONE_PARENT may carry another exit signal than SIGCHLD: wait(2).
    const WALL: usize = 0x4000_0000;
    let mut status = 0i32;
    loop {
        match call!(WAIT4, -1i32, &raw mut status, WNOHANG | WALL, 0) {
            Ok(0) => return None,
            Ok(pid) => return Some((pid as i32, status)),
            Err(EINTR) => {}
            Err(_) => return None,
        }
    }
}

/// Asks for one child's end without waiting: its status, `None` while it cannot be had yet, an
/// error when it is nobody's to have.
pub fn status_of(pid: i32) -> Result<Option<i32>> {
    const WNOHANG: usize = 1;
    const WALL: usize = 0x4000_0000;
    let mut status = 0i32;
    let found = call!(WAIT4, pid, &raw mut status, WNOHANG | WALL, 0)?;
    Ok((found != 0).then_some(status))
}

/// Accepts one connection, close-on-exec and non-blocking.
pub fn accept(listen: i32) -> Result<i32> {
    call!(ACCEPT4, listen, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC).map(|fd| fd as i32)
}

/// Returns the user at the other end of a unix socket: SO_PEERCRED, unix(7).
pub fn peer_uid(fd: i32) -> Option<u32> {
    const SOL_SOCKET: usize = 1;
    const SO_PEERCRED: usize = 17;
    let mut credentials = [0u32; 3]; // pid, uid, gid
    let mut length = 12u32;
    call!(
        GETSOCKOPT,
        fd,
        SOL_SOCKET,
        SO_PEERCRED,
        &raw mut credentials,
        &raw mut length
    )
    .ok()?;
    (length == 12).then_some(credentials[1])
}

pub fn uid() -> u32 {
    call!(GETUID).unwrap_or(usize::MAX) as u32
}

/// Receives one packet; the answer may exceed the buffer's length, then it was cut.
pub fn receive(fd: i32, buffer: &mut [u8]) -> Result {
    call!(
        RECVFROM,
        fd,
        buffer.as_mut_ptr(),
        buffer.len(),
        MSG_DONTWAIT | MSG_TRUNC,
        0,
        0
    )
}

#[repr(C)]
struct IoVec {
    base: *const u8,
    length: usize,
}

#[repr(C)]
struct MsgHdr {
    name: usize,
    name_length: u32,
    iov: *const IoVec,
    iov_count: usize,
    control: usize,
    control_length: usize,
    flags: i32,
}

/// Sends one packet made of a kind and bytes, without waiting.
pub fn send(fd: i32, kind: u8, bytes: &[u8]) -> Result {
    let parts = [
        IoVec {
            base: &raw const kind,
            length: 1,
        },
        IoVec {
            base: bytes.as_ptr(),
            length: bytes.len(),
        },
    ];
    let header = MsgHdr {
        name: 0,
        name_length: 0,
        iov: parts.as_ptr(),
        iov_count: parts.len(),
        control: 0,
        control_length: 0,
        flags: 0,
    };
    call!(SENDMSG, fd, &raw const header, MSG_DONTWAIT | MSG_NOSIGNAL)
}

/// TIOCSWINSZ, ioctl_tty(2); the foreground processes get SIGWINCH.
pub fn set_window_size(terminal: i32, rows: u16, columns: u16) {
    const TIOCSWINSZ: usize = 0x5414;
    let size = [rows, columns, 0, 0];
    let _ = call!(IOCTL, terminal, TIOCSWINSZ, &raw const size);
}

/// The end-of-file character of a terminal that reads by lines.
pub fn end_of_file_character(terminal: i32) -> Option<u8> {
    const TCGETS: usize = 0x5401;
    const ICANON: u32 = 2;
    const VEOF: usize = 4;
    // struct termios of the kernel: four 32-bit flags, c_line, c_cc[19].
    let mut termios = [0u32; 16];
    call!(IOCTL, terminal, TCGETS, &raw mut termios).ok()?;
    let characters = termios[5].to_ne_bytes(); // c_cc[3..7]; word 4 is c_line, c_cc[0..3]
    (termios[3] & ICANON != 0).then_some(characters[VEOF - 3])
}

/// Opens the other side of a pty without making it the controlling terminal.
pub fn pty_peer(master: i32) -> Result<i32> {
    const TIOCGPTPEER: usize = 0x5441;
    call!(IOCTL, master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC).map(|fd| fd as i32)
}

/// Moves to the end and returns the size.
pub fn seek_end(fd: i32) -> Result<u64> {
    const SEEK_END: usize = 2;
    call!(LSEEK, fd, 0, SEEK_END).map(|at| at as u64)
}

/// Takes a shared flock(2) if it can be had at once.
pub fn lock_shared(fd: i32) -> bool {
    const LOCK_SH: usize = 1;
    const LOCK_NB: usize = 4;
    call!(FLOCK, fd, LOCK_SH | LOCK_NB).is_ok()
}

pub fn truncate(fd: i32, size: u64) -> Result {
    call!(FTRUNCATE, fd, size)
}

pub fn write_at(fd: i32, bytes: &[u8], offset: u64) -> Result {
    call!(PWRITE64, fd, bytes.as_ptr(), bytes.len(), offset)
}

pub fn rename(dir: i32, from: &CStr, to: &CStr) -> Result {
    call!(RENAMEAT2, dir, from.as_ptr(), dir, to.as_ptr(), 0)
}

pub fn unlink(dir: i32, name: &CStr) -> Result {
    call!(UNLINKAT, dir, name.as_ptr(), 0)
}

pub fn remove_directory(path: &CStr) -> Result {
    const AT_REMOVEDIR: usize = 0x200;
    call!(UNLINKAT, AT_FDCWD, path.as_ptr(), AT_REMOVEDIR)
}

/// Whether an open descriptor is a regular file: statx(2), `stx_mode` at byte 28.
pub fn is_regular_file(fd: i32) -> bool {
    const STATX_TYPE: usize = 1;
    let mut stat = [0u16; 128];
    let done = call!(
        STATX,
        fd,
        c"".as_ptr(),
        AT_EMPTY_PATH,
        STATX_TYPE,
        &raw mut stat
    );
    done.is_ok() && stat[14] & 0o170000 == 0o100000
}

pub fn read_at(fd: i32, buffer: &mut [u8], offset: u64) -> Result {
    call!(PREAD64, fd, buffer.as_mut_ptr(), buffer.len(), offset)
}

/// Gives a pipe more room, if the user's quota allows it: F_SETPIPE_SZ, fcntl(2).
pub fn set_pipe_size(fd: i32, bytes: usize) {
    const F_SETPIPE_SZ: usize = 1031;
    let _ = call!(FCNTL, fd, F_SETPIPE_SZ, bytes);
}

/// Makes a pipe: the end to read from, the end to write to.
pub fn pipe() -> Result<[i32; 2]> {
    let mut ends = [-1i32; 2];
    call!(PIPE2, ends.as_mut_ptr(), O_CLOEXEC | O_NONBLOCK)?;
    Ok(ends)
}

/// Moves what is in a pipe to another without copying: splice(2). 0 is its end.
pub fn move_pipe(from: i32, to: i32, most: usize) -> Result {
    const SPLICE_F_MOVE: usize = 1;
    const SPLICE_F_NONBLOCK: usize = 2;
    call!(
        SPLICE,
        from,
        0,
        to,
        0,
        most,
        SPLICE_F_MOVE | SPLICE_F_NONBLOCK
    )
}

/// Bytes that wait in a pipe: FIONREAD, pipe(7).
pub fn readable_bytes(fd: i32) -> u64 {
    const FIONREAD: usize = 0x541b;
    let mut count = 0i32;
    let _ = call!(IOCTL, fd, FIONREAD, &raw mut count);
    count.max(0) as u64
}
