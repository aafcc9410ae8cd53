//! Networks of real containers: what they reach, what reaches them, and what is said when a port is taken.
//!
//! Traffic goes to this machine's own addresses only. pasta and slirp4netns are the installed ones.

mod support;

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use support::{World, free_port, have, images, skip, wait_until};

/// The address of this machine that others would see. Connecting a datagram socket sends nothing.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").expect("a socket");
    let found = socket
        .connect("192.0.2.1:9")
        .and_then(|()| socket.local_addr());
    match found {
        Ok(address) if !address.ip().is_loopback() && !address.ip().is_unspecified() => {
            Some(address.ip())
        }
        _ => {
            skip("this machine has no address but loopback");
            None
        }
    }
}

/// A page server inside the test; counts who came.
struct Pages {
    port: u16,
    visits: Arc<AtomicUsize>,
}

impl Pages {
    fn on(address: &str) -> Self {
        let listener = TcpListener::bind((address, 0)).expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let visits = Arc::new(AtomicUsize::new(0));
        let count = visits.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                count.fetch_add(1, Ordering::Relaxed);
                let mut request = [0; 1024];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(
                    b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nahoy\n",
                );
            }
        });
        Self { port, visits }
    }

    fn visits(&self) -> usize {
        self.visits.load(Ordering::Relaxed)
    }
}

/// Fetches /motd from a server; `None` while nobody answers.
fn fetch(ip: IpAddr, port: u16) -> Option<String> {
    let limit = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::new(ip, port), limit).ok()?;
    stream.set_read_timeout(Some(limit)).ok()?;
    stream
        .write_all(b"GET /motd HTTP/1.0\r\nHost: x\r\n\r\n")
        .ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    text.contains("200 OK").then_some(text)
}

fn expect_page(ip: IpAddr, port: u16) {
    let mut page = None;
    wait_until(
        &format!("a page from {ip}:{port}"),
        Duration::from_secs(20),
        || {
            page = fetch(ip, port);
            page.is_some()
        },
    );
    assert!(page.expect("just fetched").ends_with("ahoy\n"));
}

const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Processes whose command line names this world's directory, with that command line.
fn helpers_of(world: &World) -> Vec<(u32, String)> {
    let root = world.root().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let is_helper = line.contains("pasta") || line.contains("slirp4netns");
        if is_helper && line.contains(&root) {
            found.push((pid, line));
        }
    }
    found
}

/// A shell command that fetches a page: static busybox's wget dies of the C library's resolver,
/// and Debian 12's pasta never passes on the end of a connection that was half closed before.
fn get(address: &str, port: u16) -> String {
    format!(
        "(printf 'GET /motd HTTP/1.0\\r\\n\\r\\n'; sleep 2) | timeout 10 nc -w 3 {address} {port} | grep ahoy"
    )
}

fn ready(programs: &[&str]) -> bool {
    if !images::have_tiny() || !have(programs) {
        return false;
    }
    if !Path::new("/dev/net/tun").exists() {
        skip("no /dev/net/tun");
        return false;
    }
    true
}

/// The address that the container's /etc/hosts gives the host.
fn host_as_seen(world: &World, network: &[&str]) -> IpAddr {
    let mut words = vec!["run", "--rm"];
    words.extend(network);
    words.extend(["tiny", "cat", "/etc/hosts"]);
    let hosts = world.ok(words);
    let line = hosts
        .lines()
        .find(|line| line.contains("host.containers.internal"))
        .unwrap_or_else(|| panic!("no host.containers.internal in\n{hosts}"));
    let word = line.split_whitespace().next().expect("an address");
    word.parse().expect("an address")
}

#[test]
fn a_page_of_the_host_is_fetched_over_each_network() {
    if !ready(&["pasta", "slirp4netns"]) || own_address().is_none() {
        return;
    }
    let world = World::with_image("tiny");
    let pages = Pages::on("0.0.0.0");
    for network in [&[][..], &["--network", "slirp4netns"], &["--network=host"]] {
        let host = host_as_seen(&world, network);
        let script = get(&host.to_string(), pages.port);
        let mut words = vec!["run", "--rm"];
        words.extend(network);
        words.extend(["tiny", "sh", "-c", &script]);
        assert_eq!(world.ok(words), "ahoy", "{network:?}");
    }
    assert_eq!(pages.visits(), 3);
}

