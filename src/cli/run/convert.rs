//! One conversion: what was typed after `run` or `create` becomes a [`RunRequest`].
//!
//! The request holds only valid things; what needs the image, the store or the network is
//! checked there. Files the user names are read here.

use std::path::PathBuf;

use crate::cli::error::Error;
use crate::cli::globals::absolute;
use crate::cli::run::flags::{ContainerArgs, PlatformArgs};
use crate::cli::run::{
    device, egress, env, health, ids, limits, mount, network, port, resources, secret, security,
    volume,
};
use crate::cli::words::{signal, size};
use crate::types::request::{
    Mount, NamespaceMode, Network, PortMapping, PullPolicy, RestartPolicy, SdNotify, Seccomp,
    Security, UserNamespace,
};
use crate::types::resources::Cgroups;
use crate::types::settings::ContainerDefaults;
use crate::types::{ContainerName, Platform, RunRequest, Settings};

/// What the conversion needs of the caller's surroundings.
pub struct Host {
    pub cwd: PathBuf,
    pub env: env::Pairs,
    pub command_line: Vec<String>,
    /// What containers.conf says where the command line is silent.
    pub defaults: ContainerDefaults,
    /// `systemd` or `cgroupfs`, where somebody said so.
    pub cgroup_manager: Option<String>,
}

impl Host {
    pub fn here(settings: &Settings) -> Result<Self, Error> {
        // A directory that was removed only matters to relative sources.
        let cwd = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let words = std::env::args_os();
        Ok(Self {
            cwd,
            env: env::of_host(),
            command_line: words
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
            defaults: settings.containers.clone(),
            cgroup_manager: settings.cgroup_manager.clone(),
        })
    }
}

/// Converts every flag; the first wrong one is named.
pub fn request(args: &ContainerArgs, host: &Host) -> Result<RunRequest, Error> {
    let (image, command) = args
        .words
        .split_first()
        .ok_or_else(|| Error::usage("", "no image is named"))?;
    let rootfs = match args.rootfs {
        true => each("--rootfs", Some(image.as_str()), |word| {
            volume::root(word, &host.cwd)
        })?,
        false => None,
    };
    let mut request = RunRequest {
        image: rootfs
            .as_ref()
            .map_or_else(|| image.clone(), |_| String::new()),
        rootfs,
        command: command.to_vec(),
        ..RunRequest::default()
    };
    identity(args, host, &mut request)?;
    process(args, host, &mut request)?;
    tree(args, host, &mut request)?;
    reach(args, host, &mut request)?;
    rights(args, host, &mut request)?;
    limits_of(args, host, &mut request)?;
    life(args, host, &mut request)?;
    request.pull = pull_policy(args.pull.as_deref())?;
    request.platform = platform(&args.platform)?;
    let access = args.access.access(Some(&args.retry))?;
    request.tls_verify = access.tls_verify;
    request.authfile = access.authfile;
    request.cert_dir = access.cert_dir;
    request.credentials = access.credentials;
    request.retries = access.retries;
    request.retry_delay = access.retry_delay;
    Ok(request)
}

/// Name, labels, annotations.
fn identity(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.name = args.name.as_deref().map(name).transpose()?;
    request.labels = env::labels("--label", &args.label, &args.label_file)?;
    request.annotations = env::labels("--annotation", &args.annotation, &[])?;
    if request.image.is_empty() && request.rootfs.is_none() {
        return Err(Error::usage("", "the image's name is empty"));
    }
    request.create_command = host.command_line.clone();
    Ok(())
}

/// Checks a name.
fn name(text: &str) -> Result<ContainerName, Error> {
    // Docker shows names with a slash in front, and scripts hand them back so.
    let text = text.strip_prefix('/').unwrap_or(text);
    Ok(ContainerName::parse_new(text)?)
}

