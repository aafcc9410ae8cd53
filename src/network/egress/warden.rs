//! The process beside a container with a list: user 0 in U0, in the host's network namespace.
//!
//! A thread of it makes the container's network namespace, the rules and the sockets there; the
//! others stay in the host's, since a thread that has left it could not come back (setns(2) wants
//! CAP_SYS_ADMIN in the owner of the namespace).

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::net::{TcpListener, UdpSocket};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::network::egress::log::{self, Log};
use crate::network::egress::names::Resolver;
use crate::network::egress::ruleset::{self, Doors, Element, RESOLVER};
use crate::network::egress::{Answer, Order};
use crate::network::{Error, helper};
use crate::sys::memfd;
use crate::sys::namespace::{CLONE_NEWNET, join, leave};
use crate::sys::net::{loopback_up, netfilter};
use crate::sys::poll::{Watched, poll};
use crate::sys::process::{Ended, Pidfd, own_pid, readable_within};
use crate::sys::spawn::{Program, Spawn};
use crate::userns::worker;

/// nft takes milliseconds; a machine that hangs takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

const MAX_ORDER: u64 = 4 << 20;

const SIGKILL: i32 = 9;

/// The far side: a namespace with its rules, and sockets in it.
struct Side {
    namespace: OwnedFd,
    datagrams: UdpSocket,
    streams: TcpListener,
    log: OwnedFd,
}

/// `coracle:egress`. Descriptors: where the answer goes, the order, what says whose end is ours,
/// the log.
pub fn keep() -> Result<(), Error> {
    let mut passed = worker::enter()?.into_iter();
    let (Some(ready), Some(order), Some(control), Some(log)) =
        (passed.next(), passed.next(), passed.next(), passed.next())
    else {
        return Err(Error::Egress("four descriptors are needed".to_owned()));
    };
    let made = read(order).and_then(|order| Ok((apart(|| Side::make(&order))??, order)));
    let answer = match &made {
        Ok((side, _)) => Answer {
            pid: own_pid(),
            namespace: side.namespace.as_raw_fd(),
            error: String::new(),
        },
        Err(error) => Answer {
            error: error.to_string(),
            ..Answer::default()
        },
    };
    let bytes = serde_json::to_vec(&answer).expect("numbers and a string serialise");
    File::from(ready).write_all(&bytes).map_err(Error::egress)?;
    let (side, order) = made?;
    // Open until the end: the engine opens it, and so may whoever looks at the container.
    let _namespace = serve(side, order, log)?;
    await_end(control)
}

fn read(order: OwnedFd) -> Result<Order, Error> {
    let mut text = String::new();
    let read = File::from(order).take(MAX_ORDER).read_to_string(&mut text);
    read.map_err(Error::egress)?;
    serde_json::from_str(&text).map_err(|error| Error::Egress(error.to_string()))
}

/// Does something in a thread that may go where it likes.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let broken = || Error::Egress("a thread ended".to_owned());
    thread::scope(|scope| scope.spawn(work).join().map_err(|_| broken()))
}

/// Waits for the number of a process, and for its end; or for the end of who should have said it.
fn await_end(control: OwnedFd) -> Result<(), Error> {
    let mut line = String::new();
    let read = File::from(control).take(16).read_to_string(&mut line);
    read.map_err(Error::egress)?;
    if let Ok(pid) = line.trim().parse()
        && let Ok(monitor) = Pidfd::open(pid)
    {
        let mut ended = [Watched::new(Some(monitor.as_fd())).readable_if(true)];
        while !ended[0].can_read() {
            poll(&mut ended, None)?;
        }
    }
    Ok(())
}

fn serve(side: Side, order: Order, log: OwnedFd) -> Result<Arc<OwnedFd>, Error> {
    let namespace = Arc::new(side.namespace);
    let log = Arc::new(Log::new(log, order.egress.learns));
    for (name, address) in &order.known {
        log.has(name, *address);
    }
    let (nft, place) = (order.nft, namespace.clone());
    let resolver = Arc::new(Resolver {
        egress: order.egress,
        servers: order.servers,
        log: log.clone(),
        admit: Box::new(move |text| {
            apart(|| {
                join(place.as_fd(), CLONE_NEWNET)?;
                tell(&nft, text)
            })?
        }),
        admitted: Mutex::default(),
        at_once: AtomicUsize::new(0),
    });
    let (datagrams, streams, packets) = (side.datagrams, side.streams, side.log);
    let other = resolver.clone();
    begin(move || other.serve_datagrams(datagrams))?;
    begin(move || resolver.serve_streams(streams))?;
    begin(move || log.follow(packets))?;
    Ok(namespace)
}

