//! What nobody uses goes: `image prune`, `system prune`.
//!
//! Unlike other removals these wait until the space is free.

use crate::engine::views::{Container, Image, RemoveRequest};
use crate::engine::{Engine, Error, Kind};
use crate::store::Unused;
use crate::types::ImageId;

impl Engine {
    /// Removes those of the images that no container uses and nobody is about to use; returns
    /// the ids, in order.
    pub fn prune_images(
        &self,
        which: Unused,
        wanted: &dyn Fn(&Image) -> bool,
    ) -> Result<Vec<ImageId>, Error> {
        let store = self.store()?;
        // What steps of builds gave are images that nobody has named, too.
        let steps = store.forget_built_steps()?;
        let mut removed = Vec::new();
        let mut images = self.images()?;
        images.retain(|image| image.read_only.is_none());
        for image in images {
            if (which == Unused::Dangling && !image.is_dangling()) || !wanted(&image) {
                continue;
            }
            if let Some(names) = store.remove_unused_image(&image.id, which)? {
                self.record_removed(&image.id, &names);
                removed.push(image.id);
            }
        }
        if !removed.is_empty() || steps > 0 {
            // The sweep tries again what does not work here.
            if let Err(error) = store.collect() {
                tracing::warn!("tidying up: {error}");
            }
        }
        Ok(removed)
    }

    /// Removes a container that does not run; false when it is used by now, or gone.
    pub fn prune_container(&self, container: &Container) -> Result<bool, Error> {
        let id = container.record.id.as_str();
        match self.remove(id, &RemoveRequest::default()) {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.kind, Kind::InUse | Kind::NoSuchObject) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reclaims what dead commands left, collects garbage and deletes the trash, and waits for it.
    pub fn tidy_up(&self) -> Result<(), Error> {
        match self.store()?.is_untidy() {
            true => self.make_room(),
            false => Ok(()),
        }
    }
}
