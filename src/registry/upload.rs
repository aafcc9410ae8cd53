//! One blob on its way to a registry, through broken connections and restarted registries.
//!
//! distribution-spec, "Pushing blobs". A small blob goes with one PUT. A larger one goes with a
//! PATCH of all of it, as most registries like best; where that breaks, the rest follows in
//! pieces from where the registry says it is, or from the start when it has forgotten. The final
//! PUT names the digest, and the registry compares.

use std::time::Duration;

use ureq::http::Method;

use crate::registry::error::Error;
use crate::registry::transport::{Answer, Bytes, Part, Payload, header, is_passing, retry_after};
use crate::registry::url::Url;
use crate::registry::{Ask, Client, Target};
use crate::types::Digest;

/// Up to this size a blob is sent with the PUT that ends its upload, in bytes.
const SMALL: u64 = 1 << 20;
/// The size of pieces, once sending all of it has failed.
const LARGEST_PIECE: u64 = 64 << 20;
/// Where pieces are too large for somebody on the way, they are halved down to this.
const SMALLEST_PIECE: u64 = 1 << 20;
/// Progress that earns a new set of tries, in bytes.
const WORTH_A_NEW_TRY: u64 = 1 << 20;

/// A blob to upload.
pub struct Content<'a> {
    pub digest: Digest,
    pub size: u64,
    pub bytes: &'a dyn Bytes,
}

/// An upload that a registry has begun.
struct Session {
    url: Url,
    /// The smallest piece it takes, but for the last.
    least: u64,
}

impl Session {
    /// Reads where the upload goes on from an answer's `Location`.
    fn of(answer: &Answer, client: &Client) -> Result<Self, Error> {
        let location = header(&answer.headers, "location").unwrap_or_default();
        let refuse = |reason| Error::Redirect {
            host: answer.origin.to_string(),
            to: location.clone(),
            reason,
        };
        let base = Url {
            origin: answer.origin.clone(),
            target: format!("/v2/{}/blobs/uploads/", client.source.repository),
        };
        if location.is_empty() {
            return Err(refuse("no address for the upload given"));
        }
        let url = base.join(&location).map_err(refuse)?;
        if base.origin.https && !url.origin.https {
            return Err(refuse("from https to http is not followed"));
        }
        let least = header(&answer.headers, "oci-chunk-min-length");
        let least = least.and_then(|text| text.trim().parse().ok());
        Ok(Self {
            url,
            least: least.unwrap_or(0),
        })
    }
}

/// One blob being uploaded.
pub struct Upload<'a> {
    client: &'a Client,
    content: &'a Content<'a>,
    what: String,
    session: Option<Session>,
    /// Something failed: the registry may have more than we know, or have forgotten all.
    unsure: bool,
    /// Bytes the registry has.
    offset: u64,
    /// The most bytes it ever had.
    furthest: u64,
    /// `None` while all of it is tried at once.
    piece: Option<u64>,
    /// Failures without much progress.
    tries: u32,
    /// What the registry asked us to wait.
    wait: Option<Duration>,
}

/// A failed step, and whether another try makes sense.
struct Failure {
    error: Box<Error>,
    again: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // A registry that is being restarted refuses connections for a while.
        let again = error.is_passing() || matches!(error, Error::Connection { .. });
        let error = Box::new(error);
        Self { error, again }
    }
}

impl<'a> Upload<'a> {
    pub fn new(client: &'a Client, content: &'a Content<'a>) -> Self {
        Self {
            client,
            content,
            what: format!("blob {}", content.digest),
            session: None,
            unsure: false,
            offset: 0,
            furthest: 0,
            piece: None,
            tries: 0,
            wait: None,
        }
    }

    /// Sends it until the registry has all of it, or enough was tried.
    pub fn run(mut self) -> Result<(), Error> {
        while let Err(failure) = self.go_on() {
            self.recover(failure)?;
        }
        Ok(())
    }

    fn go_on(&mut self) -> Result<(), Failure> {
        if self.unsure && self.is_there_already()? {
            return Ok(());
        }
        if self.session.is_none() {
            self.begin()?;
        }
        if self.content.size > SMALL || self.offset > 0 {
            while self.offset < self.content.size {
                self.send_piece()?;
            }
        }
        self.end()
    }

    /// Finds out what the registry has after a failure: the answer to the last PUT may be all
    /// that was lost.
    fn is_there_already(&mut self) -> Result<bool, Failure> {
        let Content { digest, size, .. } = self.content;
        if self.client.has_blob(digest, Some(*size))? {
            return Ok(true);
        }
        let known = match &self.session {
            Some(session) => self.where_it_is(session)?,
            None => None,
        };
        self.unsure = false;
        match known {
            Some((session, has)) => {
                self.session = Some(session);
                self.advance(has);
            }
            // What it does not know of is sent again from the start.
            None => {
                self.session = None;
                self.offset = 0;
            }
        }
        Ok(false)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        let path = format!("/v2/{}/blobs/uploads/", self.client.source.repository);
        let ask = Ask::new(&self.what, Method::POST, Target::Path(&path));
        let answer = self.client.prove(&ask)?;
        if answer.status != 202 {
            return Err(self.failed(answer));
        }
        self.session = Some(Session::of(&answer, self.client)?);
        self.offset = 0;
        Ok(())
    }

