//! Simple signatures: read and written where `registries.d` says they are.
//!
//! containers-registries.d(5) and containers-signature(5): `BASE/REPOSITORY@sha256=HEX/signature-1`
//! and so on, until there is none.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::config::Environment;
use crate::config::lookaside::{Lookaside, Use};
use crate::engine::gpg::{self, GpgKey};
use crate::engine::{Engine, Error};
use crate::registry;
use crate::sys::open::open_plain;
use crate::types::claim::{self, Scheme};
use crate::types::strict::MAX_SMALL;
use crate::types::trust::Signers;
use crate::types::{Digest, Reference, escape};

/// More signatures of one image than this are not looked at.
const MAX_SIGNATURES: usize = 64;

impl Engine {
    /// Sees that one of the signers' GPG keys vouches for one of these manifests.
    pub(super) fn must_be_signed_aside(
        &self,
        manifests: &[Digest],
        pulled: &Reference,
        signers: &Signers,
    ) -> Result<(), Error> {
        let environment = Environment::current();
        let base = Lookaside::load(&environment)?.base(pulled, Use::Reading);
        let mut reasons: Vec<String> = Vec::new();
        for digest in manifests {
            for number in 1..=MAX_SIGNATURES {
                let Some(signature) = fetched(&environment, &address(&base, digest, number))?
                else {
                    break;
                };
                let checked = gpg::verified(self.store()?, signers, &signature)?.and_then(|text| {
                    claim::check(&text, Scheme::Simple, digest, pulled, &signers.identity)
                });
                match checked {
                    Ok(()) => return Ok(()),
                    Err(reason) => reasons.push(reason),
                }
            }
        }
        reasons.dedup();
        let why = match reasons.is_empty() {
            true => "is not signed, and the policy wants it to be".to_owned(),
            false => format!("is not signed as the policy wants: {}", reasons.join("; ")),
        };
        let error = Error::new(format!("{pulled} {why}"));
        Err(error.hint(format!("signatures are looked for at {base}")))
    }

    /// Signs a manifest under a name and puts the signature into a folder, or where
    /// registries.d says.
    pub(super) fn sign_aside(
        &self,
        key: &GpgKey,
        digest: &Digest,
        name: &Reference,
        folder: Option<&Path>,
    ) -> Result<(), Error> {
        let place = match folder {
            Some(folder) => folder.join(&name.repository),
            None => {
                let environment = Environment::current();
                let base = Lookaside::load(&environment)?.base(name, Use::Writing);
                local(&base).ok_or_else(|| {
                    let shown = escape::visible(&base);
                    Error::new(format!("signatures cannot be written to {shown}"))
                        .hint("name a file:// address as lookaside-staging in registries.d")
                })?
            }
        };
        let payload = claim::written(Scheme::Simple, digest, name);
        let signature = gpg::signed(self.store()?, key, &payload)?;
        let mut folder = place.into_os_string();
        folder.push(format!("@sha256={}", digest.hex()));
        keep(Path::new(&folder), &signature)
    }
}

fn address(base: &str, digest: &Digest, number: usize) -> String {
    format!("{base}@sha256={}/signature-{number}", digest.hex())
}

/// The path of a `file:` address.
fn local(address: &str) -> Option<PathBuf> {
    let path = address.strip_prefix("file://")?;
    path.starts_with('/').then(|| PathBuf::from(path))
}

/// Reads one signature; `None` when there is none of this number.
fn fetched(environment: &Environment, address: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let shown = escape::visible(address);
    let failed = |error: std::io::Error| Error::new(format!("{shown}: {error}"));
    let read = match local(address) {
        Some(path) => match open_plain(&path) {
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            opened => opened
                .map_err(failed)?
                .take(MAX_SMALL + 1)
                .read_to_end(&mut bytes),
        },
        None if address.starts_with("https://") || address.starts_with("http://") => {
            match registry::download(address, environment.proxies()) {
                Err(registry::Error::NotFound { .. }) => return Ok(None),
                opened => opened?.take(MAX_SMALL + 1).read_to_end(&mut bytes),
            }
        }
        None => {
            return Err(Error::new(format!("no signatures are read from {shown}"))
                .hint("registries.d may name file://, http:// and https:// addresses"));
        }
    };
    read.map_err(failed)?;
    if bytes.len() as u64 > MAX_SMALL {
        return Err(Error::new(format!(
            "{shown}: larger than {MAX_SMALL} bytes"
        )));
    }
    Ok(Some(bytes))
}

/// Writes a signature under the first number that is free; one that is there is not written again.
fn keep(folder: &Path, signature: &[u8]) -> Result<(), Error> {
    let failed = |error| Error::file("writing a signature to", folder, error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let beside = folder.join(format!(".{}.part", std::process::id()));
    std::fs::write(&beside, signature).map_err(failed)?;
    let mut kept = Err(Error::new("there are too many signatures"));
    for number in 1..=MAX_SIGNATURES {
        // A link is made only where nothing is.
        match std::fs::hard_link(&beside, folder.join(format!("signature-{number}"))) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            linked => {
                kept = linked.map_err(failed);
                break;
            }
        }
    }
    let _ = std::fs::remove_file(&beside);
    kept
}
