//! Joins the caller's standard streams with a container: the command's end of `attach`.
//!
//! ```text
//! terminal ──▶ detach keys ──▶ STDIN ─▶ socket ─▶ monitor ─▶ container
//! stdout, stderr ◀────────── STDOUT, STDERR ◀─┘
//! ```
//!
//! One message is under way in each direction, none is lost: who does not read holds the
//! other up. The terminal is raw only while the container has one itself.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use crate::guest::wire_attach as wire;
use crate::monitor::Error;
use crate::monitor::keys::Keys;
use crate::sys::poll::{self, Moved, Watched};
use crate::sys::pty::{self, RawMode};
use crate::sys::seqpacket;
use crate::sys::signal::{self, Caught};
use crate::types::ExitRecord;

/// How long the monitor may take for its first answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);
/// Connections that may wait for the monitor to accept them.
const BACKLOG: i32 = 64;
/// The socket's name in a container's runtime directory.
pub const SOCKET: &str = "attach";

/// How an attached session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Exited(ExitRecord),
    Detached,
}

/// What becomes of signals sent to the command.
pub type OnSignal<'a> = Box<dyn FnMut(i32) + 'a>;

/// Which streams are joined, and how.
pub struct AttachOptions<'a> {
    pub stdin: bool,
    pub stdout: bool,
    pub stderr: bool,
    /// Looked for only in what is typed on a terminal.
    pub keys: Keys,
    /// `--sig-proxy`: is given every signal that would be the container's.
    pub on_signal: Option<OnSignal<'a>>,
    /// Signals caught earlier by [`catch_signals`], so that none is lost before.
    pub caught: Option<Caught>,
}

impl fmt::Debug for AttachOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttachOptions")
            .field("stdin", &self.stdin)
            .field("stdout", &self.stdout)
            .field("stderr", &self.stderr)
            .field("keys", &self.keys)
            .field("on_signal", &self.on_signal.is_some())
            .finish_non_exhaustive()
    }
}

/// The caller's descriptors.
#[derive(Debug, Clone, Copy)]
pub struct Streams<'a> {
    pub stdin: BorrowedFd<'a>,
    pub stdout: BorrowedFd<'a>,
    pub stderr: BorrowedFd<'a>,
}

/// Binds the attach socket in a directory, for the monitor to inherit.
pub fn listen(directory: BorrowedFd<'_>) -> Result<OwnedFd, Error> {
    seqpacket::listen(directory, SOCKET, BACKLOG).map_err(Error::Connect)
}

/// Connects to the container whose runtime directory this is.
pub fn connect(directory: BorrowedFd<'_>) -> Result<OwnedFd, Error> {
    seqpacket::connect(directory, SOCKET).map_err(Error::Connect)
}

/// Returns the two ends for the command that starts a container: its own, the monitor's.
pub fn pair() -> Result<(OwnedFd, OwnedFd), Error> {
    seqpacket::pair().map_err(Error::Connect)
}

/// Catches the signals an attached session cares for, from now on.
///
/// With `proxy`, all that are passed on; otherwise only those that would leave a raw
/// terminal behind.
pub fn catch_signals(proxy: bool) -> Result<Caught, Error> {
    let mut signals = if proxy {
        signal::proxied()
    } else {
        signal::FATAL.to_vec()
    };
    signals.push(signal::WINDOW_CHANGED);
    Caught::new(&signals).map_err(Error::Terminal)
}

/// Joins the process's own standard streams with a container, until one of them leaves.
pub fn run(socket: OwnedFd, options: AttachOptions<'_>) -> Result<End, Error> {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let streams = Streams {
        stdin: stdin.as_fd(),
        stdout: stdout.as_fd(),
        stderr: stderr.as_fd(),
    };
    run_with(socket, options, streams)
}

