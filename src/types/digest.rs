//! Content digests and the identities made of them.
//!
//! OCI image-spec, descriptor.md "Digests" and config.md "Layer ChainID".
//! Only sha256 is accepted: it is what every registry serves.

use std::fmt;
use std::io::{self, Read};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::types::ParseError;

/// A verified-form sha256 digest: the algorithm is known, the hex is lower case and whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Parses `sha256:<64 lower-case hex digits>`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let Some(hex) = text.strip_prefix("sha256:") else {
            return Err(ParseError::new(text, "is not a sha256 digest"));
        };
        Self::parse_hex(hex).map_err(|_| ParseError::new(text, "is not a sha256 digest"))
    }

    /// Parses the 64 lower-case hex digits alone.
    pub fn parse_hex(hex: &str) -> Result<Self, ParseError> {
        let bad = || ParseError::new(hex, "is not 64 lower-case hex digits");
        if hex.len() != 64 || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(bad());
        }
        let mut raw = [0; 32];
        for (index, byte) in raw.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).map_err(|_| bad())?;
        }
        Ok(Self(raw))
    }

    /// Hashes bytes held in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Takes what [`Digest::bytes`] gives.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the sum itself.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Returns the 64 hex digits, for file names.
    pub fn hex(&self) -> String {
        let mut out = String::with_capacity(64);
        for byte in self.0 {
            let _ = fmt::Write::write_fmt(&mut out, format_args!("{byte:02x}"));
        }
        out
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Digest);

        impl $name {
            /// Returns the 64 hex digits.
            pub fn hex(&self) -> String {
                self.0.hex()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

identity! {
    /// The digest of an image's config document: the image ID.
    ImageId
}
identity! {
    /// The digest of a layer's uncompressed tar.
    DiffId
}
identity! {
    /// The identity of a layer on top of the layers below it.
    ChainId
}

impl ChainId {
    /// Returns the chain ids of a list of diff ids, lowest layer first.
    pub fn chain(diff_ids: &[DiffId]) -> Vec<ChainId> {
        let mut chain: Vec<ChainId> = Vec::with_capacity(diff_ids.len());
        for diff in diff_ids {
            chain.push(diff.upon(chain.last()));
        }
        chain
    }
}

impl DiffId {
    /// Returns the chain id of this layer on top of another, or of the lowest.
    pub fn upon(&self, below: Option<&ChainId>) -> ChainId {
        match below {
            None => ChainId(self.0),
            Some(below) => ChainId(Digest::of(format!("{below} {self}").as_bytes())),
        }
    }
}

/// A digest being computed.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Why content is not what its descriptor promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    Size { expected: u64, actual: u64 },
    Digest { expected: Digest, actual: Digest },
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { expected, actual } if actual > expected => {
                write!(f, "expected {expected} bytes, got more")
            }
            Self::Size { expected, actual } => write!(f, "expected {expected} bytes, got {actual}"),
            Self::Digest { expected, actual } => write!(f, "expected {expected}, got {actual}"),
        }
    }
}

impl std::error::Error for Mismatch {}

/// A reader that fails unless what passes has the promised digest and size.
///
/// Stops one byte past the size (S-22); the error's source is a [`Mismatch`].
pub struct Verify<R> {
    inner: R,
    hasher: Option<Hasher>,
    expected: Digest,
    size: u64,
    seen: u64,
}

impl<R: Read> Verify<R> {
    pub fn new(inner: R, expected: Digest, size: u64) -> Self {
        Self {
            inner,
            hasher: Some(Hasher::default()),
            expected,
            size,
            seen: 0,
        }
    }

    fn fail(mismatch: Mismatch) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, mismatch)
    }
}

impl<R: Read> Read for Verify<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        let count = self.inner.read(buf)?;
        if count > 0 {
            self.seen += count as u64;
            if self.seen > self.size {
                return Err(Self::fail(Mismatch::Size {
                    expected: self.size,
                    actual: self.seen,
                }));
            }
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&buf[..count]);
            }
            return Ok(count);
        }
        if let Some(hasher) = self.hasher.take() {
            if self.seen != self.size {
                return Err(Self::fail(Mismatch::Size {
                    expected: self.size,
                    actual: self.seen,
                }));
            }
            let actual = hasher.finish();
            if actual != self.expected {
                return Err(Self::fail(Mismatch::Digest {
                    expected: self.expected,
                    actual,
                }));
            }
        }
        Ok(0)
    }
}
