//! The OCI distribution protocol, both ways.
//!
//! distribution-spec 1.1: manifests, blobs, tags, uploads. A [`Client`] speaks with one repository
//! of one registry. Nothing is believed before its digest was computed here; nothing is kept here.

mod address;
mod artifact;
mod auth;
mod blob;
mod catalog;
mod download;
pub mod error;
mod key;
pub mod manifest;
mod named;
mod patience;
mod push;
mod range;
mod signature;
mod tls;
mod transport;
mod upload;
mod url;
mod verify;

use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ureq::http::Method;

pub use blob::Blob;
pub use catalog::Found;
pub use download::download;
pub use error::Error;
pub use key::SigningKey;
pub use named::Named;
pub use patience::{Listener, Pace, Patience};
pub use range::Ranges;
pub use transport::{Bytes, Held};
pub use upload::Content;

use crate::registry::address::Reach;
use crate::registry::auth::Auth;
use crate::registry::manifest::Document;
use crate::registry::transport::{Answer, Payload, Request, Transport, header};
use crate::registry::url::{Origin, Url};
use crate::types::digest::Mismatch;
use crate::types::image::Manifest;
use crate::types::reference::DOCKER_HUB;
use crate::types::registry::{Certificates, Credentials, Proxies, Source};
use crate::types::strict::{MAX_DOCUMENT, MAX_SMALL};
use crate::types::{Descriptor, Digest, Platform};

/// Indexes inside indexes, at most (S-26).
const MAX_DEPTH: usize = 3;
/// All documents of one resolution together (S-26).
const MAX_RESOLUTION: u64 = 4 * MAX_DOCUMENT;
const MAX_TAGS: usize = 100_000;

/// Everything needed to speak with a registry.
#[derive(Debug, Clone)]
pub struct Options {
    pub source: Source,
    pub credentials: Option<Credentials>,
    pub certificates: Certificates,
    pub proxies: Proxies,
    pub patience: Patience,
}

/// One repository of one registry.
pub struct Client {
    source: Source,
    transport: Transport,
    auth: Auth,
    /// Whether https or http it is; decided by the first request.
    https: OnceLock<bool>,
}

/// What a name or digest stands for on one platform.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The image manifest exactly as received.
    pub raw: Vec<u8>,
    pub media_type: &'static str,
    pub digest: Digest,
    pub manifest: Manifest,
    /// Digest of the document the name points at: the index, where there is one.
    pub named: Digest,
}

impl Client {
    pub fn new(options: Options) -> Self {
        let Options {
            source,
            credentials,
            certificates,
            proxies,
            patience,
        } = options;
        let scopes = vec![format!("repository:{}:pull", source.repository)];
        let auth = Auth::new(&source.registry, scopes, credentials);
        let transport = Transport::new(
            host_of(&source.registry),
            certificates,
            source.insecure,
            proxies,
            patience,
        );
        Self {
            source,
            transport,
            auth,
            https: OnceLock::new(),
        }
    }

    pub fn patience(&self) -> &Patience {
        &self.transport.patience
    }

    /// Waits before the next try, and tells why: as long as the registry asks, or as usual.
    fn pause(&self, what: &str, why: &Error, tries: u32, asked: Option<Duration>) {
        let wait = asked.unwrap_or_else(|| self.transport.backoff(tries));
        self.transport.pause(what, why, tries, wait);
    }

    /// Finds the manifest for a platform behind a tag or digest.
    pub fn resolve(&self, selector: &Selector, wanted: &Platform) -> Result<Resolved, Error> {
        let mut budget = MAX_RESOLUTION;
        let (bytes, content_type, digest) = self.document(selector, None, &mut budget)?;
        let named = digest;
        let mut search = Search {
            client: self,
            wanted,
            budget,
            seen: vec![digest],
            offered: Vec::new(),
        };
        match search.descend(bytes, content_type.as_deref(), digest, named, 1)? {
            Some(resolved) => Ok(resolved),
            None => Err(Error::NoPlatform {
                wanted: wanted.clone(),
                existing: search.offered,
            }),
        }
    }

