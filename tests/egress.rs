//! `--egress`: what is on the list is reached, and nothing else, whatever the container does about it.
//!
//! The world outside is a network namespace of the test's with a resolver and servers, `egress/outside.py`.

mod support;

use std::process::Command;
use std::time::Duration;

use support::world::{Done, finish};
use support::{World, apart, have, images, wait_until};

/// A network that is all the world there is, and the container's commands in it. `reach HOST PORT` says what
/// a server said, `arrive` also where IPv6 takes a moment to be there.
const SET_UP: &str = r#"
set -u
ip link set lo up
ip link add out0 type veth peer name far0
ip link set out0 up; ip link set far0 up
ip address add 192.0.2.2/24 dev out0; ip route add default via 192.0.2.1
ip address add 2001:db8::2/64 dev out0 nodad; ip -6 route add default via 2001:db8::1
for address in 198.51.100.7 198.51.100.8 198.51.100.9; do ip address add $address/32 dev lo; done
for address in 2001:db8:1::7 2001:db8:1::8; do ip address add $address/128 dev lo nodad; done
echo nameserver 127.0.0.1 >$tmp/resolv.conf
mount --bind $tmp/resolv.conf /etc/resolv.conf || exit 77
python3 $tmp/outside.py $tmp & outside=$!
trap 'kill $outside' EXIT
until [ -e $tmp/ready ]; do kill -0 $outside || exit 1; sleep 0.05; done
reach='reach() { (exec 3<>/dev/tcp/$1/$2 && cat <&3) 2>&1 | tail -1; }
arrive() { for try in {1..120}; do said=$(reach $1 $2); [[ $said = ahoy* ]] && break; sleep 0.5; done; echo "$said"; }'
coracle() { "$CORACLE_BIN" "$@"; }
"#;

fn world() -> Option<World> {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return None;
    }
    if !have(&["pasta", "nft", "ip", "python3"]) {
        return None;
    }
    let world = World::new();
    let layout = images::debian("debian")?;
    let id = world.ok(["pull", "-q", &layout]);
    world.ok(["tag", &id, "debian"]);
    Some(world)
}

/// Runs a script of bash beside the world outside.
fn outside(world: &World, script: &str) -> Option<Done> {
    world.write("outside.py", include_str!("egress/outside.py"));
    world.write("attack.py", include_str!("egress/attack.py"));
    let script = world.write("script", format!("{SET_UP}{script}"));
    let mut command: Command = apart::mounting(world, "exec unshare --net bash \"$script\"");
    command
        .env("script", script)
        .env("tmp", world.path("."))
        .env("CORACLE_BIN", support::binary());
    let done = finish(command);
    if done.code == 77 {
        support::skip("nothing can be mounted in a user namespace");
        return None;
    }
    Some(done)
}

/// The lines of one part of a script's output: what follows `== NAME`.
fn part<'a>(done: &'a Done, name: &str) -> Vec<&'a str> {
    let lines = done.stdout.lines();
    let lines = lines
        .skip_while(|line| *line != format!("== {name}"))
        .skip(1);
    lines.take_while(|line| !line.starts_with("== ")).collect()
}

