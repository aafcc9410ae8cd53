//! Request and image config become one: what will run, as whom, in which environment.
//!
//! OCI image-spec, conversion.md. Only the fields named there are read, each checked (S-33);
//! image environment must be `key=value`, and the host's is never consulted (S-31). The user is
//! not resolved here: that needs the rootfs.

use std::collections::BTreeMap;

use crate::spec::error::Error;
use crate::spec::path;
use crate::spec::systemd;
use crate::types::ImageConfig;
use crate::types::image::ContainerConfig;
use crate::types::request::{Protocol, RunRequest};

/// The search path of an image that names none; Podman's and Docker's.
pub const DEFAULT_PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Programs in images test `container` for this word (systemd's CONTAINER_INTERFACE,
/// toolbox, many scripts); as `alias podman=coracle` must work, it is Podman's.
pub const CONTAINER_WORD: &str = "container=podman";

/// A path is not longer than PATH_MAX.
const MAX_PATH: usize = 4096;
/// One argument or variable is at most MAX_ARG_STRLEN: execve(2).
const MAX_WORD: usize = 128 << 10;

/// What request and image config say together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    pub argv: Vec<String>,
    pub env: Vec<String>,
    pub workdir: String,
    /// Not resolved; empty is root.
    pub user: String,
    pub labels: BTreeMap<String, String>,
    /// 15 unless somebody says otherwise.
    pub stop_signal: i32,
    /// Clean absolute paths of the image's `VOLUME`s.
    pub volumes: Vec<String>,
    pub exposed: Vec<Exposed>,
}

/// Ports the image or `--expose` names, for `-P`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposed {
    pub first: u16,
    /// How many consecutive ports.
    pub count: u16,
    pub protocol: Protocol,
}

/// Merges what was asked with what the image says.
pub fn merge(request: &RunRequest, image: &ImageConfig) -> Result<Merged, Error> {
    let config = &image.config;
    let user = request.user.clone().or_else(|| config.user.clone());
    let mut labels = config.labels.clone().unwrap_or_default();
    labels.extend(request.labels.clone());
    let argv = argv(request, config)?;
    let for_systemd = systemd::is_wanted(request, &argv);
    Ok(Merged {
        argv,
        env: environment(request, config)?,
        workdir: workdir(request, config)?,
        user: user.unwrap_or_default(),
        labels,
        stop_signal: stop_signal(request, config, for_systemd)?,
        volumes: volumes(config)?,
        exposed: exposed(request, config)?,
    })
}

/// An entrypoint on the command line also replaces the image's `Cmd`.
fn argv(request: &RunRequest, config: &ContainerConfig) -> Result<Vec<String>, Error> {
    let image_entrypoint = config.entrypoint.clone().unwrap_or_default();
    let image_cmd = config.cmd.clone().unwrap_or_default();
    let (mut argv, default_cmd) = match &request.entrypoint {
        Some(entrypoint) => (entrypoint.clone(), Vec::new()),
        None => (image_entrypoint, image_cmd),
    };
    if request.command.is_empty() {
        argv.extend(default_cmd);
    } else {
        argv.extend(request.command.iter().cloned());
    }
    if argv.first().is_none_or(String::is_empty) {
        return Err(Error::NoCommand);
    }
    for word in &argv {
        check_text("argument", word, MAX_WORD)?;
    }
    Ok(argv)
}

/// Defaults, then the image, then the user: the last word for a key wins and keeps its first place.
fn environment(request: &RunRequest, config: &ContainerConfig) -> Result<Vec<String>, Error> {
    let mut env = Environment::default();
    if !request.unset_env_all {
        env.set(DEFAULT_PATH.to_owned());
        if request.tty {
            env.set("TERM=xterm".to_owned());
        }
        env.set(CONTAINER_WORD.to_owned());
        for entry in &request.default_env {
            if entry.split_once('=').is_none_or(|(key, _)| key.is_empty()) {
                return Err(Error::BadText {
                    what: "environment variable of containers.conf",
                    text: entry.clone(),
                    reason: "is not NAME=VALUE",
                });
            }
            env.set(entry.clone());
        }
        for entry in config.env.iter().flatten() {
            match entry.split_once('=') {
                Some((key, _)) if !key.is_empty() && !entry.contains('\0') => {
                    env.set(entry.clone());
                }
                _ => {
                    return Err(Error::ImageEnv {
                        entry: entry.clone(),
                    });
                }
            }
        }
    }
    for (key, value) in &request.env_merge {
        let value = expand(value, &env);
        env.set(format!("{key}={value}"));
    }
    for key in &request.unset_env {
        env.unset(key);
    }
    for (key, value) in &request.env {
        if key.is_empty() || key.contains('=') {
            return Err(Error::BadText {
                what: "environment variable",
                text: key.clone(),
                reason: "is not a name",
            });
        }
        env.set(format!("{key}={value}"));
    }
    for entry in &env.0 {
        check_text("environment entry", entry, MAX_WORD)?;
    }
    Ok(env.0)
}

