//! The ids of a container: its maps are chosen when it is created, the owners of its tree are
//! made to fit when it starts.
//!
//! ```text
//! create   --userns, --uidmap ──▶ userns/modes.rs ──▶ ContainerRecord.ids
//! start    layers + ids ──▶ shifted/<top chain>-<map>, made once by a worker (rootfs/shift.rs)
//! ```

use std::fs::File;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::engine::{Engine, Error, orders, shared};
use crate::rootfs::Union;
use crate::rootfs::shift::{self, Data};
use crate::spec;
use crate::store::{NOTED_TREE, is_noted};
use crate::sys::fs::{Lock, lock_within};
use crate::sys::namespace;
use crate::types::ids::{IdExtent, IdMaps};
use crate::types::request::UserNamespace;
use crate::types::{ChainId, ContainerRecord, Digest, RunRequest};
use crate::userns;
use crate::userns::modes::{self, Wish};

/// Metadata of 100 000 files is some seconds; a copy of gigabytes takes minutes.
const SHIFT_LIMIT: Duration = Duration::from_secs(3600);
/// How long another `create` may hold the list of given ids.
const LOCK_LIMIT: Duration = Duration::from_secs(30);
/// The storage option that permits copying an image for another map.
const COPY_OPTION: &str = "coracle.userns_copy=true";
/// What a worker says when the kernel lacks data-only layers.
const UNSUPPORTED: &str = "unsupported";

/// The maps of a container to be.
pub(crate) struct Chosen {
    pub maps: Option<IdMaps>,
    /// Kept until the record is written: nobody else may take the same ids meanwhile.
    _lock: Option<File>,
}

/// Where a container's lower layers are.
pub(crate) struct Tree {
    /// Topmost first.
    pub layers: Vec<PathBuf>,
    /// The store's layers, as the place of the data of `layers`.
    pub data: Option<PathBuf>,
    /// The program that makes one tree of `layers`, and gives the owners the container's
    /// numbers; `None` where the kernel does.
    pub server: Option<PathBuf>,
}

/// Where the layers are that get other owners.
struct Source<'a> {
    /// `layers/` of a store.
    layers: &'a Path,
    noted: bool,
}

impl Tree {
    fn of(layers: Vec<PathBuf>, data: Option<PathBuf>) -> Self {
        Self {
            layers,
            data,
            server: None,
        }
    }
}