/// What runs, as whom, with which environment and terminal.
fn process(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.entrypoint = args.entrypoint.as_deref().map(entrypoint).transpose()?;
    if args.http_proxy {
        request.env.extend(env::proxies(&host.env));
    }
    if args.env_host {
        request.env.extend(host.env.iter().cloned());
    }
    request
        .env
        .extend(env::collect(&args.env, &args.env_file, &host.env)?);
    request.env_merge = all("--env-merge", &args.env_merge, env::merge)?;
    request.unset_env = args.unsetenv.clone();
    request.unset_env_all = args.unsetenv_all;
    request.workdir = args.workdir.clone();
    request.user = args.user.clone();
    (request.group_add, request.keep_groups) = groups(&args.group_add)?;
    request.no_passwd = !args.passwd;
    request.passwd_entry = args.passwd_entry.clone();
    request.group_entry = args.group_entry.clone();
    for (option, line) in [
        ("--passwd-entry", &args.passwd_entry),
        ("--group-entry", &args.group_entry),
    ] {
        if let Some(line) = line.as_ref().filter(|line| line.contains(char::is_control)) {
            return Err(Error::usage(
                format!("{option} {line:?}"),
                "is not one line",
            ));
        }
    }
    request.host_users = args.hostuser.clone();
    request.hostname = args.hostname.clone();
    request.domain_name = args.domainname.clone();
    let persona = args.personality.as_deref();
    request.personality = each("--personality", persona, limits::personality)?;
    request.init = args.init || args.init_path.is_some();
    request.init_path = match &args.init_path {
        Some(path) => Some(absolute("--init-path", path)?),
        None => None,
    };
    request.tty = args.tty;
    request.interactive = args.interactive;
    request.umask = each("--umask", args.umask.as_deref(), limits::umask)?;
    if request.umask.is_none() {
        let word = host.defaults.umask.as_deref();
        request.umask = each("containers.conf umask", word, limits::umask)?;
    }
    request.default_env = host.defaults.env.clone();
    request.time_zone = args.tz.clone().or_else(|| host.defaults.time_zone.clone());
    request.time_zone = request.time_zone.take().filter(|zone| !zone.is_empty());
    Ok(())
}

/// A program, or a JSON array of words; the empty word clears the image's.
fn entrypoint(text: &str) -> Result<Vec<String>, Error> {
    // What begins like an array and is none is a program's name after all.
    if text.trim_start().starts_with('[')
        && let Ok(words) = serde_json::from_str::<Vec<String>>(text)
    {
        return Ok(words);
    }
    Ok(if text.is_empty() {
        Vec::new()
    } else {
        vec![text.to_owned()]
    })
}

/// Mounts, devices, what is read-only.
fn tree(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    let parse = |text: &str| volume::parse(text, &host.cwd);
    request.mounts = all("--volume", &args.volume, parse)?;
    for word in &args.mount {
        let parsed = mount::parse(word, &host.cwd).map_err(|why| match why {
            mount::Wrong::Word(why) => Error::usage(format!("--mount \"{word}\""), why),
            mount::Wrong::Whole(why) => Error::usage("", why),
        });
        request.mounts.extend(parsed?);
    }
    request
        .mounts
        .extend(all("--tmpfs", &args.tmpfs, volume::tmpfs)?);
    once_each(&mut request.mounts)?;
    by_default(host, &mut request.mounts)?;
    request.volumes_from = all("--volumes-from", &args.volumes_from, volume::volumes_from)?;
    let word = args.image_volume.as_deref();
    request.image_volumes = each("--image-volume", word, volume::of_image)?.unwrap_or_default();
    request.secrets = all("--secret", &args.secret, secret::parse)?;
    request.chroot_dirs = all("--chrootdirs", &args.chrootdirs, volume::checked_target)?;
    for word in &args.device {
        if device::is_cdi(word) {
            request.cdi_devices.push(word.clone());
        } else {
            let parsed = device::parse(word);
            let parsed = parsed.map_err(|why| Error::usage(format!("--device \"{word}\""), why))?;
            request.devices.push(parsed);
        }
    }
    request
        .cdi_devices
        .extend(all("--gpus", &args.gpus, device::gpu)?);
    request.read_only = args.read_only.unwrap_or(host.defaults.read_only);
    request.read_only_tmpfs = args.read_only_tmpfs;
    request.shm_size = each("--shm-size", args.shm_size.as_deref(), size::parse)?;
    Ok(())
}

