//! One probe in a container of Podman's and in one of ours: row by row the same, but for what is listed here.
//!
//! Podman runs with runc: Debian's crun refuses the hybrid hierarchy of control groups that some test machines have.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::world::finish;
use support::{World, probing};

/// The options compared, each beside a plain run.
const VARIANTS: [&[&str]; 6] = [
    &[],
    &["--user", "1000"],
    &["--read-only"],
    &["-t"],
    &["--privileged"],
    &["--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
];

/// What the probe is asked besides its report.
const QUESTIONS: &[&str] = &[
    "stat /",
    "stat /dev",
    "stat /dev/null",
    "stat /dev/full",
    "stat /dev/tty",
    "stat /dev/ptmx",
    "stat /dev/pts/ptmx",
    "stat /dev/shm",
    "stat /dev/mqueue",
    "stat /dev/console",
    "stat /dev/stdin",
    "stat /dev/core",
    "stat /etc/hosts",
    "stat /etc/mtab",
    "stat /etc/resolv.conf",
    "stat /run/.containerenv",
    "list /dev",
    "list /dev/pts",
    "list /dev/shm",
    "list /proc/acpi",
    "list /proc/scsi",
    "list /sys/firmware",
    "list /sys/dev/block",
    "list /sys/fs/selinux",
    "list /sys/fs/cgroup",
    "list /sys/devices/virtual/powercap",
    "read /proc/kcore",
    "read /proc/keys",
    "read /proc/timer_list",
    "read /proc/sched_debug",
    "read /proc/interrupts",
    "read /etc/hosts",
    "read /etc/hostname",
    "read /etc/resolv.conf",
    "read /run/.containerenv",
    "read /proc/sys/net/ipv4/ping_group_range",
    "read /proc/sys/net/ipv4/ip_unprivileged_port_start",
    "read /proc/sys/kernel/domainname",
    "write /proc/sys/kernel/hostname",
    "write /proc/sys/net/ipv4/ip_forward",
    "write /proc/sysrq-trigger",
    "write /proc/irq/default_smp_affinity",
    "write /sys/kernel/profiling",
    "write /etc/hosts",
    "write /probe",
    "write /dev/shm/x",
];

/// Rows that differ, and why they may. A name that ends in `*` stands for all that begin so.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "write /sys/kernel/profiling",
        "refused either way: runc makes the file system itself read-only, beside its mount",
    ),
    (
        "report Groups",
        "the primary group is a supplementary one too: podman 4.3.1 is older than CVE-2022-2989's remedy",
    ),
    (
        "report gid_map",
        "a user namespace of the container's own, below the user's: stricter",
    ),
    (
        "report uid_map",
        "a user namespace of the container's own, below the user's: stricter",
    ),
    (
        "report cgroup",
        "podman 4.3.1 leaves version 1 visible; ours shows what its own namespace shows",
    ),
    (
        "report env TERM",
        "podman 4.3.1 sets it without a terminal too, Podman 5 does not",
    ),
    (
        "report limits Max processes",
        "podman 4.3.1's default is pid_max, Podman 5 leaves what the caller has",
    ),
    (
        "mount / source",
        "vfs or overlay: the stores are not the same",
    ),
    (
        "mount /sys/fs/cgroup*",
        "hybrid control groups: version 1 is never shown (S-60)",
    ),
    (
        "list /sys/fs/cgroup",
        "hybrid control groups: version 1 is never shown (S-60)",
    ),
    (
        "mount /proc/interrupts",
        "masked as Podman 5 does; podman 4.3.1 does not",
    ),
    (
        "read /proc/interrupts",
        "masked as Podman 5 does; podman 4.3.1 does not",
    ),
    (
        "mount /dev/* flags",
        "device nodes are nosuid and noexec: stricter",
    ),
    (
        "mount /etc/* flags",
        "the generated files are nosuid and nodev: stricter",
    ),
    (
        "mount /run/.containerenv flags",
        "the generated files are nosuid and nodev: stricter",
    ),
    (
        "mount /proc/* flags",
        "masks are nosuid, nodev and noexec: stricter",
    ),
    (
        "mount /sys/* flags",
        "masks are nosuid, nodev and noexec: stricter",
    ),
    (
        "mount /etc/resolv.conf",
        "without a network ours is there and empty: no resolver waits for a server that cannot be reached",
    ),
    (
        "read /etc/resolv.conf",
        "without a network ours is there and empty: no resolver waits for a server that cannot be reached",
    ),
    (
        "stat /etc/resolv.conf",
        "without a network ours is there and empty: no resolver waits for a server that cannot be reached",
    ),
    (
        "read /etc/hosts",
        "Podman 5 leaves out what the host calls itself, and its address where there is no network",
    ),
    (
        "read /etc/hostname",
        "podman 4.3.1 ends it without a newline",
    ),
    (
        "stat /dev/core",
        "the link that crun makes; runc leaves it out",
    ),
    (
        "list /dev",
        "the link core that crun makes; runc leaves it out",
    ),
];