    /// Fetches a small verified document, such as an image's config.
    pub fn small_blob(&self, descriptor: &Descriptor) -> Result<Vec<u8>, Error> {
        let what = format!("blob {}", descriptor.digest);
        if descriptor.size > MAX_DOCUMENT {
            let limit = MAX_DOCUMENT;
            return Err(Error::TooLarge { what, limit });
        }
        let answer = self.blob_answer(&what, descriptor, None)?;
        let bytes = answer.read(&what, MAX_DOCUMENT, &self.transport.patience)?;
        verify(&what, &bytes, descriptor.digest, Some(descriptor.size))?;
        Ok(bytes)
    }

    /// Opens a blob for reading.
    pub fn blob(self: &Arc<Self>, descriptor: &Descriptor) -> Result<Blob, Error> {
        Blob::open(self.clone(), descriptor)
    }

    /// Opens parts of a blob, one after the other; nothing is asked before the first is read.
    ///
    /// They are of some length, ascend and do not overlap. Nothing of them is verified.
    pub fn ranges(self: &Arc<Self>, descriptor: &Descriptor, parts: Vec<Range<u64>>) -> Ranges {
        Ranges::new(self.clone(), descriptor, parts)
    }

    /// Lists all tags.
    pub fn tags(&self) -> Result<Vec<String>, Error> {
        #[derive(serde::Deserialize)]
        struct Page {
            tags: Option<Vec<String>>,
        }
        let what = format!(
            "tags of {}/{}",
            self.source.registry, self.source.repository
        );
        let mut found = Vec::new();
        let mut path = format!("/v2/{}/tags/list", self.source.repository);
        loop {
            let answer = self.get(&what, &path, &["application/json"], None)?;
            let next = header(&answer.headers, "link").and_then(|link| next_page(&link));
            let body = answer.read(&what, MAX_DOCUMENT, &self.transport.patience)?;
            let page: Page =
                crate::types::strict::parse(&body).map_err(|reason| Error::Document {
                    what: what.clone(),
                    reason,
                })?;
            let page = page.tags.unwrap_or_default();
            let is_empty = page.is_empty();
            found.extend(page);
            if found.len() > MAX_TAGS {
                let limit = MAX_SMALL;
                return Err(Error::TooLarge { what, limit });
            }
            match next {
                // Only the path is taken: a page elsewhere would be a way to leak secrets (S-38).
                Some(next) if next.starts_with('/') && !next.starts_with("//") && !is_empty => {
                    path = next;
                }
                _ => return Ok(found),
            }
        }
    }

    /// Fetches a manifest or index; verified when its digest is known.
    fn document(
        &self,
        selector: &Selector,
        size: Option<u64>,
        budget: &mut u64,
    ) -> Result<(Vec<u8>, Option<String>, Digest), Error> {
        let what = format!("manifest {selector}");
        let path = format!("/v2/{}/manifests/{selector}", self.source.repository);
        let answer = self.get(&what, &path, manifest::ACCEPT, None)?;
        let content_type = header(&answer.headers, "content-type");
        let limit = MAX_DOCUMENT.min(*budget);
        let bytes = answer.read(&what, limit, &self.transport.patience)?;
        *budget -= bytes.len() as u64;
        let digest = match selector {
            Selector::Digest(expected) => {
                verify(&what, &bytes, *expected, size)?;
                *expected
            }
            Selector::Tag(_) => Digest::of(&bytes),
        };
        Ok((bytes, content_type, digest))
    }

    /// Asks for a blob, or for ranges of it; the answer is 200 or 206.
    fn blob_answer(
        &self,
        what: &str,
        descriptor: &Descriptor,
        range: Option<&str>,
    ) -> Result<Answer, Error> {
        let path = format!("/v2/{}/blobs/{}", self.source.repository, descriptor.digest);
        match self.get(what, &path, &[], range) {
            Err(Error::NotFound { what, .. }) if !descriptor.urls.is_empty() => {
                Err(Error::Document {
                    what,
                    reason: "is kept outside the registry, where it is not fetched from".to_owned(),
                })
            }
            other => other,
        }
    }

