//! Signatures that are kept beside an image, as sigstore's tools keep them: who said that a
//! digest goes by a name.
//!
//! cosign's SPEC.md and SIGNATURE_SPEC.md: the tag `sha256-HEX.sig` names a manifest whose layers
//! are the signed documents, each with its signature in an annotation. ECDSA on P-256 and P-384
//! with SHA-256; nobody on the network is asked about certificates or transparency logs.

use base64::Engine as _;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{SubjectPublicKeyInfoDer, alg_id};
use serde_json::{Value, json};

use crate::registry::error::Error;
use crate::registry::manifest::{self, Document};
use crate::registry::{Client, Content, Held, Selector, SigningKey};
use crate::types::claim::{self, Scheme};
use crate::types::image::{Manifest, OCI_CONFIG, OCI_MANIFEST};
use crate::types::registry::PemFile;
use crate::types::strict::{self, MAX_DOCUMENT, MAX_SMALL};
use crate::types::trust::Signers;
use crate::types::{Digest, Reference};

const PAYLOAD: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
const ANNOTATION: &str = "dev.cosignproject.cosign/signature";
/// More signatures of one image than this are not looked at.
const MAX_SIGNATURES: usize = 64;

/// RFC 5480, 2: what stands before the point in a public key on P-256, and on P-384.
const P256: &[u8] = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";
const P384: &[u8] =
    b"\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00";

/// A document and a signature of it.
type Signed = (Vec<u8>, Vec<u8>);

impl Client {
    /// Sees that one of the signers vouches for one of these manifests under the image's name.
    ///
    /// The error says what was wrong with the signatures there are.
    pub fn must_be_signed(
        &self,
        manifests: &[Digest],
        pulled: &Reference,
        signers: &Signers,
    ) -> Result<(), Error> {
        let mut reasons = Vec::new();
        for digest in manifests {
            for (payload, signature) in self.signatures(digest)? {
                match check(&payload, &signature, digest, pulled, signers) {
                    Ok(()) => return Ok(()),
                    Err(reason) => reasons.push(reason),
                }
            }
        }
        reasons.dedup();
        Err(Error::Document {
            what: pulled.to_string(),
            reason: match reasons.is_empty() {
                true => "is not signed, and the policy wants it to be".to_owned(),
                false => format!("is not signed as the policy wants: {}", reasons.join("; ")),
            },
        })
    }

    /// Signs a manifest under a name, and puts the signature beside those it has.
    pub fn add_signature(
        &self,
        key: &SigningKey,
        digest: &Digest,
        name: &Reference,
    ) -> Result<(), Error> {
        let tag = Selector::Tag(format!("sha256-{}.sig", digest.hex()));
        let payload = claim::written(Scheme::Sigstore, digest, name);
        let unusable = |reason: String| Error::Document {
            what: format!("signature of {name}"),
            reason,
        };
        let signature = key.sign(&payload).map_err(unusable)?;
        let (mut manifest, mut config) = self.attached(&tag)?;
        self.put_small(&payload)?;
        let layer = json!({
            "mediaType": PAYLOAD,
            "digest": Digest::of(&payload),
            "size": payload.len(),
            "annotations": {
                ANNOTATION: base64::engine::general_purpose::STANDARD.encode(signature),
            },
        });
        let listed = manifest.get_mut("layers").and_then(Value::as_array_mut);
        let ids = config.pointer_mut("/rootfs/diff_ids");
        let (Some(layers), Some(ids)) = (listed, ids.and_then(Value::as_array_mut)) else {
            return Err(unusable(
                "what is there already is no list of signatures".to_owned(),
            ));
        };
        layers.push(layer);
        ids.push(json!(Digest::of(&payload)));
        let config = config.to_string().into_bytes();
        self.put_small(&config)?;
        manifest["config"] = json!({
            "mediaType": OCI_CONFIG,
            "digest": Digest::of(&config),
            "size": config.len(),
        });
        self.put_manifest(&tag, manifest.to_string().as_bytes(), OCI_MANIFEST)
    }

    /// Returns the digest that a name stands for, and where it is a list, those that it lists.
    pub fn listed(&self, image: &Reference) -> Result<(Digest, Vec<Digest>), Error> {
        let selector = match image.digest {
            Some(digest) => Selector::Digest(digest),
            None => Selector::Tag(image.selector()),
        };
        let mut budget = MAX_DOCUMENT;
        let (bytes, kind, digest) = self.document(&selector, None, &mut budget)?;
        match manifest::read(&bytes, kind.as_deref()) {
            Ok((Document::Index(index), _)) => {
                let listed = index.manifests.iter().map(|one| one.digest);
                Ok((digest, listed.collect()))
            }
            Ok(_) => Ok((digest, Vec::new())),
            Err(reason) => Err(Error::Document {
                what: format!("manifest {digest}"),
                reason,
            }),
        }
    }

