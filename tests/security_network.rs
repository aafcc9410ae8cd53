//! Rows S-101 to S-104: what a container's network must not reach, and who may not stand in.

mod support;

use std::net::{IpAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::networks::{
    assert_nothing_is_left, fetch_soon, inhabitants, on, rest, serve, world, world_of_debian,
};
use support::{PATIENCE, World, wait_until};

/// A listener on loopback that counts who comes.
fn listen(address: &str) -> Option<(u16, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind(address).ok()?;
    let port = listener.local_addr().expect("it is bound").port();
    let count = Arc::new(AtomicUsize::new(0));
    let ours = Arc::clone(&count);
    std::thread::spawn(move || {
        while listener.accept().is_ok() {
            ours.fetch_add(1, Ordering::SeqCst);
        }
    });
    Some((port, count))
}

#[test]
fn s_101_the_hosts_loopback_is_out_of_reach_from_a_named_network() {
    let Some(world) = world_of_debian() else {
        return;
    };
    world.ok(["network", "create", "--ipv6", "web"]);
    rest(&world, "c", &["--network", "web"]);
    let listeners: Vec<_> = ["127.0.0.1:0", "[::1]:0"]
        .into_iter()
        .filter_map(listen)
        .collect();
    let gateways = [
        on(&world, "c", "web", "Gateway"),
        on(&world, "c", "web", "IPv6Gateway"),
    ];
    let hosts = [
        "127.0.0.1",
        "::1",
        "localhost",
        "10.0.2.2",
        "10.0.2.3",
        "169.254.1.1",
        "169.254.1.2",
        "host.containers.internal",
        "host.docker.internal",
    ];
    for (port, count) in &listeners {
        let all = hosts.into_iter().chain(gateways.iter().map(String::as_str));
        let all: Vec<&str> = all.collect();
        let script = format!(
            "for h in {}; do timeout 5 bash -c \"exec 3<>/dev/tcp/$h/{port}\" 2>/dev/null && echo $h & done; wait",
            all.join(" ")
        );
        let reached = world.ok(["exec", "c", "bash", "-c", &script]);
        assert_eq!(reached, "");
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

#[test]
fn s_102_a_port_is_bound_where_it_was_asked_for_and_closed_with_its_container() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "web"]);
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("it is bound").port();
    drop(free);
    let published = format!("127.0.0.1:{port}:80");
    serve(&world, "c", &["--network", "web", "-p", &published]);
    let bound = |address: &str| {
        let address: IpAddr = address.parse().expect("an address");
        TcpListener::bind((address, port)).is_err()
    };
    assert!(bound("127.0.0.1"));
    assert!(!bound("127.0.0.2"), "only where it was asked for");
    let second = ["run", "--rm", "--network", "web", "-p", &published];
    let done = world.coracle(second.into_iter().chain(["tiny", "true"]));
    assert!(
        done.code != 0 && done.stderr.contains("already in use"),
        "{done}"
    );
    let monitor = world.inspect("c", "{{.State.ConmonPid}}");
    let pid = rustix::process::Pid::from_raw(monitor.parse().expect("a number"));
    let signal = rustix::process::Signal::KILL;
    rustix::process::kill_process(pid.expect("not 0"), signal).expect("ours");
    wait_until("the port is closed", PATIENCE, || !bound("127.0.0.1"));
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

/// Programs in the directory where the command is typed, and in PATH by way of it.
fn lay_traps(world: &World) {
    for name in ["netavark", "aardvark-dns", "pasta", "nft", "iptables"] {
        let text = format!(
            "#!/bin/sh\necho sprung >{}/sprung\nexit 1\n",
            world.root().display()
        );
        let path = world.write(name, text);
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(path, mode).expect("ours");
    }
}

#[test]
fn s_103_helpers_are_found_where_they_belong_and_come_back_when_they_die() {
    let Some(world) = world_of_debian() else {
        return;
    };
    lay_traps(&world);
    for name in ["-x", "--help", "a/b", "..", "a b"] {
        let done = world.coracle(["network", "create", "--", name]);
        assert_eq!(done.code, 125, "{name}: {done}");
    }
    world.ok(["network", "create", "web"]);
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = world.command(["run", "-d", "--name", "a", "--network", "web", "tiny"]);
    command.args(["sh", "-c", support::networks::SERVE]);
    command.env("PATH", format!(":.:{path}"));
    command.current_dir(world.path(""));
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    assert!(!world.path("sprung").exists() && !world.root().join("sprung").exists());
    rest(&world, "b", &["--network", "web"]);
    fetch_soon(&world, "b", "a");

    // A client that says nothing keeps nobody from asking.
    let server = on(&world, "b", "web", "Gateway");
    let idle = format!("exec 3<>/dev/tcp/{server}/53; getent ahostsv4 a >/dev/null && echo known");
    let asked = world.coracle(["exec", "b", "bash", "-c", &idle]);
    assert_eq!(asked.stdout, "known\n", "{asked}");

    // Whatever dies in the shared namespace is there again for the next container.
    let before = inhabitants(&world);
    let holder = support::networks::shared_processes(&world)[0];
    for pid in before.iter().filter(|pid| **pid != holder) {
        let pid = rustix::process::Pid::from_raw(*pid).expect("not 0");
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
    rest(&world, "c", &["--network", "web"]);
    fetch_soon(&world, "c", "a");
    fetch_soon(&world, "b", "a");
    let processes = inhabitants(&world);
    assert_eq!(processes.len(), before.len(), "{before:?} {processes:?}");
    world.ok(["rm", "-f", "-t", "0", "-a"]);
    assert_nothing_is_left(&world, &processes);
}

/// Answers every question with one address, and says what was asked.
const UPSTREAM: &str = r#"
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 53))
print("ready", flush=True)
while True:
    data, peer = s.recvfrom(4096)
    at, labels = 12, []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode())
        at += 1 + data[at]
    print("asked", ".".join(labels).lower(), flush=True)
    kind = data[at + 2]
    answer = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc6\x33\x64\x07" if kind == 1 else b""
    count = b"\x00\x01" if answer else b"\x00\x00"
    s.sendto(data[:2] + b"\x81\x80\x00\x01" + count + b"\x00\x00\x00\x00" + data[12:at + 5] + answer, peer)
