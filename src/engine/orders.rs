//! One order to a worker in U0: a document, a directory to work on, and a word back.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::{Engine, Error};
use crate::sys::process::Ended;
use crate::userns;

/// What a worker puts before its words when a file system is full.
pub(crate) const FULL: &str = "full\n";
/// More than this no worker has to say.
const MAX_WORDS: u64 = 4096;

impl Engine {
    /// Has a worker carry out orders in a directory; returns its word, empty when all is well.
    pub(crate) fn ask_worker(
        &self,
        base: &userns::Base,
        role: &str,
        orders: &impl Serialize,
        directory: &OwnedFd,
        limit: Duration,
    ) -> Result<String, Error> {
        let words = serde_json::to_vec(orders).map_err(|e| Error::new(e.to_string()))?;
        let orders = crate::sys::memfd::sealed_program(c"orders", &words)?;
        let (mut said, says) = std::io::pipe().map_err(|e| Error::new(format!("pipe: {e}")))?;
        let passed = [orders.as_fd(), directory.as_fd(), says.as_fd()];
        let worker = userns::worker::spawn(Some(base), role, &passed)?;
        drop(says);
        let mut word = String::new();
        let _ = said.by_ref().take(MAX_WORDS).read_to_string(&mut word);
        let ended = worker.wait(limit)?;
        if word.is_empty() && ended != Ended::Exited(0) {
            return Err(Error::new(format!(
                "the {role} process ended early ({ended:?})"
            )));
        }
        Ok(word)
    }

    /// A worker's complaint as an error; [`FULL`] marks a full file system.
    pub(crate) fn worker_failed(&self, reason: &str) -> Error {
        let (full, reason) = match reason.strip_prefix(FULL) {
            Some(reason) => (true, reason),
            None => (false, reason),
        };
        let mut message = crate::types::escape::visible(reason);
        let root = self.store().ok().map(crate::store::Store::root);
        if full && let Some(mount) = root.and_then(crate::store::mount_point) {
            message.push_str(&format!(": the file system at {} is full", mount.display()));
        }
        Error {
            full,
            ..Error::new(message)
        }
    }
}

/// The worker's way to answer.
pub(crate) struct Says(File);

impl Says {
    /// Answers with a word and ends well.
    pub fn say(mut self, word: &str) -> Result<(), Error> {
        // Without a reader nobody waits for it.
        let _ = self.0.write_all(word.as_bytes());
        Ok(())
    }

    /// Answers with the reason of a failure.
    pub fn fail(mut self, error: Error) -> Result<(), Error> {
        let mark = if error.full { FULL } else { "" };
        let _ = self.0.write_all(format!("{mark}{error}").as_bytes());
        Err(error)
    }
}

/// First thing in a worker: joins U0 and reads its orders.
pub(crate) fn taken<T: DeserializeOwned>() -> Result<(T, OwnedFd, Says), Error> {
    let passed = userns::worker::enter()?;
    let [orders, directory, says]: [OwnedFd; 3] = passed
        .try_into()
        .map_err(|_| Error::new("such a worker takes three descriptors"))?;
    let mut words = Vec::new();
    let path = format!("/proc/self/fd/{}", orders.as_raw_fd());
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut words))
        .map_err(|e| Error::new(format!("reading orders: {e}")))?;
    let orders = serde_json::from_slice(&words).map_err(|e| Error::new(e.to_string()))?;
    Ok((orders, directory, Says(says.into())))
}
