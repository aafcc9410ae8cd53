//! The files of a bundle, which the container finds in its /etc and /run.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::engine::bundle::Bundle;
use crate::engine::time_zone;
use crate::engine::{Engine, Error};
use crate::network::EtcFile;
use crate::rootfs::Union;
use crate::types::ContainerRecord;
use crate::types::request::HostsBase;

pub(super) struct Files {
    pub passwd: Option<PathBuf>,
    pub group: Option<PathBuf>,
    pub resolv_conf: Option<PathBuf>,
    pub hosts: Option<PathBuf>,
    pub hostname: Option<PathBuf>,
    pub containerenv: PathBuf,
    pub localtime: Option<PathBuf>,
}

impl Files {
    /// Those that are this container's own.
    pub fn made(&self) -> Vec<PathBuf> {
        let own = self.containerenv.parent();
        [
            &self.resolv_conf,
            &self.hosts,
            &self.hostname,
            &self.localtime,
            &self.passwd,
            &self.group,
        ]
        .into_iter()
        .flatten()
        .chain([&self.containerenv])
        .filter(|path| path.parent() == own)
        .cloned()
        .collect()
    }
}

impl Bundle {
    pub(super) fn write_files(
        &self,
        engine: &Engine,
        record: &ContainerRecord,
    ) -> Result<Files, Error> {
        let at = |name: &str| self.directory.join(name);
        let etc = |file: &EtcFile, name: &str| -> Result<Option<PathBuf>, Error> {
            match file {
                EtcFile::Text(text) => {
                    write_new(&at(name), text.as_bytes())?;
                    Ok(Some(at(name)))
                }
                EtcFile::Image => Ok(None),
                EtcFile::Shared => engine.shared_file(record, name),
            }
        };
        let request = &record.request;
        write_new(&at("hostname"), format!("{}\n", record.hostname).as_bytes())?;
        let told = match request.privileged {
            true => containerenv(record),
            false => String::new(),
        };
        write_new(&at("containerenv"), told.as_bytes())?;
        let zone = request
            .time_zone
            .as_ref()
            .filter(|_| self.zone_link.is_none());
        let localtime = match zone {
            Some(zone) => {
                write_new(&at("localtime"), &time_zone::read(zone)?)?;
                Some(at("localtime"))
            }
            None => None,
        };
        // The files of a directory of the user's are covered, not changed.
        let account = |path: &str, name: &str| -> Result<Option<PathBuf>, Error> {
            let grown = self.added.iter().find(|grown| grown.path == path);
            let Some(grown) = grown.filter(|_| self.in_place.is_some()) else {
                return Ok(None);
            };
            write_new(&at(name), &grown.whole)?;
            Ok(Some(at(name)))
        };
        Ok(Files {
            passwd: account("/etc/passwd", "passwd")?,
            group: account("/etc/group", "group")?,
            resolv_conf: etc(&self.network.resolv_conf, "resolv.conf")?,
            hosts: etc(&self.network.hosts, "hosts")?,
            hostname: (!request.no_hostname).then(|| at("hostname")),
            containerenv: at("containerenv"),
            localtime,
        })
    }
}

impl Engine {
    /// The file of the container whose network is shared, if it has one.
    fn shared_file(&self, record: &ContainerRecord, name: &str) -> Result<Option<PathBuf>, Error> {
        let crate::types::request::Network::Container(other) = &record.request.network else {
            return Ok(None);
        };
        let other = self.container(other)?;
        let path = other.run.map(|run| run.runtime_dir.join(name));
        Ok(path.filter(|path| path.exists()))
    }
}

/// What a privileged container may know of itself: podman-run(1), "--privileged"; a file of
/// shell variables, which programs such as toolbox read.
fn containerenv(record: &ContainerRecord) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let rootless = u8::from(crate::sys::fs::own_uid() != 0);
    let quoted = crate::types::escape::quoted;
    format!(
        "engine=\"podman-coracle-{version}\"\nname={}\nid={}\nimage={}\nimageid={}\nrootless={rootless}\n",
        quoted(record.name.as_str()),
        quoted(record.id.as_str()),
        quoted(&record.image_name),
        quoted(&record.image_hex()),
    )
}

/// The text of `--hosts-file`; `None` is the host's own file.
pub(super) fn hosts_base(base: &HostsBase, tree: &Union) -> Result<Option<String>, Error> {
    const LIMIT: u64 = 64 << 10;
    let bytes = match base {
        HostsBase::Host => return Ok(None),
        HostsBase::Nothing => Vec::new(),
        HostsBase::Image => tree
            .read("/etc/hosts", LIMIT)
            .map_err(|error| Error::new(format!("--hosts-file image: {error}")))?
            .unwrap_or_default(),
        HostsBase::File(path) => {
            let mut bytes = Vec::new();
            fs::File::open(path)
                .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
                .map_err(|error| Error::file("reading --hosts-file", path, error))?;
            bytes
        }
    };
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Makes the bundle's directory anew; what a run before left in it goes.
pub(super) fn fresh_directory(path: &Path) -> Result<(), Error> {
    let cannot = |error| Error::file("making", path, error);
    crate::sys::tree::remove_path(path).map_err(|error| cannot(error.into()))?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(path)
        .map_err(cannot)?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(path.join("rootfs"))
        .map_err(cannot)
}

pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(path)
        // What the container's users read; the caller's umask is not theirs.
        .and_then(|mut file| {
            file.set_permissions(fs::Permissions::from_mode(0o644))?;
            file.write_all(bytes)
        })
        .map_err(|error| Error::file("writing", path, error))
}
