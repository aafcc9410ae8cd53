//! A registry inside the test process that can misbehave in every way a test asks for.
//!
//! One thread per connection, http or https on loopback, every request kept for the test to look
//! at. What it answers is a function of the request; [`Image::answer`] is the honest one.
#![allow(
    dead_code,
    reason = "shared by several test programs, none of which uses all of it"
)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use coracle::types::Digest;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    /// With the query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The connection was cut while the body came; nobody hears the answer.
    pub cut: bool,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What is sent back, truthfully or not.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Announced instead of the body's own length.
    pub length: Option<u64>,
    /// Sent in chunks, without a length.
    pub chunked: bool,
    /// The connection is closed after so many bytes of the body.
    pub cut: Option<usize>,
    /// Silence before the rest of the body, after its first half.
    pub stall: Option<Duration>,
    /// After the first half of the body, one byte at a time with this before each.
    pub drip: Option<Duration>,
    /// The body is repeated until nobody listens.
    pub endless: bool,
    /// The connection is closed before anything is sent.
    pub hang_up: bool,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            length: None,
            chunked: false,
            cut: None,
            stall: None,
            drip: None,
            endless: false,
            hang_up: false,
        }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A registry's error document.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let body = format!(r#"{{"errors":[{{"code":"{code}","message":"{message}"}}]}}"#);
        Self::new(status, body).header("content-type", "application/json")
    }

    pub fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::new(status, "").header("location", location)
    }
}

/// A running registry; it ends with the test.
pub struct EvilRegistry {
    pub port: u16,
    pub https: bool,
    log: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
}

impl EvilRegistry {
    /// Starts over plain http.
    pub fn http(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(None, answer)
    }

    /// Starts over plain http and cuts a request's connection after so many bytes of its body.
    pub fn cutting(
        cut: impl Fn(&Seen) -> Option<usize> + Send + Sync + 'static,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::begin(None, cut, answer)
    }

    /// Starts over https with a certificate for `localhost` and 127.0.0.1.
    pub fn https(
        authority: &Authority,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::start(Some(authority.server_config()), answer)
    }

    fn start(
        tls: Option<Arc<rustls::ServerConfig>>,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::begin(tls, |_| None, answer)
    }

    fn begin(
        tls: Option<Arc<rustls::ServerConfig>>,
        cut: impl Fn(&Seen) -> Option<usize> + Send + Sync + 'static,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let https = tls.is_some();
        let (answer, cut) = (Arc::new(answer), Arc::new(cut));
        let (kept, counted) = (log.clone(), connections.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                *counted.lock().expect("no panic") += 1;
                let (tls, answer, log) = (tls.clone(), answer.clone(), kept.clone());
                let cut = cut.clone();
                std::thread::spawn(move || {
                    let _ = serve(stream, tls, &*cut, &*answer, &log);
                });
            }
        });
        Self {
            port,
            https,
            log,
            connections,
        }
    }

    /// `127.0.0.1:port`
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn url(&self, path: &str) -> String {
        let scheme = if self.https { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host())
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.log.lock().expect("no panic").clone()
    }

    /// How many connections were accepted, answered or not.
    pub fn connections(&self) -> usize {
        *self.connections.lock().expect("no panic")
    }

    /// Fails if any request carried something secret.
    pub fn assert_no_secrets(&self) {
        for seen in self.seen() {
            for name in ["authorization", "cookie", "proxy-authorization"] {
                assert_eq!(seen.header(name), None, "{} {}", seen.method, seen.path);
            }
        }
    }
}

type Cut<'a> = &'a (dyn Fn(&Seen) -> Option<usize> + Send + Sync);