#[test]
fn names_on_the_list_are_reached_and_nothing_else_is() {
    let Some(world) = world() else { return };
    let script = r#"
coracle run --name a --egress allow=good.example:80 debian bash -c "$reach
echo == before; reach 198.51.100.7 80
echo == names
getent ahostsv4 good.example | head -1; getent ahostsv4 alias.example; getent ahostsv4 bad.example; echo none
echo == four; arrive good.example 80; reach 198.51.100.7 80
echo == six; getent ahostsv6 good.example | head -1; arrive 2001:db8:1::7 80
echo == other; reach 198.51.100.7 81; reach 198.51.100.8 80; reach 2001:db8:1::8 80"
echo == asked; sort -u $tmp/asked
echo == shown; coracle inspect --format '{{range .NetworkSettings.Egress.Rules}}{{.}} {{end}}' a
coracle inspect --format '{{range .NetworkSettings.Egress.Log}}{{.Protocol}} {{.Address}} {{.Port}} {{.Name}} {{.Passed}}
{{end}}' a
coracle rm a
echo == listed; coracle run --rm --network pasta:egress=allow=alias.example,egress=allow=198.51.100.8/31:81 debian bash -c "$reach
getent ahostsv4 alias.example | head -1; reach alias.example 81
reach 198.51.100.8 81; reach 198.51.100.8 80; getent ahostsv4 good.example; echo none"
echo == below; coracle run --rm --egress 'allow=*.good.example,many.example' debian bash -c "$reach
getent ahostsv4 inside.good.example | head -1; getent ahostsv4 good.example; getent ahostsv4 many.example | grep -c STREAM
reach 169.254.169.254 80"
echo == host; coracle run --rm --egress allow=host.containers.internal:80 debian bash -c "$reach
reach host.containers.internal 80; reach host.containers.internal 81"
"#;
    let Some(done) = outside(&world, script) else {
        return;
    };
    let refused = |line: &&str| line.ends_with("Connection refused");
    assert!(part(&done, "before").iter().all(refused), "{done}");
    let names = part(&done, "names");
    assert!(
        names.len() == 2 && names[0].starts_with("198.51.100.7 "),
        "{done}"
    );
    let ahoy = "ahoy from 198.51.100.7";
    let four = part(&done, "four");
    assert!(
        four[0].starts_with("ahoy from ") && four[1] == ahoy,
        "{done}"
    );
    assert_eq!(part(&done, "six")[1], "ahoy from 2001:db8:1::7", "{done}");
    let other = part(&done, "other");
    assert!(other.len() == 3 && other.iter().all(refused), "{done}");
    // Names that are not on the list are asked of nobody.
    assert_eq!(part(&done, "asked"), ["good.example"], "{done}");
    let shown = part(&done, "shown");
    assert_eq!(shown[0], "allow=good.example:80 ", "{done}");
    for line in [
        "tcp 198.51.100.7 81 good.example false",
        "tcp 198.51.100.8 80  false",
        "tcp 2001:db8:1::8 80  false",
        "dns  0 bad.example false",
    ] {
        assert_eq!(
            shown.iter().filter(|own| **own == line).count(),
            1,
            "{line}\n{done}"
        );
    }
    let listed = part(&done, "listed");
    assert!(listed[0].starts_with("198.51.100.7 "), "{done}");
    assert!(listed[1].starts_with("ahoy from "), "{done}");
    assert_eq!(listed[2], "ahoy from 198.51.100.8", "{done}");
    assert!(refused(&listed[3]) && listed[4] == "none", "{done}");
    let below = part(&done, "below");
    assert!(below[1] == "80" && refused(&below[2]), "{done}");
    let host = part(&done, "host");
    assert!(host[0].starts_with("ahoy") && refused(&host[1]), "{done}");
}

#[test]
fn root_in_the_container_does_not_open_it() {
    let Some(world) = world() else { return };
    let script = r#"
for rights in "" "--cap-add NET_ADMIN,NET_RAW" "--cap-add ALL --security-opt seccomp=unconfined" --privileged; do
    echo == "$rights"
    coracle run --rm --egress allow=good.example:80 $rights -v /usr:/usr:ro -v $tmp/attack.py:/attack.py:ro debian bash -c "
python3 /attack.py; $reach; arrive good.example 80" 2>&1
done
echo == control; coracle run --rm -v /usr:/usr:ro -v $tmp/attack.py:/attack.py:ro debian python3 /attack.py control 2>&1
"#;
    let Some(done) = outside(&world, script) else {
        return;
    };
    for rights in [
        "",
        "--cap-add NET_ADMIN,NET_RAW",
        "--cap-add ALL --security-opt seccomp=unconfined",
        "--privileged",
    ] {
        let said = part(&done, rights);
        assert_eq!(said[0], "tried all", "{rights}: {done}");
        let reached = said.len() == 2 && said[1].starts_with("ahoy");
        assert!(reached, "{rights}: {done}");
    }
    let control = part(&done, "control");
    assert_eq!(control, ["LEAK 1", "LEAK 2"], "without a list: {done}");
}

