//! The `HostConfig` part of an inspected container: what the request asked of the host.

use serde_json::{Map, Value, json};

use crate::cli::inspect::container::{options, shown};
use crate::cli::inspect::resources;
use crate::cli::list::filter;
use crate::cli::output::human;
use crate::engine::Container;
use crate::types::ids::IdExtent;
use crate::types::request::{
    Device, IpcSharing, MountSource, NamespaceMode, Network, RestartPolicy, Seccomp, Ulimit,
    UserNamespace,
};

/// Returns `{"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}`.
pub fn port_bindings(container: &Container) -> Value {
    let mut bindings = Map::new();
    for mapping in &container.record.ports {
        for offset in 0..mapping.range.max(1) {
            let inside = u32::from(mapping.container_port) + u32::from(offset);
            let outside = u32::from(mapping.host_port) + u32::from(offset);
            let key = format!("{inside}/{}", mapping.protocol.as_str());
            let ip = mapping
                .host_ip
                .map_or("0.0.0.0".to_owned(), |ip| ip.to_string());
            let binding = json!({"HostIp": ip, "HostPort": outside.to_string()});
            let list = bindings.entry(key).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(binding);
            }
        }
    }
    Value::Object(bindings)
}

fn mode(mode: &NamespaceMode, private: &str) -> String {
    match mode {
        NamespaceMode::Private => private.to_owned(),
        NamespaceMode::Host => "host".to_owned(),
        NamespaceMode::Container(name) => format!("container:{name}"),
        NamespaceMode::Path(path) => format!("ns:{}", path.display()),
    }
}

fn ipc_word(sharing: IpcSharing) -> &'static str {
    match sharing {
        IpcSharing::Shareable => "shareable",
        IpcSharing::Private => "private",
        IpcSharing::None => "none",
    }
}

/// Returns the `--network` word again.
pub fn network_mode(network: &Network) -> String {
    match network {
        Network::Container(name) => format!("container:{name}"),
        Network::Path(path) => format!("ns:{}", path.display()),
        other => filter::network(other).to_owned(),
    }
}

/// Podman's word: "private" whatever made the maps.
fn userns_mode(mode: &UserNamespace) -> String {
    match mode {
        UserNamespace::Host => String::new(),
        UserNamespace::Container(name) => format!("container:{name}"),
        UserNamespace::Path(path) => format!("ns:{}", path.display()),
        _ => "private".to_owned(),
    }
}

/// `{"UidMap": ["0:1:1000"], …}`, absent without a map of its own.
fn id_mappings(container: &Container) -> Value {
    let Some(maps) = &container.record.ids else {
        return Value::Null;
    };
    let words = |extents: &[IdExtent]| -> Vec<String> {
        let words = extents
            .iter()
            .map(|e| format!("{}:{}:{}", e.inside, e.outside, e.count));
        words.collect()
    };
    json!({"UidMap": words(&maps.uid), "GidMap": words(&maps.gid)})
}

pub fn host_config(container: &Container) -> Value {
    let request = &container.record.request;
    let retries = match request.restart {
        RestartPolicy::OnFailure(times) => times.unwrap_or(0),
        _ => 0,
    };
    let hosts = request
        .add_hosts
        .iter()
        .map(|(name, ip)| format!("{name}:{ip}"));
    let mut object = json!({
        "Binds": binds(container),
        "CgroupMode": mode(&request.cgroup_mode, "private"),
        "ContainerIDFile": request.cidfile.as_deref().map_or_else(String::new, super::container::shown),
        "LogConfig": log_config(container),
        "NetworkMode": network_mode(&request.network),
        "PortBindings": port_bindings(container),
        "RestartPolicy": {
            "Name": filter::restart(&request.restart),
            "MaximumRetryCount": retries,
        },
        "AutoRemove": request.remove,
        "AutoRemoveImage": request.remove_image,
        "Annotations": request.annotations,
        "VolumeDriver": "",
        "VolumesFrom": null,
        "CapAdd": request.cap_add,
        "CapDrop": request.cap_drop,
        "Dns": request.dns,
        "DnsOptions": request.dns_options,
        "DnsSearch": request.dns_search,
        "ExtraHosts": hosts.collect::<Vec<_>>(),
        "GroupAdd": request.group_add,
        "IpcMode": mode(&request.ipc_mode, ipc_word(request.ipc_sharing)),
        "Cgroup": "",
        "Links": null,
        "OomScoreAdj": request.oom_score_adj.unwrap_or(0),
        "PidMode": mode(&request.pid_mode, "private"),
        "Privileged": request.privileged,
        "PublishAllPorts": request.publish_all,
        "ReadonlyRootfs": request.read_only,
        "SecurityOpt": security(container),
        "Tmpfs": tmpfs(container),
        "UTSMode": mode(&request.uts_mode, "private"),
        "UsernsMode": userns_mode(&request.userns),
        "IDMappings": id_mappings(container),
        "ShmSize": request.shm_size.unwrap_or(65_536_000),
        "Runtime": "coracle",
        "Init": request.init,
        "Devices": request.devices.iter().map(device).collect::<Vec<_>>(),
        "Ulimits": request.ulimits.iter().map(ulimit).collect::<Vec<_>>(),
    });
    if let Value::Object(map) = &mut object {
        map.extend(resources::limits(container));
    }
    elsewhere(&mut object);
    object
}

