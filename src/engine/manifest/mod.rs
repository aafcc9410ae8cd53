//! Manifest lists: made, filled, annotated, shown, sent, removed; podman-manifest(1).
//!
//! A list is an object of its own beside the images. It is made of images that are here and of
//! images that stay in their registries; those are copied when the list is sent. Whoever changes
//! a list holds the claim on its id, so that two additions at once are both there afterwards.

mod add;
mod annotate;
mod artifact;
mod copy;
mod found;
mod push;
mod show;

pub use add::{AddRequest, Overrides};
pub use annotate::AnnotateRequest;
pub use artifact::AddArtifactRequest;
pub use push::ListPushRequest;

use std::collections::{BTreeMap, HashSet};

use crate::engine::find::{Known, find, match_name, named_here, stored_name, unknown};
use crate::engine::views::{Access, Image, RemovedImage};
use crate::engine::{Engine, Error, Kind};
use crate::store::{Instance, ListRecord, NamedImage, NamedList};
use crate::types::image::Manifest;
use crate::types::list::index_type;
use crate::types::{Descriptor, Digest, Event, ImageConfig, ImageId, Platform, escape};

/// `manifest create`
#[derive(Debug, Clone, Default)]
pub struct CreateListRequest {
    pub name: String,
    pub images: Vec<String>,
    /// Every instance of images that are lists.
    pub all: bool,
    /// A list of that name is filled further.
    pub amend: bool,
    /// Of the list.
    pub annotations: BTreeMap<String, String>,
    pub access: Access,
}

impl Engine {
    /// Makes a list with these images; returns its id.
    pub fn create_list(&self, request: &CreateListRequest) -> Result<ImageId, Error> {
        let store = self.store()?;
        let name = named_here(&request.name)?;
        let id = {
            // Of two that make the same name the second one sees it.
            let _claim = store.claim(&Digest::of(name.to_string().as_bytes()), &mut |_| true)?;
            match self
                .known()?
                .iter()
                .find(|one| one.names().contains(&name.to_string()))
            {
                Some(Known::List(list)) if request.amend => list.record.id,
                Some(other) => {
                    let id = other.id().hex();
                    let message = format!(
                        "image name \"{name}\" is already associated with image \"{id}\": that \
                         name is already in use"
                    );
                    let hint = match other {
                        Known::List(_) => "--amend adds to a list that is there",
                        Known::Image(_) => "choose another name for the list, or untag the image",
                    };
                    return Err(Error::of(Kind::InUse, message).hint(hint));
                }
                None => {
                    let record = self.with_space(|| Ok(store.new_list()?))?;
                    self.with_space(|| Ok(store.set_name(&name, &record.id.0)?))?;
                    record.id
                }
            }
        };
        if !request.annotations.is_empty() {
            self.change_list(&id, |record| {
                let annotations = &mut record.list.annotations;
                annotations.extend(request.annotations.clone());
                Ok(())
            })?;
        }
        for image in &request.images {
            self.add_one(
                &id,
                image,
                &AddRequest {
                    all: request.all,
                    access: request.access.clone(),
                    ..AddRequest::default()
                },
            )?;
        }
        self.record(Event::image("build", id.hex(), name.to_string()));
        Ok(id)
    }

    /// Finds a list by name, id or prefix of it; an image of that name is an error of its own.
    pub(crate) fn find_list(&self, name: &str) -> Result<NamedList, Error> {
        match find(&self.known()?, name)? {
            Known::List(list) => Ok(list.clone()),
            Known::Image(image) => {
                let shown = match_name(&image.names, name);
                let shown = shown.unwrap_or_else(|| escape::visible(name));
                Err(Error::new(format!("{shown}: image is not a manifest list")))
            }
        }
    }

