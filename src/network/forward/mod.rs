//! Published ports of a container on named networks: a process of ours beside its monitor.
//!
//! ```text
//! tcp.rs    connections: accepted on the host, joined to the container's
//! flow.rs   one direction of a connection, by splice(2)
//! udp.rs    datagrams: one socket into the container per client, until it is silent
//! way.rs    where the container is, and how it comes to see the client's own address
//! ```
//!
//! The sockets that listen are of the host's network namespace, where this process begins; then it
//! joins the namespace of all bridges, and every socket towards the container is of that one. It
//! is user 0 in U0 and keeps one capability there, CAP_NET_ADMIN. It ends with the monitor, whose
//! process it watches; closing its sockets is all there is to clean up. When the container's
//! networks change, the order is written anew and SIGHUP says so: connections that are open stay.
//!
//! One thread, epoll(7), and a bound for everything: connections, clients, bytes on the way.

mod flow;
mod slots;
mod tcp;
mod udp;
mod way;

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::network::bridge::shared::Shared;
use crate::network::{Error, ports};
use crate::sys::confine::keep_network_capability;
use crate::sys::epoll::{Epoll, Found, Interest};
use crate::sys::namespace::{CLONE_NEWNET, join};
use crate::sys::process::{self, Pidfd, own_pid, readable_within};
use crate::sys::signal::Caught;
use crate::types::network::Joined;
use crate::types::request::{PortMapping, Protocol};
use crate::userns::{Base, worker};

use tcp::Connections;
use udp::Datagrams;
pub use way::forget;

use way::Way;

/// The order's name in the container's runtime directory.
const ORDER: &str = "ports.json";

/// More than any container publishes.
const MAX_ORDER: u64 = 4 << 20;

/// Binding thousands of ports takes a moment.
const READY: Duration = Duration::from_secs(20);

const SIGHUP: i32 = 1;

/// How many events are looked at in a row.
const EVENTS: usize = 256;

/// How often is looked for what took too long, while there is anything that could.
const TICK: Duration = Duration::from_secs(1);

/// Descriptors for everything but connections.
const OTHER_FILES: u64 = 64;

/// What a forwarder does, on disk.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Order {
    pub ports: Vec<PortMapping>,
    /// Where the container is; the first address of a kind is the one that is connected to.
    pub joined: Vec<Joined>,
}

impl Order {
    /// Writes the order into a container's runtime directory, in the place of an older one.
    pub fn write(&self, directory: &Path) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self).expect("an order has string keys only");
        let beside = directory.join("ports.new");
        std::fs::write(&beside, bytes)
            .and_then(|()| std::fs::rename(&beside, directory.join(ORDER)))
            .map_err(Error::holder)
    }

    /// `None` where nothing is published.
    pub fn read(directory: &Path) -> Result<Option<Self>, Error> {
        let file = match File::open(directory.join(ORDER)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(Error::holder)?,
        };
        let mut bytes = Vec::new();
        let read = file.take(MAX_ORDER).read_to_end(&mut bytes);
        read.map_err(Error::holder)?;
        let order = serde_json::from_slice(&bytes);
        order.map(Some).map_err(|error| Error::holder(error.into()))
    }
}

/// Starts the forwarder of a container; returns its pid once every port is bound.
///
/// It ends with `monitor`; its order is in `directory`.
pub fn start(
    base: &Base,
    shared: &Shared,
    monitor: &Pidfd,
    directory: &Path,
) -> Result<i32, Error> {
    let directory = crate::sys::fs::open_directory(directory)?;
    let (read, write) = std::io::pipe().map_err(Error::holder)?;
    let passed = [
        write.as_fd(),
        shared.network(),
        monitor.as_fd(),
        directory.as_fd(),
    ];
    worker::detached(Some(base), "network-ports", &passed)?;
    drop(write);
    let mut said = String::new();
    if readable_within(read.as_fd(), READY)? {
        let read = read.take(4096).read_to_string(&mut said);
        read.map_err(Error::holder)?;
    }
    said.parse().map_err(|_| Error::Forwarder(said))
}

/// Tells a forwarder that its order was written anew.
pub fn tell(forwarder: &Pidfd) -> Result<(), Error> {
    Ok(forwarder.signal(SIGHUP)?)
}

/// `coracle:network-ports`. Descriptors: where to write the pid once the ports are bound or why
/// they are not, the namespace of all bridges, the monitor, the container's runtime directory.
pub fn work() -> Result<(), Error> {
    let mut passed = worker::enter()?.into_iter();
    let (Some(ready), Some(net), Some(monitor), Some(directory)) =
        (passed.next(), passed.next(), passed.next(), passed.next())
    else {
        return Err(Error::Forwarder("four descriptors are needed".to_owned()));
    };
    let mut ready = File::from(ready);
    let prepared = Forwarder::prepare(&net, monitor, directory);
    let said = match &prepared {
        Ok(_) => write!(ready, "{}", own_pid()),
        Err(error) => write!(ready, "{error}"),
    };
    said.map_err(Error::holder)?;
    drop((ready, net));
    prepared?.run()
}

