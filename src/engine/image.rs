//! Images in the store: list, find, tag, remove.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use crate::engine::find::{Known, find, match_name, named_here, stored_name, unknown};
use crate::engine::manifest::instance_here;
use crate::engine::views::{Image, RemoveRequest, RemovedImage};
use crate::engine::{Engine, Error, Kind};
use crate::store::{NamedImage, Store};
use crate::types::escape;
use crate::types::{ChainId, Event, ImageId, Platform};

impl Engine {
    /// Every image once, newest first; what has one id under several manifests is one image.
    /// Those of additional stores follow, and are images of their own.
    pub fn images(&self) -> Result<Vec<Image>, Error> {
        let store = self.store()?;
        let mut sizes = HashMap::new();
        let mut images: Vec<Image> = Vec::new();
        let mut at: HashMap<(ImageId, Option<PathBuf>), usize> = HashMap::new();
        for found in self.known_images()? {
            let key = (found.record.id, found.read_only.clone());
            let manifest = found.record.manifest;
            match at.get(&key) {
                Some(index) => merge_names(&mut images[*index], found.names),
                None => match view(store, found, &mut sizes) {
                    Ok(image) => {
                        at.insert(key, images.len());
                        images.push(image);
                    }
                    // Removed by another command since the list was read.
                    Err(_) if key.1.is_none() && !store.has_image(&manifest)? => {}
                    // Torn on disk: one bad image does not hide the others.
                    Err(error) => self.warn(&error.to_string()),
                },
            }
        }
        let listed = self.listed_images()?;
        for image in &mut images {
            image.listed = listed.contains(&image.id);
        }
        Ok(images)
    }

    /// One image by name, id or unambiguous id prefix.
    ///
    /// Of a list it is the instance for this machine, if that is here.
    pub fn image(&self, name: &str) -> Result<Image, Error> {
        self.image_on(name, &Platform::host())
    }

    /// The same, with the instance of a list for this platform.
    pub(crate) fn image_on(&self, name: &str, platform: &Platform) -> Result<Image, Error> {
        let store = self.store()?;
        let all = self.known()?;
        let chosen = match find(&all, name)? {
            Known::Image(image) => image.clone(),
            Known::List(list) => instance_here(&all, list, platform)?,
        };
        let all = all.into_iter().filter_map(Known::into_image);
        let (id, of) = (chosen.record.id, chosen.read_only);
        let same = |image: &NamedImage| image.record.id == id && image.read_only == of;
        let mut sizes = HashMap::new();
        let mut image: Option<Image> = None;
        for found in all.filter(same) {
            match &mut image {
                Some(image) => merge_names(image, found.names),
                None => {
                    let manifest = found.record.manifest;
                    image = match view(store, found, &mut sizes) {
                        // Removed by another command since the list was read.
                        Err(_) if of.is_none() && !store.has_image(&manifest)? => None,
                        other => Some(other?),
                    };
                }
            }
        }
        image.ok_or_else(|| unknown(name))
    }

