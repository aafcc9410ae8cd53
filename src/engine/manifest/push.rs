//! `manifest push`: a list and its images into a registry.
//!
//! The blobs of every instance go first, then its manifest, under its digest; the list comes last,
//! under its tag: whoever sees the tag finds everything behind it.

use crate::config::Environment;
use crate::config::registries::Registries;
use crate::engine::artifact::transfer::send;
use crate::engine::image::view;
use crate::engine::manifest::add::place_of;
use crate::engine::push::{Goal, mounts, own_source, target};
use crate::engine::views::{PushFormat, PushRequest, Pushed};
use crate::engine::{Engine, Error};
use crate::registry::Selector;
use crate::store::{ArtifactInstance, ImageRecord, Instance, NamedImage, NamedList};
use crate::types::event::Event as Happened;
use crate::types::image::{Family, Manifest, OCI_MANIFEST};
use crate::types::list::{Entry, List, ZSTD_ANNOTATION};
use crate::types::progress::Event;
use crate::types::transport::Transport;
use crate::types::{Digest, Progress, Reference, escape, strict};

/// `manifest push`
#[derive(Debug, Clone, Default)]
pub struct ListPushRequest {
    /// Of the list, in place of an image.
    pub push: PushRequest,
    /// The instances too, not only the list.
    pub all: bool,
    /// The list is removed when it is there.
    pub remove: bool,
    /// Instances compressed so are added where there are none.
    pub add_compression: Vec<PushFormat>,
}

/// One list on its way.
struct Journey<'a> {
    engine: &'a Engine,
    goal: Goal,
    request: &'a ListPushRequest,
    progress: &'a dyn Progress,
}

impl Engine {
    /// Sends a list; returns what it is known by there.
    pub fn push_list(
        &self,
        request: &ListPushRequest,
        progress: &dyn Progress,
    ) -> Result<Pushed, Error> {
        let name = &request.push.image;
        let list = self.find_list(name).map_err(|error| {
            let doing = "retrieving local image from image name";
            error.while_doing(format!("{doing} {}", escape::visible(name)))
        })?;
        let request = &ListPushRequest {
            push: self.filled_in(&request.push)?,
            ..request.clone()
        };
        let place = request.push.destination.as_deref().map(Transport::parse);
        let place = place.transpose();
        let place = place.map_err(|error| Error::new(format!("cannot push to {error}")))?;
        if let Some(Some(Transport::Files(_) | Transport::Store(_))) = place {
            let to = escape::visible(request.push.destination.as_deref().unwrap_or_default());
            let message = format!("cannot push to {to}: a list is sent to a registry only");
            return Err(Error::new(message).hint("push its images one by one"));
        }
        let target = target(&list.names, &request.push)?;
        let pushed = self
            .with_space(|| self.push_list_to(&list, &target, request, progress))
            .map_err(|error| error.while_doing(format!("cannot push {target}")))?;
        let to = target.to_string();
        self.record(Happened::image("push", list.record.id.hex(), to));
        if request.remove {
            self.remove_found_list(&list, &list.record.id.hex(), true)?;
        }
        self.tidy();
        Ok(pushed)
    }

    fn push_list_to(
        &self,
        list: &NamedList,
        target: &Reference,
        request: &ListPushRequest,
        progress: &dyn Progress,
    ) -> Result<Pushed, Error> {
        let pen = self.pen(&request.push.signing)?;
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let source = own_source(&registries, target)?;
        let contact = self.contact(&environment, &registries, &request.push.access);
        let mounts = mounts(&registries, &other_names(list), &source);
        let journey = Journey {
            engine: self,
            goal: Goal {
                client: contact.client(&source)?.for_push(&mounts),
                source,
                mounts,
            },
            request,
            progress,
        };
        let mut sent = list.record.list.clone();
        progress.event(Event::Note("Getting image list signatures"));
        if request.all {
            sent.manifests = journey.instances(list)?;
        }
        let family = request.push.family.unwrap_or_else(|| sent.family());
        check_family(&sent, family)?;
        let (bytes, media_type) = sent.document(family);
        progress.event(Event::Note("Writing manifest list to image destination"));
        let tag = target.tag.clone().unwrap_or_else(|| "latest".to_owned());
        let client = &journey.goal.client;
        client.put_manifest(&Selector::Tag(tag), &bytes, media_type)?;
        let digest = Digest::of(&bytes);
        // Whoever pulls one of the images asks who signed that.
        let images = sent.manifests.iter().map(|entry| entry.digest);
        for signed in images.filter(|_| request.all).chain([digest]) {
            pen.sign(client, &signed, target)?;
        }
        Ok(Pushed {
            digest,
            name: target.to_string(),
        })
    }
}

/// Names of repositories that may have the blobs already.
fn other_names(list: &NamedList) -> Vec<String> {
    let remote = list.record.instances.values().filter_map(|one| match one {
        Instance::Remote(reference) => Some(reference.name()),
        Instance::Image(_) | Instance::Artifact(_) => None,
    });
    list.names.iter().cloned().chain(remote).collect()
}

/// What only OCI can say is not lost on the way to a list of Docker's.
fn check_family(list: &List, family: Family) -> Result<(), Error> {
    let artifact = list.manifests.iter().any(|one| one.artifact_type.is_some());
    let zstd = |entry: &Entry| entry.annotations.contains_key(ZSTD_ANNOTATION);
    if family == Family::Docker && (artifact || list.subject.is_some()) {
        let message = "artifacts and subjects are not possible in format v2s2";
        return Err(Error::new(message).hint("use --format oci"));
    }
    if family == Family::Docker && list.manifests.iter().any(zstd) {
        let message = "layers compressed with zstd are not possible in format v2s2";
        return Err(Error::new(message).hint("use --format oci"));
    }
    Ok(())
}

