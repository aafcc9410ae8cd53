//! Datagram sockets of the service manager's protocol: sd_notify(3), "$NOTIFY_SOCKET".

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, Mode};
use rustix::net::{self, AddressFamily, SendFlags, SocketAddrUnix, SocketFlags, SocketType};

use crate::sys::SysError;

fn socket() -> Result<OwnedFd, SysError> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    net::socket_with(AddressFamily::UNIX, SocketType::DGRAM, flags, None)
        .map_err(|errno| SysError::new("socket", "AF_UNIX, SOCK_DGRAM", errno.raw_os_error()))
}

/// Connects to a manager's socket: a path, or `@` and an abstract name.
pub fn connect(address: &str) -> Result<OwnedFd, SysError> {
    let failed =
        |call| move |errno: rustix::io::Errno| SysError::new(call, address, errno.raw_os_error());
    let name = match address.strip_prefix('@') {
        Some(name) => SocketAddrUnix::new_abstract_name(name.as_bytes()),
        None => SocketAddrUnix::new(address),
    };
    let socket = socket()?;
    net::connect(&socket, &name.map_err(failed("sun_path"))?).map_err(failed("connect"))?;
    Ok(socket)
}

/// Binds a socket that everybody may write to in a directory; what had the name is replaced.
pub fn bind(directory: BorrowedFd<'_>, name: &str) -> Result<OwnedFd, SysError> {
    let failed =
        |call| move |errno: rustix::io::Errno| SysError::new(call, name, errno.raw_os_error());
    let socket = socket()?;
    // A path of any depth fits the 108 bytes of sun_path through /proc/self/fd.
    let path = format!("/proc/self/fd/{}/{name}", directory.as_raw_fd());
    let address = SocketAddrUnix::new(path.as_str()).map_err(failed("sun_path"))?;
    let _ = rustix::fs::unlinkat(directory, name, AtFlags::empty());
    net::bind(&socket, &address).map_err(failed("bind"))?;
    let everybody = Mode::RWXU | Mode::RWXG | Mode::RWXO;
    rustix::fs::chmodat(directory, name, everybody, AtFlags::empty())
        .map_err(failed("fchmodat"))?;
    Ok(socket)
}

/// Sends one message.
pub fn send(socket: impl AsFd, text: &str) -> Result<(), SysError> {
    net::send(socket, text.as_bytes(), SendFlags::NOSIGNAL)
        .map(drop)
        .map_err(|errno| SysError::new("send", text, errno.raw_os_error()))
}
