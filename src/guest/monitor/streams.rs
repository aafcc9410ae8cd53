//! The container's three streams on the monitor's side: two read, one written.
//!
//! Each has one buffer. Output is read only when the chunk before it has reached every
//! attached client and the log; input is received only when the piece before it was taken.

use super::calls;
use super::clients::{Clients, Mask};
use super::lines;
use super::log::{self, Log, Stream};
use crate::raw;
use crate::wire_attach as wire;

/// Bytes of the input's buffer.
pub const BUFFER: usize = wire::MESSAGE_MAX;
/// Bytes of an output's buffer: more than a message when nobody is attached, as each read of a
/// full pipe wakes its writer.
pub const OUTPUT_BUFFER: usize = 2 * BUFFER;
/// How long the beginning of a line waits for its end before it is logged as partial.
const HOLD: u64 = 100;
/// Full reads after which a stream counts as chatty.
const CHATTY: u32 = 16;
/// The room a chatty stream's pipe gets: fewer turns for as many bytes. Not more, the pipes of a
/// user share a quota: pipe(7), pipe-user-pages-soft.
const CHATTY_PIPE: usize = 256 * 1024;
/// How often a terminal that nobody has open is looked at again.
const HANGUP_RETRY: u64 = 1000;

/// Standard output, standard error, or a terminal's output.
pub struct Output<'a> {
    /// -1 once it ended.
    pub fd: i32,
    pub tty: bool,
    stream: Stream,
    kind: u8,
    want: u8,
    buffer: &'a mut [u8; OUTPUT_BUFFER],
    /// `buffer[tail..end]` is the beginning of a line, not logged yet.
    tail: usize,
    /// `buffer[chunk..end]` is what `waiting` still needs.
    chunk: usize,
    end: usize,
    pub waiting: Mask,
    /// When the tail is logged as it is; 0: there is none.
    hold_until: u64,
    /// A terminal without an open other side is left alone until then.
    pub retry_at: u64,
    /// Bytes that were in the pipe when init ended and are still to be read.
    pub owed: u64,
    relay: Relay,
    /// Full reads so far; no further than [`CHATTY`].
    full_reads: u32,
}

impl<'a> Output<'a> {
    pub fn new(fd: i32, tty: bool, stream: Stream, buffer: &'a mut [u8; OUTPUT_BUFFER]) -> Self {
        if fd >= 0 {
            calls::set_nonblocking(fd);
        }
        let (kind, want) = match stream {
            Stream::Stdout => (wire::STDOUT, wire::WANT_STDOUT),
            Stream::Stderr => (wire::STDERR, wire::WANT_STDERR),
        };
        Self {
            fd,
            tty,
            stream,
            kind,
            want,
            buffer,
            tail: 0,
            chunk: 0,
            end: 0,
            waiting: 0,
            hold_until: 0,
            retry_at: 0,
            owed: 0,
            relay: Relay::NONE,
            full_reads: 0,
        }
    }

    pub fn is_readable(&self, now: u64) -> bool {
        self.fd >= 0 && self.waiting == 0 && now >= self.retry_at
    }

    /// Reads one chunk, logs its lines and offers it to the clients; true when there may be more
    /// and nobody has to be waited for.
    pub fn take(
        &mut self,
        log: &mut Log<'_>,
        clients: &mut Clients,
        now: u64,
        ended: bool,
    ) -> bool {
        self.buffer.copy_within(self.tail..self.end, 0);
        self.end -= self.tail;
        self.tail = 0;
        self.chunk = self.end;
        let most = match clients.wanting(self.want) {
            0 => OUTPUT_BUFFER,
            _ => self.end + wire::DATA_MAX,
        };
        let limit = OUTPUT_BUFFER.min(most);
        let mut more = false;
        let room = limit - self.end;
        match self.relay.read(self.fd, &mut self.buffer[self.end..limit]) {
            Ok(count) if count > 0 => {
                self.end += count;
                self.owed = self.owed.saturating_sub(count as u64);
                self.log_lines(log, now);
                self.waiting = clients.wanting(self.want);
                self.deliver(clients, now);
                more = (count == room || self.relay.filled > 0) && self.waiting == 0;
                self.note_full_read(more);
            }
            Err(raw::EINTR) => {}
            Err(raw::EAGAIN) => self.owed = 0,
            // EIO: nobody has the terminal open, but somebody in the container may open it.
            _ if self.tty && !ended => self.retry_at = now + HANGUP_RETRY,
            _ => self.close(),
        }
        more
    }