fn serve(
    stream: TcpStream,
    tls: Option<Arc<rustls::ServerConfig>>,
    cut: Cut<'_>,
    answer: &(dyn Fn(&Seen) -> Reply + Send + Sync),
    log: &Mutex<Vec<Seen>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.set_nodelay(true)?;
    let socket = stream.try_clone()?;
    match tls {
        None => converse(&mut BufReader::new(Plain(stream)), cut, answer, log)?,
        Some(config) => {
            let connection = rustls::ServerConnection::new(config).map_err(io::Error::other)?;
            let stream = rustls::StreamOwned::new(connection, stream);
            converse(&mut BufReader::new(stream), cut, answer, log)?;
        }
    }
    socket.shutdown(Shutdown::Both)
}

struct Plain(TcpStream);

impl Read for Plain {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl Write for Plain {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Answers requests until one side has enough.
fn converse<S: Read + Write>(
    stream: &mut BufReader<S>,
    cut: Cut<'_>,
    answer: &(dyn Fn(&Seen) -> Reply + Send + Sync),
    log: &Mutex<Vec<Seen>>,
) -> io::Result<()> {
    loop {
        let seen = match read_request(stream, cut) {
            Ok(Some(seen)) => seen,
            Ok(None) => break,
            Err(error) => {
                // As real servers answer what is no HTTP, such as the start of a TLS handshake.
                stream
                    .get_mut()
                    .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")?;
                return Err(error);
            }
        };
        log.lock().expect("no panic").push(seen.clone());
        let reply = answer(&seen);
        if seen.cut || reply.hang_up || !send(stream.get_mut(), &seen, &reply)? {
            break;
        }
    }
    Ok(())
}

fn read_request<S: Read>(stream: &mut BufReader<S>, cut: Cut<'_>) -> io::Result<Option<Seen>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let mut seen = Seen {
        method,
        path,
        headers,
        body: Vec::new(),
        cut: false,
    };
    if let Some(limit) = cut(&seen) {
        seen.body = vec![0; limit];
        stream.read_exact(&mut seen.body)?;
        seen.cut = true;
    } else if let Some(length) = seen.header("content-length").and_then(|l| l.parse().ok()) {
        seen.body = vec![0; length];
        stream.read_exact(&mut seen.body)?;
    } else if seen.header("transfer-encoding").is_some() {
        seen.body = read_chunks(stream)?;
    }
    Ok(Some(seen))
}

fn read_chunks<S: Read>(stream: &mut BufReader<S>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

/// Returns whether the connection may go on.
fn send(stream: &mut impl Write, seen: &Seen, reply: &Reply) -> io::Result<bool> {
    write!(stream, "HTTP/1.1 {} X\r\n", reply.status)?;
    for (name, value) in &reply.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    if reply.endless {
        stream.write_all(b"\r\n")?;
        loop {
            stream.write_all(&reply.body)?;
        }
    }
    if reply.chunked {
        stream.write_all(b"transfer-encoding: chunked\r\n\r\n")?;
    } else {
        let length = reply.length.unwrap_or(reply.body.len() as u64);
        write!(stream, "content-length: {length}\r\n\r\n")?;
    }
    if seen.method == "HEAD" {
        stream.flush()?;
        return Ok(true);
    }
    let sent = &reply.body[..reply.cut.unwrap_or(reply.body.len()).min(reply.body.len())];
    let half = if reply.stall.is_some() || reply.drip.is_some() {
        sent.len() / 2
    } else {
        sent.len()
    };
    for (at, part) in [&sent[..half], &sent[half..]].into_iter().enumerate() {
        if at == 1
            && let Some(pause) = reply.drip
        {
            for byte in part {
                stream.flush()?;
                std::thread::sleep(pause);
                stream.write_all(&[*byte])?;
            }
            continue;
        }
        if at == 1
            && let Some(stall) = reply.stall
        {
            stream.flush()?;
            std::thread::sleep(stall);
        }
        if reply.chunked && !part.is_empty() {
            write!(stream, "{:x}\r\n", part.len())?;
            stream.write_all(part)?;
            stream.write_all(b"\r\n")?;
        } else {
            stream.write_all(part)?;
        }
    }
    if reply.chunked && reply.cut.is_none() {
        stream.write_all(b"0\r\n\r\n")?;
    }
    stream.flush()?;
    let complete = reply.cut.is_none() && reply.length.is_none();
    Ok(complete)
}

/// A throw-away certificate authority and the server certificate it signed.
pub struct Authority {
    pub folder: PathBuf,
}

impl Authority {
    /// Makes both with the openssl command, below `folder`.
    pub fn new(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let authority = Self {
            folder: folder.to_owned(),
        };
        let new_key = [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ];
        let ca = ["req", "-x509", "-subj", "/CN=throw-away", "-days", "2"];
        let files = ["-keyout", "ca.key", "-out", "ca.crt"];
        authority.openssl(&[&ca[..], &new_key[..], &files[..]].concat());
        let request = ["req", "-subj", "/CN=localhost"];
        let files = ["-keyout", "server.key", "-out", "server.csr"];
        authority.openssl(&[&request[..], &new_key[..], &files[..]].concat());
        let names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
        std::fs::write(folder.join("names"), names).expect("written");
        let sign = "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
                    -extfile names -out server.crt";
        authority.openssl(&sign.split_whitespace().collect::<Vec<_>>());
        authority
    }

    /// Makes one certificate that is its own authority, as `openssl req -x509` does; `more` says
    /// for whom and how long.
    pub fn self_signed(folder: &Path, more: &[&str]) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let authority = Self {
            folder: folder.to_owned(),
        };
        let make = "req -x509 -subj /CN=self -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
                    -nodes -keyout server.key -out server.crt";
        let make: Vec<&str> = make.split_whitespace().collect();
        authority.openssl(&[&make[..], more].concat());
        std::fs::copy(folder.join("server.crt"), folder.join("ca.crt")).expect("copied");
        authority
    }

    /// Makes the self-signed certificate anew, as one that ended in 2020.
    pub fn expire(&self) {
        let config = "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\n\
                      default_md=sha256\npolicy=p\nx509_extensions=e\n[p]\n[e]\n\
                      basicConstraints=critical,CA:true\n\
                      subjectAltName=DNS:localhost,IP:127.0.0.1\n";
        for (name, text) in [("ca.cnf", config), ("index", ""), ("serial", "01")] {
            std::fs::write(self.folder.join(name), text).expect("written");
        }
        for line in [
            "req -new -subj /CN=self -key server.key -out server.csr",
            "ca -batch -config ca.cnf -selfsign -keyfile server.key -in server.csr -notext \
             -startdate 20200101000000Z -enddate 20200102000000Z -out server.crt",
        ] {
            self.openssl(&line.split_whitespace().collect::<Vec<_>>());
        }
        std::fs::copy(self.folder.join("server.crt"), self.folder.join("ca.crt")).expect("copied");
    }

    fn openssl(&self, arguments: &[&str]) {
        let done = Command::new("openssl")
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .expect("openssl is installed");
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "openssl {arguments:?}: {words}");
    }

