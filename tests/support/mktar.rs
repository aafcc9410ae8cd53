//! Tar archives of any bytes: every field of every header can be a lie.
//!
//! A [`Tar`] grows by whole entries or raw blocks; [`image`] wraps layers into a docker-archive.
#![allow(dead_code, reason = "every test file uses a part")]

use std::io::Write;

use super::images::sha256;

/// One header, octal numbers unless raw bytes are given.
#[derive(Clone)]
pub struct Header {
    pub name: Vec<u8>,
    pub flag: u8,
    pub mode: u64,
    pub uid: u64,
    pub gid: u64,
    pub size: u64,
    pub mtime: u64,
    pub link: Vec<u8>,
    pub device: (u64, u64),
    /// Bytes put over the finished header before the checksum is computed.
    pub patches: Vec<(usize, Vec<u8>)>,
    /// Added to the right checksum.
    pub checksum_error: u64,
}

pub fn header(flag: u8, name: &str) -> Header {
    Header {
        name: name.as_bytes().to_vec(),
        flag,
        mode: if flag == b'5' { 0o755 } else { 0o644 },
        uid: 0,
        gid: 0,
        size: 0,
        mtime: 1_700_000_000,
        link: Vec::new(),
        device: (0, 0),
        patches: Vec::new(),
        checksum_error: 0,
    }
}

impl Header {
    pub fn link(mut self, target: &str) -> Self {
        self.link = target.as_bytes().to_vec();
        self
    }

    pub fn mode(mut self, mode: u64) -> Self {
        self.mode = mode;
        self
    }

    pub fn owner(mut self, uid: u64, gid: u64) -> Self {
        (self.uid, self.gid) = (uid, gid);
        self
    }

    pub fn size(mut self, size: u64) -> Self {
        self.size = size;
        self
    }

    pub fn device(mut self, major: u64, minor: u64) -> Self {
        self.device = (major, minor);
        self
    }

    pub fn patch(mut self, at: usize, bytes: &[u8]) -> Self {
        self.patches.push((at, bytes.to_vec()));
        self
    }

    pub fn bytes(&self) -> [u8; 512] {
        let mut block = [0; 512];
        let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &self.name[..self.name.len().min(100)]);
        put(100, format!("{:07o}", self.mode).as_bytes());
        put(108, format!("{:07o}", self.uid).as_bytes());
        put(116, format!("{:07o}", self.gid).as_bytes());
        put(124, format!("{:011o}", self.size).as_bytes());
        put(136, format!("{:011o}", self.mtime).as_bytes());
        put(156, &[self.flag]);
        put(157, &self.link[..self.link.len().min(100)]);
        put(257, b"ustar\x0000");
        put(329, format!("{:07o}", self.device.0).as_bytes());
        put(337, format!("{:07o}", self.device.1).as_bytes());
        for (at, bytes) in &self.patches {
            put(*at, bytes);
        }
        put(148, b"        ");
        let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
        let sum = format!("{:06o}\0 ", sum + self.checksum_error);
        block[148..156].copy_from_slice(sum.as_bytes());
        block
    }
}

#[derive(Default, Clone)]
pub struct Tar(pub Vec<u8>);

impl Tar {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn header(self, header: &Header) -> Self {
        self.raw(&header.bytes())
    }

    /// Content and its padding.
    pub fn body(mut self, content: &[u8]) -> Self {
        self.0.extend_from_slice(content);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    pub fn with(self, header: &Header, content: &[u8]) -> Self {
        let header = header.clone().size(content.len() as u64);
        self.header(&header).body(content)
    }

    pub fn file(self, name: &str, content: &str) -> Self {
        self.with(&header(b'0', name), content.as_bytes())
    }

    pub fn dir(self, name: &str) -> Self {
        self.header(&header(b'5', name))
    }

    pub fn symlink(self, name: &str, target: &str) -> Self {
        self.header(&header(b'2', name).link(target))
    }

    pub fn hardlink(self, name: &str, target: &str) -> Self {
        self.header(&header(b'1', name).link(target))
    }

    /// A PAX header for the next entry.
    pub fn pax(self, records: &[(&str, &[u8])]) -> Self {
        let body: Vec<u8> = records.iter().flat_map(|(k, v)| record(k, v)).collect();
        self.with(&header(b'x', "pax"), &body)
    }

    /// A GNU long name (`L`) or link (`K`) for the next entry.
    pub fn long(self, flag: u8, text: &str) -> Self {
        self.with(
            &header(flag, "././@LongLink"),
            format!("{text}\0").as_bytes(),
        )
    }

    /// The archive with its end mark.
    pub fn end(self) -> Vec<u8> {
        self.raw(&[0; 1024]).0
    }
}

/// One PAX record with its right length.
pub fn record(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    let mut out = format!("{length} {key}=").into_bytes();
    out.extend_from_slice(value);
    out.push(b'\n');
    out
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("to memory");
    encoder.finish().expect("to memory")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("to memory")
}

/// A layer as it lies in an archive, and the tar that its DiffId is made of.
pub struct Layer {
    pub blob: Vec<u8>,
    pub tar: Vec<u8>,
}

impl From<Vec<u8>> for Layer {
    fn from(tar: Vec<u8>) -> Self {
        Self {
            blob: tar.clone(),
            tar,
        }
    }
}

/// A docker-archive of one image of this name.
pub fn image(name: &str, layers: &[Layer]) -> Vec<u8> {
    let quote = |text: String| format!("\"{text}\"");
    let ids = layers
        .iter()
        .map(|l| quote(format!("sha256:{}", sha256(&l.tar))));
    let ids = ids.collect::<Vec<_>>().join(",");
    let config = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{{"Cmd":["/x"]}},"rootfs":{{"type":"layers","diff_ids":[{ids}]}}}}"#
    );
    let files: Vec<String> = (0..layers.len())
        .map(|n| format!("layer-{n}.tar"))
        .collect();
    let listed = files
        .iter()
        .cloned()
        .map(quote)
        .collect::<Vec<_>>()
        .join(",");
    let manifest =
        format!(r#"[{{"Config":"config.json","RepoTags":["{name}"],"Layers":[{listed}]}}]"#);
    let mut tar = Tar::new();
    for (file, layer) in files.iter().zip(layers) {
        tar = tar.with(&header(b'0', file), &layer.blob);
    }
    tar.file("config.json", &config)
        .file("manifest.json", &manifest)
        .end()
}
