//! Instructions that only change the configuration.

use serde_json::{Map, Value, json};

use crate::build::{Command, Healthcheck, Kind};
use crate::types::ImageConfig;

/// What the shell form goes to where no SHELL says otherwise.
pub(super) const SHELL: [&str; 2] = ["/bin/sh", "-c"];

/// The words of SHELL, or the default.
pub(super) fn shell(config: &ImageConfig) -> Vec<String> {
    let own = config
        .config
        .shell
        .clone()
        .filter(|words| !words.is_empty());
    own.unwrap_or_else(|| SHELL.map(str::to_owned).to_vec())
}

/// Puts an instruction into the configuration. `cmd_is_own`: CMD stands in this stage.
pub(super) fn apply(config: &mut ImageConfig, kind: &Kind, cmd_is_own: &mut bool) {
    let words = |config: &ImageConfig, command: &Command| command.words(&shell(config));
    match kind {
        Kind::Label(pairs) => {
            let labels = config.config.labels.get_or_insert_default();
            labels.extend(pairs.iter().cloned());
        }
        Kind::User(user) => config.config.user = Some(user.clone()),
        Kind::Workdir(path) => {
            let path = below(config.config.working_dir.as_deref(), path);
            config.config.working_dir = Some(path);
        }
        Kind::Cmd(command) => {
            config.config.cmd = Some(words(config, command));
            *cmd_is_own = true;
        }
        Kind::Entrypoint(command) => {
            config.config.entrypoint = Some(words(config, command)).filter(|w| !w.is_empty());
            // The base's CMD was for the base's entrypoint.
            if !*cmd_is_own {
                config.config.cmd = None;
            }
        }
        Kind::Expose(ports) => {
            let all = config.config.exposed_ports.get_or_insert_default();
            for port in ports {
                let port = match port.contains('/') {
                    true => port.clone(),
                    false => format!("{port}/tcp"),
                };
                all.insert(port, Value::Object(Map::new()));
            }
        }
        Kind::Volume(paths) => {
            let all = config.config.volumes.get_or_insert_default();
            for path in paths {
                let path = match path.starts_with('/') {
                    true => path.clone(),
                    false => format!("/{path}"),
                };
                all.insert(path, Value::Object(Map::new()));
            }
        }
        Kind::StopSignal(signal) => config.config.stop_signal = Some(signal.clone()),
        Kind::Shell(words) => config.config.shell = Some(words.clone()),
        Kind::Healthcheck(check) => config.config.healthcheck = Some(health(check)),
        Kind::OnBuild(text) => {
            let all = config.config.on_build.get_or_insert_default();
            all.push(text.clone());
        }
        Kind::Maintainer(name) => config.author = Some(name.clone()),
        Kind::Arg(_) | Kind::Env(_) | Kind::Run(_) | Kind::Copy(_) | Kind::Add(_) => {}
    }
}

fn health(check: &Healthcheck) -> Value {
    let mut document = json!({ "Test": check.test });
    let fields = document.as_object_mut().expect("made as an object");
    for (name, value) in [
        ("Interval", check.interval),
        ("Timeout", check.timeout),
        ("StartPeriod", check.start_period),
        ("StartInterval", check.start_interval),
        ("Retries", u64::from(check.retries)),
    ] {
        if value != 0 {
            fields.insert(name.to_owned(), value.into());
        }
    }
    document
}

/// A path as it is meant in a working directory: absolute, without `.` and `..`.
pub(super) fn below(directory: Option<&str>, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let directory = directory.filter(|_| !path.starts_with('/')).unwrap_or("");
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_meant_in_the_working_directory() {
        for (directory, path, meant) in [
            (None, "x", "/x"),
            (None, "/x/", "/x"),
            (Some("/a"), "b/../c", "/a/c"),
            (Some("/a/b"), "../../../..", "/"),
            (Some("/a"), "/b", "/b"),
            (Some("/a"), ".", "/a"),
        ] {
            assert_eq!(below(directory, path), meant);
        }
    }
}
