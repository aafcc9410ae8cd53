//! Parts of one blob as one stream, several asked for at once.
//!
//! RFC 9110, section 14: a request for several ranges is answered by `multipart/byteranges`
//! (14.6), by one of them, or by everything. Whoever does not give several is asked for one at a
//! time; whoever does not give one is not asked again. Nothing is verified here.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::sync::Arc;

use ureq::BodyReader;

use crate::registry::Client;
use crate::registry::blob::{Paced, WORTH_A_NEW_TRY, explain_read};
use crate::registry::error::Error;
use crate::registry::transport::header;
use crate::registry::url::Origin;
use crate::types::Descriptor;
use crate::types::digest::Mismatch;

/// Ranges in one request: the header stays below what servers take.
const AT_ONCE: usize = 64;
/// The longest line between two parts.
const MAX_LINE: u64 = 8 << 10;
/// Lines before one part.
const MAX_LINES: usize = 32;
const BUFFER: usize = 128 << 10;

/// The bytes of all parts, one part after the other; reconnects where the stream broke.
pub struct Ranges {
    client: Arc<Client>,
    what: String,
    descriptor: Descriptor,
    parts: Vec<Range<u64>>,
    /// The part that is being read, and where in the blob.
    at: usize,
    offset: u64,
    at_once: usize,
    /// Failures in a row without much progress.
    tries: u32,
    delivered: u64,
    last_failure: u64,
    open: Option<Open>,
}

/// An answer that is being read.
struct Open {
    input: BufReader<Paced<BodyReader<'static>>>,
    origin: Origin,
    /// Between the parts of several.
    boundary: Option<String>,
    /// What of the blob comes next, to the end of this part of the answer.
    left: Range<u64>,
}

impl Ranges {
    pub(super) fn new(
        client: Arc<Client>,
        descriptor: &Descriptor,
        parts: Vec<Range<u64>>,
    ) -> Self {
        Self {
            client,
            what: format!("blob {}", descriptor.digest),
            descriptor: descriptor.clone(),
            offset: parts.first().map_or(0, |part| part.start),
            parts,
            at: 0,
            at_once: AT_ONCE,
            tries: 0,
            delivered: 0,
            last_failure: 0,
            open: None,
        }
    }

    /// Asks for the next parts.
    fn reopen(&mut self) -> Result<Open, Error> {
        loop {
            let asked = self.at_once.min(self.parts.len() - self.at);
            let mut text = format!("{}-{}", self.offset, self.parts[self.at].end - 1);
            for part in &self.parts[self.at + 1..self.at + asked] {
                text += &format!(",{}-{}", part.start, part.end - 1);
            }
            let answer = match self
                .client
                .blob_answer(&self.what, &self.descriptor, Some(&text))
            {
                Ok(answer) if answer.status == 206 => answer,
                Ok(_)
                | Err(Error::Status {
                    code: 400..=499, ..
                }) if asked > 1 => {
                    self.at_once = 1;
                    continue;
                }
                Ok(_)
                | Err(Error::Status {
                    code: 400..=499, ..
                }) => {
                    let what = self.what.clone();
                    return Err(Error::NoRanges { what });
                }
                Err(error) => return Err(error),
            };
            let kind = header(&answer.headers, "content-type").unwrap_or_default();
            let boundary = boundary(&kind);
            let left = match (&boundary, header(&answer.headers, "content-range")) {
                (Some(_), _) => 0..0,
                (None, Some(range)) => self.checked(&range)?,
                (None, None) => return Err(self.wrong("says not which part it sent")),
            };
            if boundary.is_none() && asked > 1 {
                self.at_once = 1;
            }
            return Ok(Open {
                origin: answer.origin,
                input: BufReader::with_capacity(
                    BUFFER,
                    Paced::new(answer.body.into_reader(), self.client.patience().pace),
                ),
                boundary,
                left,
            });
        }
    }

