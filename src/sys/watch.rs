//! Being told that a directory's files change: inotify(7).
//!
//! Instances are few (fs.inotify.max_user_instances): without one, waiting is by the clock.

use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

use crate::sys::poll::{self, Watched};

/// How often a directory is looked at when nobody tells.
const BLIND: Duration = Duration::from_millis(100);

/// A directory whose changes end a wait.
#[derive(Debug)]
pub struct Watch {
    /// `None`: the kernel has no instance left for us.
    told: Option<OwnedFd>,
}

impl Watch {
    /// Begins to watch for writes, new names and renames.
    pub fn directory(path: &Path) -> Self {
        let flags = WatchFlags::MODIFY
            | WatchFlags::CREATE
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE_SELF
            | WatchFlags::ONLYDIR;
        let told = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok();
        let told = told.filter(|fd| inotify::add_watch(fd, path, flags).is_ok());
        Self { told }
    }

    /// Waits for a change, at most so long; every change since the last wait counts.
    pub fn wait(&self, limit: Duration) {
        let Some(told) = &self.told else {
            std::thread::sleep(limit.min(BLIND));
            return;
        };
        let mut watched = [Watched::new(Some(told.as_fd())).readable_if(true)];
        // A failed or interrupted wait only makes the caller look earlier.
        let _ = poll::poll(&mut watched, Some(limit));
        let mut events = [0u8; 4096];
        while let poll::Moved::Bytes(1..) = poll::read(told, &mut events) {}
    }
}