/// What containers.conf mounts in every container, where the command line has nothing.
fn by_default(host: &Host, mounts: &mut Vec<Mount>) -> Result<(), Error> {
    let mut found = Vec::new();
    for word in &host.defaults.mounts {
        let parsed = mount::parse(word, &host.cwd).map_err(|why| {
            let (mount::Wrong::Word(why) | mount::Wrong::Whole(why)) = why;
            Error::usage("parsing containers.conf mounts", why)
        });
        found.extend(parsed?);
    }
    let parse = |text: &str| volume::parse(text, &host.cwd);
    found.extend(all(
        "containers.conf volumes",
        &host.defaults.volumes,
        parse,
    )?);
    once_each(&mut found)?;
    found.retain(|mount| mounts.iter().all(|typed| typed.target != mount.target));
    mounts.extend(found);
    Ok(())
}

/// Two mounts at one place would hide one another; the same said twice is one.
fn once_each(mounts: &mut Vec<Mount>) -> Result<(), Error> {
    let mut kept: Vec<Mount> = Vec::new();
    for mount in mounts.drain(..) {
        match kept.iter().find(|m| m.target == mount.target) {
            Some(same) if *same == mount => {}
            Some(_) => return Err(Error::usage(mount.target, "duplicate mount destination")),
            None => kept.push(mount),
        }
    }
    *mounts = kept;
    Ok(())
}

/// Network, ports, names.
fn reach(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.network = network::of(args, host.defaults.netns.as_deref())?;
    request.egress = egress::of(&args.egress, &mut request.network)?;
    let mapped: Vec<Vec<PortMapping>> = all("--publish", &args.publish, port::parse)?;
    request.ports = mapped.into_iter().flatten().collect();
    request.publish_all = args.publish_all;
    request.expose = all("--expose", &args.expose, port::expose)?;
    request.dns = args.dns.clone();
    request.dns_search = args.dns_search.clone();
    request.dns_options = args.dns_option.clone();
    if args.no_hosts && !args.add_host.is_empty() {
        return Err(Error::usage(
            "",
            "--no-hosts and --add-host cannot be set together",
        ));
    }
    if matches!(request.network, Network::Container(_)) && !args.add_host.is_empty() {
        return Err(Error::usage(
            "",
            "cannot set extra host entries when the container is joined to another containers \
             network namespace",
        ));
    }
    let hosts = all("--add-host", &args.add_host, security::add_host)?;
    request.add_hosts = hosts.into_iter().flatten().collect();
    // What a command line asks for, containers.conf does not forbid.
    let hosts_said = !args.add_host.is_empty() || args.hosts_file.is_some();
    request.no_hosts = args.no_hosts || (host.defaults.no_hosts && !hosts_said);
    let base = args.hosts_file.as_deref().filter(|word| !word.is_empty());
    if args.no_hosts && base.is_some() {
        return Err(Error::usage(
            "",
            "--no-hosts and --hosts-file cannot be set together",
        ));
    }
    let usual = host.defaults.hosts_file.as_deref();
    request.hosts_base = match base {
        Some(_) => each("--hosts-file", base, security::hosts_base)?,
        None => each(
            "containers.conf base_hosts_file",
            usual,
            security::hosts_base,
        )?,
    }
    .unwrap_or_default();
    request.no_hostname = args.no_hostname;
    let mode = |option, word: &Option<String>| -> Result<NamespaceMode, Error> {
        Ok(each(option, word.as_deref(), security::namespace)?.unwrap_or_default())
    };
    request.pid_mode = mode("--pid", &args.pid)?;
    (request.ipc_mode, request.ipc_sharing) =
        each("--ipc", args.ipc.as_deref(), security::ipc)?.unwrap_or_default();
    if args.shm_size.is_some() {
        security::room_for_shm(request).map_err(|why| Error::usage("", why))?;
    }
    request.uts_mode = mode("--uts", &args.uts)?;
    request.cgroup_mode = mode("--cgroupns", &args.cgroupns)?;
    request.userns = user_namespace(args, host)?;
    Ok(())
}

