//! The proofs that `policy.json` asks for: whose keys must have signed an image.
//!
//! containers-policy.json(5), "signedBy" and "sigstoreSigned". Certificates and transparency logs
//! would want services on the network: a policy that asks for them lets nothing in.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde::Deserialize;

use crate::config::armor;
use crate::config::file::read;
use crate::types::claim::Scheme;
use crate::types::registry::PemFile;
use crate::types::trust::{Identity, Signers};

/// A requirement of signatures: its details are read when they are needed.
#[derive(Debug, Deserialize)]
pub struct Signature {
    #[serde(rename = "type")]
    kind: SignatureKind,
    #[serde(flatten)]
    details: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum SignatureKind {
    #[serde(rename = "signedBy")]
    SignedBy,
    #[serde(rename = "signedBaseLayer")]
    SignedBaseLayer,
    #[serde(rename = "sigstoreSigned")]
    SigstoreSigned,
}

impl SignatureKind {
    fn name(self) -> &'static str {
        match self {
            Self::SignedBy => "signedBy",
            Self::SignedBaseLayer => "signedBaseLayer",
            Self::SigstoreSigned => "sigstoreSigned",
        }
    }
}

/// Where the keys are; what is not listed here cannot be checked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Keys {
    key_type: Option<String>,
    key_path: Option<PathBuf>,
    key_paths: Option<Vec<PathBuf>>,
    key_data: Option<String>,
    key_datas: Option<Vec<String>>,
    signed_identity: Option<SignedIdentity>,
}

#[derive(Debug, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[serde(deny_unknown_fields)]
enum SignedIdentity {
    MatchExact {},
    MatchRepoDigestOrExact {},
    MatchRepository {},
    ExactReference {
        docker_reference: String,
    },
    ExactRepository {
        docker_repository: String,
    },
    RemapIdentity {
        prefix: String,
        signed_prefix: String,
    },
}

impl From<SignedIdentity> for Identity {
    fn from(identity: SignedIdentity) -> Self {
        match identity {
            SignedIdentity::MatchExact {} => Self::Exact,
            SignedIdentity::MatchRepoDigestOrExact {} => Self::RepoDigestOrExact,
            SignedIdentity::MatchRepository {} => Self::Repository,
            SignedIdentity::ExactReference { docker_reference } => {
                Self::ExactReference(docker_reference)
            }
            SignedIdentity::ExactRepository { docker_repository } => {
                Self::ExactRepository(docker_repository)
            }
            SignedIdentity::RemapIdentity {
                prefix,
                signed_prefix: signed,
            } => Self::Remap { prefix, signed },
        }
    }
}

impl Signature {
    /// Reads whose signature is wanted; the error completes the sentence "the policy …".
    pub fn signers(&self, policy: &Path) -> Result<Signers, String> {
        let kind = self.kind.name();
        let scheme = match self.kind {
            SignatureKind::SignedBy => Scheme::Simple,
            SignatureKind::SigstoreSigned => Scheme::Sigstore,
            SignatureKind::SignedBaseLayer => {
                return Err(format!(
                    "asks for signatures ({kind}), and checking those is not supported yet"
                ));
            }
        };
        for not_yet in [
            "fulcio",
            "pki",
            "rekorPublicKeyPath",
            "rekorPublicKeyPaths",
            "rekorPublicKeyData",
            "rekorPublicKeyDatas",
        ] {
            if self.details.contains_key(not_yet) {
                return Err(format!(
                    "asks for signatures ({kind}) with {not_yet}, which is not supported yet"
                ));
            }
        }
        let details = serde_json::Value::Object(self.details.clone());
        let keys: Keys = serde_json::from_value(details).map_err(|error| {
            format!("asks for signatures ({kind}) in a way that is not understood: {error}")
        })?;
        keys.check(scheme)
            .map_err(|why| format!("asks for signatures ({kind}) and {why}"))?;
        keys.signers(scheme, policy)
    }
}

impl Keys {
    /// What the man page wants of each kind.
    fn check(&self, scheme: Scheme) -> Result<(), &'static str> {
        match (scheme, self.key_type.as_deref()) {
            (Scheme::Simple, Some("GPGKeys")) => {}
            (Scheme::Simple, _) => return Err("has no keyType \"GPGKeys\""),
            (Scheme::Sigstore, None) => return Ok(()),
            (Scheme::Sigstore, Some(_)) => return Err("has a keyType"),
        }
        let sources = [
            self.key_path.is_some(),
            self.key_paths.is_some(),
            self.key_data.is_some(),
        ];
        if self.key_datas.is_some() || sources.iter().filter(|there| **there).count() > 1 {
            return Err("has more than one of keyPath, keyPaths and keyData");
        }
        Ok(())
    }

    fn signers(self, scheme: Scheme, policy: &Path) -> Result<Signers, String> {
        let mut keys = Vec::new();
        let paths = self
            .key_path
            .into_iter()
            .chain(self.key_paths.into_iter().flatten());
        for path in paths {
            match read(&path) {
                Ok(Some(text)) => keys.push(PemFile { path, text }),
                Ok(None) => {
                    return Err(format!(
                        "names the key {}, which is missing",
                        path.display()
                    ));
                }
                Err(error) => return Err(format!("names a key of no use: {error}")),
            }
        }
        let datas = self
            .key_data
            .into_iter()
            .chain(self.key_datas.into_iter().flatten());
        for data in datas {
            let text = base64::engine::general_purpose::STANDARD.decode(data);
            keys.push(PemFile {
                path: policy.to_owned(),
                text: text.map_err(|_| "has a keyData that is not base64".to_owned())?,
            });
        }
        if keys.is_empty() {
            return Err("asks for signatures and names no key".to_owned());
        }
        if scheme == Scheme::Simple {
            for key in &mut keys {
                key.text = armor::taken_off(&key.text)
                    .ok_or_else(|| format!("names {}, which holds no keys", key.path.display()))?;
            }
        }
        let identity = self
            .signed_identity
            .map_or_else(Identity::default, Identity::from);
        Ok(Signers {
            scheme,
            keys,
            identity,
        })
    }
}