"#;

fn resolve(world: &World, from: &str, name: &str) -> String {
    let script = format!("getent ahostsv4 {name} | head -1 | cut -d' ' -f1");
    let done = world.coracle(["exec", from, "bash", "-c", &script]);
    done.stdout.trim().to_owned()
}

#[test]
fn s_104_names_of_containers_stay_inside_and_internal_networks_ask_nobody() {
    let Some(world) = world_of_debian() else {
        return;
    };
    let create = ["network", "create", "--subnet"];
    world.ok(create
        .into_iter()
        .chain(["10.179.7.0/24", "--dns", "10.179.7.53", "web"]));
    let internal = [
        "10.179.8.0/24",
        "--internal",
        "--dns",
        "10.179.8.53",
        "cell",
    ];
    world.ok(create.into_iter().chain(internal));
    let upstream = [
        "--network",
        "web:ip=10.179.7.53",
        "--network",
        "cell:ip=10.179.8.53",
    ];
    let words = ["run", "-d", "--name", "upstream"]
        .into_iter()
        .chain(upstream);
    world.ok(words.chain(["debian", "python3", "-c", UPSTREAM]));
    world.wait_for_log("upstream", "ready");
    rest(&world, "www.example.org", &["--network", "web"]);
    rest(&world, "b", &["--network", "web"]);
    rest(&world, "kept", &["--network", "cell"]);
    rest(
        &world,
        "caged",
        &["--network", "cell", "--dns", "10.179.8.53"],
    );

    // A container that is called like a public host is that container.
    let own = on(&world, "www.example.org", "web", "IPAddress");
    wait_until("the name is known", PATIENCE, || {
        resolve(&world, "b", "www.example.org") == own
    });
    // Another name is asked for outside, and that is seen.
    wait_until("an outer name is known", PATIENCE, || {
        resolve(&world, "b", "outside.example.net") == "198.51.100.7"
    });
    // Nobody on an internal network asks anybody, not even whom he was told to.
    assert_eq!(
        resolve(&world, "caged", "kept"),
        on(&world, "kept", "cell", "IPAddress")
    );
    for from in ["caged", "kept"] {
        assert_eq!(resolve(&world, from, "secret.example.net"), "");
    }
    let asked = world.ok(["logs", "upstream"]);
    assert!(asked.contains("asked outside.example.net"), "{asked}");
    for never in ["www.example.org", "secret", "kept"] {
        assert!(!asked.contains(never), "{never}: {asked}");
    }
    // Nobody on the network makes himself the router.
    let accepts = ["exec", "b", "cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra"];
    assert_eq!(world.ok(accepts), "0");
    // No way out but the network itself.
    let routes = world.ok(["exec", "caged", "ip", "route"]);
    assert!(!routes.contains("default"), "{routes}");
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}