/// As [`run`], with streams of the caller's choice.
pub fn run_with(
    socket: OwnedFd,
    mut options: AttachOptions<'_>,
    streams: Streams<'_>,
) -> Result<End, Error> {
    let caught = match options.caught.take() {
        Some(caught) => caught,
        None => catch_signals(options.on_signal.is_some())?,
    };
    let typed = pty::is_terminal(streams.stdin);
    if !typed {
        options.keys = Keys::none(); // a pipe's bytes are never commands
    }
    let mut session = Session {
        socket,
        caught,
        streams,
        typed,
        outgoing: hello(&options),
        reads_stdin: options.stdin,
        options,
        started: None,
        resize_due: false,
        end_due: false,
        incoming: vec![0; wire::MESSAGE_MAX],
        written: 0,
        received: 0,
        reset_seen: false,
        raw: None,
    };
    session.run()
}

fn hello(options: &AttachOptions<'_>) -> Vec<u8> {
    let mut streams = 0;
    for (wanted, bit) in [
        (options.stdin, wire::WANT_STDIN),
        (options.stdout, wire::WANT_STDOUT),
        (options.stderr, wire::WANT_STDERR),
    ] {
        streams |= if wanted { bit } else { 0 };
    }
    vec![wire::ATTACH, wire::VERSION, streams]
}

struct Session<'a> {
    socket: OwnedFd,
    caught: Caught,
    streams: Streams<'a>,
    options: AttachOptions<'a>,
    /// Standard input is a terminal.
    typed: bool,
    /// The flags of STARTED, once it came.
    started: Option<u8>,
    /// Standard input has not ended.
    reads_stdin: bool,
    /// The message to be sent next; empty when there is none.
    outgoing: Vec<u8>,
    /// The window's size is to be told, before anything else.
    resize_due: bool,
    /// STDIN_END is to be told, after everything else.
    end_due: bool,
    /// `incoming[written..received]` is still to be written to an output.
    incoming: Vec<u8>,
    written: usize,
    received: usize,
    reset_seen: bool,
    raw: Option<RawMode>,
}