    /// Whether there is a list of that name.
    pub fn list_exists(&self, name: &str) -> Result<bool, Error> {
        match self.find_list(name) {
            Ok(_) => Ok(true),
            Err(error) if error.kind == Kind::NoSuchObject => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Changes a list's record while nobody else does.
    fn change_list<T>(
        &self,
        id: &ImageId,
        change: impl FnOnce(&mut ListRecord) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let store = self.store()?;
        let _claim = store.claim(&id.0, &mut |_| true)?;
        let record = store.list(&id.0)?;
        let mut record = record.ok_or_else(|| unknown(&id.hex()))?;
        let done = change(&mut record)?;
        self.with_space(|| Ok(store.keep_list(&record)?))?;
        Ok(done)
    }

    /// Takes an instance out of a list; returns the list's id.
    pub fn remove_from_list(&self, name: &str, digest: &str) -> Result<ImageId, Error> {
        let doing = || format!("removing from manifest list {}", escape::visible(name));
        let parsed = Digest::parse(digest).map_err(|_| {
            let digest = escape::visible(digest);
            let why = "invalid checksum digest format";
            Error::new(format!("invalid image digest \"{digest}\": {why}")).while_doing(doing())
        })?;
        let list = self
            .find_list(name)
            .map_err(|error| error.while_doing(doing()))?;
        self.change_list(&list.record.id, |record| {
            if !record.list.remove(&parsed) {
                let message = format!(
                    "no instance matching digest \"{parsed}\" found in manifest list: file does \
                     not exist"
                );
                return Err(Error::of(Kind::NoSuchObject, message).while_doing(doing()));
            }
            record.instances.remove(&parsed.to_string());
            Ok(())
        })?;
        self.tidy();
        Ok(list.record.id)
    }

    /// Removes a list, not the images in it.
    pub fn remove_list(&self, name: &str) -> Result<RemovedImage, Error> {
        let list = self.find_list(name)?;
        self.remove_found_list(&list, name, false)
    }

    /// Removes a name of a list, or the list when it was its last or the id was given.
    pub(crate) fn remove_found_list(
        &self,
        list: &NamedList,
        name: &str,
        force: bool,
    ) -> Result<RemovedImage, Error> {
        let store = self.store()?;
        let id = list.record.id;
        let by_name = match_name(&list.names, name);
        let mut removed = RemovedImage::default();
        if let Some(one) = by_name.filter(|_| list.names.len() > 1) {
            store.remove_name(&stored_name(&one)?)?;
            removed.untagged.push(one);
        } else if list.names.len() > 1 && !force {
            let names = list.names.join(", ");
            let message = format!("cannot remove {name} by its id: it has several names: {names}");
            return Err(
                Error::of(Kind::InUse, message).hint("remove the names one by one, or use --force")
            );
        } else {
            let _claim = store.claim(&id.0, &mut |_| true)?;
            store.remove_list(&id.0)?;
            removed.untagged.clone_from(&list.names);
            removed.deleted.push(id);
        }
        for name in &removed.untagged {
            self.record(Event::image("untag", id.hex(), name.as_str()));
        }
        if !removed.deleted.is_empty() {
            self.record(Event::image("remove", id.hex(), id.hex()));
            // The sweep tries again what does not work here.
            if let Err(error) = store.collect() {
                tracing::warn!("tidying up: {error}");
            }
        }
        self.sweep_later();
        Ok(removed)
    }

    /// Every list, in the shape of an image: what `images` shows, and no layers.
    pub fn lists(&self) -> Result<Vec<Image>, Error> {
        Ok(self.known_lists()?.into_iter().map(as_image).collect())
    }

    /// The images of this store that lists have.
    pub(crate) fn listed_images(&self) -> Result<HashSet<ImageId>, Error> {
        let lists = self.known_lists()?;
        let instances = lists.iter().flat_map(|list| list.record.instances.values());
        let images = instances.filter_map(|instance| match instance {
            Instance::Image(image) => Some(image.id),
            Instance::Remote(_) | Instance::Artifact(_) => None,
        });
        Ok(images.collect())
    }
}

/// Returns the image among all here that is a list's instance for a platform.
pub(crate) fn instance_here(
    all: &[Known],
    list: &NamedList,
    platform: &Platform,
) -> Result<NamedImage, Error> {
    let Some(entry) = list.record.list.choose(platform) else {
        let variant = platform.variant.as_deref().unwrap_or_default();
        return Err(Error::of(
            Kind::NoSuchObject,
            format!(
                "no image found in manifest list for architecture \"{}\", variant \
                 \"{variant}\", OS \"{}\": image not known",
                platform.architecture, platform.os
            ),
        ));
    };
    let image = all.iter().find_map(|known| match known {
        Known::Image(image) if image.record.manifest == entry.digest => Some(image.clone()),
        _ => None,
    });
    image.ok_or_else(|| {
        Error::of(
            Kind::NoSuchObject,
            format!(
                "could not find image instance {} of manifest list {} in local containers \
                 storage: image not known",
                entry.digest,
                list.record.id.hex()
            ),
        )
    })
}

fn as_image(list: NamedList) -> Image {
    let family = list.record.list.family();
    let (document, media_type) = list.record.list.document(family);
    let digest = Digest::of(&document);
    Image {
        id: list.record.id,
        names: list.names,
        manifest_digest: digest,
        manifest_type: media_type.to_owned(),
        manifest: Manifest {
            schema_version: 2,
            media_type: Some(index_type(family).to_owned()),
            config: Descriptor {
                media_type: String::new(),
                digest,
                size: 0,
                platform: None,
                annotations: BTreeMap::new(),
                urls: Vec::new(),
            },
            layers: Vec::new(),
            annotations: list.record.list.annotations,
        },
        config: ImageConfig {
            created: Some(list.record.created.to_string()),
            ..ImageConfig::default()
        },
        raw_config: Vec::new(),
        size: document.len() as u64,
        documents: document.len() as u64,
        pulled: list.record.created,
        top_layer: None,
        read_only: None,
        listed: false,
    }
}
