//! Row S-78 of the security catalogue: who talks to a container's monitor.

mod support;

use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use coracle::guest::wire_attach as wire;
use rustix::net::{
    self, AddressFamily, RecvFlags, SendFlags, SocketAddrUnix, SocketFlags, SocketType,
};
use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Where a container's monitor listens.
fn socket_of(world: &World, name: &str) -> PathBuf {
    let id = world.inspect(name, "{{.Id}}");
    let mut folders = vec![world.root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.ends_with(Path::new(&id).join("attach")) {
                return path;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            }
        }
    }
    panic!("no socket of {name}")
}

/// A connection; `None` when there is no room.
fn connect(path: &Path) -> Option<OwnedFd> {
    let socket = net::socket_with(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    )
    .ok()?;
    let timeout = Some(Duration::from_secs(20));
    net::sockopt::set_socket_timeout(&socket, net::sockopt::Timeout::Recv, timeout)
        .expect("a time-out");
    net::connect(&socket, &SocketAddrUnix::new(path).expect("a short path")).ok()?;
    Some(socket)
}

fn say(socket: &impl AsFd, message: &[u8]) -> bool {
    net::send(socket, message, SendFlags::NOSIGNAL).is_ok()
}

/// One message; `None` when the connection was closed.
fn hear(socket: &impl AsFd) -> Option<Vec<u8>> {
    let mut message = vec![0; wire::MESSAGE_MAX];
    match net::recv(socket, &mut message, RecvFlags::empty()) {
        Ok((0, _)) | Err(rustix::io::Errno::CONNRESET | rustix::io::Errno::PIPE) => None,
        Ok((length, _)) => Some(message[..length].to_vec()),
        Err(error) => panic!("{error}"),
    }
}

const HELLO: [u8; 3] = [
    wire::ATTACH,
    wire::VERSION,
    wire::WANT_STDOUT | wire::WANT_STDERR,
];

/// What a process has: descriptors, threads, kB of its own.
fn belongings(pid: &str) -> (usize, usize, u64) {
    let count = |folder: &str| {
        std::fs::read_dir(format!("/proc/{pid}/{folder}"))
            .expect("it runs")
            .count()
    };
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).expect("it runs");
    let dirty = |line: &str| -> u64 {
        let number = line.split_whitespace().nth(1);
        number
            .and_then(|number| number.parse().ok())
            .expect("a number")
    };
    let own = text
        .lines()
        .filter(|line| line.starts_with("Private_Dirty"))
        .map(dirty)
        .sum();
    (count("fd"), count("task"), own)
}

/// Says how far the container has come with its work.
fn progress(world: &World, name: &str) -> u64 {
    world
        .ok(["exec", name, "cat", "/count"])
        .trim()
        .parse()
        .unwrap_or(0)
}

/// The ends of the pipe of its own that a monitor opens for a chatty stream.
const RELAY: usize = 2;

/// A container that writes all the time and counts; nothing of it is kept.
const CHATTY: &str = "i=0; while :; do i=$((i+1)); echo $i >/count; head -c 100000 /dev/zero; done";

