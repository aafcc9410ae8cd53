//! fuse-overlayfs: the rung below the kernel's own overlay.
//!
//! A program makes one tree of a container's layers where the kernel does not: because the user
//! names it (`--storage-opt overlay.mount_program=PATH`, as with Podman), because other owners
//! are wanted and the kernel cannot turn them without a copy, or because it refuses an overlay in
//! a user namespace, which it is asked once per store. Which of both it is stays what it was at a
//! container's first start: they mark deletions differently in the upper directory. How the program is run: `guest/monitor/server.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::engine::foreign::find;
use crate::engine::{Engine, Error};
use crate::layer::tree::Server;
use crate::store::is_noted;
use crate::types::escape;
use crate::types::ids::{IdExtent, IdMaps};
use crate::types::{ContainerId, ContainerRecord};
use crate::userns::machine::kernel_release;

/// In a container's directory: the program that serves its tree.
const MARK: &str = "served-by";
/// In a bundle: what that program complains of.
pub(crate) const ERRORS: &str = "served";
const NAME: &str = "fuse-overlayfs";
const DEVICE: &str = "/dev/fuse";
/// The words of storage.conf's drivers for it.
const OPTIONS: [&str; 3] = ["overlay.mount_program", ".mount_program", "mount_program"];

impl Engine {
    /// The program that serves a container's tree, as its mark says.
    pub(crate) fn served_by(&self, id: &ContainerId) -> Result<Option<PathBuf>, Error> {
        let path = self.store()?.container_dir(id).join(MARK);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(PathBuf::from(text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file("reading", &path, error)),
        }
    }

    /// The same; before the first start what the user asks for decides.
    pub(crate) fn server(&self, record: &ContainerRecord) -> Result<Option<PathBuf>, Error> {
        if let Some(program) = self.served_by(&record.id)? {
            return Ok(Some(program));
        }
        // A directory of the host's is not below the store, where the server's names begin.
        if record.request.rootfs.is_some() || self.has_run(record)? {
            return Ok(None);
        }
        match self.usual_server()? {
            Some(program) => self.mark_served(record, &program).map(Some),
            None => Ok(None),
        }
    }

    /// The program that serves every new container: asked for, or needed on this store.
    pub(crate) fn usual_server(&self) -> Result<Option<PathBuf>, Error> {
        if let Some(program) = self.asked_server()? {
            return Ok(Some(program));
        }
        let refused = self.store()?.is_overlay_refused(&kernel_release())?;
        // Where it was removed meanwhile, the kernel is asked again and the failure says all.
        Ok(available().ok().filter(|_| refused))
    }

    /// Serves a container on which the kernel has refused an overlay, and from now on all whose
    /// files are in the same place.
    pub(crate) fn serve_instead(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        let program = self.serve_from_now_on(record)?;
        let store = self.store()?;
        let ours = store.root().join("layers");
        let layers = self.layer_paths(record)?;
        // A layer of another store may be what the kernel does not like.
        if layers.iter().all(|layer| layer.starts_with(&ours)) {
            store.note_refused_overlay(&kernel_release())?;
        }
        Ok(program)
    }

    /// Serves a container whose image has its owners noted: only so they are the image's own.
    pub(crate) fn server_of_noted(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        let served = self.serve_from_now_on(record);
        served.map_err(|why| without_owners(&why.message))
    }

    /// The same for a tree of these layers that is only read; `None` where the kernel makes it.
    pub(crate) fn reading_server(&self, layers: &[PathBuf]) -> Result<Option<Server>, Error> {
        if !layers.iter().any(|layer| is_noted(layer)) {
            return Ok(None);
        }
        let program = match self.asked_server()? {
            Some(program) => program,
            None => available().map_err(|why| without_owners(&why))?,
        };
        self.server_over(layers, &program).map(Some)
    }

