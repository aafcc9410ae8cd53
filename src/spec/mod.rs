//! Request and image config → OCI runtime spec.
//!
//! Implements the making of `config.json` after runtime-spec 1.1 (config.md, config-linux.md),
//! in the shape other runtimes accept too. This room is pure: it makes no system call; what must
//! be looked up comes in through [`Input`]. It does not resolve links, create anything, or decide
//! which rung of the ladder the machine is on.
//!
//! * [`check`]: what can be refused before anything is made.
//! * [`merge()`]: what the image and the request say together; used at creation.
//! * [`accounts`]: lines for the image's passwd and group files.
//! * [`user`]: names to numbers, from the image's own files.
//! * [`make`]: the whole spec; used at every start. [`exec_process`]: one more process.
//! * [`seccomp`]: profiles and their compiler.

pub mod accounts;
mod error;
pub mod health;
pub mod limits;
pub mod merge;
pub mod mounts;
mod path;
pub mod resources;
pub mod seccomp;
pub mod security;
pub mod systemd;
pub mod user;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use oci_spec::runtime::{
    Linux, LinuxIdMapping, LinuxIdMappingBuilder, LinuxNamespace, LinuxNamespaceType,
    LinuxPersonality, LinuxPersonalityDomain, Process, Root, Spec, User as ProcessUser,
};

pub use error::{Error, IdKind, UserProblem};
pub use merge::{Exposed, Merged, merge, signal_name, signal_number};

use crate::types::ContainerRecord;
use crate::types::request::{
    ExecRequest, NamespaceMode, Network, Personality, RunRequest, Seccomp,
};
use merge::Environment;
use seccomp::Profile;
use security::CapSet;

/// The version whose fields are used; Debian 12's crun (1.8.1) refuses any later one.
const OCI_VERSION: &str = "1.1.0";

/// Everything a spec follows from.
pub struct Input<'a> {
    pub record: &'a ContainerRecord,
    /// The record's user, resolved in the image.
    pub user: &'a user::Resolved,
    /// The map of the container's own user namespace, a child of U0.
    pub ids: &'a Ids,
    /// One id only: owners cannot be kept, so the calls that change them seem to succeed.
    pub single_id: bool,
    /// The container's root is uid 0 of the host itself (the last rung of the ladder).
    pub host_root: bool,
    pub rootfs: &'a Path,
    pub generated: Generated<'a>,
    /// Private also where the map repeats U0's.
    pub user_namespace: Namespace,
    pub network: Namespace,
    pub pid: Namespace,
    pub ipc: Namespace,
    pub uts: Namespace,
    pub cgroup: Namespace,
    pub cgroup_view: CgroupView,
    /// The /dev/shm of the container whose IPC namespace is joined, by its way in /proc.
    pub shm: Option<&'a Path>,
    /// The program that is process 1 with `--init`, on the host.
    pub init: Option<&'a Path>,
    /// Where a layer's files are, by its chain id in hex.
    pub layer: &'a dyn Fn(&str) -> Option<PathBuf>,
    /// Where what is written into mounted images goes: one directory for each target.
    pub scratch: &'a dyn Fn(&str) -> PathBuf,
    /// Where a file of an artifact is, by its digest in hex.
    pub blob: &'a dyn Fn(&str) -> Option<PathBuf>,
    /// Where a volume's files are.
    pub volume: &'a dyn Fn(&str) -> Option<PathBuf>,
    /// The profile of `--security-opt seccomp=FILE`, read and parsed.
    pub profile: Option<&'a Profile>,
    pub machine: Machine<'a>,
}

/// What the spec must know of the kernel.
#[derive(Debug, Clone, Copy)]
pub struct Machine<'a> {
    /// Version and patch level, such as (6, 1).
    pub kernel: (u32, u32),
    /// /proc/sys/kernel/cap_last_cap.
    pub last_capability: u32,
    /// The CPUs that have /sys/devices/system/cpu/cpuN/thermal_throttle.
    pub thermal_cpus: &'a [u32],
    pub arch: seccomp::Arch,
    /// The kernel enforces or logs by SELinux's policy.
    pub selinux: bool,
}

/// Files made by the engine, as host paths; `None` leaves the image's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Generated<'a> {
    pub resolv_conf: Option<&'a Path>,
    pub hosts: Option<&'a Path>,
    pub hostname: Option<&'a Path>,
    pub containerenv: Option<&'a Path>,
    pub localtime: Option<&'a Path>,
    pub passwd: Option<&'a Path>,
    pub group: Option<&'a Path>,
    /// Where each file with a secret is in the container, and its own path.
    pub secrets: &'a [(String, PathBuf)],
}

