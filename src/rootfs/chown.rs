//! Giving a whole tree to one owner: the volume option `U`, podman-run(1).
//!
//! Runs in a worker in U0, by descriptors and without following links. What has the owner
//! already is left alone, so that a second start changes nothing.

use std::os::fd::{AsFd, OwnedFd};

use serde::{Deserialize, Serialize};

use crate::sys::SysError;
use crate::sys::fs::{self, Kind, Open};

/// Most levels open at once.
const MAX_DEPTH: usize = 800;

/// The new owner, in U0's numbers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Orders {
    pub uid: u32,
    pub gid: u32,
}

/// Changes the owner of everything from `top` down, `top` itself last: where it has the owner
/// already, all of it was done once, and what was changed since is meant.
pub fn tree(top: OwnedFd, orders: Orders) -> Result<(), SysError> {
    let stat = fs::stat(&top)?;
    if (stat.uid, stat.gid) == (orders.uid, orders.gid) {
        return Ok(());
    }
    if stat.kind == Kind::Directory {
        below(&top, orders)?;
    }
    fs::chown_handle(&top, orders.uid, orders.gid)
}

fn below(top: &OwnedFd, orders: Orders) -> Result<(), SysError> {
    const ELOOP: i32 = 40;
    let top = fs::open_at(top, b".", Open::Directory)?;
    let rest = fs::names(top.as_fd())?;
    let mut levels = vec![(top, rest)];
    while let Some((directory, rest)) = levels.last_mut() {
        let Some(name) = rest.pop() else {
            levels.pop();
            continue;
        };
        let stat = fs::stat_at(&*directory, &name)?;
        if (stat.uid, stat.gid) != (orders.uid, orders.gid) {
            fs::chown_at(&*directory, &name, orders.uid, orders.gid)?;
        }
        if stat.kind == Kind::Directory {
            let inner = fs::open_at(&*directory, &name, Open::Directory)?;
            let names = fs::names(inner.as_fd())?;
            if levels.len() >= MAX_DEPTH {
                return Err(SysError::new(
                    "chown",
                    "directories nested too deeply",
                    ELOOP,
                ));
            }
            levels.push((inner, names));
        }
    }
    Ok(())
}