/// Keys of Docker on other systems: Podman shows them empty too.
fn elsewhere(object: &mut Value) {
    object["ConsoleSize"] = json!([0, 0]);
    for key in [
        "CpuCount",
        "CpuPercent",
        "DiskQuota",
        "IOMaximumBandwidth",
        "IOMaximumIOps",
    ] {
        object[key] = json!(0);
    }
    object["Isolation"] = json!("");
}

pub fn ulimit(limit: &Ulimit) -> Value {
    let name = format!("RLIMIT_{}", limit.name.to_ascii_uppercase());
    // Podman's numbers are signed: -1 is without limit.
    json!({"Name": name, "Soft": limit.soft.cast_signed(), "Hard": limit.hard.cast_signed()})
}

fn device(device: &Device) -> Value {
    json!({
        "PathOnHost": shown(&device.host),
        "PathInContainer": device.container,
        "CgroupPermissions": device.access,
    })
}

fn binds(container: &Container) -> Vec<String> {
    let mounts = container.record.mounts.iter();
    let binds = mounts.filter_map(|mount| {
        let source = match &mount.source {
            MountSource::Bind(path) => shown(path),
            MountSource::Volume(name) => name.clone(),
            MountSource::Anonymous
            | MountSource::Tmpfs(_)
            | MountSource::Image(_)
            | MountSource::Artifact(_)
            | MountSource::Devpts(_) => return None,
        };
        let access = if mount.read_only { "ro" } else { "rw" };
        let propagation = mount.propagation.as_deref().unwrap_or("rprivate");
        let options = [&[access, propagation][..], &options(mount)].concat();
        Some(format!("{source}:{}:{}", mount.target, options.join(",")))
    });
    binds.collect()
}

fn tmpfs(container: &Container) -> Value {
    let mounts = container.record.mounts.iter();
    let all = mounts.filter_map(|mount| {
        let MountSource::Tmpfs(tmpfs) = &mount.source else {
            return None;
        };
        let access = if mount.read_only { "ro" } else { "rw" };
        let mut words = vec![access.to_owned(), "rprivate".to_owned()];
        words.extend(options(mount).into_iter().map(str::to_owned));
        words.extend(tmpfs.size.map(|size| format!("size={size}")));
        words.extend(tmpfs.mode.map(|mode| format!("mode={mode:o}")));
        words.extend(tmpfs.options.iter().cloned());
        Some((mount.target.clone(), words.join(",").into()))
    });
    Value::Object(all.collect())
}

fn log_config(container: &Container) -> Value {
    let log = &container.record.request.log;
    let driver = log.driver.as_str();
    let path = match log.driver.writes_file() {
        true => shown(&container.log_path),
        false => String::new(),
    };
    json!({
        "Type": driver,
        "Config": null,
        "Path": path,
        "Tag": log.tag.clone().unwrap_or_default(),
        "Size": human::size(log.max_size.unwrap_or(0), 4),
    })
}

/// Returns the `--security-opt` words again.
fn security(container: &Container) -> Vec<String> {
    let security = &container.record.request.security;
    let mut words = Vec::new();
    if security.no_new_privileges {
        words.push("no-new-privileges".to_owned());
    }
    match &security.seccomp {
        Seccomp::Default | Seccomp::Image | Seccomp::Text(_) => {}
        Seccomp::Unconfined => words.push("seccomp=unconfined".to_owned()),
        Seccomp::Profile(path) => words.push(format!("seccomp={}", path.display())),
    }
    words.extend(security.labels.iter().map(|label| format!("label={label}")));
    words.extend(
        security
            .apparmor
            .iter()
            .map(|name| format!("apparmor={name}")),
    );
    words.extend(security.mask.iter().map(|path| format!("mask={path}")));
    words.extend(security.unmask.iter().map(|path| format!("unmask={path}")));
    words
}
