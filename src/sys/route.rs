//! Rules and routes that bring home what is addressed to strangers: rtnetlink(7), ip-rule(8).
//!
//! Only what a forwarder under foreign addresses needs: in which table the route of some packets
//! is looked up, and that an address is to be taken for our own there.

use std::io::{Read, Write};
use std::net::IpAddr;
use std::os::fd::{FromRawFd, OwnedFd};

use crate::sys::{SysError, check};

// linux/rtnetlink.h, linux/fib_rules.h; libc has not all of them.
const RTM_NEWROUTE: u16 = 24;
const RTM_DELROUTE: u16 = 25;
const RTM_NEWRULE: u16 = 32;
const RTM_DELRULE: u16 = 33;
const FRA_SRC: u16 = 2;
const FRA_PRIORITY: u16 = 6;
const FRA_TABLE: u16 = 15;
const FRA_IP_PROTO: u16 = 22;
const FRA_SPORT_RANGE: u16 = 23;
const FR_ACT_TO_TBL: u8 = 1;
const RTA_DST: u16 = 1;
const RTA_OIF: u16 = 4;
const RTA_TABLE: u16 = 15;
const RTN_LOCAL: u8 = 2;
const RTPROT_STATIC: u8 = 4;
const RT_SCOPE_HOST: u8 = 254;

/// lo is the first interface of every network namespace.
const LOOPBACK: u32 = 1;

/// Which packets a rule means: those from an address and a range of its ports. Since Linux 4.17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct From {
    pub address: IpAddr,
    /// IPPROTO_TCP or IPPROTO_UDP.
    pub protocol: u8,
    pub ports: (u16, u16),
}

/// A way to the tables of this process's network namespace, wherever it goes later.
#[derive(Debug)]
pub struct Routes {
    socket: std::fs::File,
    sequence: u32,
}

