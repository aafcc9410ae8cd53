//! Rows S-74 and S-75 of the security catalogue: what a container shares with the host.

mod support;

use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use support::apart;
use support::probing::{self, answers, ask};
use support::world::finish;

fn ready() -> bool {
    probing::have_probe()
}

#[test]
fn s_74_only_what_the_container_has_of_its_own_is_set() {
    if !ready() {
        return;
    }
    let world = probing::world();
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "sleep",
        "600",
    ]);
    let long = "x".repeat(2000);
    let many = format!("net.ipv4.conf.all.rp_filter={long}");
    let refused = [
        (&[][..], "kernel.core_pattern=|/bin/sh"),
        (&[], "kernel.modprobe=/x"),
        (&[], "vm.overcommit_memory=1"),
        (&[], "fs.suid_dumpable=1"),
        (&[], "a=b+kernel.core_pattern=|/x"),
        (&[], "net.ipv4.ip_forward+kernel.core_pattern=1"),
        (&[], "net/../kernel/core_pattern=1"),
        (&[], "net/ipv4/ip_forward=1"),
        (&[], "net..kernel.x=1"),
        (&[], "net.../kernel=1"),
        (&[], ".net.ipv4.ip_forward=1"),
        (&[], "net.ipv4.ip_forward.=1"),
        (&[], "net.ipv4.IP_FORWARD=1"),
        (&[], "net.ipv4.ip_forward =1"),
        (&[], "net.ipv4.ip_forward\n=1"),
        (&[], "net.ipv4.ip_forward=1\n2"),
        (&[], "net.ipv4.ip_forward=1\u{1b}[2J"),
        (&[], "net.ipv4.ip_forward"),
        (&[], "=1"),
        (&[], many.as_str()),
        (&["--network", "host"], "net.ipv4.ip_forward=1"),
        (&["--network", "container:long"], "net.ipv4.ip_forward=1"),
        (&["--ipc", "host"], "kernel.msgmax=9000"),
        (&["--ipc", "host"], "fs.mqueue.msg_max=9"),
        (&["--uts", "host"], "kernel.domainname=x"),
        (&[], "kernel.hostname=x"),
    ];
    let before = std::fs::read("/proc/sys/kernel/core_pattern").expect("procfs");
    for (options, sysctl) in refused {
        let words = ["run", "--rm", "--name", "made"].iter().chain(options);
        let done = world.coracle(words.chain(&["--sysctl", sysctl, "localhost/probe", "report"]));
        assert!(!done.stderr.contains('\u{1b}'), "{done}");
        done.expect_refusal("sysctl");
    }
    assert_eq!(
        before,
        std::fs::read("/proc/sys/kernel/core_pattern").expect("procfs")
    );
    assert_eq!(world.container_names(), ["long"]);
    for (sysctl, value) in [
        ("net.ipv4.ip_forward", "1"),
        ("net.ipv4.ip_local_port_range", "2000 3000"),
        ("kernel.msgmax", "9000"),
    ] {
        let option = format!("{sysctl}={value}");
        let file = format!("/proc/sys/{}", sysctl.replace('.', "/"));
        let start = ["run", "--rm", "--network", "none", "--sysctl", &option];
        let done = world.coracle(start.iter().chain(&["localhost/probe", "read", &file]));
        let text = answers(&done)[0]["text"]
            .as_str()
            .expect("text")
            .replace('\t', " ");
        assert_eq!(text.trim(), value, "{sysctl}");
    }
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

/// The files of a kind below a directory.
fn sockets(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let kind = entry.file_type().expect("a type");
            if kind.is_socket() {
                found.push(entry.path());
            } else if kind.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found
}

/// Abstract sockets that processes of ours hold: proc_net(5), unix.
fn abstract_sockets() -> Vec<String> {
    let table = std::fs::read_to_string("/proc/net/unix").expect("procfs");
    let named: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .filter(|fields: &Vec<&str>| fields.get(7).is_some_and(|name| name.starts_with('@')))
        .collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("procfs").flatten() {
        for fd in std::fs::read_dir(entry.path().join("fd"))
            .into_iter()
            .flatten()
            .flatten()
        {
            let target = std::fs::read_link(fd.path()).unwrap_or_default();
            let target = target.to_string_lossy().into_owned();
            let held = named
                .iter()
                .find(|fields| target == format!("socket:[{}]", fields[6]));
            found.extend(held.map(|fields| format!("{} {}", fd.path().display(), fields[7])));
        }
    }
    found
}