#[test]
fn the_hosts_loopback_is_out_of_reach() {
    let Some(own) = own_address() else { return };
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    let pages = Pages::on("127.0.0.1");
    let port = pages.port;
    // slirp4netns's gateway is the program itself, so this traffic cannot leave the machine;
    // pasta's gateway is a real one, and the option that shuts it is looked at instead.
    let script = format!(
        "for a in 127.0.0.1 {own} $GATE; do {}; done; true",
        get("$a", port)
    );
    let loopback = |words: &[&str]| {
        let mut all = vec!["run", "--rm"];
        all.extend(words);
        all.extend(["tiny", "sh", "-c", &script]);
        assert_eq!(world.ok(all), "", "{words:?}");
    };
    loopback(&[]);
    loopback(&[
        "--network",
        "slirp4netns:cidr=10.0.2.0/24",
        "-e",
        "GATE=10.0.2.2 10.0.2.3",
    ]);
    assert_eq!(pages.visits(), 0);
    for network in ["pasta", "slirp4netns"] {
        // A published port has slirp4netns name the socket, and thereby this world, in its words.
        let port = format!("{}:80", free_port());
        world.ok([
            "run",
            "-d",
            "--name",
            network,
            "--network",
            network,
            "-p",
            &port,
            "tiny",
            "sleep",
            "60",
        ]);
        let lines = helpers_of(&world);
        let shut = lines.iter().any(|(_, line)| {
            line.contains("--no-map-gw") || line.contains("--disable-host-loopback")
        });
        assert!(shut, "{network}: {lines:?}");
        world.ok(["rm", "-f", "-t", "0", network]);
    }
}

#[test]
fn a_published_port_is_reached_over_loopback_and_the_hosts_address() {
    let Some(own) = own_address() else { return };
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    for network in [None, Some("pasta"), Some("slirp4netns")] {
        let port = free_port();
        let published = format!("{port}:8000");
        let mut words = vec!["run", "-d", "--name", "web", "-p", &published];
        words.extend(network.map(|n| ["--network", n]).into_iter().flatten());
        words.extend(["tiny", "httpd", "-f", "-p", "0.0.0.0:8000", "-h", "/etc"]);
        world.ok(words);
        for ip in [LOOPBACK, own] {
            expect_page(ip, port);
        }
        world.ok(["rm", "-f", "-t", "0", "web"]);
        assert_eq!(fetch(LOOPBACK, port), None, "{network:?}");
        wait_until("the helper is gone", Duration::from_secs(5), || {
            helpers_of(&world).is_empty()
        });
    }
}

#[test]
fn a_port_bound_to_loopback_is_on_loopback_only() {
    let Some(own) = own_address() else { return };
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let port = free_port();
    let published = format!("127.0.0.1:{port}:8000");
    world.ok([
        "run",
        "-d",
        "--name",
        "web",
        "-p",
        &published,
        "tiny",
        "httpd",
        "-f",
        "-p",
        "0.0.0.0:8000",
        "-h",
        "/etc",
    ]);
    expect_page(LOOPBACK, port);
    assert_eq!(fetch(own, port), None);
}

