//! The caller's terminal: raw mode that is always undone, and its size.
//!
//! termios(3), ioctl_tty(2). Terminals of containers are made by the guest program.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::{Mutex, Once, PoisonError};

use rustix::termios::{self, OptionalActions, Termios};

use crate::sys::SysError;

/// What a terminal was before raw mode; kept where a panic finds it too.
static BEFORE: Mutex<Option<(OwnedFd, Termios)>> = Mutex::new(None);

/// A terminal in raw mode, for as long as this value lives.
#[derive(Debug)]
pub struct RawMode(());

impl RawMode {
    /// Passes every key on as it is typed, signals and flow control included.
    ///
    /// A panic restores the terminal as well (its hook runs even where panics abort); fatal
    /// signals must be caught by whoever holds this value.
    pub fn enter(terminal: BorrowedFd<'_>) -> Result<Self, SysError> {
        restore_when_panicking();
        let args = || terminal.as_raw_fd().to_string();
        let before = termios::tcgetattr(terminal)
            .map_err(|errno| SysError::new("tcgetattr", args(), errno.raw_os_error()))?;
        let copy = duplicate(terminal)?;
        let mut raw = before.clone();
        raw.make_raw();
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some((copy, before));
        termios::tcsetattr(terminal, OptionalActions::Drain, &raw)
            .map_err(|errno| SysError::new("tcsetattr", args(), errno.raw_os_error()))?;
        Ok(Self(()))
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((terminal, before)) = before {
        // Nothing is left to do about a terminal that is gone.
        let _ = termios::tcsetattr(&terminal, OptionalActions::Now, &before);
    }
}

fn restore_when_panicking() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            earlier(panic);
        }));
    });
}

fn duplicate(fd: BorrowedFd<'_>) -> Result<OwnedFd, SysError> {
    fd.try_clone_to_owned().map_err(|error| {
        let errno = error.raw_os_error().unwrap_or(0);
        SysError::new(
            "fcntl",
            format!("{}, F_DUPFD_CLOEXEC", fd.as_raw_fd()),
            errno,
        )
    })
}

/// The longest secret that is read, in bytes.
const MAX_SECRET: usize = 64 << 10;

/// Reads a line from the terminal that is standard input, without showing it.
///
/// `None` when Ctrl-C or Ctrl-D ended it, which reach us as bytes; what was typed then is lost.
pub fn read_secret() -> Result<Option<String>, SysError> {
    let terminal = std::io::stdin();
    let _raw = RawMode::enter(terminal.as_fd())?;
    let mut typed: Vec<u8> = Vec::new();
    let mut key = [0; 1];
    loop {
        let count = match rustix::io::read(&terminal, &mut key) {
            Ok(count) => count,
            Err(rustix::io::Errno::INTR) => continue,
            Err(errno) => return Err(SysError::new("read", "0", errno.raw_os_error())),
        };
        match key[0] {
            _ if count == 0 => return Ok(None),
            b'\r' | b'\n' => return Ok(String::from_utf8(typed).ok()),
            0x03 | 0x04 => return Ok(None),
            // Backspace takes a whole character.
            0x08 | 0x7f => while typed.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
            0x15 => typed.clear(),
            byte if typed.len() < MAX_SECRET => typed.push(byte),
            _ => {}
        }
    }
}

pub fn is_terminal(fd: impl AsFd) -> bool {
    termios::isatty(fd)
}

/// Returns rows and columns; `None` for what is no terminal or has no size.
pub fn window_size(terminal: impl AsFd) -> Option<(u16, u16)> {
    let size = termios::tcgetwinsize(terminal).ok()?;
    (size.ws_row > 0 && size.ws_col > 0).then_some((size.ws_row, size.ws_col))
}

/// Gives a terminal rows and columns; one that is gone keeps what it has.
pub fn set_window_size(terminal: impl AsFd, (rows, columns): (u16, u16)) {
    let size = termios::Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let _ = termios::tcsetwinsize(terminal, size);
}