    pub fn pem(&self) -> Vec<u8> {
        std::fs::read(self.folder.join("ca.crt")).expect("made above")
    }

    fn server_config(&self) -> Arc<rustls::ServerConfig> {
        use rustls::pki_types::pem::PemObject;
        use rustls::pki_types::{CertificateDer, PrivateKeyDer};
        let chain = CertificateDer::from_pem_file(self.folder.join("server.crt")).expect("PEM");
        let key = PrivateKeyDer::from_pem_file(self.folder.join("server.key")).expect("PEM");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(rustls::ALL_VERSIONS)
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![chain], key)
            .expect("certificate and key belong together");
        Arc::new(config)
    }
}

pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub const OCI_LAYER_GZIP: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// An image in memory, and the honest way to serve it as `x:1`.
#[derive(Debug, Clone)]
pub struct Image {
    pub manifest: Vec<u8>,
    pub config: Vec<u8>,
    pub layers: Vec<Vec<u8>>,
}

impl Image {
    /// An image of layers with one file each, so large that a body can be cut in the middle.
    pub fn new(layers: usize) -> Self {
        let mut blobs = Vec::new();
        let mut diff_ids = Vec::new();
        for number in 0..layers {
            let tar = tar_of(&format!("file{number}"), &noise(300_000, number as u32 + 1));
            diff_ids.push(format!("\"{}\"", Digest::of(&tar)));
            blobs.push(gzip(&tar));
        }
        let architecture = coracle::types::Platform::host().architecture;
        let config = format!(
            r#"{{"architecture":"{architecture}","os":"linux","config":{{"Cmd":["/x"]}},"rootfs":{{"type":"layers","diff_ids":[{}]}}}}"#,
            diff_ids.join(",")
        );
        let mut image = Self {
            manifest: Vec::new(),
            config: config.into_bytes(),
            layers: blobs,
        };
        image.manifest = image.manifest_with("");
        image
    }

