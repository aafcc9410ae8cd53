//! Names: resolv.conf in every situation of the machine, /etc/hosts, networks that are shared, and
//! what is said where a program is missing.
//!
//! The machine's own files are stood in for by mounts in a namespace of the test's.

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use serde_json::Value;
use support::world::Done;
use support::{World, apart, have, images, skip};

fn ready(programs: &[&str]) -> bool {
    if !images::have_tiny() || !support::have_subordinate_ids() || !have(programs) {
        return false;
    }
    if !Path::new("/dev/net/tun").exists() {
        skip("no /dev/net/tun");
        return false;
    }
    true
}

fn have_netavark() -> bool {
    let there = ["/usr/lib/podman", "/usr/libexec/podman"]
        .iter()
        .any(|folder| Path::new(folder).join("netavark").exists());
    if !there {
        skip("no netavark");
    }
    there
}

/// Runs a bash script where /etc/resolv.conf is a file of the test's, `$RESOLV`.
fn with_resolv_conf(world: &World, script: &str) -> Done {
    let file = world.write("machine.conf", "");
    let script = format!("set -e; mount --bind \"$RESOLV\" /etc/resolv.conf\n{script}");
    let mut command = apart::mounting(world, &script);
    command.env("RESOLV", file);
    command.env("C", support::binary());
    support::world::finish(command)
}

