//! What a word names that goes into a list, or that a list is about.
//!
//! Without a transport before it, what is here comes first: it needs no network, and no registry
//! can put another image in its place. (Podman asks the registry first.)

use std::sync::Arc;

use serde::Deserialize;

use crate::config::Environment;
use crate::config::policy::Policy;
use crate::config::registries::Registries;
use crate::engine::find::{Known, find, unknown};
use crate::engine::views::Access;
use crate::engine::{Engine, Error, Kind};
use crate::registry::{Client, Named, Selector};
use crate::types::image::{DOCKER_CONFIG, OCI_CONFIG};
use crate::types::list::{Entry, Needs};
use crate::types::reference::Typed;
use crate::types::transport::Transport;
use crate::types::{Descriptor, Reference, strict};

/// An image or a list, here or in a registry.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
pub(super) enum Found {
    Here(Known),
    There(Remote),
}

/// A document in a registry.
pub(super) struct Remote {
    pub named: Named,
    /// Registry, repository, and tag or digest.
    pub reference: Reference,
    pub client: Arc<Client>,
}

impl Remote {
    /// The same repository, with a digest of it.
    pub fn instance(&self, entry: &Entry) -> Reference {
        Reference {
            tag: None,
            digest: Some(entry.digest),
            ..self.reference.clone()
        }
    }
}

impl Engine {
    /// Finds an image or list by a user's word.
    pub(super) fn found(&self, word: &str, access: &Access) -> Result<Found, Error> {
        let place = Transport::parse(word).map_err(|error| Error::new(error.to_string()))?;
        match place {
            Some(Transport::Store(name)) => {
                return Ok(Found::Here(find(&self.known()?, &name)?.clone()));
            }
            Some(Transport::Registry(name)) => {
                return Ok(Found::There(self.remote(&name, access)?));
            }
            Some(Transport::Files(files)) => {
                let hint = "bring it into the store with coracle pull first";
                let message = format!("{files}: lists take images, not files");
                return Err(Error::new(message).hint(hint));
            }
            None => {}
        }
        let missing = match find(&self.known()?, word) {
            Ok(known) => return Ok(Found::Here(known.clone())),
            Err(error) if error.kind == Kind::NoSuchObject => error,
            Err(error) => return Err(error),
        };
        match Typed::parse(word) {
            Ok(_) => Ok(Found::There(self.remote(word, access)?)),
            // An id, or no name at all.
            Err(_) => Err(missing),
        }
    }

    /// Asks the registries for what a name points at.
    pub(super) fn remote(&self, name: &str, access: &Access) -> Result<Remote, Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let policy = Policy::load(&environment)?;
        let typed = Typed::parse(name).map_err(|error| Error::new(error.to_string()))?;
        let contact = self.contact(&environment, &registries, access);
        let mut failure = unknown(name);
        for candidate in registries.candidates(&typed)? {
            let reference = candidate.with_default_tag();
            let selector = match (&reference.digest, &reference.tag) {
                (Some(digest), _) => Selector::Digest(*digest),
                (None, tag) => Selector::Tag(tag.clone().unwrap_or_default()),
            };
            let signers = policy.check(&reference)?;
            for source in registries.sources(&reference)? {
                let client = Arc::new(contact.client(&source)?);
                let named = client.named(&selector);
                let named = match named {
                    Ok(named) => named,
                    Err(error) => {
                        failure = reading(&reference, error);
                        continue;
                    }
                };
                for signers in &signers {
                    client.must_be_signed(&[named.digest, named.digest], &reference, signers)?;
                }
                return Ok(Remote {
                    named,
                    reference,
                    client,
                });
            }
        }
        Err(failure)
    }

    /// Returns a descriptor of what a word names: the subject of a list.
    pub(super) fn described(&self, word: &str, access: &Access) -> Result<Entry, Error> {
        match self.found(word, access)? {
            Found::Here(Known::Image(image)) => {
                let raw = self.store()?.blob(&image.record.manifest)?;
                Ok(entry_of(&image.record.media_type, &raw))
            }
            Found::Here(Known::List(list)) => {
                let list = &list.record.list;
                let (raw, media_type) = list.document(list.family());
                Ok(entry_of(media_type, &raw))
            }
            Found::There(remote) => Ok(entry_of(remote.named.media_type, &remote.named.raw)),
        }
    }
}

/// Says what was being done in Podman's words, and why it did not work in ours.
fn reading(reference: &Reference, error: crate::registry::Error) -> Error {
    let doing = format!(
        "reading image \"docker://{reference}\": fetching manifest {} in {}",
        reference.selector(),
        reference.name()
    );
    let pinging = match &error {
        crate::registry::Error::Tls { host, .. } => {
            Some(format!("pinging container registry {host}: x509"))
        }
        crate::registry::Error::Connection { host, .. } => {
            Some(format!("pinging container registry {host}"))
        }
        _ => None,
    };
    let error = Error::from(error);
    match pinging {
        Some(pinging) => error.while_doing(pinging).while_doing(doing),
        None => error.while_doing(doing),
    }
}

/// What of a manifest a list repeats.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Probe {
    artifact_type: Option<String>,
    config: Option<Descriptor>,
}

/// An entry for a manifest or a list, without a platform.
pub(super) fn entry_of(media_type: &str, raw: &[u8]) -> Entry {
    let probe: Option<Probe> = strict::parse(raw).ok();
    let artifact_type = probe.and_then(|probe| probe.artifact_type);
    Entry {
        artifact_type: artifact_type.filter(|text| !text.is_empty()),
        ..Entry::new(media_type, crate::types::Digest::of(raw), raw.len() as u64)
    }
}

/// The config of a manifest, if it is one that says what the image runs on.
pub(super) fn platform_config(raw: &[u8]) -> Option<Descriptor> {
    let probe: Probe = strict::parse(raw).ok()?;
    let is_image = |config: &Descriptor| matches!(&*config.media_type, OCI_CONFIG | DOCKER_CONFIG);
    let config = probe.config.filter(is_image);
    config.filter(|_| probe.artifact_type.is_none_or(|text| text.is_empty()))
}

/// Reads what an image runs on from its config: image-spec config.md.
pub(super) fn needs(raw_config: &[u8]) -> Result<Needs, Error> {
    #[derive(Deserialize)]
    struct Config {
        #[serde(flatten)]
        needs: Needs,
    }
    let config: Config =
        strict::parse(raw_config).map_err(|why| Error::new(format!("the image's config {why}")))?;
    Ok(config.needs)
}
