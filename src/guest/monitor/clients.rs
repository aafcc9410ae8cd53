//! The commands attached to this container: a fixed table, no queues.
//!
//! Output is sent straight from the stream's buffer. Who cannot take it holds the stream
//! back (lossless), but not for ever: after [`STALL_LIMIT`] without a byte taken a client is
//! dropped. Only the command that started the container may pause it as long as it lives,
//! like the reader of any pipe, and nothing is read before it has said what it wants. The kernel bounds what is under way by the socket's send
//! buffer; nothing here grows (S-78, CVE-2022-1708).

use super::calls::{self, PollFd};
use crate::raw;
use crate::wire_attach as wire;

/// More are turned away; a mask of them fits a word.
pub const CLIENTS_MAX: usize = 32;
/// How long an attached client may hold the container's output back.
pub const STALL_LIMIT: u64 = 10_000;
/// How long a connection may stay silent before ATTACH.
pub const GREETING_LIMIT: u64 = 10_000;

/// A set of clients.
pub type Mask = u32;

#[derive(Clone, Copy)]
pub struct Client {
    /// -1: the slot is free.
    pub fd: i32,
    /// The command that started the container.
    pub primary: bool,
    /// ATTACH was received.
    pub greeted: bool,
    /// `wire::WANT_*`
    pub streams: u8,
    /// The peer closed; what it sent before is still to be taken.
    pub hung_up: bool,
    /// When it connected, or when it last began to hold a stream back; monotonic.
    pub since: u64,
    /// Its last message did not fit into the socket.
    pub stalled: bool,
}

const FREE: Client = Client {
    fd: -1,
    primary: false,
    greeted: false,
    streams: 0,
    hung_up: false,
    since: 0,
    stalled: false,
};

/// What became of one message to one client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Whole,
    /// Nothing of it was taken; try again when it is writable.
    NotYet,
    /// The client is gone and its slot is free.
    Gone,
}

pub struct Clients {
    pub table: [Client; CLIENTS_MAX],
    own_uid: u32,
    /// Until when the listening socket is left alone, after accept(2) failed.
    pub deaf_until: u64,
}

impl Clients {
    pub fn new(primary: i32, now: u64) -> Self {
        let mut clients = Self {
            table: [FREE; CLIENTS_MAX],
            own_uid: calls::uid(),
            deaf_until: 0,
        };
        if primary >= 0 {
            calls::set_nonblocking(primary);
            clients.table[0] = Client {
                fd: primary,
                primary: true,
                since: now,
                ..FREE
            };
        }
        clients
    }

    /// Takes at most a table's worth of connections: one caller cannot keep us here.
    pub fn accept(&mut self, listen: i32, now: u64) {
        for _ in 0..CLIENTS_MAX {
            match calls::accept(listen) {
                Ok(fd) => self.admit(fd, now),
                Err(raw::EAGAIN) => return,
                Err(raw::EINTR) => {}
                Err(_) => {
                    // Out of descriptors or memory: poll(2) would report it for ever.
                    self.deaf_until = now + 1000;
                    return;
                }
            }
        }
    }

    /// Takes the starting command, which has connected before it gave the word.
    pub fn adopt(&mut self, listen: i32, now: u64) {
        self.accept(listen, now);
        self.table[0].primary = self.table[0].fd >= 0;
    }

    /// Only the container's user, and only while there is room.
    fn admit(&mut self, fd: i32, now: u64) {
        let slot = self.table.iter_mut().find(|client| client.fd < 0);
        match slot {
            Some(slot) if calls::peer_uid(fd) == Some(self.own_uid) => {
                *slot = Client {
                    fd,
                    since: now,
                    ..FREE
                };
            }
            _ => raw::close(fd),
        }
    }

    pub fn drop_client(&mut self, index: usize) {
        raw::close(self.table[index].fd);
        self.table[index] = FREE;
    }

    /// The clients that want a stream of `wire::WANT_*`.
    pub fn wanting(&self, stream: u8) -> Mask {
        let mut mask = 0;
        for (index, client) in self.table.iter().enumerate() {
            if client.fd >= 0 && client.greeted && client.streams & stream != 0 {
                mask |= 1 << index;
            }
        }
        mask
    }

    /// Whether the starting command has yet to say which streams it wants.
    pub fn primary_is_silent(&self) -> bool {
        let primary = &self.table[0];
        primary.fd >= 0 && primary.primary && !primary.greeted && !primary.hung_up
    }

    /// Whether the starting command is attached.
    pub fn has_primary(&self) -> bool {
        let primary = &self.table[0];
        primary.fd >= 0 && primary.primary && primary.greeted
    }

    /// Sends one message; remembers since when the client could not take it.
    pub fn send(&mut self, index: usize, kind: u8, bytes: &[u8], now: u64) -> Sent {
        let client = &mut self.table[index];
        if client.fd < 0 {
            return Sent::Gone;
        }
        match calls::send(client.fd, kind, bytes) {
            Ok(_) => {
                client.stalled = false;
                Sent::Whole
            }
            Err(raw::EAGAIN | raw::EINTR | raw::ENOMEM | ENOBUFS) => {
                if !client.stalled {
                    client.stalled = true;
                    client.since = now;
                }
                Sent::NotYet
            }
            Err(_) => {
                self.drop_client(index);
                Sent::Gone
            }
        }
    }

    /// Sends a chunk to everybody in `mask` and returns those who still need it.
    pub fn deliver(&mut self, mask: Mask, kind: u8, bytes: &[u8], now: u64) -> Mask {
        let mut left = mask;
        for index in 0..CLIENTS_MAX {
            if mask & 1 << index != 0 && self.send(index, kind, bytes, now) != Sent::NotYet {
                left &= !(1 << index);
            }
        }
        left
    }

    /// Drops who was silent or did not read for too long.
    pub fn expire(&mut self, now: u64) {
        for index in 0..CLIENTS_MAX {
            if self.table[index]
                .deadline()
                .is_some_and(|deadline| now >= deadline)
            {
                self.drop_client(index);
            }
        }
    }

    pub fn next_deadline(&self) -> Option<u64> {
        self.table.iter().filter_map(Client::deadline).min()
    }

    /// Writes what to wait for; `stdin_full` keeps back those who send input.
    pub fn poll_entries(&self, into: &mut [PollFd], stdin_full: bool) {
        for (client, entry) in self.table.iter().zip(into) {
            let mut events = 0;
            if !(stdin_full && client.sends_input()) {
                events |= calls::POLLIN;
            }
            if client.stalled {
                events |= calls::POLLOUT;
            }
            let fd = if client.hung_up { -1 } else { client.fd };
            *entry = PollFd {
                fd,
                events,
                revents: 0,
            };
        }
    }
}

const ENOBUFS: raw::Errno = 105;

impl Client {
    pub fn sends_input(&self) -> bool {
        self.streams & wire::WANT_STDIN != 0
    }

    fn deadline(&self) -> Option<u64> {
        if self.fd < 0 || self.primary {
            None
        } else if !self.greeted {
            Some(self.since + GREETING_LIMIT)
        } else if self.stalled {
            Some(self.since + STALL_LIMIT)
        } else {
            None
        }
    }
}
