//! What `--device` names: nodes of the host, directories of them, and CDI devices.

use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use crate::config::cdi;
use crate::engine::{Engine, Error};
use crate::runtime::mounts;
use crate::types::request::{Device, Mount, MountSource};
use crate::types::{ContainerRecord, RunRequest};

/// More nodes than anybody means by one directory.
const MOST: usize = 1024;

/// What `--device` names must be one: nothing else is worth the right to use device nodes (S-62).
/// A directory stands for the nodes in it, at any depth.
pub(crate) fn expand(request: &mut RunRequest) -> Result<(), Error> {
    let mut all = Vec::new();
    for device in std::mem::take(&mut request.devices) {
        let cannot = |why: &str| {
            let path = crate::types::escape::quoted(&device.host.to_string_lossy());
            Err(Error::new(format!("--device {path}: {why}")))
        };
        match std::fs::metadata(&device.host) {
            Err(error) => {
                let errno = error.raw_os_error().unwrap_or_default();
                return cannot(&crate::sys::reason(errno));
            }
            Ok(facts) if facts.is_dir() => {
                let begin = all.len();
                below(
                    &device.host,
                    Path::new(&device.container),
                    &device,
                    &mut all,
                )?;
                if all.len() == begin {
                    return cannot("a directory without devices");
                }
            }
            Ok(facts) if !is_node(facts.file_type()) => return cannot("not a device"),
            Ok(_) => all.push(device),
        }
    }
    request.devices = all;
    Ok(())
}

fn is_node(kind: std::fs::FileType) -> bool {
    kind.is_char_device() || kind.is_block_device()
}

fn below(host: &Path, inside: &Path, like: &Device, all: &mut Vec<Device>) -> Result<(), Error> {
    let entries =
        std::fs::read_dir(host).map_err(|error| Error::file("reading --device", host, error))?;
    let mut names: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    names.sort_unstable();
    for path in names {
        let Some(name) = path.file_name() else {
            continue;
        };
        // Links are passed over: what they lead to has a name of its own.
        let Ok(facts) = path.symlink_metadata() else {
            continue;
        };
        if facts.is_dir() {
            below(&path, &inside.join(name), like, all)?;
        } else if is_node(facts.file_type()) {
            if all.len() >= MOST {
                return Err(Error::new(format!(
                    "--device names more than {MOST} devices"
                )));
            }
            all.push(Device {
                container: inside.join(name).to_string_lossy().into_owned(),
                host: path,
                access: like.access.clone(),
            });
        }
    }
    Ok(())
}

/// Directories of /dev that a container has its own of, and others' bookkeeping.
const NOT_NODES: [&str; 8] = [
    "/dev/console",
    "/dev/fd",
    "/dev/mqueue",
    "/dev/ptmx",
    "/dev/pts",
    "/dev/shm",
    "/dev/.lxc",
    "/dev/.udev",
];

/// Adds every node of the host's /dev, as they are for the caller: `--privileged`. Who may open
/// one is for the kernel to say, and it asks for the caller's own rights.
fn add_all(record: &mut ContainerRecord) -> Result<(), Error> {
    let like = Device {
        host: PathBuf::new(),
        container: String::new(),
        access: "rwm".to_owned(),
    };
    let mut all = Vec::new();
    let top = Path::new("/dev");
    let entries = std::fs::read_dir(top).map_err(|error| Error::file("reading", top, error))?;
    let mut names: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    names.sort_unstable();
    for path in names {
        let text = path.to_string_lossy().into_owned();
        // Terminals of the host are not the container's; rootless Podman leaves them out too.
        if NOT_NODES.contains(&&*text) || text.starts_with("/dev/tty") {
            continue;
        }
        let Ok(facts) = path.symlink_metadata() else {
            continue;
        };
        if facts.is_dir() {
            // One that is closed to the caller holds nothing for him.
            let _ = below(&path, &path, &like, &mut all);
        } else if is_node(facts.file_type()) {
            all.push(Device {
                container: text,
                host: path,
                access: like.access.clone(),
            });
        }
    }
    let taken = |device: &Device| {
        let target = device.container.as_str();
        let name = target.strip_prefix("/dev/");
        mounts::DEVICES.iter().any(|ours| Some(ours.0) == name)
            || record.request.devices.iter().any(|d| d.container == target)
            || record.mounts.iter().any(|m| m.target == target)
    };
    all.retain(|device| !taken(device));
    record.request.devices.extend(all);
    Ok(())
}

impl Engine {
    /// Adds the devices that are found at every start: the host's own for a privileged
    /// container, and those of CDI.
    pub(crate) fn with_devices(&self, record: &ContainerRecord) -> Result<ContainerRecord, Error> {
        let mut record = self.with_cdi(record)?;
        if record.request.privileged {
            add_all(&mut record)?;
        }
        Ok(record)
    }

    /// Adds what the container's CDI devices take, as their files say today.
    pub(crate) fn with_cdi(&self, record: &ContainerRecord) -> Result<ContainerRecord, Error> {
        let mut record = record.clone();
        if record.request.cdi_devices.is_empty() {
            return Ok(record);
        }
        let devices = cdi::Devices::read(&self.settings.cdi_spec_dirs)?;
        for name in record.request.cdi_devices.clone() {
            let edits = devices.find(&name).ok_or_else(|| {
                let name = crate::types::escape::visible(&name);
                Error::new(format!("unresolvable CDI devices {name}"))
            })?;
            for edits in edits {
                self.edit(&mut record, edits)?;
            }
        }
        Ok(record)
    }

    fn edit(&self, record: &mut ContainerRecord, edits: &cdi::Edits) -> Result<(), Error> {
        for entry in &edits.env {
            let key = entry.split_once('=').map_or(entry.as_str(), |(key, _)| key);
            let same = |old: &String| old.split_once('=').map_or(old.as_str(), |(k, _)| k) == key;
            record.env.retain(|old| !same(old));
            record.env.push(entry.clone());
        }
        for node in &edits.device_nodes {
            record.request.devices.push(Device {
                host: PathBuf::from(node.host_path.as_ref().unwrap_or(&node.path)),
                container: node.path.clone(),
                access: node.permissions.clone().unwrap_or_else(|| "rwm".to_owned()),
            });
        }
        for mount in &edits.mounts {
            let has = |word: &str| mount.options.iter().any(|option| option == word);
            record.mounts.push(Mount {
                source: MountSource::Bind(PathBuf::from(&mount.host_path)),
                target: mount.container_path.clone(),
                read_only: has("ro"),
                no_exec: has("noexec"),
                non_recursive: !has("rbind"),
                ..Mount::default()
            });
        }
        for hook in &edits.hooks {
            // They would run on the host, before the container's own protections stand.
            let path = crate::types::escape::visible(&hook.path);
            self.warn(&format!(
                "the CDI hook {path} {} is not run",
                hook.args.join(" ")
            ));
        }
        record
            .request
            .group_add
            .extend(edits.groups.iter().map(u32::to_string));
        expand(&mut record.request)
    }
}