    /// Sends a GET; the answer is a success.
    fn get(
        &self,
        what: &str,
        path: &str,
        accept: &[&str],
        range: Option<&str>,
    ) -> Result<Answer, Error> {
        let answer = self.prove(&Ask {
            accept,
            range,
            ..Ask::new(what, Method::GET, Target::Path(path))
        })?;
        match answer.status {
            200 | 206 => Ok(answer),
            _ => Err(answer.into_error(what, &self.transport.patience)),
        }
    }

    /// Sends a request with what the registry wants as proof of who we are.
    fn prove(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        // Once may be a token that has expired; refused after two answers is final.
        let mut answers = 0;
        loop {
            let sent = self.auth.header();
            let answer = self.ask(ask, sent.as_deref())?;
            match answer.status {
                401 if answers < 2 && auth::is_challenge(&answer) => {
                    answers += 1;
                    self.must_be_its_own(&answer)?;
                    self.auth.answer(&self.transport, answer, sent.as_deref())?;
                }
                401 => return Err(self.auth.unauthorized(answer, &self.transport)),
                _ => return Ok(answer),
            }
        }
    }

    /// Only the registry itself may ask who we are: a host it redirects to would otherwise name
    /// a token server of its own, and be sent the registry's password (S-38, S-39).
    fn must_be_its_own(&self, challenge: &Answer) -> Result<(), Error> {
        let https = challenge.origin.https;
        let own = Origin::of_registry(host_of(&self.source.registry), https);
        if own.as_ref() == Some(&challenge.origin) {
            return Ok(());
        }
        Err(Error::Redirect {
            host: self.source.registry.clone(),
            to: challenge.origin.to_string(),
            reason: "it asks for a user name and password, which are the registry's alone",
        })
    }

    /// Sends a request over https, or over http where the user allowed it and https finds nobody.
    fn ask(&self, ask: &Ask<'_>, authorization: Option<&str>) -> Result<Answer, Error> {
        let https = match self.https.get() {
            Some(https) => *https,
            None if !self.source.insecure => true,
            None => return self.ask_either(ask, authorization),
        };
        let request = self.request(ask, https, authorization)?;
        let answer = match request.payload {
            // What part of a blob is sent again is for whoever sends it to decide.
            Payload::Part(_) => self.transport.follow(&request)?,
            _ => self.transport.send(&request)?,
        };
        let _ = self.https.set(https);
        Ok(answer)
    }

    /// Every try begins with https: whoever is being started may speak it then.
    fn ask_either(&self, ask: &Ask<'_>, authorization: Option<&str>) -> Result<Answer, Error> {
        let (https, http) = (
            self.request(ask, true, authorization)?,
            self.request(ask, false, authorization)?,
        );
        let attempt = || {
            let (answer, https) = match self.transport.follow(&https) {
                Err(Error::Tls { .. } | Error::Connection { .. } | Error::Stalled { .. }) => {
                    (self.transport.follow(&http)?, false)
                }
                other => (other?, true),
            };
            let _ = self.https.set(https);
            Ok(answer)
        };
        match https.payload {
            Payload::Part(_) => attempt(),
            _ => self.transport.send_by(ask.what, &attempt),
        }
    }

    fn request<'a>(
        &self,
        ask: &Ask<'a>,
        https: bool,
        authorization: Option<&'a str>,
    ) -> Result<Request<'a>, Error> {
        let own = self.origin(https)?;
        let url = match ask.target {
            Target::Path(path) => Url {
                origin: own.clone(),
                target: path.to_owned(),
            },
            Target::Address(url) => url.clone(),
        };
        let (authorization, reach) = if url.origin == own {
            (authorization, Reach::Anywhere)
        } else {
            // Where an upload goes elsewhere, nothing secret goes along (S-38).
            (None, self.transport.reach_of_its_word())
        };
        Ok(Request {
            what: ask.what,
            method: ask.method.clone(),
            url,
            accept: ask.accept,
            authorization,
            range: ask.range,
            payload: ask.payload,
            reach,
        })
    }

    fn origin(&self, https: bool) -> Result<Origin, Error> {
        let registry = host_of(&self.source.registry);
        Origin::of_registry(registry, https).ok_or_else(|| Error::Connection {
            host: registry.to_owned(),
            reason: "not a host name".to_owned(),
        })
    }
}