    /// The manifest, with something added to its object.
    pub fn manifest_with(&self, extra: &str) -> Vec<u8> {
        let layers: Vec<String> = self
            .layers
            .iter()
            .map(|layer| descriptor(OCI_LAYER_GZIP, layer))
            .collect();
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","config":{},"layers":[{}]{extra}}}"#,
            descriptor(OCI_CONFIG, &self.config),
            layers.join(",")
        )
        .into_bytes()
    }

    pub fn digest(&self) -> Digest {
        Digest::of(&self.manifest)
    }

    /// Answers as an honest registry does that has this image as `x:1`.
    pub fn answer(&self, seen: &Seen) -> Reply {
        let path = seen.path.split('?').next().unwrap_or_default();
        let digest = self.digest().to_string();
        if path == "/v2/" {
            return Reply::new(200, "{}");
        }
        if let Some(wanted) = path.strip_prefix("/v2/x/manifests/") {
            if wanted == "1" || wanted == digest {
                return Reply::new(200, self.manifest.clone())
                    .header("content-type", OCI_MANIFEST)
                    .header("docker-content-digest", digest);
            }
            return Reply::error(404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
        if path == "/v2/x/tags/list" {
            return Reply::new(200, r#"{"name":"x","tags":["1"]}"#);
        }
        let wanted = path.strip_prefix("/v2/x/blobs/").unwrap_or_default();
        let all = std::iter::once(&self.config).chain(&self.layers);
        match all
            .into_iter()
            .find(|blob| Digest::of(blob).to_string() == wanted)
        {
            Some(blob) => ranged(blob, seen),
            None => Reply::error(404, "NAME_UNKNOWN", "repository name not known to registry"),
        }
    }
}

/// Serves bytes, or the rest of them that is asked for.
pub fn ranged(blob: &[u8], seen: &Seen) -> Reply {
    let from = seen.header("range").and_then(|range| {
        range
            .strip_prefix("bytes=")?
            .strip_suffix('-')?
            .parse()
            .ok()
    });
    match from {
        Some(from) if from < blob.len() => Reply::new(206, &blob[from..]).header(
            "content-range",
            format!("bytes {from}-{}/{}", blob.len() - 1, blob.len()),
        ),
        _ => Reply::new(200, blob),
    }
}

pub fn descriptor(media_type: &str, bytes: &[u8]) -> String {
    format!(
        r#"{{"mediaType":"{media_type}","digest":"{}","size":{}}}"#,
        Digest::of(bytes),
        bytes.len()
    )
}

/// One flipped bit in the middle.
pub fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn tar_of(name: &str, contents: &[u8]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(contents.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(1_700_000_000);
    header.set_entry_type(tar::EntryType::Regular);
    archive
        .append_data(&mut header, name, contents)
        .expect("memory");
    archive.into_inner().expect("memory")
}

/// Bytes that do not compress, the same for the same seed.
pub fn noise(count: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    (0..count)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 24) as u8
        })
        .collect()
}