    /// Reads `bytes 5-9/10`; it must hold what is wanted next.
    fn checked(&self, text: &str) -> Result<Range<u64>, Error> {
        let (range, size) = parse(text).ok_or_else(|| self.wrong("says not which part it sent"))?;
        if let Some(actual) = size
            && actual != self.descriptor.size
        {
            let expected = self.descriptor.size;
            return Err(Error::Mismatch {
                what: self.what.clone(),
                mismatch: Mismatch::Size { expected, actual },
            });
        }
        // A part that claims no end would be passed over without end.
        if !range.contains(&self.offset) || range.end > self.descriptor.size {
            return Err(self.wrong("sent another range than asked for"));
        }
        Ok(range)
    }

    fn wrong(&self, what: &str) -> Error {
        Error::Document {
            what: self.what.clone(),
            reason: format!("the registry {what}"),
        }
    }

    /// Reads what comes next of the part that is wanted; nothing where an answer has ended.
    fn advance(&mut self, buf: &mut [u8]) -> Result<usize, Error> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.reopen()?,
        };
        let stall = self.client.patience().stall;
        let origin = open.origin.clone();
        let failed = |error: io::Error| explain_read(&error, &origin, stall);
        // Servers may join parts that lie close together.
        if open.left.start < self.offset && self.offset < open.left.end {
            let between = self.offset - open.left.start;
            let passed = io::copy(&mut (&mut open.input).take(between), &mut io::sink());
            if passed.map_err(failed)? < between {
                return Err(self.wrong("ended a part too early"));
            }
            open.left.start = self.offset;
        }
        if open.left.start != self.offset || open.left.is_empty() {
            let Some(boundary) = &open.boundary else {
                return Ok(0); // the next request asks for what is left
            };
            let rest = open.left.end.saturating_sub(open.left.start);
            io::copy(&mut (&mut open.input).take(rest), &mut io::sink()).map_err(failed)?;
            match next_part(&mut open.input, boundary).map_err(failed)? {
                Next::Part(text) => open.left = self.checked(&text)?,
                Next::End => return Ok(0),
                Next::Strange => return Err(self.wrong("sent parts that cannot be read")),
            }
            self.open = Some(open);
            return self.advance(buf);
        }
        let end = self.parts[self.at].end.min(open.left.end);
        let most = usize::try_from(end - self.offset).unwrap_or(usize::MAX);
        let most = most.min(buf.len());
        let count = open.input.read(&mut buf[..most]).map_err(failed)?;
        if count == 0 {
            return Err(Error::Connection {
                host: crate::registry::transport::display_host(&origin),
                reason: "it ended the connection".to_owned(),
            });
        }
        open.left.start += count as u64;
        self.open = Some(open);
        Ok(count)
    }

    /// Decides whether a failure is worth another connection.
    fn resume(&mut self, failure: Error) -> Result<(), Error> {
        self.open = None;
        if self.delivered - self.last_failure >= WORTH_A_NEW_TRY {
            self.tries = 0;
        }
        self.last_failure = self.delivered;
        if !failure.is_passing() || self.tries >= self.client.patience().retries {
            return Err(failure);
        }
        tracing::info!("{}: resuming at {}", self.what, self.offset);
        self.client.pause(&self.what, &failure, self.tries, None);
        self.tries += 1;
        Ok(())
    }
}

impl Read for Ranges {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut empty = 0;
        while let Some(part) = self.parts.get(self.at) {
            if self.offset >= part.end {
                self.at += 1;
                self.offset = self.parts.get(self.at).map_or(0, |part| part.start);
                continue;
            }
            if buf.is_empty() {
                return Ok(0);
            }
            match self.advance(buf) {
                Ok(0) if empty < 2 => empty += 1,
                Ok(0) => {
                    let failure = self.wrong("sent nothing of what was asked for");
                    return Err(io::Error::other(failure));
                }
                Ok(count) => {
                    self.offset += count as u64;
                    self.delivered += count as u64;
                    return Ok(count);
                }
                Err(failure) => self.resume(failure).map_err(io::Error::other)?,
            }
        }
        Ok(0)
    }
}

