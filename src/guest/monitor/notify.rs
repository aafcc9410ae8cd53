//! The way of sd_notify(3) out of the container: what its service manager may hear.
//!
//! The container has a socket of ours. Of each message the lines that speak of its state are
//! passed on to the manager that started us; who is the main process is not the container's to
//! say. Descriptors that come along are closed, which is what a BARRIER waits for.

use crate::raw::*;

/// The longest message that is looked at.
const MESSAGE: usize = 4096;
/// Messages passed on before others have their turn.
const AT_ONCE: usize = 8;
const PASSED: [&[u8]; 7] = [
    b"READY=1",
    b"RELOADING=1",
    b"STOPPING=1",
    b"STATUS=",
    b"WATCHDOG=1",
    b"EXTEND_TIMEOUT_USEC=",
    b"ERRNO=",
];

/// Passes on what waits at `from`, a bound datagram socket, to `to`, a connected one.
pub fn pass(from: i32, to: i32) {
    for _ in 0..AT_ONCE {
        let mut message = [0u8; MESSAGE];
        let Some(length) = receive(from, &mut message) else {
            return;
        };
        let mut passed = [0u8; MESSAGE];
        let mut used = 0;
        for line in message[..length].split(|byte| *byte == b'\n') {
            let wanted = PASSED.iter().any(|word| match word.last() {
                Some(b'=') => line.starts_with(word),
                _ => line == *word,
            });
            // At most as long as what came.
            if wanted && used + line.len() < MESSAGE {
                passed[used..used + line.len()].copy_from_slice(line);
                passed[used + line.len()] = b'\n';
                used += line.len() + 1;
            }
        }
        if used > 0 && to >= 0 {
            send(to, &passed[..used - 1]);
        }
    }
}

fn receive(from: i32, buffer: &mut [u8; MESSAGE]) -> Option<usize> {
    const MSG_DONTWAIT: usize = 0x40;
    const MSG_CMSG_CLOEXEC: usize = 0x4000_0000;
    // Room for one descriptor; the kernel closes what does not fit: unix(7), MSG_CTRUNC.
    let mut rights = Rights::of(-1);
    let mut vector = IoVec {
        base: buffer.as_mut_ptr(),
        length: MESSAGE,
    };
    let mut header = MessageHeader {
        name: core::ptr::null_mut(),
        name_length: 0,
        vectors: &raw mut vector,
        vector_count: 1,
        control: (&raw mut rights).cast(),
        control_length: size_of::<Rights>(),
        flags: 0,
    };
    let flags = MSG_DONTWAIT | MSG_CMSG_CLOEXEC;
    let count = call!(RECVMSG, from, &raw mut header, flags).ok()?;
    if header.control_length >= 20
        && let Some(fd) = rights.passed()
    {
        close(fd);
    }
    Some(count)
}

fn send(to: i32, bytes: &[u8]) {
    const MSG_DONTWAIT: usize = 0x40;
    const MSG_NOSIGNAL: usize = 0x4000;
    let flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    let _ = call!(SENDTO, to, bytes.as_ptr(), bytes.len(), flags, 0, 0);
}
