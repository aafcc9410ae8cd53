//! `generate spec`: what a container was told, as Podman's specgen writes it.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::list::filter;
use crate::cli::list::row::ports_json;
use crate::cli::output::{self, template};
use crate::engine::{Container, Engine};
use crate::types::request::{Mount, MountSource, NamespaceMode, RestartPolicy};

/// Print what a container was told, as JSON
#[derive(Debug, Clone, Args)]
pub struct SpecArgs {
    /// Print it in one line
    #[arg(long, short)]
    pub compact: bool,
    /// Write it to this file
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub filename: Option<PathBuf>,
    /// Leave the name as it is instead of the next free one
    #[arg(long, short)]
    pub name: bool,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub container: String,
}

/// `generate spec`
pub fn spec(engine: &Engine, args: &SpecArgs) -> Result<u8, Error> {
    let container = engine.container(&args.container)?;
    let name = match args.name {
        true => container.record.name.to_string(),
        false => format!("{}-clone", container.record.name),
    };
    let document = document(&container, &name);
    let text = match args.compact {
        true => format!("{document}\n"),
        false => template::pretty_json(&document, 1),
    };
    match &args.filename {
        None => output::text(&text)?,
        Some(path) => {
            std::fs::write(path, text).map_err(|source| Error::File {
                doing: "writing",
                path: path.clone(),
                source,
            })?;
            output::line(&path.to_string_lossy())?;
        }
    }
    Ok(exit::SUCCESS)
}

/// The fields of specgen that say something; empty ones are left out, as Go's `omitempty` does.
fn document(container: &Container, name: &str) -> Value {
    let record = &container.record;
    let request = &record.request;
    let env: Map<String, Value> = record
        .env
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    let mounts = record.mounts.iter();
    let volumes: Vec<Value> = mounts.clone().filter_map(volume).collect();
    let mounts: Vec<Value> = mounts.filter_map(bind).collect();
    let restart = match request.restart {
        RestartPolicy::No => "",
        ref policy => filter::restart(policy),
    };
    let mut document = json!({
        "name": name,
        "entrypoint": request.entrypoint,
        "command": request.command,
        "env": env,
        "terminal": request.tty,
        "stdin": request.interactive,
        "labels": record.labels,
        "annotations": request.annotations,
        "stop_signal": request.stop_signal,
        "stop_timeout": request.stop_timeout,
        "restart_policy": restart,
        "remove": request.remove,
        "hostname": request.hostname,
        "user": record.user,
        "groups": request.group_add,
        "work_dir": record.workdir,
        "umask": request.umask.map(|umask| format!("{umask:04o}")),
        "timezone": request.time_zone,
        "privileged": request.privileged,
        "read_only_filesystem": request.read_only,
        "init": request.init,
        "cap_add": request.cap_add,
        "cap_drop": request.cap_drop,
        "sysctl": request.sysctls,
        "shm_size": request.shm_size.unwrap_or(65_536_000),
        "dns_server": request.dns,
        "dns_search": request.dns_search,
        "dns_option": request.dns_options,
        "publish_image_ports": request.publish_all,
        "portmappings": ports_json(&record.ports),
        "volumes": volumes,
        "mounts": mounts,
        "containerCreateCommand": request.create_command,
        "image": record.image_hex(),
        "pidns": mode(&request.pid_mode),
        "ipcns": mode(&request.ipc_mode),
        "utsns": mode(&request.uts_mode),
        "cgroupns": mode(&request.cgroup_mode),
        "netns": {"nsmode": filter::network(&request.network)},
    });
    if let Some(root) = &request.rootfs {
        document["rootfs"] = root.path.to_string_lossy().into();
        document["rootfs_overlay"] = root.overlay.into();
    }
    if let Some(object) = document.as_object_mut() {
        object.retain(|_, value| !is_empty(value));
    }
    document
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(yes) => !yes,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
        Value::Number(_) => false,
    }
}

fn mode(mode: &NamespaceMode) -> Value {
    match mode {
        NamespaceMode::Host => json!({"nsmode": "host"}),
        NamespaceMode::Container(name) => json!({"nsmode": "container", "value": name}),
        _ => json!({"nsmode": "private"}),
    }
}

fn access(mount: &Mount) -> &'static str {
    if mount.read_only { "ro" } else { "rw" }
}

fn volume(mount: &Mount) -> Option<Value> {
    match &mount.source {
        MountSource::Volume(name) => Some(json!({
            "Name": name, "Dest": mount.target, "Options": [access(mount)],
        })),
        _ => None,
    }
}

fn bind(mount: &Mount) -> Option<Value> {
    match &mount.source {
        MountSource::Bind(path) => Some(json!({
            "type": "bind", "source": path, "destination": mount.target,
            "options": [access(mount), "rbind"],
        })),
        MountSource::Tmpfs { .. } => Some(json!({
            "type": "tmpfs", "source": "tmpfs", "destination": mount.target,
            "options": [access(mount)],
        })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::list::sample;

    #[test]
    fn what_was_told_is_told_again() {
        let document = document(&sample::created(), "web-clone");
        for (path, wanted) in [
            ("/name", json!("web-clone")),
            ("/env/A", json!("b")),
            ("/volumes/0/Name", json!("vol")),
            ("/portmappings/0/host_port", json!(8080)),
            ("/netns/nsmode", json!("pasta")),
        ] {
            assert_eq!(document.pointer(path), Some(&wanted), "{path}");
        }
        assert_eq!(document.get("privileged"), None);
    }
}
