//! `manifest add`: an image, or what a list has, becomes an instance of a list.

use std::collections::BTreeMap;

use crate::engine::find::Known;
use crate::engine::manifest::found::{Found, Remote, entry_of, needs, platform_config};
use crate::engine::views::Access;
use crate::engine::{Engine, Error, Kind};
use crate::store::{ImageRecord, Instance, Lease, NamedList};
use crate::types::list::{Entry, List};
use crate::types::{Digest, ImageId, Platform, escape, strict};

/// `manifest add`
#[derive(Debug, Clone, Default)]
pub struct AddRequest {
    pub list: String,
    pub images: Vec<String>,
    /// Every instance of images that are lists.
    pub all: bool,
    pub overrides: Overrides,
    pub access: Access,
}

/// What the list is to say about an instance, whatever the image says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    pub architecture: Option<String>,
    pub os: Option<String>,
    pub variant: Option<String>,
    pub os_version: Option<String>,
    pub os_features: Vec<String>,
    pub features: Vec<String>,
    pub annotations: BTreeMap<String, String>,
}

impl Overrides {
    pub(super) fn apply(&self, entry: &mut Entry) {
        let mut needs = entry.platform.take().unwrap_or_default();
        if let Some(os) = &self.os {
            needs.os.clone_from(os);
        }
        if let Some(architecture) = &self.architecture {
            needs.architecture.clone_from(architecture);
            // It belonged to the architecture that was there before.
            needs.variant.clone_from(&self.variant);
        }
        if self.variant.is_some() {
            needs.variant.clone_from(&self.variant);
        }
        if self.os_version.is_some() {
            needs.os_version.clone_from(&self.os_version);
        }
        if !self.os_features.is_empty() {
            needs.os_features.clone_from(&self.os_features);
        }
        if !self.features.is_empty() {
            needs.features.clone_from(&self.features);
        }
        entry.platform = (needs != Default::default()).then_some(needs);
        entry.annotations.extend(self.annotations.clone());
    }

    /// The platform that is looked for in a list that is added.
    fn wanted(&self) -> Platform {
        let host = Platform::host();
        match &self.architecture {
            Some(architecture) => Platform {
                architecture: architecture.clone(),
                os: self.os.clone().unwrap_or(host.os),
                variant: self.variant.clone(),
                os_version: None,
            },
            None => Platform {
                os: self.os.clone().unwrap_or_else(|| host.os.clone()),
                variant: self.variant.clone().or(host.variant),
                ..host
            },
        }
    }
}

/// An entry and where its image is.
type Addition = (Entry, Instance);

impl Engine {
    /// Adds images to a list; returns the list's id.
    pub fn add_to_list(&self, request: &AddRequest) -> Result<ImageId, Error> {
        let list = self.find_list(&request.list)?;
        for image in &request.images {
            self.add_one(&list.record.id, image, request)?;
        }
        Ok(list.record.id)
    }

    pub(super) fn add_one(
        &self,
        list: &ImageId,
        image: &str,
        request: &AddRequest,
    ) -> Result<(), Error> {
        let mut lease = self.store()?.lease()?;
        let additions = match self.found(image, &request.access)? {
            Found::Here(Known::Image(image)) => {
                if image.read_only.is_some() {
                    // The list is to keep it, whatever becomes of the additional store.
                    self.take_in(&image.record)?;
                }
                vec![self.image_here(image.record, &mut lease)?]
            }
            Found::Here(Known::List(other)) if other.record.id == *list => {
                return Err(Error::new("a list cannot be added to itself"));
            }
            Found::Here(Known::List(other)) => self.list_here(&other, request, &mut lease)?,
            Found::There(remote) => there(&remote, request)
                .map_err(|error| error.while_doing(escape::visible(image)))?,
        };
        self.change_list(list, |record| {
            for (mut entry, instance) in additions {
                request.overrides.apply(&mut entry);
                record.instances.insert(entry.digest.to_string(), instance);
                record.list.add(entry);
            }
            Ok(())
        })
    }

    fn image_here(&self, image: ImageRecord, lease: &mut Lease) -> Result<Addition, Error> {
        let store = self.store()?;
        hold(&image, lease)?;
        if !store.has_image(&image.manifest)? {
            let message = format!("{}: image not known", image.id.hex());
            return Err(Error::of(Kind::NoSuchObject, message));
        }
        let (raw, _) = store.manifest_of(&image)?;
        let (config, _) = store.config_of(&image)?;
        let mut entry = entry_of(&image.media_type, &raw);
        entry.platform = Some(needs(&config)?).filter(|needs| *needs != Default::default());
        Ok((entry, Instance::Image(image)))
    }

    fn list_here(
        &self,
        other: &NamedList,
        request: &AddRequest,
        lease: &mut Lease,
    ) -> Result<Vec<Addition>, Error> {
        let mut additions = Vec::new();
        for entry in chosen(&other.record.list, request)? {
            let Some(instance) = other.record.instance(&entry.digest) else {
                return Err(Error::new(format!(
                    "nobody knows where {} is",
                    entry.digest
                )));
            };
            match instance {
                Instance::Image(image) => hold(image, lease)?,
                Instance::Artifact(artifact) => {
                    for blob in artifact.blobs.iter().chain([&artifact.manifest]) {
                        lease.blob(blob)?;
                    }
                }
                Instance::Remote(_) => {}
            }
            additions.push((entry, instance.clone()));
        }
        Ok(additions)
    }
}

/// Keeps an image's parts until the list refers to them.
fn hold(image: &ImageRecord, lease: &mut Lease) -> Result<(), Error> {
    lease.blob(&image.manifest)?;
    lease.blob(&image.id.0)?;
    for chain in &image.layers {
        lease.layer(chain)?;
    }
    Ok(())
}

/// The instances of a list that are to be added.
fn chosen(list: &List, request: &AddRequest) -> Result<Vec<Entry>, Error> {
    if request.all {
        return Ok(list.manifests.clone());
    }
    let wanted = request.overrides.wanted();
    let found = list.choose(&wanted);
    let found = found.or_else(|| list.choose(&Platform::host()));
    found.map(|entry| vec![entry.clone()]).ok_or_else(|| {
        Error::new(format!(
            "selecting image from manifest list: nothing for {wanted}"
        ))
        .hint("--all adds every image of the list")
    })
}

fn there(remote: &Remote, request: &AddRequest) -> Result<Vec<Addition>, Error> {
    let named = &remote.named;
    let entries = if named.is_list() {
        let list: List = strict::parse(&named.raw)
            .map_err(|why| Error::new(format!("manifest {} {why}", named.digest)))?;
        chosen(&list, request)?
    } else {
        let mut entry = entry_of(named.media_type, &named.raw);
        if let Some(config) = platform_config(&named.raw) {
            entry.platform = Some(needs(&remote.client.small_blob(&config)?)?);
        }
        vec![entry]
    };
    let placed = |entry: Entry| {
        let instance = Instance::Remote(remote.instance(&entry));
        (entry, instance)
    };
    Ok(entries.into_iter().map(placed).collect())
}

/// Says where an instance is taken from, for messages.
pub(super) fn place_of(digest: &Digest, instance: &Instance) -> String {
    match instance {
        Instance::Image(image) => format!("image {}", image.id.hex()),
        Instance::Remote(reference) => format!("{} ({digest})", reference.name()),
        Instance::Artifact(artifact) => artifact.files.join(", "),
    }
}
