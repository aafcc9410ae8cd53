//! The settings of a command: options first, then the environment, then the user's files.
//!
//! containers.conf(5) and containers-storage.conf(5), the keys that mean something here. The
//! `runtime` key is not one of them: which runtime suits Podman says nothing about ours.
//! A `graphroot` gets a directory of our own below it, as Podman's layout is not ours.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::config::environment::{Environment, drop_ins, read_toml};
use crate::config::error::Error;
use crate::types::Settings;
use crate::types::request::PullPolicy;
use crate::types::settings::{ContainerDefaults, NetworkDefaults, SecretDefaults};

/// storage.conf
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StorageFile {
    storage: Storage,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Storage {
    graphroot: Option<String>,
    rootless_storage_path: Option<String>,
    runroot: Option<String>,
    options: StorageOptions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StorageOptions {
    additionalimagestores: Vec<String>,
    force_mask: Option<String>,
    mount_program: Option<String>,
    overlay: OverlayOptions,
    pull_options: PullOptions,
}

/// Its switches are words: containers-storage.conf(5).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PullOptions {
    enable_partial_images: Option<Switch>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Switch {
    Word(String),
    /// What people write all the same.
    Boolean(bool),
}

impl Switch {
    fn is_on(&self) -> bool {
        match self {
            Self::Word(word) => word.eq_ignore_ascii_case("true"),
            Self::Boolean(on) => *on,
        }
    }
}

impl StorageOptions {
    /// The same as words of `--storage-opt`.
    fn words(&self, environment: &Environment) -> Vec<String> {
        let overlay = &self.overlay;
        let program = overlay
            .mount_program
            .as_ref()
            .or(self.mount_program.as_ref());
        let mask = overlay.force_mask.as_ref().or(self.force_mask.as_ref());
        let stores = self.additionalimagestores.iter().map(|text| {
            let path = expand(text, environment);
            let path = path.map_or(text.clone(), |path| path.to_string_lossy().into_owned());
            format!("overlay.additionalimagestore={path}")
        });
        let program = program.map(|program| format!("overlay.mount_program={program}"));
        let mask = mask.map(|mask| format!("overlay.force_mask={mask}"));
        stores.chain(program).chain(mask).collect()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OverlayOptions {
    force_mask: Option<String>,
    mount_program: Option<String>,
}

/// containers.conf
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ContainersFile {
    engine: EngineTable,
    containers: ContainersTable,
    secrets: SecretsTable,
    network: NetworkTable,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct SecretsTable {
    driver: Option<String>,
    opts: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct NetworkTable {
    default_rootless_network_cmd: Option<String>,
    pasta_options: Option<Vec<String>>,
}

/// The keys that are defaults of `run` and `create`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ContainersTable {
    cgroup_conf: Option<Vec<String>>,
    base_hosts_file: Option<String>,
    cgroups: Option<String>,
    default_ulimits: Option<Vec<String>>,
    dns_options: Option<Vec<String>>,
    dns_searches: Option<Vec<String>>,
    dns_servers: Option<Vec<String>>,
    env: Option<Vec<String>>,
    host_containers_internal_ip: Option<String>,
    log_driver: Option<String>,
    log_size_max: Option<i64>,
    mounts: Option<Vec<String>>,
    netns: Option<String>,
    no_hosts: Option<bool>,
    oom_score_adj: Option<i32>,
    pids_limit: Option<i64>,
    read_only: Option<bool>,
    tz: Option<String>,
    umask: Option<String>,
    userns: Option<String>,
    volumes: Option<Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct EngineTable {
    cdi_spec_dirs: Option<Vec<PathBuf>>,
    cgroup_manager: Option<String>,
    compression_format: Option<String>,
    compression_level: Option<i32>,
    events_container_create_inspect_data: Option<bool>,
    events_logger: Option<String>,
    events_logfile_path: Option<String>,
    events_logfile_max_size: Option<Size>,
    image_parallel_copies: Option<u32>,
    pull_policy: Option<String>,
    retry: Option<u32>,
    retry_delay: Option<String>,
}

/// A number of bytes, or a text such as `1m`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Size {
    Bytes(u64),
    Text(String),
}

impl Size {
    /// Units count by thousands, as in Podman's own reading of this key.
    fn bytes(&self) -> Option<u64> {
        let text = match self {
            Self::Bytes(bytes) => return Some(*bytes),
            Self::Text(text) => text.trim().to_ascii_lowercase(),
        };
        let text = text.trim_end_matches('b').trim_end_matches('i');
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let factor: u64 = match text[digits.len()..].trim() {
            "" => 1,
            "k" => 1_000,
            "m" => 1_000_000,
            "g" => 1_000_000_000,
            _ => return None,
        };
        digits.trim().parse::<u64>().ok()?.checked_mul(factor)
    }
}

/// Fills in what the options left open; a root that is empty is open.
pub fn complete(mut settings: Settings, environment: &Environment) -> Result<Settings, Error> {
    let (storage, explicit) = storage_file(environment)?;
    if settings.root.as_os_str().is_empty() {
        settings.root = root(environment, &storage, explicit)?;
    }
    if settings.runroot.is_none() && explicit {
        let runroot = storage.runroot.as_deref();
        settings.runroot = runroot.and_then(|text| expand(text, environment));
    }
    if settings.storage_options.is_empty()
        && let Some(options) = environment.text("STORAGE_OPTS")
    {
        settings.storage_options = options.split(',').map(str::to_owned).collect();
    }
    // Options on the command line or in the environment replace the file's, as with Podman.
    if settings.storage_options.is_empty() {
        settings.storage_options = storage.options.words(environment);
    }
    let partial = &storage.options.pull_options.enable_partial_images;
    settings.partial_images = partial.as_ref().map(Switch::is_on);
    let containers = containers_file(environment)?;
    let engine = containers.engine;
    if settings.cdi_spec_dirs.is_empty() {
        settings.cdi_spec_dirs = engine.cdi_spec_dirs.unwrap_or_default();
    }
    settings.cgroup_manager = settings.cgroup_manager.or(engine.cgroup_manager);
    settings.events_backend = settings.events_backend.or(engine.events_logger);
    settings.events_inspect_data = engine.events_container_create_inspect_data == Some(true);
    let said = |text: &String| !text.is_empty();
    settings.events_path = engine
        .events_logfile_path
        .filter(said)
        .and_then(|text| expand(&text, environment));
    settings.events_max_size = engine.events_logfile_max_size.and_then(|size| size.bytes());
    settings.parallel_downloads = engine.image_parallel_copies.filter(|count| *count > 0);
    settings.compression_format = engine.compression_format;
    settings.compression_level = engine.compression_level;
    settings.retries = engine.retry;
    settings.retry_delay = engine.retry_delay.as_deref().and_then(delay);
    settings.pull_policy = engine.pull_policy.as_deref().and_then(policy);
    settings.network = network_defaults(containers.network, &containers.containers);
    settings.containers = container_defaults(containers.containers);
    settings.secrets = SecretDefaults {
        driver: containers.secrets.driver.filter(said),
        options: containers.secrets.opts.unwrap_or_default(),
    };
    if settings.home.is_none() {
        settings.home = environment.home();
    }
    Ok(settings)
}

/// Reads the storage.conf that Podman would; whether the user named it.
///
/// The system's file speaks of the system's own storage and does not apply here.
fn storage_file(environment: &Environment) -> Result<(Storage, bool), Error> {
    if let Some(path) = environment.path("CONTAINERS_STORAGE_CONF") {
        let file: Option<StorageFile> = read_toml(&path)?;
        return Ok((file.unwrap_or_default().storage, true));
    }
    let Some(dir) = environment.user_config() else {
        return Ok((Storage::default(), false));
    };
    let file: Option<StorageFile> = read_toml(&dir.join("storage.conf"))?;
    Ok((file.unwrap_or_default().storage, false))
}

fn root(environment: &Environment, storage: &Storage, explicit: bool) -> Result<PathBuf, Error> {
    let named = storage
        .rootless_storage_path
        .as_deref()
        .or(storage.graphroot.as_deref())
        .filter(|_| explicit)
        .and_then(|text| expand(text, environment));
    if let Some(named) = named {
        return Ok(named.join("coracle"));
    }
    if let Some(data) = environment.absolute("XDG_DATA_HOME") {
        return Ok(data.join("coracle"));
    }
    let home = environment.home().ok_or(Error::NoHome)?;
    Ok(home.join(".local/share/coracle"))
}

/// `$HOME`, `$UID`, `$USER` as storage.conf allows; only absolute results count.
fn expand(text: &str, environment: &Environment) -> Option<PathBuf> {
    let mut text = text.to_owned();
    if text.contains("$HOME") {
        text = text.replace("$HOME", environment.home()?.to_str()?);
    }
    if text.contains("$UID") {
        text = text.replace("$UID", &environment.uid().to_string());
    }
    if text.contains("$USER") {
        text = text.replace("$USER", &environment.text("USER")?);
    }
    let path = PathBuf::from(text);
    path.is_absolute().then_some(path)
}

/// Merges all containers.conf files, later ones over earlier ones.
fn containers_file(environment: &Environment) -> Result<ContainersFile, Error> {
    let mut paths = Vec::new();
    if let Some(named) = environment.path("CONTAINERS_CONF") {
        paths.push(named);
    } else {
        paths.push(environment.system_path("usr/share/containers/containers.conf"));
        let user = environment.user_config();
        for dir in [Some(environment.system_config()), user]
            .into_iter()
            .flatten()
        {
            paths.push(dir.join("containers.conf"));
            paths.extend(drop_ins(&dir.join("containers.conf.d"))?);
        }
    }
    paths.extend(environment.path("CONTAINERS_CONF_OVERRIDE"));
    let mut merged = ContainersFile::default();
    for path in paths {
        if let Some(file) = read_toml::<ContainersFile>(&path)? {
            merged.engine = over(file.engine, merged.engine);
            merged.containers = containers_over(file.containers, merged.containers);
            merged.network = NetworkTable {
                default_rootless_network_cmd: (file.network.default_rootless_network_cmd)
                    .or(merged.network.default_rootless_network_cmd),
                pasta_options: file.network.pasta_options.or(merged.network.pasta_options),
            };
            merged.secrets = SecretsTable {
                driver: file.secrets.driver.or(merged.secrets.driver),
                opts: file.secrets.opts.or(merged.secrets.opts),
            };
        }
    }
    Ok(merged)
}

fn over(new: EngineTable, old: EngineTable) -> EngineTable {
    EngineTable {
        cdi_spec_dirs: new.cdi_spec_dirs.or(old.cdi_spec_dirs),
        cgroup_manager: new.cgroup_manager.or(old.cgroup_manager),
        compression_format: new.compression_format.or(old.compression_format),
        compression_level: new.compression_level.or(old.compression_level),
        events_container_create_inspect_data: new
            .events_container_create_inspect_data
            .or(old.events_container_create_inspect_data),
        events_logger: new.events_logger.or(old.events_logger),
        events_logfile_path: new.events_logfile_path.or(old.events_logfile_path),
        events_logfile_max_size: new.events_logfile_max_size.or(old.events_logfile_max_size),
        image_parallel_copies: new.image_parallel_copies.or(old.image_parallel_copies),
        pull_policy: new.pull_policy.or(old.pull_policy),
        retry: new.retry.or(old.retry),
        retry_delay: new.retry_delay.or(old.retry_delay),
    }
}

fn containers_over(new: ContainersTable, old: ContainersTable) -> ContainersTable {
    ContainersTable {
        cgroup_conf: new.cgroup_conf.or(old.cgroup_conf),
        cgroups: new.cgroups.or(old.cgroups),
        default_ulimits: new.default_ulimits.or(old.default_ulimits),
        base_hosts_file: new.base_hosts_file.or(old.base_hosts_file),
        dns_options: new.dns_options.or(old.dns_options),
        dns_searches: new.dns_searches.or(old.dns_searches),
        dns_servers: new.dns_servers.or(old.dns_servers),
        env: new.env.or(old.env),
        host_containers_internal_ip: new
            .host_containers_internal_ip
            .or(old.host_containers_internal_ip),
        log_driver: new.log_driver.or(old.log_driver),
        log_size_max: new.log_size_max.or(old.log_size_max),
        netns: new.netns.or(old.netns),
        no_hosts: new.no_hosts.or(old.no_hosts),
        oom_score_adj: new.oom_score_adj.or(old.oom_score_adj),
        userns: new.userns.or(old.userns),
        pids_limit: new.pids_limit.or(old.pids_limit),
        read_only: new.read_only.or(old.read_only),
        mounts: new.mounts.or(old.mounts),
        tz: new.tz.or(old.tz),
        umask: new.umask.or(old.umask),
        volumes: new.volumes.or(old.volumes),
    }
}

fn container_defaults(table: ContainersTable) -> ContainerDefaults {
    // An empty word is Podman's way to leave a key open.
    let said = |word: Option<String>| word.filter(|word| !word.is_empty());
    ContainerDefaults {
        read_only: table.read_only.unwrap_or(false),
        ulimits: table.default_ulimits.unwrap_or_default(),
        // The journal is what Podman itself writes to where it can; here it is a file.
        log_driver: said(table.log_driver).filter(|word| word != "journald"),
        log_size_max: table.log_size_max,
        time_zone: said(table.tz),
        umask: said(table.umask),
        env: table.env.unwrap_or_default(),
        oom_score_adj: table.oom_score_adj,
        netns: said(table.netns),
        hosts_file: said(table.base_hosts_file),
        no_hosts: table.no_hosts.unwrap_or(false),
        userns: table.userns,
        pids_limit: table.pids_limit,
        cgroups: said(table.cgroups),
        cgroup_conf: table.cgroup_conf.unwrap_or_default(),
        mounts: table.mounts.unwrap_or_default(),
        volumes: table.volumes.unwrap_or_default(),
    }
}

fn network_defaults(table: NetworkTable, containers: &ContainersTable) -> NetworkDefaults {
    let said = |word: &Option<String>| word.clone().filter(|word| !word.is_empty());
    let list = |words: &Option<Vec<String>>| words.clone().unwrap_or_default();
    NetworkDefaults {
        program: said(&table.default_rootless_network_cmd),
        pasta_options: list(&table.pasta_options),
        dns_servers: list(&containers.dns_servers),
        dns_searches: list(&containers.dns_searches),
        dns_options: list(&containers.dns_options),
        host_address: said(&containers.host_containers_internal_ip),
    }
}

fn policy(text: &str) -> Option<PullPolicy> {
    match text {
        "always" => Some(PullPolicy::Always),
        "missing" | "ifnotpresent" => Some(PullPolicy::Missing),
        "never" => Some(PullPolicy::Never),
        "newer" | "ifnewer" => Some(PullPolicy::Newer),
        _ => None,
    }
}

/// `2s`, `500ms`, `1m`, or bare seconds.
fn delay(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().ok()?;
    match &text[digits.len()..] {
        "" | "s" => Some(Duration::from_secs(number)),
        "ms" => Some(Duration::from_millis(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn settings_come_from_where_podman_reads_them() {
        let dir = std::env::temp_dir().join(format!("coracle-settings-{}", std::process::id()));
        std::fs::create_dir_all(dir.join("etc/containers")).expect("made");
        let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).expect("written");
        write(
            "storage.conf",
            "[storage]\ndriver = \"vfs\"\ngraphroot = \"$HOME/g\"\nrunroot = \"/r\"",
        );
        write(
            "c.conf",
            "[engine]\ncgroup_manager = \"cgroupfs\"\nretry = 5\nretry_delay = \"2s\"",
        );
        let system = "[engine]\nevents_logger = \"file\"\nimage_parallel_copies = 4\npull_policy = \"newer\"";
        write("etc/containers/containers.conf", system);
        let storage = dir.join("storage.conf");
        let conf = dir.join("c.conf");
        let storage = storage.to_str().expect("UTF-8");
        let conf = conf.to_str().expect("UTF-8");
        let of = |variables: &[(&str, &str)]| {
            let environment = Environment::of(variables, &dir);
            complete(Settings::default(), &environment).expect("settings")
        };
        let plain = of(&[("HOME", "/h")]);
        assert_eq!(plain.root, Path::new("/h/.local/share/coracle"));
        assert_eq!(plain.events_backend.as_deref(), Some("file"));
        assert_eq!(plain.parallel_downloads, Some(4));
        assert_eq!(plain.pull_policy, Some(PullPolicy::Newer));
        let xdg = of(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]);
        assert_eq!(xdg.root, Path::new("/d/coracle"));
        let named = of(&[
            ("HOME", "/h"),
            ("CONTAINERS_STORAGE_CONF", storage),
            ("CONTAINERS_CONF", conf),
        ]);
        assert_eq!(named.root, Path::new("/h/g/coracle"));
        assert_eq!(named.runroot.as_deref(), Some(Path::new("/r")));
        assert_eq!(named.cgroup_manager.as_deref(), Some("cgroupfs"));
        assert_eq!(
            (named.retries, named.retry_delay),
            (Some(5), Some(Duration::from_secs(2)))
        );
        assert_eq!(named.events_backend, None);
        let text = "[containers]\nread_only = true\ndefault_ulimits = [\"nofile=9:9\"]\n\
                    log_size_max = 4000\ntz = \"local\"\numask = \"\"\nlog_driver = \"journald\"";
        write("o.conf", text);
        let over = dir.join("o.conf");
        let over = over.to_str().expect("UTF-8");
        let defaults = of(&[("HOME", "/h"), ("CONTAINERS_CONF_OVERRIDE", over)]).containers;
        assert!(defaults.read_only && defaults.ulimits == ["nofile=9:9"]);
        assert_eq!(defaults.log_size_max, Some(4000));
        assert_eq!(defaults.time_zone.as_deref(), Some("local"));
        assert_eq!((defaults.umask, defaults.log_driver), (None, None));
        let nowhere = complete(Settings::default(), &Environment::of(&[], &dir));
        assert!(matches!(nowhere, Err(Error::NoHome)));
        std::fs::remove_dir_all(&dir).expect("removed");
    }
}
