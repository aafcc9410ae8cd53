//! An instance that is in a registry, on its way to another repository: as it is.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;

use serde::Deserialize;

use crate::engine::archive::said;
use crate::engine::place::writing;
use crate::engine::press::Reader;
use crate::engine::push::Goal;
use crate::engine::views::Access;
use crate::engine::{Engine, Error};
use crate::registry::{Bytes, Content, Selector};
use crate::types::progress::Event;
use crate::types::{Descriptor, Progress, Reference, strict};

/// What a manifest names, be it an image's or an artifact's.
#[derive(Deserialize)]
struct Parts {
    config: Descriptor,
    layers: Vec<Descriptor>,
}

impl Engine {
    /// Sees to it that the goal has an instance and all its blobs; returns the instance's type.
    pub(super) fn pass_on(
        &self,
        reference: &Reference,
        goal: &Goal,
        access: &Access,
        progress: &dyn Progress,
    ) -> Result<&'static str, Error> {
        let mut access = access.clone();
        if reference.registry != goal.source.registry {
            // They were given for the registry that the list goes to.
            access.credentials = None;
        }
        let from = self.remote(&reference.to_string(), &access)?;
        let named = &from.named;
        if named.is_list() {
            let message = format!("{reference}: a list in a list is not sent");
            return Err(Error::new(message).hint("add its images instead: manifest add --all"));
        }
        let parts: Parts = strict::parse(&named.raw)
            .map_err(|why| Error::new(format!("manifest {} {why}", named.digest)))?;
        let mount = reference.registry == goal.source.registry;
        for blob in parts.layers.iter().chain([&parts.config]) {
            let line = format!("Copying blob {}", &blob.digest.hex()[..12]);
            progress.event(Event::Note(&line));
            if goal.client.has_blob(&blob.digest, Some(blob.size))?
                || mount && goal.client.mount(&blob.digest, &reference.repository)?
            {
                continue;
            }
            let mut bytes = from.client.blob(blob)?;
            self.send_stream(&mut bytes, blob, goal)?;
        }
        let selector = Selector::Digest(named.digest);
        let put = goal
            .client
            .put_manifest(&selector, &named.raw, named.media_type);
        put?;
        Ok(named.media_type)
    }

    /// Uploads what can be read only once: kept in tmp/ meanwhile, so that a try may be repeated.
    fn send_stream(
        &self,
        bytes: &mut dyn Read,
        blob: &Descriptor,
        goal: &Goal,
    ) -> Result<(), Error> {
        let stage = self.store()?.stage()?;
        let path = stage.path().join("blob");
        let mut file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))?;
        io::copy(bytes, &mut file)
            .map_err(|error| writing(&error).while_doing(format!("blob {}", blob.digest)))?;
        let content = Content {
            digest: blob.digest,
            size: blob.size,
            bytes: &Kept(&file),
        };
        Ok(goal.client.push_blob(&content)?)
    }
}

/// A blob in a file.
struct Kept<'a>(&'a File);

impl Bytes for Kept<'_> {
    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Reader {
            file: self.0,
            offset,
        }))
    }
}