enum Next {
    /// Its `Content-Range`.
    Part(String),
    End,
    Strange,
}

/// Reads what stands before the next part: RFC 2046, 5.1.1.
fn next_part(input: &mut impl BufRead, boundary: &str) -> io::Result<Next> {
    let mut inside = false;
    let mut range = None;
    for _ in 0..MAX_LINES {
        let mut line = Vec::new();
        input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        let Ok(line) = std::str::from_utf8(&line) else {
            return Ok(Next::Strange);
        };
        if line.is_empty() {
            return Ok(if inside { Next::Strange } else { Next::End });
        }
        let line = line.trim_end();
        match line
            .strip_prefix("--")
            .and_then(|l| l.strip_prefix(boundary))
        {
            Some("--") if !inside => return Ok(Next::End),
            Some("") if !inside => inside = true,
            _ if !inside && line.is_empty() => {}
            _ if !inside => return Ok(Next::Strange),
            _ if line.is_empty() => return Ok(range.map_or(Next::Strange, Next::Part)),
            _ => {
                let field = line.split_once(':');
                if let Some((name, value)) = field
                    && name.eq_ignore_ascii_case("content-range")
                {
                    range = Some(value.trim().to_owned());
                }
            }
        }
    }
    Ok(Next::Strange)
}

/// `multipart/byteranges; boundary=x` → x
fn boundary(kind: &str) -> Option<String> {
    let (kind, rest) = kind.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/byteranges") {
        return None;
    }
    let found = rest.split(';').find_map(|word| {
        let (name, value) = word.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then_some(value)
    })?;
    let bare = found.trim().trim_matches('"');
    // RFC 2046 allows 70; an empty one would match everything.
    (1..=70).contains(&bare.len()).then(|| bare.to_owned())
}

/// `bytes 5-9/10` → 5..10 of 10
fn parse(text: &str) -> Option<(Range<u64>, Option<u64>)> {
    let (range, size) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.trim().split_once('-')?;
    let range = first.parse().ok()?..last.parse::<u64>().ok()?.checked_add(1)?;
    let size = match size.trim() {
        "*" => None,
        number => Some(number.parse().ok()?),
    };
    (!range.is_empty()).then_some((range, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_answer_are_read() {
        for (text, expected) in [
            ("bytes 5-9/10", Some((5..10, Some(10)))),
            ("bytes 0-0/*", Some((0..1, None))),
            ("bytes 9-5/10", None),
            ("bytes 0-18446744073709551615/10", None),
            ("bytes */10", None),
            ("items 5-9/10", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for (kind, expected) in [
            ("multipart/byteranges; boundary=ab1", Some("ab1")),
            (
                "Multipart/ByteRanges; charset=x; Boundary=\"a b\"",
                Some("a b"),
            ),
            ("multipart/byteranges; boundary=", None),
            ("application/octet-stream", None),
        ] {
            assert_eq!(boundary(kind).as_deref(), expected, "{kind}");
        }
    }

    #[test]
    fn what_stands_between_parts_is_read() {
        let read = |mut text: &[u8]| match next_part(&mut text, "B") {
            Ok(Next::Part(range)) => range,
            Ok(Next::End) => "end".to_owned(),
            _ => "strange".to_owned(),
        };
        for (text, expected) in [
            (
                "\r\n--B\r\nContent-Type: x\r\nContent-Range: bytes 1-2/3\r\n\r\nxx",
                "bytes 1-2/3",
            ),
            ("--B\ncontent-range:bytes 1-2/3\n\n", "bytes 1-2/3"),
            ("\r\n--B--\r\n", "end"),
            ("", "end"),
            ("--B\r\nContent-Type: x\r\n\r\n", "strange"),
            ("--C\r\n", "strange"),
            ("--B\r\n", "strange"),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(read(&[b'x'; 100_000]), "strange");
    }
}