/// Puts values for `$NAME`, `${NAME}`, `${NAME:-otherwise}` and `${NAME:+instead}`.
///
/// What is not there is empty; a backslash takes a dollar's meaning away.
fn expand(text: &str, env: &Environment) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\\']) {
        out.push_str(&rest[..at]);
        let (sign, after) = (&rest[at..=at], &rest[at + 1..]);
        if sign == "\\" {
            let escaped = after.strip_prefix('$');
            out.push_str(if escaped.is_some() { "$" } else { sign });
            rest = escaped.unwrap_or(after);
            continue;
        }
        if let Some((inside, tail)) = after
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'))
        {
            out.push_str(&substituted(inside, env));
            rest = tail;
            continue;
        }
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(after.len());
        match end {
            0 => out.push('$'),
            _ => out.push_str(env.get(&after[..end]).unwrap_or_default()),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

fn substituted(inside: &str, env: &Environment) -> String {
    let found = |name: &str| env.get(name).filter(|value| !value.is_empty());
    if let Some((name, otherwise)) = inside.split_once(":-") {
        return found(name).unwrap_or(otherwise).to_owned();
    }
    if let Some((name, instead)) = inside.split_once(":+") {
        return found(name).map_or_else(String::new, |_| instead.to_owned());
    }
    env.get(inside).unwrap_or_default().to_owned()
}

/// An ordered environment in which every key occurs once.
#[derive(Default)]
pub(crate) struct Environment(pub Vec<String>);

impl Environment {
    pub(crate) fn set(&mut self, entry: String) {
        let key = key_of(&entry);
        match self.0.iter_mut().find(|old| key_of(old) == key) {
            Some(old) => *old = entry,
            None => self.0.push(entry),
        }
    }

    pub(crate) fn set_default(&mut self, entry: String) {
        if !self.0.iter().any(|old| key_of(old) == key_of(&entry)) {
            self.0.push(entry);
        }
    }

    fn get(&self, key: &str) -> Option<&str> {
        let entry = self.0.iter().find(|entry| key_of(entry) == key)?;
        entry.split_once('=').map(|(_, value)| value)
    }

    fn unset(&mut self, key: &str) {
        self.0.retain(|entry| key_of(entry) != key);
    }
}

fn key_of(entry: &str) -> &str {
    entry.split_once('=').map_or(entry, |(key, _)| key)
}

/// A relative working directory is taken from the root, as Docker does.
fn workdir(request: &RunRequest, config: &ContainerConfig) -> Result<String, Error> {
    let asked = request
        .workdir
        .as_deref()
        .or(config.working_dir.as_deref())
        .filter(|dir| !dir.is_empty())
        .unwrap_or("/");
    check_text("working directory", asked, MAX_PATH)?;
    Ok(path::clean(asked))
}

fn stop_signal(
    request: &RunRequest,
    config: &ContainerConfig,
    for_systemd: bool,
) -> Result<i32, Error> {
    if let Some(signal) = request.stop_signal {
        return Ok(signal);
    }
    match config
        .stop_signal
        .as_deref()
        .filter(|word| !word.is_empty())
    {
        None if for_systemd => Ok(systemd::STOP_SIGNAL),
        None => Ok(15),
        Some(word) => signal_number(word).ok_or_else(|| Error::ImageField {
            field: "stop signal",
            value: word.to_owned(),
            reason: "is not a signal",
        }),
    }
}

/// The signals' names by number, from 1: signal(7).
const SIGNALS: [&str; 31] = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
    "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
];

/// Returns `SIGTERM` for 15; a real-time signal as its number.
pub fn signal_name(number: i32) -> String {
    let name = usize::try_from(number - 1)
        .ok()
        .and_then(|at| SIGNALS.get(at));
    name.map_or_else(|| number.to_string(), |name| format!("SIG{name}"))
}