#[test]
fn every_resolv_conf_of_the_machine_gives_one_that_works_inside() {
    if !ready(&["unshare", "pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let done = with_resolv_conf(
        &world,
        r#"
try() {
    printf "$1" >"$RESOLV"
    shift
    echo "[$*]"
    "$C" run --rm --network pasta "$@" tiny cat /etc/resolv.conf 2>&1
}
try 'nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch sea.test\n'
try 'search sea.test\n'
try 'search sea.test\n' --dns 192.0.2.1
try 'nameserver 192.0.2.1\nnameserver fe80::1%%eth0\n'
try 'nameserver 192.0.2.1\nsearch sea.test\n' --dns-search . --dns-option ndots:2
"#,
    );
    let done = done.expect_code(0);
    let lost = "names are not resolved in the container: /etc/resolv.conf names no name server";
    let blocks: Vec<&str> = done.stdout.split("[").skip(1).collect();
    assert_eq!(
        blocks[0], "]\nsearch sea.test\nnameserver 169.254.1.1\noptions edns0 trust-ad\n",
        "{done}"
    );
    assert!(blocks[1].contains(lost), "{done}");
    assert!(!blocks[1].contains("\nnameserver"), "{done}");
    assert!(!blocks[2].contains(lost), "{done}");
    assert!(
        blocks[2].contains("\nsearch sea.test\nnameserver 192.0.2.1\n"),
        "{done}"
    );
    assert!(
        blocks[3].ends_with("]\nnameserver 169.254.1.1\nnameserver 192.0.2.1\n"),
        "{done}"
    );
    assert!(
        blocks[4].ends_with("]\nnameserver 169.254.1.1\nnameserver 192.0.2.1\noptions ndots:2\n"),
        "{done}"
    );
}

#[test]
fn a_running_container_follows_the_machines_resolvers() {
    if !ready(&["unshare", "pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let done = with_resolv_conf(
        &world,
        r#"
printf 'nameserver 192.0.2.1\nsearch old.test\n' >"$RESOLV"
for name in follows keeps asked; do
    more=; test $name = asked && more='--dns 192.0.2.7'
    "$C" run -d --name $name --network pasta $more tiny sleep 1000 >/dev/null
done
"$C" run -d --name shifted --network pasta --userns keep-id tiny sleep 1000 >/dev/null
"$C" exec keeps sh -c 'echo nameserver 192.0.2.3 >/etc/resolv.conf'
"$C" exec follows cat /etc/resolv.conf
printf 'nameserver 192.0.2.2\nsearch new.test\n' >"$RESOLV"
for name in follows shifted asked; do
    for try in $(seq 300); do
        if "$C" exec $name grep -q new.test /etc/resolv.conf; then break; fi
        sleep 0.2
    done
    echo "[$name"; "$C" exec $name cat /etc/resolv.conf
done
echo "[keeps"; "$C" exec keeps cat /etc/resolv.conf
"$C" rm -f -t 0 follows keeps shifted asked >/dev/null
"#,
    );
    let done = done.expect_code(0);
    for wanted in [
        "search old.test\nnameserver 169.254.1.1\nnameserver 192.0.2.1\n",
        // pasta goes on asking the old one.
        "[follows\nsearch new.test\nnameserver 192.0.2.2\n[",
        "[shifted\nsearch new.test\nnameserver 192.0.2.2\n[",
        "[asked\nsearch new.test\nnameserver 192.0.2.7\n[",
        "[keeps\nnameserver 192.0.2.3\n",
    ] {
        assert!(done.stdout.contains(wanted), "{wanted}: {done}");
    }
}

/// A resolver that knows one address for every name: `perl SCRIPT ITS-ADDRESS ANSWER`.
const RESOLVER: &str = r#"
use IO::Socket::INET;
my ($at, $answer) = @ARGV;
my $socket = IO::Socket::INET->new(Proto => "udp", LocalAddr => $at, LocalPort => 53) or die;
while (1) {
    my $from = $socket->recv(my $query, 512);
    next unless defined $from && length $query > 12;
    my $end = 12;
    while (my $length = ord substr $query, $end, 1) { $end += $length + 1 }
    $end += 5;
    my $a = unpack("n", substr $query, $end - 4, 2) == 1;
    my $record = $a ? pack("n3 N n C4", 0xc00c, 1, 1, 1, 4, split /[.]/, $answer) : "";
    my $head = substr($query, 0, 2) . pack("n5", 0x8180, 1, $a ? 1 : 0, 0, 0);
    $socket->send($head . substr($query, 12, $end - 12) . $record, 0, $from);
}
"#;

/// A machine of ours with two resolvers beyond a cable, of which the first is given up.
const MOVING: &str = r#"
set -e
ip link set lo up
unshare --net sleep 1000 & beyond=$!
first=; second=
trap 'kill $beyond $first $second 2>/dev/null || true' EXIT
while test "$(readlink /proc/$beyond/ns/net)" = "$(readlink /proc/self/ns/net)"; do sleep 0.1; done
there() { nsenter --net=/proc/$beyond/ns/net "$@"; }
ip link add here type veth peer name there
ip link set there netns $beyond
ip address add 192.168.77.1/24 dev here
ip link set here up
for address in 192.168.77.2 192.168.77.3; do there ip address add $address/24 dev there; done
there ip link set there up
ip route add default via 192.168.77.2
nsenter --net=/proc/$beyond/ns/net perl -e "$RESOLVER" 192.168.77.2 198.51.100.2 & first=$!
nsenter --net=/proc/$beyond/ns/net perl -e "$RESOLVER" 192.168.77.3 198.51.100.3 & second=$!
ask() {
    answer=; SECONDS=0
    while test "$answer" != "$2" && test $SECONDS -lt 90; do
        answer=$("$C" exec $1 getent ahostsv4 harbour.test | head -1 | cut -d' ' -f1)
    done
    echo "$1 $answer"
}
echo nameserver 192.168.77.2 >"$RESOLV"
"$C" network create web >/dev/null
"$C" run -d --name named --network web debian sleep 1000 >/dev/null
"$C" run -d --name alone --network pasta debian sleep 1000 >/dev/null
ask named 198.51.100.2; ask alone 198.51.100.2
echo nameserver 192.168.77.3 >"$RESOLV"
kill $first
ask named 198.51.100.3; ask alone 198.51.100.3
"$C" rm -f -t 0 named alone >/dev/null
"#;

#[test]
fn names_are_resolved_on_when_the_machine_has_another_resolver() {
    let programs = ["unshare", "nsenter", "ip", "perl", "pasta"];
    if !ready(&programs) || !have_netavark() {
        return;
    }
    let Some(layout) = images::debian("debian") else {
        return;
    };
    let world = World::new();
    let id = world.ok(["pull", "-q", &layout]);
    world.ok(["tag", &id, "debian"]);
    let file = world.write("machine.conf", "");
    let script =
        "set -e; mount --bind \"$RESOLV\" /etc/resolv.conf; exec unshare --net bash -c \"$MOVING\"";
    let mut command = apart::mounting(&world, script);
    command.env("RESOLV", file);
    command.env("MOVING", MOVING);
    command.env("RESOLVER", RESOLVER);
    command.env("C", support::binary());
    let done = support::world::finish(command).expect_code(0);
    assert_eq!(
        done.stdout,
        "named 198.51.100.2\nalone 198.51.100.2\nnamed 198.51.100.3\nalone 198.51.100.3\n",
        "{done}"
    );
}

/// A script that fetches what the listener of the test says, by an address in /etc/hosts.
fn hear(name: &str, port: u16) -> String {
    format!("set -- $(grep -w {name} /etc/hosts); (echo; sleep 2) | timeout 30 nc -w 20 $1 {port}")
}

#[test]
fn the_host_is_reached_by_its_names_in_every_mode() {
    if !ready(&["pasta", "slirp4netns"]) || !have_netavark() {
        return;
    }
    let world = World::with_image("tiny");
    let listener = TcpListener::bind("0.0.0.0:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut stream = stream;
                // Debian 12's pasta brings nothing to a client that has not spoken.
                let mut asked = [0; 1];
                let _ = stream.read_exact(&mut asked);
                let _ = stream.write_all(b"ahoy\n");
            });
        }
    });
    for network in [
        "private",
        "slirp4netns",
        "host",
        "bridge",
        "pasta:-a,198.51.100.7,-n,24,-g,198.51.100.1",
    ] {
        for name in ["host.containers.internal", "host.docker.internal", "ship"] {
            let script = hear(name, port);
            let mut words = vec!["run", "--rm", "--network", network];
            words.extend(["--add-host", "ship:host-gateway"]);
            words.extend(["tiny", "sh", "-c", &script]);
            // Who takes longer than nc speaks for asks again.
            let what = format!("{network} reaches {name}");
            support::wait_until(&what, support::PATIENCE, || {
                world.coracle(&words).text() == "ahoy"
            });
        }
    }
    let hosts = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "cat",
        "/etc/hosts",
    ]);
    assert!(!hosts.contains("internal"), "{hosts}");
    let words = [
        "run",
        "--rm",
        "--network",
        "none",
        "--add-host",
        "a:host-gateway",
    ];
    let done = world.coracle([&words[..], &["tiny", "true"]].concat());
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("does not reach the host"), "{done}");
}

