//! What this machine offers: the rung of the ladder, and what to do for a better one.
//!
//! Nothing here fails for want of something: what cannot be had is a hint, so that `info`
//! works where nothing else does (S-108).

use std::path::Path;

use crate::config::Environment;
use crate::config::registries::Registries;
use crate::engine::capabilities;
use crate::engine::cgroup::manager;
use crate::engine::{Engine, Error, Info};
use crate::network;
use crate::runtime::cgroup::place;
use crate::store::Store;
use crate::sys;
use crate::types::Status;
use crate::types::escape::visible;
use crate::userns;

/// The most of one file of /proc or /etc that is looked at.
const FILE_LIMIT: u64 = 1 << 20;

impl Engine {
    /// Looks at the machine and at the store.
    pub fn info(&self) -> Result<Info, Error> {
        let mut info = Info {
            rootless: sys::fs::own_uid() != 0,
            architecture: architecture().to_owned(),
            root: self.settings.root.clone(),
            runroot: self.settings.runroot.clone().unwrap_or_default(),
            cpus: std::thread::available_parallelism().map_or(1, usize::from),
            kernel: line("/proc/sys/kernel/osrelease"),
            hostname: line("/proc/sys/kernel/hostname"),
            os: os_release("ID=", &text("/etc/os-release")),
            os_version: os_release("VERSION_ID=", &text("/etc/os-release")),
            uptime: uptime(&line("/proc/uptime")),
            capabilities: capabilities::usual().join(","),
            event_logger: said(&self.settings.events_backend, "file"),
            log_driver: said(&self.settings.containers.log_driver, "k8s-file"),
            ..Info::default()
        };
        memory(&mut info);
        cgroups(&mut info, self.settings.cgroup_manager.as_deref());
        reachable(&mut info);
        match self.store() {
            Ok(store) => self.look_into(store, &mut info),
            Err(error) => info
                .hints
                .push(format!("the store cannot be used: {error}")),
        }
        if let Ok(registries) = Registries::load(&Environment::current()) {
            info.registries = registries.search().to_vec();
        }
        Ok(info)
    }

    fn look_into(&self, store: &Store, info: &mut Info) {
        info.root = store.root().to_owned();
        info.store_filesystem = filesystem_of(store.root(), &text("/proc/self/mountinfo"));
        match store.space() {
            Ok(space) => {
                info.store_total = space.total;
                info.store_used = space.total.saturating_sub(space.free);
            }
            Err(error) => info.hints.push(error.to_string()),
        }
        overlay(store, info);
        match self.usual_server() {
            Ok(Some(program)) => {
                "fuse-overlayfs".clone_into(&mut info.overlay);
                info.mount_program = Some(program);
            }
            Ok(None) => {}
            Err(error) => info.hints.push(error.message),
        }
        info.image_stores = self.image_stores();
        ids(store, info);
        match self.runtime_dir() {
            Ok(path) => info.runroot = path.clone(),
            Err(error) => info.hints.push(error.message),
        }
        self.count(info);
    }

    fn count(&self, info: &mut Info) {
        match self.images() {
            Ok(images) => info.images = images.len(),
            Err(error) => info.hints.push(error.message),
        }
        match self.containers() {
            Ok(containers) => {
                info.containers = containers.len();
                for container in containers {
                    match container.status {
                        Status::Running | Status::Stopping => info.running += 1,
                        Status::Paused => info.paused += 1,
                        _ => info.stopped += 1,
                    }
                }
            }
            Err(error) => info.hints.push(error.message),
        }
    }
}

fn said(word: &Option<String>, usual: &str) -> String {
    let word = word.as_deref().filter(|word| !word.is_empty());
    word.unwrap_or(usual).to_owned()
}

/// The id map of U0, which is made for the purpose if nothing runs: only that proves it works.
fn ids(store: &Store, info: &mut Info) {
    match userns::base(store.root()) {
        Ok(base) => {
            let flat = |extents: &[userns::Extent]| -> Vec<(u32, u32, u32)> {
                let each = extents.iter();
                each.map(|e| (e.inside, e.outside, e.count)).collect()
            };
            info.uid_map = flat(&base.ids.uid);
            info.gid_map = flat(&base.ids.gid);
            info.ids = info.uid_map.iter().map(|e| u64::from(e.2)).sum();
            info.id_map = if base.single {
                "single id".to_owned()
            } else {
                "subordinate ids".to_owned()
            };
            if let Some(why) = &base.why_single {
                info.hints.push(format!("{why}; {}", why.hint()));
            }
        }
        Err(error) => {
            info.id_map = "none".to_owned();
            let hint = error.hint().map(|hint| format!("; {hint}"));
            info.hints
                .push(format!("{error}{}", hint.unwrap_or_default()));
        }
    }
}

/// Native overlay needs a file system that can be written through it.
fn overlay(store: &Store, info: &mut Info) {
    if let Err(reason) = takes_user_attributes(store) {
        "none".clone_into(&mut info.overlay);
        info.hints.push(format!(
            "the store's file system ({}) does not carry overlay: {reason}; --root names another \
             place, such as one on ext4, xfs or btrfs",
            info.store_filesystem
        ));
    } else {
        "overlay".clone_into(&mut info.overlay);
    }
}

