//! Small documents that others have compressed.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::types::openpgp::Deflated;

/// Returns what was compressed; `None` when it is damaged or larger than `limit` bytes.
pub fn inflate(how: Deflated, bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let read = match how {
        Deflated::Zip => DeflateDecoder::new(bytes)
            .take(limit + 1)
            .read_to_end(&mut content),
        Deflated::Zlib => ZlibDecoder::new(bytes)
            .take(limit + 1)
            .read_to_end(&mut content),
    };
    (read.is_ok() && content.len() as u64 <= limit).then_some(content)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    #[test]
    fn what_is_too_large_or_damaged_is_nothing() {
        let mut zip = DeflateEncoder::new(Vec::new(), Compression::default());
        zip.write_all(&[7; 100]).expect("memory");
        let zip = zip.finish().expect("memory");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(&[7; 100]).expect("memory");
        let zlib = zlib.finish().expect("memory");
        assert_eq!(inflate(Deflated::Zip, &zip, 100), Some(vec![7; 100]));
        assert_eq!(inflate(Deflated::Zlib, &zlib, 100), Some(vec![7; 100]));
        assert_eq!(inflate(Deflated::Zip, &zip, 99), None);
        assert_eq!(inflate(Deflated::Zlib, &zip, 100), None);
        assert_eq!(inflate(Deflated::Zip, &zip[..zip.len() / 2], 100), None);
    }
}
