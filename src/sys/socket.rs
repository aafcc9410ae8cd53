//! Sockets that carry for others: begun without waiting, under a foreign address, datagrams with
//! the address they were sent to.
//!
//! ip(7), ipv6(7), tcp(7), udp(7), socket(7). What std has for sockets is used where it serves.

use std::io::IoSlice;
use std::mem::MaybeUninit;
use std::net::{Shutdown, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use crate::sys::net::{Transport, storage_of};
use crate::sys::{SysError, check};

/// Connections that wait to be accepted; the kernel takes the smaller of this and `somaxconn`.
const BACKLOG: i32 = 4096;

/// Begins to connect; [`outcome`] says how it went once the socket is writable.
///
/// `from` is an address that need not be ours: IP_TRANSPARENT, which takes CAP_NET_ADMIN or
/// CAP_NET_RAW over the network namespace. Answers come back only where a route leads them here.
pub fn begin(
    transport: Transport,
    from: Option<SocketAddr>,
    to: SocketAddr,
) -> Result<OwnedFd, SysError> {
    let said = || format!("{to}");
    let family = match to {
        SocketAddr::V4(_) => libc::AF_INET,
        SocketAddr::V6(_) => libc::AF_INET6,
    };
    let kind = match transport {
        Transport::Tcp => libc::SOCK_STREAM,
        Transport::Udp => libc::SOCK_DGRAM,
    };
    let flags = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: numbers only.
    let raw = check("socket", said, unsafe {
        libc::socket(family, kind | flags, 0).into()
    })?;
    // SAFETY: the kernel has just given us this descriptor.
    let socket = unsafe { OwnedFd::from_raw_fd(raw as i32) };
    if let Some(from) = from {
        let (level, option) = match to {
            SocketAddr::V4(_) => (libc::SOL_IP, libc::IP_TRANSPARENT),
            SocketAddr::V6(_) => (libc::SOL_IPV6, libc::IPV6_TRANSPARENT),
        };
        set(socket.as_fd(), level, option, 1)?;
        // A client may reach two of our ports from one of its own.
        set(socket.as_fd(), libc::SOL_SOCKET, libc::SO_REUSEADDR, 1)?;
        let (storage, length) = storage_of(from);
        // SAFETY: `storage` holds a socket address of `length` bytes.
        check("bind", || format!("{from}"), unsafe {
            libc::bind(socket.as_raw_fd(), (&raw const storage).cast(), length).into()
        })?;
    }
    let (storage, length) = storage_of(to);
    // SAFETY: as above.
    let done = check("connect", said, unsafe {
        libc::connect(socket.as_raw_fd(), (&raw const storage).cast(), length).into()
    });
    match done {
        Err(error) if error.errno != libc::EINPROGRESS => Err(error),
        _ => Ok(socket),
    }
}

/// How connecting went, and what went wrong since: SO_ERROR, which forgets it by telling.
pub fn outcome(socket: impl AsFd) -> Result<(), SysError> {
    let mut errno: libc::c_int = 0;
    let mut length = size_of_val(&errno) as libc::socklen_t;
    // SAFETY: the value and its length live until the call returns.
    check("getsockopt", || "SO_ERROR".to_owned(), unsafe {
        let value = (&raw mut errno).cast();
        let fd = socket.as_fd().as_raw_fd();
        libc::getsockopt(fd, libc::SOL_SOCKET, libc::SO_ERROR, value, &raw mut length).into()
    })?;
    match errno {
        0 => Ok(()),
        errno => Err(SysError::new("connect", "", errno)),
    }
}

fn set(socket: BorrowedFd<'_>, level: i32, option: i32, value: i32) -> Result<(), SysError> {
    // SAFETY: the value is an int that outlives the call, and its length is given.
    check("setsockopt", || format!("{level}, {option}"), unsafe {
        libc::setsockopt(
            socket.as_raw_fd(),
            level,
            option,
            (&raw const value).cast(),
            size_of_val(&value) as libc::socklen_t,
        )
        .into()
    })
    .map(|_| ())
}

/// Listens with as many waiting as the kernel allows; says so again to one that listens already.
pub fn listen(socket: impl AsFd) -> Result<(), SysError> {
    // SAFETY: numbers only.
    check("listen", String::new, unsafe {
        libc::listen(socket.as_fd().as_raw_fd(), BACKLOG).into()
    })
    .map(|_| ())
}

/// Sends small pieces at once, and finds out in the end when the other side has vanished.
pub fn carry(socket: impl AsFd) -> Result<(), SysError> {
    let socket = socket.as_fd();
    set(socket, libc::IPPROTO_TCP, libc::TCP_NODELAY, 1)?;
    set(socket, libc::SOL_SOCKET, libc::SO_KEEPALIVE, 1)
}

/// Closing it will tell the other side that the connection broke: SO_LINGER of 0 seconds.
pub fn break_on_close(socket: impl AsFd) -> Result<(), SysError> {
    let linger = libc::linger {
        l_onoff: 1,
        l_linger: 0,
    };
    // SAFETY: the value outlives the call, and its length is given.
    check("setsockopt", || "SO_LINGER".to_owned(), unsafe {
        libc::setsockopt(
            socket.as_fd().as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_LINGER,
            (&raw const linger).cast(),
            size_of_val(&linger) as libc::socklen_t,
        )
        .into()
    })
    .map(|_| ())
}

/// Says that nothing more comes in one direction, or in both: shutdown(2).
pub fn shut(socket: impl AsFd, how: Shutdown) -> Result<(), SysError> {
    let how = match how {
        Shutdown::Read => libc::SHUT_RD,
        Shutdown::Write => libc::SHUT_WR,
        Shutdown::Both => libc::SHUT_RDWR,
    };
    // SAFETY: numbers only.
    check("shutdown", String::new, unsafe {
        libc::shutdown(socket.as_fd().as_raw_fd(), how).into()
    })
    .map(|_| ())
}

/// Bytes written that the other side has not confirmed: tcp(7), SIOCOUTQ.
pub fn unconfirmed(socket: impl AsFd) -> usize {
    let mut count: libc::c_int = 0;
    // SAFETY: the request writes one int to the pointer, which lives until the call returns.
    let done = unsafe {
        let fd = socket.as_fd().as_raw_fd();
        libc::ioctl(fd, libc::TIOCOUTQ, &raw mut count)
    };
    if done == 0 { count.max(0) as usize } else { 0 }
}

/// The address of ours that a datagram was sent to, and by which interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Here {
    V4 { address: u32 },
    V6 { address: [u8; 16], interface: u32 },
}

