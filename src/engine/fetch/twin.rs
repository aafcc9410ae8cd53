//! A layer that is here above other layers is unpacked from its twin.
//!
//! Two images may have the same layer on different bases. Its chain id is another one then, but
//! the blob was downloaded and seen to be this content before.

use std::io;
use std::thread;

use crate::engine::Error;
use crate::engine::fetch::{Fetch, Wanted};
use crate::layer;
use crate::layer::Unpacked;
use crate::layer::pack::write_tar;
use crate::store::Staged;
use crate::sys;
use crate::types::image::Compression;
use crate::userns;

const PIPE: usize = 1 << 20;

impl Fetch<'_> {
    /// Unpacks a layer from another one of this store; `None` when there is none, or it fails.
    pub(super) fn of_twin(
        &self,
        wanted: &Wanted,
        base: &userns::Base,
    ) -> Result<Option<(Staged, Unpacked)>, Error> {
        let Some(twin) = self
            .store
            .layer_from(&wanted.blob.digest, &wanted.diff_id)?
        else {
            return Ok(None);
        };
        let staged = self.store.stage()?;
        let (mut tar, mut feed) = io::pipe().map_err(|error| Error::new(error.to_string()))?;
        sys::fs::enlarge_pipe(&feed, PIPE);
        let unpacked = thread::scope(|scope| {
            // In a thread of its own, which the worker that reads the twin is tied to.
            scope.spawn(move || write_tar(&twin.path, &mut feed, Some(base)).is_ok());
            let plain = Some(Compression::Plain);
            let unpacked = layer::unpack(&mut tar, plain, staged.fd(), &self.limits, Some(base));
            drop(tar); // whoever writes to it still is to notice
            unpacked
        });
        match unpacked {
            Ok(unpacked) if unpacked.diff_id == wanted.diff_id => Ok(Some((staged, unpacked))),
            Err(error) if error.is_full() => Err(self.failed(error, &wanted.blob)),
            // Removed or damaged meanwhile: the registry has it.
            Ok(_) | Err(_) => Ok(None),
        }
    }
}
