//! Entries for journald: systemd's native protocol. One datagram, or a sealed memfd beside an
//! empty one when the kernel refuses the size.

use crate::raw::*;
use core::ffi::CStr;

/// How long a journal that does not read holds us, in milliseconds.
const PATIENCE: usize = 1000;
/// The most parts of an entry.
pub const PARTS: usize = 8;

/// Connects to journald's socket; -1 when there is none.
pub fn connect(path: &CStr) -> i32 {
    const AF_UNIX: u16 = 1;
    const SOCK_DGRAM: usize = 2;
    const SOCK_CLOEXEC: usize = 0o2000000;
    const SOL_SOCKET: usize = 1;
    const SO_SNDTIMEO: usize = 21;
    // struct sockaddr_un: the family, then the path with its NUL.
    let mut address = [0u8; 110];
    let name = path.to_bytes_with_nul();
    if name.len() > 108 {
        return -1;
    }
    address[..2].copy_from_slice(&AF_UNIX.to_ne_bytes());
    address[2..2 + name.len()].copy_from_slice(name);
    let Ok(socket) = call!(SOCKET, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) else {
        return -1;
    };
    let limit = [(PATIENCE / 1000) as i64, (PATIENCE % 1000 * 1000) as i64];
    let _ = call!(
        SETSOCKOPT,
        socket,
        SOL_SOCKET,
        SO_SNDTIMEO,
        limit.as_ptr(),
        16
    );
    if call!(CONNECT, socket, address.as_ptr(), 2 + name.len()).is_err() {
        close(socket as i32);
        return -1;
    }
    socket as i32
}

/// Sends an entry put together of at most [`PARTS`] parts; says whether it was taken.
pub fn send(socket: i32, parts: &[&[u8]]) -> bool {
    const EMSGSIZE: Errno = 90;
    const ENOBUFS: Errno = 105;
    match send_parts(socket, parts, -1) {
        Ok(_) => true,
        Err(EMSGSIZE | ENOBUFS) => send_file(socket, parts),
        Err(_) => false,
    }
}

fn send_file(socket: i32, parts: &[&[u8]]) -> bool {
    const MFD_CLOEXEC: usize = 1;
    const MFD_ALLOW_SEALING: usize = 2;
    const F_ADD_SEALS: usize = 1033;
    // F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE
    const ALL_SEALS: usize = 15;
    let name = c"journal-entry".as_ptr();
    let Ok(file) = call!(MEMFD_CREATE, name, MFD_CLOEXEC | MFD_ALLOW_SEALING) else {
        return false;
    };
    let file = file as i32;
    let whole = parts.iter().all(|part| write_all(file, part));
    let sent = whole
        && call!(FCNTL, file, F_ADD_SEALS, ALL_SEALS).is_ok()
        && send_parts(socket, &[], file).is_ok();
    close(file);
    sent
}

/// One sendmsg(2), with a descriptor beside it unless that is -1.
fn send_parts(socket: i32, parts: &[&[u8]], fd: i32) -> Result {
    const MSG_NOSIGNAL: usize = 0x4000;
    let mut vectors = [const {
        IoVec {
            base: core::ptr::null_mut(),
            length: 0,
        }
    }; PARTS];
    let mut count = 0;
    for (vector, part) in vectors.iter_mut().zip(parts) {
        vector.base = part.as_ptr().cast_mut();
        vector.length = part.len();
        count += 1;
    }
    let mut rights = Rights::of(fd);
    let header = MessageHeader {
        name: core::ptr::null_mut(),
        name_length: 0,
        vectors: vectors.as_mut_ptr(),
        vector_count: count,
        control: if fd < 0 {
            core::ptr::null_mut()
        } else {
            (&raw mut rights).cast()
        },
        control_length: if fd < 0 { 0 } else { size_of::<Rights>() },
        flags: 0,
    };
    loop {
        match call!(SENDMSG, socket, &raw const header, MSG_NOSIGNAL) {
            Err(EINTR) => {}
            other => return other,
        }
    }
}
