//! The resolver of a container with a list: asks the host's servers for the names on it, and lets
//! through the addresses of an answer before the container has the answer.
//!
//! It asks from the host's network, where 127.0.0.53 is reached too, and answers in the container's.
//! Every question has a thread for as long as it takes; there are [`MAX_AT_ONCE`] at most, and a
//! question more is lost, as on any network.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::network::egress::log::Log;
use crate::network::egress::message::{self, Question};
use crate::network::egress::ruleset::{self, Element, MAX_ADMITTED};
use crate::network::{Error, resolv};
use crate::sys::fs::random;
use crate::types::egress::Egress;

const MAX_AT_ONCE: usize = 64;

/// More than any question, RFC 1035, 2.3.4, with what EDNS adds.
const MAX_QUERY: usize = 4096;

/// How long one server may take, and how often all are asked; a resolver library waits 5 s and more.
const PATIENCE: Duration = Duration::from_millis(1500);
const ROUNDS: usize = 2;

/// resolv.conf(5), MAXNS.
const MAX_SERVERS: usize = 3;

/// How long a client may say nothing on a connection.
const IDLE: Duration = Duration::from_secs(10);

/// An address is let through for as long as its answer is good, within these bounds: a program may
/// take its time to connect, and nobody asks for an address that is good for years again.
const SHORTEST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

const STACK: usize = 256 << 10;

/// Lets addresses through; gives nft's words.
pub type Admit = Box<dyn Fn(&str) -> Result<(), Error> + Send + Sync>;

pub struct Resolver {
    pub egress: Egress,
    /// `--dns`; empty is as the host at that moment.
    pub servers: Vec<IpAddr>,
    pub log: Arc<Log>,
    pub admit: Admit,
    pub admitted: Mutex<HashMap<Element, Instant>>,
    pub at_once: AtomicUsize,
}

#[derive(Clone, Copy)]
enum Way {
    Datagram,
    Stream,
}

impl Resolver {
    /// Answers datagrams for ever.
    pub fn serve_datagrams(self: &Arc<Self>, socket: UdpSocket) {
        let socket = Arc::new(socket);
        let mut buffer = [0; MAX_QUERY];
        loop {
            let Ok((count, from)) = socket.recv_from(&mut buffer) else {
                thread::sleep(Duration::from_millis(10)); // an error of an earlier answer
                continue;
            };
            let (query, own, back) = (buffer[..count].to_vec(), self.clone(), socket.clone());
            self.at_once(move || {
                if let Some(answer) = own.answer(&query, Way::Datagram) {
                    let _ = back.send_to(&answer, from);
                }
            });
        }
    }

    /// Answers connections for ever: RFC 7766.
    pub fn serve_streams(self: &Arc<Self>, listener: TcpListener) {
        loop {
            let Ok((stream, _)) = listener.accept() else {
                thread::sleep(Duration::from_millis(10));
                continue;
            };
            let own = self.clone();
            self.at_once(move || {
                let _ = own.converse(stream);
            });
        }
    }

    fn at_once(self: &Arc<Self>, work: impl FnOnce() + Send + 'static) {
        if self.at_once.fetch_add(1, Ordering::AcqRel) < MAX_AT_ONCE {
            let own = self.clone();
            let started = thread::Builder::new().stack_size(STACK).spawn(move || {
                work();
                own.at_once.fetch_sub(1, Ordering::AcqRel);
            });
            if started.is_ok() {
                return;
            }
        }
        self.at_once.fetch_sub(1, Ordering::AcqRel);
    }

