//! Names of images and lists: what a user's word means here.

use std::collections::BTreeMap;

use crate::engine::{Engine, Error, Kind};
use crate::store::{NamedImage, NamedList};
use crate::types::reference::{DOCKER_HUB, Typed};
use crate::types::{Digest, ImageId, Reference, escape, transport};

/// Where a short name is looked for first; Podman's order for what is local.
const LOCAL_REGISTRIES: [&str; 2] = ["localhost", DOCKER_HUB];

/// What a name may stand for.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
#[derive(Debug, Clone)]
pub(crate) enum Known {
    Image(NamedImage),
    List(NamedList),
}

impl Known {
    pub fn into_image(self) -> Option<NamedImage> {
        match self {
            Self::Image(image) => Some(image),
            Self::List(_) => None,
        }
    }

    pub fn id(&self) -> ImageId {
        match self {
            Self::Image(image) => image.record.id,
            Self::List(list) => list.record.id,
        }
    }

    pub fn names(&self) -> &[String] {
        match self {
            Self::Image(image) => &image.names,
            Self::List(list) => &list.names,
        }
    }

    /// Whether it is in an additional store.
    pub fn is_read_only(&self) -> bool {
        matches!(self, Self::Image(image) if image.read_only.is_some())
    }

    /// What names point at in the store.
    pub fn key(&self) -> Digest {
        match self {
            Self::Image(image) => image.record.manifest,
            Self::List(list) => list.record.id.0,
        }
    }

    /// Of its document.
    fn digest(&self) -> Digest {
        match self {
            Self::Image(image) => image.record.manifest,
            Self::List(list) => {
                let list = &list.record.list;
                Digest::of(&list.document(list.family()).0)
            }
        }
    }
}

impl Engine {
    /// Every image and list whose record can be read; the others are told.
    pub(crate) fn known(&self) -> Result<Vec<Known>, Error> {
        let images = self.known_images()?.into_iter().map(Known::Image);
        let lists = self.known_lists()?.into_iter().map(Known::List);
        Ok(images.chain(lists).collect())
    }

    pub(crate) fn known_lists(&self) -> Result<Vec<NamedList>, Error> {
        let store = self.store()?;
        Ok(store.readable_lists(&mut |error| self.tell_damage(&error))?)
    }
}

/// Finds an image or a list by a user's word: whole id, name, prefix of the id.
pub(crate) fn find<'a>(all: &'a [Known], word: &str) -> Result<&'a Known, Error> {
    let word = transport::in_store(word);
    let hex = word.strip_prefix("sha256:").unwrap_or(word);
    if let Some(whole) = all.iter().find(|one| one.id().hex() == hex) {
        return Ok(whole);
    }
    if let Ok(typed) = Typed::parse(word)
        && let Some(found) = by_name(all, &typed)
    {
        return Ok(found);
    }
    let is_prefix = !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Where two stores have one, ours counts: it comes first.
    let fitting: BTreeMap<ImageId, &Known> = all
        .iter()
        .rev()
        .filter(|one| is_prefix && one.id().hex().starts_with(hex))
        .map(|one| (one.id(), one))
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

fn by_name<'a>(all: &'a [Known], typed: &Typed) -> Option<&'a Known> {
    let has = |one: &Known, wanted: &Reference| match wanted.digest {
        // A digest decides; the tag beside it is only a remark.
        Some(digest) => {
            one.digest() == digest
                && (one.names().is_empty()
                    || one
                        .names()
                        .iter()
                        .any(|name| repository(name) == wanted.name()))
        }
        None => one.names().contains(&wanted.to_string()),
    };
    let registries: &[&str] = match typed.registry {
        Some(_) => &[""],
        None => &LOCAL_REGISTRIES,
    };
    for registry in registries {
        let wanted = typed.in_registry(registry).with_default_tag();
        if let Some(found) = all.iter().find(|one| has(one, &wanted)) {
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
        .find(|one| one.names().iter().any(|name| name.ends_with(&ending)))
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
pub(crate) fn stored_name(name: &str) -> Result<Reference, Error> {
    Reference::parse(name).map_err(|error| Error::new(error.to_string()))
}

pub(crate) fn unknown(word: &str) -> Error {
    let shown = escape::visible(word);
    Error::of(Kind::NoSuchObject, format!("{shown}: image not known"))
}