/// Returns the number of a signal: `15`, `TERM`, `SIGTERM`, `RTMIN+3`, as on Linux x86 and Arm.
pub fn signal_number(word: &str) -> Option<i32> {
    // What glibc and musl leave of the kernel's 32 to 64: signal(7).
    const RTMIN: i32 = 34;
    const RTMAX: i32 = 64;
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok().filter(|n| (1..=RTMAX).contains(n));
    }
    let upper = word.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let offset = |text: &str, sign: char| -> Option<i32> {
        match text {
            "" => Some(0),
            text => text.strip_prefix(sign)?.parse().ok().filter(|n| *n >= 0),
        }
    };
    let number = if let Some(rest) = name.strip_prefix("RTMIN") {
        RTMIN.checked_add(offset(rest, '+')?)?
    } else if let Some(rest) = name.strip_prefix("RTMAX") {
        RTMAX.checked_sub(offset(rest, '-')?)?
    } else {
        let name = match name {
            "IOT" => "ABRT",
            "CLD" => "CHLD",
            "POLL" => "IO",
            other => other,
        };
        return SIGNALS
            .iter()
            .position(|known| *known == name)
            .map(|at| at as i32 + 1);
    };
    (RTMIN..=RTMAX).contains(&number).then_some(number)
}

fn volumes(config: &ContainerConfig) -> Result<Vec<String>, Error> {
    let mut clean = Vec::new();
    for target in config.volumes.iter().flatten().map(|(target, _)| target) {
        let refuse = |reason| Error::ImageField {
            field: "volume",
            value: target.clone(),
            reason,
        };
        if !target.starts_with('/') {
            return Err(refuse("is not an absolute path"));
        }
        if target.split('/').any(|part| part == "..")
            || target.contains('\0')
            || target.len() > MAX_PATH
        {
            return Err(refuse("is not a path to mount at"));
        }
        let target = path::clean(target);
        if target == "/" {
            return Err(refuse("is not a path to mount at"));
        }
        if !clean.contains(&target) {
            clean.push(target);
        }
    }
    Ok(clean)
}

/// SCTP is read and left out: rootless networks do not carry it.
fn exposed(request: &RunRequest, config: &ContainerConfig) -> Result<Vec<Exposed>, Error> {
    let mut found = Vec::new();
    for (port, _) in config.exposed_ports.iter().flatten() {
        match parse_exposed(port) {
            Some(exposed) => found.extend(exposed),
            None => {
                return Err(Error::ImageField {
                    field: "exposed port",
                    value: port.clone(),
                    reason: "is not a port",
                });
            }
        }
    }
    for port in &request.expose {
        match parse_exposed(port) {
            Some(exposed) => found.extend(exposed),
            None => {
                return Err(Error::BadText {
                    what: "exposed port",
                    text: port.clone(),
                    reason: "is not a port",
                });
            }
        }
    }
    found.sort_by_key(|port| (port.first, port.count, port.protocol.as_str()));
    found.dedup();
    Ok(found)
}

/// `80`, `80/udp`, `8000-8010/tcp`; the inner `None` is a protocol that is passed over.
fn parse_exposed(text: &str) -> Option<Option<Exposed>> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let port = |text: &str| -> Option<u16> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| text.parse().ok())
            .flatten()
            .filter(|n| *n > 0)
    };
    let (first, last) = (port(first)?, port(last)?);
    let count = last.checked_sub(first)?.checked_add(1)?;
    let protocol = match protocol.to_ascii_lowercase().as_str() {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        "sctp" => return Some(None),
        _ => return None,
    };
    Some(Some(Exposed {
        first,
        count,
        protocol,
    }))
}