/// Overlay in a user namespace keeps its marks in user.* attributes (mount option `userxattr`).
fn takes_user_attributes(store: &Store) -> Result<(), String> {
    let staged = store.stage().map_err(|error| error.to_string())?;
    sys::fs::set_xattr(staged.fd(), b"user.overlay.probe", b"y").map_err(|error| error.reason())
}

/// The helper that connects containers by default.
fn reachable(info: &mut Info) {
    match network::available(std::env::var_os("PATH").as_deref()) {
        Ok(program) => program.clone_into(&mut info.network),
        Err(error) => {
            "none".clone_into(&mut info.network);
            let hint = error.hint().map(|hint| format!("; {hint}"));
            info.hints.push(format!(
                "containers get no network: {error}{}",
                hint.unwrap_or_default()
            ));
        }
    }
}

/// Which limits can be set, and who would make the group: nothing is made for the question.
fn cgroups(info: &mut Info, asked: Option<&str>) {
    let rung = place::survey(manager(asked));
    info.cgroup_manager = match rung.by_systemd {
        true => "systemd".to_owned(),
        false => "cgroupfs".to_owned(),
    };
    info.cgroup_version = if rung.unified { "v2" } else { "v1" }.to_owned();
    info.cgroup_controllers = rung.controllers;
    if !rung.unified {
        info.hints.push(
            "control groups of version 1: no limits; boot with systemd.unified_cgroup_hierarchy=1"
                .to_owned(),
        );
    } else if !rung.ours {
        info.hints.push(
            "no control group is delegated to this session: no limits; install dbus-user-session \
             and log in again"
                .to_owned(),
        );
    }
}

fn memory(info: &mut Info) {
    let table = text("/proc/meminfo");
    let bytes = |name: &str| -> u64 {
        let line = table.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kib.unwrap_or(0).saturating_mul(1024)
    };
    info.memory_total = bytes("MemTotal:");
    info.memory_free = bytes("MemFree:");
    info.swap_total = bytes("SwapTotal:");
    info.swap_free = bytes("SwapFree:");
}

/// The machine's name in image documents: GOARCH.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn text(path: impl AsRef<Path>) -> String {
    use std::io::Read;
    let mut bytes = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        let _ = file.take(FILE_LIMIT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn line(path: &str) -> String {
    visible(text(path).trim())
}

/// `ID=` or another assignment of os-release(5).
fn os_release(key: &str, text: &str) -> String {
    let id = text.lines().find_map(|line| line.strip_prefix(key));
    visible(id.unwrap_or("unknown").trim_matches(['"', '\'']))
}

/// Seconds as `27h 12m 3.00s`, as Podman prints it.
fn uptime(line: &str) -> String {
    let seconds: f64 = line
        .split(' ')
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(0.0);
    let whole = seconds as u64;
    let (hours, minutes) = (whole / 3600, whole / 60 % 60);
    let rest = seconds - (hours * 3600 + minutes * 60) as f64;
    let exact = format!("{hours}h {minutes}m {rest:.2}s");
    if hours < 24 {
        return exact;
    }
    format!("{exact} (Approximately {:.2} days)", seconds / 86400.0)
}

/// The type of the file system a path lies on: proc_pid_mountinfo(5).
fn filesystem_of(path: &Path, mountinfo: &str) -> String {
    let mut best: (usize, &str) = (0, "unknown");
    for line in mountinfo.lines() {
        let Some((front, back)) = line.split_once(" - ") else {
            continue;
        };
        let point = front.split(' ').nth(4).unwrap_or_default();
        // Of several mounts on one point the last counts. Blanks in names stand as \040.
        let point = point.replace("\\040", " ");
        if path.starts_with(&point) && point.len() >= best.0 {
            best = (point.len(), back.split(' ').next().unwrap_or_default());
        }
    }
    visible(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_system_is_that_of_the_deepest_mount() {
        let mounts = "\
1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 8:2 / /home rw shared:1 - xfs /dev/sda2 rw
3 1 0:9 / /home/a\\040b rw - nfs4 server:/x rw
4 1 0:8 / /home/al rw - tmpfs tmpfs rw
";
        for (path, kind) in [
            ("/var/x", "ext4"),
            ("/home/alice", "xfs"),
            ("/home/a b/c", "nfs4"),
            ("/home/al/x", "tmpfs"),
        ] {
            assert_eq!(filesystem_of(Path::new(path), mounts), kind, "{path}");
        }
    }

    #[test]
    fn small_facts_are_read() {
        assert_eq!(os_release("ID=", "NAME=\"X\"\nID=\"debian\"\n"), "debian");
        assert_eq!(os_release("ID=", ""), "unknown");
        assert_eq!(
            uptime("97923.00 5"),
            "27h 12m 3.00s (Approximately 1.13 days)"
        );
        assert_eq!(uptime("61.50 5"), "0h 1m 1.50s");
    }
}
