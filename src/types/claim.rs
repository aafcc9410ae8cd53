//! What a signature says: that a manifest goes by a name.
//!
//! containers-signature(5): the JSON that is signed, which sigstore's tools have taken over with
//! another `type`.

use serde::Deserialize;
use serde_json::json;

use crate::types::trust::Identity;
use crate::types::{Digest, Reference, Timestamp, escape, strict};

/// The two worlds of signatures, and how they call what they sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// GPG's keys, signatures in a place of their own.
    Simple,
    /// sigstore's keys, signatures beside the image.
    Sigstore,
}

impl Scheme {
    fn kind(self) -> &'static str {
        match self {
            Self::Simple => "atomic container signature",
            Self::Sigstore => "cosign container image signature",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    critical: Critical,
    #[serde(rename = "optional")]
    _optional: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Critical {
    #[serde(rename = "type")]
    kind: String,
    identity: Name,
    image: Image,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Name {
    docker_reference: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Image {
    docker_manifest_digest: String,
}

/// Returns what is to be signed so that a manifest goes by this name.
pub fn written(scheme: Scheme, digest: &Digest, name: &Reference) -> Vec<u8> {
    let document = json!({
        "critical": {
            "identity": { "docker-reference": name.to_string() },
            "image": { "docker-manifest-digest": digest.to_string() },
            "type": scheme.kind(),
        },
        "optional": {
            "creator": concat!("coracle ", env!("CARGO_PKG_VERSION")),
            "timestamp": Timestamp::now().seconds(),
        },
    });
    document.to_string().into_bytes()
}

/// Checks what a trusted key has signed; the error says what else it is about.
pub fn check(
    payload: &[u8],
    scheme: Scheme,
    digest: &Digest,
    pulled: &Reference,
    identity: &Identity,
) -> Result<(), String> {
    let claim: Claim = strict::parse(payload).map_err(|why| format!("what was signed {why}"))?;
    if claim.critical.kind != scheme.kind() {
        return Err("what was signed is no image".to_owned());
    }
    if claim.critical.image.docker_manifest_digest != digest.to_string() {
        return Err("another manifest was signed".to_owned());
    }
    let name = &claim.critical.identity.docker_reference;
    if !identity.accepts(pulled, name) {
        return Err(format!("it was signed as {}", escape::visible(name)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_understood() {
        let name = Reference::parse("a.org/x:1").expect("a name");
        let (digest, other) = (Digest::of(b"it"), Digest::of(b"other"));
        let identity = Identity::default();
        for (wrote, read, of, good) in [
            (Scheme::Simple, Scheme::Simple, &digest, true),
            (Scheme::Sigstore, Scheme::Sigstore, &digest, true),
            (Scheme::Simple, Scheme::Sigstore, &digest, false),
            (Scheme::Simple, Scheme::Simple, &other, false),
        ] {
            let payload = written(wrote, of, &name);
            let checked = check(&payload, read, &digest, &name, &identity);
            assert_eq!(checked.is_ok(), good, "{wrote:?} {read:?}");
        }
        let mut more = written(Scheme::Simple, &digest, &name);
        more.splice(1..1, br#""more":1,"#.iter().copied());
        assert!(check(&more, Scheme::Simple, &digest, &name, &identity).is_err());
    }
}
