//! What `inspect` shows of a container.
//!
//! The keys are Podman's. A key whose fact does not exist here, such as a pod, has Go's empty
//! value; limits that cannot be set yet are left out.

use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use serde_json::{Map, Value, json};

use crate::cli::inspect::{health, host, resources};
use crate::cli::list::row::mount_kind;
use crate::cli::words::signal;
use crate::engine::{CapabilityNames, Container, Image};
use crate::types::health::{DEFAULT_LOG_COUNT, DEFAULT_LOG_SIZE};
use crate::types::network::{DEFAULT, Joined};
use crate::types::request::{Mount, MountSource, Network};
use crate::types::secret::{GrantedSecret, SecretForm};
use crate::types::{ContainerRecord, ExitRecord, RunRequest, Status, Timestamp};

/// Go's zero time.
const NEVER: &str = "0001-01-01T00:00:00Z";

/// Returns Podman's document of a container.
pub fn document(
    container: &Container,
    image: Option<&Image>,
    capabilities: &CapabilityNames,
) -> Value {
    let record = &container.record;
    let (path, args) = match record.argv.split_first() {
        Some((path, args)) => (path.as_str(), args),
        None => ("", &[][..]),
    };
    json!({
        "Id": record.id.as_str(),
        "Created": record.created.local(),
        "Path": path,
        "Args": args,
        "State": state(container),
        "Image": record.image_hex(),
        "ImageDigest": record.image_digest,
        "ImageName": record.image_name,
        "Rootfs": record.request.rootfs.as_ref().map_or_else(String::new, |root| shown(&root.path)),
        "Pod": "",
        "ResolvConfPath": runtime_file(container, "resolv.conf"),
        "HostnamePath": runtime_file(container, "hostname"),
        "HostsPath": runtime_file(container, "hosts"),
        "OCIConfigPath": shown(&container.directory.join("config.json")),
        "StaticDir": container.directory.to_string_lossy(),
        "OCIRuntime": runtime_word(record),
        "ConmonPidFile": record.request.monitor_pidfile.as_deref().map_or(String::new(), shown),
        "PidFile": record.request.pidfile.as_deref().map_or(String::new(), shown),
        "Name": record.name.as_str(),
        "RestartCount": container.run.as_ref().map_or(0, |run| run.restarts),
        "Driver": "overlay",
        "MountLabel": "",
        "ProcessLabel": "",
        "AppArmorProfile": record.request.security.apparmor.clone().unwrap_or_default(),
        "EffectiveCaps": capabilities.effective,
        "BoundingCaps": capabilities.bounding,
        "ExecIDs": container.exec_ids,
        "GraphDriver": {"Name": "overlay", "Data": {}},
        "Mounts": mounts(container),
        "Dependencies": dependencies(container),
        "NetworkSettings": network_settings(container),
        "Namespace": "",
        "IsInfra": false,
        "IsService": false,
        "KubeExitCodePropagation": "invalid",
        "lockNumber": 0,
        "Config": config(container, image),
        "HostConfig": host::host_config(container),
        "UseImageHosts": record.request.no_hosts,
        "UseImageHostname": record.request.no_hostname,
    })
}

fn runtime_word(record: &ContainerRecord) -> &str {
    let theirs = record.runtime.as_ref().map(|runtime| runtime.name.as_str());
    record
        .runtime_word
        .as_deref()
        .or(theirs)
        .unwrap_or("coracle")
}

