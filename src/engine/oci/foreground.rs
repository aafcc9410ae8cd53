//! Staying with a container's process: its end, its signals, its terminal.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use oci_spec::runtime::Process;

use crate::engine::oci::{Error, prepare};
use crate::sys::poll::{Moved, Watched, poll, read, write};
use crate::sys::process::{Ended, Pidfd};
use crate::sys::pty::{RawMode, is_terminal, set_window_size, window_size};
use crate::sys::seqpacket;
use crate::sys::signal::{Caught, WINDOW_CHANGED, proxied};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Detached,
    /// The exit code, 128+n for signal n.
    Ended(u8),
}

/// Where a process's terminal is served.
pub enum Terminal {
    None,
    /// Whoever listens at `--console-socket` serves it.
    Others(OwnedFd),
    /// We do, by our own streams.
    Ours {
        socket: OwnedFd,
        theirs: OwnedFd,
    },
}

impl Terminal {
    pub fn wanted(process: &Process, socket: Option<&Path>) -> Result<Self, Error> {
        if process.terminal().unwrap_or(false) && socket.is_none() {
            let (socket, theirs) = seqpacket::pair()?;
            return Ok(Self::Ours { socket, theirs });
        }
        Ok(match prepare::console(process, socket)? {
            Some(socket) => Self::Others(socket),
            None => Self::None,
        })
    }

    /// The socket that the terminal's other side is sent over.
    pub fn theirs(&self) -> Result<Option<OwnedFd>, Error> {
        let (Self::Others(socket) | Self::Ours { theirs: socket, .. }) = self else {
            return Ok(None);
        };
        let copy = socket.as_fd().try_clone_to_owned();
        copy.map(Some)
            .map_err(|error| Error::file("copying", Path::new("the console socket"), error))
    }
}

/// Waits for the process, our child by now; signals to us are for it.
pub fn wait(process: &Pidfd, terminal: Terminal) -> Result<Outcome, Error> {
    let mut signals = proxied();
    signals.push(WINDOW_CHANGED);
    let caught = Caught::new(&signals)?;
    if let Terminal::Ours { socket, .. } = terminal {
        let master = seqpacket::receive_descriptor(&socket)?;
        serve(process, &master, &caught)?;
    } else {
        while process.alive() {
            let mut watched = [
                Watched::new(Some(process.as_fd())).readable_if(true),
                Watched::new(Some(caught.as_fd())).readable_if(true),
            ];
            poll(&mut watched, None)?;
            pass_on(process, &caught, None);
        }
    }
    ended(process)
}

fn ended(process: &Pidfd) -> Result<Outcome, Error> {
    Ok(match process.wait(Duration::from_secs(1))? {
        Some(Ended::Exited(code)) => Outcome::Ended(u8::try_from(code).unwrap_or(255)),
        Some(Ended::Signaled(signal)) => Outcome::Ended(u8::try_from(128 + signal).unwrap_or(255)),
        None => Outcome::Ended(255),
    })
}

fn pass_on(process: &Pidfd, caught: &Caught, master: Option<&OwnedFd>) {
    while let Some(signal) = caught.next() {
        match (signal == WINDOW_CHANGED, master) {
            (true, Some(master)) => resize(master),
            (true, None) => {}
            (false, _) => {
                let _ = process.signal(signal);
            }
        }
    }
}

fn resize(master: &OwnedFd) {
    if let Some(size) = window_size(io::stdin()) {
        set_window_size(master, size);
    }
}

/// Carries our streams to the terminal and back until the process has ended and all is read.
fn serve(process: &Pidfd, master: &OwnedFd, caught: &Caught) -> Result<(), Error> {
    let (stdin, stdout) = (io::stdin(), io::stdout());
    let raw = match is_terminal(&stdin) {
        true => Some(RawMode::enter(stdin.as_fd())?),
        false => None,
    };
    resize(master);
    let (mut input_open, mut alive) = (true, true);
    let mut buffer = [0; 4096];
    loop {
        let mut watched = [
            Watched::new(Some(process.as_fd())).readable_if(alive),
            Watched::new(Some(caught.as_fd())).readable_if(true),
            Watched::new(Some(master.as_fd())).readable_if(true),
            Watched::new(Some(stdin.as_fd())).readable_if(input_open && alive),
        ];
        // Of a process that has ended only what it wrote already is waited for.
        let limit = (!alive).then_some(Duration::from_millis(50));
        poll(&mut watched, limit)?;
        if watched[1].can_read() {
            pass_on(process, caught, Some(master));
        }
        if watched[2].can_read() {
            match read(master, &mut buffer) {
                Moved::Bytes(count) if count > 0 => all(&stdout, &buffer[..count]),
                Moved::NotYet => {}
                // EIO: every copy of the other side is closed.
                _ => break,
            }
        } else if !alive {
            break;
        }
        if watched[3].can_read() {
            match read(&stdin, &mut buffer) {
                Moved::Bytes(0) | Moved::Failed(_) => input_open = false,
                Moved::Bytes(count) => all(master, &buffer[..count]),
                Moved::NotYet => {}
            }
        }
        alive = alive && process.alive();
    }
    while process.alive() {
        let mut watched = [Watched::new(Some(process.as_fd())).readable_if(true)];
        poll(&mut watched, None)?;
    }
    drop(raw);
    Ok(())
}

/// Writes everything; a reader that is gone loses it.
fn all(fd: impl AsFd, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match write(&fd, bytes) {
            Moved::Bytes(count) => bytes = &bytes[count..],
            Moved::NotYet => {
                let _ = crate::sys::fs::writable_within(&fd, Duration::from_secs(60));
            }
            Moved::Failed(_) => return,
        }
    }
}
