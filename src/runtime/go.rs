//! The word that starts a created container, and what init answers.
//!
//! Init reports a step that fails; its connection closes when it has executed its program, or
//! has died, which from outside is the same as having run very shortly.

use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use crate::runtime::error::Error;
use crate::runtime::launch::Failure;
use crate::sys::poll::Moved;
use crate::sys::process::readable_within;
use crate::sys::seqpacket;

/// startContainer hooks take the time they take.
const LIMIT: Duration = Duration::from_secs(24 * 3600);
/// `told::FAILED` of guest/monitor/machine.rs: kind, actor, step, errno.
const FAILED: u64 = 3;

/// Tells init to go on, and waits until it has. `steps` names those of init's plan.
pub fn tell(socket: &OwnedFd, steps: &[String]) -> Result<(), Error> {
    match seqpacket::send(socket, b"s") {
        Moved::Bytes(_) => {}
        Moved::NotYet => return Err(Failure::Lost.into()),
        Moved::Failed(error) => return Err(error.into()),
    }
    loop {
        if !readable_within(socket.as_fd(), LIMIT)? {
            return Err(Failure::Lost.into());
        }
        let mut bytes = [0; 32];
        match seqpacket::receive(socket, &mut bytes) {
            Moved::NotYet => {}
            Moved::Bytes(32) => return answer(&bytes, steps),
            // End of file, or the connection went with the process.
            _ => return Ok(()),
        }
    }
}

fn answer(bytes: &[u8; 32], steps: &[String]) -> Result<(), Error> {
    let mut words = [0; 4];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = u64::from_ne_bytes(chunk.try_into().expect("chunks are eight bytes"));
    }
    let [FAILED, _, step, errno] = words else {
        return Ok(());
    };
    Err(Error::Step {
        step: steps.get(step as usize).cloned().unwrap_or_default(),
        errno: errno as i32,
    })
}