/// Rows that differ with some options only.
const DIFFERENT_WITH: &[(&str, &str, &str)] = &[
    (
        "--privileged",
        "read /proc/keys",
        "keyrings have names of their own",
    ),
    (
        "--privileged",
        "read /run/.containerenv",
        "names and ids; the keys are compared elsewhere",
    ),
    (
        "--privileged",
        "stat /run/.containerenv",
        "its size is that of the names in it",
    ),
    (
        "--privileged",
        "mount /dev/*",
        "runc mounts its default nodes a second time",
    ),
    (
        "--read-only",
        "mount /run/.containerenv",
        "podman 4.3.1 covers it with the tmpfs of /run, Podman 5 does not",
    ),
    (
        "--read-only",
        "stat /run/.containerenv",
        "podman 4.3.1 covers it with the tmpfs of /run, Podman 5 does not",
    ),
    (
        "--read-only",
        "read /run/.containerenv",
        "podman 4.3.1 covers it with the tmpfs of /run, Podman 5 does not",
    ),
];

/// Everything a probe said, a row for each fact.
type Rows = BTreeMap<String, String>;

fn rows(text: &str) -> Rows {
    let mut rows = Rows::new();
    for line in text.lines().map(str::trim) {
        let Ok(Value::Object(said)) = serde_json::from_str(line) else {
            panic!("not the probe's: {line:?} in {text}");
        };
        if said.contains_key("Uid") {
            for (key, value) in &said {
                report(&mut rows, key, value);
            }
            continue;
        }
        let verb = ["stat", "list", "read", "write"];
        let verb = verb.iter().find(|verb| said.contains_key(**verb));
        let verb = verb.expect("one of the questions");
        let mut rest = said.clone();
        let about = rest.remove(*verb).expect("just seen");
        if *verb == "list"
            && let Some(Value::Array(names)) = rest.get_mut("names")
        {
            names.sort_by_key(ToString::to_string);
        }
        if *verb == "stat"
            && rest
                .get("mode")
                .is_some_and(|m| m.as_u64().unwrap_or(0) & 0o170_000 != 0o100_000)
        {
            rest.remove("size"); // of a directory or link it is the file system's affair
        }
        let about = about.as_str().expect("a path");
        if *verb == "stat" && about == "/etc/hosts" {
            rest.remove("size"); // names in it
        }
        rows.insert(format!("{verb} {about}"), Value::Object(rest).to_string());
    }
    rows
}

fn report(rows: &mut Rows, key: &str, value: &Value) {
    let lines = || probing::words(value);
    match key {
        "mountinfo" => mounts(rows, &lines()),
        "limits" => {
            for line in lines() {
                let (name, rest) = line.split_at(line.len().min(26));
                let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
                rows.insert(format!("report limits {}", name.trim()), rest);
            }
        }
        "env" => {
            for line in lines() {
                let (name, value) = line.split_once('=').expect("a variable");
                let value = if name == "HOSTNAME" { "" } else { value };
                rows.insert(format!("report env {name}"), value.to_owned());
            }
        }
        // Numbers of pipes and namespaces are nobody's.
        "fds" => {
            let plain = |line: &str| {
                line.split_once(":[")
                    .map_or(line.to_owned(), |(kind, _)| kind.to_owned())
            };
            let all: Vec<String> = lines().into_iter().map(plain).collect();
            rows.insert("report fds".to_owned(), all.join(", "));
        }
        "hostname" | "args" => {}
        _ => {
            rows.insert(format!("report {key}"), value.to_string());
        }
    }
}

/// proc_pid_mountinfo(5): what lies where, and with which flags.
fn mounts(rows: &mut Rows, lines: &[&str]) {
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let end = words
            .iter()
            .position(|word| *word == "-")
            .expect("a separator");
        let (point, flags, shared) = (words[4], words[5], words[6..end].join(" "));
        let kind = words[end + 1];
        // The stores may lie on different file systems.
        let kind = if matches!(kind, "ext4" | "xfs" | "btrfs" | "overlay") {
            "store"
        } else {
            kind
        };
        rows.insert(format!("mount {point}"), format!("{kind} {shared}"));
        rows.insert(format!("mount {point} flags"), flags.to_owned());
    }
}

fn is_listed(row: &str, with: &[&str]) -> bool {
    let matches = |name: &str| match name.split_once('*') {
        None => name == row || row.strip_prefix(name) == Some(" flags"),
        Some((front, back)) => row.starts_with(front) && row.ends_with(back),
    };
    DIFFERENT.iter().any(|(name, _)| matches(name))
        || DIFFERENT_WITH
            .iter()
            .any(|(option, name, _)| with.contains(option) && matches(name))
}

