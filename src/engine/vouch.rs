//! Who vouches for an image: asked before it is believed, said after it was sent.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::config::Environment;
use crate::config::registries::Registries;
use crate::config::sigstore::{self, Parameters};
use crate::engine::Access;
use crate::engine::archive::said;
use crate::engine::gpg::GpgKey;
use crate::engine::push::own_source;
use crate::engine::{Engine, Error};
use crate::registry::{Client, SigningKey};
use crate::types::claim::Scheme;
use crate::types::strict::MAX_SMALL;
use crate::types::trust::Signers;
use crate::types::{Digest, Reference};

/// Who signs what is pushed.
#[derive(Debug, Clone, Default)]
pub struct Signing {
    /// `--sign-by`
    pub gpg: Option<GpgKey>,
    /// `--sign-by-sigstore-private-key`
    pub sigstore: Option<SigstoreKey>,
}

impl Signing {
    pub fn is_wanted(&self) -> bool {
        self.gpg.is_some() || self.sigstore.is_some()
    }
}

/// A file with a private key, as cosign writes it.
#[derive(Debug, Clone)]
pub struct SigstoreKey {
    pub path: PathBuf,
    pub passphrase: Vec<u8>,
}

/// Reads a file of signing parameters.
pub fn signing_parameters(path: &Path) -> Result<Parameters, Error> {
    Ok(sigstore::parameters(path)?)
}

/// The same, with keys that can be used.
pub(super) struct Pen<'a> {
    engine: &'a Engine,
    gpg: Option<&'a GpgKey>,
    sigstore: Option<SigningKey>,
}

impl Engine {
    /// Sees that each of these signs for one of the manifests under the image's name.
    pub(super) fn must_be_signed(
        &self,
        client: &Client,
        manifests: &[Digest],
        pulled: &Reference,
        all: &[Signers],
    ) -> Result<(), Error> {
        for signers in all {
            match signers.scheme {
                Scheme::Sigstore => client.must_be_signed(manifests, pulled, signers)?,
                Scheme::Simple => self.must_be_signed_aside(manifests, pulled, signers)?,
            }
        }
        Ok(())
    }

    /// Opens the keys: a wrong passphrase is found before anything is sent.
    pub(super) fn pen<'a>(&'a self, signing: &'a Signing) -> Result<Pen<'a>, Error> {
        let open = |key: &SigstoreKey| {
            let failed = |why: String| {
                let path = crate::types::escape::visible(&key.path.to_string_lossy());
                Error::new(format!("cannot sign with {path}: {why}"))
            };
            let mut bytes = Vec::new();
            File::open(&key.path)
                .and_then(|file| file.take(MAX_SMALL).read_to_end(&mut bytes))
                .map_err(|error| failed(said(&error)))?;
            SigningKey::open(&bytes, &key.passphrase).map_err(failed)
        };
        Ok(Pen {
            engine: self,
            gpg: signing.gpg.as_ref(),
            sigstore: signing.sigstore.as_ref().map(open).transpose()?,
        })
    }
}

impl Engine {
    /// Signs what a registry has under a name, and where `all` is said every image of a list.
    pub fn sign_image(
        &self,
        name: &str,
        key: &GpgKey,
        folder: Option<&Path>,
        all: bool,
        access: &Access,
    ) -> Result<(), Error> {
        let signed = || {
            let bare = name.strip_prefix("docker://").unwrap_or(name);
            let image = Reference::parse(bare).map_err(|error| Error::new(error.to_string()))?;
            let image = image.with_default_tag();
            let environment = Environment::current();
            let registries = Registries::load(&environment)?;
            let source = own_source(&registries, &image)?;
            let contact = self.contact(&environment, &registries, access);
            let (digest, listed) = contact.client(&source)?.listed(&image)?;
            if all && listed.is_empty() {
                return Err(Error::new("it is not a list of images"));
            }
            let digests = if all { listed } else { vec![digest] };
            digests
                .iter()
                .try_for_each(|digest| self.sign_aside(key, digest, &image, folder))
        };
        signed().map_err(|error| {
            error.while_doing(format!(
                "cannot sign {}",
                crate::types::escape::visible(name)
            ))
        })
    }
}

impl Pen<'_> {
    /// Signs a manifest that a registry has, under the name it has there.
    pub fn sign(&self, client: &Client, digest: &Digest, name: &Reference) -> Result<(), Error> {
        if let Some(key) = &self.sigstore {
            client.add_signature(key, digest, name)?;
        }
        if let Some(key) = self.gpg {
            self.engine.sign_aside(key, digest, name, None)?;
        }
        Ok(())
    }
}