#[test]
fn a_server_that_speaks_first_is_heard_from_afar() {
    let Some(own) = own_address() else { return };
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    let port = free_port();
    let published = format!("{port}:8000");
    // Debian 12's pasta keeps such a client waiting; the default must not.
    world.ok([
        "run",
        "-d",
        "--name",
        "mail",
        "-p",
        &published,
        "tiny",
        "sh",
        "-c",
        "while true; do echo 220 ahoy | nc -l -p 8000; done",
    ]);
    let greeting = || -> Option<String> {
        let limit = Duration::from_secs(5);
        let stream = TcpStream::connect_timeout(&SocketAddr::new(own, port), limit).ok()?;
        stream.set_read_timeout(Some(limit)).ok()?;
        let mut text = [0; 9];
        (&stream).read_exact(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    wait_until("the greeting", Duration::from_secs(20), || {
        greeting().as_deref() == Some("220 ahoy\n")
    });
}

#[test]
fn taken_ports_are_named_with_their_holder() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let pid = std::process::id().to_string();
    let tcp = TcpListener::bind("0.0.0.0:0").expect("a free port");
    let taken = tcp.local_addr().expect("bound").port();
    let udp = UdpSocket::bind("0.0.0.0:0").expect("a free port");
    let taken_udp = udp.local_addr().expect("bound").port();
    let range = format!("{}-{}:80-82", taken - 1, taken + 1);
    for (published, port) in [
        (format!("{taken}:80"), taken),
        (format!("127.0.0.1:{taken}:80"), taken),
        (format!("{taken_udp}:80/udp"), taken_udp),
        (range, taken),
    ] {
        let done = world.coracle(["run", "--rm", "-p", &published, "tiny", "true"]);
        // As Podman's.
        assert_eq!(done.code, 126, "{done}");
        for word in [
            port.to_string(),
            format!("(pid {pid})"),
            "already in use".to_owned(),
        ] {
            assert!(done.stderr.contains(&word), "{published}: {word}: {done}");
        }
    }
    assert_eq!(
        world.container_names(),
        [""; 0],
        "nothing is left of a refused run --rm"
    );
    drop((tcp, udp));

    let port = free_port();
    let published = format!("{port}:80");
    world.ok([
        "run", "-d", "--name", "first", "-p", &published, "tiny", "sleep", "60",
    ]);
    let done = world.coracle(["run", "--rm", "-p", &published, "tiny", "true"]);
    assert_eq!(done.code, 126, "{done}");
    assert!(done.stderr.contains(&format!("{port}")), "{done}");
    assert!(done.stderr.contains("container first"), "{done}");
    world.ok(["rm", "-f", "-t", "0", "first"]);
    world.ok(["run", "--rm", "-p", &published, "tiny", "true"]);
}

#[test]
fn a_low_port_is_refused_with_a_way_out() {
    if !ready(&["pasta"]) {
        return;
    }
    let first = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    if first.is_ok_and(|first| first.trim() == "0") || rustix::process::geteuid().is_root() {
        return skip("every port is open to this user");
    }
    let world = World::with_image("tiny");
    let done = world.coracle(["run", "--rm", "-p", "81:80", "tiny", "true"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("port 81: permission denied"), "{done}");
    assert!(done.stderr.contains("ip_unprivileged_port_start"), "{done}");
}

#[test]
fn none_has_loopback_only_and_host_has_all() {
    if !ready(&[]) {
        return;
    }
    let world = World::with_image("tiny");
    let devices = |network: &str| -> Vec<String> {
        let table = world.ok([
            "run",
            "--rm",
            "--network",
            network,
            "tiny",
            "cat",
            "/proc/net/dev",
        ]);
        let names = table.lines().skip(2).filter_map(|l| l.split(':').next());
        let mut names: Vec<String> = names.map(|n| n.trim().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(devices("none"), ["lo"]);
    let table = std::fs::read_to_string("/proc/net/dev").expect("readable");
    let mut ours: Vec<String> = table
        .lines()
        .skip(2)
        .filter_map(|line| Some(line.split(':').next()?.trim().to_owned()))
        .collect();
    ours.sort();
    assert_eq!(devices("host"), ours);
    let up = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "ip",
        "addr",
        "show",
        "lo",
    ]);
    assert!(up.contains("127.0.0.1/8"), "{up}");
    let done = world.coracle([
        "run",
        "--rm",
        "--network",
        "none",
        "-p",
        "8080:80",
        "tiny",
        "true",
    ]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        done.stderr.contains("Port mappings have been discarded"),
        "{done}"
    );
}

#[test]
fn a_container_shares_the_network_of_another() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "web",
        "--add-host",
        "mark:192.0.2.77",
        "tiny",
        "httpd",
        "-f",
        "-p",
        "0.0.0.0:8000",
        "-h",
        "/etc",
    ]);
    let script = format!(
        "until {}; do sleep 0.1; done; grep mark /etc/hosts",
        get("127.0.0.1", 8000)
    );
    let seen = world.ok([
        "run",
        "--rm",
        "--network",
        "container:web",
        "tiny",
        "timeout",
        "100",
        "sh",
        "-c",
        &script,
    ]);
    assert!(
        seen.starts_with("ahoy\n") && seen.contains("192.0.2.77"),
        "{seen}"
    );
}

#[test]
fn resolv_conf_and_hosts_hold_what_was_asked() {
    if !ready(&[]) {
        return;
    }
    let world = World::with_image("tiny");
    let both = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "--name",
        "ship",
        "--hostname",
        "coracle.test",
        "--dns",
        "192.0.2.53",
        "--dns-search",
        "sea.test",
        "--dns-option",
        "ndots:3",
        "--add-host",
        "port.test:192.0.2.80",
        "tiny",
        "cat",
        "/etc/resolv.conf",
        "/etc/hosts",
    ]);
    for line in [
        "nameserver 192.0.2.53",
        "search sea.test",
        "options ndots:3",
        "192.0.2.80\tport.test",
        "127.0.0.1\tlocalhost",
        "127.0.0.1\tcoracle.test ship",
    ] {
        assert!(
            both.lines()
                .any(|l| l == line || l.starts_with(&format!("{line} "))),
            "{line}:\n{both}"
        );
    }
    let host = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let theirs = world.ok([
        "run",
        "--rm",
        "--network",
        "host",
        "tiny",
        "cat",
        "/etc/resolv.conf",
    ]);
    assert_eq!(theirs.trim_end(), host.trim_end());
    let kept = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "--no-hosts",
        "tiny",
        "sh",
        "-c",
        "cat /etc/hosts; true",
    ]);
    assert_eq!(kept, "");
}