/// Whose namespace of one kind the container uses, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Namespace {
    Private,
    Host,
    /// A namespace file, such as /proc/PID/ns/net.
    Join(PathBuf),
}

/// Whether the container sees its control groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CgroupView {
    /// cgroup2 in a cgroup namespace of its own.
    Fresh,
    /// Version 1, or the host's cgroup namespace: a mount would be refused or show too much.
    Omitted,
}

/// The map of a user namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    pub uid: Vec<Extent>,
    pub gid: Vec<Extent>,
}

/// One line of a map: user_namespaces(7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub inside: u32,
    pub outside: u32,
    pub count: u32,
}

impl Extent {
    pub fn contains(&self, id: u32) -> bool {
        id.checked_sub(self.inside)
            .is_some_and(|at| at < self.count)
    }
}

/// Checks what can be checked of a request without a machine or an image, so that a container
/// that could never start is not made.
pub fn check(request: &RunRequest) -> Result<(), Error> {
    check_apparmor(request)?;
    security::bounding(
        &request.cap_add,
        &request.cap_drop,
        request.privileged,
        u32::MAX,
    )?;
    security::covered(request, &[])?;
    limits::rlimits(request)?;
    let is_private = |mode: &NamespaceMode| *mode == NamespaceMode::Private;
    let shared_network = matches!(
        request.network,
        Network::Host | Network::Container(_) | Network::Path(_)
    );
    limits::sysctls(
        request,
        limits::Own {
            network: !shared_network,
            ipc: is_private(&request.ipc_mode),
            uts: is_private(&request.uts_mode),
        },
    )?;
    for name in request.hostname.iter().chain(&request.domain_name) {
        hostname(name)?;
    }
    mounts::check(request)
}

/// Makes the container's OCI runtime spec.
pub fn make(input: &Input<'_>) -> Result<Spec, Error> {
    let request = &input.record.request;
    if request.privileged && input.host_root {
        return Err(Error::PrivilegedHostRoot);
    }
    check_apparmor(request)?;
    check_labels(request, input.machine.selinux)?;
    check_mapped(input.user, input.ids, input.single_id)?;
    let bounding = security::bounding(
        &request.cap_add,
        &request.cap_drop,
        request.privileged,
        input.machine.last_capability,
    )?;
    let mut root = Root::default();
    root.set_path(input.rootfs.to_owned());
    root.set_readonly(Some(request.read_only));
    let mut spec = Spec::default();
    spec.set_version(OCI_VERSION.to_owned());
    spec.set_root(Some(root));
    spec.set_process(Some(process(input, bounding)?));
    spec.set_mounts(Some(mounts::mounts(input)?));
    spec.set_linux(Some(linux(input, bounding)?));
    // Only a UTS namespace of one's own may be given a name.
    spec.set_hostname(match input.uts {
        Namespace::Private => Some(hostname(&input.record.hostname)?),
        _ => None,
    });
    spec.set_domainname(match (&input.uts, &request.domain_name) {
        (Namespace::Private, Some(name)) => Some(hostname(name)?),
        _ => None,
    });
    spec.set_annotations(annotations(request));
    Ok(spec)
}

/// Returns the spec's JSON, the same bytes every time.
///
/// The library keeps sets and maps hashed; sorting makes bundles comparable.
pub fn to_json(spec: &Spec) -> Vec<u8> {
    let mut value = serde_json::to_value(spec).expect("a spec has only string keys");
    value.sort_all_objects();
    for set in [
        "bounding",
        "effective",
        "inheritable",
        "permitted",
        "ambient",
    ] {
        let pointer = format!("/process/capabilities/{set}");
        if let Some(names) = value.pointer_mut(&pointer).and_then(|v| v.as_array_mut()) {
            names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&value).expect("a value is JSON");
    bytes.push(b'\n');
    bytes
}

/// What one more process in a container follows from.
pub struct ExecInput<'a> {
    pub record: &'a ContainerRecord,
    pub request: &'a ExecRequest,
    /// The request's user, or else the record's, resolved in the running container.
    pub user: &'a user::Resolved,
    pub ids: &'a Ids,
    pub single_id: bool,
    pub last_capability: u32,
}

