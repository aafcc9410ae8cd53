//! The attach protocol: what a command and the monitor say to each other.
//!
//! One message is one packet of a SOCK_SEQPACKET socket, at most [`MESSAGE_MAX`] bytes; its
//! first byte is the kind. Shared by the engine and the guest program, so `core` only.
//!
//! ```text
//! command                                   monitor
//!    ── ATTACH version streams ───────────────▶   first, within ten seconds
//!    ◀─────────────────────── STARTED flags ──
//!    ── STDIN bytes … STDIN_END ──────────────▶   back-pressure: not received while full
//!    ── RESIZE rows columns ──────────────────▶
//!    ◀──────────── STDOUT bytes, STDERR bytes ──   back-pressure, see monitor/clients.rs
//!    ── CHECKS intervals ─────────────────────▶   an update of the health checks
//!    ── DETACH, or just close ────────────────▶
//!    ◀──────────────────────── EXIT record ──     last; then the monitor closes
//! ```
//!
//! A packet that is none of these, is too long, or comes before ATTACH drops its sender.
//! The connection's end without EXIT means that the monitor died.
#![allow(dead_code, reason = "each side uses its own part")]

/// The longest message, kind included.
pub const MESSAGE_MAX: usize = 16 * 1024;
/// The most bytes of a stream in one message.
pub const DATA_MAX: usize = MESSAGE_MAX - 1;
/// Goes up when a message changes its meaning; another one is refused.
pub const VERSION: u8 = 1;

/// `[ATTACH, VERSION, streams]`: which streams this command wants; 0 is only the end.
pub const ATTACH: u8 = b'A';
/// `[STDIN, bytes…]`: for the container's standard input or terminal.
pub const STDIN: u8 = b'i';
/// `[STDIN_END]`: no more input; a terminal gets its end-of-file character.
pub const STDIN_END: u8 = b'e';
/// `[RESIZE, rows, columns]`, each two bytes, little endian.
pub const RESIZE: u8 = b'w';
/// `[DETACH]`: the container goes on, this command leaves.
pub const DETACH: u8 = b'd';

/// `[CHECKS, interval, startup interval]`, milliseconds, each eight bytes, little endian: how often
/// health is checked from now on. 0 is never; a startup interval of 0 means that the container has
/// started up, or that there is no startup check.
pub const CHECKS: u8 = b'h';

/// `[STARTED, flags]`: the answer to ATTACH.
pub const STARTED: u8 = b's';
/// `[STDOUT, bytes…]`; a terminal's output too.
pub const STDOUT: u8 = b'1';
/// `[STDERR, bytes…]`
pub const STDERR: u8 = b'2';
/// `[EXIT, text…]`: the text of the exit record.
pub const EXIT: u8 = b'x';

/// Streams of ATTACH.
pub const WANT_STDIN: u8 = 1;
pub const WANT_STDOUT: u8 = 2;
pub const WANT_STDERR: u8 = 4;

/// Flags of STARTED.
pub const HAS_TTY: u8 = 1;
pub const HAS_STDIN: u8 = 2;

/// Makes a RESIZE message.
pub const fn resize(rows: u16, columns: u16) -> [u8; 5] {
    let (r, c) = (rows.to_le_bytes(), columns.to_le_bytes());
    [RESIZE, r[0], r[1], c[0], c[1]]
}

/// Makes a CHECKS message.
pub fn checks(interval: u64, startup_interval: u64) -> [u8; 17] {
    let mut message = [CHECKS; 17];
    message[1..9].copy_from_slice(&interval.to_le_bytes());
    message[9..].copy_from_slice(&startup_interval.to_le_bytes());
    message
}

/// What a client may say besides STDIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    Attach {
        streams: u8,
    },
    StdinEnd,
    Resize {
        rows: u16,
        columns: u16,
    },
    Checks {
        interval: u64,
        startup_interval: u64,
    },
    Detach,
}

/// Reads one of a client's messages; `None` is malformed.
pub fn parse_request(message: &[u8]) -> Option<Request> {
    match *message {
        [ATTACH, VERSION, streams] if streams <= (WANT_STDIN | WANT_STDOUT | WANT_STDERR) => {
            Some(Request::Attach { streams })
        }
        [STDIN_END] => Some(Request::StdinEnd),
        [RESIZE, a, b, c, d] => Some(Request::Resize {
            rows: u16::from_le_bytes([a, b]),
            columns: u16::from_le_bytes([c, d]),
        }),
        [CHECKS, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] => Some(Request::Checks {
            interval: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
            startup_interval: u64::from_le_bytes([i, j, k, l, m, n, o, p]),
        }),
        [DETACH] => Some(Request::Detach),
        _ => None,
    }
}