#[test]
fn s_78_clients_that_do_not_read_cost_nothing() {
    let Some(world) = tiny() else { return };
    let start = [
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "--log-driver",
        "none",
        "tiny",
        "sh",
        "-c",
        CHATTY,
    ];
    world.ok(start);
    let (path, monitor) = (
        socket_of(&world, "c"),
        world.inspect("c", "{{.State.ConmonPid}}"),
    );
    let before = belongings(&monitor);
    let mut silent = Vec::new();
    for round in 0..1000 {
        // Every second one attaches, and none reads.
        let client = connect(&path);
        if let Some(client) = client.filter(|_| silent.len() < 200) {
            if round % 2 == 0 {
                say(&client, &HELLO);
            }
            silent.push(client);
        }
    }
    let during = belongings(&monitor);
    assert!(
        during.0 <= before.0 + 33 + RELAY && during.1 == before.1,
        "{before:?} {during:?}"
    );
    // The container goes on, and somebody honest gets in. Each of the sixteen that attached has its
    // ten seconds; how many of them run out together depends on when each began to be sent to.
    let stuck = progress(&world, "c");
    support::wait_until("the container goes on", Duration::from_secs(180), || {
        progress(&world, "c") > stuck + 20
    });
    support::wait_until(
        "an honest client is let in",
        Duration::from_secs(40),
        || {
            let Some(client) = connect(&path) else {
                return false;
            };
            say(&client, &HELLO) && hear(&client).is_some_and(|message| message[0] == wire::STARTED)
        },
    );
    drop(silent);
    support::wait_until("their slots are free", Duration::from_secs(20), || {
        belongings(&monitor).0 <= before.0 + RELAY
    });
    let after = belongings(&monitor);
    assert!(after.2 <= before.2 + 256, "{before:?} {after:?}");
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn s_78_a_malformed_message_drops_who_sent_it() {
    let Some(world) = tiny() else { return };
    let script = "while read line; do echo got $line; done";
    world.ok([
        "run",
        "-d",
        "-i",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        script,
    ]);
    let (path, monitor) = (
        socket_of(&world, "c"),
        world.inspect("c", "{{.State.ConmonPid}}"),
    );
    let honest = connect(&path).expect("room");
    say(&honest, &[wire::ATTACH, wire::VERSION, 7]);
    assert_eq!(hear(&honest), Some(vec![wire::STARTED, wire::HAS_STDIN]));
    let before = belongings(&monitor);
    let long = vec![wire::STDIN; wire::MESSAGE_MAX + 1];
    let huge = vec![b'A'; 150_000];
    let mut state = 88_172_645_463_325_252_u64;
    let mut messages: Vec<Vec<u8>> = [
        &b"A"[..],
        b"A\x01",
        b"A\x02\x07",
        b"A\x01\x08",
        b"A\x01\x07\x00",
        b"i",
        b"ihello\n",
        b"e",
        b"w\x01\x02\x03\x04",
        b"d",
        b"x",
        b"s\x00",
        b"1spoof",
        b"\x00",
        &long,
        &huge,
    ]
    .map(<[u8]>::to_vec)
    .to_vec();
    for _ in 0..300 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let length = (state % 40) as usize + 1;
        messages.push(
            state
                .to_le_bytes()
                .iter()
                .cycle()
                .take(length)
                .copied()
                .collect(),
        );
    }
    for message in &messages {
        for greeted in [false, true] {
            let Some(client) = connect(&path) else {
                continue;
            };
            if greeted {
                say(&client, &HELLO);
                assert_eq!(hear(&client).map(|m| m[0]), Some(wire::STARTED));
            }
            // Longer than the kernel takes is as good as never sent.
            if !say(&client, message) {
                continue;
            }
            // A well-formed one is answered or obeyed in silence; then leaving is up to us.
            let fine = match wire::parse_request(message) {
                Some(wire::Request::Attach { .. }) => !greeted,
                Some(wire::Request::Resize { .. }) => greeted,
                _ => false,
            };
            if !fine {
                assert_eq!(hear(&client), None, "{message:?} greeted {greeted}");
            }
        }
    }
    // None of it reached the container or another client.
    assert!(say(&honest, b"ihere\n"));
    assert_eq!(hear(&honest).as_deref(), Some(&b"1got here\n"[..]));
    support::wait_until("nothing of them is left", Duration::from_secs(20), || {
        belongings(&monitor).0 <= before.0
    });
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn s_78_coming_and_going_leaves_nothing_behind() {
    let Some(world) = tiny() else { return };
    let start = [
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "--log-driver",
        "none",
        "tiny",
        "sh",
        "-c",
        CHATTY,
    ];
    world.ok(start);
    let (path, monitor) = (
        socket_of(&world, "c"),
        world.inspect("c", "{{.State.ConmonPid}}"),
    );
    let mut first = None;
    let mut clients = 0;
    for round in 0..10_000 {
        let Some(client) = connect(&path) else {
            continue;
        };
        say(&client, &HELLO);
        if round % 7 == 0 {
            hear(&client);
            say(&client, &[wire::DETACH]);
        }
        clients += 1;
        if round == 100 {
            first = Some(belongings(&monitor));
        }
    }
    assert!(clients > 9_000, "{clients}");
    // The same by the command, killed in the middle of what it reads.
    for _ in 0..10 {
        let mut attached = world.start(["attach", "--no-stdin", "c"]);
        support::wait_until("it reads", Duration::from_secs(20), || {
            !attached.stdout_so_far().is_empty() || !attached.is_running()
        });
        attached.kill();
    }
    let first = first.expect("more than 100 rounds");
    support::wait_until("nobody is left", Duration::from_secs(20), || {
        belongings(&monitor).0 <= first.0 + RELAY
    });
    let last = belongings(&monitor);
    assert!(last.1 == 1 && last.2 <= first.2 + 128, "{first:?} {last:?}");
    let before = progress(&world, "c");
    support::wait_until("it goes on", Duration::from_secs(20), || {
        progress(&world, "c") > before
    });
    world.ok(["rm", "-f", "-t", "0", "c"]);
}
