//! A layer blob's bytes become a tar stream: gzip (RFC 1952), zstd (RFC 8878) or plain.
//!
//! What it is, is seen in its first bytes and must agree with the declared type. Memory is
//! constant: gzip's window is 32 KiB, zstd's at most 128 MiB (S-16).

use std::io;
use std::io::{BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use crate::layer::MAX_WINDOW_LOG;
use crate::layer::error::{Error, Refusal};
use crate::types::image::Compression;

/// What is read from the pipe at once.
const BUFFER: usize = 128 << 10;

/// Opens a stream. `declared` is what its media type says; `None` believes the bytes.
pub fn open<'a>(
    input: impl Read + 'a,
    declared: Option<Compression>,
) -> Result<Box<dyn Read + 'a>, Error> {
    let mut input = BufReader::with_capacity(BUFFER, Whole(input));
    let start = input.fill_buf().map_err(Error::Stream)?;
    let found = sniff(start);
    let refuse = |why| Error::Refused { entry: None, why };
    let compression = match found {
        Sniffed::Known(compression) => compression,
        Sniffed::Foreign(name) => return Err(refuse(Refusal::UnknownCompression(name))),
    };
    if let Some(declared) = declared
        && declared != compression
    {
        let found = match compression {
            Compression::Plain => "something else",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        };
        return Err(refuse(Refusal::OtherCompression { declared, found }));
    }
    Ok(match compression {
        Compression::Plain => Box::new(input),
        Compression::Gzip => Box::new(Gunzip {
            member: Some(Box::new(GzDecoder::new(input))),
        }),
        Compression::Zstd => {
            let mut decoder =
                zstd::stream::read::Decoder::with_buffer(input).map_err(Error::Stream)?;
            decoder
                .window_log_max(MAX_WINDOW_LOG)
                .map_err(Error::Stream)?;
            Box::new(Damage(decoder))
        }
    })
}

/// Reads until the buffer is full or the stream ends, so that `fill_buf` sees whole magics.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < buffer.len().min(16) {
            match self.0.read(&mut buffer[done..]) {
                Ok(0) => break,
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }
}

/// Whether a stream that begins like this is compressed in a way we know of.
pub fn is_compressed(start: &[u8]) -> bool {
    !matches!(sniff(start), Sniffed::Known(Compression::Plain))
}

enum Sniffed {
    Known(Compression),
    Foreign(&'static str),
}

fn sniff(start: &[u8]) -> Sniffed {
    // A skippable zstd frame has sixteen magics: RFC 8878, 3.1.2.
    let skippable = start.len() >= 4 && start[0] & 0xf0 == 0x50 && start[1..4] == *b"\x2a\x4d\x18";
    match start {
        [0x1f, 0x8b, ..] => Sniffed::Known(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Sniffed::Known(Compression::Zstd),
        _ if skippable => Sniffed::Known(Compression::Zstd),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Sniffed::Foreign("xz"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => Sniffed::Foreign("bzip2"),
        _ => Sniffed::Known(Compression::Plain),
    }
}

/// gzip members one after the other, then nothing or zeros.
///
/// `MultiGzDecoder` takes zero padding after the last member for a broken header; gzip(1)
/// and the archives in the wild do not.
struct Gunzip<R> {
    /// `None` after the last member.
    member: Option<Box<GzDecoder<R>>>,
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.member else {
                return Ok(0);
            };
            let count = decoder.read(buffer).map_err(damaged)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let Some(decoder) = self.member.take() else {
                return Ok(0);
            };
            let mut input = decoder.into_inner();
            if another_member(&mut input)? {
                self.member = Some(Box::new(GzDecoder::new(input)));
            }
        }
    }
}

fn another_member(input: &mut impl BufRead) -> io::Result<bool> {
    let mut padded = false;
    loop {
        let waiting = input.fill_buf()?;
        let Some(first) = waiting.first() else {
            return Ok(false);
        };
        if *first != 0 {
            if padded || *first != 0x1f {
                let what = "something follows the gzip stream".to_owned();
                return Err(Refusal::BadStream { what }.into());
            }
            return Ok(true);
        }
        padded = true;
        let zeros = waiting.iter().take_while(|byte| **byte == 0).count();
        input.consume(zeros);
    }
}

/// Turns a decoder's error into a refusal of the archive.
struct Damage<R>(R);

impl<R: Read> Read for Damage<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(damaged)
    }
}

fn damaged(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    let what = error.to_string();
    Refusal::BadStream { what }.into()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("to memory");
        encoder.finish().expect("to memory")
    }

    fn read(bytes: &[u8], declared: Option<Compression>) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        open(bytes, declared)
            .map_err(|error| error.to_string())?
            .read_to_end(&mut out)
            .map_err(|error| error.to_string())?;
        Ok(out)
    }

    #[test]
    fn s_16_streams_of_every_kind() {
        let zstd = zstd::encode_all(&b"hello"[..], 1).expect("to memory");
        let two = [gzip(b"hel"), gzip(b""), gzip(b"lo")].concat();
        let padded = [gzip(b"hello"), vec![0; 700]].concat();
        let skipped = [b"\x50\x2a\x4d\x18\x02\0\0\0xx".to_vec(), zstd.clone()].concat();
        for good in [
            &b"hello"[..],
            &gzip(b"hello"),
            &two,
            &padded,
            &zstd,
            &skipped,
        ] {
            assert_eq!(read(good, None).as_deref(), Ok(&b"hello"[..]));
        }
        let junk = [gzip(b"hello"), b"junk".to_vec()].concat();
        let late = [padded.clone(), gzip(b"hello")].concat();
        let after = [zstd.clone(), b"junk".to_vec()].concat();
        let cut = gzip(b"hello");
        for bad in [
            &junk[..],
            &late,
            &after,
            &cut[..cut.len() - 3],
            &zstd[..zstd.len() - 2],
        ] {
            assert!(read(bad, None).is_err());
        }
        assert!(read(b"\xfd7zXZ\0\0", None).is_err());
        assert!(read(&zstd, Some(Compression::Gzip)).is_err());
        assert!(read(&gzip(b"x"), Some(Compression::Plain)).is_err());
    }
}
