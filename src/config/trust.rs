//! `policy.json` as people see and change it: `image trust show` and `image trust set`.
//!
//! containers-policy.json(5). What is not about the scope that is set stays as it is. A user
//! without a file of their own gets a copy of the system's, with the change.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::config::lookaside::Lookaside;
use crate::config::policy::Policy;
use crate::config::write;
use crate::types::strict;

/// One line of `image trust show`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// all, repository (for docker), or the transport's own name.
    pub transport: String,
    /// Empty for all of a transport.
    pub scope: String,
    /// accept, reject, signed, sigstoreSigned, or the file's own word.
    pub kind: String,
    /// Where keys are known only by their file.
    pub id: String,
    /// Where registries.d says that signatures are; empty where it says nothing.
    pub store: String,
}

/// What `image trust set` wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    Accept,
    Reject,
    /// With GPG's keys.
    SignedBy(Vec<PathBuf>),
    SigstoreSigned(Vec<PathBuf>),
}

/// Returns the file that says whose images are taken; `None`: there is none, all are.
pub fn file(environment: &Environment) -> Option<PathBuf> {
    Policy::path(environment)
}

/// Returns the text of a policy.
pub fn text(path: &Path) -> Result<Vec<u8>, Error> {
    match read(path)? {
        Some(bytes) => Ok(bytes),
        None => Err(Error::Read {
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        }),
    }
}

/// Returns what a policy says, in the order of its transports and scopes.
pub fn entries(path: &Path, lookaside: &Lookaside) -> Result<Vec<Entry>, Error> {
    let document = document(path, &text(path)?)?;
    let mut found = of(document.get("default"), "all", "default");
    found.iter_mut().for_each(|entry| {
        entry.store = lookaside.said_of("").to_owned();
    });
    let transports = document.get("transports").and_then(Value::as_object);
    let mut transports: Vec<_> = transports.into_iter().flatten().collect();
    transports.sort_by_key(|(name, _)| name.as_str());
    for (transport, scopes) in transports {
        let shown = match transport.as_str() {
            "docker" => "repository",
            other => other,
        };
        let mut scopes: Vec<_> = scopes.as_object().into_iter().flatten().collect();
        scopes.sort_by_key(|(name, _)| name.as_str());
        for (scope, requirements) in scopes {
            let store = lookaside.said_of(scope);
            found.extend(
                of(Some(requirements), shown, scope)
                    .into_iter()
                    .map(|entry| Entry {
                        store: store.to_owned(),
                        ..entry
                    }),
            );
        }
    }
    Ok(found)
}

fn of(requirements: Option<&Value>, transport: &str, scope: &str) -> Vec<Entry> {
    let all = requirements.and_then(Value::as_array).into_iter().flatten();
    all.map(|requirement| {
        let kind = requirement.get("type").and_then(Value::as_str);
        let kind = kind.unwrap_or_default();
        Entry {
            transport: transport.to_owned(),
            scope: scope.to_owned(),
            kind: match kind {
                "insecureAcceptAnything" => "accept",
                "signedBy" => "signed",
                other => other,
            }
            .to_owned(),
            id: match kind {
                "sigstoreSigned" => "N/A".to_owned(),
                _ => String::new(),
            },
            store: String::new(),
        }
    })
    .collect()
}

/// Sets what is wanted for a scope of registries, or for `default`; returns the file written.
pub fn set(
    environment: &Environment,
    named: Option<&Path>,
    scope: &str,
    requirement: &Requirement,
) -> Result<PathBuf, Error> {
    let own = environment.user_config().map(|dir| dir.join("policy.json"));
    let current = file(environment);
    let place = match (named, &current) {
        (Some(named), _) => named.to_owned(),
        // A file of the user's own is changed; the system's is copied.
        (None, Some(path)) if !path.starts_with(environment.system_config()) => path.clone(),
        _ => own.ok_or(Error::NoHome)?,
    };
    let before = match (read(&place)?, named, &current) {
        (Some(bytes), ..) => bytes,
        (None, None, Some(path)) => text(path)?,
        _ => br#"{"default":[{"type":"insecureAcceptAnything"}]}"#.to_vec(),
    };
    let mut document = document(&place, &before)?;
    let wanted = Value::Array(written(requirement));
    if scope == "default" {
        document.insert("default".to_owned(), wanted);
    } else {
        let transports = write::object(&mut document, "transports");
        write::object(transports, "docker").insert(scope.to_owned(), wanted);
    }
    let mut text = write::json(&place, &document, b"    ")?;
    text.push(b'\n');
    write::replace(&place, &text, 0o644)?;
    Ok(place)
}

/// The file must be one that we would follow: nothing is built on what is not understood.
fn document(path: &Path, bytes: &[u8]) -> Result<Map<String, Value>, Error> {
    let bad = |reason| Error::content(path, reason);
    Policy::parse(path, bytes)?;
    strict::parse(bytes).map_err(bad)
}

fn written(requirement: &Requirement) -> Vec<Value> {
    let keys = |kind: &str, paths: &[PathBuf], more: &[(&str, &str)]| {
        let mut found = Map::new();
        found.insert("type".to_owned(), kind.into());
        found.extend(
            more.iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).into())),
        );
        match paths {
            [one] => found.insert("keyPath".to_owned(), one.to_string_lossy().into()),
            several => found.insert(
                "keyPaths".to_owned(),
                several.iter().map(|path| path.to_string_lossy()).collect(),
            ),
        };
        vec![Value::Object(found)]
    };
    match requirement {
        Requirement::Accept => vec![json!({ "type": "insecureAcceptAnything" })],
        Requirement::Reject => vec![json!({ "type": "reject" })],
        Requirement::SignedBy(paths) => keys("signedBy", paths, &[("keyType", "GPGKeys")]),
        Requirement::SigstoreSigned(paths) => keys("sigstoreSigned", paths, &[]),
    }
}