/// `--group-add`: names and numbers, or `keep-groups` alone.
fn groups(words: &[String]) -> Result<(Vec<String>, bool), Error> {
    if !words.iter().any(|word| word == "keep-groups") {
        return Ok((words.to_vec(), false));
    }
    if words.len() > 1 {
        let reason = "the '--group-add keep-groups' option is not allowed with any other --group-add options";
        return Err(Error::usage("", reason));
    }
    Ok((Vec::new(), true))
}

/// The maps that were typed, or the mode of the option, the environment or containers.conf.
fn user_namespace(args: &ContainerArgs, host: &Host) -> Result<UserNamespace, Error> {
    let uids = all("--uidmap", &args.uidmap, ids::word)?;
    let gids = all("--gidmap", &args.gidmap, ids::word)?;
    let mapped = !uids.is_empty() || !gids.is_empty();
    match args.userns.as_deref() {
        Some(mode) if mapped && mode != "private" => Err(Error::usage(
            "",
            "--userns and --uidmap/--gidmap/--subuidname/--subgidname are mutually exclusive",
        )),
        _ if mapped => Ok(UserNamespace::Maps { uids, gids }),
        Some(mode) => Ok(each("--userns", Some(mode), ids::userns)?.unwrap_or_default()),
        None => {
            let found = host.env.iter().find(|(name, _)| name == "PODMAN_USERNS");
            if let Some((_, mode)) = found.filter(|(_, mode)| !mode.is_empty()) {
                return Ok(each("PODMAN_USERNS", Some(mode), ids::userns)?.unwrap_or_default());
            }
            let word = host.defaults.userns.as_deref();
            Ok(each("containers.conf userns", word, ids::userns)?.unwrap_or_default())
        }
    }
}

/// Capabilities, seccomp, limits.
fn rights(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.cap_add = args.cap_add.clone();
    request.cap_drop = args.cap_drop.clone();
    request.privileged = args.privileged;
    let mut made = Security::default();
    for word in &args.security_opt {
        security::option(&mut made, word)
            .map_err(|why| Error::usage(format!("--security-opt \"{word}\""), why))?;
    }
    match args.seccomp_policy.as_deref() {
        None | Some("" | "default") => {}
        Some("image") if made.seccomp == Seccomp::Default => made.seccomp = Seccomp::Image,
        Some("image") => {}
        Some(word) => {
            let what = format!("--seccomp-policy \"{word}\"");
            return Err(Error::usage(what, "is none of default and image"));
        }
    }
    request.security = made;
    let (host_words, words): (Vec<_>, Vec<_>) =
        args.ulimit.iter().cloned().partition(|word| word == "host");
    request.host_ulimits = !host_words.is_empty();
    request.ulimits = words
        .iter()
        .map(|word| limits::ulimit(word).map_err(|why| not_a_limit(word, &why)))
        .collect::<Result<_, _>>()?;
    let key = "containers.conf default_ulimits";
    for limit in all(key, &host.defaults.ulimits, limits::ulimit)? {
        if !request.ulimits.iter().any(|said| said.name == limit.name) {
            request.ulimits.push(limit);
        }
    }
    let sysctls = all("--sysctl", &args.sysctl, limits::sysctl)?;
    request.sysctls = sysctls.into_iter().collect();
    request.requires = args.requires.clone();
    request.oom_score_adj = args.oom_score_adj.or(host.defaults.oom_score_adj);
    Ok(())
}

/// Says in Podman's words why an `--ulimit` is none.
fn not_a_limit(word: &str, why: &str) -> Error {
    let wanted = "requires name=SOFT:HARD, failed to be parsed";
    Error::usage("", format!("ulimit option \"{word}\" {wanted}: {why}"))
}

/// Limits, and where the control group is.
fn limits_of(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.resources = resources::for_a_new_one(&args.resources)?;
    request.resources.files = resources::files(&host.defaults.cgroup_conf)?;
    let typed = resources::files(&args.cgroup.cgroup_conf)?;
    request.resources.files.extend(typed);
    let usual = host.defaults.cgroups.as_deref();
    let usual = each("containers.conf cgroups", usual, resources::cgroups)?;
    request.cgroups = args.cgroup.cgroups.or(usual).unwrap_or_default();
    let parent = args.cgroup.cgroup_parent.as_deref();
    request.cgroup_parent = each("--cgroup-parent", parent, resources::parent)?;
    request.cgroup_manager = host.cgroup_manager.clone();
    request.systemd = args.cgroup.systemd.unwrap_or_default();
    if request.cgroups == Cgroups::Split && request.cgroup_parent.is_some() {
        let reason = "--cgroup-parent cannot be set with --cgroups=split";
        return Err(Error::usage("", reason));
    }
    Ok(())
}

