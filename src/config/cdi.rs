//! Devices of the Container Device Interface: what its files say a device takes.
//!
//! CDI specification 0.8, "CDI JSON Specification": files in /etc/cdi and /var/run/cdi, JSON or
//! YAML. Only files of the user's or root's that nobody else can write are read (S-115): they
//! decide which files of the host a container sees.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::Error;
use crate::config::environment::is_absent;
use crate::config::file::read as read_file;

/// Where the specification looks.
const FOLDERS: [&str; 2] = ["/etc/cdi", "/var/run/cdi"];

/// What a container gets with a device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Edits {
    pub env: Vec<String>,
    pub device_nodes: Vec<DeviceNode>,
    pub mounts: Vec<Mount>,
    pub hooks: Vec<Hook>,
    #[serde(rename = "additionalGids")]
    pub groups: Vec<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeviceNode {
    pub path: String,
    pub host_path: Option<String>,
    pub permissions: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Mount {
    pub host_path: String,
    pub container_path: String,
    pub options: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Hook {
    pub hook_name: String,
    pub path: String,
    pub args: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    kind: String,
    #[serde(default)]
    devices: Vec<Device>,
    #[serde(default)]
    container_edits: Edits,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Device {
    name: Name,
    #[serde(default)]
    container_edits: Edits,
}

/// A name of digits is a number in YAML.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(u64),
}

impl Name {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Text(text) => text == name,
            Self::Number(number) => number.to_string() == name,
        }
    }
}

/// Every device that files describe.
pub struct Devices {
    files: Vec<File>,
}

impl Devices {
    /// Reads the files of the folders; those named later count more.
    pub fn read(folders: &[PathBuf]) -> Result<Self, Error> {
        let usual = FOLDERS.map(PathBuf::from);
        let folders = if folders.is_empty() { &usual } else { folders };
        let mut files = Vec::new();
        for folder in folders.iter().rev() {
            let failed = |source| Error::Read {
                path: folder.clone(),
                source,
            };
            let entries = match fs::read_dir(folder) {
                Ok(entries) => entries,
                Err(error) if is_absent(&error) => continue, // most machines have none
                Err(error) => return Err(failed(error)),
            };
            let paths = entries.map(|entry| entry.map(|entry| entry.path()));
            let mut paths = paths.collect::<Result<Vec<PathBuf>, _>>().map_err(failed)?;
            paths.sort_unstable();
            for path in paths {
                let extension = path.extension().and_then(|word| word.to_str());
                if matches!(extension, Some("json" | "yaml" | "yml")) {
                    files.push(read(&path)?);
                }
            }
        }
        Ok(Self { files })
    }

    /// Finds a device by its whole name, or `gpu=NAME` of the vendor there is.
    pub fn find(&self, name: &str) -> Option<Vec<&Edits>> {
        let (kind, device) = name.split_once('=')?;
        let kind = if kind.contains('/') {
            kind
        } else {
            self.kind_of(kind)?
        };
        let files = self.files.iter().filter(|file| file.kind == kind);
        for file in files {
            let found = file.devices.iter().find(|one| one.name.is(device));
            if let Some(found) = found {
                return Some(vec![&file.container_edits, &found.container_edits]);
            }
        }
        None
    }

    /// The vendor whose class this is; NVIDIA before AMD before others: podman-run(1), "--gpus".
    fn kind_of(&self, class: &str) -> Option<&str> {
        let kinds = self.files.iter().map(|file| file.kind.as_str());
        let of_class = |kind: &&str| kind.split_once('/').is_some_and(|(_, c)| c == class);
        let rank = |kind: &&str| match *kind {
            kind if kind.starts_with("nvidia.com/") => 0,
            kind if kind.starts_with("amd.com/") => 1,
            _ => 2,
        };
        kinds.filter(of_class).min_by_key(rank)
    }
}

fn read(path: &Path) -> Result<File, Error> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    let Some(bytes) = read_file(path)? else {
        return Err(failed(std::io::ErrorKind::NotFound.into()));
    };
    let text = String::from_utf8(bytes).map_err(|_| Error::content(path, "is not UTF-8"))?;
    // JSON is a part of YAML.
    let parsed: Result<File, _> = serde_saphyr::from_str(&text);
    let parsed = parsed.map_err(|error| Error::content(path, error.to_string()))?;
    let well = parsed
        .kind
        .split_once('/')
        .is_some_and(|(vendor, class)| !vendor.is_empty() && !class.is_empty());
    if !well {
        return Err(Error::content(path, "its kind is not VENDOR/CLASS"));
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn devices_are_found_in_json_and_yaml() {
        let folder = std::env::temp_dir().join(format!("coracle-cdi-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("made");
        let yaml = "cdiVersion: \"0.5.0\"\nkind: amd.com/gpu\ndevices:\n- name: 0\n  containerEdits:\n    \
                    deviceNodes:\n    - path: /dev/kfd\n      permissions: rw\n- name: all\n  containerEdits: {}\n\
                    containerEdits:\n  env:\n  - A=1\n";
        fs::write(folder.join("a.yaml"), yaml).expect("written");
        let json = r#"{"cdiVersion":"0.5.0","kind":"example.com/net","devices":[{"name":"x",
            "containerEdits":{"mounts":[{"hostPath":"/a","containerPath":"/b","options":["ro"]}]}}]}"#;
        fs::write(folder.join("b.json"), json).expect("written");
        fs::write(folder.join("c.txt"), "ignored").expect("written");
        let folders = [folder.clone()];
        let devices = Devices::read(&folders).expect("read");
        for (name, found) in [
            ("amd.com/gpu=0", true),
            ("gpu=all", true),
            ("example.com/net=x", true),
            ("example.com/net=y", false),
            ("nvidia.com/gpu=0", false),
            ("net", false),
        ] {
            assert_eq!(devices.find(name).is_some(), found, "{name}");
        }
        let edits = devices.find("gpu=0").expect("as above");
        assert_eq!(edits[0].env, ["A=1"]);
        assert_eq!(edits[1].device_nodes[0].path, "/dev/kfd");
        let open = fs::Permissions::from_mode(0o666);
        fs::set_permissions(folder.join("b.json"), open).expect("set");
        assert!(Devices::read(&folders).is_err());
        fs::remove_dir_all(&folder).expect("removed");
    }
}