/// Makes the process of an `exec`: the container's limits, the request's words.
///
/// `--privileged` widens its capabilities and nothing else: the container's masks and its
/// filter hold (S-56, S-67).
pub fn exec_process(input: &ExecInput<'_>) -> Result<Process, Error> {
    let (record, request) = (input.record, input.request);
    check_mapped(input.user, input.ids, input.single_id)?;
    if request.command.first().is_none_or(String::is_empty) {
        return Err(Error::NoCommand);
    }
    let bounding = security::bounding(
        &record.request.cap_add,
        &record.request.cap_drop,
        record.request.privileged,
        input.last_capability,
    )?;
    let bounding = if request.privileged {
        CapSet::all(input.last_capability)
    } else {
        bounding
    };
    let mut env = Environment(record.env.clone());
    if request.tty {
        env.set_default("TERM=xterm".to_owned());
    }
    env.set_default(format!("HOSTNAME={}", record.hostname));
    env.set_default(format!("HOME={}", input.user.home));
    for (key, value) in &request.env {
        env.set(format!("{key}={value}"));
    }
    let workdir = request.workdir.as_deref().unwrap_or(&record.workdir);
    let mut process = Process::default();
    process.set_terminal(Some(request.tty));
    process.set_user(process_user(input.user, input.single_id, &record.request));
    process.set_args(Some(request.command.clone()));
    process.set_env(Some(env.0));
    process.set_cwd(PathBuf::from(path::clean(workdir)));
    process.set_capabilities(Some(security::process_sets(bounding, input.user.uid)));
    process.set_rlimits(Some(limits::rlimits(&record.request)?));
    process.set_no_new_privileges(Some(record.request.security.no_new_privileges));
    process.set_oom_score_adj(record.request.oom_score_adj);
    Ok(process)
}

fn process_user(user: &user::Resolved, single_id: bool, request: &RunRequest) -> ProcessUser {
    let mut oci = ProcessUser::default();
    oci.set_uid(user.uid);
    oci.set_gid(user.gid);
    oci.set_umask(Some(request.umask.unwrap_or(0o022)));
    // setgroups(2) is denied where only one id is mapped.
    if !single_id {
        oci.set_additional_gids(Some(user.groups.clone()));
    }
    oci
}

fn process(input: &Input<'_>, bounding: CapSet) -> Result<Process, Error> {
    let record = input.record;
    let request = &record.request;
    let mut process = Process::default();
    process.set_terminal(Some(request.tty));
    process.set_user(process_user(input.user, input.single_id, request));
    let mut argv = record.argv.clone();
    if input.init.is_some() {
        let init = [mounts::INIT, "--"].map(str::to_owned);
        argv.splice(0..0, init);
    }
    process.set_args(Some(argv));
    process.set_env(Some(environment(input)));
    process.set_cwd(PathBuf::from(&record.workdir));
    process.set_capabilities(Some(security::process_sets(bounding, input.user.uid)));
    process.set_rlimits(Some(limits::rlimits(request)?));
    process.set_no_new_privileges(Some(request.security.no_new_privileges));
    process.set_oom_score_adj(request.oom_score_adj);
    Ok(process)
}

/// Adds what is known only now to the record's environment.
fn environment(input: &Input<'_>) -> Vec<String> {
    let mut env = Environment(input.record.env.clone());
    let unset = &input.record.request.unset_env;
    for (key, value) in [
        ("HOSTNAME", &input.record.hostname),
        ("HOME", &input.user.home),
    ] {
        if !unset.iter().any(|name| name == key) && !value.is_empty() {
            env.set_default(format!("{key}={value}"));
        }
    }
    if systemd::is_wanted(&input.record.request, &input.record.argv) {
        env.set_default(systemd::uuid(input.record));
    }
    env.0
}

fn linux(input: &Input<'_>, bounding: CapSet) -> Result<Linux, Error> {
    let request = &input.record.request;
    let covered = security::covered(request, input.machine.thermal_cpus)?;
    let mut linux = Linux::default();
    linux.set_uid_mappings(Some(mappings(&input.ids.uid)));
    linux.set_gid_mappings(Some(mappings(&input.ids.gid)));
    linux.set_namespaces(Some(namespaces(input)));
    linux.set_resources(resources::resources(&request.resources));
    let own = limits::Own {
        network: input.network == Namespace::Private,
        ipc: input.ipc == Namespace::Private,
        uts: input.uts == Namespace::Private,
    };
    linux.set_sysctl(Some(limits::sysctls(request, own)?));
    linux.set_masked_paths(Some(covered.masked));
    linux.set_readonly_paths(Some(covered.read_only));
    linux.set_personality(request.personality.map(persona));
    linux.set_rootfs_propagation(Some("rprivate".to_owned()));
    linux.set_seccomp(seccomp::for_container(input, bounding)?);
    Ok(linux)
}

