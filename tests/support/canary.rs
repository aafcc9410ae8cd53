//! A canary: files outside every root that nothing in a container or an image may touch.
//!
//! A 0600 file, a directory and a FIFO; what can be seen of them is recorded, and compared afterwards.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

pub struct Canary {
    root: PathBuf,
    before: Vec<String>,
}

impl Canary {
    /// Puts one below a directory that the test owns.
    pub fn new(parent: &Path) -> Self {
        let root = parent.join("canary");
        std::fs::create_dir_all(root.join("folder")).expect("a directory");
        std::fs::write(root.join("file"), "the canary sings\n").expect("a file");
        super::world::set_mode(&root.join("file"), 0o600);
        std::fs::write(root.join("folder/inner"), "quietly\n").expect("a file");
        let fifo = root.join("fifo");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .expect("a FIFO");
        let _ = rustix::fs::setxattr(
            root.join("file"),
            "user.canary",
            b"yellow",
            rustix::fs::XattrFlags::empty(),
        );
        let before = describe(&root);
        Self { root, before }
    }

    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Demands that nothing has changed.
    #[track_caller]
    pub fn check(&self) {
        assert_eq!(self.before, describe(&self.root), "the canary was touched");
    }
}

/// One line for every object: everything stat(2) tells but the times of reading, the content and the xattrs.
fn describe(root: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paths = vec![root.to_owned()];
    while let Some(path) = paths.pop() {
        let meta = std::fs::symlink_metadata(&path).expect("the canary is there");
        let mut line = format!(
            "{} inode {} mode {:o} owner {}:{} links {} size {} mtime {}.{}",
            path.display(),
            meta.ino(),
            meta.mode(),
            meta.uid(),
            meta.gid(),
            meta.nlink(),
            meta.size(),
            meta.mtime(),
            meta.mtime_nsec()
        );
        if meta.is_dir() {
            for entry in std::fs::read_dir(&path).expect("ours") {
                paths.push(entry.expect("an entry").path());
            }
        } else if meta.is_file() {
            let content = std::fs::read(&path).expect("ours");
            line += &format!(" content {content:?} xattrs {:?}", xattrs(&path));
        }
        lines.push(line);
    }
    lines.sort();
    lines
}

/// The names and values of a file's extended attributes.
pub fn xattrs(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut names = vec![0; 65536];
    let Ok(length) = rustix::fs::llistxattr(path, &mut names) else {
        return Vec::new();
    };
    let mut found: Vec<_> = names[..length]
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| {
            let name = String::from_utf8_lossy(name).into_owned();
            let mut value = vec![0; 65536];
            let length = rustix::fs::lgetxattr(path, name.as_str(), &mut value).unwrap_or(0);
            value.truncate(length);
            (name, value)
        })
        .collect();
    found.sort();
    found
}
