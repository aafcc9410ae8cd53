//! Brings an image from a registry into the store.
//!
//! reference → where it is fetched from → manifest and config → layers, several at once → record →
//! name. The name comes last: whatever ends the command before leaves no image that cannot run
//! (S-37). Layers are the work of `fetch`.

use std::sync::Arc;

use crate::config::Environment;
use crate::config::policy::Policy;
use crate::config::registries::{Registries, record_alias};
use crate::engine::contact::Contact;
use crate::engine::fetch::{Fetch, Layers};
use crate::engine::{Engine, Error, Kind, PullRequest, Pulled};
use crate::registry::{Client, Resolved, Selector};
use crate::types::event::Event as Happened;
use crate::types::image::ImageConfig;
use crate::types::progress::Event;
use crate::types::reference::Typed;
use crate::types::registry::Source;
use crate::types::request::PullPolicy;
use crate::types::transport::{Files, Transport};
use crate::types::{Digest, ImageId, Platform, Progress, Reference, escape, strict};

impl Engine {
    /// Brings an image as the policy says; it is named when this returns.
    pub fn pull(
        &self,
        name: &str,
        request: &PullRequest,
        progress: &dyn Progress,
    ) -> Result<Pulled, Error> {
        let pulled = match Transport::parse(name) {
            Err(error) => return Err(Error::new(format!("cannot pull {error}"))),
            Ok(Some(Transport::Files(files))) => self
                .pull_from_files(&files, request, progress)
                .map_err(|error| error.while_doing(cannot_pull(name))),
            Ok(Some(Transport::Store(name))) => self.image(&name).map(|image| Pulled {
                id: image.id,
                name: image.names.into_iter().next().unwrap_or_default(),
            }),
            Ok(Some(Transport::Registry(bare))) => {
                self.pull_as_said(&bare, &parse(&bare)?, request, progress)
            }
            Ok(None) => self.pull_as_said(name, &parse(name)?, request, progress),
        };
        self.record(match &pulled {
            Ok(pulled) => Happened::image("pull", pulled.id.hex(), name),
            Err(error) => Happened {
                error: error.message.clone(),
                ..Happened::image("pull-error", "", name)
            },
        });
        // New layers want to be seen on the disk, and what failed is in the trash.
        self.tidy();
        pulled
    }

    /// Brings the one image that a file or directory holds, or that is named there.
    fn pull_from_files(
        &self,
        files: &Files,
        request: &PullRequest,
        progress: &dyn Progress,
    ) -> Result<Pulled, Error> {
        if request.all_tags {
            return Err(Error::new(
                "pulling all tags is possible from registries only",
            ));
        }
        progress.event(Event::Note("Getting image source signatures"));
        let pulled = self.load_one(files, progress)?;
        let id = pulled.id.hex();
        progress.event(Event::Note(&format!("Copying config {}", &id[..12])));
        progress.event(Event::Note("Writing manifest to image destination"));
        Ok(pulled)
    }

    fn pull_as_said(
        &self,
        name: &str,
        typed: &Typed,
        request: &PullRequest,
        progress: &dyn Progress,
    ) -> Result<Pulled, Error> {
        let shown = escape::visible(name);
        let here = match request.policy {
            PullPolicy::Always => None,
            _ => self.here(name, request)?,
        };
        match (request.policy, here) {
            (PullPolicy::Missing | PullPolicy::Never, Some(here)) => Ok(here),
            (PullPolicy::Never, None) => {
                let message = format!("{shown}: image not known");
                // Scripts compare all of it: no hint.
                Err(Error::of(Kind::NoSuchObject, message))
            }
            (_, here) => match (self.bring(typed, request, progress), here) {
                (Err(error), Some(here)) => {
                    let line = format!("{shown} stays as it is: {}", error.message);
                    progress.event(Event::Warning(&line));
                    Ok(here)
                }
                (brought, _) => {
                    brought.map_err(|error| error.while_doing(format!("cannot pull {shown}")))
                }
            },
        }
    }

    /// Returns the image of that name in the store, if it serves the platform asked for.
    fn here(&self, name: &str, request: &PullRequest) -> Result<Option<Pulled>, Error> {
        let wanted = request.platform.clone().unwrap_or_else(Platform::host);
        let image = match self.image_on(name, &wanted) {
            Ok(image) => image,
            Err(error) if error.kind == Kind::NoSuchObject => return Ok(None),
            Err(error) => return Err(error),
        };
        let serves = match &request.platform {
            Some(wanted) => wanted.rank(&platform_of(&image.config)).is_some(),
            None => true,
        };
        let name = image.names.first().cloned().unwrap_or_default();
        Ok(serves.then_some(Pulled { id: image.id, name }))
    }

