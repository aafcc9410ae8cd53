//! The user's base namespace U0: which ids it maps, who holds it, and confined workers in it.
//!
//! user_namespaces(7), subuid(5). One U0 per user, store and machine while anything needs it;
//! every container gets a child namespace of it (design sections 2 and 5). This room finds or
//! makes U0 and starts our own workers in it. It does not make containers.
//!
//! ```text
//! plan.rs    which rung of the ladder: newuidmap, our own capabilities, or one id
//! subid.rs   /etc/subuid and /etc/subgid, strictly
//! living.rs  is there a U0 already? every claim is verified through descriptors
//! make.rs    make one, or give a living one a new keeper
//! base.rs    the verb: find or make, under the right locks
//! modes.rs   what --userns and --uidmap make of U0's ids
//! foreign.rs maps that specs of others ask for
//! worker.rs  our own program again, confined, for untrusted bytes
//! ```

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

mod base;
mod error;
mod extents;
pub mod foreign;
mod ids;
mod living;
pub mod machine;
mod make;
pub mod modes;
mod plan;
mod single;
pub mod subid;
mod tool;
pub mod worker;

pub use base::{Base, base, base_from_inside, keeper};
pub use error::{Error, Remedy};
pub use ids::{Extent, IdMap};
pub use single::WhySingle;

/// Reads the lines of a map file; none where it is not one.
pub fn extents_of(text: &str) -> Vec<Extent> {
    ids::parse_map(text).unwrap_or_default()
}

/// Reads a small text file; one longer than `limit` is an error, not a truncated text.
pub(crate) fn read_bounded(path: &Path, limit: u64) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?
        .take(limit + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > limit {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(text)
}
