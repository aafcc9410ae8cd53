//! What is done to the sources of mounts before a start: the options `U` and `O`.

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::engine::bundle::image_scratch;
use crate::engine::{Engine, Error, orders};
use crate::rootfs::chown;
use crate::spec::user::Resolved;
use crate::types::ids;
use crate::types::request::{Mount, MountSource};
use crate::types::{ContainerName, ContainerRecord};
use crate::userns;

/// A million files take some seconds.
const CHOWN_LIMIT: Duration = Duration::from_secs(3600);

/// Directories of the system that nobody means to give away, as Podman has it.
const NEVER_GIVEN: [&str; 22] = [
    "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt",
    "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var", "/var/lib",
    "/var/log",
];

impl Engine {
    /// Prepares the sources: after the volumes are filled, before anything is mounted.
    pub(crate) fn prepare_sources(
        &self,
        record: &ContainerRecord,
        user: &Resolved,
        base: &userns::Base,
    ) -> Result<(), Error> {
        for mount in &record.mounts {
            let Some(source) = self.source_of(mount)? else {
                continue;
            };
            let while_doing = |what: &str| format!("{what} {}", source.display());
            if mount.overlay.is_some() {
                self.fresh_scratch(record, mount, &source)
                    .map_err(|error| error.while_doing(while_doing("an overlay over")))?;
            }
            if mount.chown {
                self.give_away(record, user, base, &source)
                    .map_err(|error| error.while_doing(while_doing("changing the owner of")))?;
            }
        }
        Ok(())
    }

    /// Where a bind mount's or a volume's files are.
    fn source_of(&self, mount: &Mount) -> Result<Option<PathBuf>, Error> {
        Ok(match &mount.source {
            MountSource::Bind(path) => Some(path.clone()),
            MountSource::Volume(name) => {
                let name = ContainerName::parse(name).map_err(|e| Error::new(e.to_string()))?;
                Some(self.store()?.volume_data(&name))
            }
            _ => None,
        })
    }

    /// What was written over the source is the last run's: it goes. The new upper directory
    /// shows the source's mode.
    fn fresh_scratch(
        &self,
        record: &ContainerRecord,
        mount: &Mount,
        source: &Path,
    ) -> Result<(), Error> {
        let kept = mount.overlay.as_ref().is_some_and(|o| o.upper.is_some());
        if kept {
            return Ok(());
        }
        let facts = std::fs::metadata(source).map_err(|e| Error::file("reading", source, e))?;
        if !facts.is_dir() {
            return Err(Error::new("only a directory can be below an overlay"));
        }
        let store = self.store()?;
        let scratch = image_scratch(&store.container_dir(&record.id), &mount.target);
        store.discard(&scratch)?;
        for part in ["upper", "work"] {
            let path = scratch.join(part);
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&path)
                .map_err(|error| Error::file("making", &path, error))?;
        }
        let upper = scratch.join("upper");
        let mode = std::fs::Permissions::from_mode(facts.mode() & 0o7777);
        std::fs::set_permissions(&upper, mode)
            .map_err(|error| Error::file("setting the mode of", &upper, error))
    }

    fn give_away(
        &self,
        record: &ContainerRecord,
        user: &Resolved,
        base: &userns::Base,
        source: &Path,
    ) -> Result<(), Error> {
        #[allow(
            clippy::disallowed_methods,
            reason = "only to recognise directories of the system; the mount opens it again by itself"
        )]
        let real = source
            .canonicalize()
            .map_err(|error| Error::file("finding", source, error))?;
        if NEVER_GIVEN.iter().any(|path| real == Path::new(path)) {
            return Err(Error::new("not allowed for a directory of the system"));
        }
        self.give(record, base, &real, user.uid, user.gid)
    }

    /// Gives a tree to ids of a container.
    pub(crate) fn give(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
        real: &Path,
        uid: u32,
        gid: u32,
    ) -> Result<(), Error> {
        let outside = |extents: &[ids::IdExtent], id| ids::to_outside(extents, id).unwrap_or(id);
        let orders = match &record.ids {
            Some(maps) => chown::Orders {
                uid: outside(&maps.uid, uid),
                gid: outside(&maps.gid, gid),
            },
            None => chown::Orders { uid, gid },
        };
        let top = crate::sys::fs::open_handle(real)?;
        match self
            .ask_worker(base, "chown", &orders, &top, CHOWN_LIMIT)?
            .as_str()
        {
            "" => Ok(()),
            reason => Err(self.worker_failed(reason)),
        }
    }
}

/// The worker's side of `U`.
pub fn give() -> Result<(), Error> {
    let (orders, top, says) = orders::taken::<chown::Orders>()?;
    chown::tree(top, orders).or_else(|error| says.fail(error.into()))
}
