//! Image references: `[registry/]repository[:tag][@digest]`.
//!
//! The grammar of the distribution project's reference package (distribution-spec, "Pulling
//! manifests"), with Docker's defaults: no registry means `docker.io`, one component there means
//! `library/`. Stricter in three places (S-30): ports end at 65535, a first component in upper
//! case is no host, and only sha256 digests exist.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::types::{Digest, ParseError};

/// The registry that names without one belong to.
pub const DOCKER_HUB: &str = "docker.io";

/// Registry, slash and repository together; the limit of the reference package.
const MAX_NAME: usize = 255;
const MAX_TAG: usize = 128;

/// A whole reference; the registry and repository are always present.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    /// Host and optional port, such as `docker.io` or `localhost:5000`.
    pub registry: String,
    /// Path components, such as `library/debian`.
    pub repository: String,
    pub tag: Option<String>,
    pub digest: Option<Digest>,
}

/// A reference as it was typed: the registry may still be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// `None`: a short name, to be completed by aliases and search registries.
    pub registry: Option<String>,
    /// The path as typed, without `library/`.
    pub path: String,
    pub tag: Option<String>,
    pub digest: Option<Digest>,
}

impl Typed {
    /// Parses what a user typed, without filling in anything.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let bad = |reason: &str| ParseError::new(text, reason);
        if text.is_empty() {
            return Err(bad("is not an image reference: it is empty"));
        }
        if text.bytes().any(|b| b <= b' ' || b >= 0x7f) {
            return Err(bad(
                "is not an image reference: only printable ASCII without blanks is allowed",
            ));
        }
        if is_identifier(text) {
            return Err(bad("is an image id, not the name of an image"));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((_, digest)) if digest.contains('@') => {
                return Err(bad("is not an image reference: it has more than one @"));
            }
            Some((rest, digest)) => match Digest::parse(digest) {
                Ok(digest) => (rest, Some(digest)),
                Err(error) => {
                    return Err(bad(&format!("is not an image reference: {error}")));
                }
            },
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        let (registry, path) = split_registry(name);
        check(registry, path, tag).map_err(|reason| bad(&reason))?;
        Ok(Self {
            registry: registry.map(str::to_owned),
            path: path.to_owned(),
            tag: tag.map(str::to_owned),
            digest,
        })
    }

    /// Returns the reference in the registry that was typed, or else in this one.
    pub fn in_registry(&self, default: &str) -> Reference {
        let registry = match self.registry.as_deref().unwrap_or(default) {
            "index.docker.io" => DOCKER_HUB,
            other => other,
        };
        let repository = if registry == DOCKER_HUB && !self.path.contains('/') {
            format!("library/{}", self.path)
        } else {
            self.path.clone()
        };
        Reference {
            registry: registry.to_owned(),
            repository,
            tag: self.tag.clone(),
            digest: self.digest,
        }
    }
}

impl Reference {
    /// Parses what a user typed, filling in registry and `library/`, but no tag.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let reference = Typed::parse(text)?.in_registry(DOCKER_HUB);
        // `library/` may have made the longest allowed name too long.
        if reference.name().len() > MAX_NAME {
            return Err(ParseError::new(text, too_long()));
        }
        Ok(reference)
    }

    /// Returns the reference with the tag `latest` when it has neither tag nor digest.
    pub fn with_default_tag(mut self) -> Self {
        if self.tag.is_none() && self.digest.is_none() {
            self.tag = Some("latest".to_owned());
        }
        self
    }

    /// Returns registry and repository, without tag and digest.
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.repository)
    }

    /// Returns what a registry is asked for: the digest if there is one, else the tag or `latest`.
    pub fn selector(&self) -> String {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => digest.to_string(),
            (None, Some(tag)) => tag.clone(),
            (None, None) => "latest".to_owned(),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Reference {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.to_string()
    }
}

/// Splits off the first component if it can only be a host.
fn split_registry(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((host, path)) if host.contains(['.', ':', '[']) || host == "localhost" => {
            (Some(host), path)
        }
        _ => (None, name),
    }
}

fn check(registry: Option<&str>, path: &str, tag: Option<&str>) -> Result<(), String> {
    let no = |why: &str| Err(format!("is not an image reference: {why}"));
    if let Some(registry) = registry {
        check_registry(registry).map_err(|why| format!("is not an image reference: {why}"))?;
    }
    if path.is_empty() {
        return no("the repository is missing");
    }
    if path.bytes().any(|b| b.is_ascii_uppercase()) {
        return no("repository names are lower case");
    }
    if !path.split('/').all(is_component) {
        return no(
            "repository components are letters and digits joined by \".\", \"_\", \"__\" or dashes",
        );
    }
    if is_identifier(path) {
        return no("64 hex digits are an image id, not a repository");
    }
    if registry.map_or(0, |r| r.len() + 1) + path.len() > MAX_NAME {
        return Err(too_long());
    }
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return no(
            "a tag is at most 128 letters, digits, \".\", \"_\", \"-\", and starts with none of \".-\"",
        );
    }
    Ok(())
}

fn too_long() -> String {
    format!("is not an image reference: a name has at most {MAX_NAME} characters")
}

/// 64 hex digits would be confused with an image id.
fn is_identifier(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Checks `host[:port]`: a DNS name, an IPv4 address, or an IPv6 address in brackets.
pub fn check_registry(text: &str) -> Result<(), String> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let Some((address, after)) = rest.split_once(']') else {
            return Err("the registry's [ has no ]".to_owned());
        };
        // A zone (fe80::1%eth0) is no part of the grammar and would not survive in a URL.
        if address.parse::<std::net::Ipv6Addr>().is_err() {
            return Err("the registry's brackets hold no IPv6 address".to_owned());
        }
        match after.strip_prefix(':') {
            Some(port) => (None, Some(port)),
            None if after.is_empty() => (None, None),
            None => return Err("the registry has something after its ]".to_owned()),
        }
    } else {
        match text.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(text), None),
        }
    };
    if host.is_some_and(|host| !host.split('.').all(is_host_label)) {
        return Err("the registry is not a host name".to_owned());
    }
    let Some(port) = port else { return Ok(()) };
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    if digits && port.parse::<u16>().is_ok_and(|port| port > 0) {
        Ok(())
    } else {
        Err("the registry's port is not a number from 1 to 65535".to_owned())
    }
}

fn is_host_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_component(component: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let ends_well = component.starts_with(word) && component.ends_with(word);
    ends_well
        && component.split(word).all(|separator| {
            matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|b| b == b'-')
        })
}

fn is_tag(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= MAX_TAG
        && !tag.starts_with(['.', '-'])
        && tag
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

#[cfg(test)]
#[path = "reference_table.rs"]
mod tests;
