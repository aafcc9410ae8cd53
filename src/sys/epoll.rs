//! Waiting for many descriptors that come and go: epoll(7), level-triggered.

use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::time::Duration;

use crate::sys::{SysError, check};

/// What a descriptor is watched for; its end and its errors are told in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Interest {
    pub read: bool,
    pub write: bool,
}

/// What was found at one descriptor.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// What the caller named it.
    pub name: u64,
    pub readable: bool,
    pub writable: bool,
    /// Both directions are over, or it is broken.
    pub over: bool,
}

/// A set of watched descriptors. A closed one leaves it by itself, unless it has copies.
#[derive(Debug)]
pub struct Epoll {
    fd: OwnedFd,
    entries: Vec<libc::epoll_event>,
}

impl Epoll {
    /// `most` is how many are told of at once.
    pub fn new(most: usize) -> Result<Self, SysError> {
        // SAFETY: numbers only.
        let fd = check("epoll_create1", String::new, unsafe {
            libc::epoll_create1(libc::EPOLL_CLOEXEC).into()
        })?;
        Ok(Self {
            // SAFETY: the kernel has just given us this descriptor.
            fd: unsafe { OwnedFd::from_raw_fd(fd as i32) },
            entries: vec![libc::epoll_event { events: 0, u64: 0 }; most],
        })
    }

    pub fn add(&self, fd: impl AsFd, name: u64, interest: Interest) -> Result<(), SysError> {
        self.control(libc::EPOLL_CTL_ADD, fd, name, interest)
    }

    pub fn change(&self, fd: impl AsFd, name: u64, interest: Interest) -> Result<(), SysError> {
        self.control(libc::EPOLL_CTL_MOD, fd, name, interest)
    }

    pub fn remove(&self, fd: impl AsFd) -> Result<(), SysError> {
        self.control(libc::EPOLL_CTL_DEL, fd, 0, Interest::default())
    }

    fn control(
        &self,
        what: i32,
        fd: impl AsFd,
        name: u64,
        interest: Interest,
    ) -> Result<(), SysError> {
        let of = |wanted: bool, event: i32| if wanted { event } else { 0 };
        let events = of(interest.read, libc::EPOLLIN) | of(interest.write, libc::EPOLLOUT);
        let mut event = libc::epoll_event {
            events: events.cast_unsigned(),
            u64: name,
        };
        let number = fd.as_fd().as_raw_fd();
        // SAFETY: `event` lives until the call returns.
        check("epoll_ctl", || number.to_string(), unsafe {
            libc::epoll_ctl(self.fd.as_raw_fd(), what, number, &raw mut event).into()
        })
        .map(|_| ())
    }

    /// Waits for something; what was found is appended to `found`.
    pub fn wait(&mut self, limit: Duration, found: &mut Vec<Found>) -> Result<(), SysError> {
        let millis = limit.as_millis().min(i32::MAX as u128) as i32;
        let room = self.entries.len() as i32;
        // SAFETY: the entries have the length given.
        let count = check("epoll_wait", String::new, unsafe {
            libc::epoll_wait(self.fd.as_raw_fd(), self.entries.as_mut_ptr(), room, millis).into()
        });
        let count = match count {
            Err(error) if error.errno == libc::EINTR => 0,
            other => other?,
        };
        found.extend(self.entries[..count as usize].iter().map(|entry| {
            let events = entry.events.cast_signed();
            Found {
                name: entry.u64,
                readable: events & libc::EPOLLIN != 0,
                writable: events & libc::EPOLLOUT != 0,
                over: events & (libc::EPOLLERR | libc::EPOLLHUP) != 0,
            }
        }));
        Ok(())
    }
}