fn begin(work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let started = thread::Builder::new().stack_size(256 << 10).spawn(work);
    started.map(drop).map_err(Error::egress)
}

impl Side {
    /// Leaves for a network namespace of U0's and sets everything up there.
    fn make(order: &Order) -> Result<Self, Error> {
        leave(CLONE_NEWNET)?;
        loopback_up()?;
        open_low_ports();
        let datagrams = UdpSocket::bind((RESOLVER, 0)).map_err(Error::egress)?;
        let streams = TcpListener::bind((RESOLVER, 0)).map_err(Error::egress)?;
        let port = |address: std::io::Result<std::net::SocketAddr>| {
            address.map(|address| address.port()).map_err(Error::egress)
        };
        let doors = Doors {
            udp: port(datagrams.local_addr())?,
            tcp: port(streams.local_addr())?,
        };
        let known: Vec<Element> = order
            .known
            .iter()
            .flat_map(|(name, address)| {
                let all = order.egress.of_name(name);
                all.map(|one| Element {
                    address: *address,
                    port: one.port,
                })
            })
            .collect();
        tell(&order.nft, &ruleset::table(&order.egress, doors, &known))?;
        let log = netfilter()?;
        log::subscribe(&log)?;
        // Not /proc/self: that is the first thread.
        let namespace = File::open("/proc/thread-self/ns/net").map_err(Error::egress)?;
        Ok(Self {
            namespace: namespace.into(),
            datagrams,
            streams,
            log,
        })
    }
}

/// What the container's root may do in a namespace of its own: bind port 80, and ping. Without it
/// a container runs as well.
fn open_low_ports() {
    let net = Path::new("/proc/sys/net/ipv4");
    let _ = fs::write(net.join("ip_unprivileged_port_start"), "0");
    let groups = fs::read_to_string("/proc/self/gid_map").unwrap_or_default();
    let last = groups.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        let first: u32 = words.next()?.parse().ok()?;
        let count: u32 = words.nth(1)?.parse().ok()?;
        first.checked_add(count)?.checked_sub(1)
    });
    let range = net.join("ping_group_range");
    let _ = fs::write(&range, format!("0 {}", last.max().unwrap_or(0)));
}

/// Has nft carry out words in this thread's network namespace.
fn tell(nft: &Path, words: &str) -> Result<(), Error> {
    let said = |why: String| Error::Egress(format!("nft: {why}"));
    let argv = helper::arguments([nft.as_os_str(), "-f".as_ref(), "-".as_ref()])?;
    let mut input = File::from(memfd::plain(c"rules")?);
    input
        .write_all(words.as_bytes())
        .and_then(|()| input.rewind())
        .map_err(Error::egress)?;
    let (read, write) = std::io::pipe().map_err(Error::egress)?;
    let spawn = Spawn {
        argv: argv.clone(),
        stdin: Some(input.as_fd()),
        stderr: Some(write.as_fd()),
        ..Spawn::default()
    };
    let child = spawn.start(Program::Path(&argv[0]))?;
    drop(write);
    let Some(ended) = child.pidfd.wait(PATIENCE)? else {
        let _ = child.pidfd.signal(SIGKILL);
        let _ = child.pidfd.wait(PATIENCE);
        return Err(said(format!("no answer within {} s", PATIENCE.as_secs())));
    };
    if ended == Ended::Exited(0) {
        return Ok(());
    }
    let mut output = vec![0; 4096];
    let count = match readable_within(read.as_fd(), Duration::ZERO)? {
        true => (&read).read(&mut output).unwrap_or(0),
        false => 0,
    };
    let output = crate::types::escape::visible_bytes(&output[..count]);
    let line = output.lines().find(|line| !line.trim().is_empty());
    Err(said(line.unwrap_or("no reason given").to_owned()))
}