#[test]
fn what_a_container_reaches_is_learnt() {
    let Some(world) = world() else { return };
    let script = r#"
coracle run --name a --egress log debian bash -c "$reach
echo == four; getent ahostsv4 good.example >/dev/null; reach 198.51.100.7 80; reach 198.51.100.8 81"
echo == shown
coracle inspect --format '{{range .NetworkSettings.Egress.Log}}{{.Protocol}} {{.Address}} {{.Port}} {{.Name}} {{.Passed}}
{{end}}' a
coracle start -a a
echo == without; mount --bind /dev/null "$(command -v nft)"
for nft in /usr/sbin/nft /sbin/nft; do [ ! -x $nft ] || mount --bind /dev/null $nft; done
coracle start -a a 2>&1; echo $?
"#;
    let Some(done) = outside(&world, script) else {
        return;
    };
    let ahoys = ["ahoy from 198.51.100.7", "ahoy from 198.51.100.8"];
    assert_eq!(part(&done, "four"), ahoys, "{done}");
    let shown = part(&done, "shown");
    for line in [
        "dns  0 good.example true",
        "tcp 198.51.100.7 80 good.example true",
        "tcp 198.51.100.8 81  true",
    ] {
        assert!(shown.contains(&line), "{line}\n{done}");
    }
    assert_eq!(
        done.stdout.matches(ahoys[1]).count(),
        2,
        "started again: {done}"
    );
    let without = part(&done, "without");
    assert!(
        without[0].ends_with("--egress needs nft, and it is not installed"),
        "{done}"
    );
    assert_eq!(
        without[1..],
        ["hint: install the package nftables", "125"],
        "{done}"
    );
}

/// The process beside the container.
fn warden(world: &World) -> Option<i32> {
    let root = world.root().to_string_lossy().into_owned();
    let numbers = std::fs::read_dir("/proc").expect("/proc").flatten();
    let mut numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    numbers.find(|pid| {
        let words = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let files = std::fs::read_dir(format!("/proc/{pid}/fd"))
            .into_iter()
            .flatten()
            .flatten();
        let mut files = files.filter_map(|entry| std::fs::read_link(entry.path()).ok());
        words.starts_with("coracle:egress") && files.any(|file| file.starts_with(&root))
    })
}

#[test]
fn the_filter_stays_when_its_process_is_killed_and_goes_with_the_container() {
    let Some(world) = world() else { return };
    let port = support::free_port().to_string();
    let published = format!("127.0.0.1:{port}:8080");
    world.ok([
        "run", "-d", "--name", "a", "--egress", "none", "-p", &published, "debian", "sleep", "1000",
    ]);
    let state = |format: &str| world.inspect("a", format);
    assert_eq!(
        state("{{json .NetworkSettings.Egress.Rules}}"),
        r#"["none"]"#
    );
    let attempt = "exec 3<>/dev/tcp/192.0.2.77/9";
    let refused = || {
        let done = world.coracle(["exec", "a", "timeout", "60", "bash", "-c", attempt]);
        assert!(done.stderr.contains("Connection refused"), "{done}");
    };
    refused();
    let shared = [
        "run",
        "--rm",
        "--network",
        "container:a",
        "debian",
        "bash",
        "-c",
        attempt,
    ];
    let done = world.coracle(shared);
    assert!(done.stderr.contains("Connection refused"), "{done}");
    let pid = warden(&world).expect("a process beside it");
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(pid).expect("a number"),
        rustix::process::Signal::KILL,
    )
    .expect("it is ours");
    wait_until("it ends", Duration::from_secs(60), || {
        warden(&world).is_none()
    });
    refused();
    world.ok(["restart", "-t", "0", "a"]);
    refused();
    assert!(warden(&world).is_some());
    world.ok(["rm", "-f", "-t", "0", "a"]);
    wait_until("it ends", Duration::from_secs(60), || {
        warden(&world).is_none()
    });
}

#[test]
fn what_is_not_kept_is_refused_by_name() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for (words, why) in [
        (&["--egress", "all"][..], "is not none, log, allow="),
        (
            &["--egress", "none", "--egress", "log"],
            "goes with nothing else",
        ),
        (&["--egress", "allow=a:0"], "port"),
        (&["--egress", "log", "--network", "host"], "not on host"),
        (&["--egress", "log", "--network", "none"], "not on none"),
        (&["--egress", "log", "--network", "bridge"], "not yet"),
        (
            &["--network", "bridge:egress=log"],
            "pasta and slirp4netns networks only",
        ),
        (
            &["--egress", "log", "--network", "pasta:-T,80"],
            "past --egress",
        ),
    ] {
        let done = world.coracle(["run", "--rm"].iter().chain(words).chain(&["tiny", "true"]));
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(why), "{done}");
    }
    let done = world.coracle(["network", "create", "--opt", "egress=none", "x"]);
    assert!(
        done.code == 125 && done.stderr.contains("not on bridges yet"),
        "{done}"
    );
}