pub fn shown(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

fn running(container: &Container) -> bool {
    matches!(
        container.status,
        Status::Running | Status::Paused | Status::Stopping
    )
}

fn runtime_file(container: &Container, name: &str) -> String {
    match &container.run {
        Some(run) if running(container) => shown(&run.runtime_dir.join(name)),
        _ => String::new(),
    }
}

fn state(container: &Container) -> Value {
    let run = container.run.as_ref();
    let exit = container.exit.as_ref();
    let time = |moment: Option<Timestamp>| moment.map_or(NEVER.to_owned(), Timestamp::local);
    let alive = running(container);
    json!({
        "OciVersion": "1.2.0",
        "Status": container.status.as_str(),
        "Running": container.status == Status::Running,
        "Paused": container.status == Status::Paused,
        "Restarting": false,
        "StoppedByUser": container.stopped_by_user,
        "OOMKilled": exit.is_some_and(|exit| exit.oom_killed),
        "Dead": false,
        "LogBytesLost": exit.map_or(0, |exit| exit.log_lost),
        "Pid": run.filter(|_| alive).map_or(0, |run| run.init.pid),
        "ConmonPid": run.filter(|_| alive).map_or(0, |run| run.monitor.pid),
        "ExitCode": exit.filter(|_| !alive).map_or(0, ExitRecord::shown_code),
        "Error": exit.filter(|_| !alive).map_or("", |exit| exit.error.as_str()),
        "StartedAt": time(run.map(|run| run.started)),
        "FinishedAt": time(exit.map(|exit| exit.finished)),
        "CheckpointedAt": NEVER,
        "RestoredAt": NEVER,
        "Health": health::state(container.health.as_ref()),
        "Healthcheck": health::state(container.health.as_ref()),
        "CgroupPath": if alive { resources::group(container) } else { "" },
    })
}

/// Containers whose namespaces this one uses.
fn dependencies(container: &Container) -> Vec<&str> {
    container.record.request.dependencies()
}

/// Volumes, then images, then the rest; a tmpfs is the host configuration's only, as in Podman.
fn mounts(container: &Container) -> Vec<Value> {
    let mut shown: Vec<&Mount> = container.record.mounts.iter().collect();
    shown.retain(|mount| mount_kind(&mount.source) != "tmpfs");
    shown.sort_by_key(|mount| match mount_kind(&mount.source) {
        "volume" => 0,
        "image" => 1,
        _ => 2,
    });
    shown.iter().map(|it| mount(container, it)).collect()
}

fn mount(container: &Container, mount: &Mount) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    let kind = mount_kind(&mount.source);
    put("Type", kind.into());
    if let MountSource::Volume(name) = &mount.source {
        put("Name", name.as_str().into());
    }
    put("Source", source(container, &mount.source).into());
    put("Destination", mount.target.as_str().into());
    put("Driver", if kind == "volume" { "local" } else { "" }.into());
    put("Mode", "".into());
    put("Options", options(mount).into());
    put("RW", (!mount.read_only).into());
    let propagation = mount.propagation.as_deref().unwrap_or("rprivate");
    put("Propagation", propagation.into());
    Value::Object(object)
}

fn source(container: &Container, source: &MountSource) -> String {
    match source {
        MountSource::Bind(path) => shown(path),
        MountSource::Volume(name) => {
            // containers/<id> and volumes/<name>/_data stand below one store.
            let store = container.directory.parent().and_then(|dir| dir.parent());
            let store = store.map_or_else(PathBuf::new, PathBuf::from);
            shown(&store.join("volumes").join(name).join("_data"))
        }
        MountSource::Image(tree) => tree.image.clone(),
        MountSource::Artifact(file) => file.artifact.clone(),
        MountSource::Anonymous | MountSource::Tmpfs(_) | MountSource::Devpts(_) => String::new(),
    }
}

pub fn options(mount: &Mount) -> Vec<&'static str> {
    [
        (mount.no_exec, "noexec"),
        (mount.no_suid, "nosuid"),
        (mount.no_dev, "nodev"),
        (mount.non_recursive, "bind"),
        (
            !mount.non_recursive
                && matches!(mount.source, MountSource::Bind(_) | MountSource::Volume(_)),
            "rbind",
        ),
    ]
    .into_iter()
    .filter_map(|(set, word)| set.then_some(word))
    .collect()
}

/// What Podman shows of one named network.
fn joined_network(one: &Joined) -> Value {
    let of = |v6: bool| one.addresses.iter().find(|net| net.addr().is_ipv6() == v6);
    let gateway = |v6: bool| {
        let found = one.gateways.iter().find(|gateway| gateway.is_ipv6() == v6);
        found.map(IpAddr::to_string).unwrap_or_default()
    };
    let address = |v6| of(v6).map(|net| net.addr().to_string()).unwrap_or_default();
    let length = |v6| of(v6).map_or(0, IpNet::prefix_len);
    json!({
        "EndpointID": "",
        "Gateway": gateway(false),
        "IPAddress": address(false),
        "IPPrefixLen": length(false),
        "IPv6Gateway": gateway(true),
        "GlobalIPv6Address": address(true),
        "GlobalIPv6PrefixLen": length(true),
        "MacAddress": one.mac,
        "NetworkID": one.network,
        "DriverOpts": null,
        "IPAMConfig": null,
        "Links": null,
        "Aliases": one.aliases,
    })
}