    /// This program over layers that are only read.
    pub(crate) fn server_over(&self, layers: &[PathBuf], program: &Path) -> Result<Server, Error> {
        let root = self.store()?.root();
        let words = Words {
            root,
            lowers: layers,
            upper: None,
            maps: None,
            volatile: false,
            single: self.base()?.single,
        };
        Ok(Server {
            argv: words.argv(program)?,
            directory: root.to_owned(),
        })
    }

    /// Has a container that has not run yet served by what there is; the error says what lacks.
    pub(crate) fn serve_from_now_on(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        if self.has_run(record)? {
            return Err(Error::new("the container has run without fuse-overlayfs"));
        }
        if record.request.rootfs.is_some() {
            return Err(Error::new("fuse-overlayfs serves images only"));
        }
        let program = available().map_err(Error::new)?;
        self.mark_served(record, &program)
    }

    fn has_run(&self, record: &ContainerRecord) -> Result<bool, Error> {
        Ok(self.store()?.run(&record.id)?.is_some())
    }

    fn mark_served(&self, record: &ContainerRecord, program: &Path) -> Result<PathBuf, Error> {
        let text = program.as_os_str().as_encoded_bytes();
        self.store()?.write_beside_record(&record.id, MARK, text)?;
        Ok(program.to_owned())
    }

    /// The program that the storage options name.
    pub(crate) fn asked_server(&self) -> Result<Option<PathBuf>, Error> {
        let named = self.settings.storage_options.iter().rev();
        let named = named
            .filter_map(|option| option.split_once('='))
            .find(|(key, _)| OPTIONS.contains(key));
        let Some((key, program)) = named.filter(|(_, program)| !program.is_empty()) else {
            return Ok(None);
        };
        let missing = |why: &str| {
            let shown = escape::quoted(program);
            Error::new(format!("storage option {key}: {shown} {why}"))
        };
        if !program.starts_with('/') {
            return Err(missing("is not an absolute path"));
        }
        let path = find(program).ok_or_else(|| missing("is not an executable file"))?;
        open_device().map_err(|why| missing(&format!("cannot serve: {why}")))?;
        Ok(Some(path))
    }
}

fn without_owners(why: &str) -> Error {
    Error::new(format!(
        "the image is in a store for several users, where {NAME} gives the files their owners: {why}"
    ))
}

/// Finds the program and sees whether it can be used; else says what lacks.
pub(crate) fn available() -> Result<PathBuf, String> {
    let program = find(NAME).ok_or_else(|| format!("{NAME} is not installed"))?;
    open_device().map(|()| program)
}

fn open_device() -> Result<(), String> {
    std::fs::File::options()
        .read(true)
        .write(true)
        .open(DEVICE)
        .map(drop)
        .map_err(|error| {
            let why = crate::sys::reason(error.raw_os_error().unwrap_or_default());
            format!("{DEVICE}: {why}")
        })
}

/// The last line the program complained in, if it did.
pub(crate) fn complaint(errors: &Path) -> Option<String> {
    let text = std::fs::read(errors).ok()?;
    let text = String::from_utf8_lossy(&text[..text.len().min(4096)]).into_owned();
    let line = text.lines().rfind(|line| !line.trim().is_empty())?;
    let line = line.trim();
    let line = line.split_once(": ").map_or(line, |(_, rest)| rest);
    Some(escape::visible(line))
}

/// What the program is told. Its paths are below the store's root, where it runs, or in another
/// store: names without a character that means something in an option (S-61).
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub root: &'a Path,
    /// Topmost first.
    pub lowers: &'a [PathBuf],
    /// Upper and work directory; without them the tree is read-only.
    pub upper: Option<(&'a Path, &'a Path)>,
    /// The owners' numbers on the disk and what they are in U0.
    pub maps: Option<&'a IdMaps>,
    pub volatile: bool,
    /// There is one id only.
    pub single: bool,
}