impl Engine {
    /// Chooses the maps that the request asks for.
    pub(crate) fn choose_ids(
        &self,
        request: &RunRequest,
        layers: &[ChainId],
    ) -> Result<Chosen, Error> {
        let mode = &request.userns;
        if *mode == UserNamespace::Host {
            return Ok(Chosen {
                maps: None,
                _lock: None,
            });
        }
        if let UserNamespace::Container(name) = mode {
            let other = self.container(name)?;
            return Ok(Chosen {
                maps: other.record.ids,
                _lock: None,
            });
        }
        let base = self.base()?;
        if let UserNamespace::Path(path) = mode {
            return Ok(Chosen {
                maps: self.ids_of_file(base, path)?,
                _lock: None,
            });
        }
        let (lock, taken, needed) = match mode {
            UserNamespace::Auto { size, .. } => {
                let lock = self.lock_ids()?;
                let needed = match size {
                    Some(_) => 0,
                    None => self.ids_in(layers)?,
                };
                (Some(lock), self.given_ids()?, needed)
            }
            _ => (None, Vec::new(), 0),
        };
        let wish = Wish {
            mode,
            base: &base.ids,
            own: base.owner(),
            taken: &taken,
            needed,
        };
        let maps = modes::maps(&wish).map_err(|refusal| {
            let error = Error::new(format!("--userns: {refusal}"));
            match refusal.hint() {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })?;
        Ok(Chosen { maps, _lock: lock })
    }

    /// The user as asked; with `keep-id` the caller instead of the image's: podman-run(1).
    pub(crate) fn user_word(&self, request: &RunRequest, merged: &str) -> String {
        let UserNamespace::KeepId { uid, gid, .. } = &request.userns else {
            return merged.to_owned();
        };
        match (&request.user, self.base()) {
            (None, Ok(base)) => {
                let own = base.owner();
                format!("{}:{}", uid.unwrap_or(own.0), gid.unwrap_or(own.1))
            }
            _ => merged.to_owned(),
        }
    }

    /// The maps of a user namespace by its file; `None` when it is ours or U0.
    fn ids_of_file(&self, base: &userns::Base, path: &Path) -> Result<Option<IdMaps>, Error> {
        let fd = shared::open_file(path, shared::USER)?;
        let is_base = namespace::identity(fd.as_fd())? == namespace::identity(base.as_fd())?;
        if is_base || shared::is_own(&fd, shared::USER)? {
            return Ok(None);
        }
        let word = self.ask_worker(base, "ns-ids", &(), &fd, LOCK_LIMIT)?;
        match serde_json::from_str(&word) {
            Ok(maps) => Ok(Some(maps)),
            Err(_) => Err(self
                .worker_failed(&word)
                .while_doing(format!("cannot join {}", path.display()))),
        }
    }

    /// The maps of every container here.
    fn given_ids(&self) -> Result<Vec<IdMaps>, Error> {
        let mut maps = Vec::new();
        for entry in self.store()?.containers()? {
            // One that is just being removed holds nothing.
            if let Ok(record) = entry.record() {
                maps.extend(record.ids);
            }
        }
        Ok(maps)
    }

    /// One more than the highest id in the image's account files.
    fn ids_in(&self, layers: &[ChainId]) -> Result<u32, Error> {
        let store = self.store()?;
        let union = Union {
            layers: layers.iter().rev().map(|c| store.layer_diff(c)).collect(),
        };
        let read = |path: &str| {
            union
                .read(path, spec::user::MAX_FILE as u64)
                .map_err(|error| Error::new(error.to_string()))
        };
        let (passwd, group) = (read("/etc/passwd")?, read("/etc/group")?);
        let accounts = spec::user::Accounts {
            passwd: passwd.as_deref(),
            group: group.as_deref(),
        };
        Ok(spec::user::ids_needed(accounts)?)
    }

    fn lock_ids(&self) -> Result<File, Error> {
        let path = self.store()?.root().join("u0").join("given.lock");
        let failed = |error| Error::file("locking", &path, error);
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match lock_within(&file, Lock::Exclusive, LOCK_LIMIT)? {
            true => Ok(file),
            false => Err(Error::new(
                "another command keeps the list of given ids locked",
            )),
        }
    }

    /// Returns the container's layers as its map needs them; makes them when nobody has yet.
    pub(crate) fn tree(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
    ) -> Result<Tree, Error> {
        let plain = self.layer_paths(record)?;
        let noted = record.request.rootfs.is_none() && plain.iter().any(|layer| is_noted(layer));
        let server = match self.server(record)? {
            None if noted => match self.noted_tree(record, &plain, base)? {
                Some(tree) => return Ok(tree),
                None => Some(self.server_of_noted(record)?),
            },
            server => server,
        };
        if let Some(program) = server {
            return Ok(Tree {
                server: Some(program),
                ..Tree::of(plain, None)
            });
        }
        let (Some(maps), Some(top)) = (&record.ids, record.layers.last()) else {
            return Ok(Tree::of(plain, None));
        };
        // With one id every file has the same owner anyway.
        if base.single {
            return Ok(Tree::of(plain, None));
        }
        let store = self.store()?;
        let shared = store.root().join("layers");
        for (suffix, data) in [("", Some(&shared)), ("-copy", None)] {
            let name = format!("{top}-{}{suffix}", digest_of(maps));
            if let Some(tree) = store.shifted(&name)? {
                return Ok(Tree::of(vec![tree], data.cloned()));
            }
        }
        let name = format!("{top}-{}", digest_of(maps));
        // A tree of metadata leads to its data below our own layers only.
        let ours = plain.iter().all(|layer| layer.starts_with(&shared));
        let from = Source {
            layers: &shared,
            noted: false,
        };
        if ours && let Some(tree) = self.shift(record, maps, base, &name, &from, Data::Shared)? {
            return Ok(Tree::of(vec![tree], Some(shared)));
        }
        let copies = self.settings.storage_options.iter();
        if ours && copies.clone().any(|option| option == COPY_OPTION) {
            let name = format!("{name}-copy");
            let copy = self.shift(record, maps, base, &name, &from, Data::Copied)?;
            return copy
                .map(|tree| Tree::of(vec![tree], None))
                .ok_or_else(|| Error::new("the image's files cannot be copied"));
        }
        let program = self.serve_from_now_on(record).map_err(|why| {
            if !ours {
                return Error::new(format!(
                    "the files of an additional image store are given other owners by \
                     fuse-overlayfs only: {why}"
                ));
            }
            Error::new(format!(
                "the image's files cannot be given other owners without copying them: overlay \
                 with data-only layers needs Linux 6.16, and {why}"
            ))
            .hint(format!(
                "--storage-opt {COPY_OPTION} permits one copy of the image per map of ids"
            ))
        })?;
        Ok(Tree {
            server: Some(program),
            ..Tree::of(plain, None)
        })
    }

    /// The tree of a container whose image has its owners noted, made by the kernel: metadata of
    /// our own, data where it is. `None` where that is fuse-overlayfs's work: an older kernel,
    /// layers in several places.
    fn noted_tree(
        &self,
        record: &ContainerRecord,
        plain: &[PathBuf],
        base: &userns::Base,
    ) -> Result<Option<Tree>, Error> {
        let folder = |layer: &PathBuf| Some(layer.parent()?.parent()?.to_owned());
        let Some(layers) = plain.first().and_then(folder) else {
            return Ok(None);
        };
        let all = plain
            .iter()
            .all(|layer| is_noted(layer) && folder(layer).is_some_and(|folder| folder == layers));
        let (true, Some(top)) = (all, record.layers.last()) else {
            return Ok(None);
        };
        let same = || {
            vec![IdExtent {
                inside: 0,
                outside: 0,
                count: u32::MAX,
            }]
        };
        let maps = match &record.ids {
            Some(maps) if !base.single => maps.clone(),
            _ => IdMaps {
                uid: same(),
                gid: same(),
            },
        };
        let name = format!("{top}-{}{NOTED_TREE}", digest_of(&maps));
        let made = match self.store()?.shifted(&name)? {
            Some(tree) => Some(tree),
            None => {
                let from = Source {
                    layers: &layers,
                    noted: true,
                };
                self.shift(record, &maps, base, &name, &from, Data::Shared)?
            }
        };
        Ok(made.map(|tree| Tree::of(vec![tree], Some(layers))))
    }

    /// Has a worker make the tree; `None` when this kernel cannot use it.
    fn shift(
        &self,
        record: &ContainerRecord,
        maps: &IdMaps,
        base: &userns::Base,
        name: &str,
        from: &Source<'_>,
        data: Data,
    ) -> Result<Option<PathBuf>, Error> {
        let store = self.store()?;
        let staged = store.stage()?;
        let (trial, tree) = (staged.path().join("trial"), staged.path().join("diff"));
        for directory in [&trial, &tree] {
            crate::store::make_shown(directory)?;
        }
        let end = |extents: &[userns::Extent]| {
            extents
                .iter()
                .map(|e| e.inside + e.count)
                .max()
                .unwrap_or(0)
        };
        let orders = shift::Orders {
            layers: from.layers.to_owned(),
            chains: record.layers.iter().rev().cloned().collect(),
            maps: maps.clone(),
            end: (end(&base.ids.uid), end(&base.ids.gid)),
            data,
            noted: from.noted,
            squash: from.noted && base.single,
            trial,
        };
        let to = crate::sys::fs::open_directory(&tree)?;
        match self
            .ask_worker(base, "shift", &orders, &to, SHIFT_LIMIT)?
            .as_str()
        {
            "" => Ok(Some(staged.commit_shifted(store, name)?)),
            UNSUPPORTED => Ok(None),
            reason => Err(self
                .worker_failed(reason)
                .while_doing("giving the image's files other owners")),
        }
    }
}

/// A name for a pair of maps.
fn digest_of(maps: &IdMaps) -> String {
    let text = serde_json::to_string(maps).unwrap_or_default();
    Digest::of(text.as_bytes()).hex()[..16].to_owned()
}

/// The worker's side of [`Engine::ids_of_file`]: joins the namespace and reads its maps, which
/// from inside are told in the parent's numbers (user_namespaces(7)).
pub fn ns_ids() -> Result<(), Error> {
    let ((), ns, says) = orders::taken::<()>()?;
    let read = |file: &str| -> Result<Vec<IdExtent>, Error> {
        let path = Path::new("/proc/self").join(file);
        let text = std::fs::read_to_string(&path).map_err(|e| Error::file("reading", &path, e))?;
        Ok(userns::extents_of(&text)
            .iter()
            .map(|e| IdExtent {
                inside: e.inside,
                outside: e.outside,
                count: e.count,
            })
            .collect())
    };
    let maps = namespace::join(ns.as_fd(), namespace::CLONE_NEWUSER)
        .map_err(Error::from)
        .and_then(|()| {
            Ok(IdMaps {
                uid: read("uid_map")?,
                gid: read("gid_map")?,
            })
        });
    match maps {
        Ok(maps) => says.say(&serde_json::to_string(&maps).unwrap_or_default()),
        Err(error) => says.fail(error),
    }
}

/// The worker's side of [`Engine::tree`].
pub fn shift() -> Result<(), Error> {
    let (orders, to, says) = orders::taken::<shift::Orders>()?;
    let done = (|| {
        if orders.data == Data::Shared {
            crate::sys::namespace::leave(crate::sys::namespace::CLONE_NEWNS)?;
            if !shift::is_supported(&orders)? {
                return Ok(false);
            }
        }
        shift::tree(&orders, to)?;
        Ok(true)
    })();
    match done {
        Ok(true) => Ok(()),
        Ok(false) => says.say(UNSUPPORTED),
        Err(error) => says.fail(error),
    }
}
