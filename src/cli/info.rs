//! `info` and `version`: what this machine offers, and who we are.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::template::{Kind, Kinds};
use crate::cli::output::{self, template, yaml};
use crate::cli::run::security;
use crate::engine::{Engine, Info};

/// Show what this machine offers to containers
#[derive(Debug, Clone, Args)]
pub struct InfoArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
}

const KINDS: Kinds = &[
    ("Registries.search", Kind::Alias("Search")),
    ("Store.GraphOptions", Kind::Map),
    ("Store.GraphStatus", Kind::Map),
];

/// `info`
pub fn info(engine: &Engine, args: &InfoArgs) -> Result<u8, Error> {
    let facts = engine.info()?;
    let document = document(&facts);
    let text = match args.format.as_deref() {
        None => yaml::write(&document),
        Some(format) if template::is_json(format) => template::pretty_json(&document, 2),
        Some(format) => template::one(format, &capitalised(&document), KINDS)?,
    };
    output::text(&text)?;
    Ok(exit::SUCCESS)
}

/// Returns Podman's tree of facts, with ours beside them.
fn document(info: &Info) -> Value {
    json!({
        "host": host(info),
        "store": store(info),
        "registries": registries(info),
        "plugins": {
            "log": ["k8s-file", "json-file", "none", "passthrough", "journald"],
            "network": ["pasta", "slirp4netns", "host", "none"],
            "volume": ["local"],
        },
        "version": version_facts(),
    })
}

fn host(info: &Info) -> Value {
    let map = |extents: &[(u32, u32, u32)]| -> Value {
        let each = extents.iter().map(|(inside, outside, count)| {
            json!({"container_id": inside, "host_id": outside, "size": count})
        });
        each.collect()
    };
    json!({
        "arch": info.architecture,
        "buildahVersion": crate::cli::build::LIKE_BUILDAH,
        "cgroupControllers": info.cgroup_controllers,
        "cgroupManager": info.cgroup_manager,
        "cgroupVersion": info.cgroup_version,
        "cpus": info.cpus,
        "databaseBackend": "none",
        "distribution": {"distribution": info.os, "version": info.os_version},
        "eventLogger": info.event_logger,
        "hints": info.hints,
        "hostname": info.hostname,
        "idMap": info.id_map,
        "idMappings": {"gidmap": map(&info.gid_map), "uidmap": map(&info.uid_map)},
        "ids": info.ids,
        "kernel": info.kernel,
        "logDriver": info.log_driver,
        "memFree": info.memory_free,
        "memTotal": info.memory_total,
        "networkBackend": "",
        "ociRuntime": {"name": "coracle", "path": own_path(), "version": env!("CARGO_PKG_VERSION")},
        "os": "linux",
        "rootlessNetworkCmd": info.network,
        "remoteSocket": {"path": "", "exists": false},
        "security": {
            "apparmorEnabled": false,
            "capabilities": info.capabilities,
            "rootless": info.rootless,
            "seccompEnabled": true,
            "seccompProfilePath": "",
            "selinuxEnabled": false,
        },
        "serviceIsRemote": false,
        "swapFree": info.swap_free,
        "swapTotal": info.swap_total,
        "uptime": info.uptime,
    })
}

/// The runtime is this program.
fn own_path() -> String {
    let path = std::env::current_exe().unwrap_or_default();
    path.to_string_lossy().into_owned()
}

fn store(info: &Info) -> Value {
    json!({
        "backingFilesystem": info.store_filesystem,
        "containerStore": {
            "number": info.containers,
            "paused": info.paused,
            "running": info.running,
            "stopped": info.stopped,
        },
        "graphDriverName": "overlay",
        "graphOptions": graph_options(info),
        "graphRoot": info.root.to_string_lossy(),
        "graphRootAllocated": info.store_total,
        "graphRootUsed": info.store_used,
        "graphStatus": {
            "Backing Filesystem": info.store_filesystem,
            "Native Overlay Diff": (info.overlay == "overlay").to_string(),
            "Supports d_type": "true",
            "Supports volatile": "true",
        },
        "imageStore": {"number": info.images},
        "overlay": info.overlay,
        "runRoot": info.runroot.to_string_lossy(),
        "volumePath": info.root.join("volumes").to_string_lossy(),
    })
}

