//! Sockets tried out, the machine's addresses, and what kind of namespace a file is.
//!
//! getifaddrs(3), ip(7), ipv6(7), ioctl_ns(2).

use std::ffi::CStr;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use crate::sys::{SysError, check};

/// An address of one of this machine's interfaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAddress {
    pub interface: String,
    pub address: IpAddr,
    /// Bits of the network part.
    pub prefix: u8,
}

/// Brings lo up in this network namespace: netdevice(7), SIOCGIFFLAGS and SIOCSIFFLAGS.
pub fn loopback_up() -> Result<(), SysError> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))
        .map_err(|error| SysError::new("socket", "", error.raw_os_error().unwrap_or(0)))?;
    // SAFETY: an ifreq is numbers and bytes, for which zero is a value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    request.ifr_name[0] = b'l' as libc::c_char;
    request.ifr_name[1] = b'o' as libc::c_char;
    // SAFETY: `request` is an ifreq that lives until the call returns.
    check("ioctl", || "SIOCGIFFLAGS".to_owned(), unsafe {
        libc::ioctl(socket.as_raw_fd(), libc::SIOCGIFFLAGS, &raw mut request).into()
    })?;
    // SAFETY: SIOCGIFFLAGS has filled this member of the union.
    unsafe { request.ifr_ifru.ifru_flags |= libc::IFF_UP as libc::c_short };
    // SAFETY: as above.
    check("ioctl", || "SIOCSIFFLAGS".to_owned(), unsafe {
        libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS, &raw const request).into()
    })
    .map(|_| ())
}

/// Returns every address of every interface that is up.
pub fn local_addresses() -> Result<Vec<LocalAddress>, SysError> {
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: `list` is a place for the pointer; it is freed below exactly once.
    check("getifaddrs", String::new, unsafe {
        i64::from(libc::getifaddrs(&raw mut list))
    })?;
    let mut found = Vec::new();
    let mut at = list;
    while !at.is_null() {
        // SAFETY: getifaddrs returned a NULL-terminated list of valid entries, not yet freed.
        let entry = unsafe { &*at };
        at = entry.ifa_next;
        if entry.ifa_flags & libc::IFF_UP as u32 == 0 {
            continue;
        }
        // SAFETY: both pointers belong to a valid entry and may be NULL, which `ip_of` checks.
        let (address, mask) = unsafe { (ip_of(entry.ifa_addr), ip_of(entry.ifa_netmask)) };
        let Some(address) = address else { continue };
        // SAFETY: every entry has a NUL-terminated name.
        let name = unsafe { CStr::from_ptr(entry.ifa_name) };
        found.push(LocalAddress {
            interface: name.to_string_lossy().into_owned(),
            address,
            prefix: mask.map_or(0, ones),
        });
    }
    // SAFETY: `list` came from getifaddrs and nothing borrowed from it is left.
    unsafe { libc::freeifaddrs(list) };
    Ok(found)
}

fn ones(mask: IpAddr) -> u8 {
    let count = match mask {
        IpAddr::V4(v4) => v4.to_bits().count_ones(),
        IpAddr::V6(v6) => v6.to_bits().count_ones(),
    };
    count as u8
}

/// Reads an IPv4 or IPv6 address; other families give `None`.
///
/// # Safety
/// `address` is NULL or points at a socket address as long as its family says.
unsafe fn ip_of(address: *const libc::sockaddr) -> Option<IpAddr> {
    if address.is_null() {
        return None;
    }
    // SAFETY: the caller vouches for the family and the length that goes with it; getifaddrs
    // aligns its entries, and read_unaligned does not depend on it.
    unsafe {
        match i32::from((&raw const (*address).sa_family).read_unaligned()) {
            libc::AF_INET => {
                let v4 = address.cast::<libc::sockaddr_in>().read_unaligned();
                Some(Ipv4Addr::from_bits(u32::from_be(v4.sin_addr.s_addr)).into())
            }
            libc::AF_INET6 => {
                let v6 = address.cast::<libc::sockaddr_in6>().read_unaligned();
                Some(Ipv6Addr::from(v6.sin6_addr.s6_addr).into())
            }
            _ => None,
        }
    }
}

/// What [`bind`] tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    Udp,
}

/// Binds (and listens, for TCP) as a forwarder would, and returns the socket and its port.
///
/// UDP without SO_REUSEADDR, or two sockets would share the port silently; TCP with it, or a
/// port in TIME_WAIT would seem taken. An IPv6 socket takes IPv6 only.
pub fn bind(transport: Transport, address: SocketAddr) -> Result<(OwnedFd, u16), SysError> {
    let (kind, word) = match transport {
        Transport::Tcp => (libc::SOCK_STREAM, "tcp"),
        Transport::Udp => (libc::SOCK_DGRAM, "udp"),
    };
    let said = || format!("{word} {address}");
    let family = if address.is_ipv4() {
        libc::AF_INET
    } else {
        libc::AF_INET6
    };
    // SAFETY: socket takes numbers only.
    let raw = check("socket", said, unsafe {
        i64::from(libc::socket(family, kind | libc::SOCK_CLOEXEC, 0))
    })?;
    // SAFETY: the kernel just gave us this descriptor; nobody else owns it.
    let socket = unsafe { OwnedFd::from_raw_fd(raw as i32) };
    if transport == Transport::Tcp {
        set_option(&socket, libc::SOL_SOCKET, libc::SO_REUSEADDR)?;
    }
    if address.is_ipv6() {
        set_option(&socket, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY)?;
    }
    let (storage, length) = storage_of(address);
    // SAFETY: `storage` holds a socket address of `length` bytes.
    check("bind", said, unsafe {
        i64::from(libc::bind(
            socket.as_raw_fd(),
            (&raw const storage).cast(),
            length,
        ))
    })?;
    if transport == Transport::Tcp {
        // SAFETY: listen takes numbers only.
        check("listen", said, unsafe {
            i64::from(libc::listen(socket.as_raw_fd(), 1))
        })?;
    }
    port_of(socket, transport).map_err(|error| {
        SysError::new(
            "getsockname",
            said(),
            error.raw_os_error().unwrap_or(libc::EIO),
        )
    })
}