/// One request to the registry, or to where it keeps an upload.
struct Ask<'a> {
    what: &'a str,
    method: Method,
    target: Target<'a>,
    accept: &'a [&'a str],
    range: Option<&'a str>,
    payload: Payload<'a>,
}

impl<'a> Ask<'a> {
    /// A request that carries nothing.
    fn new(what: &'a str, method: Method, target: Target<'a>) -> Self {
        Self {
            what,
            method,
            target,
            accept: &[],
            range: None,
            payload: Payload::Nothing,
        }
    }
}

#[derive(Clone, Copy)]
enum Target<'a> {
    /// Of the registry itself.
    Path(&'a str),
    Address(&'a Url),
}

/// What a repository is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    Tag(String),
    Digest(Digest),
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(tag),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

/// Docker Hub's name is not its address.
fn host_of(registry: &str) -> &str {
    match registry {
        DOCKER_HUB => "registry-1.docker.io",
        other => other,
    }
}

/// The walk from an index to the manifest for one platform.
struct Search<'a> {
    client: &'a Client,
    wanted: &'a Platform,
    budget: u64,
    seen: Vec<Digest>,
    offered: Vec<String>,
}

impl Search<'_> {
    fn descend(
        &mut self,
        bytes: Vec<u8>,
        content_type: Option<&str>,
        digest: Digest,
        named: Digest,
        depth: usize,
    ) -> Result<Option<Resolved>, Error> {
        let wrong = |reason: String| Error::Document {
            what: format!("manifest {digest}"),
            reason,
        };
        let (document, media_type) = manifest::read(&bytes, content_type).map_err(wrong)?;
        let index = match document {
            Document::Manifest(manifest) => {
                return Ok(Some(Resolved {
                    raw: bytes,
                    media_type,
                    digest,
                    manifest,
                    named,
                }));
            }
            Document::Index(index) => index,
        };
        if depth > MAX_DEPTH {
            return Err(wrong(format!(
                "is an index inside more than {MAX_DEPTH} others"
            )));
        }
        self.offered.extend(manifest::platforms(&index));
        for entry in manifest::candidates(&index, self.wanted) {
            if self.seen.contains(&entry.digest) {
                continue;
            }
            self.seen.push(entry.digest);
            let selector = Selector::Digest(entry.digest);
            let (bytes, content_type, digest) =
                self.client
                    .document(&selector, Some(entry.size), &mut self.budget)?;
            // The entry's own word about the kind binds as much as the carrier's.
            if !agrees(content_type.as_deref(), &entry.media_type) {
                return Err(Error::Document {
                    what: format!("manifest {digest}"),
                    reason: "is of another type than the index says".to_owned(),
                });
            }
            let found = self.descend(bytes, Some(&entry.media_type), digest, named, depth + 1)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

/// Whether the carrier's type is none, a generic one, or the index's own word.
fn agrees(content_type: Option<&str>, listed: &str) -> bool {
    let Some(said) = content_type else {
        return true;
    };
    let said = said.split(';').next().unwrap_or_default().trim();
    said.eq_ignore_ascii_case(listed)
        || !manifest::ACCEPT
            .iter()
            .any(|k| said.eq_ignore_ascii_case(k))
}

fn verify(what: &str, bytes: &[u8], digest: Digest, size: Option<u64>) -> Result<(), Error> {
    let mismatch = |mismatch| Error::Mismatch {
        what: what.to_owned(),
        mismatch,
    };
    let actual = bytes.len() as u64;
    if let Some(expected) = size
        && expected != actual
    {
        return Err(mismatch(Mismatch::Size { expected, actual }));
    }
    let actual = Digest::of(bytes);
    if actual != digest {
        return Err(mismatch(Mismatch::Digest {
            expected: digest,
            actual,
        }));
    }
    Ok(())
}

/// `</v2/x/tags/list?last=a>; rel="next"` → the address between the brackets.
fn next_page(link: &str) -> Option<String> {
    let (address, rest) = link.trim().strip_prefix('<')?.split_once('>')?;
    let next = rest.contains("rel=\"next\"") || rest.contains("rel=next");
    next.then(|| address.to_owned())
}
