//! One blob as a stream that survives broken connections and ends only if it is right.
//!
//! distribution-spec, "Pulling blobs"; RFC 9110 section 14 for ranges. What passes is counted and
//! hashed by `types::digest::Verify` around it; this file only sees that the bytes are contiguous.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::BodyReader;

use crate::registry::Client;
use crate::registry::error::Error;
use crate::registry::patience::Pace;
use crate::registry::transport::{Answer, display_host, explain_io, header};
use crate::registry::url::Origin;
use crate::types::Descriptor;
use crate::types::digest::{Mismatch, Verify};

/// Progress that earns a new set of tries: without it, a server that sends a byte per connection
/// would keep us forever.
pub(super) const WORTH_A_NEW_TRY: u64 = 1 << 20;

/// A verified reader of one blob.
pub struct Blob {
    inner: Verify<Resuming>,
}

impl Blob {
    /// Opens the stream: the first answer must be there and of the promised length.
    pub fn open(client: Arc<Client>, descriptor: &Descriptor) -> Result<Self, Error> {
        let what = format!("blob {}", descriptor.digest);
        let mut resuming = Resuming {
            client,
            what,
            descriptor: descriptor.clone(),
            offset: 0,
            tries: 0,
            last_failure: 0,
            open: None,
        };
        resuming.reopen()?;
        Ok(Self {
            inner: Verify::new(resuming, descriptor.digest, descriptor.size),
        })
    }
}

impl Read for Blob {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buf)
    }
}

/// The stream below verification: reconnects where it broke.
struct Resuming {
    client: Arc<Client>,
    what: String,
    descriptor: Descriptor,
    /// Bytes delivered so far.
    offset: u64,
    /// Failures in a row without much progress.
    tries: u32,
    /// The offset of the last failure.
    last_failure: u64,
    open: Option<(Paced<BodyReader<'static>>, Origin)>,
}

/// Fails when the waiting for bytes brings too few of them.
///
/// Only the time inside `read` counts: how slowly the bytes are used is not the server's fault.
pub(super) struct Paced<R> {
    inner: R,
    pace: Pace,
    waited: Duration,
    got: u64,
}

/// How little came.
#[derive(Debug)]
struct TooSlow {
    bytes: u64,
    seconds: u64,
}

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "only {} bytes in {} seconds", self.bytes, self.seconds)
    }
}

impl std::error::Error for TooSlow {}

impl<R> Paced<R> {
    pub(super) fn new(inner: R, pace: Pace) -> Self {
        Self {
            inner,
            pace,
            waited: Duration::ZERO,
            got: 0,
        }
    }
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let start = Instant::now();
        let count = self.inner.read(buf)?;
        self.waited += start.elapsed();
        self.got += count as u64;
        if self.waited < self.pace.window {
            return Ok(count);
        }
        if self.got < self.pace.bytes && count > 0 {
            let (bytes, seconds) = (self.got, self.waited.as_secs());
            return Err(io::Error::other(TooSlow { bytes, seconds }));
        }
        (self.waited, self.got) = (Duration::ZERO, 0);
        Ok(count)
    }
}

/// Turns a failed read into the situation it was.
pub(super) fn explain_read(error: &io::Error, origin: &Origin, stall: Duration) -> Error {
    let slow = error.get_ref().and_then(|e| e.downcast_ref::<TooSlow>());
    match slow {
        Some(TooSlow { bytes, seconds }) => Error::Dripping {
            host: display_host(origin),
            bytes: *bytes,
            seconds: *seconds,
        },
        None => explain_io(error, origin, stall),
    }
}

impl Resuming {
    /// Asks for the bytes from `offset` on.
    fn reopen(&mut self) -> Result<(), Error> {
        let range = (self.offset > 0).then(|| format!("{}-", self.offset));
        let answer = self
            .client
            .blob_answer(&self.what, &self.descriptor, range.as_deref())?;
        let skip = self.check(&answer)?;
        let origin = answer.origin;
        let mut reader = Paced::new(answer.body.into_reader(), self.client.patience().pace);
        if skip > 0 {
            let skipped = io::copy(&mut reader.by_ref().take(skip), &mut io::sink());
            let stall = self.client.patience().stall;
            let skipped = skipped.map_err(|error| explain_read(&error, &origin, stall))?;
            if skipped < skip {
                return Err(self.wrong_size(skipped));
            }
        }
        self.open = Some((reader, origin));
        Ok(())
    }

    /// Checks where the answer starts and how long it is; returns how much of it we have already.
    fn check(&self, answer: &Answer) -> Result<u64, Error> {
        let start = match answer.status {
            206 => {
                let start = header(&answer.headers, "content-range")
                    .and_then(|range| parse_range_start(&range));
                if start != Some(self.offset) {
                    return Err(Error::Document {
                        what: self.what.clone(),
                        reason: "the registry sent another range than asked for".to_owned(),
                    });
                }
                self.offset
            }
            _ => 0,
        };
        match answer.length() {
            Some(length) if start.saturating_add(length) != self.descriptor.size => {
                Err(self.wrong_size(start.saturating_add(length)))
            }
            _ => Ok(self.offset - start),
        }
    }

    fn wrong_size(&self, actual: u64) -> Error {
        Error::Mismatch {
            what: self.what.clone(),
            mismatch: Mismatch::Size {
                expected: self.descriptor.size,
                actual,
            },
        }
    }

    /// Decides whether a failure is worth another connection, and makes it.
    fn resume(&mut self, failure: Error) -> Result<(), Error> {
        self.open = None;
        if self.offset - self.last_failure >= WORTH_A_NEW_TRY {
            self.tries = 0;
        }
        self.last_failure = self.offset;
        if !failure.is_passing() || self.tries >= self.client.patience().retries {
            return Err(failure);
        }
        tracing::info!("{}: resuming at {}", self.what, self.offset);
        self.client.pause(&self.what, &failure, self.tries, None);
        self.tries += 1;
        self.reopen()
    }
}

impl Read for Resuming {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some((reader, origin)) = &mut self.open else {
                return Err(io::Error::from(io::ErrorKind::NotConnected));
            };
            let failure = match reader.read(buf) {
                Ok(0) => return Ok(0),
                Ok(count) => {
                    self.offset += count as u64;
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => explain_read(&error, origin, self.client.patience().stall),
            };
            self.resume(failure).map_err(io::Error::other)?;
        }
    }
}

/// `bytes 5-9/10` → 5
pub(super) fn parse_range_start(text: &str) -> Option<u64> {
    let range = text.trim().strip_prefix("bytes ")?;
    range.split('-').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        for (text, start) in [
            ("bytes 5-9/10", Some(5)),
            ("bytes 0-0/*", Some(0)),
            ("bytes */10", None),
            ("items 5-9/10", None),
            ("bytes -5", None),
            ("", None),
        ] {
            assert_eq!(parse_range_start(text), start, "{text}");
        }
    }
}
