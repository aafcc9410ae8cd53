//! Datagrams: each client that sends to a port has a socket into the container, by which the
//! answers come back to it.
//!
//! A client is forgotten when nothing has gone either way for a while, and the one that was silent
//! longest when there are too many. Answers leave from the address that the client sent to.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use crate::network::forward::slots::Slots;
use crate::network::forward::way::Way;
use crate::network::forward::{Name, READING};
use crate::network::{Error, ports::Bound};
use crate::sys::epoll::Epoll;
use crate::sys::net::Transport;
use crate::sys::socket::{self, Here};

/// Clients at once.
const MOST: u64 = 1024;

/// How long a client may be silent: what netfilter allows one that has been answered.
const SILENCE: Duration = Duration::from_secs(120);

/// How many datagrams are carried in a row.
const ROW: u32 = 64;

/// More than a datagram can hold.
const BUFFER: usize = 64 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    port: u32,
    from: SocketAddr,
    here: Here,
}

#[derive(Debug)]
struct Exchange {
    key: Key,
    server: UdpSocket,
    kept: Option<IpAddr>,
    last: Instant,
}

/// All exchanges through a container's ports.
#[derive(Debug)]
pub struct Datagrams {
    ports: Vec<(OwnedFd, u16)>,
    all: Slots<Exchange>,
    known: HashMap<Key, u32>,
    buffer: Vec<u8>,
}

impl Datagrams {
    pub fn new(files: u64) -> Self {
        Self {
            ports: Vec::new(),
            all: Slots::new(files.clamp(1, MOST) as usize),
            known: HashMap::new(),
            buffer: Vec::new(),
        }
    }

    pub fn publish(&mut self, epoll: &Epoll, bound: Bound) -> Result<(), Error> {
        socket::tell_destination(&bound.socket, bound.ipv6)?;
        let number = self.ports.len() as u32;
        epoll.add(&bound.socket, Name::UdpPort(number).word(), READING)?;
        self.ports.push((bound.socket, bound.inside));
        self.buffer.resize(BUFFER, 0);
        Ok(())
    }

    /// Carries what has arrived at a port into the container.
    pub fn arrive(&mut self, epoll: &Epoll, way: &mut Way, port: u32, now: Instant) {
        for _ in 0..ROW {
            let Some((listener, inside)) = self.ports.get(port as usize) else {
                return;
            };
            let inside = *inside;
            let (count, from, here) = match socket::receive(listener, &mut self.buffer) {
                Ok(Some(one)) => one,
                Ok(None) => return,
                // What became of an earlier answer: udp(7), "Error handling".
                Err(_) => continue,
            };
            let key = Key { port, from, here };
            let Some(number) = self.exchange(epoll, way, key, inside, now) else {
                continue;
            };
            if let Some(exchange) = self.all.get(number) {
                exchange.last = now;
                let bytes = &self.buffer[..count];
                // The first error may be of an earlier one: nobody listened then.
                if exchange.server.send(bytes).is_err() {
                    let _ = exchange.server.send(bytes);
                }
            }
        }
    }

    fn exchange(
        &mut self,
        epoll: &Epoll,
        way: &mut Way,
        key: Key,
        inside: u16,
        now: Instant,
    ) -> Option<u32> {
        if let Some(number) = self.known.get(&key) {
            return Some(*number);
        }
        if self.all.is_full() {
            let oldest = self.all.each().min_by_key(|(_, one)| one.last);
            let (number, _) = oldest?;
            self.forget(way, number, now);
            // Its number is free after this round; until then newcomers' datagrams are lost, as
            // datagrams may be.
            if self.all.is_full() {
                return None;
            }
        }
        for attempt in way.attempts(key.from, inside) {
            let kept = attempt.kept && way.hold(key.from.ip(), now);
            if attempt.kept && !kept {
                continue;
            }
            let own = kept.then_some(key.from);
            match socket::begin(Transport::Udp, own, attempt.to) {
                Ok(server) => {
                    let number = self.all.next();
                    let added = epoll.add(&server, Name::Exchange(number).word(), READING);
                    let kept = kept.then_some(key.from.ip());
                    if added.is_err() {
                        if let Some(client) = kept {
                            way.release(client, now);
                        }
                        return None;
                    }
                    self.all.put(Exchange {
                        key,
                        server: server.into(),
                        kept,
                        last: now,
                    });
                    self.known.insert(key, number);
                    return Some(number);
                }
                Err(_) if kept => way.release(key.from.ip(), now),
                Err(_) => {}
            }
        }
        None
    }

    /// Carries the container's answers back.
    pub fn answer(&mut self, number: u32, now: Instant) {
        for _ in 0..ROW {
            let Some(exchange) = self.all.get(number) else {
                return;
            };
            match exchange.server.recv(&mut self.buffer) {
                Ok(count) => {
                    exchange.last = now;
                    let key = exchange.key;
                    if let Some((listener, _)) = self.ports.get(key.port as usize) {
                        let bytes = &self.buffer[..count];
                        let _ = socket::answer(listener, bytes, key.from, key.here);
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return,
                // Nobody listens there: told once per datagram.
                Err(_) => {}
            }
        }
    }

    fn forget(&mut self, way: &mut Way, number: u32, now: Instant) {
        if let Some(gone) = self.all.take(number) {
            self.known.remove(&gone.key);
            if let Some(client) = gone.kept {
                way.release(client, now);
            }
        }
    }

    pub fn are_none(&self) -> bool {
        self.all.count() == 0
    }

    pub fn tick(&mut self, way: &mut Way, now: Instant) {
        let silent = |one: &Exchange| now.duration_since(one.last) > SILENCE;
        let gone: Vec<u32> = self
            .all
            .each()
            .filter(|(_, one)| silent(one))
            .map(|(number, _)| number)
            .collect();
        for number in gone {
            self.forget(way, number, now);
        }
    }

    pub fn settle(&mut self) {
        self.all.settle();
    }
}