#[test]
fn files_of_names_come_from_where_they_were_asked_from() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let base = world.write("base", "192.0.2.9 printer\n127.0.1.1 thismachine\n");
    let base = base.to_str().expect("UTF-8");
    let hosts = |more: &[&str]| {
        let mut words = vec!["run", "--rm", "--network", "none", "--name", "web"];
        words.extend(more);
        words.extend(["tiny", "cat", "/etc/hosts"]);
        world.ok(words)
    };
    let seen = hosts(&[
        "--hosts-file",
        base,
        "--hostname",
        "w",
        "--add-host",
        "a;b:192.0.2.4",
    ]);
    assert!(seen.contains("192.0.2.9\tprinter"), "{seen}");
    assert!(!seen.contains("thismachine"), "{seen}");
    assert!(seen.contains("127.0.0.1\tw web"), "{seen}");
    assert!(seen.contains("192.0.2.4\ta\n192.0.2.4\tb"), "{seen}");
    let seen = hosts(&["--hosts-file", "none"]);
    assert!(seen.ends_with(" web"), "{seen}");
    let words = ["run", "--rm", "--network", "none", "--no-hostname"];
    let done = world.coracle([&words[..], &["tiny", "cat", "/etc/hostname"]].concat());
    assert_ne!(done.code, 0, "{done}");
}

