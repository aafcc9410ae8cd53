//! What a policy wants to be proved about an image: who signed it, and what for.
//!
//! containers-policy.json(5), "signedBy", "sigstoreSigned" and "signedIdentity".

use crate::types::Reference;
use crate::types::claim::Scheme;
use crate::types::reference::DOCKER_HUB;
use crate::types::registry::PemFile;

/// One of these keys must have signed the image, for a name that is this image's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signers {
    pub scheme: Scheme,
    /// GPG's as bytes, sigstore's in PEM.
    pub keys: Vec<PemFile>,
    pub identity: Identity,
}

/// How the name in a signature must relate to the name of the image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Identity {
    /// The same name and tag; by digest, the same repository.
    #[default]
    RepoDigestOrExact,
    Exact,
    Repository,
    ExactReference(String),
    ExactRepository(String),
    /// As the default, after this prefix of the image's name was replaced.
    Remap {
        prefix: String,
        signed: String,
    },
}

impl Identity {
    /// Says whether a signature for `signed` speaks about the image that is pulled as `pulled`.
    pub fn accepts(&self, pulled: &Reference, signed: &str) -> bool {
        let Some(signed) = parse(signed) else {
            return false;
        };
        let exact = |wanted: &Reference| signed.to_string() == wanted.to_string();
        let either = |wanted: &Reference| match wanted.digest {
            Some(_) => signed.name() == wanted.name(),
            None => signed.tag.is_some() && exact(&wanted.clone().with_default_tag()),
        };
        match self {
            Self::RepoDigestOrExact => either(pulled),
            Self::Exact => exact(&pulled.clone().with_default_tag()),
            Self::Repository => signed.name() == pulled.name(),
            Self::ExactReference(text) => parse(text).is_some_and(|wanted| exact(&wanted)),
            Self::ExactRepository(text) => signed.name() == *text,
            Self::Remap {
                prefix,
                signed: other,
            } => {
                let whole = pulled.clone().with_default_tag().to_string();
                match whole.strip_prefix(prefix.as_str()) {
                    // Like a scope, a prefix ends where a part of the name does.
                    Some(rest) if rest.is_empty() || rest.starts_with(['/', ':', '@']) => {
                        parse(&format!("{other}{rest}")).is_some_and(|wanted| either(&wanted))
                    }
                    _ => either(pulled),
                }
            }
        }
    }
}

/// Reads a whole name; the Hub is known by two.
fn parse(text: &str) -> Option<Reference> {
    let mut reference = Reference::parse(text).ok()?;
    if reference.registry == "index.docker.io" {
        reference.registry = DOCKER_HUB.to_owned();
    }
    Some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_a_name() {
        let digest = format!("sha256:{}", "a".repeat(64));
        let by_digest = format!("a.org/x@{digest}");
        let remap = Identity::Remap {
            prefix: "mirror.org/a".to_owned(),
            signed: "a.org".to_owned(),
        };
        use Identity::{Exact, ExactReference, ExactRepository, RepoDigestOrExact, Repository};
        for (identity, pulled, signed, accepted) in [
            (RepoDigestOrExact, "a.org/x:1", "a.org/x:1", true),
            (RepoDigestOrExact, "a.org/x:1", "a.org/x:2", false),
            (RepoDigestOrExact, "a.org/x:1", "a.org/x", false),
            (RepoDigestOrExact, "a.org/x", "a.org/x:latest", true),
            (RepoDigestOrExact, by_digest.as_str(), "a.org/x:7", true),
            (RepoDigestOrExact, by_digest.as_str(), "a.org/y:7", false),
            (Exact, by_digest.as_str(), "a.org/x:7", false),
            (Exact, "a.org/x:1", "a.org/x:1", true),
            (Repository, "a.org/x:1", "a.org/x", true),
            (Repository, "a.org/x:1", "a.org/xy", false),
            (
                Repository,
                "docker.io/library/x:1",
                "index.docker.io/library/x",
                true,
            ),
            (
                ExactReference("b.org/y:2".into()),
                "a.org/x:1",
                "b.org/y:2",
                true,
            ),
            (
                ExactReference("b.org/y:2".into()),
                "a.org/x:1",
                "a.org/x:1",
                false,
            ),
            (
                ExactRepository("b.org/y".into()),
                "a.org/x:1",
                "b.org/y:3",
                true,
            ),
            (remap.clone(), "mirror.org/a/x:1", "a.org/x:1", true),
            (remap.clone(), "mirror.org/ab/x:1", "a.orgb/x:1", false),
            (remap, "c.org/x:1", "c.org/x:1", true),
            (Repository, "a.org/x:1", "not a name", false),
        ] {
            let pulled = Reference::parse(pulled).expect("a name");
            assert_eq!(
                identity.accepts(&pulled, signed),
                accepted,
                "{identity:?} {pulled} {signed}"
            );
        }
    }
}
