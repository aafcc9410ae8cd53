//! Writing to the journal: systemd's native protocol, "Native Journal Protocol" at systemd.io.
//!
//! An entry is one datagram of fields; one that is too large for a datagram goes as a sealed
//! memfd beside an empty one.

use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::net::{
    self, AddressFamily, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketAddrUnix,
    SocketFlags, SocketType,
};

use crate::sys::SysError;
use crate::sys::memfd;

/// Where journald listens.
pub const SOCKET: &str = "/run/systemd/journal/socket";

/// The fields of one entry.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    pub bytes: Vec<u8>,
}

impl Entry {
    /// Adds a field: upper-case letters, digits and underscores, then any bytes.
    pub fn add(&mut self, name: &str, value: &[u8]) {
        self.bytes.extend_from_slice(name.as_bytes());
        if value.contains(&b'\n') {
            self.bytes.push(b'\n');
            self.bytes
                .extend_from_slice(&(value.len() as u64).to_le_bytes());
        } else {
            self.bytes.push(b'=');
        }
        self.bytes.extend_from_slice(value);
        self.bytes.push(b'\n');
    }
}

/// Says whether there is a journal to write to.
pub fn is_there() -> bool {
    Path::new(SOCKET).exists()
}

/// Writes an entry; never waits for a journal that does not read.
pub fn send_entry(entry: &Entry) -> Result<(), SysError> {
    send_to(SOCKET.as_ref(), entry)
}

fn send_to(path: &Path, entry: &Entry) -> Result<(), SysError> {
    let failed = |call| {
        let shown = path.display().to_string();
        move |errno: rustix::io::Errno| SysError::new(call, shown, errno.raw_os_error())
    };
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = net::socket_with(AddressFamily::UNIX, SocketType::DGRAM, flags, None)
        .map_err(failed("socket"))?;
    let address = SocketAddrUnix::new(path).map_err(failed("sun_path"))?;
    net::connect(&socket, &address).map_err(failed("connect"))?;
    match net::send(&socket, &entry.bytes, SendFlags::NOSIGNAL) {
        Ok(_) => Ok(()),
        Err(rustix::io::Errno::MSGSIZE | rustix::io::Errno::NOBUFS) => {
            send_file(&socket, &entry.bytes)
        }
        Err(errno) => Err(failed("send")(errno)),
    }
}

fn send_file(socket: &OwnedFd, bytes: &[u8]) -> Result<(), SysError> {
    let file = memfd::sealed_program(c"journal-entry", bytes)?;
    let fds = [file.as_fd()];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&fds));
    net::sendmsg(socket, &[], &mut control, SendFlags::NOSIGNAL)
        .map(drop)
        .map_err(|errno| SysError::new("sendmsg", "SCM_RIGHTS", errno.raw_os_error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Seek};

    #[test]
    fn fields_go_as_the_protocol_says() {
        let mut entry = Entry::default();
        entry.add("MESSAGE", b"hello");
        entry.add("TWO", b"a\nb");
        let wanted = b"MESSAGE=hello\nTWO\n\x03\0\0\0\0\0\0\0a\nb\n";
        assert_eq!(entry.bytes, wanted);
    }

    #[test]
    fn what_fits_no_datagram_goes_as_a_file() {
        let path = std::env::temp_dir().join(format!("coracle-journal-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let listener = std::os::unix::net::UnixDatagram::bind(&path).expect("bound");
        let mut entry = Entry::default();
        entry.add("MESSAGE", b"small");
        send_to(&path, &entry).expect("sent");
        let mut buffer = [0; 64];
        let count = listener.recv(&mut buffer).expect("received");
        assert_eq!(&buffer[..count], b"MESSAGE=small\n");

        let mut entry = Entry::default();
        entry.add("MESSAGE", &vec![b'x'; 8 << 20]);
        send_to(&path, &entry).expect("sent");
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = net::RecvAncillaryBuffer::new(&mut space);
        let flags = net::RecvFlags::empty();
        net::recvmsg(&listener, &mut [], &mut control, flags).expect("received");
        let passed = control.drain().find_map(|message| match message {
            net::RecvAncillaryMessage::ScmRights(mut fds) => fds.next(),
            _ => None,
        });
        let mut file = std::fs::File::from(passed.expect("a descriptor"));
        let mut bytes = Vec::new();
        file.rewind().expect("a file");
        file.read_to_end(&mut bytes).expect("read");
        assert_eq!(bytes, entry.bytes);
        let _ = std::fs::remove_file(&path);
    }
}