/// Has every datagram tell which address of ours it was sent to.
pub fn tell_destination(socket: impl AsFd, ipv6: bool) -> Result<(), SysError> {
    match ipv6 {
        true => set(socket.as_fd(), libc::SOL_IPV6, libc::IPV6_RECVPKTINFO, 1),
        false => set(socket.as_fd(), libc::SOL_IP, libc::IP_PKTINFO, 1),
    }
}

/// Room for one control message of either kind, aligned as the kernel wants it.
#[repr(align(8))]
struct Control([u8; 64]);

/// Receives one datagram; `None` when there is none now.
pub fn receive(
    socket: impl AsFd,
    buffer: &mut [u8],
) -> Result<Option<(usize, SocketAddr, Here)>, SysError> {
    let mut part = libc::iovec {
        iov_base: buffer.as_mut_ptr().cast(),
        iov_len: buffer.len(),
    };
    let mut from = MaybeUninit::<libc::sockaddr_storage>::zeroed();
    let mut control = Control([0; 64]);
    // SAFETY: all-zero bytes are a valid msghdr.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_name = from.as_mut_ptr().cast();
    message.msg_namelen = size_of::<libc::sockaddr_storage>() as libc::socklen_t;
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    message.msg_control = control.0.as_mut_ptr().cast();
    message.msg_controllen = control.0.len() as _;
    // SAFETY: everything the message points at lives until the call returns, with its lengths.
    let count = check("recvmsg", String::new, unsafe {
        let fd = socket.as_fd().as_raw_fd();
        libc::recvmsg(fd, &raw mut message, libc::MSG_DONTWAIT) as i64
    });
    let count = match count {
        Err(error) if matches!(error.errno, libc::EAGAIN | libc::EINTR) => return Ok(None),
        other => other? as usize,
    };
    // SAFETY: zeroed at first, and the kernel has written an address.
    let from = unsafe { from.assume_init() };
    let known = address_of(&from).zip(here_of(&message));
    let (from, here) = known.ok_or_else(|| SysError::new("recvmsg", "", libc::EPROTO))?;
    Ok(Some((count, from, here)))
}