/// Says ATTACH to a socket and prints what came of it.
const ATTACH: &str = r#"
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
s.settimeout(20)
os.chdir(os.path.dirname(sys.argv[1]))
try:
    s.connect(os.path.basename(sys.argv[1]))
    s.send(b"A\x01\x07")
    print("answer", s.recv(100))
except OSError as error:
    print("refused", error.errno)
"#;

#[test]
fn s_75_control_sockets_are_the_users_alone() {
    if !ready() || !support::have(&["python3", "setpriv"]) || !support::have_subordinate_ids() {
        return;
    }
    let world = probing::world();
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "host",
        "localhost/probe",
        "sleep",
        "600",
    ]);
    let mut session = world.start(["exec", "long", "/probe", "report", "--", "sleep", "600"]);
    session.expect_stdout("\n");
    let found = sockets(world.root());
    let attach: Vec<_> = found
        .iter()
        .filter(|path| path.ends_with("attach"))
        .collect();
    assert_eq!(attach.len(), 1, "{found:?}");
    for path in &found {
        let meta = |path: &Path| std::fs::symlink_metadata(path).expect("there");
        let folder = path.parent().expect("a folder");
        let modes = (meta(path).mode() & 0o777, meta(folder).mode() & 0o777);
        assert_eq!(modes, (0o600, 0o700), "{}", path.display());
    }
    assert_eq!(abstract_sockets(), Vec::<String>::new());
    // Somebody else is kept out by the directory, and by the socket were it all open.
    let ask = |command: std::process::Command| {
        let mut command = command;
        command.args(["-c", ATTACH]).arg(attach[0]);
        finish(command).stdout
    };
    assert!(ask(world.other("python3")).starts_with("answer b's"));
    let shut = finish(apart::other_user(&world, "true"));
    if shut.code != 0 {
        return support::skip(&format!(
            "nobody else can be played here: {}",
            shut.stderr.trim()
        ));
    }
    let said = ask(apart::other_user(&world, "python3"));
    assert!(!said.contains("answer"), "{said}");
    let opened = opened_up(attach[0]);
    let said = ask(apart::other_user(&world, "python3"));
    for (path, mode) in opened {
        support::world::set_mode(&path, mode);
    }
    assert!(
        said == "answer b''\n" || said.starts_with("refused"),
        "{said}"
    );
    assert!(ask(world.other("python3")).starts_with("answer b's"));
    drop(session);
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

/// Lets everybody reach a file; returns what had which mode.
fn opened_up(path: &Path) -> Vec<(PathBuf, u32)> {
    let me = std::fs::metadata(path).expect("there").uid();
    let mut changed = Vec::new();
    for path in path.ancestors() {
        let meta = std::fs::metadata(path).expect("there");
        if meta.uid() != me {
            break;
        }
        changed.push((path.to_owned(), meta.permissions().mode() & 0o7777));
        support::world::set_mode(path, 0o777);
    }
    changed
}

#[test]
fn s_75_shared_namespaces_are_seen_in_inspect() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let create = "create --name shared --network host --pid host --ipc host --uts host localhost/probe report";
    world.ok(create.split(' '));
    let shown = world.inspect(
        "shared",
        "{{.HostConfig.NetworkMode}} {{.HostConfig.PidMode}} {{.HostConfig.IpcMode}} {{.HostConfig.UTSMode}}",
    );
    assert_eq!(shown, "host host host host");
    // A socket that somebody on the host bound in the abstract space is his: nothing is hidden with the
    // host's network, and nothing of ours is among it.
    let listed = ask(&world, "", "probe", "read /proc/net/unix");
    assert_eq!(
        listed[0]["text"].as_str().expect("text").lines().count(),
        1,
        "{listed:?}"
    );
}
