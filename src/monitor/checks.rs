//! Tells a running monitor how often it checks its container's health.

use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use crate::guest::wire_attach as wire;
use crate::monitor::{Error, attach};
use crate::sys::poll::Moved;
use crate::sys::process::readable_within;
use crate::sys::seqpacket;

/// How long the monitor may take for its answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// Hands the intervals over; in milliseconds, 0 is never.
///
/// The monitor of an older version leaves at the message it does not know: what was updated then
/// holds from the next start on.
pub fn tell(directory: impl AsFd, interval: u64, startup_interval: u64) -> Result<(), Error> {
    let socket = attach::connect(directory.as_fd())?;
    let deadline = Instant::now() + ANSWER_LIMIT;
    send(&socket, &[wire::ATTACH, wire::VERSION, 0], deadline)?;
    let mut answer = [0; 64];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || !readable_within(socket.as_fd(), left).map_err(Error::Connect)? {
            return Err(Error::NoAnswer);
        }
        match seqpacket::receive(&socket, &mut answer) {
            Moved::Bytes(0) => return Err(Error::ConnectionLost),
            Moved::Bytes(_) => break,
            Moved::NotYet => {}
            Moved::Failed(error) => return Err(Error::Connect(error)),
        }
    }
    send(&socket, &wire::checks(interval, startup_interval), deadline)?;
    send(&socket, &[wire::DETACH], deadline)
}

fn send(socket: &OwnedFd, message: &[u8], deadline: Instant) -> Result<(), Error> {
    while Instant::now() < deadline {
        match seqpacket::send(socket, message) {
            Moved::Bytes(_) => return Ok(()),
            Moved::NotYet => std::thread::sleep(Duration::from_millis(1)),
            Moved::Failed(error) => return Err(Error::Connect(error)),
        }
    }
    Err(Error::NoAnswer)
}
