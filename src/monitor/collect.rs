//! A process's output taken into memory, within a bound, until it ends or its time is over.

use std::os::fd::{AsFd, OwnedFd};
use std::time::Instant;

use crate::guest::wire_attach as wire;
use crate::monitor::Error;
use crate::sys::poll::{self, Moved, Watched};
use crate::sys::seqpacket;
use crate::types::ExitRecord;

/// What was seen of a process.
#[derive(Debug)]
pub struct Collected {
    /// Both streams, in the order they came; what is beyond the bound is dropped.
    pub output: Vec<u8>,
    /// `None`: the time was over first.
    pub end: Option<ExitRecord>,
}

/// Joins the output of a process that was started with the other end of `socket`.
pub fn collect(socket: OwnedFd, bound: usize, deadline: Instant) -> Result<Collected, Error> {
    let hello = [
        wire::ATTACH,
        wire::VERSION,
        wire::WANT_STDOUT | wire::WANT_STDERR,
    ];
    seqpacket::send(&socket, &hello);
    let mut seen = Collected {
        output: Vec::new(),
        end: None,
    };
    let mut message = vec![0; wire::MESSAGE_MAX];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(seen);
        }
        let mut watched = [Watched::new(Some(socket.as_fd())).readable_if(true)];
        poll::poll(&mut watched, Some(left)).map_err(Error::Terminal)?;
        if !watched[0].can_read() {
            continue;
        }
        let length = match seqpacket::receive(&socket, &mut message) {
            Moved::NotYet => continue,
            Moved::Bytes(0) | Moved::Failed(_) => return Err(Error::ConnectionLost),
            Moved::Bytes(length) => length,
        };
        match message[0] {
            wire::STDOUT | wire::STDERR => {
                let room = bound - seen.output.len();
                let text = &message[1..length];
                seen.output.extend_from_slice(&text[..text.len().min(room)]);
            }
            wire::STARTED => {}
            wire::EXIT => {
                let text = String::from_utf8_lossy(&message[1..length]);
                seen.end = ExitRecord::parse(&text);
                return match seen.end {
                    Some(_) => Ok(seen),
                    None => Err(Error::ConnectionLost),
                };
            }
            other => return Err(Error::UnknownMessage(other)),
        }
    }
}
