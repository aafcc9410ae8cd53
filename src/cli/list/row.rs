//! One container as `ps` shows it: the fields of `--format json` and of templates.
//!
//! Names and forms are Podman's `ListContainer` and its reporter.

use serde_json::{Map, Value, json};

use crate::cli::list::filter;
use crate::cli::output::human;
use crate::engine::{Container, Size};
use crate::types::request::{MountSource, PortMapping};
use crate::types::{ExitRecord, Status, Timestamp};

/// Go's zero time in seconds since the epoch: 1 January of the year 1.
const GO_ZERO: i64 = -62_135_596_800;

/// The characters of a command that a list shows.
const MAX_COMMAND: usize = 17;

/// Returns the object of `--format json`.
pub fn json(container: &Container, now: Timestamp) -> Value {
    let record = &container.record;
    json!({
        "AutoRemove": record.request.remove,
        "CIDFile": cidfile(container),
        "Command": record.argv,
        "CreatedAt": human::ago(record.created, now),
        "Exited": container.status == Status::Exited,
        "ExitedAt": exited_at(container),
        "ExitCode": exit_code(container),
        "ExposedPorts": null,
        "Id": record.id.as_str(),
        "Image": record.image_name,
        "ImageID": record.image_hex(),
        "IsInfra": false,
        "Labels": record.labels,
        "Mounts": record.mounts.iter().map(|m| m.target.as_str()).collect::<Vec<_>>(),
        "Names": [record.name.as_str()],
        "Namespaces": {},
        "Networks": networks(container),
        "Pid": pid(container),
        "Pod": "",
        "PodName": "",
        "Ports": ports_json(&record.ports),
        "Restarts": restarts(container),
        "Size": null,
        "StartedAt": started_at(container),
        "State": container.status.as_str(),
        "Status": status(container, now),
        "Created": record.created.seconds(),
    })
}

fn cidfile(container: &Container) -> String {
    let path = container.record.request.cidfile.as_deref();
    path.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
}

/// Returns a size as the column has it: its own files, and with the image.
pub fn size(size: Size) -> String {
    let (own, whole) = (human::size(size.own, 3), human::size(size.whole, 3));
    format!("{own} (virtual {whole})")
}

/// Returns a size as JSON has it.
pub fn size_json(size: Size) -> Value {
    json!({ "rootFsSize": size.whole, "rwSize": size.own })
}

/// Returns the fields a template may name.
pub fn template(container: &Container, now: Timestamp, shorten: bool) -> Value {
    let record = &container.record;
    let command = record.argv.join(" ");
    let labels = record.labels.iter().map(|(k, v)| format!("{k}={v}"));
    let image_id = record.image_hex();
    let short = image_id.get(..12).unwrap_or_default();
    let mut row = Map::new();
    let mut put = |key: &str, value: Value| row.insert(key.to_owned(), value);
    put("AutoRemove", record.request.remove.into());
    put("CIDFile", cidfile(container).into());
    put(
        "Command",
        if shorten {
            shortened(&command)
        } else {
            command
        }
        .into(),
    );
    put("Created", record.created.go_local().into());
    put("CreatedAt", record.created.go_local().into());
    put("CreatedHuman", human::ago(record.created, now).into());
    put("ExitCode", exit_code(container).into());
    put("Exited", (container.status == Status::Exited).into());
    put("ExitedAt", exited_at(container).into());
    put("ExposedPorts", record.request.expose.join(",").into());
    let id = if shorten {
        record.id.short()
    } else {
        record.id.as_str()
    };
    put("ID", id.into());
    put("Id", id.into());
    put("Image", record.image_name.clone().into());
    put("ImageID", if shorten { short } else { &image_id }.into());
    put("IsInfra", false.into());
    put("Labels", labels.collect::<Vec<_>>().join(",").into());
    put("LabelMap", json!(record.labels));
    let mounts = record.mounts.iter().map(|m| Value::from(m.target.as_str()));
    put("Mounts", mounts.collect());
    put("Names", record.name.as_str().into());
    put("Networks", networks(container).join(",").into());
    put("Pid", pid(container).into());
    put("Pod", "".into());
    put("PodName", "".into());
    put("Ports", ports(&record.ports).into());
    put("Restarts", restarts(container).to_string().into());
    put("RunningFor", human::ago(record.created, now).into());
    put("StartedAt", started_at(container).into());
    put("State", container.status.as_str().into());
    put("Status", status(container, now).into());
    Value::Object(row)
}

fn shortened(command: &str) -> String {
    if command.chars().count() <= MAX_COMMAND {
        return command.to_owned();
    }
    let cut: String = command.chars().take(MAX_COMMAND).collect();
    format!("{cut}...")
}

/// Returns "Up 3 seconds", "Exited (0) 2 minutes ago", "Created".
pub fn status(container: &Container, now: Timestamp) -> String {
    if container.foreign {
        return "Of another machine".to_owned();
    }
    let since = |then: Timestamp| human::duration((now.0 - then.0).max(0));
    match container.status {
        Status::Running => match &container.run {
            Some(run) => format!("Up {}{}", since(run.started), health(container)),
            None => "Up".to_owned(),
        },
        Status::Exited => match &container.exit {
            Some(exit) => {
                let code = exit.shown_code();
                format!("Exited ({code}) {} ago", since(exit.finished))
            }
            None => "Exited".to_owned(),
        },
        other => {
            let word = other.as_str();
            format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..])
        }
    }
}

/// Returns " (healthy)" and the like, or nothing without a health check.
fn health(container: &Container) -> String {
    let state = container.health.as_ref();
    match state.filter(|state| !state.status.is_empty()) {
        Some(state) => format!(" ({})", state.status),
        None => String::new(),
    }
}

