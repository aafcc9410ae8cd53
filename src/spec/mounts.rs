//! What is mounted in the container, in the order it is attached.
//!
//! runtime-spec config.md "Mounts". Defaults first, then the files the engine generates, then
//! the user's; sorted by depth, so that nothing is covered by its own parent. Targets the user
//! may not have are refused here (S-55); where a link in the image leads is checked by the
//! runtime, which alone sees it.

use std::path::{Path, PathBuf};

use oci_spec::runtime::Mount as OciMount;

use crate::spec::error::Error;
use crate::spec::path;
use crate::spec::systemd;
use crate::spec::{CgroupView, Input, Namespace};
use crate::types::request::{
    ArtifactFile, Devpts, ImageTree, IpcSharing, Mount, MountSource, RunRequest, Tmpfs,
};
use crate::types::secret::{FOLDER, SecretForm};

/// Option of a bind mount: its source is what another container has at the same path.
pub const BORROWED: &str = "X-coracle.borrowed";

/// Where the small init of `--init` is seen inside.
pub const INIT: &str = "/run/podman-init";

/// Option of a bind mount: its source is resolved below this directory, links included.
pub const BELOW: &str = "X-coracle.below=";

/// Option of an overlay: only this path below its root is mounted.
pub const SUBPATH: &str = "X-coracle.subpath=";

/// `--shm-size`'s default, as everywhere.
const SHM_SIZE: u64 = 65_536_000;

/// Files of /proc that a user may cover, one file each: what lxcfs serves and a few that
/// programs read for sizing themselves. Everything else below /proc is refused.
pub const PROC_FILES: [&str; 9] = [
    "/proc/cpuinfo",
    "/proc/diskstats",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/slabinfo",
    "/proc/stat",
    "/proc/swaps",
    "/proc/sys/crypto/fips_enabled",
    "/proc/uptime",
];

/// Where `--read-only` still leaves room to write, unless `--read-only-tmpfs=false`.
const WRITABLE_IN_READ_ONLY: [&str; 3] = ["/run", "/tmp", "/var/tmp"];

/// One mount to be, its target clean.
struct Planned {
    target: String,
    kind: &'static str,
    source: PathBuf,
    options: Vec<String>,
}

/// Checks the targets of a request before anything is made.
pub fn check(request: &RunRequest) -> Result<(), Error> {
    let mut targets: Vec<String> = Vec::new();
    let mounts = request
        .mounts
        .iter()
        .map(|mount| (&mount.target, Some(&mount.source)));
    let devices = request
        .devices
        .iter()
        .map(|device| (&device.container, None));
    for (target, source) in mounts.chain(devices) {
        let clean = match source {
            Some(source) => allowed_for(source, target)?,
            None => allowed_target(target)?,
        };
        if targets.contains(&clean) {
            return Err(refuse(target, "duplicate mount destination"));
        }
        targets.push(clean);
    }
    for secret in &request.secrets {
        if let SecretForm::File(file) = &secret.form {
            let target = file.path(&secret.source);
            let clean = allowed_target(&target)?;
            if targets.contains(&clean) {
                return Err(refuse(&target, "duplicate mount destination"));
            }
            targets.push(clean);
        }
    }
    Ok(())
}

/// Returns every mount of the container, sorted by depth; equals keep their order.
pub fn mounts(input: &Input<'_>) -> Result<Vec<OciMount>, Error> {
    let user = user_mounts(input)?;
    let mut all = defaults(input);
    all.extend(generated(input));
    all.extend(secrets(input));
    all.extend(init(input));
    // What the user mounts replaces ours of the same place.
    all.retain(|ours| !user.iter().any(|theirs| theirs.target == ours.target));
    // Nothing is made in a directory of the user's only to say that this is a container.
    let in_theirs = user
        .iter()
        .any(|theirs| theirs.target == "/run" && theirs.kind == "bind");
    all.retain(|ours| !in_theirs || ours.target != "/run/.containerenv");
    all.extend(user);
    all.extend(devices(&input.record.request, &all)?);
    all.sort_by_key(|mount| path::depth(&mount.target));
    Ok(all.into_iter().map(Planned::into_oci).collect())
}