impl Words<'_> {
    /// The command line; the device is descriptor 3.
    pub fn argv(&self, program: &Path) -> Result<Vec<String>, Error> {
        let program = program.to_string_lossy().into_owned();
        let words = ["-f", "-o", &self.options()?, "/dev/fd/3"].map(str::to_owned);
        Ok(std::iter::once(program).chain(words).collect())
    }

    fn options(&self) -> Result<String, Error> {
        let lowers = self.lowers.iter().map(|path| self.relative(path));
        let lowers = lowers.collect::<Result<Vec<_>, _>>()?;
        let mut text = format!("lowerdir={}", lowers.join(":"));
        if let Some((upper, work)) = self.upper {
            let (upper, work) = (self.relative(upper)?, self.relative(work)?);
            // What was written must not be lost with the program: none of it waits in the kernel.
            let _ = write!(text, ",upperdir={upper},workdir={work},writeback=0");
        }
        if self.volatile {
            text.push_str(",fsync=0");
        }
        if self.single && self.lowers.iter().any(|layer| is_noted(layer)) {
            text.push_str(",squash_to_root");
        }
        if let Some(maps) = self.maps {
            let (uid, gid) = (mapping(&maps.uid), mapping(&maps.gid));
            let _ = write!(text, ",uidmapping={uid},gidmapping={gid}");
        }
        Ok(text)
    }

    fn relative<'p>(&self, path: &'p Path) -> Result<&'p str, Error> {
        // A layer of an additional store is named from the root on.
        let name = path.strip_prefix(self.root).unwrap_or(path);
        let plain = name.to_str().filter(|text| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.+@".contains(c);
            text.chars().all(plain)
        });
        plain.ok_or_else(|| {
            Error::new(format!(
                "{}: {NAME} cannot be told of this path",
                path.display()
            ))
        })
    }
}

/// `inside:outside:count` of every extent.
fn mapping(extents: &[IdExtent]) -> String {
    let words = extents
        .iter()
        .map(|e| format!("{}:{}:{}", e.inside, e.outside, e.count));
    words.collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_told_relative_names_and_the_map() {
        let root = Path::new("/store,upperdir=x:y");
        let lowers = ["layers/b/diff", "layers/a/diff"].map(|name| root.join(name));
        let extent = |inside, outside, count| IdExtent {
            inside,
            outside,
            count,
        };
        let maps = IdMaps {
            uid: vec![extent(0, 1, 1000), extent(1000, 0, 1)],
            gid: vec![extent(0, 1, 5)],
        };
        let mut words = Words {
            root,
            lowers: &lowers,
            upper: Some((
                &root.join("containers/c/upper"),
                &root.join("containers/c/work"),
            )),
            maps: Some(&maps),
            volatile: true,
            single: false,
        };
        assert_eq!(
            words.argv(Path::new("/bin/f")).expect("plain names"),
            [
                "/bin/f",
                "-f",
                "-o",
                "lowerdir=layers/b/diff:layers/a/diff,upperdir=containers/c/upper,\
                 workdir=containers/c/work,writeback=0,fsync=0,\
                 uidmapping=0:1:1000:1000:0:1,gidmapping=0:1:5",
                "/dev/fd/3",
            ]
        );
        (words.upper, words.maps, words.volatile) = (None, None, false);
        assert_eq!(
            words.options().expect("plain names"),
            "lowerdir=layers/b/diff:layers/a/diff"
        );
        let elsewhere = [PathBuf::from("/share/layers/a/diff")];
        words.lowers = &elsewhere;
        let said = words.options().expect("a plain name");
        assert_eq!(said, "lowerdir=/share/layers/a/diff");
        for bad in ["/a:b/diff", "/a,upperdir=x/diff", "/a\\b/diff"] {
            let bad_name = [PathBuf::from(bad)];
            let words = Words {
                lowers: &bad_name,
                ..words
            };
            assert!(words.options().is_err(), "{bad}");
        }
    }
}
