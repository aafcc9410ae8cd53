//! Writing tar entries: POSIX.1-2017 ustar headers, with PAX extensions for what does not fit.
//!
//! The same tree gives the same bytes: no access times, no names of owners, whole seconds as
//! other engines write them.

use std::io::{self, Write};

use crate::layer::header::BLOCK;

/// What is written of one entry.
pub struct Entry<'a> {
    pub path: &'a [u8],
    pub kind: ::tar::EntryType,
    pub mode: u32,
    pub uid: u32,
    pub gid: u32,
    pub size: u64,
    /// Seconds since the epoch.
    pub mtime: i64,
    pub link: &'a [u8],
    pub xattrs: &'a [(Vec<u8>, Vec<u8>)],
}

/// The largest numbers that fit into a field as octal digits: 7 and 11 of them.
const MAX_ID: u32 = 0o7_777_777;
const MAX_LONG: u64 = 0o77_777_777_777;

/// Counts and bounds what goes into an archive.
pub struct Tape<'a> {
    output: &'a mut dyn Write,
    pub size: u64,
}

impl<'a> Tape<'a> {
    pub fn new(output: &'a mut dyn Write) -> Self {
        Self { output, size: 0 }
    }

    /// Writes an entry's headers; its content follows through [`Write`].
    pub fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let records = extension(entry);
        if !records.is_empty() {
            let mut header = plain(::tar::EntryType::XHeader, 0o644, records.len() as u64);
            name_of_extension(&mut header, entry.path);
            self.header(&mut header)?;
            self.write_all(&records)?;
            self.pad(records.len() as u64)?;
        }
        let mut header = plain(entry.kind, entry.mode, entry.size.min(MAX_LONG));
        header.set_uid(entry.uid.min(MAX_ID).into());
        header.set_gid(entry.gid.min(MAX_ID).into());
        header.set_mtime(u64::try_from(entry.mtime).unwrap_or(0).min(MAX_LONG));
        let raw = header.as_ustar_mut().expect("made as ustar");
        put(&mut raw.name, entry.path);
        put(&mut raw.linkname, entry.link);
        self.header(&mut header)
    }

    /// Fills an entry of this length up to the next block.
    pub fn pad(&mut self, size: u64) -> io::Result<()> {
        let missing = size.wrapping_neg() as usize % BLOCK;
        self.write_all(&[0; BLOCK][..missing])
    }

    /// Writes the end mark.
    pub fn finish(&mut self) -> io::Result<()> {
        self.write_all(&[0; 2 * BLOCK])?;
        self.output.flush()
    }

    fn header(&mut self, header: &mut ::tar::Header) -> io::Result<()> {
        header.set_cksum();
        self.write_all(header.as_bytes())
    }
}

impl Write for Tape<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.output.write(bytes)?;
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

fn plain(kind: ::tar::EntryType, mode: u32, size: u64) -> ::tar::Header {
    let mut header = ::tar::Header::new_ustar();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header
}

/// Readers without PAX show this name; it is cut, as all of it is in the extension.
fn name_of_extension(header: &mut ::tar::Header, path: &[u8]) {
    let name = path
        .rsplit(|byte| *byte == b'/')
        .find(|part| !part.is_empty());
    let mut text = b"PaxHeaders.0/".to_vec();
    text.extend_from_slice(name.unwrap_or(b"root"));
    put(
        &mut header.as_ustar_mut().expect("made as ustar").name,
        &text,
    );
}

fn put(field: &mut [u8; 100], text: &[u8]) {
    let count = text.len().min(field.len());
    field[..count].copy_from_slice(&text[..count]);
}

/// The records of an entry's extension: what the header cannot say.
fn extension(entry: &Entry<'_>) -> Vec<u8> {
    let mut records = Vec::new();
    let plain = |text: &[u8]| text.len() <= 100 && text.is_ascii();
    if !plain(entry.path) {
        record(&mut records, b"path", entry.path);
    }
    if !plain(entry.link) {
        record(&mut records, b"linkpath", entry.link);
    }
    if entry.uid > MAX_ID {
        record(&mut records, b"uid", entry.uid.to_string().as_bytes());
    }
    if entry.gid > MAX_ID {
        record(&mut records, b"gid", entry.gid.to_string().as_bytes());
    }
    if entry.size > MAX_LONG {
        record(&mut records, b"size", entry.size.to_string().as_bytes());
    }
    if u64::try_from(entry.mtime).map_or(true, |time| time > MAX_LONG) {
        record(&mut records, b"mtime", entry.mtime.to_string().as_bytes());
    }
    for (name, value) in entry.xattrs {
        record(
            &mut records,
            &[b"SCHILY.xattr.", name.as_slice()].concat(),
            value,
        );
    }
    records
}

/// `<length> <key>=<value>\n`, the length counting its own digits.
fn record(records: &mut Vec<u8>, key: &[u8], value: &[u8]) {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    records.extend_from_slice(format!("{length} ").as_bytes());
    records.extend_from_slice(key);
    records.push(b'=');
    records.extend_from_slice(value);
    records.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::reader::{Kind, Reader};

    #[test]
    fn what_is_written_is_read_again() {
        let long = [b"d/".as_slice(), &[b'x'; 200]].concat();
        let odd = b"caf\xe9\n".to_vec();
        let xattrs = vec![(b"user.a".to_vec(), b"v\n\0w".to_vec())];
        let mut bytes = Vec::new();
        let mut tape = Tape::new(&mut bytes);
        for (path, mtime, uid) in [(&long, -7, 4_000_000), (&odd, 1 << 40, 3)] {
            let entry = Entry {
                path,
                kind: ::tar::EntryType::Regular,
                mode: 0o4755,
                uid,
                gid: 70_000,
                size: 5,
                mtime,
                link: b"",
                xattrs: &xattrs,
            };
            tape.entry(&entry).expect("written");
            tape.write_all(b"hello").expect("written");
            tape.pad(5).expect("written");
        }
        tape.finish().expect("written");
        assert_eq!(tape.size % 512, 0);
        let mut reader = Reader::new(io::Cursor::new(bytes), io::sink(), u64::MAX);
        for (path, mtime, uid) in [(&long, -7, 4_000_000), (&odd, 1 << 40, 3)] {
            let entry = reader.next_entry().expect("read").expect("there");
            assert_eq!(&entry.path, path);
            assert_eq!((entry.mtime.0, entry.uid, entry.gid), (mtime, uid, 70_000));
            assert_eq!((entry.mode, entry.size), (0o4755, 5));
            assert_eq!(entry.kind, Kind::File);
            assert_eq!(entry.xattrs, xattrs);
            reader.skip_content().expect("skipped");
        }
        assert!(reader.next_entry().expect("read").is_none());
    }

    #[test]
    fn a_records_length_counts_itself() {
        for size in [1, 90, 91, 92, 93, 94, 95, 990, 9990] {
            let mut records = Vec::new();
            record(&mut records, b"path", &vec![b'x'; size]);
            let digits = records.split(|byte| *byte == b' ').next().expect("digits");
            let length: usize = String::from_utf8_lossy(digits).parse().expect("a number");
            assert_eq!(length, records.len());
        }
    }
}