impl Session<'_> {
    fn run(&mut self) -> Result<End, Error> {
        let deadline = Instant::now() + ANSWER_LIMIT;
        loop {
            self.send()?;
            let limit = match self.started {
                Some(_) => None,
                None => Some(deadline.saturating_duration_since(Instant::now())),
            };
            if limit == Some(Duration::ZERO) {
                return Err(Error::NoAnswer);
            }
            let [signals, typed, room, heard] = self.wait(limit)?;
            if signals {
                self.pass_signals()?;
            }
            if typed && self.read_stdin()? {
                seqpacket::send(&self.socket, &[wire::DETACH]);
                return Ok(End::Detached);
            }
            if room {
                self.write_output()?;
            }
            if heard && let Some(end) = self.receive()? {
                return Ok(end);
            }
        }
    }

    /// Waits; says whether there are signals, input, room for output, a message.
    fn wait(&self, limit: Option<Duration>) -> Result<[bool; 4], Error> {
        let writing = self.written < self.received;
        let sending = !self.outgoing.is_empty() || self.resize_due || self.end_due;
        let reading = self.started.is_some() && self.reads_stdin && self.outgoing.is_empty();
        let mut watched = [
            Watched::new(Some(self.caught.as_fd())).readable_if(true),
            Watched::new(Some(self.streams.stdin)).readable_if(reading),
            Watched::new(writing.then(|| self.output())).writable_if(writing),
            Watched::new(Some(self.socket.as_fd()))
                .readable_if(!writing)
                .writable_if(sending),
        ];
        poll::poll(&mut watched, limit).map_err(Error::Terminal)?;
        Ok([
            watched[0].can_read(),
            watched[1].can_read(),
            watched[2].can_write(),
            !writing && watched[3].can_read(),
        ])
    }

    fn output(&self) -> BorrowedFd<'_> {
        if self.incoming[0] == wire::STDERR {
            self.streams.stderr
        } else {
            self.streams.stdout
        }
    }

    /// Sends what is due, as far as the socket takes it.
    fn send(&mut self) -> Result<(), Error> {
        if self.resize_due {
            let size = pty::window_size(self.streams.stdin)
                .or_else(|| pty::window_size(self.streams.stdout));
            if let Some((rows, columns)) = size
                && !self.offer(&wire::resize(rows, columns))
            {
                return Ok(());
            }
            self.resize_due = false;
        }
        if !self.outgoing.is_empty() {
            let message = std::mem::take(&mut self.outgoing);
            if !self.offer(&message) {
                self.outgoing = message;
                return Ok(());
            }
        }
        if self.end_due && self.offer(&[wire::STDIN_END]) {
            self.end_due = false;
        }
        Ok(())
    }

    /// Sends one message; false when it must be offered again.
    fn offer(&mut self, message: &[u8]) -> bool {
        match seqpacket::send(&self.socket, message) {
            Moved::Bytes(_) => true,
            Moved::NotYet => false,
            // The monitor closed: what it said before is still to be heard.
            Moved::Failed(_) => {
                self.reads_stdin = false;
                self.end_due = false;
                true
            }
        }
    }

    fn pass_signals(&mut self) -> Result<(), Error> {
        while let Some(number) = self.caught.next() {
            if number == signal::WINDOW_CHANGED {
                self.resize_due = self.has_terminal();
            } else if let Some(on_signal) = &mut self.options.on_signal {
                on_signal(number);
            } else {
                return Err(Error::Interrupted(number));
            }
        }
        Ok(())
    }

    fn has_terminal(&self) -> bool {
        self.started.is_some_and(|flags| flags & wire::HAS_TTY != 0)
    }

    /// Reads what was typed; true when it ended with the detach keys.
    fn read_stdin(&mut self) -> Result<bool, Error> {
        // Half a message: a held-back key may come along, and whoever reads records of a power of
        // two inside gets them whole.
        let mut buffer = [0u8; wire::MESSAGE_MAX / 2];
        let count = match poll::read(self.streams.stdin, &mut buffer) {
            Moved::NotYet => return Ok(false),
            Moved::Bytes(count) => count,
            // EIO: the terminal was closed, or this is an orphaned background job.
            Moved::Failed(_) if self.typed => 0,
            Moved::Failed(error) => return Err(Error::Input(error)),
        };
        let mut passed = vec![wire::STDIN];
        let left = self.options.keys.pass(&buffer[..count], &mut passed);
        if count == 0 {
            self.reads_stdin = false;
            self.end_due = true;
            passed.extend(self.options.keys.rest());
        }
        if passed.len() > 1 {
            self.outgoing = passed;
            self.send()?;
        }
        Ok(left)
    }

    fn write_output(&mut self) -> Result<(), Error> {
        let rest = &self.incoming[self.written..self.received];
        match poll::write_at_once(self.output(), rest) {
            Moved::Bytes(count) => self.written += count,
            Moved::NotYet => {}
            failed if failed.is_broken_pipe() => return Err(Error::OutputClosed),
            Moved::Failed(error) => return Err(Error::Output(error)),
        }
        Ok(())
    }

    /// Receives one message; the last one is the end.
    fn receive(&mut self) -> Result<Option<End>, Error> {
        let length = match seqpacket::receive(&self.socket, &mut self.incoming) {
            Moved::NotYet => return Ok(None),
            lost if lost.is_reset() && !self.reset_seen => {
                self.reset_seen = true;
                return Ok(None);
            }
            Moved::Bytes(0) | Moved::Failed(_) => return Err(Error::ConnectionLost),
            Moved::Bytes(length) => length,
        };
        match self.incoming[0] {
            wire::STDOUT | wire::STDERR => {
                self.written = 1;
                self.received = length;
            }
            wire::STARTED => self.begin(self.incoming.get(1).copied().unwrap_or(0))?,
            wire::EXIT => {
                let text = String::from_utf8_lossy(&self.incoming[1..length]);
                return match ExitRecord::parse(&text) {
                    Some(record) => Ok(Some(End::Exited(record))),
                    None => Err(Error::ConnectionLost),
                };
            }
            other => return Err(Error::UnknownMessage(other)),
        }
        Ok(None)
    }

    /// The container runs and listens.
    fn begin(&mut self, flags: u8) -> Result<(), Error> {
        self.started = Some(flags);
        if flags & wire::HAS_STDIN == 0 {
            self.reads_stdin = false;
        }
        if self.has_terminal() {
            self.resize_due = true;
            if self.typed && self.reads_stdin && self.raw.is_none() {
                self.raw = Some(RawMode::enter(self.streams.stdin).map_err(Error::Terminal)?);
            }
        }
        Ok(())
    }
}