/// Returns "0.0.0.0:8080->80/tcp, …".
pub fn ports(mappings: &[PortMapping]) -> String {
    let each = mappings.iter().map(|m| {
        let ip = match m.host_ip {
            None => "0.0.0.0".to_owned(),
            Some(ip) => ip.to_string(),
        };
        let span = |first: u16| match m.range {
            0 | 1 => first.to_string(),
            count => format!("{first}-{}", u32::from(first) + u32::from(count) - 1),
        };
        let (host, container) = (span(m.host_port), span(m.container_port));
        format!("{ip}:{host}->{container}/{}", m.protocol.as_str())
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Returns the list of `--format json`; null without ports.
pub fn ports_json(mappings: &[PortMapping]) -> Value {
    if mappings.is_empty() {
        return Value::Null;
    }
    let each = mappings.iter().map(|m| {
        json!({
            "host_ip": m.host_ip.map_or(String::new(), |ip| ip.to_string()),
            "container_port": m.container_port,
            "host_port": m.host_port,
            "range": m.range,
            "protocol": m.protocol.as_str(),
        })
    });
    each.collect()
}

fn networks(container: &Container) -> Vec<&str> {
    // Podman lists networks with a name only; the modes of a rootless container are its own.
    match filter::network(&container.record.request.network) {
        "none" | "host" | "container" | "ns" => Vec::new(),
        "bridge" => {
            let named = container.record.request.network.attachments().iter();
            named.map(|one| one.network.as_str()).collect()
        }
        other => vec![other],
    }
}

fn pid(container: &Container) -> i32 {
    match (&container.run, container.status) {
        (Some(run), Status::Running | Status::Stopping | Status::Paused) => run.init.pid,
        _ => 0,
    }
}

fn restarts(container: &Container) -> u32 {
    container.run.as_ref().map_or(0, |run| run.restarts)
}

fn exit_code(container: &Container) -> i32 {
    container.exit.as_ref().map_or(0, ExitRecord::shown_code)
}

fn exited_at(container: &Container) -> i64 {
    let ended = container.exit.as_ref();
    ended.map_or(GO_ZERO, |exit| exit.finished.seconds())
}

fn started_at(container: &Container) -> i64 {
    let run = container.run.as_ref();
    run.map_or(GO_ZERO, |run| run.started.seconds())
}

/// Returns the word `inspect` and `ps` use for where a mount comes from.
pub fn mount_kind(source: &MountSource) -> &'static str {
    match source {
        MountSource::Bind(_) => "bind",
        MountSource::Volume(_) | MountSource::Anonymous => "volume",
        MountSource::Tmpfs(tmpfs) if tmpfs.ramfs => "ramfs",
        MountSource::Tmpfs(_) => "tmpfs",
        MountSource::Image(_) => "image",
        MountSource::Artifact(_) => "artifact",
        MountSource::Devpts(_) => "devpts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::list::sample;
    use crate::types::request::Protocol;

    #[test]
    fn ports_are_shown_like_podmans() {
        let mapping = |ip: Option<&str>, host, container, range| PortMapping {
            host_ip: ip.map(|ip| ip.parse().expect("an address")),
            host_port: host,
            container_port: container,
            range,
            protocol: Protocol::Tcp,
        };
        for (mappings, wanted) in [
            (vec![], ""),
            (vec![mapping(None, 8080, 80, 1)], "0.0.0.0:8080->80/tcp"),
            (
                vec![
                    mapping(Some("127.0.0.1"), 2000, 3000, 7),
                    mapping(Some("::1"), 1, 2, 1),
                ],
                "127.0.0.1:2000-2006->3000-3006/tcp, ::1:1->2/tcp",
            ),
        ] {
            assert_eq!(ports(&mappings), wanted);
        }
    }

    #[test]
    fn a_status_says_since_when() {
        let mut unknown = sample::created();
        unknown.status = Status::Stopping;
        for (container, wanted) in [
            (sample::created(), "Created"),
            (sample::running(), "Up 2 minutes"),
            (sample::exited(), "Exited (137) About a minute ago"),
            (unknown, "Stopping"),
        ] {
            assert_eq!(status(&container, sample::NOW), wanted);
        }
    }

    #[test]
    fn the_default_table_is_podmans() {
        let rows = [sample::running(), sample::exited()];
        let rows: Vec<Value> = rows
            .iter()
            .map(|container| template(container, sample::NOW, true))
            .collect();
        let text = crate::cli::output::template::rows(
            crate::cli::list::DEFAULT,
            crate::cli::list::HEADINGS,
            true,
            &rows,
        );
        assert_eq!(
            text.expect("the default template runs"),
            "CONTAINER ID  IMAGE                  COMMAND               CREATED            STATUS                           PORTS                 NAMES\n\
             abababababab  localhost/tiny:latest  /bin/init sleep 1...  About an hour ago  Up 2 minutes                     0.0.0.0:8080->80/tcp  web\n\
             abababababab  localhost/tiny:latest  /bin/init sleep 1...  About an hour ago  Exited (137) About a minute ago  0.0.0.0:8080->80/tcp  web\n"
        );
    }

    #[test]
    fn every_heading_has_its_field() {
        let row = template(&sample::running(), sample::NOW, true);
        for (field, _) in crate::cli::list::HEADINGS {
            let made_on_request = field == &"Size";
            assert!(row.get(field).is_some() || made_on_request, "{field}");
        }
    }

    #[test]
    fn long_commands_are_cut() {
        assert_eq!(shortened("/bin/busybox sleep 100"), "/bin/busybox slee...");
        assert_eq!(shortened("/bin/sh"), "/bin/sh");
    }
}
