//! What the container tried and the list does not name, each destination once.
//!
//! The kernel hands over the beginning of such a packet by netlink: linux/netfilter/
//! nfnetlink_log.h. The line goes to `egress.log` beside the container's record.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::OwnedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::network::Error;
use crate::network::egress::ruleset::{LOG_GROUP, MAX_ADMITTED, MAX_NOTED};
use crate::types::Timestamp;
use crate::types::egress::Noted;

/// NFNL_SUBSYS_ULOG, and the two messages of it.
const PACKET: u16 = 4 << 8;
const CONFIG: u16 = 4 << 8 | 1;

/// NLMSG_ERROR, and the flags NLM_F_REQUEST and NLM_F_ACK: netlink(7).
const ERROR: u16 = 2;
const ASK: u16 = 1 | 4;

/// struct nlmsghdr, and struct nfgenmsg behind it.
const HEADER: usize = 16;
const GENERAL: usize = 4;

const TCP: u8 = 6;
const UDP: u8 = 17;

/// A destination, as the kernel saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Packet {
    protocol: u8,
    address: IpAddr,
    port: Option<u16>,
}

/// The file, and what is in it already.
#[derive(Debug)]
pub struct Log {
    state: Mutex<State>,
    /// What is written down was let through.
    passes: bool,
}

#[derive(Debug)]
struct State {
    file: File,
    packets: HashSet<Packet>,
    asked: HashSet<String>,
    names: HashMap<IpAddr, String>,
}

impl Log {
    pub fn new(file: OwnedFd, passes: bool) -> Self {
        let state = State {
            file: file.into(),
            packets: HashSet::new(),
            asked: HashSet::new(),
            names: HashMap::new(),
        };
        Self {
            state: Mutex::new(state),
            passes,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers whose address it is.
    pub fn has(&self, name: &str, address: IpAddr) {
        let names = &mut self.state().names;
        if names.len() < MAX_ADMITTED || names.contains_key(&address) {
            names.insert(address, name.to_owned());
        }
    }

    /// Writes down a name that was asked for and is not on the list.
    pub fn asked(&self, name: &str) {
        let mut state = self.state();
        if state.asked.len() < MAX_NOTED && state.asked.insert(name.to_owned()) {
            state.write(&Noted {
                time: Timestamp::now(),
                passed: self.passes,
                protocol: "dns".to_owned(),
                address: None,
                port: None,
                name: Some(name.to_owned()),
            });
        }
    }

    fn tried(&self, packet: Packet) {
        let mut state = self.state();
        if state.packets.len() < 4 * MAX_NOTED && state.packets.insert(packet) {
            let name = state.names.get(&packet.address).cloned();
            state.write(&Noted {
                time: Timestamp::now(),
                passed: self.passes,
                protocol: match packet.protocol {
                    TCP => "tcp".to_owned(),
                    UDP => "udp".to_owned(),
                    other => other.to_string(),
                },
                address: Some(packet.address),
                port: packet.port,
                name,
            });
        }
    }

    /// Writes down what the kernel hands over, for as long as it does.
    pub fn follow(&self, socket: OwnedFd) {
        let mut socket = File::from(socket);
        let mut buffer = vec![0; 64 << 10];
        loop {
            match socket.read(&mut buffer) {
                Ok(count) => messages(&buffer[..count])
                    .filter(|(kind, _)| *kind == PACKET)
                    .filter_map(|(_, body)| packet(payload(body)?))
                    .for_each(|packet| self.tried(packet)),
                // ENOBUFS: more came than fit; what was lost is tried again or not missed.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.raw_os_error() == Some(ENOBUFS) => {}
                Err(_) => return,
            }
        }
    }
}

const ENOBUFS: i32 = 105;

impl State {
    /// A full disk loses lines, never the container.
    fn write(&mut self, noted: &Noted) {
        if let Ok(mut line) = serde_json::to_vec(noted) {
            line.push(b'\n');
            let _ = self.file.write_all(&line);
        }
    }
}

/// Has the kernel hand the group's packets to this socket, the first 64 bytes of each.
pub fn subscribe(socket: &OwnedFd) -> Result<(), Error> {
    let mut file = File::from(socket.try_clone().map_err(Error::egress)?);
    let mut message = Vec::new();
    message.extend([0; 4]);
    message.extend(CONFIG.to_ne_bytes());
    message.extend(ASK.to_ne_bytes());
    message.extend([0; 8]);
    // nfgenmsg: no family, version 0, the group.
    message.extend([0, 0]);
    message.extend(LOG_GROUP.to_be_bytes());
    // NFULA_CFG_CMD: bind; NFULA_CFG_MODE: copy packets; NFULA_CFG_QTHRESH: at once.
    attribute(&mut message, 1, &[1]);
    attribute(&mut message, 2, &[0, 0, 0, 64, 2, 0]);
    attribute(&mut message, 5, &1u32.to_be_bytes());
    let length = message.len() as u32;
    message[..4].copy_from_slice(&length.to_ne_bytes());
    file.write_all(&message).map_err(Error::egress)?;
    let mut buffer = [0; 4096];
    let count = file.read(&mut buffer).map_err(Error::egress)?;
    let answer = messages(&buffer[..count]).find(|(kind, _)| *kind == ERROR);
    let code =
        answer.and_then(|(_, body)| Some(i32::from_ne_bytes(body.get(..4)?.try_into().ok()?)));
    match code {
        Some(0) => Ok(()),
        Some(errno) => Err(Error::egress(std::io::Error::from_raw_os_error(-errno))),
        None => Err(Error::Egress("the kernel's log does not answer".to_owned())),
    }
}

fn attribute(message: &mut Vec<u8>, kind: u16, data: &[u8]) {
    message.extend((4 + data.len() as u16).to_ne_bytes());
    message.extend(kind.to_ne_bytes());
    message.extend(data);
    message.resize(message.len().next_multiple_of(4), 0);
}

/// The kinds and bodies of the messages of one read.
fn messages(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let length = u32::from_ne_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let kind = u16::from_ne_bytes(rest.get(4..6)?.try_into().ok()?);
        let body = rest.get(HEADER..length)?;
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some((kind, body))
    })
}