    /// Tries every whole name the typed one may stand for.
    fn bring(
        &self,
        typed: &Typed,
        request: &PullRequest,
        progress: &dyn Progress,
    ) -> Result<Pulled, Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let policy = Policy::load(&environment)?;
        let asked = self.ask(&registries, typed)?;
        let candidates = match &asked {
            Some(chosen) => vec![chosen.clone()],
            None => registries.candidates(typed)?,
        };
        let journey = Journey {
            engine: self,
            contact: self.contact(&environment, &registries, &request.access),
            policy: &policy,
            request,
            progress,
        };
        let mut failures = Vec::new();
        for candidate in &candidates {
            let outcome = registries
                .sources(candidate)
                .map_err(Error::from)
                .and_then(|sources| journey.any_of(&sources, candidate));
            match outcome {
                Ok(pulled) => {
                    if asked.is_some()
                        && let Err(error) = record_alias(&environment, &typed.path, candidate)
                    {
                        self.warn(&format!("the answer is not kept: {error}"));
                    }
                    return Ok(pulled);
                }
                Err(error) if candidates.len() == 1 => return Err(error),
                Err(error) => failures.push(error.while_doing(candidate.name())),
            }
        }
        let all: Vec<String> = failures.into_iter().map(|error| error.message).collect();
        Err(Error::new(all.join("; ")))
    }
}

impl Engine {
    /// Has the user choose what a short name means, if there is somebody to ask.
    fn ask(&self, registries: &Registries, typed: &Typed) -> Result<Option<Reference>, Error> {
        let mut choices = registries.to_ask(typed);
        let (Some(chooser), false) = (&self.chooser, choices.is_empty()) else {
            return Ok(None);
        };
        let shown: Vec<String> = choices
            .iter()
            .map(|choice| choice.clone().with_default_tag().to_string())
            .collect();
        match chooser(&shown) {
            Some(at) if at < choices.len() => Ok(Some(choices.swap_remove(at))),
            _ => Err(Error::new("no image was chosen")),
        }
    }
}

/// What stays the same while one name is brought.
struct Journey<'a> {
    engine: &'a Engine,
    contact: Contact<'a>,
    policy: &'a Policy,
    request: &'a PullRequest,
    progress: &'a dyn Progress,
}