/// Refuses what execve(2) and mount(2) would silently cut.
pub(crate) fn check_text(what: &'static str, text: &str, most: usize) -> Result<(), Error> {
    let refuse = |reason| Error::BadText {
        what,
        text: text.to_owned(),
        reason,
    };
    if text.contains('\0') {
        return Err(refuse("holds a NUL byte"));
    }
    if text.len() > most {
        return Err(refuse("is too long"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(config: ContainerConfig) -> ImageConfig {
        ImageConfig {
            config,
            ..ImageConfig::default()
        }
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn entrypoint_and_command_combine_as_everywhere() {
        for (image_entry, image_cmd, entry, command, argv) in [
            ("", "sh", None, "", "sh"),
            ("", "sh", None, "id -u", "id -u"),
            ("tini --", "sh", None, "", "tini -- sh"),
            ("tini --", "sh", None, "id", "tini -- id"),
            ("tini --", "sh", Some("top"), "", "top"),
            ("tini --", "sh", Some("top"), "-b", "top -b"),
            ("tini --", "sh", Some(""), "id", "id"),
        ] {
            let request = RunRequest {
                entrypoint: entry.map(words),
                command: words(command),
                ..RunRequest::default()
            };
            let config = ContainerConfig {
                entrypoint: Some(words(image_entry)),
                cmd: Some(words(image_cmd)),
                ..ContainerConfig::default()
            };
            let merged = merge(&request, &image(config)).expect(argv);
            assert_eq!(merged.argv, words(argv));
        }
        let empty = merge(&RunRequest::default(), &ImageConfig::default());
        assert_eq!(empty, Err(Error::NoCommand));
    }

    #[test]
    fn image_environment_is_key_value_or_refused() {
        let with = |entry: &str| {
            let config = ContainerConfig {
                env: Some(vec![entry.to_owned()]),
                cmd: Some(words("sh")),
                ..ContainerConfig::default()
            };
            merge(&RunRequest::default(), &image(config))
        };
        for bad in ["AWS_SECRET", "*", "PATH*", "=x", "A", "", "A=\0", "A\0=b"] {
            let entry = bad.to_owned();
            let refused = with(bad).expect_err(bad);
            assert!(
                matches!(&refused, Error::ImageEnv { entry: found } if *found == entry),
                "{refused}"
            );
        }
        assert_eq!(with("A=\n").expect("a newline is a value").env[2], "A=\n");
        assert_eq!(with("A=b=c").expect("the rest is value").env[2], "A=b=c");
    }

    #[test]
    fn the_users_environment_wins_and_keys_occur_once() {
        let request = RunRequest {
            env: vec![("A".into(), "2".into()), ("PATH".into(), "/x".into())],
            unset_env: vec!["B".into()],
            command: words("sh"),
            tty: true,
            ..RunRequest::default()
        };
        let config = ContainerConfig {
            env: Some(words("A=1 B=1 C=1 TERM=linux")),
            ..ContainerConfig::default()
        };
        let merged = merge(&request, &image(config.clone())).expect("fine");
        assert_eq!(
            merged.env,
            words("PATH=/x TERM=linux container=podman A=2 C=1")
        );
        let bare = RunRequest {
            unset_env_all: true,
            ..request
        };
        let merged = merge(&bare, &image(config)).expect("fine");
        assert_eq!(merged.env, words("A=2 PATH=/x"));
    }

    #[test]
    fn other_fields_are_checked_before_they_are_believed() {
        let fine = ContainerConfig {
            cmd: Some(words("sh")),
            ..ContainerConfig::default()
        };
        let key = |word: &str| Some([(word.to_owned(), serde_json::json!({}))].into());
        for bad in [
            "99999",
            "SIGNOPE",
            "-9",
            "0",
            "65",
            "RTMIN+99",
            "SIGRTMIN-1",
            "RTMAX+1",
        ] {
            let config = ContainerConfig {
                stop_signal: Some(bad.to_owned()),
                ..fine.clone()
            };
            assert!(
                merge(&RunRequest::default(), &image(config)).is_err(),
                "{bad}"
            );
        }
        for bad in [
            "70000/tcp",
            "80/xyz",
            "0",
            "80-70",
            "a",
            "",
            "+80",
            "80/tcp/udp",
        ] {
            let config = ContainerConfig {
                exposed_ports: key(bad),
                ..fine.clone()
            };
            assert!(
                merge(&RunRequest::default(), &image(config)).is_err(),
                "{bad}"
            );
        }
        for bad in ["/../..", "/", "", "data", "/a/../b", "//", "/a\0"] {
            let config = ContainerConfig {
                volumes: key(bad),
                ..fine.clone()
            };
            assert!(
                merge(&RunRequest::default(), &image(config)).is_err(),
                "{bad}"
            );
        }
        let config = ContainerConfig {
            volumes: key("/data//x/"),
            exposed_ports: key("8000-8002/udp"),
            stop_signal: Some("SIGRTMIN+3".into()),
            working_dir: Some("srv/../../app".into()),
            ..fine
        };
        let merged = merge(&RunRequest::default(), &image(config)).expect("fine");
        assert_eq!(merged.volumes, ["/data/x"]);
        assert_eq!(merged.stop_signal, 37);
        assert_eq!(merged.workdir, "/app");
        let udp = Exposed {
            first: 8000,
            count: 3,
            protocol: Protocol::Udp,
        };
        assert_eq!(merged.exposed, [udp]);
    }

    #[test]
    fn signals_have_many_spellings() {
        for (word, number) in [
            ("TERM", Some(15)),
            ("SIGTERM", Some(15)),
            ("sigterm", Some(15)),
            ("9", Some(9)),
            ("64", Some(64)),
            ("WINCH", Some(28)),
            ("SYS", Some(31)),
            ("RTMIN", Some(34)),
            ("SIGRTMAX-2", Some(62)),
            ("IOT", Some(6)),
            ("", None),
            ("RTMIN+", None),
            ("RTMIN+-1", None),
            ("SIG", None),
            ("99999999999", None),
        ] {
            assert_eq!(signal_number(word), number, "{word}");
        }
    }
}