fn settings(world: &World, name: &str) -> Value {
    let text = world.ok(["inspect", "--format", "{{json .NetworkSettings}}", name]);
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn what_inspect_shows_of_each_mode_is_podmans() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    for (name, network) in [("n", "none"), ("h", "host"), ("p", "pasta")] {
        world.ok([
            "run",
            "-d",
            "--name",
            name,
            "--network",
            network,
            "tiny",
            "sleep",
            "1000",
        ]);
    }
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "container:p",
        "tiny",
        "sleep",
        "1000",
    ]);
    for (name, networks, has_key) in [
        ("n", Some("none"), true),
        ("h", Some("host"), false),
        ("p", None, true),
        ("c", None, true),
    ] {
        let shown = settings(&world, name);
        let key = shown["SandboxKey"].as_str().expect("a text");
        assert_eq!(!key.is_empty(), has_key, "{name}: {shown}");
        let all = shown["Networks"].as_object();
        let names: Vec<&String> = all.into_iter().flat_map(|all| all.keys()).collect();
        assert_eq!(names, Vec::from_iter(networks), "{name}: {shown}");
        if let Some(network) = networks {
            assert_eq!(shown["Networks"][network]["NetworkID"], network);
        }
        assert_eq!(shown["Ports"], serde_json::json!({}));
    }
    assert_eq!(
        settings(&world, "c")["IPAddress"],
        settings(&world, "p")["IPAddress"]
    );
    world.ok(["rm", "-f", "-t", "0", "c", "n", "h"]);
    world.ok(["stop", "-t", "0", "p"]);
    let shown = settings(&world, "p");
    assert_eq!(shown["Networks"]["pasta"]["NetworkID"], "pasta", "{shown}");
    assert_eq!(shown["IPAddress"], "", "{shown}");
}

#[test]
fn a_shared_network_has_the_names_of_its_owner() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "web",
        "--network",
        "none",
        "tiny",
        "sleep",
        "1000",
    ]);
    let shared = ["run", "--rm", "--network", "container:web"];
    let done =
        world.coracle([&shared[..], &["--add-host", "a:192.0.2.1", "tiny", "true"]].concat());
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr.contains("cannot set extra host entries"),
        "{done}"
    );
    let done = world.coracle([&shared[..], &["--dns", "192.0.2.1", "tiny", "true"]].concat());
    assert_eq!(done.code, 0, "{done}");
    assert!(
        done.stderr.contains("--dns, --dns-search and --dns-option"),
        "{done}"
    );
    let link = |words: &[&str]| world.ok([words, &["readlink", "/proc/self/ns/net"]].concat());
    let one = link(&["exec", "web"]);
    assert_eq!(link(&[&shared[..], &["tiny"]].concat()), one);
    let pid = world.ok(["inspect", "--format", "{{.State.Pid}}", "web"]);
    let path = format!("ns:/proc/{pid}/ns/net");
    let by_path = world.coracle(["run", "--rm", "--network", &path, "tiny", "true"]);
    // The kernel lets nobody but its own user namespace in.
    assert!(
        by_path.code == 0 || by_path.stderr.contains("network namespace"),
        "{by_path}"
    );
}

/// Runs coracle where some places of the machine are covered with nothing.
fn without(world: &World, places: &[&str], words: &str) -> Done {
    let hidden: String = places
        .iter()
        .map(|place| format!("mount -t tmpfs none {place}\n"))
        .collect();
    let script = format!("set -e\n{hidden}exec \"$C\" {words}");
    let mut command = apart::mounting(world, &script);
    command.env("C", support::binary());
    support::world::finish(command)
}

/// How many lines of standard error are about networks; a machine may lack other things too.
fn lines(done: &Done) -> usize {
    const WORDS: [&str; 5] = ["network", "bridge", "pasta", "slirp4netns", "hint:"];
    let about = |line: &&str| WORDS.iter().any(|word| line.contains(word));
    done.stderr.lines().filter(about).count()
}

