//! A layer on its way into the store is compared with those that are there: `layer/dedupe.rs`.
//!
//! While the layer comes in and not later: it is not mounted anywhere yet, and what is joined now
//! is never written to the disk. It takes a few milliseconds where nothing is alike, since only
//! directories are looked into that others have too. Two layers that come in at the same time do
//! not see each other.

use crate::engine::Error;
use crate::engine::space::of_layer;
use crate::layer::dedupe;
use crate::store::{Staged, Store};
use crate::types::ChainId;
use crate::userns::Base;

/// What is smaller is not worth a worker: bytes of the tar.
const WORTH: u64 = 1 << 20;
/// Layers that one is compared with, the newest: each costs a look into every directory.
const MOST: usize = 256;

/// Joins the files of an unpacked layer with those of others.
pub fn share_files(store: &Store, staged: &Staged, size: u64, base: &Base) -> Result<(), Error> {
    if size < WORTH {
        return Ok(());
    }
    let others = store.newest_layers(MOST)?;
    if others.is_empty() {
        return Ok(());
    }
    let tree = |chain: &ChainId| store.own_diff(chain);
    let others: Vec<_> = others.iter().map(tree).collect();
    dedupe::share(staged.fd(), &others, Some(base))
        .map_err(|error| of_layer(store, error).while_doing("joining files that are here already"))
}