impl Routes {
    pub fn open() -> Result<Self, SysError> {
        // SAFETY: numbers only.
        let raw = check("socket", || "AF_NETLINK".to_owned(), unsafe {
            let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
            libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_ROUTE).into()
        })?;
        // SAFETY: the kernel has just given us this descriptor.
        let socket = unsafe { OwnedFd::from_raw_fd(raw as i32) };
        Ok(Self {
            socket: socket.into(),
            sequence: 0,
        })
    }

    /// Has these packets looked up in a table first; of rules with one number those go together.
    pub fn add_rule(&mut self, from: From, number: u32, table: u32) -> Result<(), SysError> {
        let mut message = Message::rule(RTM_NEWRULE, libc::NLM_F_CREATE, from.address);
        message.rule_of(number);
        message.attribute(FRA_TABLE, &table.to_ne_bytes());
        message.attribute(FRA_IP_PROTO, &[from.protocol]);
        let ports = [from.ports.0.to_ne_bytes(), from.ports.1.to_ne_bytes()];
        message.attribute(FRA_SPORT_RANGE, ports.as_flattened());
        self.ask(message)
    }

    /// Removes the rules with this number for packets from this address.
    pub fn remove_rules(&mut self, address: IpAddr, number: u32) -> Result<(), SysError> {
        loop {
            let mut message = Message::rule(RTM_DELRULE, 0, address);
            message.rule_of(number);
            match self.ask(message) {
                Ok(()) => {}
                Err(error) if error.errno == libc::ENOENT => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// In this table the address is one of ours.
    pub fn adopt(&mut self, address: IpAddr, table: u32) -> Result<(), SysError> {
        let flags = libc::NLM_F_CREATE | libc::NLM_F_REPLACE;
        self.ask(Message::local_route(RTM_NEWROUTE, flags, address, table))
    }

    pub fn disown(&mut self, address: IpAddr, table: u32) -> Result<(), SysError> {
        self.ask(Message::local_route(RTM_DELROUTE, 0, address, table))
    }

    fn ask(&mut self, message: Message) -> Result<(), SysError> {
        self.sequence = self.sequence.wrapping_add(1);
        let bytes = message.finish(self.sequence);
        let failed = |call, error: std::io::Error| {
            SysError::new(call, "netlink", error.raw_os_error().unwrap_or(libc::EIO))
        };
        self.socket
            .write_all(&bytes)
            .map_err(|e| failed("write", e))?;
        let mut answer = [0u8; 4096];
        let count = self
            .socket
            .read(&mut answer)
            .map_err(|e| failed("read", e))?;
        // nlmsghdr, then the negative errno of NLMSG_ERROR; 0 is an acknowledgement.
        let errno = answer[..count].get(16..20).map(|bytes| {
            let word = <[u8; 4]>::try_from(bytes).expect("four bytes were taken");
            i32::from_ne_bytes(word).saturating_neg()
        });
        match errno {
            Some(0) => Ok(()),
            Some(errno) => Err(SysError::new("rtnetlink", "", errno)),
            None => Err(SysError::new("rtnetlink", "", libc::EIO)),
        }
    }
}

/// A request in the making: nlmsghdr, a fixed part, attributes.
struct Message(Vec<u8>);

impl Message {
    fn new(kind: u16, flags: i32) -> Self {
        let flags = (flags | libc::NLM_F_REQUEST | libc::NLM_F_ACK) as u16;
        let mut bytes = vec![0; 16];
        bytes[4..6].copy_from_slice(&kind.to_ne_bytes());
        bytes[6..8].copy_from_slice(&flags.to_ne_bytes());
        Self(bytes)
    }

    /// fib_rule_hdr and the source.
    fn rule(kind: u16, flags: i32, from: IpAddr) -> Self {
        let mut message = Self::new(kind, flags);
        let (family, bits, address) = parts(from);
        let head = [family, 0, bits, 0, 0, 0, 0, FR_ACT_TO_TBL, 0, 0, 0, 0];
        message.0.extend(head);
        message.attribute(FRA_SRC, &address);
        message
    }

    fn rule_of(&mut self, number: u32) {
        self.attribute(FRA_PRIORITY, &number.to_ne_bytes());
    }

    /// rtmsg and its attributes.
    fn local_route(kind: u16, flags: i32, to: IpAddr, table: u32) -> Self {
        let mut message = Self::new(kind, flags);
        let (family, bits, address) = parts(to);
        let how = [RTPROT_STATIC, RT_SCOPE_HOST, RTN_LOCAL];
        message.0.extend([family, bits, 0, 0, 0]);
        message.0.extend(how);
        message.0.extend([0; 4]);
        message.attribute(RTA_DST, &address);
        message.attribute(RTA_OIF, &LOOPBACK.to_ne_bytes());
        message.attribute(RTA_TABLE, &table.to_ne_bytes());
        message
    }

    fn attribute(&mut self, kind: u16, value: &[u8]) {
        let length = (4 + value.len()) as u16;
        self.0.extend(length.to_ne_bytes());
        self.0.extend(kind.to_ne_bytes());
        self.0.extend(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    fn finish(mut self, sequence: u32) -> Vec<u8> {
        let length = self.0.len() as u32;
        self.0[0..4].copy_from_slice(&length.to_ne_bytes());
        self.0[8..12].copy_from_slice(&sequence.to_ne_bytes());
        self.0
    }
}

/// Family, bits and bytes of an address.
fn parts(address: IpAddr) -> (u8, u8, Vec<u8>) {
    match address {
        IpAddr::V4(v4) => (libc::AF_INET as u8, 32, v4.octets().to_vec()),
        IpAddr::V6(v6) => (libc::AF_INET6 as u8, 128, v6.octets().to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_padded_and_lengths_are_told() {
        let mut message = Message::rule(RTM_NEWRULE, 0, "10.89.0.3".parse().expect("an address"));
        message.attribute(FRA_IP_PROTO, &[6]);
        let bytes = message.finish(7);
        assert_eq!(bytes.len(), 16 + 12 + 8 + 8);
        assert_eq!(bytes[..4], 44u32.to_ne_bytes());
        assert_eq!(bytes[18], 32);
        assert_eq!(bytes[36..40], [5, 0, 22, 0]);
    }
}