#[test]
fn without_tun_one_line_says_what_is_missing_and_what_still_works() {
    if !ready(&["unshare", "pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let hidden = ["/dev/net"];
    let done = without(&world, &hidden, "run --rm tiny ls /sys/class/net").expect_code(0);
    assert_eq!(done.stdout, "lo\n", "{done}");
    assert_eq!(lines(&done), 1, "{done}");
    assert!(done.stderr.contains("no network"), "{done}");
    assert!(done.stderr.contains("/dev/net/tun: no such file"), "{done}");
    for network in ["none", "host"] {
        let words = format!("run --rm --network {network} tiny true");
        let done = without(&world, &hidden, &words).expect_code(0);
        assert_eq!(lines(&done), 0, "{network}: {done}");
    }
    let done = without(&world, &hidden, "run --rm --network pasta tiny true");
    assert_eq!((done.code, lines(&done)), (125, 2), "{done}");
    assert!(
        done.stderr.contains("hint: as root: modprobe tun"),
        "{done}"
    );
    assert!(done.stderr.contains("--network none or host"), "{done}");
    if have_netavark() {
        let words = "run --rm --network bridge tiny ls /sys/class/net";
        let done = without(&world, &hidden, words).expect_code(0);
        assert!(done.stdout.contains("eth0"), "{done}");
        assert_eq!(lines(&done), 1, "{done}");
        assert!(done.stderr.contains("reach one another only"), "{done}");
    }
}

#[test]
fn without_netavark_only_networks_with_a_name_are_missed() {
    if !ready(&["unshare", "pasta"]) || !have_netavark() {
        return;
    }
    let world = World::with_image("tiny");
    let places: Vec<&str> = ["/usr/lib/podman", "/usr/libexec/podman"]
        .into_iter()
        .filter(|place| Path::new(place).exists())
        .collect();
    let done = without(&world, &places, "run --rm --network bridge tiny true");
    assert_eq!((done.code, lines(&done)), (125, 2), "{done}");
    assert!(
        done.stderr.contains("netavark, and it is not installed"),
        "{done}"
    );
    assert!(
        done.stderr.contains("hint: install the packages netavark"),
        "{done}"
    );
    assert_eq!(world.container_names(), [""; 0]);
    let done = without(&world, &places, "run --rm tiny ls /sys/class/net").expect_code(0);
    assert_eq!(lines(&done), 0, "{done}");
    let script = format!(
        "set -e; mkdir -p \"$TMPDIR/n\"; cp {0}/netavark \"$TMPDIR/n\"\n\
         mount --bind \"$TMPDIR/n\" {0}\nexec \"$C\" run --rm --network bridge tiny ls /sys/class/net",
        places[0]
    );
    let mut command = apart::mounting(&world, &script);
    command.env("C", support::binary());
    command.env("TMPDIR", world.path(""));
    let done = support::world::finish(command);
    // The default network resolves no names, as Podman's does not: nothing is missed there.
    let done = done.expect_code(0);
    assert!(done.stdout.contains("eth0"), "{done}");
}

#[test]
fn without_either_helper_the_other_takes_over_or_says_so() {
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let mut world = World::with_image("tiny");
    let only = |world: &mut World, name: &str| {
        let folder = world.path(format!("only-{name}"));
        std::fs::create_dir_all(&folder).expect("made");
        for name in [name, "newuidmap", "newgidmap"] {
            let Some(real) = support::find_program(name) else {
                continue;
            };
            std::os::unix::fs::symlink(real, folder.join(name)).expect("a link");
        }
        world.set_env("PATH", folder);
    };
    only(&mut world, "slirp4netns");
    let done = world.coracle(["run", "--rm", "tiny", "ls", "/sys/class/net"]);
    assert!(done.code == 0 && done.stdout.contains("tap0"), "{done}");
    assert_eq!(lines(&done), 0, "{done}");
    let done = world.coracle(["run", "--rm", "--network", "pasta", "tiny", "true"]);
    assert_eq!((done.code, lines(&done)), (125, 2), "{done}");
    assert!(
        done.stderr.contains("--network slirp4netns, none or host"),
        "{done}"
    );
    only(&mut world, "pasta");
    let done = world.coracle(["run", "--rm", "tiny", "ls", "/sys/class/net"]);
    assert_eq!((done.code, lines(&done)), (0, 0), "{done}");
    let done = world.coracle(["run", "--rm", "--network", "slirp4netns", "tiny", "true"]);
    assert_eq!((done.code, lines(&done)), (125, 2), "{done}");
    assert!(
        done.stderr.contains("--network pasta, none or host"),
        "{done}"
    );
}