fn port_of(socket: OwnedFd, transport: Transport) -> io::Result<(OwnedFd, u16)> {
    match transport {
        Transport::Tcp => {
            let socket = TcpListener::from(socket);
            let port = socket.local_addr()?.port();
            Ok((socket.into(), port))
        }
        Transport::Udp => {
            let socket = UdpSocket::from(socket);
            let port = socket.local_addr()?.port();
            Ok((socket.into(), port))
        }
    }
}

fn set_option(socket: &OwnedFd, level: i32, option: i32) -> Result<(), SysError> {
    let on: libc::c_int = 1;
    // SAFETY: the value is an int that outlives the call, and its length is given.
    check("setsockopt", String::new, unsafe {
        i64::from(libc::setsockopt(
            socket.as_raw_fd(),
            level,
            option,
            (&raw const on).cast(),
            size_of_val(&on) as libc::socklen_t,
        ))
    })
    .map(drop)
}

/// A socket address as system calls take it, and how many bytes of it count.
pub(in crate::sys) fn storage_of(address: SocketAddr) -> (libc::sockaddr_storage, libc::socklen_t) {
    match address {
        SocketAddr::V4(v4) => v4_storage(v4),
        SocketAddr::V6(v6) => v6_storage(v6),
    }
}

fn v4_storage(v4: std::net::SocketAddrV4) -> (libc::sockaddr_storage, libc::socklen_t) {
    // SAFETY: all-zero bytes are a valid sockaddr_storage.
    let mut storage: libc::sockaddr_storage = unsafe { std::mem::zeroed() };
    let plain = libc::sockaddr_in {
        sin_family: libc::AF_INET as libc::sa_family_t,
        sin_port: v4.port().to_be(),
        sin_addr: libc::in_addr {
            s_addr: v4.ip().to_bits().to_be(),
        },
        sin_zero: [0; 8],
    };
    // SAFETY: sockaddr_storage is large and aligned enough for every socket address.
    unsafe { (&raw mut storage).cast::<libc::sockaddr_in>().write(plain) };
    (storage, size_of_val(&plain) as libc::socklen_t)
}

fn v6_storage(v6: std::net::SocketAddrV6) -> (libc::sockaddr_storage, libc::socklen_t) {
    // SAFETY: all-zero bytes are a valid sockaddr_storage.
    let mut storage: libc::sockaddr_storage = unsafe { std::mem::zeroed() };
    let plain = libc::sockaddr_in6 {
        sin6_family: libc::AF_INET6 as libc::sa_family_t,
        sin6_port: v6.port().to_be(),
        sin6_flowinfo: 0,
        sin6_addr: libc::in6_addr {
            s6_addr: v6.ip().octets(),
        },
        sin6_scope_id: v6.scope_id(),
    };
    // SAFETY: as above.
    unsafe { (&raw mut storage).cast::<libc::sockaddr_in6>().write(plain) };
    (storage, size_of_val(&plain) as libc::socklen_t)
}

/// A netlink socket for netfilter in this thread's network namespace; it is read and written like
/// a file, one message or more at a time: netlink(7).
pub fn netfilter() -> Result<OwnedFd, SysError> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
    // SAFETY: socket takes numbers only.
    let raw = check(
        "socket",
        || "AF_NETLINK, NETLINK_NETFILTER".to_owned(),
        unsafe { libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_NETFILTER).into() },
    )?;
    // SAFETY: the kernel just gave us this descriptor; nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(raw as i32) })
}

/// Says whether a descriptor is a network namespace; other files give an error.
pub fn is_network_namespace(file: BorrowedFd<'_>) -> Result<bool, SysError> {
    // _IO(0xb7, 3): linux/nsfs.h, since Linux 4.11.
    const NS_GET_NSTYPE: libc::c_ulong = 0xb703;
    // SAFETY: the request takes no argument.
    let kind = check("ioctl", || "NS_GET_NSTYPE".to_owned(), unsafe {
        i64::from(libc::ioctl(file.as_raw_fd(), NS_GET_NSTYPE as _))
    })?;
    Ok(kind == i64::from(libc::CLONE_NEWNET))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_taken_once() {
        for transport in [Transport::Tcp, Transport::Udp] {
            let any: SocketAddr = "127.0.0.1:0".parse().expect("an address");
            let (_held, port) = bind(transport, any).expect("a free port");
            let again = SocketAddr::new(any.ip(), port);
            assert_eq!(
                bind(transport, again).expect_err("taken").errno,
                libc::EADDRINUSE
            );
        }
    }

    #[test]
    fn loopback_is_among_the_addresses() {
        let all = local_addresses().expect("addresses");
        assert!(all.iter().any(|a| a.address.is_loopback()), "{all:?}");
    }

    #[test]
    fn namespaces_are_told_from_other_files() {
        use std::os::fd::AsFd;
        let net = std::fs::File::open("/proc/self/ns/net").expect("opens");
        let user = std::fs::File::open("/proc/self/ns/user").expect("opens");
        let other = std::fs::File::open("/dev/null").expect("opens");
        assert!(is_network_namespace(net.as_fd()).expect("a namespace"));
        assert!(!is_network_namespace(user.as_fd()).expect("a namespace"));
        assert!(is_network_namespace(other.as_fd()).is_err());
    }
}