    fn converse(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(IDLE))?;
        stream.set_write_timeout(Some(IDLE))?;
        loop {
            let query = framed(&mut stream)?;
            let Some(answer) = self.answer(&query, Way::Stream) else {
                return Ok(());
            };
            write_framed(&mut stream, &answer)?;
        }
    }

    /// `None` for what deserves no answer.
    fn answer(&self, query: &[u8], way: Way) -> Option<Vec<u8>> {
        let question = message::question(query)?;
        let listed = self.egress.of_name(&question.name).next().is_some();
        if !listed {
            self.log.asked(&question.name);
        }
        if !listed && !self.egress.learns {
            let code = message::NO_SUCH_NAME;
            return Some(message::without_records(query, &question, code));
        }
        let answer = self.ask(query, &question, way);
        let answer = answer.filter(|answer| self.admit(&question, answer).is_ok());
        let failed = || message::without_records(query, &question, message::SERVER_FAILED);
        Some(answer.unwrap_or_else(failed))
    }

    fn servers(&self) -> Vec<IpAddr> {
        let mut servers = match self.servers.is_empty() {
            true => resolv::of_host(),
            false => self.servers.clone(),
        };
        servers.truncate(MAX_SERVERS);
        servers
    }

    fn ask(&self, query: &[u8], question: &Question, way: Way) -> Option<Vec<u8>> {
        let servers = self.servers();
        for _ in 0..ROUNDS {
            for server in &servers {
                let server = SocketAddr::new(*server, 53);
                let answer = match way {
                    Way::Datagram => ask_by_datagram(server, query, question),
                    Way::Stream => ask_by_stream(server, query, question),
                };
                if let Some(mut answer) = answer {
                    message::renumber(&mut answer, question.id);
                    return Some(answer);
                }
            }
        }
        None
    }

    /// Lets through what the list has the name for; later than this nobody knows the addresses.
    fn admit(&self, question: &Question, answer: &[u8]) -> Result<(), Error> {
        let unreadable = || Error::Egress("an answer that cannot be read".to_owned());
        let found = message::addresses(answer, question).ok_or_else(unreadable)?;
        let mut wanted = Vec::new();
        for (address, live) in found {
            self.log.has(&question.name, address);
            let live = Duration::from_secs(live.into()).clamp(SHORTEST, LONGEST);
            for one in self.egress.of_name(&question.name) {
                let port = one.port;
                if may_be_named(address) {
                    wanted.push((Element { address, port }, live));
                }
            }
        }
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        // What has half of its time left is left alone: most answers change nothing.
        wanted.retain(|(element, live)| {
            admitted
                .get(element)
                .is_none_or(|end| *end < now + *live / 2)
        });
        if wanted.is_empty() {
            return Ok(());
        }
        admitted.retain(|_, end| *end > now);
        if admitted.len() + wanted.len() > MAX_ADMITTED {
            return Err(Error::Egress("too many addresses".to_owned()));
        }
        (self.admit)(&ruleset::admit(&wanted))?;
        admitted.extend(
            wanted
                .into_iter()
                .map(|(element, live)| (element, now + live)),
        );
        Ok(())
    }
}

/// Names lead to machines elsewhere: whoever answers for one must not open the way to what is
/// beside this machine, such as a cloud's 169.254.169.254.
fn may_be_named(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let odd = v4.is_loopback() || v4.is_link_local() || v4.is_multicast();
            !(odd || v4.is_unspecified() || v4.is_broadcast())
        }
        IpAddr::V6(v6) => {
            let odd = v6.is_loopback() || v6.is_unicast_link_local() || v6.is_multicast();
            !(odd || v6.is_unspecified() || v6.to_ipv4_mapped().is_some())
        }
    }
}

/// The query under a number that nobody else knows, which the answer has to have.
fn numbered(query: &[u8]) -> Option<(Vec<u8>, u16)> {
    let mut bytes = [0; 2];
    random(&mut bytes).ok()?;
    let id = u16::from_ne_bytes(bytes);
    let mut query = query.to_vec();
    message::renumber(&mut query, id);
    Some((query, id))
}

fn ask_by_datagram(server: SocketAddr, query: &[u8], question: &Question) -> Option<Vec<u8>> {
    let (query, id) = numbered(query)?;
    let any: IpAddr = match server {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    // A port of its own, and connected: nobody else's answer is received.
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(server).ok()?;
    socket.send(&query).ok()?;
    let end = Instant::now() + PATIENCE;
    let mut buffer = vec![0; usize::from(u16::MAX)];
    loop {
        let left = end.checked_duration_since(Instant::now())?;
        socket
            .set_read_timeout(Some(left.max(Duration::from_millis(1))))
            .ok()?;
        let count = socket.recv(&mut buffer).ok()?;
        if message::answers(&buffer[..count], question, id) {
            buffer.truncate(count);
            return Some(buffer);
        }
    }
}

fn ask_by_stream(server: SocketAddr, query: &[u8], question: &Question) -> Option<Vec<u8>> {
    let (query, id) = numbered(query)?;
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    write_framed(&mut stream, &query).ok()?;
    let answer = framed(&mut stream).ok()?;
    message::answers(&answer, question, id).then_some(answer)
}

/// A message with its length before it: RFC 1035, 4.2.2.
fn framed(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message)?;
    Ok(message)
}

fn write_framed(stream: &mut TcpStream, message: &[u8]) -> std::io::Result<()> {
    let length = u16::try_from(message.len()).map_err(std::io::Error::other)?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(message);
    stream.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_lead_beside_this_machine() {
        for (address, may) in [
            ("192.0.2.1", true),
            ("10.0.0.1", true),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("2001:db8::1", true),
            ("fe80::1", false),
            ("::1", false),
            ("::ffff:10.0.0.1", false),
        ] {
            let parsed = address.parse().expect("an address");
            assert_eq!(may_be_named(parsed), may, "{address}");
        }
    }
}
