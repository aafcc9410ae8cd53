//! A layer blob's bytes become a tar stream: gzip (RFC 1952), zstd (RFC 8878) or plain.
//!
//! What it is, is seen in its first bytes and must agree with the declared type. What declares
//! nothing, an archive of the user's, may be xz or bzip2 too. Memory is constant: gzip's window is
//! 32 KiB, zstd's at most 128 MiB, xz's dictionary too, bzip2's blocks 900 kB (S-16).

use std::io;
use std::io::{BufRead, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use crate::layer::MAX_WINDOW_LOG;
use crate::layer::error::{Error, Refusal};
use crate::types::image::Compression;

/// What is read from the pipe at once.
const BUFFER: usize = 128 << 10;
/// What xz's decoder may take, in KiB: its dictionary, and a little.
const MAX_XZ: u32 = (1 << (MAX_WINDOW_LOG - 10)) + 1024;

/// Opens a stream. `declared` is what its media type says; `None` believes the bytes.
pub fn open<'a>(
    input: impl Read + 'a,
    declared: Option<Compression>,
) -> Result<Box<dyn Read + 'a>, Error> {
    let mut input = BufReader::with_capacity(BUFFER, Whole(input));
    let start = input.fill_buf().map_err(Error::Stream)?;
    let found = sniff(start);
    if let Some(declared) = declared
        && found != Sniffed::Known(declared)
    {
        let found = match found {
            Sniffed::Known(Compression::Plain) => "something else",
            Sniffed::Known(Compression::Gzip) => "gzip",
            Sniffed::Known(Compression::Zstd) => "zstd",
            Sniffed::Xz => "xz",
            Sniffed::Bzip2 => "bzip2",
        };
        let why = Refusal::OtherCompression { declared, found };
        return Err(Error::Refused { entry: None, why });
    }
    let compression = match found {
        Sniffed::Known(compression) => compression,
        Sniffed::Xz => {
            return Ok(Box::new(Damage(XzReader::new_mem_limit(
                input, true, MAX_XZ,
            ))));
        }
        Sniffed::Bzip2 => return Ok(Box::new(Damage(MultiBzDecoder::new(input)))),
    };
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

/// What a stream's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sniffed {
    /// What layers may be.
    Known(Compression),
    Xz,
    Bzip2,
}

fn sniff(start: &[u8]) -> Sniffed {
    // A skippable zstd frame has sixteen magics: RFC 8878, 3.1.2.
    let skippable = start.len() >= 4 && start[0] & 0xf0 == 0x50 && start[1..4] == *b"\x2a\x4d\x18";
    match start {
        [0x1f, 0x8b, ..] => Sniffed::Known(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Sniffed::Known(Compression::Zstd),
        _ if skippable => Sniffed::Known(Compression::Zstd),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Sniffed::Xz,
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => Sniffed::Bzip2,
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

    /// What xz makes of "hello".
    const XZ: &[u8] =
        b"\xfd\x37\x7a\x58\x5a\x00\x00\x01\x69\x22\xde\x36\x02\x00\x21\x01\x16\x00\x00\x00\
        \x74\x2f\xe5\xa3\x01\x00\x04\x68\x65\x6c\x6c\x6f\x00\x00\x00\x00\x86\xa6\x10\x36\
        \x00\x01\x19\x05\xbc\xe8\xec\xcb\x90\x42\x99\x0d\x01\x00\x00\x00\x00\x01\x59\x5a";
    /// What bzip2 makes of "hello".
    const BZIP2: &[u8] =
        b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x19\x31\x65\x3d\x00\x00\x00\x81\x00\x02\
        \x44\xa0\x00\x21\x9a\x68\x33\x4d\x07\x33\x8b\xb9\x22\x9c\x28\x48\x0c\x98\xb2\x9e\
        \x80";

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
        for other in [XZ, BZIP2] {
            assert_eq!(read(other, None).as_deref(), Ok(&b"hello"[..]));
            assert!(read(other, Some(Compression::Gzip)).is_err());
            assert!(read(other, Some(Compression::Plain)).is_err());
            assert!(read(&other[..other.len() - 3], None).is_err());
            assert!(read(&[other, b"junk"].concat(), None).is_err());
            let mut flipped = other.to_vec();
            flipped[other.len() / 2] ^= 1;
            assert!(read(&flipped, None).is_err());
        }
        // A dictionary of 4 GiB - 1 is not made room for.
        let mut greedy = XZ.to_vec();
        greedy[16] = 40;
        let mut crc = flate2::Crc::new();
        crc.update(&greedy[12..20]);
        greedy[20..24].copy_from_slice(&crc.sum().to_le_bytes());
        let error = read(&greedy, None).expect_err("too much");
        assert!(error.contains("memory"), "{error}");
        assert!(read(&zstd, Some(Compression::Gzip)).is_err());
        assert!(read(&gzip(b"x"), Some(Compression::Plain)).is_err());
    }
}