fn defaults(input: &Input<'_>) -> Vec<Planned> {
    let request = &input.record.request;
    let for_systemd = systemd::is_wanted(request, &input.record.argv);
    let mut all = vec![proc(input), dev(request), devpts(input)];
    if input.ipc == Namespace::Host {
        all.push(plan(
            "/dev/mqueue",
            "bind",
            "/dev/mqueue",
            "rbind,rprivate,nosuid,noexec,nodev",
        ));
        all.push(plan(
            "/dev/shm",
            "bind",
            "/dev/shm",
            "rbind,rprivate,nosuid,noexec,nodev",
        ));
    } else {
        all.push(plan(
            "/dev/mqueue",
            "mqueue",
            "mqueue",
            "nosuid,noexec,nodev",
        ));
        // --ipc none: nothing to share, nothing there.
        if request.ipc_sharing != IpcSharing::None {
            all.push(shm(input));
        }
    }
    all.push(sysfs(input));
    match input.cgroup_view {
        // The runtime's name for whatever hierarchy there is: with version 2 a cgroup2 mount.
        CgroupView::Fresh => {
            let access = if request.privileged || for_systemd {
                "rw"
            } else {
                "ro"
            };
            let options = format!("{access},nosuid,noexec,nodev,relatime");
            all.push(plan("/sys/fs/cgroup", "cgroup", "cgroup", &options));
        }
        CgroupView::Omitted => {}
    }
    if for_systemd {
        let fresh = systemd::FRESH.into_iter();
        all.extend(fresh.map(|(target, options)| plan(target, "tmpfs", "tmpfs", options)));
    } else if request.read_only && request.read_only_tmpfs {
        all.extend(
            WRITABLE_IN_READ_ONLY
                .map(|target| plan(target, "tmpfs", "tmpfs", "rw,nosuid,nodev,tmpcopyup")),
        );
    }
    all
}

/// With nothing writable left, its own directory is not either.
fn dev(request: &RunRequest) -> Planned {
    let access = if request.read_only && !request.read_only_tmpfs {
        "ro,"
    } else {
        ""
    };
    let options = format!("{access}nosuid,noexec,strictatime,mode=755,size=65536k");
    plan("/dev", "tmpfs", "tmpfs", &options)
}

/// A fresh procfs needs a pid namespace of one's own; the host's is shown as it is mounted there.
fn proc(input: &Input<'_>) -> Planned {
    match input.pid {
        Namespace::Host => plan(
            "/proc",
            "bind",
            "/proc",
            "rbind,rprivate,nosuid,noexec,nodev",
        ),
        _ => {
            let mut mount = plan("/proc", "proc", "proc", "nosuid,noexec,nodev");
            let wanted = &input.record.request.security.proc_options;
            mount.options.extend(wanted.iter().cloned());
            mount
        }
    }
}

/// gid 5 is `tty` in every distribution; a map that lacks it makes the mount EINVAL.
fn devpts(input: &Input<'_>) -> Planned {
    let options = "nosuid,noexec,newinstance,ptmxmode=0666,mode=0620";
    let mapped = input.ids.gid.iter().any(|extent| extent.contains(5));
    let gid = if mapped { ",gid=5" } else { "" };
    plan("/dev/pts", "devpts", "devpts", &format!("{options}{gid}"))
}

fn shm(input: &Input<'_>) -> Planned {
    if let Some(source) = input.shm {
        let mut mount = plan("/dev/shm", "bind", "", "bind,rprivate,nosuid,noexec,nodev");
        source.clone_into(&mut mount.source);
        mount.options.push(BORROWED.to_owned());
        return mount;
    }
    let request = &input.record.request;
    let size = request.shm_size.unwrap_or(SHM_SIZE);
    let access = if request.read_only && !request.read_only_tmpfs {
        "ro,"
    } else {
        ""
    };
    let options = format!("{access}nosuid,noexec,nodev,mode=1777,size={size}");
    plan("/dev/shm", "tmpfs", "shm", &options)
}

/// sysfs shows a network namespace and can be mounted only by its owner; else the host's is
/// bound, all of it read-only.
fn sysfs(input: &Input<'_>) -> Planned {
    let access = if input.record.request.privileged {
        "rw"
    } else {
        "ro"
    };
    match input.network {
        Namespace::Private => plan(
            "/sys",
            "sysfs",
            "sysfs",
            &format!("nosuid,noexec,nodev,{access}"),
        ),
        Namespace::Host | Namespace::Join(_) => plan(
            "/sys",
            "bind",
            "/sys",
            // Never writable: the files of the host's sysfs are not the container's.
            "rbind,rprivate,nosuid,noexec,nodev,ro",
        ),
    }
}