impl Journey<'_> {
    /// Tries the mirrors, then the registry itself.
    fn any_of(&self, sources: &[Source], reference: &Reference) -> Result<Pulled, Error> {
        let mut last = Error::new("registries.conf leaves no place to fetch it from");
        for source in sources {
            match self.source(source, reference) {
                Ok(pulled) => return Ok(pulled),
                Err(error) if source.mirror => {
                    let line = format!("mirror {}: {}", source.registry, error.message);
                    self.progress.event(Event::Warning(&line));
                    last = error;
                }
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    fn source(&self, source: &Source, reference: &Reference) -> Result<Pulled, Error> {
        let client = Arc::new(self.contact.client(source)?);
        if !self.request.all_tags {
            return self.one(&client, reference.clone().with_default_tag());
        }
        if reference.tag.is_some() || reference.digest.is_some() {
            return Err(Error::new("all tags are asked for, and one is named"));
        }
        let mut last = Err(Error::new("the repository has no tags"));
        for tag in client.tags()? {
            let reference = Reference::parse(&format!("{}:{tag}", reference.name()))
                .map_err(|error| Error::new(error.to_string()))?;
            last = Ok(self.one(&client, reference)?);
        }
        last
    }

    /// Brings one image and names it.
    fn one(&self, client: &Arc<Client>, reference: Reference) -> Result<Pulled, Error> {
        let signers = self.policy.check(&reference)?;
        let wanted = self.request.platform.clone();
        let wanted = wanted.unwrap_or_else(Platform::host);
        let selector = match (&reference.digest, &reference.tag) {
            (Some(digest), _) => Selector::Digest(*digest),
            (None, tag) => Selector::Tag(tag.clone().unwrap_or_else(|| "latest".to_owned())),
        };
        let line = format!("Trying to pull {reference}...");
        let known = match self.request.policy {
            // What is here already is no news: nothing is said about it.
            PullPolicy::Newer => self.engine.store()?.named(&reference)?,
            _ => None,
        };
        if known.is_none() {
            self.progress.event(Event::Note(&line));
        }
        let resolved = client.resolve(&selector, &wanted)?;
        if let Some(known) = known {
            if known == resolved.digest && self.engine.store()?.has_image(&known)? {
                return Ok(Pulled {
                    id: ImageId(resolved.manifest.config.digest),
                    name: reference.to_string(),
                });
            }
            self.progress.event(Event::Note(&line));
        }
        // Whoever signed the list vouches for what it lists by digest.
        let manifests = [resolved.digest, resolved.named];
        self.engine
            .must_be_signed(client, &manifests, &reference, &signers)?;
        let store = self.engine.store()?;
        // Until it has its name, whoever prunes would take it for nobody's.
        let mut lease = self.engine.with_space(|| Ok(store.lease()?))?;
        lease.blob(&resolved.manifest.config.digest)?;
        let kept = || self.keep(client, &resolved, &wanted);
        let digest = self.engine.with_space(kept)?;
        let line = "Writing manifest to image destination";
        self.progress.event(Event::Note(line));
        // A digest pull moves no tag, and the tag beside a digest is only a remark.
        let name = match reference.digest {
            Some(_) => Reference {
                tag: None,
                ..reference
            },
            None => reference,
        };
        self.engine
            .with_space(|| Ok(store.set_name(&name, &digest)?))?;
        Ok(Pulled {
            id: ImageId(resolved.manifest.config.digest),
            name: name.to_string(),
        })
    }

    /// Brings config and layers, and writes the image's record.
    fn keep(
        &self,
        client: &Arc<Client>,
        resolved: &Resolved,
        wanted: &Platform,
    ) -> Result<Digest, Error> {
        let store = self.engine.store()?;
        let mut lease = store.lease()?;
        lease.blob(&resolved.digest)?;
        lease.blob(&resolved.manifest.config.digest)?;
        // Who wants the same image waits here and then finds all of it. Claims of blobs alone are
        // not enough: they are given up where two commands might wait for each other.
        let mut told = false;
        let _whole = store.claim(&resolved.digest, &mut |_| {
            if !std::mem::replace(&mut told, true) {
                let line = "Waiting for another command that fetches this image";
                self.progress.event(Event::Note(line));
            }
            true
        })?;
        let descriptor = &resolved.manifest.config;
        let raw_config = match store.find_blob(&descriptor.digest)? {
            Some(bytes) => bytes,
            None => client.small_blob(descriptor)?,
        };
        let config = read_config(&raw_config, resolved)?;
        self.check_platform(&config, wanted)?;
        let layers = Layers::new(&resolved.manifest.layers, &config.rootfs.diff_ids)?;
        for chain in layers.chains() {
            lease.layer(chain)?;
        }
        let fetch = Fetch {
            store,
            client,
            progress: self.progress,
            at_once: self.engine.settings.parallel_downloads.unwrap_or(2),
            limits: self.engine.limits()?,
            partial: self.engine.settings.partial_images != Some(false),
        };
        let kept = fetch
            .bring(&layers, || self.engine.own_base())
            .and_then(|()| {
                let kept = store.add_image(&resolved.raw, resolved.media_type, &raw_config);
                kept.map_err(Error::from)
            });
        if kept.is_err() {
            // What came before the failure is nobody's now; another pull of it holds a lease.
            drop(lease);
            if let Err(error) = store.collect() {
                tracing::warn!("tidying up: {error}");
            }
        }
        kept
    }

    fn check_platform(&self, config: &ImageConfig, wanted: &Platform) -> Result<(), Error> {
        let is = platform_of(config);
        if is.os != "linux" && !is.os.is_empty() {
            let os = escape::visible(&is.os);
            return Err(Error::new(format!("the image is for {os}, not for linux")));
        }
        if !is.architecture.is_empty() && wanted.rank(&is).is_none() {
            let is = escape::visible(&is.to_string());
            let line = format!("the image is for {is}, not for {wanted}");
            self.progress.event(Event::Warning(&line));
        }
        Ok(())
    }
}

/// Reads a name as `pull` takes it.
fn parse(name: &str) -> Result<Typed, Error> {
    Typed::parse(name).map_err(|error| Error::new(format!("cannot pull {error}")))
}

fn cannot_pull(name: &str) -> String {
    format!("cannot pull {}", escape::visible(name))
}

fn read_config(raw: &[u8], resolved: &Resolved) -> Result<ImageConfig, Error> {
    let config: ImageConfig = strict::parse(raw).map_err(|why| {
        let digest = &resolved.manifest.config.digest;
        Error::new(format!("the image's config {digest} {why}"))
    })?;
    Ok(config)
}

pub(crate) fn platform_of(config: &ImageConfig) -> Platform {
    Platform {
        architecture: config.architecture.clone(),
        os: config.os.clone(),
        variant: config.variant.clone(),
        os_version: None,
    }
}

impl From<crate::registry::Error> for Error {
    fn from(error: crate::registry::Error) -> Self {
        let shown = Self::new(error.to_string());
        match error.hint() {
            Some(hint) => shown.hint(hint),
            None => shown,
        }
    }
}