    fn note_full_read(&mut self, full: bool) {
        if full && self.full_reads < CHATTY {
            self.full_reads += 1;
            if self.full_reads == CHATTY && !self.tty {
                calls::set_pipe_size(self.fd, CHATTY_PIPE);
                self.relay.open();
            }
        }
    }

    /// Whether there is something to take that poll(2) does not know of.
    pub fn has_more(&self) -> bool {
        self.fd >= 0 && self.relay.filled > 0 && self.waiting == 0
    }

    /// Offers the chunk to those who did not have room for it.
    pub fn deliver(&mut self, clients: &mut Clients, now: u64) {
        if self.waiting != 0 {
            // Who left meanwhile no longer waits; its slot may be somebody else's.
            let waiting = self.waiting & clients.wanting(self.want);
            let chunk = &self.buffer[self.chunk..self.end];
            self.waiting = clients.deliver(waiting, self.kind, chunk, now);
        }
    }

    fn log_lines(&mut self, log: &mut Log<'_>, now: u64) {
        if !log.is_kept() {
            self.tail = self.end;
            return;
        }
        log.set_time();
        let before = self.tail;
        self.tail += log.lines(self.stream, &self.buffer[self.tail..self.end]);
        let mut search = self.chunk.max(self.tail);
        while let Some(found) = lines::find(&self.buffer[search..self.end]) {
            self.log_pieces(log, search + found);
            log.record(self.stream, true, &self.buffer[self.tail..search + found]);
            search += found + 1;
            self.tail = search;
        }
        self.log_pieces(log, self.end);
        if self.tail == self.end {
            self.hold_until = 0;
        } else if self.tail != before || self.hold_until == 0 {
            self.hold_until = now + HOLD;
        }
    }

    /// Logs whole pieces of a long line, so that less than one is left before `until`.
    fn log_pieces(&mut self, log: &mut Log<'_>, until: usize) {
        while until - self.tail >= log::PIECE {
            let piece = &self.buffer[self.tail..self.tail + log::PIECE];
            log.record(self.stream, false, piece);
            self.tail += log::PIECE;
        }
    }

    /// Logs the beginning of a line that waited long enough, or whose end will not come.
    pub fn log_tail(&mut self, log: &mut Log<'_>, now: u64) {
        if self.hold_until == 0 || (now < self.hold_until && self.fd >= 0) {
            return;
        }
        log.set_time();
        log.record(self.stream, false, &self.buffer[self.tail..self.end]);
        self.tail = self.end;
        self.hold_until = 0;
    }

    pub fn next_deadline(&self, now: u64) -> Option<u64> {
        if self.has_more() {
            return Some(now);
        }
        let hold = (self.hold_until > 0).then_some(self.hold_until);
        let retry = (self.fd >= 0 && self.retry_at > now).then_some(self.retry_at);
        match (hold, retry) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    pub fn close(&mut self) {
        if self.fd >= 0 {
            raw::close(self.fd);
            self.fd = -1;
        }
        self.relay.close();
    }

    /// Ended, and everybody has all of it.
    pub fn is_done(&self) -> bool {
        self.fd < 0 && self.waiting == 0
    }
}

/// A pipe of our own behind a chatty stream's: its content is moved here at once and read from
/// here in pieces. Each read of a full pipe wakes its writer, to write one piece and sleep
/// again: this way it is woken for a whole pipe.
struct Relay {
    /// -1 for a stream that is not chatty.
    read: i32,
    write: i32,
    /// Bytes in it.
    filled: usize,
}

impl Relay {
    const NONE: Self = Self {
        read: -1,
        write: -1,
        filled: 0,
    };

