//! `policy.json`: whose images may be taken, and on what proof.
//!
//! containers-policy.json(5). Signatures are not checked here: a policy that asks for one refuses
//! the image, because taking it unchecked would be worse than not taking it. Whatever in the file
//! is not understood makes the whole file unusable, as the man page wants.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::types::escape::quoted;
use crate::types::{Reference, strict};

/// The transport that pulling is.
const DOCKER: &str = "docker";

/// What the file asks for; without a file, nothing.
#[derive(Debug)]
pub struct Policy {
    file: Option<(PathBuf, Document)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    default: Vec<Requirement>,
    #[serde(default)]
    transports: BTreeMap<String, BTreeMap<String, Vec<Requirement>>>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Requirement {
    #[serde(rename = "insecureAcceptAnything")]
    Accept {},
    #[serde(rename = "reject")]
    Reject {},
    #[serde(untagged)]
    Signature(Signature),
}

/// A requirement of signatures: its details are for who can check them.
#[derive(Debug, Deserialize)]
struct Signature {
    #[serde(rename = "type")]
    kind: SignatureKind,
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

impl Policy {
    /// Reads the user's file, or the system's if the user has none.
    pub fn load(environment: &Environment) -> Result<Self, Error> {
        // The man page names ~/.config whatever XDG_CONFIG_HOME says; a policy there must hold.
        let home = environment.home().map(|dir| dir.join(".config/containers"));
        let places = [
            home,
            environment.user_config(),
            Some(environment.system_config()),
        ];
        for folder in places.into_iter().flatten() {
            let path = folder.join("policy.json");
            if let Some(bytes) = read(&path)? {
                let document = strict::parse(&bytes);
                let document = document.map_err(|reason| Error::content(&path, reason))?;
                let file = Some((path, document));
                return Ok(Self { file });
            }
        }
        Ok(Self { file: None })
    }

    /// Says whether an image may be pulled: every requirement of the most specific scope counts.
    pub fn check(&self, reference: &Reference) -> Result<(), Error> {
        let Some((path, document)) = &self.file else {
            return Ok(());
        };
        let (scope, requirements) = document.of(reference);
        let refused = |reason: String| Error::Policy {
            name: reference.to_string(),
            scope: match scope {
                "" => "by default".to_owned(),
                scope => format!("for {}", quoted(scope)),
            },
            path: path.to_owned(),
            reason,
        };
        if requirements.is_empty() {
            return Err(refused("lists no requirement at all".to_owned()));
        }
        for requirement in requirements {
            match requirement {
                Requirement::Accept {} => {}
                Requirement::Reject {} => return Err(refused("rejects it".to_owned())),
                Requirement::Signature(signature) => {
                    return Err(refused(format!(
                        "asks for signatures ({}), and checking signatures is not supported yet",
                        signature.kind.name()
                    )));
                }
            }
        }
        Ok(())
    }
}

impl Document {
    /// Returns the most specific scope that matches, and what it asks for.
    fn of(&self, reference: &Reference) -> (&str, &[Requirement]) {
        if let Some(scopes) = self.transports.get(DOCKER) {
            for wanted in scopes_of(reference) {
                if let Some((scope, requirements)) = scopes.get_key_value(&wanted) {
                    return (scope, requirements);
                }
            }
        }
        ("", &self.default)
    }
}

/// The scopes an image is in, the narrowest first: the image itself, its repository, the
/// namespaces above, the registry, `*.` for every domain above that, and the transport's default.
fn scopes_of(reference: &Reference) -> Vec<String> {
    let name = reference.name();
    let mut scopes = Vec::new();
    match (&reference.digest, &reference.tag) {
        (Some(digest), _) => scopes.push(format!("{name}@{digest}")),
        (None, tag) => scopes.push(format!("{name}:{}", tag.as_deref().unwrap_or("latest"))),
    }
    let mut rest = name.as_str();
    loop {
        scopes.push(rest.to_owned());
        match rest.rsplit_once('/') {
            Some((above, _)) => rest = above,
            None => break,
        }
    }
    while let Some((_, above)) = rest.split_once('.') {
        scopes.push(format!("*.{above}"));
        rest = above;
    }
    scopes.push(String::new());
    scopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> Result<Policy, String> {
        let document = strict::parse(text.as_bytes())?;
        Ok(Policy {
            file: Some(("policy.json".into(), document)),
        })
    }

    #[test]
    fn the_most_specific_scope_counts_alone() {
        let text = r#"{
            "default": [{"type": "reject"}],
            "transports": {
                "docker": {
                    "docker.io": [{"type": "insecureAcceptAnything"}],
                    "docker.io/library": [{"type": "reject"}],
                    "docker.io/library/debian": [{"type": "insecureAcceptAnything"}],
                    "docker.io/library/debian:11": [{"type": "reject"}],
                    "*.example.com": [{"type": "insecureAcceptAnything"}],
                    "localhost:5000": [{"type": "insecureAcceptAnything"}, {"type": "reject"}],
                    "quay.io": [{"type": "signedBy", "keyType": "GPGKeys", "keyPath": "/k"}],
                    "ghcr.io": [{"type": "sigstoreSigned", "keyPath": "/k"}],
                    "gcr.io": []
                },
                "dir": {"": [{"type": "insecureAcceptAnything"}]}
            }
        }"#;
        let policy = policy(text).expect("valid");
        let digest = format!("sha256:{}", "a".repeat(64));
        for (name, refusal) in [
            ("docker.io/library/debian:12", None),
            ("docker.io/library/debian:11", Some("rejects it")),
            (&format!("docker.io/library/debian@{digest}"), None),
            ("docker.io/library/other:1", Some("rejects it")),
            ("docker.io/somebody/other:1", None),
            ("a.b.example.com/x:1", None),
            ("example.com/x:1", Some("by default rejects it")),
            ("localhost:5000/x:1", Some("rejects it")),
            ("localhost/x:1", Some("by default rejects it")),
            ("quay.io/x/y:1", Some("(signedBy), and checking")),
            ("ghcr.io/x/y:1", Some("(sigstoreSigned), and checking")),
            ("gcr.io/x/y:1", Some("no requirement")),
        ] {
            let reference = Reference::parse(name).expect("a name");
            let answer = policy.check(&reference).map_err(|error| error.to_string());
            match (&answer, refusal) {
                (Ok(()), None) => {}
                (Err(line), Some(part)) => assert!(line.contains(part), "{name}: {line}"),
                _ => panic!("{name}: {answer:?}"),
            }
        }
    }

    #[test]
    fn what_is_not_understood_makes_the_file_unusable() {
        let accept = r#"{"type": "insecureAcceptAnything"}"#;
        for (text, good) in [
            (format!(r#"{{"default": [{accept}]}}"#), true),
            (format!(r#"{{"default": [{accept}], "more": 1}}"#), false),
            (r#"{"transports": {}}"#.to_owned(), false),
            (r#"{"default": [{"type": "trust me"}]}"#.to_owned(), false),
            (r#"{"default": [{}]}"#.to_owned(), false),
            (
                r#"{"default": [{"type": "insecureAcceptAnything", "x": 1}]}"#.to_owned(),
                false,
            ),
            (
                format!(r#"{{"default": [{accept}], "default": []}}"#),
                false,
            ),
            (
                format!(r#"{{"default": [{accept}], "transports": {{"docker": {{"a": 1}}}}}}"#),
                false,
            ),
            ("".to_owned(), false),
        ] {
            assert_eq!(policy(&text).is_ok(), good, "{text}");
        }
    }
}