fn persona(wanted: Personality) -> LinuxPersonality {
    let mut persona = LinuxPersonality::default();
    persona.set_domain(match wanted {
        Personality::Linux => LinuxPersonalityDomain::PerLinux,
        Personality::Linux32 => LinuxPersonalityDomain::PerLinux32,
    });
    persona
}

fn mappings(extents: &[Extent]) -> Vec<LinuxIdMapping> {
    extents
        .iter()
        .map(|extent| {
            LinuxIdMappingBuilder::default()
                .container_id(extent.inside)
                .host_id(extent.outside)
                .size(extent.count)
                .build()
                .expect("every field has a default")
        })
        .collect()
}

/// Lists the namespaces that are made or joined; a kind that is absent is the host's.
fn namespaces(input: &Input<'_>) -> Vec<LinuxNamespace> {
    use LinuxNamespaceType as Kind;
    let private = Namespace::Private;
    [
        (Kind::User, &input.user_namespace),
        (Kind::Mount, &private),
        (Kind::Pid, &input.pid),
        (Kind::Ipc, &input.ipc),
        (Kind::Uts, &input.uts),
        (Kind::Network, &input.network),
        (Kind::Cgroup, &input.cgroup),
    ]
    .into_iter()
    .filter_map(|(kind, whose)| {
        let mut namespace = LinuxNamespace::default();
        namespace.set_typ(kind);
        match whose {
            Namespace::Private => {}
            Namespace::Host => return None,
            Namespace::Join(path) => {
                namespace.set_path(Some(path.clone()));
            }
        }
        Some(namespace)
    })
    .collect()
}

fn annotations(request: &RunRequest) -> Option<HashMap<String, String>> {
    let all: HashMap<_, _> = request.annotations.clone().into_iter().collect();
    (!all.is_empty()).then_some(all)
}

/// sethostname(2) takes 64 bytes; what would break /etc/hosts is refused (S-35).
pub fn hostname(name: &str) -> Result<String, Error> {
    let refuse = |reason| Error::BadText {
        what: "hostname",
        text: name.to_owned(),
        reason,
    };
    if name.is_empty() || name.len() > 64 {
        return Err(refuse("must have 1 to 64 characters"));
    }
    if !name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
    {
        return Err(refuse(
            "may hold letters, digits, hyphens, dots and underscores",
        ));
    }
    Ok(name.to_owned())
}

/// Every id the process carries must exist inside, or it would silently become the overflow id.
fn check_mapped(user: &user::Resolved, ids: &Ids, single_id: bool) -> Result<(), Error> {
    let mapped = |extents: &[Extent], id| extents.iter().any(|extent| extent.contains(id));
    let refuse = |kind, id| Err(Error::Unmapped { kind, id });
    if !mapped(&ids.uid, user.uid) {
        return refuse(IdKind::User, user.uid);
    }
    if !mapped(&ids.gid, user.gid) {
        return refuse(IdKind::Group, user.gid);
    }
    // With one id there is no group list at all.
    match user.groups.iter().find(|gid| !mapped(&ids.gid, **gid)) {
        Some(gid) if !single_id => refuse(IdKind::Group, *gid),
        _ => Ok(()),
    }
}

/// A protection that was asked for and cannot be given is an error, never silence (S-68).
fn check_apparmor(request: &RunRequest) -> Result<(), Error> {
    match request.security.apparmor.as_deref() {
        None | Some("" | "unconfined") => Ok(()),
        Some(profile) => Err(Error::Security {
            option: "apparmor",
            value: profile.to_owned(),
            reason: "AppArmor profiles cannot be applied by an unprivileged user",
        }),
    }
}

/// Without SELinux a label says nothing, as with Podman; where it has a meaning it is refused.
pub fn check_labels(request: &RunRequest, selinux: bool) -> Result<(), Error> {
    let plain = |label: &&String| matches!(label.as_str(), "disable" | "nested");
    match request.security.labels.iter().find(|label| !plain(label)) {
        Some(label) if selinux => Err(Error::Security {
            option: "label",
            value: label.clone(),
            reason: "SELinux labels are not supported",
        }),
        _ => Ok(()),
    }
}

/// Whether the request leaves calls unfiltered.
fn is_unconfined(request: &RunRequest) -> bool {
    match request.security.seccomp {
        Seccomp::Unconfined => true,
        Seccomp::Default | Seccomp::Image => request.privileged,
        Seccomp::Profile(_) | Seccomp::Text(_) => false,
    }
}