impl Journey<'_> {
    /// Sends the instances; returns the entries as they are there.
    fn instances(&self, list: &NamedList) -> Result<Vec<Entry>, Error> {
        let entries = &list.record.list.manifests;
        let variants = self.variants(entries);
        let (all, own) = (entries.len() + variants.len(), entries.len());
        self.note(format!(
            "Copying {all} images generated from {own} images in list"
        ));
        let mut done: Vec<Entry> = Vec::new();
        let wishes = entries.iter().map(|entry| (entry, None)).chain(variants);
        for (at, (entry, compression)) in wishes.enumerate() {
            let instance = list.record.instance(&entry.digest);
            let instance = instance
                .ok_or_else(|| Error::new(format!("nobody knows where {} is", entry.digest)))?;
            self.note(format!("Copying image {} ({}/{all})", entry.digest, at + 1));
            let sent = self
                .instance(entry, instance, compression)
                .map_err(|error| error.while_doing(place_of(&entry.digest, instance)))?;
            // A variant may turn out to be what is there already.
            if !done.iter().any(|one| one.digest == sent.digest) {
                done.push(sent);
            }
        }
        Ok(done)
    }

    /// The instances that are wanted in a further compression, which none of their platform has.
    fn variants<'e>(&self, entries: &'e [Entry]) -> Vec<(&'e Entry, Option<PushFormat>)> {
        let is = |entry: &Entry, compression| {
            let zstd = entry.annotations.contains_key(ZSTD_ANNOTATION);
            zstd == (compression != PushFormat::Gzip)
        };
        let mut wanted = Vec::new();
        for compression in &self.request.add_compression {
            for entry in entries.iter().filter(|one| one.artifact_type.is_none()) {
                let mut same = entries.iter().filter(|one| one.platform == entry.platform);
                let own = self.request.push.format.unwrap_or(PushFormat::Gzip);
                if !same.any(|one| is(one, *compression)) || own != *compression {
                    wanted.push((entry, Some(*compression)));
                }
            }
        }
        wanted
    }

    /// Sends one instance, in another compression than the list as a whole if that is wanted.
    fn instance(
        &self,
        entry: &Entry,
        instance: &Instance,
        compression: Option<PushFormat>,
    ) -> Result<Entry, Error> {
        let image = match instance {
            Instance::Image(image) => image,
            Instance::Remote(reference) => return self.remote(entry, reference, compression),
            Instance::Artifact(artifact) => {
                self.artifact(artifact)?;
                return Ok(entry.clone());
            }
        };
        let mut push = self.request.push.clone();
        if compression.is_some() {
            (push.format, push.level, push.force) = (compression, None, true);
        }
        let (bytes, media_type) = self.image(image, &push)?;
        let mut sent = Entry {
            digest: Digest::of(&bytes),
            size: bytes.len() as u64,
            media_type,
            ..entry.clone()
        };
        self.note("Writing manifest to image destination".to_owned());
        let selector = Selector::Digest(sent.digest);
        let put = self
            .goal
            .client
            .put_manifest(&selector, &bytes, &sent.media_type);
        put?;
        if is_zstd(&bytes) {
            let mark = (ZSTD_ANNOTATION.to_owned(), "true".to_owned());
            sent.annotations.extend([mark]);
        } else {
            sent.annotations.remove(ZSTD_ANNOTATION);
        }
        Ok(sent)
    }

    fn image(&self, image: &ImageRecord, push: &PushRequest) -> Result<(Vec<u8>, String), Error> {
        let named = NamedImage {
            record: image.clone(),
            names: Vec::new(),
            read_only: None,
        };
        let image = view(self.engine.store()?, named, &mut Default::default())?;
        self.engine
            .send_image(&image, &self.goal, push, self.progress)
    }

    fn artifact(&self, artifact: &ArtifactInstance) -> Result<(), Error> {
        let store = self.engine.store()?;
        let raw = store.blob(&artifact.manifest)?;
        let manifest: Manifest = strict::parse(&raw)
            .map_err(|why| Error::new(format!("manifest {} {why}", artifact.manifest)))?;
        let Goal { client, source, .. } = &self.goal;
        for blob in manifest.layers.iter().chain([&manifest.config]) {
            send(store, client, source, blob, self.progress)?;
        }
        let selector = Selector::Digest(artifact.manifest);
        client.put_manifest(&selector, &raw, OCI_MANIFEST)?;
        Ok(())
    }

    fn remote(
        &self,
        entry: &Entry,
        reference: &Reference,
        compression: Option<PushFormat>,
    ) -> Result<Entry, Error> {
        let push = &self.request.push;
        let other = push
            .family
            .is_some_and(|family| family != Family::of_manifest(&entry.media_type));
        if compression.is_some() || push.format.is_some() && push.force || other {
            let message =
                "an image that is in a registry is sent as it is, in its format and compression";
            return Err(Error::new(message)
                .hint("pull it, and add what is here to the list, to have it changed"));
        }
        let media_type = self
            .engine
            .pass_on(reference, &self.goal, &push.access, self.progress)?;
        Ok(Entry {
            media_type: media_type.to_owned(),
            ..entry.clone()
        })
    }

    fn note(&self, line: String) {
        self.progress.event(Event::Note(&line));
    }
}

/// Whether all layers of a manifest are compressed with zstd.
fn is_zstd(manifest: &[u8]) -> bool {
    let Ok(manifest) = strict::parse::<Manifest>(manifest) else {
        return false;
    };
    let mut layers = manifest.layers.iter();
    !manifest.layers.is_empty() && layers.all(|layer| layer.media_type.ends_with("+zstd"))
}