    /// The manifest and config of the signatures there are; new ones where there are none.
    fn attached(&self, tag: &Selector) -> Result<(Value, Value), Error> {
        let document = |what: String, bytes: &[u8]| -> Result<Value, Error> {
            strict::parse(bytes).map_err(|reason| Error::Document { what, reason })
        };
        let mut budget = MAX_SMALL;
        match self.document(tag, None, &mut budget) {
            Err(Error::NotFound { .. }) => Ok((
                json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": {}, "layers": [] }),
                json!({
                    "architecture": "",
                    "os": "",
                    "config": {},
                    "rootfs": { "type": "layers", "diff_ids": [] },
                }),
            )),
            found => {
                let (bytes, _, _) = found?;
                let manifest = document(format!("manifest {tag}"), &bytes)?;
                let parsed: Manifest = strict::parse(&bytes).map_err(|reason| Error::Document {
                    what: format!("manifest {tag}"),
                    reason,
                })?;
                let what = format!("blob {}", parsed.config.digest);
                let config = document(what, &self.small_blob(&parsed.config)?)?;
                Ok((manifest, config))
            }
        }
    }

    /// Uploads a small document, unless it is there.
    fn put_small(&self, bytes: &[u8]) -> Result<(), Error> {
        let (digest, size) = (Digest::of(bytes), bytes.len() as u64);
        if self.has_blob(&digest, Some(size))? {
            return Ok(());
        }
        self.push_blob(&Content {
            digest,
            size,
            bytes: &Held(bytes),
        })
    }

    /// The signed documents about a manifest and their signatures, none of them believed yet.
    fn signatures(&self, digest: &Digest) -> Result<Vec<Signed>, Error> {
        let tag = Selector::Tag(format!("sha256-{}.sig", digest.hex()));
        let mut budget = MAX_SMALL;
        let (bytes, _, _) = match self.document(&tag, None, &mut budget) {
            Err(Error::NotFound { .. }) => return Ok(Vec::new()),
            found => found?,
        };
        let manifest: Manifest = strict::parse(&bytes).map_err(|reason| Error::Document {
            what: format!("manifest {tag}"),
            reason,
        })?;
        let mut found = Vec::new();
        for layer in manifest.layers.iter().take(MAX_SIGNATURES) {
            if let Some(text) = layer.annotations.get(ANNOTATION)
                && layer.media_type == PAYLOAD
                && layer.size <= MAX_SMALL
                && let Ok(signature) = base64::engine::general_purpose::STANDARD.decode(text)
            {
                found.push((self.small_blob(layer)?, signature));
            }
        }
        Ok(found)
    }
}

/// Checks one signature; the bytes are read only when a key vouches for them.
fn check(
    payload: &[u8],
    signature: &[u8],
    digest: &Digest,
    pulled: &Reference,
    signers: &Signers,
) -> Result<(), String> {
    let mut vouched = false;
    for key in &signers.keys {
        vouched |= verify(key, payload, signature)?;
    }
    if !vouched {
        return Err("no key of the policy made a signature".to_owned());
    }
    claim::check(payload, Scheme::Sigstore, digest, pulled, &signers.identity)
}

/// Says whether a key made a signature; the error says why the key is of no use.
fn verify(key: &PemFile, payload: &[u8], signature: &[u8]) -> Result<bool, String> {
    let shown = key.path.display();
    let whole = SubjectPublicKeyInfoDer::from_pem_slice(&key.text)
        .map_err(|_| format!("{shown} holds no public key in PEM"))?;
    let known = [(P256, alg_id::ECDSA_P256), (P384, alg_id::ECDSA_P384)];
    let found = known
        .iter()
        .find_map(|(start, algorithm)| Some((whole.strip_prefix(*start)?, algorithm)));
    let Some((point, algorithm)) = found else {
        return Err(format!("{shown} is not a key of ECDSA on P-256 or P-384"));
    };
    let provider = rustls::crypto::ring::default_provider();
    let algorithms = provider.signature_verification_algorithms.all.iter();
    let with_sha256 = algorithms.filter(|one| one.signature_alg_id() == alg_id::ECDSA_SHA256);
    Ok(with_sha256
        .filter(|one| one.public_key_alg_id() == *algorithm)
        .any(|one| one.verify_signature(point, payload, signature).is_ok()))
}