/// The packet in a message: attribute NFULA_PAYLOAD.
fn payload(body: &[u8]) -> Option<&[u8]> {
    const PAYLOAD: u16 = 9;
    let mut rest = body.get(GENERAL..)?;
    loop {
        let length = usize::from(u16::from_ne_bytes(rest.get(..2)?.try_into().ok()?));
        let kind = u16::from_ne_bytes(rest.get(2..4)?.try_into().ok()?);
        let data = rest.get(4..length)?;
        if kind & 0x3fff == PAYLOAD {
            return Some(data);
        }
        rest = rest.get(length.next_multiple_of(4)..)?;
    }
}

/// Reads where a packet goes: RFC 791, 3.1; RFC 8200, 3.
fn packet(bytes: &[u8]) -> Option<Packet> {
    let (protocol, address, behind) = match bytes.first()? >> 4 {
        4 => {
            let address = <[u8; 4]>::try_from(bytes.get(16..20)?).ok()?;
            let length = usize::from(bytes[0] & 0x0f) * 4;
            (bytes[9], IpAddr::from(Ipv4Addr::from(address)), length)
        }
        6 => {
            let address = <[u8; 16]>::try_from(bytes.get(24..40)?).ok()?;
            (bytes[6], IpAddr::from(Ipv6Addr::from(address)), 40)
        }
        _ => return None,
    };
    let port = bytes.get(behind + 2..behind + 4);
    let port = port.filter(|_| matches!(protocol, TCP | UDP));
    Some(Packet {
        protocol,
        address,
        port: port.map(|port| u16::from_be_bytes([port[0], port[1]])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_read() {
        let mut four = vec![
            0x45, 0, 0, 0, 0, 0, 0, 0, 64, TCP, 0, 0, 10, 0, 0, 1, 192, 0, 2, 9,
        ];
        four.extend([0x30, 0x39, 0, 80]);
        let mut six = vec![0x60, 0, 0, 0, 0, 0, 58, 64];
        six.extend([1; 16]);
        six.extend(Ipv6Addr::LOCALHOST.octets());
        for (bytes, protocol, address, port) in
            [(&four, TCP, "192.0.2.9", Some(80)), (&six, 58, "::1", None)]
        {
            let mut body = vec![0; GENERAL];
            attribute(&mut body, 10, b"prefix\0");
            attribute(&mut body, 9, bytes);
            let read = packet(payload(&body).expect("a payload")).expect("a packet");
            let address = address.parse().expect("an address");
            assert_eq!(
                read,
                Packet {
                    protocol,
                    address,
                    port
                }
            );
        }
        assert_eq!(packet(&four[..18]), None);
        assert_eq!(payload(&[0, 0, 0, 0, 3, 0, 9, 0]), None);
    }
}