/// Files the engine writes for this container, attached and never written through the image.
fn generated(input: &Input<'_>) -> Vec<Planned> {
    let files = &input.generated;
    let access = if input.record.request.read_only {
        "noexec,ro"
    } else {
        "rw"
    };
    let files = [
        ("/etc/resolv.conf", files.resolv_conf),
        ("/etc/hosts", files.hosts),
        ("/etc/hostname", files.hostname),
        ("/run/.containerenv", files.containerenv),
        ("/etc/localtime", files.localtime),
        ("/etc/passwd", files.passwd),
        ("/etc/group", files.group),
    ];
    let roots = input.record.request.chroot_dirs.iter().map(String::as_str);
    let places = std::iter::once("").chain(roots).flat_map(|root| {
        files
            .iter()
            .map(move |(target, source)| (format!("{root}{target}"), *source))
    });
    places
        .filter_map(|(target, source)| {
            let mut mount = plan(
                &target,
                "bind",
                "",
                &format!("bind,rprivate,nosuid,nodev,{access}"),
            );
            source?.clone_into(&mut mount.source);
            Some(mount)
        })
        .collect()
}

/// Secrets are files of the container's own; most are in a directory that is no part of its tree.
fn secrets(input: &Input<'_>) -> Vec<Planned> {
    let mut all = Vec::new();
    let files = input.generated.secrets;
    if files
        .iter()
        .any(|(path, _)| path::is_within(&path::clean(path), FOLDER))
    {
        all.push(plan(
            FOLDER,
            "tmpfs",
            "tmpfs",
            "rw,nosuid,nodev,noexec,mode=755,size=64k",
        ));
    }
    let access = if input.record.request.read_only {
        "ro"
    } else {
        "rw"
    };
    for (path, source) in files {
        let options = format!("bind,rprivate,nosuid,nodev,noexec,{access}");
        let mut mount = plan(&path::clean(path), "bind", "", &options);
        source.clone_into(&mut mount.source);
        all.push(mount);
    }
    all
}

/// The small init is a file of the host: nothing inside may write to it (S-63).
fn init(input: &Input<'_>) -> Option<Planned> {
    let mut mount = plan(INIT, "bind", "", "bind,rprivate,nosuid,nodev,ro");
    input.init?.clone_into(&mut mount.source);
    Some(mount)
}

fn user_mounts(input: &Input<'_>) -> Result<Vec<Planned>, Error> {
    let mut planned: Vec<Planned> = Vec::new();
    for mount in &input.record.mounts {
        let target = allowed_for(&mount.source, &mount.target)?;
        if planned.iter().any(|earlier| earlier.target == target) {
            return Err(refuse(&mount.target, "duplicate mount destination"));
        }
        planned.push(user_mount(input, mount, target)?);
    }
    Ok(planned)
}

/// A set of terminals may take the place of ours; nothing else may.
fn allowed_for(source: &MountSource, target: &str) -> Result<String, Error> {
    match source {
        MountSource::Devpts(_) if path::clean(target) == "/dev/pts" => Ok("/dev/pts".to_owned()),
        _ => allowed_target(target),
    }
}

/// Returns the clean target, or why a user may not mount there.
pub fn allowed_target(target: &str) -> Result<String, Error> {
    if !target.starts_with('/') {
        return Err(refuse(target, "not an absolute path"));
    }
    if target.contains('\0') || target.len() > 4096 {
        return Err(refuse(target, "not a path"));
    }
    let clean = path::clean(target);
    if clean == "/" {
        return Err(refuse(target, "the root file system is the image's"));
    }
    if path::is_within(&clean, "/proc") && !PROC_FILES.contains(&clean.as_str()) {
        return Err(refuse(target, "nothing may cover /proc"));
    }
    if clean == "/sys" {
        return Err(refuse(target, "nothing may cover /sys"));
    }
    // The runtime makes its devices and the terminal there before anything else.
    if clean == "/dev"
        || path::is_within(&clean, "/dev/pts")
        || clean == "/dev/ptmx"
        || clean == "/dev/console"
    {
        return Err(refuse(
            target,
            "the container's own /dev cannot be replaced",
        ));
    }
    Ok(clean)
}

fn refuse(target: &str, reason: &'static str) -> Error {
    Error::Mount {
        target: target.to_owned(),
        reason,
    }
}