#[test]
fn words_that_would_write_lines_of_their_own_are_refused() {
    if !ready(&[]) {
        return;
    }
    let world = World::with_image("tiny");
    for words in [
        ["--add-host", "a\n192.0.2.6 b:192.0.2.1"],
        ["--dns", "192.0.2.1\nnameserver 192.0.2.6"],
        ["--dns-search", "a\nnameserver 192.0.2.6"],
        ["--dns-option", "a\nnameserver 192.0.2.6"],
        ["--hostname", "a\n192.0.2.6 b"],
    ] {
        let done = world.coracle(["run", "--rm", words[0], words[1], "tiny", "true"]);
        assert_eq!(done.code, 125, "{words:?}: {done}");
        assert_eq!(done.stderr.matches("192.0.2.6\n").count(), 0, "{done}");
        assert_eq!(world.container_names(), [""; 0]);
    }
}

#[test]
fn without_helpers_the_default_is_no_network_and_says_so() {
    if !ready(&[]) {
        return;
    }
    let mut world = World::with_image("tiny");
    let bare = world.path("bin");
    std::fs::create_dir_all(&bare).expect("made");
    world.set_env("PATH", &bare);
    let done = world.coracle(["run", "--rm", "tiny", "cat", "/proc/net/dev"]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        !done.stdout.contains("eth0") && !done.stdout.contains("tap0"),
        "{done}"
    );
    assert!(done.stderr.contains("no network"), "{done}");
    let done = world.coracle(["run", "--rm", "-p", "18080:80", "tiny", "true"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("passt"), "{done}");
    let done = world.coracle(["run", "--rm", "--network", "pasta", "tiny", "true"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("pasta is not in PATH"), "{done}");
}

#[test]
fn the_network_ends_with_its_container_however_it_ends() {
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    for network in ["pasta", "slirp4netns"] {
        let published = format!("{}:80", free_port());
        world.ok([
            "run",
            "-d",
            "--name",
            "c",
            "--network",
            network,
            "-p",
            &published,
            "tiny",
            "sleep",
            "300",
        ]);
        assert_eq!(
            helpers_of(&world).len(),
            1,
            "{network}: {:?}",
            helpers_of(&world)
        );
        world.ok(["kill", "c"]);
        world.ok(["wait", "c"]);
        wait_until("the helper is gone", Duration::from_secs(5), || {
            helpers_of(&world).is_empty()
        });
        // The port is free for the next start at once.
        world.ok(["start", "c"]);
        assert_eq!(helpers_of(&world).len(), 1, "{network}");
        world.ok(["stop", "-t", "0", "c"]);
        wait_until("the helper is gone", Duration::from_secs(5), || {
            helpers_of(&world).is_empty()
        });
        world.ok(["rm", "c"]);
    }
}

#[test]
fn a_killed_monitors_helper_is_gone_after_the_next_command() {
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    for network in ["pasta", "slirp4netns"] {
        let port = free_port();
        let published = format!("{port}:8000");
        let id = world.ok([
            "run",
            "-d",
            "--name",
            "c",
            "--network",
            network,
            "-p",
            &published,
            "tiny",
            "sleep",
            "300",
        ]);
        let record = world.store().join("containers").join(id).join("run.json");
        let record = std::fs::read(record).expect("a run record");
        let record: serde_json::Value = serde_json::from_slice(&record).expect("JSON");
        let monitor = record["monitor"]["pid"].as_i64().expect("a number");
        let monitor = rustix::process::Pid::from_raw(monitor as i32).expect("a pid");
        rustix::process::kill_process(monitor, rustix::process::Signal::KILL).expect("ours");
        wait_until("the end is seen", Duration::from_secs(10), || {
            world.status("c") == "exited"
        });
        assert_eq!(helpers_of(&world), [], "{network}");
        // The port is free again, and so is the way to a new start.
        world.ok(["start", "c"]);
        world.ok(["rm", "-f", "-t", "0", "c"]);
    }
}

#[test]
fn a_hostile_word_for_pasta_never_reaches_it() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let target = world.path("written");
    for word in [
        format!("pasta:--pid,../{}", target.display()),
        "pasta:--runas,0".to_owned(),
        "pasta:--fd=3".to_owned(),
        "pasta:--netns,/proc/self/ns/net".to_owned(),
        "pasta:-t".to_owned(),
        "slirp4netns:pid=1".to_owned(),
    ] {
        let done = world.coracle(["run", "--rm", "--network", &word, "tiny", "true"]);
        assert_eq!(done.code, 125, "{word}: {done}");
    }
    assert!(!target.exists());
}
