//! Debian's docker-registry on a free port of 127.0.0.1, with a configuration, certificate and password of its own.
//!
//! It serves honest traffic only; what a hostile registry does is another file's business.

use std::fs::File;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::{images, world};

pub const USER: &str = "sailor";
pub const PASSWORD: &str = "tarred-rope";

/// How a registry lets clients in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Http,
    /// With a certificate of a CA made for the occasion.
    Https,
    /// https, and nothing without user and password.
    Htpasswd,
    /// https, and nothing without a certificate of the same CA: [`Registry::client`].
    Certificate,
}

pub struct Registry {
    process: Child,
    folder: PathBuf,
    port: u16,
    access: Access,
}

/// One line of the access log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub status: u16,
}

impl Registry {
    /// Starts one; `None`, and the test is skipped, when a program it needs is not installed.
    pub fn start(access: Access) -> Option<Self> {
        if !super::have(&["docker-registry", "skopeo", "openssl", "htpasswd"]) {
            return None;
        }
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!(
            "registry-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder).expect("a directory for the registry");
        if access != Access::Http {
            make_certificate(&folder);
        }
        if access == Access::Htpasswd {
            let mut command = Command::new("htpasswd");
            command.args(["-nbB", USER, PASSWORD]);
            let line = run(command);
            std::fs::write(folder.join("htpasswd"), line).expect("the password file");
        }
        // A free port may be taken before the registry binds it: then the next one is tried.
        for _ in 0..5 {
            let port = super::free_port();
            let process = serve(&folder, port, access);
            let mut registry = Self {
                process,
                folder: folder.clone(),
                port,
                access,
            };
            if registry.is_ready() {
                return Some(registry);
            }
        }
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        panic!("docker-registry does not start: {log}");
    }

    fn is_ready(&mut self) -> bool {
        let end = Instant::now() + super::PATIENCE;
        while Instant::now() < end {
            if self.process.try_wait().expect("our child").is_some() {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// `127.0.0.1:port`, as it stands in references.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// `127.0.0.1:port/name`.
    pub fn reference(&self, name: &str) -> String {
        format!("{}/{name}", self.address())
    }

    /// The CA that signed its certificate, alone in a directory (as `--cert-dir` wants it).
    pub fn ca(&self) -> PathBuf {
        self.folder.join("certs/ca.crt")
    }

    /// A directory with its CA and a client's certificate and key, as they lie in certs.d.
    pub fn client(&self) -> PathBuf {
        self.folder.join("client")
    }

    /// Has skopeo push an image (`oci:…`, `docker-archive:…`) under a name such as `debian:12`.
    pub fn push(&self, source: &str, name: &str) {
        let mut command = Command::new("skopeo");
        command.args(["--insecure-policy", "copy", "-q", "--dest-tls-verify=false"]);
        if self.access == Access::Htpasswd {
            command.arg(format!("--dest-creds={USER}:{PASSWORD}"));
        }
        if self.access == Access::Certificate {
            command.arg(format!("--dest-cert-dir={}", self.client().display()));
        }
        command.args([source, &format!("docker://{}", self.reference(name))]);
        // It leaves directories where runtime files go.
        command
            .env("XDG_RUNTIME_DIR", &self.folder)
            .env("TMPDIR", &self.folder);
        run(command);
    }

    /// Pushes one of the images of `images`: `tiny`, `debian`, `big`; `false`, and a skip, if it was not made.
    pub fn push_image(&self, image: &str, name: &str) -> bool {
        let source = match image {
            "tiny" => {
                let file = self.folder.join("tiny.tar");
                std::fs::write(&file, images::tiny()).expect("the archive");
                format!("docker-archive:{}", file.display())
            }
            other => match images::debian(other) {
                Some(source) => source,
                None => return false,
            },
        };
        self.push(&source, name);
        true
    }

    /// Every request so far, in order.
    pub fn requests(&self) -> Vec<Request> {
        let log = std::fs::read_to_string(self.folder.join("access")).unwrap_or_default();
        log.lines().filter_map(parse_access).collect()
    }

    /// How often each blob was fetched: digest and number, sorted.
    pub fn blob_downloads(&self) -> Vec<(String, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for request in self.requests() {
            let Some((_, digest)) = request.path.split_once("/blobs/sha256:") else {
                continue;
            };
            if request.method == "GET" && matches!(request.status, 200 | 206) {
                *counts.entry(format!("sha256:{digest}")).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }

    /// Everything it was asked from now on.
    pub fn forget_requests(&self) {
        let file = File::options()
            .write(true)
            .open(self.folder.join("access"))
            .expect("the log");
        // The registry appends, so that truncating leaves no hole.
        file.set_len(0).expect("the log can be truncated");
    }

    /// Starts it again after [`Registry::stop`], on the same port and with all it had.
    pub fn restart(&mut self) {
        self.stop();
        self.process = serve(&self.folder, self.port, self.access);
        assert!(self.is_ready(), "docker-registry does not start again");
    }

    /// Ends it, as a registry that dies.
    pub fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn serve(folder: &Path, port: u16, access: Access) -> Child {
    let storage = folder.join("storage");
    let mut config = format!(
        "version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: {}\n  \
         delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:{port}\n  secret: rope\n",
        storage.display()
    );
    if access != Access::Http {
        config += &format!(
            "  tls:\n    certificate: {0}/server.crt\n    key: {0}/server.key\n",
            folder.display()
        );
    }
    if access == Access::Certificate {
        config += &format!("    clientcas:\n      - {}/ca.crt\n", folder.display());
    }
    if access == Access::Htpasswd {
        config += &format!(
            "auth:\n  htpasswd:\n    realm: harbour\n    path: {}/htpasswd\n",
            folder.display()
        );
    }
    let file = folder.join("config.yml");
    std::fs::write(&file, config).expect("the configuration");
    let append = |name: &str| {
        File::options()
            .create(true)
            .append(true)
            .open(folder.join(name))
            .expect("a log file")
    };
    Command::new("docker-registry")
        .arg("serve")
        .arg(&file)
        .env_clear()
        .env("OTEL_TRACES_EXPORTER", "none")
        .stdin(Stdio::null())
        .stdout(append("access"))
        .stderr(append("log"))
        .spawn()
        .expect("docker-registry starts")
}

/// A CA and a certificate for 127.0.0.1 and localhost.
fn make_certificate(folder: &Path) {
    let script = "set -e
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Coracle test CA' \
            -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign \
            -keyout ca.key -out ca.crt
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 \
            -keyout server.key -out server.csr
        printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n' >server.ext
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
            -extfile server.ext -out server.crt
        mkdir certs && cp ca.crt certs
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=sailor \
            -keyout client.key -out client.csr
        echo 'extendedKeyUsage=clientAuth' >client.ext
        openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
            -extfile client.ext -out client.cert
        mkdir client && cp ca.crt client.cert client.key client";
    let mut command = Command::new("sh");
    command.args(["-c", script]).current_dir(folder);
    run(command);
}

/// Runs a program that must succeed; returns what it printed.
fn run(mut command: Command) -> String {
    command.stdin(Stdio::null());
    let done = world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout
}

/// Reads a line of the combined log format: `host - user [time] "GET /v2/ HTTP/1.1" 200 2 …`.
fn parse_access(line: &str) -> Option<Request> {
    let (_, rest) = line.split_once('"')?;
    let (request, rest) = rest.split_once('"')?;
    let mut words = request.split(' ');
    Some(Request {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        status: rest.split_whitespace().next()?.parse().ok()?,
    })
}