fn user_mount(input: &Input<'_>, mount: &Mount, target: String) -> Result<Planned, Error> {
    let mut options: Vec<String> = Vec::new();
    let (kind, source) = match &mount.source {
        MountSource::Tmpfs(tmpfs) => {
            options.extend(in_memory(tmpfs));
            let kind = if tmpfs.ramfs { "ramfs" } else { "tmpfs" };
            (kind, PathBuf::from(kind))
        }
        MountSource::Bind(source) => {
            let kind = written_over(input, mount, source, &target, &mut options);
            (kind, source.clone())
        }
        MountSource::Volume(name) => {
            let source = volume(input, name)?;
            let kind = written_over(input, mount, &source, &target, &mut options);
            (kind, source)
        }
        // An overlay needs two layers where nothing is written: a single one is shown as it is.
        MountSource::Image(tree) if tree.layers.len() == 1 && !tree.writable => {
            ("bind", layer(input, tree, &tree.layers[0])?)
        }
        MountSource::Image(tree) => {
            options.extend(overlay(input, tree, &target)?);
            options.extend(mount.subpath.iter().map(|path| format!("{SUBPATH}{path}")));
            ("overlay", PathBuf::from("overlay"))
        }
        MountSource::Artifact(file) => ("bind", blob(input, file)?),
        MountSource::Devpts(devpts) => {
            options.extend(terminals(input, devpts));
            ("devpts", PathBuf::from("devpts"))
        }
        MountSource::Anonymous => return Err(Error::Volume { name: target }),
    };
    let mut source = source;
    if kind == "bind" {
        options.push(if mount.non_recursive { "bind" } else { "rbind" }.to_owned());
        options.extend(mount.no_dereference.then(|| "copy-symlink".to_owned()));
        if let Some(path) = &mount.subpath {
            options.push(format!("{BELOW}{}", source.display()));
            source.push(path);
        }
    }
    options.extend(mount.no_atime.then(|| "noatime".to_owned()));
    let propagation = mount.propagation.as_deref().unwrap_or("rprivate");
    options.push(propagation.to_owned());
    options.push(if mount.read_only { "ro" } else { "rw" }.to_owned());
    // A device node that is bound on purpose must stay one.
    let is_device = (source.starts_with("/dev") && kind == "bind") || kind == "devpts";
    let flags = [
        (true, "nosuid"),
        (mount.no_dev || !is_device, "nodev"),
        (mount.no_exec, "noexec"),
    ];
    options.extend(
        flags
            .into_iter()
            .filter(|flag| flag.0)
            .map(|flag| flag.1.to_owned()),
    );
    Ok(Planned {
        target,
        kind,
        source,
        options,
    })
}

/// The kind of a bind mount or volume: with `O` an overlay, whose options are added.
fn written_over(
    input: &Input<'_>,
    mount: &Mount,
    source: &Path,
    target: &str,
    options: &mut Vec<String>,
) -> &'static str {
    let Some(overlay) = &mount.overlay else {
        return "bind";
    };
    let text = source.to_string_lossy().replace('\\', "\\\\");
    let scratch = (input.scratch)(target);
    let place = |given: &Option<PathBuf>, name: &str| {
        let path = given.clone().unwrap_or_else(|| scratch.join(name));
        path.display().to_string()
    };
    options.extend([
        format!("lowerdir={}", text.replace(':', "\\:")),
        "userxattr".to_owned(),
        format!("upperdir={}", place(&overlay.upper, "upper")),
        format!("workdir={}", place(&overlay.work, "work")),
    ]);
    "overlay"
}

/// The options of a tmpfs or a ramfs, which has no others than a mode.
fn in_memory(tmpfs: &Tmpfs) -> Vec<String> {
    let mut options = vec![format!("mode={:o}", tmpfs.mode.unwrap_or(0o1777))];
    if !tmpfs.ramfs {
        options.extend(tmpfs.size.map(|size| format!("size={size}")));
        options.extend(tmpfs.options.iter().cloned());
    }
    options.extend((!tmpfs.empty).then(|| "tmpcopyup".to_owned()));
    options
}

/// The options of an image's tree: mount(8), "Mount options for overlay".
fn overlay(input: &Input<'_>, tree: &ImageTree, target: &str) -> Result<Vec<String>, Error> {
    let mut lower = Vec::with_capacity(tree.layers.len());
    for hex in tree.layers.iter().rev() {
        let path = layer(input, tree, hex)?;
        let path = path.to_string_lossy().replace('\\', "\\\\");
        lower.push(path.replace(':', "\\:"));
    }
    let mut options = vec![
        format!("lowerdir={}", lower.join(":")),
        "userxattr".to_owned(),
    ];
    if tree.writable {
        let scratch = (input.scratch)(target);
        options.push(format!("upperdir={}", scratch.join("upper").display()));
        options.push(format!("workdir={}", scratch.join("work").display()));
    }
    Ok(options)
}