/// What a watched descriptor is, with a number that tells it from others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Monitor,
    Signal,
    TcpPort(u32),
    UdpPort(u32),
    Client(u32),
    Server(u32),
    Exchange(u32),
}

impl Name {
    fn word(self) -> u64 {
        let (kind, number) = match self {
            Self::Monitor => (0, 0),
            Self::Signal => (1, 0),
            Self::TcpPort(number) => (2, number),
            Self::UdpPort(number) => (3, number),
            Self::Client(number) => (4, number),
            Self::Server(number) => (5, number),
            Self::Exchange(number) => (6, number),
        };
        (kind << 32) | u64::from(number)
    }

    fn of(word: u64) -> Self {
        let number = word as u32;
        match word >> 32 {
            0 => Self::Monitor,
            2 => Self::TcpPort(number),
            3 => Self::UdpPort(number),
            4 => Self::Client(number),
            5 => Self::Server(number),
            6 => Self::Exchange(number),
            _ => Self::Signal,
        }
    }
}

const READING: Interest = Interest {
    read: true,
    write: false,
};

/// The process.
struct Forwarder {
    epoll: Epoll,
    /// Its end is ours.
    _monitor: OwnedFd,
    directory: OwnedFd,
    caught: Caught,
    way: Way,
    connections: Connections,
    datagrams: Datagrams,
}

impl Forwarder {
    fn prepare(net: &OwnedFd, monitor: OwnedFd, directory: OwnedFd) -> Result<Self, Error> {
        let caught = Caught::new(&[SIGHUP])?;
        let order = order_in(&directory)?;
        let files = process::allow_files();
        let bound = ports::bind_for_good(&order.ports)?;
        let epoll = Epoll::new(EVENTS)?;
        epoll.add(&monitor, Name::Monitor.word(), READING)?;
        epoll.add(&caught, Name::Signal.word(), READING)?;
        let left = files.saturating_sub(bound.len() as u64 + OTHER_FILES);
        let mut connections = Connections::new(left / 2);
        let mut datagrams = Datagrams::new(left / 2);
        for one in bound {
            match one.protocol {
                Protocol::Tcp => connections.publish(&epoll, one)?,
                Protocol::Udp => datagrams.publish(&epoll, one)?,
                Protocol::Sctp => return Err(Error::NotCarried(one.protocol)),
            }
        }
        join(net.as_fd(), CLONE_NEWNET)?;
        process::set_no_new_privs()?;
        keep_network_capability()?;
        let mut way = Way::new();
        way.lead_to(&order);
        Ok(Self {
            epoll,
            _monitor: monitor,
            directory,
            caught,
            way,
            connections,
            datagrams,
        })
    }

    fn run(mut self) -> Result<(), Error> {
        let mut found: Vec<Found> = Vec::with_capacity(EVENTS);
        let mut ticked = Instant::now();
        loop {
            found.clear();
            let limit = match self.is_idle() {
                true => Duration::from_secs(3600),
                false => TICK,
            };
            self.epoll.wait(limit, &mut found)?;
            let now = Instant::now();
            for one in &found {
                if Name::of(one.name) == Name::Monitor {
                    return Ok(());
                }
                self.attend(one, now);
            }
            if now.duration_since(ticked) >= TICK {
                ticked = now;
                let (epoll, way) = (&self.epoll, &mut self.way);
                self.connections.tick(epoll, way, now);
                self.datagrams.tick(way, now);
                self.way.tick(now);
            }
            // Only now: an event that is still to be looked at must not mean a newcomer.
            self.connections.settle(&self.epoll);
            self.datagrams.settle();
        }
    }

    fn is_idle(&self) -> bool {
        self.connections.nothing_is_late() && self.datagrams.are_none() && self.way.is_clear()
    }

    fn attend(&mut self, found: &Found, now: Instant) {
        let (epoll, way) = (&self.epoll, &mut self.way);
        match Name::of(found.name) {
            Name::Monitor => {}
            Name::Signal => {
                while self.caught.next().is_some() {}
                // One that cannot be read leaves everything as it was.
                if let Ok(order) = order_in(&self.directory) {
                    way.lead_to(&order);
                }
            }
            Name::TcpPort(number) => self.connections.accept(epoll, way, number, now),
            Name::Client(number) => self.connections.client(epoll, way, number, found),
            Name::Server(number) => self.connections.server(epoll, way, number, found, now),
            Name::UdpPort(number) => self.datagrams.arrive(epoll, way, number, now),
            Name::Exchange(number) => self.datagrams.answer(number, now),
        }
    }
}

fn order_in(directory: &OwnedFd) -> Result<Order, Error> {
    let path = format!("/proc/self/fd/{}", directory.as_raw_fd());
    Ok(Order::read(Path::new(&path))?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_back() {
        for name in [
            Name::Monitor,
            Name::Signal,
            Name::TcpPort(1),
            Name::UdpPort(0),
            Name::Client(u32::MAX),
            Name::Server(7),
            Name::Exchange(9),
        ] {
            assert_eq!(Name::of(name.word()), name);
        }
    }
}
