//! As much of D-Bus as one call to systemd takes: D-Bus specification 0.43.
//!
//! A connection to a message bus over a unix socket, authenticated as this user; method calls,
//! their answers, and the signals that come between. Little-endian messages, no descriptors, one
//! call at a time. Everything read is bounded, every wait has an end.

mod wire;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

pub use wire::{Body, Message};
use wire::{ERROR, METHOD_RETURN, SIGNAL, marshal, read_fields};

/// As long as other clients wait for an answer.
const LIMIT: Duration = Duration::from_secs(25);

/// systemd's answers are short; nothing longer than this is read.
const MESSAGE_MAX: usize = 256 << 10;

/// Why a conversation failed.
#[derive(Debug)]
pub enum Error {
    /// Nobody listens, or it may not be asked.
    Connect(std::io::Error),
    /// The bus does not take us for who we are.
    Refused(String),
    Broken(String),
    /// The peer's answer is an error: its name and its sentence.
    Answer {
        name: String,
        text: String,
    },
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Connect(error) => write!(f, "the message bus cannot be reached: {error}"),
            Self::Refused(line) => write!(f, "the message bus refuses us: {line}"),
            Self::Broken(what) => write!(f, "the message bus: {what}"),
            Self::Answer { text, .. } => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}

fn broken(what: impl Into<String>) -> Error {
    Error::Broken(what.into())
}

/// A method of an object, or of the bus itself.
#[derive(Debug, Clone, Copy)]
pub struct Method<'a> {
    pub destination: &'a str,
    pub path: &'a str,
    pub interface: &'a str,
    pub member: &'a str,
}

/// A connection to a message bus.
#[derive(Debug)]
pub struct Bus {
    stream: UnixStream,
    serial: u32,
    /// Signals that came while an answer was waited for.
    signals: Vec<Message>,
}

/// How many signals are kept for [`Bus::signal`].
const SIGNALS_MAX: usize = 1024;

impl Bus {
    /// Connects as `uid`, which is this process's on the host.
    pub fn connect(socket: &Path, uid: u32) -> Result<Self, Error> {
        let stream = UnixStream::connect(socket).map_err(Error::Connect)?;
        let mut bus = Self {
            stream,
            serial: 0,
            signals: Vec::new(),
        };
        bus.authenticate(uid)?;
        bus.call(of_bus("Hello"), &Body::default())?;
        Ok(bus)
    }

    /// "Authentication Protocol": a NUL byte, then lines of text.
    fn authenticate(&mut self, uid: u32) -> Result<(), Error> {
        let hex: String = uid
            .to_string()
            .bytes()
            .map(|b| format!("{b:02x}"))
            .collect();
        let hello = format!("\0AUTH EXTERNAL {hex}\r\n");
        self.stream
            .write_all(hello.as_bytes())
            .map_err(Error::Connect)?;
        let line = self.line()?;
        if !line.starts_with("OK ") {
            return Err(Error::Refused(line));
        }
        self.stream.write_all(b"BEGIN\r\n").map_err(Error::Connect)
    }

    /// One line; the peer says nothing more before we have answered.
    fn line(&mut self) -> Result<String, Error> {
        let deadline = Instant::now() + LIMIT;
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let mut piece = [0; 128];
            let count = self.read_some(&mut piece, deadline)?;
            line.extend(&piece[..count]);
            if line.len() > 512 {
                return Err(broken("an endless line"));
            }
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// Asks for a signal; the rule is the specification's "Match Rules".
    pub fn listen(&mut self, rule: &str) -> Result<(), Error> {
        let mut body = Body::new("s");
        body.string(rule);
        self.call(of_bus("AddMatch"), &body).map(drop)
    }

    /// Calls a method and waits for its answer.
    pub fn call(&mut self, method: Method<'_>, body: &Body) -> Result<Message, Error> {
        self.serial += 1;
        let message = marshal(self.serial, method, body);
        self.stream.write_all(&message).map_err(Error::Connect)?;
        let deadline = Instant::now() + LIMIT;
        loop {
            let message = self.receive(deadline)?;
            let ours = message.reply_to == self.serial;
            match message.kind {
                METHOD_RETURN if ours => return Ok(message),
                ERROR if ours => {
                    let text = message.reader().string().unwrap_or_default();
                    return Err(Error::Answer {
                        name: message.error,
                        text,
                    });
                }
                SIGNAL if self.signals.len() < SIGNALS_MAX => self.signals.push(message),
                _ => {}
            }
        }
    }

    /// Waits for a signal that `wanted` accepts.
    pub fn signal<T>(&mut self, wanted: impl Fn(&Message) -> Option<T>) -> Result<T, Error> {
        if let Some(found) = self.signals.drain(..).find_map(|message| wanted(&message)) {
            return Ok(found);
        }
        let deadline = Instant::now() + LIMIT;
        loop {
            let message = self.receive(deadline)?;
            if message.kind == SIGNAL
                && let Some(found) = wanted(&message)
            {
                return Ok(found);
            }
        }
    }

    fn receive(&mut self, deadline: Instant) -> Result<Message, Error> {
        let mut head = [0; 16];
        self.read(&mut head, deadline)?;
        let word = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().expect("four"));
        if head[0] != b'l' {
            return Err(broken("a message in another byte order"));
        }
        let (body, fields) = (word(4) as usize, word(12) as usize);
        if body > MESSAGE_MAX || fields > MESSAGE_MAX {
            return Err(broken("a message without end"));
        }
        let mut rest = vec![0; fields.next_multiple_of(8) + body];
        self.read(&mut rest, deadline)?;
        let mut message = Message {
            kind: head[1],
            body: rest.split_off(fields.next_multiple_of(8)),
            ..Message::default()
        };
        read_fields(&rest[..fields], &mut message)?;
        Ok(message)
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<(), Error> {
        let mut done = 0;
        while done < buffer.len() {
            done += self.read_some(&mut buffer[done..], deadline)?;
        }
        Ok(())
    }

    fn read_some(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, Error> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(broken("no answer"));
            }
            self.stream
                .set_read_timeout(Some(left))
                .map_err(Error::Connect)?;
            match self.stream.read(buffer) {
                Ok(0) => return Err(broken("the connection was closed")),
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Connect(error)),
            }
        }
    }
}

fn of_bus(member: &str) -> Method<'_> {
    Method {
        destination: "org.freedesktop.DBus",
        path: "/org/freedesktop/DBus",
        interface: "org.freedesktop.DBus",
        member,
    }
}