/// Every named network the container is on, or will be.
fn joined_networks(container: &Container) -> Map<String, Value> {
    let run = container.run.as_ref().filter(|_| running(container));
    let now = run.map_or(&[][..], |run| run.network.joined.as_slice());
    let asked = container.record.request.network.attachments().iter();
    let asked = asked.map(|one| {
        let joined = now.iter().find(|joined| joined.network == one.network);
        let mut shown = joined.cloned().unwrap_or_else(|| Joined {
            network: one.network.clone(),
            aliases: one.aliases.clone(),
            ..Joined::default()
        });
        shown.aliases.extend(container.record.network_aliases());
        (one.network.clone(), joined_network(&shown))
    });
    asked.collect()
}

/// As Podman: none and host are shown like a network, and so is what connects a container alone
/// while it does not run.
fn nameless_network(container: &Container) -> Map<String, Value> {
    let network = &container.record.request.network;
    let shown = match network {
        Network::None | Network::Host => true,
        Network::Default | Network::Pasta(_) | Network::Slirp4netns(_) => !running(container),
        Network::Container(_) | Network::Path(_) | Network::Bridge(_) => false,
    };
    let name = host::network_mode(network);
    let empty = Joined {
        network: name.clone(),
        ..Joined::default()
    };
    let mut network = joined_network(&empty);
    network["Aliases"] = Value::Null;
    shown.then_some((name, network)).into_iter().collect()
}

fn network_settings(container: &Container) -> Value {
    let network = container.run.as_ref().map(|run| &run.network);
    let network = network.filter(|_| running(container));
    let networks = joined_networks(container);
    // As Podman: what only the default network gives is shown above all networks, too.
    let only_default = networks.len() == 1 && networks.contains_key(DEFAULT);
    let named = !networks.is_empty() && !only_default;
    let only = network
        .and_then(|network| network.joined.first())
        .filter(|_| !named);
    if let Some(one) = only {
        let mut shown = joined_network(one);
        for key in ["NetworkID", "DriverOpts", "IPAMConfig", "Links", "Aliases"] {
            shown.as_object_mut().expect("made an object").remove(key);
        }
        return settings_around(container, shown, networks);
    }
    let network = network.filter(|_| !named);
    let addresses = network.map_or(&[][..], |network| network.addresses.as_slice());
    let part = |address: Option<&String>| {
        let text = address.map(String::as_str).unwrap_or_default();
        let (ip, length) = text.split_once('/').unwrap_or((text, "0"));
        (ip.to_owned(), length.parse::<u8>().unwrap_or(0))
    };
    let (v4, v4_length) = part(addresses.iter().find(|a| !a.contains(':')));
    let (v6, v6_length) = part(addresses.iter().find(|a| a.contains(':')));
    let shown = json!({
        "EndpointID": "",
        "Gateway": network.and_then(|n| n.gateway.clone()).unwrap_or_default(),
        "IPAddress": v4,
        "IPPrefixLen": v4_length,
        "IPv6Gateway": "",
        "GlobalIPv6Address": v6,
        "GlobalIPv6PrefixLen": v6_length,
        "MacAddress": "",
    });
    settings_around(container, shown, networks)
}

