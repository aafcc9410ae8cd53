//! Images in the store: list, find, tag, remove.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use crate::engine::views::{Image, RemoveRequest, RemovedImage};
use crate::engine::{Engine, Error, Kind};
use crate::store::{NamedImage, Store};
use crate::types::escape;
use crate::types::reference::{DOCKER_HUB, Typed};
use crate::types::transport;
use crate::types::{ChainId, Event, ImageId, Reference};

/// Where a short name is looked for first; Podman's order for what is local.
const LOCAL_REGISTRIES: [&str; 2] = ["localhost", DOCKER_HUB];

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
            match at.get(&key) {
                Some(index) => merge_names(&mut images[*index], found.names),
                None => match view(store, found, &mut sizes) {
                    Ok(image) => {
                        at.insert(key, images.len());
                        images.push(image);
                    }
                    // Removed by another command since the list was read, or torn on disk:
                    // one bad image does not hide the others.
                    Err(error) => self.warn(&error.to_string()),
                },
            }
        }
        Ok(images)
    }

    /// One image by name, id or unambiguous id prefix.
    pub fn image(&self, name: &str) -> Result<Image, Error> {
        let store = self.store()?;
        let all = self.known_images()?;
        let chosen = find(&all, name)?;
        let (id, of) = (chosen.record.id, chosen.read_only.clone());
        let same = |image: &NamedImage| image.record.id == id && image.read_only == of;
        let mut sizes = HashMap::new();
        let mut image: Option<Image> = None;
        for found in all.into_iter().filter(same) {
            match &mut image {
                Some(image) => merge_names(image, found.names),
                None => image = Some(view(store, found, &mut sizes)?),
            }
        }
        image.ok_or_else(|| unknown(name))
    }

    /// Gives an image one more name.
    pub fn tag(&self, name: &str, new: &str) -> Result<(), Error> {
        let store = self.store()?;
        let new = named_here(new)?;
        let all = self.known_images()?;
        let chosen = find(&all, name)?;
        let found = &chosen.record;
        self.with_space(|| {
            if chosen.read_only.is_some() {
                self.take_in(found)?;
            }
            Ok(store.set_name(&new, &found.manifest)?)
        })?;
        self.record(Event::image("tag", found.id.hex(), new.to_string()));
        self.tidy();
        Ok(())
    }

    /// Takes names away, all of them when none is given; the image stays.
    pub fn untag(&self, name: &str, names: &[String]) -> Result<(), Error> {
        let store = self.store()?;
        let image = self.image(name)?;
        refuse_read_only(&image, "take a name from")?;
        let mut leaving = Vec::new();
        for given in names {
            let found = match_name(&image.names, given).ok_or_else(|| {
                let shown = escape::visible(given);
                Error::of(Kind::NoSuchObject, format!("{shown}: tag not known"))
            })?;
            leaving.push(found);
        }
        if names.is_empty() {
            leaving.clone_from(&image.names);
        }
        for name in leaving {
            store.remove_name(&stored_name(&name)?)?;
            self.record(Event::image("untag", image.id.hex(), name));
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
    fn take_in(&self, record: &crate::store::ImageRecord) -> Result<(), Error> {
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
fn view(
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
    })
}

/// Finds an image by a user's word: whole id, name, prefix of the id.
fn find<'a>(all: &'a [NamedImage], word: &str) -> Result<&'a NamedImage, Error> {
    let word = transport::in_store(word);
    let hex = word.strip_prefix("sha256:").unwrap_or(word);
    if let Some(whole) = all.iter().find(|image| image.record.id.hex() == hex) {
        return Ok(whole);
    }
    if let Ok(typed) = Typed::parse(word)
        && let Some(found) = by_name(all, &typed)
    {
        return Ok(found);
    }
    let is_prefix = !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Where two stores have one, ours counts: it comes first.
    let fitting: BTreeMap<ImageId, &NamedImage> = all
        .iter()
        .rev()
        .filter(|image| is_prefix && image.record.id.hex().starts_with(hex))
        .map(|image| (image.record.id, image))
        .collect();
    match fitting.len() {
        0 => Err(unknown(word)),
        1 => Ok(fitting.values().next().expect("there is one")),
        _ => {
            let ids: Vec<String> = fitting.keys().map(|id| id.hex()[..12].to_owned()).collect();
            Err(Error::of(
                Kind::NoSuchObject,
                format!("{word} fits more than one image: {}", ids.join(", ")),
            ))
        }
    }
}

fn by_name<'a>(all: &'a [NamedImage], typed: &Typed) -> Option<&'a NamedImage> {
    let has = |image: &NamedImage, wanted: &Reference| match wanted.digest {
        // A digest decides; the tag beside it is only a remark.
        Some(digest) => {
            image.record.manifest == digest
                && (image.names.is_empty()
                    || image
                        .names
                        .iter()
                        .any(|name| repository(name) == wanted.name()))
        }
        None => image.names.contains(&wanted.to_string()),
    };
    let registries: &[&str] = match typed.registry {
        Some(_) => &[""],
        None => &LOCAL_REGISTRIES,
    };
    for registry in registries {
        let wanted = typed.in_registry(registry).with_default_tag();
        if let Some(found) = all.iter().find(|image| has(image, &wanted)) {
            return Some(found);
        }
    }
    // Another registry's image by the end of its name, as Podman finds it.
    if typed.registry.is_some() || typed.digest.is_some() {
        return None;
    }
    let tag = typed.tag.as_deref().unwrap_or("latest");
    let ending = format!("/{}:{tag}", typed.path);
    all.iter()
        .find(|image| image.names.iter().any(|name| name.ends_with(&ending)))
}

/// Returns registry and repository of a stored name.
fn repository(name: &str) -> String {
    Reference::parse(name).map_or_else(|_| name.to_owned(), |reference| reference.name())
}

/// Returns which of an image's names a user's word means, if any.
pub(crate) fn match_name(names: &[String], word: &str) -> Option<String> {
    let typed = Typed::parse(transport::in_store(word)).ok()?;
    let registries: &[&str] = match typed.registry {
        Some(_) => &[""],
        None => &LOCAL_REGISTRIES,
    };
    for registry in registries {
        let mut wanted = typed.in_registry(registry).with_default_tag();
        if wanted.digest.is_some() {
            wanted.tag = None; // only a remark beside it
        }
        let wanted = wanted.to_string();
        if names.contains(&wanted) {
            return Some(wanted);
        }
    }
    if typed.registry.is_some() || typed.digest.is_some() {
        return None;
    }
    let ending = format!(
        "/{}:{}",
        typed.path,
        typed.tag.as_deref().unwrap_or("latest")
    );
    names.iter().find(|name| name.ends_with(&ending)).cloned()
}

/// Makes a whole name of what a user calls an image here: no registry means `localhost`.
pub(crate) fn named_here(text: &str) -> Result<Reference, Error> {
    let typed = Typed::parse(text).map_err(|error| Error::new(error.to_string()))?;
    if typed.digest.is_some() {
        let shown = escape::quoted(text);
        return Err(Error::new(format!(
            "{shown} has a digest: a name is given by a tag"
        )));
    }
    Ok(typed.in_registry("localhost").with_default_tag())
}

/// Reads back a name that the store gave.
fn stored_name(name: &str) -> Result<Reference, Error> {
    Reference::parse(name).map_err(|error| Error::new(error.to_string()))
}

fn unknown(word: &str) -> Error {
    let shown = escape::visible(word);
    Error::of(Kind::NoSuchObject, format!("{shown}: image not known"))
}