/// Both engines with the same image.
struct Pair {
    world: World,
}

impl Pair {
    fn new() -> Option<Self> {
        if !support::have(&["podman", "conmon", "runc"])
            || !support::have_subordinate_ids()
            || !probing::have_probe()
        {
            return None;
        }
        let world = World::new();
        let archive = archive(&world);
        world.ok(["load", "-q", "-i", &archive]);
        let pair = Self { world };
        pair.podman(&["load", "-q", "-i", &archive]).expect_code(0);
        Some(pair)
    }

    fn podman(&self, words: &[&str]) -> support::Done {
        let mut command = self.world.other("podman");
        command
            .args([
                "--runtime",
                "runc",
                "--cgroup-manager",
                "cgroupfs",
                "--events-backend",
                "file",
                "--storage-driver",
                "vfs",
            ])
            .args(words);
        finish(command)
    }

    /// The rows of both.
    fn ask(&self, options: &[&str]) -> (Rows, Rows) {
        let mut words = vec!["run", "--rm", "--network", "none"];
        words.extend(options);
        words.push("localhost/probe");
        for question in QUESTIONS {
            words.extend(question.split(' '));
            words.push("--");
        }
        words.push("report");
        let theirs = self.podman(&words).expect_code(0);
        let ours = self.world.coracle(&words).expect_code(0);
        (rows(&theirs.stdout), rows(&ours.stdout))
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        let done = self.podman(&["system", "reset", "--force"]);
        assert!(done.code == 0 || std::thread::panicking(), "{done}");
    }
}

fn archive(world: &World) -> String {
    let tree = probing::Tree::new();
    let file = world.write("probe.tar", tree.archive("probe", probing::CONFIG));
    file.to_string_lossy().into_owned()
}

#[test]
fn a_probe_sees_what_it_sees_in_podman() {
    let Some(pair) = Pair::new() else { return };
    let mut wrong = Vec::new();
    for options in VARIANTS {
        let (theirs, ours) = pair.ask(options);
        let names: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
        for name in names {
            let (one, other) = (theirs.get(name), ours.get(name));
            if one != other && !is_listed(name, options) {
                wrong.push(format!(
                    "{options:?} {name}\n  podman  {one:?}\n  coracle {other:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The namespaces of a container: every one its own, as Podman has it.
#[test]
fn namespaces_are_ones_own_where_podmans_are() {
    let Some(pair) = Pair::new() else { return };
    let own = |kind: &str| std::fs::read_link(format!("/proc/self/ns/{kind}")).expect("procfs");
    for kind in ["cgroup", "ipc", "mnt", "net", "pid", "uts", "user"] {
        let path = format!("/proc/self/ns/{kind}");
        let words = [
            "run",
            "--rm",
            "--network",
            "none",
            "localhost/probe",
            "link",
            &path,
        ];
        let inside = |done: support::Done| {
            let said: Value = serde_json::from_str(done.stdout.trim()).expect("an answer");
            said["target"].as_str().expect("a link") != own(kind).to_string_lossy()
        };
        let theirs = inside(pair.podman(&words).expect_code(0));
        let ours = inside(pair.world.coracle(words).expect_code(0));
        // Version 1 has podman 4.3.1 keep the host's namespace of control groups.
        assert!(ours, "{kind} is the host's");
        assert!(theirs || kind == "cgroup", "{kind}");
    }
}

/// `--privileged`: the same devices, and who it is in /run/.containerenv.
#[test]
fn a_privileged_container_gets_what_podman_gives_it() {
    let Some(pair) = Pair::new() else { return };
    let (theirs, ours) = pair.ask(&["--privileged"]);
    let names = |rows: &Rows| -> BTreeSet<String> {
        let said: Value = serde_json::from_str(&rows["list /dev"]).expect("JSON");
        let names = probing::words(&said["names"])
            .into_iter()
            .map(str::to_owned);
        names.filter(|name| name != "core").collect()
    };
    assert_eq!(names(&theirs), names(&ours));
    let keys = |rows: &Rows| -> Vec<String> {
        let said: Value = serde_json::from_str(&rows["read /run/.containerenv"]).expect("JSON");
        let text = said["text"].as_str().expect("a text").to_owned();
        let keys = text.lines().filter_map(|line| line.split_once('='));
        keys.map(|(key, _)| key.to_owned()).collect()
    };
    assert_eq!(keys(&theirs), keys(&ours));
    let all = ours["report CapEff"].clone();
    assert_eq!(theirs["report CapEff"], all);
}