fn address_of(storage: &libc::sockaddr_storage) -> Option<SocketAddr> {
    match i32::from(storage.ss_family) {
        libc::AF_INET => {
            // SAFETY: the family says what it holds, and the storage is large and aligned enough.
            let v4 = unsafe { &*(&raw const *storage).cast::<libc::sockaddr_in>() };
            let ip = u32::from_be(v4.sin_addr.s_addr).into();
            Some(SocketAddrV4::new(ip, u16::from_be(v4.sin_port)).into())
        }
        libc::AF_INET6 => {
            // SAFETY: as above.
            let v6 = unsafe { &*(&raw const *storage).cast::<libc::sockaddr_in6>() };
            let (ip, port) = (v6.sin6_addr.s6_addr.into(), u16::from_be(v6.sin6_port));
            Some(SocketAddrV6::new(ip, port, 0, v6.sin6_scope_id).into())
        }
        _ => None,
    }
}

fn here_of(message: &libc::msghdr) -> Option<Here> {
    // SAFETY: the message was filled by recvmsg and its control buffer is alive.
    let header = unsafe { libc::CMSG_FIRSTHDR(message).as_ref() }?;
    match (header.cmsg_level, header.cmsg_type) {
        (libc::SOL_IP, libc::IP_PKTINFO) => {
            // SAFETY: a message of this kind holds an in_pktinfo.
            let info = unsafe {
                let data = libc::CMSG_DATA(header).cast::<libc::in_pktinfo>();
                data.read_unaligned()
            };
            Some(Here::V4 {
                address: info.ipi_spec_dst.s_addr,
            })
        }
        (libc::SOL_IPV6, libc::IPV6_PKTINFO) => {
            // SAFETY: a message of this kind holds an in6_pktinfo.
            let info = unsafe {
                let data = libc::CMSG_DATA(header).cast::<libc::in6_pktinfo>();
                data.read_unaligned()
            };
            Some(Here::V6 {
                address: info.ipi6_addr.s6_addr,
                interface: info.ipi6_ifindex,
            })
        }
        _ => None,
    }
}

/// Sends one datagram from the address it was asked at; what cannot be sent now is lost.
pub fn answer(socket: impl AsFd, bytes: &[u8], to: SocketAddr, here: Here) -> Result<(), SysError> {
    let part = IoSlice::new(bytes);
    let (mut storage, length) = storage_of(to);
    let mut control = Control([0; 64]);
    // SAFETY: all-zero bytes are a valid msghdr.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_name = (&raw mut storage).cast();
    message.msg_namelen = length;
    // An IoSlice has the layout of an iovec: its documentation promises so.
    message.msg_iov = (&raw const part).cast_mut().cast();
    message.msg_iovlen = 1;
    message.msg_control = control.0.as_mut_ptr().cast();
    match here {
        Here::V4 { address } => {
            let info = libc::in_pktinfo {
                ipi_ifindex: 0,
                ipi_spec_dst: libc::in_addr { s_addr: address },
                ipi_addr: libc::in_addr { s_addr: 0 },
            };
            put(&mut message, libc::SOL_IP, libc::IP_PKTINFO, info);
        }
        Here::V6 { address, interface } => {
            let info = libc::in6_pktinfo {
                ipi6_addr: libc::in6_addr { s6_addr: address },
                ipi6_ifindex: interface,
            };
            put(&mut message, libc::SOL_IPV6, libc::IPV6_PKTINFO, info);
        }
    }
    // SAFETY: everything the message points at lives until the call returns, with its lengths.
    check("sendmsg", || format!("{to}"), unsafe {
        let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
        libc::sendmsg(socket.as_fd().as_raw_fd(), &raw const message, flags) as i64
    })
    .map(|_| ())
}

/// Writes the only control message of a message whose control buffer is a whole [`Control`].
fn put<T>(message: &mut libc::msghdr, level: i32, kind: i32, value: T) {
    let size = size_of::<T>() as u32;
    // SAFETY: both kinds of values take fewer than 64 bytes with their header, which the buffer
    // has, aligned for a header.
    unsafe {
        message.msg_controllen = libc::CMSG_SPACE(size) as _;
        let header = libc::CMSG_FIRSTHDR(message);
        (*header).cmsg_level = level;
        (*header).cmsg_type = kind;
        (*header).cmsg_len = libc::CMSG_LEN(size) as _;
        libc::CMSG_DATA(header).cast::<T>().write_unaligned(value);
    }
}
