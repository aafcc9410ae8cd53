//! `policy.json`: whose images may be taken, and on what proof.
//!
//! containers-policy.json(5). Which keys must have signed is handed on to whoever can fetch
//! signatures. A policy that asks for proof that cannot be checked refuses the image, because
//! taking it unchecked would be worse than not taking it. Whatever in the file is not understood
//! makes the whole file unusable, as the man page wants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::config::proof::Signature;
use crate::types::escape::quoted;
use crate::types::trust::Signers;
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

impl Policy {
    /// Reads the user's file, or the system's if the user has none.
    pub fn load(environment: &Environment) -> Result<Self, Error> {
        let Some(path) = Self::path(environment) else {
            return Ok(Self { file: None });
        };
        let bytes = read(&path)?.unwrap_or_default();
        Self::parse(&path, &bytes)
    }

    /// Reads the text of a policy.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let document = strict::parse(bytes);
        let document = document.map_err(|reason| Error::content(path, reason))?;
        let file = Some((path.to_owned(), document));
        Ok(Self { file })
    }

    /// Returns the file that applies, if there is one.
    pub fn path(environment: &Environment) -> Option<PathBuf> {
        // The man page names ~/.config whatever XDG_CONFIG_HOME says; a policy there must hold.
        let home = environment.home().map(|dir| dir.join(".config/containers"));
        let places = [
            home,
            environment.user_config(),
            Some(environment.system_config()),
        ];
        let mut files = places.into_iter().flatten();
        files.find_map(|folder| {
            let path = folder.join("policy.json");
            path.exists().then_some(path)
        })
    }

    /// Says whether an image may be pulled: every requirement of the most specific scope counts.
    ///
    /// Returns who must have signed it: one key of each of these.
    pub fn check(&self, reference: &Reference) -> Result<Vec<Signers>, Error> {
        self.ask(DOCKER, &scopes_of(reference), &reference.to_string())
    }

    /// Says whether an image may be read from a file; signatures are nowhere to be found there.
    ///
    /// `transport` is one of containers-transports(5), `path` is absolute.
    pub fn check_file(&self, transport: &str, path: Option<&Path>) -> Result<(), Error> {
        let mut scopes: Vec<String> = Vec::new();
        // A docker-archive has no scopes but the one of all of them.
        if transport != "docker-archive" {
            let above = path.into_iter().flat_map(Path::ancestors);
            let above = above.filter(|path| path.parent().is_some());
            scopes.extend(above.filter_map(|path| Some(path.to_str()?.to_owned())));
        }
        scopes.push(String::new());
        let shown = path.map_or("standard input".into(), Path::to_string_lossy);
        let signers = self.ask(transport, &scopes, &shown)?;
        match (signers.is_empty(), &self.file) {
            (false, Some((path, _))) => Err(Error::Policy {
                name: shown.into_owned(),
                scope: format!("for {transport}"),
                path: path.clone(),
                reason: "asks for signatures, and an archive has none that are checked".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    fn ask(&self, transport: &str, scopes: &[String], name: &str) -> Result<Vec<Signers>, Error> {
        let Some((path, document)) = &self.file else {
            return Ok(Vec::new());
        };
        let (scope, requirements) = document.of(transport, scopes);
        let refused = |reason: String| Error::Policy {
            name: name.to_owned(),
            scope: match scope {
                None => "by default".to_owned(),
                Some("") => format!("for all of {transport}"),
                Some(scope) => format!("for {}", quoted(scope)),
            },
            path: path.to_owned(),
            reason,
        };
        if requirements.is_empty() {
            return Err(refused("lists no requirement at all".to_owned()));
        }
        let mut signers = Vec::new();
        for requirement in requirements {
            match requirement {
                Requirement::Accept {} => {}
                Requirement::Reject {} => return Err(refused("rejects it".to_owned())),
                Requirement::Signature(signature) => {
                    signers.push(signature.signers(path).map_err(refused)?);
                }
            }
        }
        Ok(signers)
    }
}

impl Document {
    /// Returns the first of the scopes that the file has, and what it asks for there; else the
    /// default.
    fn of(&self, transport: &str, scopes: &[String]) -> (Option<&str>, &[Requirement]) {
        if let Some(known) = self.transports.get(transport) {
            for wanted in scopes {
                if let Some((scope, requirements)) = known.get_key_value(wanted) {
                    return (Some(scope), requirements);
                }
            }
        }
        (None, &self.default)
    }
}

/// The scopes an image is in, the narrowest first: the image itself, its repository, the
/// namespaces above, the registry, `*.` for every domain above that, and the transport's default.
pub(super) fn scopes_of(reference: &Reference) -> Vec<String> {
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
                    "lscr.io": [{"type": "sigstoreSigned", "fulcio": {}}],
                    "nvcr.io": [{"type": "sigstoreSigned"}],
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
            ("quay.io/x/y:1", Some("names the key /k, which is missing")),
            ("ghcr.io/x/y:1", Some("names the key /k, which is missing")),
            (
                "lscr.io/x/y:1",
                Some("(sigstoreSigned) with fulcio, which is not"),
            ),
            ("nvcr.io/x/y:1", Some("names no key")),
            ("gcr.io/x/y:1", Some("no requirement")),
        ] {
            let reference = Reference::parse(name).expect("a name");
            let answer = policy
                .check(&reference)
                .map(drop)
                .map_err(|error| error.to_string());
            match (&answer, refusal) {
                (Ok(()), None) => {}
                (Err(line), Some(part)) => assert!(line.contains(part), "{name}: {line}"),
                _ => panic!("{name}: {answer:?}"),
            }
        }
    }

    #[test]
    fn files_have_scopes_of_their_own() {
        let text = r#"{
            "default": [{"type": "reject"}],
            "transports": {
                "docker": {"": [{"type": "insecureAcceptAnything"}]},
                "docker-archive": {"": [{"type": "insecureAcceptAnything"}]},
                "oci": {"/srv": [{"type": "insecureAcceptAnything"}], "/srv/no": [{"type": "reject"}]},
                "dir": {"": [{"type": "sigstoreSigned", "keyData": "a2V5"}]}
            }
        }"#;
        let policy = policy(text).expect("valid");
        for (transport, path, refusal) in [
            ("docker-archive", Some("/x.tar"), None),
            ("docker-archive", None, None),
            ("oci", Some("/srv/a/b"), None),
            ("oci", Some("/srv/no/b"), Some("for \"/srv/no\" rejects it")),
            ("oci", Some("/srvx"), Some("by default rejects it")),
            (
                "oci-archive",
                Some("/srv/x.tar"),
                Some("by default rejects it"),
            ),
            (
                "dir",
                Some("/a"),
                Some("asks for signatures, and an archive has none"),
            ),
        ] {
            let answer = policy.check_file(transport, path.map(Path::new));
            match (answer.map_err(|error| error.to_string()), refusal) {
                (Ok(()), None) => {}
                (Err(line), Some(part)) => assert!(line.contains(part), "{path:?}: {line}"),
                (answer, _) => panic!("{path:?}: {answer:?}"),
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
