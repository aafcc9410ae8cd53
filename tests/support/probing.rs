//! Images whose only program is `probe`, hostile trees around it, and questions to it.
//!
//! The program is made by the build script (`tests/support/probe/main.rs`).

use std::path::Path;

use serde_json::Value;

use super::{Done, World, images};

const PROBE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/probe"));

/// Whether the probe could be built; if not, the test is skipped.
pub fn have_probe() -> bool {
    if PROBE.is_empty() {
        super::skip("the probe was not built: no static libc (libc6-dev)");
    }
    !PROBE.is_empty()
}

/// A layer in the making: `/probe`, account files, `/tmp` and `/data`, and what the test adds.
pub struct Tree {
    tar: tar::Builder<Vec<u8>>,
}

impl Tree {
    /// The usual tree.
    pub fn new() -> Self {
        Self::bare().folder("etc").file(
            "etc/passwd",
            "root:x:0:0:root:/root:/probe\napp:x:1000:1000:app:/home/app:/probe\nweb:x:33:33::/:/probe\n\
             1000:x:0:0:a trap:/trap:/probe\n",
        )
        .file("etc/group", "root:x:0:\nadm:x:4:app\nwww:x:33:\napp:x:1000:\ndocker:x:999:app,web\n")
    }

    /// Only the probe, `/tmp` and `/data`.
    pub fn bare() -> Self {
        let mut tree = Self {
            tar: tar::Builder::new(Vec::new()),
        };
        tree.add("probe", tar::EntryType::Regular, 0o755, PROBE);
        tree.add("tmp", tar::EntryType::Directory, 0o1777, b"");
        tree.folder("data")
    }

    fn add(&mut self, name: &str, kind: tar::EntryType, mode: u32, content: &[u8]) {
        let mut header = header(kind, mode, content.len());
        self.tar
            .append_data(&mut header, name, content)
            .expect("memory");
    }

    pub fn folder(mut self, name: &str) -> Self {
        self.add(name, tar::EntryType::Directory, 0o755, b"");
        self
    }

    pub fn file(mut self, name: &str, content: &str) -> Self {
        self.add(name, tar::EntryType::Regular, 0o644, content.as_bytes());
        self
    }

    pub fn program(mut self, name: &str, content: &str) -> Self {
        self.add(name, tar::EntryType::Regular, 0o755, content.as_bytes());
        self
    }

    pub fn fifo(mut self, name: &str) -> Self {
        self.add(name, tar::EntryType::Fifo, 0o644, b"");
        self
    }

    pub fn link(mut self, name: &str, target: impl AsRef<Path>) -> Self {
        let mut header = header(tar::EntryType::Symlink, 0o777, 0);
        self.tar
            .append_link(&mut header, name, target)
            .expect("memory");
        self
    }

    /// The image as an archive of `localhost/NAME`; `config` is the image's `config` object.
    pub fn archive(self, name: &str, config: &str) -> Vec<u8> {
        let layer = self.tar.into_inner().expect("memory");
        images::docker_archive(&format!("localhost/{name}:latest"), config, &[layer])
    }

    /// Loads the image as `localhost/NAME`; `config` is the image's `config` object.
    pub fn load(self, world: &World, name: &str, config: &str) -> Done {
        let archive = self.archive(name, config);
        let file = world.write(&format!("{name}.tar"), archive);
        world.coracle(["load".as_ref(), "-i".as_ref(), file.as_os_str()])
    }
}

fn header(kind: tar::EntryType, mode: u32, size: usize) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(1_700_000_000);
    header.set_size(size as u64);
    header
}

/// The config of an image that runs the probe.
pub const CONFIG: &str = r#"{"Entrypoint":["/probe"],"Env":["PATH=/"]}"#;

/// A world whose store has the usual image, `localhost/probe`.
pub fn world() -> World {
    let world = World::new();
    Tree::new().load(&world, "probe", CONFIG).expect_code(0);
    world
}

/// Runs an image's probe and returns what it printed; everything before the image is `options`.
#[track_caller]
pub fn ask(world: &World, options: &str, image: &str, question: &str) -> Vec<Value> {
    answers(&run(world, options, image, question))
}

/// The same, for a question that may be refused.
pub fn run(world: &World, options: &str, image: &str, question: &str) -> Done {
    let image = format!("localhost/{image}");
    let words = ["run", "--rm", "--network", "none"]
        .into_iter()
        .chain(options.split_whitespace())
        .chain([image.as_str()])
        .chain(question.split_whitespace());
    world.coracle(words)
}

/// The JSON lines of a probe.
#[track_caller]
pub fn answers(done: &Done) -> Vec<Value> {
    assert_eq!(done.code, 0, "{done}");
    let lines = done.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {done}")))
        .collect()
}

/// The strings of a JSON list.
pub fn words(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
