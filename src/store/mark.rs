//! Small marks beside a container, and the programs that are run from files of the store.

use std::fs;
use std::path::PathBuf;

use crate::store::error::passed;
use crate::store::file::{read_json, to_json};
use crate::store::{Error, Store};
use crate::sys;
use crate::types::container::ProcessStamp;
use crate::types::{ContainerId, Digest};

impl Store {
    /// Notes that a user stopped the container: its restart policy is not to act. Which process
    /// does so is written into the mark.
    pub fn mark_stopped(&self, id: &ContainerId) -> Result<(), Error> {
        let pid = sys::process::own_pid();
        let start_time = sys::process::start_time(pid).unwrap_or(0);
        let stamp = to_json(&ProcessStamp { pid, start_time });
        self.replace(&self.container_dir(id).join("stopped"), &stamp)
    }

    /// Returns the process that marked the container as stopped.
    pub fn stopper(&self, id: &ContainerId) -> Option<ProcessStamp> {
        read_json(&self.container_dir(id).join("stopped")).ok()?
    }

    pub fn is_marked_stopped(&self, id: &ContainerId) -> bool {
        self.container_dir(id).join("stopped").exists()
    }

    pub fn unmark_stopped(&self, id: &ContainerId) -> Result<(), Error> {
        self.remove_file(&self.container_dir(id).join("stopped"))
    }

    /// Forgets a start that did not come about.
    pub fn forget_run(&self, id: &ContainerId) -> Result<(), Error> {
        self.remove_file(&self.container_dir(id).join("run.json"))
    }

    fn remove_file(&self, path: &std::path::Path) -> Result<(), Error> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io("removing", path, error))
            }
            _ => Ok(()),
        }
    }

    /// Returns the file a program of ours is run from, written when it is not there yet.
    ///
    /// Named after its content, so that all monitors of one version share their pages and a
    /// new version never overwrites a running one.
    pub fn program(&self, bytes: &[u8]) -> Result<PathBuf, Error> {
        // Hashing the program at every start would cost more than the rest of this.
        let name = format!("program-{}-{}", env!("CARGO_PKG_VERSION"), bytes.len());
        let path = self.root().join(format!("{name}-{:08x}", fold(bytes)));
        let whole = |facts: fs::Metadata| facts.is_file() && facts.len() == bytes.len() as u64;
        if fs::symlink_metadata(&path).is_ok_and(whole) {
            return Ok(path);
        }
        self.replace_program(&path, bytes)?;
        passed("store.program.written", &path)?;
        Ok(path)
    }
}

/// A checksum that tells builds apart; not a protection: the store is the user's own.
fn fold(bytes: &[u8]) -> u32 {
    u32::from_str_radix(&Digest::of(bytes).hex()[..8], 16).unwrap_or(0)
}