/// Puts the rest around the addresses.
fn settings_around(container: &Container, mut shown: Value, networks: Map<String, Value>) -> Value {
    let request = &container.record.request;
    let sandbox = match &container.run {
        // The host's is nobody's sandbox.
        _ if request.network == Network::Host => String::new(),
        Some(run) if running(container) => format!("/proc/{}/ns/net", run.init.pid),
        _ => String::new(),
    };
    let networks = match networks.is_empty() {
        true => nameless_network(container),
        false => networks,
    };
    let rest = json!({
        "Bridge": "",
        "SandboxID": "",
        "HairpinMode": false,
        "LinkLocalIPv6Address": "",
        "LinkLocalIPv6PrefixLen": 0,
        "Ports": host::port_bindings(container),
        "SandboxKey": sandbox,
    });
    if let (Some(shown), Value::Object(rest)) = (shown.as_object_mut(), rest) {
        shown.extend(rest);
        // Podman leaves the key out where there is none.
        if !networks.is_empty() {
            shown.insert("Networks".to_owned(), networks.into());
        }
    }
    shown
}

/// Tells the entrypoint's words from the command's: the record holds both as one.
fn entrypoint(container: &Container, image: Option<&Image>) -> Vec<String> {
    let record = &container.record;
    let from_image = || image.and_then(|image| image.config.config.entrypoint.clone());
    let words = match &record.request.entrypoint {
        Some(words) => words.clone(),
        None => from_image().unwrap_or_default(),
    };
    if record.argv.starts_with(&words) {
        words
    } else {
        Vec::new()
    }
}

/// What Podman leaves out where nothing was said.
fn said(request: &RunRequest, config: &mut Value) {
    if let Some(zone) = &request.time_zone {
        config["Timezone"] = zone.as_str().into();
    }
    if !request.chroot_dirs.is_empty() {
        config["ChrootDirs"] = json!(request.chroot_dirs);
    }
}

fn config(container: &Container, image: Option<&Image>) -> Value {
    let record = &container.record;
    let request = &record.request;
    let entrypoint = entrypoint(container, image);
    let command = &record.argv[entrypoint.len()..];
    let umask = request.umask.unwrap_or(0o022);
    let ports = image.and_then(|image| image.config.config.exposed_ports.clone());
    let mut exposed: Map<String, Value> = Map::new();
    let asked = request.expose.iter().map(|port| match port.contains('/') {
        true => port.clone(),
        false => format!("{port}/tcp"),
    });
    for port in ports.unwrap_or_default().into_keys().chain(asked) {
        exposed.insert(port, json!({}));
    }
    let mut config = json!({
        "Hostname": record.hostname,
        "Domainname": "",
        "User": record.user,
        "AttachStdin": false,
        "AttachStdout": false,
        "AttachStderr": false,
        "Tty": request.tty,
        "OpenStdin": request.interactive,
        "StdinOnce": false,
        "Env": environment(record),
        "Cmd": command,
        "Image": record.image_name,
        "Volumes": null,
        "WorkingDir": record.workdir,
        "Entrypoint": entrypoint,
        "OnBuild": null,
        "Labels": record.labels,
        "Annotations": request.annotations,
        "StopSignal": signal::name(record.stop_signal),
        "Healthcheck": record.health.as_ref().map(health::config),
        "HealthcheckOnFailureAction": request.health.on_failure.as_str(),
        "StartupHealthCheck": request.health.startup.as_ref().map(health::startup),
        "HealthLogDestination": health::destination(&request.health),
        "HealthMaxLogCount": request.health.max_log_count.unwrap_or(DEFAULT_LOG_COUNT),
        "HealthMaxLogSize": request.health.max_log_size.unwrap_or(DEFAULT_LOG_SIZE),
        "CreateCommand": request.create_command,
        "Umask": format!("{umask:04o}"),
        "Timeout": request.timeout,
        "StopTimeout": request.stop_timeout.unwrap_or(10),
        "Passwd": true,
        "sdNotifyMode": request.sd_notify.as_str(),
        "sdNotifySocket": request.notify_socket.clone().unwrap_or_default(),
        "ExposedPorts": exposed,
    });
    said(request, &mut config);
    let files: Vec<Value> = record.secrets.iter().filter_map(secret).collect();
    if !files.is_empty() {
        config["Secrets"] = json!(files);
    }
    config
}

/// The environment; of variables that hold secrets only the names.
fn environment(record: &ContainerRecord) -> Vec<String> {
    let hidden: Vec<&str> = record.secrets.iter().filter_map(|s| s.variable()).collect();
    let mut env = record.env.clone();
    env.retain(|word| !hidden.contains(&word.split('=').next().unwrap_or_default()));
    env.extend(hidden.iter().map(|name| format!("{name}=*******")));
    env
}