fn layer(input: &Input<'_>, tree: &ImageTree, hex: &str) -> Result<PathBuf, Error> {
    (input.layer)(hex).ok_or_else(|| Error::Layer {
        image: tree.image.clone(),
    })
}

fn blob(input: &Input<'_>, file: &ArtifactFile) -> Result<PathBuf, Error> {
    let path = file.blob.as_deref().and_then(|hex| (input.blob)(hex));
    path.ok_or_else(|| Error::Artifact {
        artifact: file.artifact.clone(),
    })
}

fn terminals(input: &Input<'_>, devpts: &Devpts) -> Vec<String> {
    let ours = self::devpts(input).options;
    let set = [
        devpts.uid.map(|uid| format!("uid={uid}")),
        devpts.gid.map(|gid| format!("gid={gid}")),
        devpts.mode.map(|mode| format!("mode=0{mode:o}")),
        devpts.max.map(|max| format!("max={max}")),
    ];
    let set: Vec<String> = set.into_iter().flatten().collect();
    let is_set = |option: &String| {
        let key = option.split('=').next();
        set.iter().any(|word| word.split('=').next() == key)
    };
    let kept: Vec<String> = ours.into_iter().filter(|option| !is_set(option)).collect();
    [kept, set].concat()
}

fn volume(input: &Input<'_>, name: &str) -> Result<PathBuf, Error> {
    (input.volume)(name).ok_or_else(|| Error::Volume {
        name: name.to_owned(),
    })
}

/// A device cannot be made in a user namespace (mknod(2), EPERM): the host's node is bound.
fn devices(request: &RunRequest, others: &[Planned]) -> Result<Vec<Planned>, Error> {
    let mut planned: Vec<Planned> = Vec::new();
    for device in &request.devices {
        let target = allowed_target(&device.container)?;
        let taken = |mount: &Planned| mount.target == target;
        if others.iter().chain(&planned).any(taken) {
            return Err(refuse(&device.container, "duplicate mount destination"));
        }
        let writable = device.access.is_empty() || device.access.contains('w');
        let access = if writable { "rw" } else { "ro" };
        let mut mount = plan(
            &target,
            "bind",
            "",
            &format!("bind,rprivate,nosuid,noexec,{access}"),
        );
        mount.source.clone_from(&device.host);
        planned.push(mount);
    }
    Ok(planned)
}

fn plan(target: &str, kind: &'static str, source: &str, options: &str) -> Planned {
    Planned {
        target: target.to_owned(),
        kind,
        source: Path::new(source).to_owned(),
        options: options.split(',').map(str::to_owned).collect(),
    }
}

impl Planned {
    fn into_oci(self) -> OciMount {
        let mut mount = OciMount::default();
        mount.set_destination(self.target.into());
        mount.set_typ(Some(self.kind.to_owned()));
        mount.set_source(Some(self.source));
        mount.set_options(Some(self.options));
        mount
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_that_would_fake_the_kernels_files_are_refused() {
        for bad in [
            "/",
            "//",
            "/..",
            "/a/..",
            "/proc",
            "/proc/",
            "/proc/self",
            "/proc/sys/kernel",
            "/proc/self/attr",
            "/x/../proc/1",
            "/sys",
            "/sys/.",
            "/dev",
            "/dev/pts",
            "/dev/pts/0",
            "/dev/ptmx",
            "/dev/console",
            "proc",
            "",
            "a",
            "/a\0",
        ] {
            assert!(allowed_target(bad).is_err(), "{bad:?}");
        }
        for (good, clean) in [
            ("/data", "/data"),
            ("/proc/cpuinfo", "/proc/cpuinfo"),
            ("/sys/fs/cgroup", "/sys/fs/cgroup"),
            ("/dev/shm", "/dev/shm"),
            ("/dev/fuse", "/dev/fuse"),
            ("/a/../b/", "/b"),
            ("/process", "/process"),
            ("/etc/hosts", "/etc/hosts"),
        ] {
            assert_eq!(allowed_target(good).as_deref(), Ok(clean));
        }
    }
}