    /// Returns the names an image has and those it had, the last one first.
    pub fn name_history(&self, image: &Image) -> Result<Vec<String>, Error> {
        let mut names = image.names.clone();
        for name in self.store()?.former_names(&image.manifest_digest) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Returns the bytes of a layer's files; 0 when it is not here.
    pub fn layer_size(&self, chain: &ChainId) -> Result<u64, Error> {
        let layer = self.store()?.layer(chain)?;
        Ok(layer.map_or(0, |layer| layer.facts.size))
    }

    /// Gives an image one more name.
    pub fn tag(&self, name: &str, new: &str) -> Result<(), Error> {
        let store = self.store()?;
        let new = named_here(new)?;
        let all = self.known()?;
        let found = find(&all, name)?;
        self.with_space(|| {
            if let Known::Image(chosen) = found
                && chosen.read_only.is_some()
            {
                self.take_in(&chosen.record)?;
            }
            Ok(store.set_name(&new, &found.key())?)
        })?;
        self.record(Event::image("tag", found.id().hex(), new.to_string()));
        self.tidy();
        Ok(())
    }

    /// Takes names away, all of them when none is given; the image stays.
    pub fn untag(&self, name: &str, names: &[String]) -> Result<(), Error> {
        let store = self.store()?;
        let all = self.known()?;
        let found = find(&all, name)?;
        if found.is_read_only() {
            refuse_read_only(&self.image(name)?, "take a name from")?;
        }
        let id = found.id();
        let of_id = all
            .iter()
            .filter(|one| one.id() == id && !one.is_read_only());
        let all_names: Vec<String> = of_id.flat_map(|one| one.names().to_vec()).collect();
        let mut leaving = Vec::new();
        for given in names {
            let found = match_name(&all_names, given).ok_or_else(|| {
                let shown = escape::visible(given);
                Error::of(Kind::NoSuchObject, format!("{shown}: tag not known"))
            })?;
            leaving.push(found);
        }
        if names.is_empty() {
            leaving = all_names;
        }
        for name in leaving {
            store.remove_name(&stored_name(&name)?)?;
            self.record(Event::image("untag", id.hex(), name));
        }
        self.tidy();
        Ok(())
    }

    /// Removes a name, or the image when it was its last or the id was given.
    ///
    /// Layers that other images or containers use are kept. Forced, containers of the image are
    /// removed first.
    pub fn remove_image(&self, name: &str, force: bool) -> Result<RemovedImage, Error> {
        let store = self.store()?;
        if let Known::List(list) = find(&self.known()?, name)? {
            return self.remove_found_list(list, name, force);
        }
        let image = self.image(name)?;
        refuse_read_only(&image, "remove")?;
        let mut removed = RemovedImage::default();
        let by_name = match_name(&image.names, name);
        if let Some(one) = by_name.filter(|_| image.names.len() > 1) {
            store.remove_name(&stored_name(&one)?)?;
            self.record(Event::image("untag", image.id.hex(), one.as_str()));
            removed.untagged.push(one);
            self.tidy();
            return Ok(removed);
        }
        if image.names.len() > 1 && !force {
            let names = image.names.join(", ");
            return Err(Error::of(
                Kind::InUse,
                format!("cannot remove {name} by its id: it has several names: {names}"),
            )
            .hint("remove the names one by one, or use --force"));
        }
        self.free_of_containers(&image, name, force)?;
        for found in self.known_images()? {
            if found.record.id == image.id && found.read_only.is_none() {
                removed.untagged.extend(found.names);
                store.remove_image(&found.record.manifest)?;
            }
        }
        self.record_removed(&image.id, &removed.untagged);
        removed.deleted.push(image.id);
        // The sweep tries again what does not work here.
        if let Err(error) = store.collect() {
            tracing::warn!("tidying up: {error}");
        }
        self.sweep_later();
        Ok(removed)
    }

    pub(crate) fn record_removed(&self, id: &ImageId, names: &[String]) {
        for name in names {
            self.record(Event::image("untag", id.hex(), name.as_str()));
        }
        self.record(Event::image("remove", id.hex(), id.hex()));
    }

    /// Makes an image of an additional store one of ours; its layers stay there.
    pub(crate) fn take_in(&self, record: &crate::store::ImageRecord) -> Result<(), Error> {
        let store = self.store()?;
        let mut lease = store.lease()?;
        lease.blob(&record.manifest)?;
        lease.blob(&record.id.0)?;
        for chain in &record.layers {
            lease.layer(chain)?;
        }
        let (manifest, config) = (store.blob(&record.manifest)?, store.blob(&record.id.0)?);
        store.add_image(&manifest, &record.media_type, &config)?;
        Ok(())
    }

    /// Sees that no container is made of the image; forced, removes those that are.
    fn free_of_containers(&self, image: &Image, name: &str, force: bool) -> Result<(), Error> {
        let store = self.store()?;
        for entry in store.containers()? {
            let record = entry.record()?;
            if record.image_id.as_ref() != Some(&image.id) {
                continue;
            }
            if !force {
                return Err(Error::of(
                    Kind::InUse,
                    format!(
                        "cannot remove image {name}: it is used by container {} ({})",
                        record.name,
                        record.id.short()
                    ),
                )
                .hint("remove the container first, or use --force"));
            }
            let request = RemoveRequest {
                force: true,
                ..RemoveRequest::default()
            };
            self.remove(record.id.as_str(), &request)?;
        }
        Ok(())
    }
}

fn refuse_read_only(image: &Image, what: &str) -> Result<(), Error> {
    let Some(store) = &image.read_only else {
        return Ok(());
    };
    let id = image.id.hex();
    Err(Error::new(format!(
        "cannot {what} read-only image \"{id}\": it is in the additional image store {}",
        store.display()
    )))
}

fn merge_names(image: &mut Image, names: Vec<String>) {
    let all: BTreeSet<String> = image.names.drain(..).chain(names).collect();
    image.names = all.into_iter().collect();
}

/// Reads an image's documents. Layers that images share are looked at once.
pub(crate) fn view(
    store: &Store,
    found: NamedImage,
    sizes: &mut HashMap<ChainId, u64>,
) -> Result<Image, Error> {
    let record = &found.record;
    let (raw_manifest, manifest) = store.manifest_of(record)?;
    let (raw_config, config) = store.config_of(record)?;
    let documents = (raw_manifest.len() + raw_config.len()) as u64;
    let mut size = documents;
    for chain in &record.layers {
        let bytes = match sizes.get(chain) {
            Some(bytes) => *bytes,
            // A layer lost to a power cut is missed when it is used, not when it is listed.
            None => store.layer(chain)?.map_or(0, |layer| layer.facts.size),
        };
        sizes.insert(*chain, bytes);
        size += bytes;
    }
    Ok(Image {
        id: record.id,
        names: found.names,
        manifest_digest: record.manifest,
        manifest_type: record.media_type.clone(),
        manifest,
        config,
        raw_config,
        size,
        documents,
        pulled: record.arrived,
        top_layer: record.layers.last().map(ChainId::hex),
        read_only: found.read_only,
        listed: false,
    })
}