/// Restart, stop, removal, log.
fn life(args: &ContainerArgs, host: &Host, request: &mut RunRequest) -> Result<(), Error> {
    request.restart =
        each("--restart", args.restart.as_deref(), limits::restart)?.unwrap_or_default();
    if args.rmi && args.rm == Some(false) {
        let reason = "the --rmi option does not work without --rm";
        return Err(Error::usage("", reason));
    }
    request.remove = args.rm.unwrap_or(args.rmi);
    request.remove_image = args.rmi;
    if request.remove && request.restart != RestartPolicy::No {
        return Err(Error::usage(
            "",
            "the --rm option conflicts with --restart, when the restartPolicy is not \"\" and \"no\"",
        ));
    }
    request.stop_signal = each("--stop-signal", args.stop_signal.as_deref(), signal::parse)?;
    request.stop_timeout = args.stop_timeout;
    request.timeout = args.timeout.unwrap_or(0);
    request.health = health::request(&args.health)?;
    request.sd_notify = args.sdnotify.unwrap_or_default();
    let socket = host.env.iter().find(|(key, _)| key == "NOTIFY_SOCKET");
    request.notify_socket = socket
        .map(|(_, socket)| socket.clone())
        .filter(|socket| !socket.is_empty() && request.sd_notify != SdNotify::Ignore);
    let driver = args.log_driver.as_deref();
    let driver = driver.or(host.defaults.log_driver.as_deref());
    request.log = limits::log(driver, &args.log_opt).map_err(|why| Error::usage("", why))?;
    if !args
        .log_opt
        .iter()
        .any(|word| word.starts_with("max-size="))
    {
        let size = host.defaults.log_size_max;
        request.log.max_size = size.and_then(|size| u64::try_from(size).ok());
    }
    let file = |option: &str, path: &Option<PathBuf>| match path {
        Some(path) => absolute(option, path).map(Some),
        None => Ok(None),
    };
    request.cidfile = file("--cidfile", &args.cidfile)?;
    request.pidfile = file("--pidfile", &args.pidfile)?;
    request.monitor_pidfile = file("--conmon-pidfile", &args.conmon_pidfile)?;
    Ok(())
}

/// Parses a `--pull` policy.
pub fn pull_policy(word: Option<&str>) -> Result<PullPolicy, Error> {
    match word.map(str::to_ascii_lowercase).as_deref() {
        None | Some("missing" | "false") => Ok(PullPolicy::Missing),
        Some("always" | "true") => Ok(PullPolicy::Always),
        Some("never") => Ok(PullPolicy::Never),
        Some("newer" | "ifnewer") => Ok(PullPolicy::Newer),
        Some(other) => Err(Error::usage(
            "",
            format!("unsupported pull policy \"{other}\""),
        )),
    }
}

/// Puts the four platform options together.
pub fn platform(args: &PlatformArgs) -> Result<Option<Platform>, Error> {
    security::platform(
        args.platform.as_deref(),
        args.os.as_deref(),
        args.arch.as_deref(),
        args.variant.as_deref(),
    )
    .map_err(|why| Error::usage("", why))
}

/// Parses each word of a repeated option.
fn all<T>(
    option: &str,
    words: &[String],
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Error> {
    let parsed = words
        .iter()
        .map(|word| parse(word).map_err(|why| Error::usage(format!("{option} \"{word}\""), why)));
    parsed.collect()
}

/// Parses an option's word if there is one.
fn each<T>(
    option: &str,
    word: Option<&str>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    let Some(word) = word else {
        return Ok(None);
    };
    let parsed = parse(word).map_err(|why| Error::usage(format!("{option} \"{word}\""), why))?;
    Ok(Some(parsed))
}