    fn open(&mut self) {
        if let Ok([read, write]) = calls::pipe() {
            calls::set_pipe_size(write, CHATTY_PIPE);
            (self.read, self.write) = (read, write);
        }
    }

    /// As a read of `from`.
    fn read(&mut self, from: i32, into: &mut [u8]) -> raw::Result {
        if self.read < 0 {
            return raw::read(from, into);
        }
        if self.filled == 0 {
            self.filled = calls::move_pipe(from, self.write, CHATTY_PIPE)?;
        }
        if self.filled == 0 {
            return Ok(0);
        }
        match raw::read(self.read, into) {
            Ok(count) if count > 0 => {
                self.filled = self.filled.saturating_sub(count);
                Ok(count)
            }
            other => {
                self.filled = 0;
                other.and(Err(raw::EAGAIN))
            }
        }
    }

    fn close(&mut self) {
        if self.read >= 0 {
            raw::close(self.read);
            raw::close(self.write);
        }
        *self = Self::NONE;
    }
}

/// Standard input, or a terminal's input.
pub struct Input<'a> {
    /// -1 once it is closed; then input is thrown away.
    pub fd: i32,
    tty: bool,
    /// A message is received here: its kind, then its bytes.
    pub buffer: &'a mut [u8; BUFFER],
    from: usize,
    to: usize,
    end_wanted: bool,
    /// The last byte written, to know whether a terminal's line is open.
    last: u8,
}

impl<'a> Input<'a> {
    pub fn new(fd: i32, tty: bool, buffer: &'a mut [u8; BUFFER]) -> Self {
        if fd >= 0 {
            calls::set_nonblocking(fd);
        }
        Self {
            fd,
            tty,
            buffer,
            from: 0,
            to: 0,
            end_wanted: false,
            last: b'\n',
        }
    }

    /// Whether a piece of input still waits for the container.
    pub fn is_full(&self) -> bool {
        self.from < self.to
    }

    /// Takes over `buffer[1..length]`, a STDIN message just received.
    pub fn received(&mut self, length: usize) {
        if self.fd >= 0 && !self.end_wanted && length > 1 {
            self.from = 1;
            self.to = length;
            self.write();
        }
    }

    /// No more input will come.
    pub fn end(&mut self) {
        self.end_wanted = true;
        self.write();
    }

    /// Writes what the container takes.
    pub fn write(&mut self) {
        while self.fd >= 0 && self.from < self.to {
            match raw::write(self.fd, &self.buffer[self.from..self.to]) {
                Ok(count) => {
                    self.last = self.buffer[self.from + count.max(1) - 1];
                    self.from += count;
                }
                Err(raw::EINTR) => {}
                Err(raw::EAGAIN) => return,
                Err(_) => self.close(), // nobody reads it any more
            }
        }
        if self.end_wanted && self.fd >= 0 {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.end_wanted = false;
        if !self.tty {
            self.close();
            return;
        }
        // A terminal has no end; a reader of lines takes the end-of-file character for it.
        // Within a line the first one only hands the line over: termios(3), VEOF.
        if let Some(character) = calls::end_of_file_character(self.fd) {
            self.buffer[..2].fill(character);
            self.from = 0;
            self.to = if self.last == b'\n' { 1 } else { 2 };
            self.write();
        }
    }

    /// A terminal's descriptor is its output's too and stays open.
    pub fn close(&mut self) {
        if self.fd >= 0 && !self.tty {
            raw::close(self.fd);
        }
        self.fd = -1;
        self.from = 0;
        self.to = 0;
    }
}