/// A file with a secret; not what is in it.
fn secret(secret: &GrantedSecret) -> Option<Value> {
    match &secret.form {
        SecretForm::File(file) => Some(json!({
            "Name": secret.name,
            "ID": secret.id,
            "UID": file.uid,
            "GID": file.gid,
            "Mode": file.mode,
        })),
        SecretForm::Variable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::inspect::kinds;
    use crate::cli::list::sample;
    use crate::cli::output::template;

    #[test]
    fn facts_stand_under_podmans_keys() {
        let image = sample::image();
        let none = CapabilityNames::default();
        let running = document(&sample::running(), Some(&image), &none);
        let exited = document(&sample::exited(), None, &none);
        for (document, path, wanted) in [
            (&running, "/Path", json!("/bin/init")),
            (&running, "/Args", json!(["sleep", "100"])),
            (&running, "/State/Status", json!("running")),
            (&running, "/State/Pid", json!(42)),
            (&running, "/State/FinishedAt", json!(NEVER)),
            (&running, "/Config/Entrypoint", json!(["/bin/init"])),
            (&running, "/Config/Cmd", json!(["sleep", "100"])),
            (&running, "/Config/StopSignal", json!("SIGTERM")),
            (&running, "/Config/Tty", json!(true)),
            (&running, "/Config/CreateCommand/0", json!("coracle")),
            (&running, "/NetworkSettings/IPAddress", json!("10.0.2.15")),
            (&running, "/NetworkSettings/IPPrefixLen", json!(24)),
            (
                &running,
                "/NetworkSettings/GlobalIPv6Address",
                json!("fd00::15"),
            ),
            (&running, "/NetworkSettings/Gateway", json!("10.0.2.2")),
            (
                &running,
                "/NetworkSettings/Ports",
                json!({"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}),
            ),
            (
                &running,
                "/Mounts/0/Source",
                json!("/store/volumes/vol/_data"),
            ),
            (&running, "/Mounts/0/RW", json!(false)),
            (
                &running,
                "/HostConfig/Binds",
                json!(["vol:/data:ro,rprivate,rbind"]),
            ),
            (&running, "/HostConfig/NetworkMode", json!("pasta")),
            (&running, "/HostConfig/RestartPolicy/Name", json!("no")),
            (&exited, "/State/ExitCode", json!(137)),
            (&exited, "/State/OOMKilled", json!(true)),
            (&exited, "/State/Pid", json!(0)),
            (&exited, "/NetworkSettings/IPAddress", json!("")),
            (&exited, "/Config/Entrypoint", json!([])),
            (&exited, "/Config/Cmd", json!(["/bin/init", "sleep", "100"])),
        ] {
            assert_eq!(document.pointer(path), Some(&wanted), "{path}");
        }
    }

    #[test]
    fn templates_know_gos_names_too() {
        let document = document(&sample::running(), None, &CapabilityNames::default());
        for (format, wanted) in [
            ("{{.ID}}", format!("{}\n", "ab".repeat(32))),
            ("{{.Id}}", format!("{}\n", "ab".repeat(32))),
            ("{{.State.Running}} {{.Name}}", "true web\n".to_owned()),
            (
                "{{range .Mounts}}{{.Destination}}{{end}}",
                "/data\n".to_owned(),
            ),
            ("{{index .Config.Labels \"role\"}}", "web\n".to_owned()),
            (
                "{{(index .NetworkSettings.Ports \"80/tcp\" 0).HostPort}}",
                "8080\n".to_owned(),
            ),
        ] {
            assert_eq!(
                template::one(format, &document, kinds::CONTAINER).ok(),
                Some(wanted),
                "{format}"
            );
        }
    }

    #[test]
    fn ranges_of_ports_are_spelled_out() {
        let mut container = sample::created();
        container.record.ports[0].range = 2;
        let bindings = host::port_bindings(&container);
        assert_eq!(bindings["81/tcp"][0]["HostPort"], "8081");
    }
}
