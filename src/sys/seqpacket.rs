//! Unix sockets that keep messages whole: SOCK_SEQPACKET, unix(7).
//!
//! Addresses are names in a directory given by descriptor: a path of any depth fits the
//! 108 bytes of sun_path through /proc/self/fd.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use rustix::net::{self, AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

use crate::sys::SysError;
use crate::sys::poll::Moved;

const FLAGS: SocketFlags = SocketFlags::CLOEXEC.union(SocketFlags::NONBLOCK);

fn address(directory: BorrowedFd<'_>, name: &str) -> Result<(String, SocketAddrUnix), SysError> {
    let path = format!("/proc/self/fd/{}/{name}", directory.as_raw_fd());
    let address = SocketAddrUnix::new(path.as_str())
        .map_err(|errno| SysError::new("sun_path", name, errno.raw_os_error()))?;
    Ok((path, address))
}

fn socket() -> Result<OwnedFd, SysError> {
    net::socket_with(AddressFamily::UNIX, SocketType::SEQPACKET, FLAGS, None)
        .map_err(|errno| SysError::new("socket", "AF_UNIX, SOCK_SEQPACKET", errno.raw_os_error()))
}

/// Binds `name` in the directory and listens; what had the name is replaced.
pub fn listen(directory: BorrowedFd<'_>, name: &str, backlog: i32) -> Result<OwnedFd, SysError> {
    let socket = socket()?;
    let (_, address) = address(directory, name)?;
    match rustix::fs::unlinkat(directory, name, rustix::fs::AtFlags::empty()) {
        Ok(()) | Err(rustix::io::Errno::NOENT) => {}
        Err(errno) => return Err(SysError::new("unlinkat", name, errno.raw_os_error())),
    }
    net::bind(&socket, &address)
        .map_err(|errno| SysError::new("bind", name, errno.raw_os_error()))?;
    // The directory is private already; this holds should it be opened up (S-78).
    rustix::fs::chmodat(
        directory,
        name,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        rustix::fs::AtFlags::empty(),
    )
    .map_err(|errno| SysError::new("fchmodat", name, errno.raw_os_error()))?;
    net::listen(&socket, backlog)
        .map_err(|errno| SysError::new("listen", name, errno.raw_os_error()))?;
    Ok(socket)
}

/// Connects to whoever listens at `name` in the directory.
pub fn connect(directory: BorrowedFd<'_>, name: &str) -> Result<OwnedFd, SysError> {
    let socket = socket()?;
    let (_, address) = address(directory, name)?;
    net::connect(&socket, &address)
        .map_err(|errno| SysError::new("connect", name, errno.raw_os_error()))?;
    Ok(socket)
}

/// Returns two connected ends.
pub fn pair() -> Result<(OwnedFd, OwnedFd), SysError> {
    net::socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, FLAGS, None).map_err(|errno| {
        SysError::new(
            "socketpair",
            "AF_UNIX, SOCK_SEQPACKET",
            errno.raw_os_error(),
        )
    })
}

/// Receives one message without waiting.
pub fn receive(socket: impl AsFd, buffer: &mut [u8]) -> Moved {
    let fd = socket.as_fd().as_raw_fd();
    // SAFETY: the buffer has the length given.
    let count = unsafe {
        libc::recv(
            fd,
            buffer.as_mut_ptr().cast(),
            buffer.len(),
            libc::MSG_DONTWAIT,
        )
    };
    Moved::of_socket("recv", fd, count)
}

/// Sends one message without waiting; a message is taken whole or not at all.
pub fn send(socket: impl AsFd, message: &[u8]) -> Moved {
    let fd = socket.as_fd().as_raw_fd();
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the message outlives the call.
    let count = unsafe { libc::send(fd, message.as_ptr().cast(), message.len(), flags) };
    Moved::of_socket("send", fd, count)
}

/// Receives the descriptor that came with the next message: unix(7), SCM_RIGHTS.
pub fn receive_descriptor(socket: impl AsFd) -> Result<OwnedFd, SysError> {
    use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags};
    let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut bytes = [0; 64];
    let mut vectors = [std::io::IoSliceMut::new(&mut bytes)];
    let flags = RecvFlags::CMSG_CLOEXEC;
    net::recvmsg(socket, &mut vectors, &mut control, flags)
        .map_err(|errno| SysError::new("recvmsg", "SCM_RIGHTS", errno.raw_os_error()))?;
    let fds = control.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut fds) => fds.next(),
        _ => None,
    });
    fds.ok_or_else(|| SysError::new("recvmsg", "no descriptor came", libc::EBADMSG))
}

impl Moved {
    fn of_socket(call: &'static str, fd: i32, count: isize) -> Self {
        if count >= 0 {
            return Self::Bytes(count as usize);
        }
        let error = SysError::last(call, fd.to_string());
        match error.errno {
            libc::EAGAIN | libc::EINTR | libc::ENOBUFS => Self::NotYet,
            _ => Self::Failed(error),
        }
    }

    /// The other end closed while messages of ours were unread; what it sent before can
    /// still be received: the error is reported once, ahead of the queue.
    pub fn is_reset(&self) -> bool {
        matches!(self, Self::Failed(error) if error.errno == libc::ECONNRESET)
    }
}
