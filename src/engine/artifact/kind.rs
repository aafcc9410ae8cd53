//! What kind of file it is, by its first bytes: what Go's `http.DetectContentType` would say.
//!
//! The signatures are those of the WHATWG's "MIME Sniffing", sections 6 and 7; only the kinds
//! that people keep in artifacts are told apart, the rest is `application/octet-stream`.

/// As much of a file as is looked at, in bytes.
pub const LOOKED_AT: usize = 512;

const TEXT: &str = "text/plain; charset=utf-8";

/// Signatures at the very beginning.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"%!PS-Adobe-", "application/postscript"),
    (b"\xFE\xFF", "text/plain; charset=utf-16be"),
    (b"\xFF\xFE", "text/plain; charset=utf-16le"),
    (b"\xEF\xBB\xBF", TEXT),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\x0D\x0A\x1A\x0A", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"OggS\x00", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1A\x45\xDF\xA3", "video/webm"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"ttcf", "font/collection"),
    (b"\x1F\x8B\x08", "application/x-gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar!\x1A\x07\x00", "application/x-rar-compressed"),
    (b"Rar!\x1A\x07\x01\x00", "application/x-rar-compressed"),
    (b"\x00\x61\x73\x6D", "application/wasm"),
];

/// Beginnings of HTML, after white space, before a blank or `>`; in capitals.
const HTML: &[&[u8]] = &[
    b"<!DOCTYPE HTML",
    b"<HTML",
    b"<HEAD",
    b"<SCRIPT",
    b"<IFRAME",
    b"<H1",
    b"<DIV",
    b"<FONT",
    b"<TABLE",
    b"<A",
    b"<STYLE",
    b"<TITLE",
    b"<B",
    b"<BODY",
    b"<BR",
    b"<P",
    b"<!--",
];

/// Returns the media type of a file that begins so.
pub fn of(bytes: &[u8]) -> &'static str {
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    let blank = |byte: &u8| matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ');
    let first = bytes.iter().position(|byte| !blank(byte));
    let inner = &bytes[first.unwrap_or(bytes.len())..];
    if HTML.iter().any(|tag| begins_html(inner, tag)) {
        return "text/html; charset=utf-8";
    }
    if inner.starts_with(b"<?xml") {
        return "text/xml; charset=utf-8";
    }
    let signed = |(start, _): &&(&[u8], &str)| bytes.starts_with(start);
    if let Some((_, kind)) = SIGNATURES.iter().find(signed) {
        return kind;
    }
    let binary = |byte: &u8| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F);
    match inner.iter().any(binary) {
        true => "application/octet-stream",
        false => TEXT,
    }
}

fn begins_html(bytes: &[u8], tag: &[u8]) -> bool {
    let Some((start, rest)) = bytes.split_at_checked(tag.len()) else {
        return false;
    };
    start.eq_ignore_ascii_case(tag) && matches!(rest.first(), Some(b' ' | b'>'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn kinds_are_told_apart() {
        for (bytes, kind) in [
            (&b""[..], super::TEXT),
            (b"hello\n", super::TEXT),
            (b" \n<html>", "text/html; charset=utf-8"),
            (b"<apple", super::TEXT),
            (b"<?xml version", "text/xml; charset=utf-8"),
            (b"\x1f\x8b\x08\x00", "application/x-gzip"),
            (b"PK\x03\x04rest", "application/zip"),
            (b"\x7fELF\x02\x01", "application/octet-stream"),
            (b"text\x00", "application/octet-stream"),
        ] {
            assert_eq!(super::of(bytes), kind, "{bytes:?}");
        }
    }
}