    /// Sends the next piece, or all that is left.
    fn send_piece(&mut self) -> Result<(), Failure> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let left = self.content.size - self.offset;
        let length = self
            .piece
            .map_or(left, |piece| piece.max(session.least).min(left));
        let url = session.url.clone();
        let answer = self.send(Method::PATCH, &url, length)?;
        if !matches!(answer.status, 200..=204) {
            return Err(self.failed(answer));
        }
        let next = Session::of(&answer, self.client)?;
        let sent = self.offset + length;
        let has = has(&answer).unwrap_or(sent);
        if has <= self.offset || has > sent {
            let reason = format!("the registry has {has} bytes of {sent} that were sent");
            return Err(Error::Document {
                what: self.what.clone(),
                reason,
            }
            .into());
        }
        self.session = Some(next);
        self.advance(has);
        Ok(())
    }

    /// Names the digest; sends along what was not sent before.
    fn end(&mut self) -> Result<(), Failure> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let digest = self.content.digest.to_string();
        let url = session
            .url
            .clone()
            .with("digest", &digest.replace(':', "%3A"));
        let left = self.content.size - self.offset;
        let answer = self.send(Method::PUT, &url, left)?;
        match answer.status {
            200..=204 => Ok(()),
            _ => Err(self.failed(answer)),
        }
    }

    /// Sends `length` bytes from where the registry is.
    fn send(&self, method: Method, url: &Url, length: u64) -> Result<Answer, Error> {
        let part = Part {
            bytes: self.content.bytes,
            offset: self.offset,
            length,
            whole: length == self.content.size || length == 0,
        };
        self.client.prove(&Ask {
            payload: Payload::Part(&part),
            ..Ask::new(&self.what, method, Target::Address(url))
        })
    }

    fn advance(&mut self, has: u64) {
        self.offset = has;
        if has >= self.furthest + WORTH_A_NEW_TRY {
            self.furthest = has;
            self.tries = 0;
        }
    }

    /// Makes an unwanted answer a failure; notes what the registry wants us to wait.
    fn failed(&mut self, answer: Answer) -> Failure {
        let status = answer.status;
        self.wait = retry_after(&answer.headers);
        let error = answer.into_error(&self.what, self.client.patience());
        // Too large a piece, another offset, or an upload that a restarted registry forgot.
        let again = is_passing(status)
            || self.session.is_some() && matches!(status, 400 | 404 | 410 | 413 | 416);
        let error = Box::new(error);
        Failure { error, again }
    }

    /// Decides whether a failure is worth another try, and waits for it.
    fn recover(&mut self, failure: Failure) -> Result<(), Error> {
        if !failure.again || self.tries >= self.client.patience().retries {
            return Err(*failure.error);
        }
        let asked = self.wait.take();
        self.client
            .pause(&self.what, &failure.error, self.tries, asked);
        self.tries += 1;
        let before = self.piece.unwrap_or(LARGEST_PIECE).min(self.content.size);
        self.piece = Some(match *failure.error {
            Error::Status { code: 413, .. } => (before / 2).max(SMALLEST_PIECE),
            _ => before,
        });
        self.unsure = true;
        Ok(())
    }

    /// Asks how much of an upload has arrived.
    fn where_it_is(&self, session: &Session) -> Result<Option<(Session, u64)>, Error> {
        let ask = Ask::new(&self.what, Method::GET, Target::Address(&session.url));
        let answer = self.client.prove(&ask)?;
        if !matches!(answer.status, 202 | 204) {
            return Ok(None);
        }
        let Some(has) = has(&answer).filter(|has| *has <= self.content.size) else {
            return Ok(None);
        };
        let next = match header(&answer.headers, "location") {
            Some(_) => Session::of(&answer, self.client)?,
            None => Session {
                url: session.url.clone(),
                least: session.least,
            },
        };
        Ok(Some((next, has)))
    }
}

/// How many bytes the registry says it has: `Range: 0-9` are ten.
///
/// `0-0` is what registries answer that have nothing, though it reads as one byte.
fn has(answer: &Answer) -> Option<u64> {
    let range = header(&answer.headers, "range")?;
    let range = range.trim();
    let range = range.strip_prefix("bytes=").unwrap_or(range);
    let last: u64 = range.split_once('-')?.1.trim().parse().ok()?;
    Some(if last == 0 { 0 } else { last + 1 })
}
