//! The images of the tests: `tiny`, made here from Debian's static busybox, and the Debian trees that
//! `tests/prepare-images` made with mmdebstrap and keeps between runs.

use std::path::PathBuf;
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

/// The commands the tiny image has, besides busybox itself.
const APPLETS: &[&str] = &[
    "[",
    "ash",
    "awk",
    "base64",
    "basename",
    "cat",
    "chmod",
    "chown",
    "cp",
    "cut",
    "date",
    "dd",
    "df",
    "dirname",
    "echo",
    "env",
    "expr",
    "false",
    "find",
    "free",
    "grep",
    "head",
    "hostname",
    "httpd",
    "id",
    "ip",
    "kill",
    "ln",
    "ls",
    "md5sum",
    "mkdir",
    "mkfifo",
    "mknod",
    "mount",
    "mv",
    "nc",
    "nproc",
    "ping",
    "printenv",
    "printf",
    "ps",
    "pwd",
    "readlink",
    "reboot",
    "rm",
    "rmdir",
    "sed",
    "seq",
    "sh",
    "sha256sum",
    "sleep",
    "sort",
    "stat",
    "stty",
    "sync",
    "tail",
    "tar",
    "tee",
    "test",
    "timeout",
    "top",
    "touch",
    "tr",
    "true",
    "tty",
    "umount",
    "uname",
    "uniq",
    "usleep",
    "vi",
    "wc",
    "wget",
    "which",
    "whoami",
    "xargs",
    "yes",
];

/// A docker-archive of a small image, `localhost/tiny:latest`: busybox, a few users, and `sh` as its command.
///
/// Made once per test executable; [`have_tiny`] comes first where busybox may not be installed.
pub fn tiny() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin:/usr/bin"],"WorkingDir":"/"}"#;
        docker_archive("localhost/tiny:latest", config, &[tiny_layer()])
    })
}

/// Whether the tiny image can be made here; if not, the test is skipped.
pub fn have_tiny() -> bool {
    super::have(&["busybox"])
}

/// One of the prepared Debian images as skopeo names it, `oci:…:debian` or `oci:…:big`.
///
/// `None`, and the test is skipped, when nobody prepared them.
pub fn debian(name: &str) -> Option<String> {
    let cache = std::env::var_os("CORACLE_TEST_CACHE")
        .map_or_else(|| "/var/cache/coracle-tests".into(), PathBuf::from);
    let layout = cache.join("images/layout");
    if layout.join("index.json").exists() {
        return Some(format!("oci:{}:{name}", layout.display()));
    }
    super::skip("the Debian images were not prepared: run tests/run as root");
    None
}

/// The layer's tar, with owners, modes and times of its own.
pub fn tiny_layer() -> Vec<u8> {
    let busybox = super::find_program("busybox").expect("have_tiny was asked");
    let busybox = std::fs::read(busybox).expect("busybox can be read");
    let mut tar = tar::Builder::new(Vec::new());
    for folder in ["bin", "etc", "home", "mnt", "root", "usr", "usr/bin", "var"] {
        entry(&mut tar, folder, tar::EntryType::Directory, 0o755, b"");
    }
    entry(&mut tar, "tmp", tar::EntryType::Directory, 0o1777, b"");
    entry(
        &mut tar,
        "bin/busybox",
        tar::EntryType::Regular,
        0o755,
        &busybox,
    );
    for applet in APPLETS {
        let mut header = header(tar::EntryType::Symlink, 0o777, 0);
        tar.append_link(&mut header, format!("bin/{applet}"), "busybox")
            .expect("memory");
    }
    let passwd = "root:x:0:0:root:/root:/bin/sh\nsailor:x:1000:1000::/home/sailor:/bin/sh\n\
                  nobody:x:65534:65534::/:/bin/false\n";
    let group = "root:x:0:\nsailor:x:1000:\nwheel:x:10:sailor\nnogroup:x:65534:\n";
    for (name, text) in [
        ("etc/passwd", passwd),
        ("etc/group", group),
        ("etc/motd", "ahoy\n"),
    ] {
        entry(
            &mut tar,
            name,
            tar::EntryType::Regular,
            0o644,
            text.as_bytes(),
        );
    }
    let mut home = header(tar::EntryType::Directory, 0o700, 0);
    home.set_uid(1000);
    home.set_gid(1000);
    tar.append_data(&mut home, "home/sailor", std::io::empty())
        .expect("memory");
    tar.into_inner().expect("memory")
}

fn header(kind: tar::EntryType, mode: u32, size: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(1_700_000_000);
    header
}

fn entry(
    tar: &mut tar::Builder<Vec<u8>>,
    name: &str,
    kind: tar::EntryType,
    mode: u32,
    content: &[u8],
) {
    let mut header = header(kind, mode, content.len() as u64);
    tar.append_data(&mut header, name, content).expect("memory");
}

/// A docker-archive as `save` would write it: layers as plain tars, one name.
///
/// `config` is the `config` object of the image's configuration.
pub fn docker_archive(name: &str, config: &str, layers: &[Vec<u8>]) -> Vec<u8> {
    let diff_ids: Vec<_> = layers.iter().map(|layer| sha256(layer)).collect();
    let quoted: Vec<_> = diff_ids.iter().map(|d| format!("\"sha256:{d}\"")).collect();
    let image = format!(
        r#"{{"architecture":"{}","os":"linux","created":"2023-11-14T22:13:20Z","config":{config},"rootfs":{{"type":"layers","diff_ids":[{}]}}}}"#,
        architecture(),
        quoted.join(",")
    );
    let config_name = format!("{}.json", sha256(image.as_bytes()));
    let files: Vec<_> = diff_ids.iter().map(|d| format!("{d}/layer.tar")).collect();
    let quoted: Vec<_> = files.iter().map(|f| format!("\"{f}\"")).collect();
    let manifest = format!(
        r#"[{{"Config":"{config_name}","RepoTags":["{name}"],"Layers":[{}]}}]"#,
        quoted.join(",")
    );
    let mut tar = tar::Builder::new(Vec::new());
    for (file, layer) in files.iter().zip(layers) {
        entry(&mut tar, file, tar::EntryType::Regular, 0o644, layer);
    }
    for (file, text) in [(config_name.as_str(), &image), ("manifest.json", &manifest)] {
        entry(
            &mut tar,
            file,
            tar::EntryType::Regular,
            0o644,
            text.as_bytes(),
        );
    }
    tar.into_inner().expect("memory")
}

/// A layer of one file, for images of many layers.
pub fn layer_with_file(name: &str, content: &[u8]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    entry(&mut tar, name, tar::EntryType::Regular, 0o644, content);
    tar.into_inner().expect("memory")
}

/// An archive of the tiny image with `count` layers more, each with a file `/layers/N`; `localhost/deep:latest`.
pub fn deep(count: usize) -> Vec<u8> {
    let mut layers = vec![tiny_layer()];
    layers.extend(
        (0..count)
            .map(|n| layer_with_file(&format!("layers/{n}"), format!("layer {n}\n").as_bytes())),
    );
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin:/usr/bin"]}"#;
    docker_archive("localhost/deep:latest", config, &layers)
}

pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Go's name of this machine's architecture.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// RFC 4648 base64, as auth.json has it.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
            } else {
                let index = (word >> (18 - 6 * place)) & 63;
                text.push(char::from(ALPHABET[index as usize]));
            }
        }
    }
    text
}