fn graph_options(info: &Info) -> Value {
    let mut options = Map::new();
    if let Some(path) = &info.mount_program {
        let program = json!({"Executable": path.to_string_lossy()});
        options.insert("overlay.mount_program".to_owned(), program);
    }
    let stores: Vec<_> = info
        .image_stores
        .iter()
        .map(|p| p.to_string_lossy())
        .collect();
    if let Some(last) = stores.last() {
        // Podman says both: the list, and the word that was said last.
        options.insert("overlay.imagestore".to_owned(), json!(last));
        options.insert("overlay.additionalImageStores".to_owned(), json!(stores));
    }
    Value::Object(options)
}

fn registries(info: &Info) -> Value {
    if info.registries.is_empty() {
        return json!({});
    }
    json!({"search": info.registries})
}

/// Templates name Go's fields, which begin with a capital: `{{.Host.CgroupVersion}}`.
fn capitalised(document: &Value) -> Value {
    match document {
        Value::Object(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                let value = capitalised(value);
                for name in go_names(key) {
                    out.insert(name, value.clone());
                }
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(capitalised).collect(),
        other => other.clone(),
    }
}

fn go_names(key: &str) -> Vec<String> {
    // An option of a driver is the key of a map.
    if key.contains('.') {
        return vec![key.to_owned()];
    }
    let mut chars = key.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let name = format!("{first}{}", chars.as_str());
    // Go's initialisms, where Podman's structs use them.
    let initialism = match key {
        "ociRuntime" => Some("OCIRuntime"),
        "idMappings" => Some("IDMappings"),
        "uidmap" => Some("UIDMap"),
        "gidmap" => Some("GIDMap"),
        "cgroupVersion" => Some("CgroupsVersion"),
        "cpus" => Some("CPUs"),
        "os" => Some("OS"),
        _ => None,
    };
    [Some(name), initialism.map(str::to_owned)]
        .into_iter()
        .flatten()
        .collect()
}

/// Show the version
#[derive(Debug, Clone, Args)]
pub struct VersionArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// `version`
pub fn version(args: &VersionArgs) -> Result<u8, Error> {
    let facts = version_facts();
    let text = match args.format.as_deref() {
        Some(format) if template::is_json(format) => {
            template::pretty_json(&json!({"Client": facts}), 2)
        }
        Some(format) => {
            let mut both = json!({"Client": facts, "Server": facts});
            // Podman takes `{{.Version}}` for the client's.
            if let (Some(all), Some(client)) = (both.as_object_mut(), facts.as_object()) {
                all.extend(client.clone());
            }
            template::one(format, &both, &[])?
        }
        None => {
            let word = |key: &str| facts[key].as_str().unwrap_or_default().to_owned();
            let lines = [
                ("Client:", "Coracle Engine".to_owned()),
                ("Version:", word("Version")),
                ("OS/Arch:", word("OsArch")),
            ];
            lines
                .map(|(name, value)| format!("{name:<14}{value}\n"))
                .concat()
        }
    };
    output::text(&text)?;
    Ok(exit::SUCCESS)
}

fn version_facts() -> Value {
    let arch = security::of_this_machine();
    json!({
        "APIVersion": env!("CARGO_PKG_VERSION"),
        "Version": env!("CARGO_PKG_VERSION"),
        "GoVersion": "",
        "GitCommit": "",
        "BuiltTime": "",
        "Built": 0,
        "OsArch": format!("linux/{arch}"),
        "Os": "linux",
    })
}
