//! Published ports of containers on named networks: what comes in, what goes out, from whom it seems to come,
//! and what becomes of the ports.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::net::{ToSocketAddrs, UdpSocket};
use std::path::Path;
use std::time::{Duration, Instant};

use support::{World, apart, have, images, skip, wait_until};

/// UDP 7000 answers with what it got and from whom. TCP 7001 and 7003 say from whom they were called, read to the
/// end, and say how much that was. TCP 7002 speaks until it has said all.
const SERVER: &str = r#"
use Socket;
$SIG{CHLD} = 'IGNORE'; $| = 1;
sub at {
    my ($type, $port) = @_;
    socket(my $s, PF_INET6, $type, 0) or die "socket: $!";
    setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
    bind($s, pack_sockaddr_in6($port, Socket::IN6ADDR_ANY)) or die "bind: $!";
    return $s;
}
sub peer {
    my ($port, $ip) = unpack_sockaddr_in6($_[0]);
    my $text = Socket::inet_ntop(AF_INET6, $ip);
    $text =~ s/^::ffff://;
    return $text;
}
my $udp = at(SOCK_DGRAM, 7000);
if (fork == 0) {
    while (defined(my $from = recv($udp, my $data, 65536, 0))) {
        send($udp, "$data from " . peer($from), 0, $from);
    }
    exit;
}
my %port;
for my $number (7001, 7002, 7003) {
    $port{$number} = at(SOCK_STREAM, $number);
    listen($port{$number}, 1024);
}
print "ready\n";
for my $number (7001, 7002) {
    next if fork;
    serve($number);
    exit;
}
serve(7003);
sub serve {
    my $number = shift;
    my $s = $port{$number};
    while (my $from = accept(my $c, $s)) {
        if (fork == 0) {
            if ($number == 7002) {
                my $block = 'x' x 65536;
                for (1 .. 1024) { syswrite($c, $block) }
                exit;
            }
            syswrite($c, "220 port $number for " . peer($from) . "\n");
            my $count = 0;
            while ((my $got = sysread($c, my $data, 65536)) > 0) { $count += $got }
            syswrite($c, "end $count\n");
            exit;
        }
        close $c;
    }
}
"#;

/// What port 7002 says, and what is said to 7001: 64 MiB.
const MUCH: usize = 64 << 20;

const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

fn ready() -> bool {
    let there = ["/usr/lib/podman", "/usr/libexec/podman"]
        .iter()
        .any(|folder| Path::new(folder).join("netavark").exists());
    if !there {
        skip("no netavark");
        return false;
    }
    images::have_tiny() && support::have_subordinate_ids()
}

/// A world with the server's image and a network of both kinds of addresses.
fn world() -> Option<World> {
    if !ready() {
        return None;
    }
    let layout = images::debian("debian")?;
    let world = World::new();
    let id = world.ok(["pull", "-q", &layout]);
    world.ok(["tag", &id, "debian"]);
    world.write("server.pl", SERVER);
    world.ok(["network", "create", "--ipv6", "web"]);
    Some(world)
}

/// Starts the server as `s` on the network and waits until it serves.
fn serve(world: &World, ports: &[&str]) {
    let script = format!("{}:/server.pl:ro", world.path("server.pl").display());
    let mut words = vec![
        "run",
        "-d",
        "--name",
        "s",
        "--network",
        "web",
        "-v",
        &script,
    ];
    for port in ports {
        words.extend(["-p", port]);
    }
    words.extend(["debian", "perl", "/server.pl"]);
    world.ok(words);
    world.wait_for_log("s", "ready");
}

/// The port of the host that leads to this one of `s`.
fn outside(world: &World, inside: &str) -> u16 {
    let line = world.ok(["port", "s", inside]);
    let (_, port) = line.rsplit_once(':').expect("an address and a port");
    port.parse().expect("a port")
}

fn connect(address: impl ToSocketAddrs) -> TcpStream {
    let stream = TcpStream::connect(address).expect("somebody listens");
    let limit = Some(support::PATIENCE);
    stream.set_read_timeout(limit).expect("a limit");
    stream.set_write_timeout(limit).expect("a limit");
    stream
}

/// Hears the greeting, says something, ends its own half, and hears the answer to that.
fn talk(address: IpAddr, port: u16, said: &[u8]) -> (String, String) {
    let mut stream = connect((address, port));
    let mut reader = BufReader::new(stream.try_clone().expect("a descriptor"));
    let mut greeting = String::new();
    reader.read_line(&mut greeting).expect("a greeting");
    stream.write_all(said).expect("it listens");
    stream.shutdown(Shutdown::Write).expect("it is open");
    let mut answer = String::new();
    reader.read_to_string(&mut answer).expect("an answer");
    (greeting, answer)
}

/// One datagram and the answer; datagrams may be lost, so that it is asked again.
fn echo(address: IpAddr, port: u16, word: &str) -> String {
    let any: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).expect("a socket");
    socket.connect((address, port)).expect("a route");
    let limit = Some(Duration::from_secs(2));
    socket.set_read_timeout(limit).expect("a limit");
    let end = Instant::now() + support::PATIENCE;
    let mut buffer = [0; 2048];
    while Instant::now() < end {
        let _ = socket.send(word.as_bytes());
        if let Ok(count) = socket.recv(&mut buffer) {
            return String::from_utf8_lossy(&buffer[..count]).into_owned();
        }
    }
    panic!("no answer from {address}:{port}");
}

fn is_refused(address: IpAddr, port: u16) -> bool {
    let error = TcpStream::connect((address, port)).err();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused)
}

/// The number of a process in the run record of `s`.
fn process(world: &World, which: &str) -> i32 {
    let id = world.inspect("s", "{{.Id}}");
    let record = world.store().join("containers").join(id).join("run.json");
    let record = std::fs::read(record).expect("a run record");
    let record: serde_json::Value = serde_json::from_slice(&record).expect("JSON");
    record[which]["pid"].as_i64().expect("a number") as i32
}

fn is_gone(pid: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.is_empty() || stat.contains(") Z ")
}

#[test]
fn a_server_is_reached_over_every_address_and_may_speak_first() {
    let Some(world) = world() else { return };
    serve(&world, &["7000/udp", "7001-7002", "127.0.0.1::7003"]);
    let port = outside(&world, "7001");
    for address in [V4, V6] {
        let (greeting, answer) = talk(address, port, b"abc");
        assert!(greeting.starts_with("220 port 7001 for "), "{greeting}");
        assert_eq!(answer, "end 3\n", "{address}");
    }
    // Ranges keep their order; a host's address is the only one.
    assert_eq!(outside(&world, "7002"), port + 1);
    let bound = outside(&world, "7003");
    assert!(talk(V4, bound, b"").0.starts_with("220 port 7003"));
    assert!(is_refused(V6, bound));
    let udp = outside(&world, "7000/udp");
    for address in [V4, V6] {
        let answer = echo(address, udp, "hello");
        assert!(answer.starts_with("hello from "), "{answer}");
    }
    // Half-closed from the beginning, and silent for longer than the rest of this.
    let silent = connect((V4, port));
    for _ in 0..1000 {
        let (greeting, answer) = talk(V4, port, b"x");
        assert!(greeting.starts_with("220 port 7001 for "), "{greeting}");
        assert_eq!(answer, "end 1\n");
    }
    let mut text = String::new();
    silent.shutdown(Shutdown::Write).expect("it is open");
    BufReader::new(silent)
        .read_to_string(&mut text)
        .expect("it ends");
    assert!(text.ends_with("end 0\n"), "{text}");
    let shown = world.ok(["ps", "--format", "{{.Ports}}"]);
    let wanted = format!("0.0.0.0:{port}-{}->7001-7002/tcp", port + 1);
    assert!(shown.contains(&wanted), "{shown}");
    let shown = world.inspect("s", "{{json .NetworkSettings.Ports}}");
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown["7003/tcp"][0]["HostIp"], "127.0.0.1", "{shown}");
    assert_eq!(shown["7000/udp"][0]["HostPort"], udp.to_string(), "{shown}");
    world.ok(["rm", "-f", "-t", "0", "s"]);
}

#[test]
fn much_is_carried_both_ways() {
    let Some(world) = world() else { return };
    serve(&world, &["7001", "7002"]);
    let mut buffer = vec![b'y'; 64 << 10];
    let mut stream = connect((V4, outside(&world, "7002")));
    let mut count = 0;
    loop {
        match stream.read(&mut buffer).expect("it goes on") {
            0 => break,
            more => {
                assert!(buffer[..more].iter().all(|byte| *byte == b'x'));
                count += more;
            }
        }
    }
    assert_eq!(count, MUCH);
    let much = vec![b'y'; MUCH];
    let answer = talk(V4, outside(&world, "7001"), &much).1;
    assert_eq!(answer, format!("end {MUCH}\n"));
    // One that leaves in the middle harms nobody else.
    let mut rude = connect((V4, outside(&world, "7002")));
    rude.read_exact(&mut buffer).expect("it goes on");
    drop(rude);
    assert_eq!(talk(V4, outside(&world, "7001"), b"abc").1, "end 3\n");
    world.ok(["rm", "-f", "-t", "0", "s"]);
}

#[test]
fn ports_survive_a_restart_and_go_with_the_container() {
    let Some(world) = world() else { return };
    serve(&world, &["7000/udp", "7001"]);
    let (tcp, udp) = (outside(&world, "7001"), outside(&world, "7000/udp"));
    let open = connect((V4, tcp));
    let forwarder = process(&world, "network_helper");
    world.ok(["restart", "-t", "0", "s"]);
    assert!(is_gone(forwarder));
    assert_eq!(outside(&world, "7001"), tcp);
    wait_until("it serves again", Duration::from_secs(30), || {
        let logs = world.ok(["logs", "s"]);
        logs.matches("ready").count() == 2
    });
    assert_eq!(talk(V4, tcp, b"ab").1, "end 2\n");
    assert!(echo(V4, udp, "again").starts_with("again from "));
    drop(open);
    // A killed monitor takes its container along, and nothing stays bound.
    let (monitor, forwarder) = (
        process(&world, "monitor"),
        process(&world, "network_helper"),
    );
    let monitor = rustix::process::Pid::from_raw(monitor).expect("a pid");
    rustix::process::kill_process(monitor, rustix::process::Signal::KILL).expect("ours");
    wait_until("the forwarder ends", Duration::from_secs(30), || {
        is_gone(forwarder)
    });
    assert!(is_refused(V4, tcp));
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, tcp));
    drop(listener.expect("the port is free"));
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, udp));
    drop(socket.expect("the port is free"));
    wait_until("the end is seen", Duration::from_secs(30), || {
        world.status("s") == "exited"
    });
    assert_eq!(world.ok(["port", "s"]), "");
    world.ok(["start", "s"]);
    wait_until("it serves again", Duration::from_secs(30), || {
        let logs = world.ok(["logs", "s"]);
        logs.matches("ready").count() == 3
    });
    assert_eq!(talk(V4, tcp, b"ab").1, "end 2\n");
    let forwarder = process(&world, "network_helper");
    world.ok(["stop", "-t", "0", "s"]);
    assert!(is_gone(forwarder) && is_refused(V4, tcp));
    world.ok(["rm", "s"]);
}

#[test]
fn ports_move_with_the_networks() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "other"]);
    world.ok(["network", "create", "--internal", "inner"]);
    serve(&world, &["7000/udp", "7001"]);
    let (tcp, udp) = (outside(&world, "7001"), outside(&world, "7000/udp"));
    let forwarder = process(&world, "network_helper");
    let reach = |what: &str| {
        // The forwarder is told of the change and takes it in by itself.
        wait_until(what, Duration::from_secs(30), || {
            let mut stream = connect((V4, tcp));
            let mut text = String::new();
            let ended = stream.shutdown(Shutdown::Write);
            let heard = ended.and_then(|()| stream.read_to_string(&mut text));
            heard.is_ok() && text.ends_with("end 0\n")
        });
        assert!(echo(V4, udp, "hello").starts_with("hello from "), "{what}");
    };
    world.ok(["network", "connect", "other", "s"]);
    reach("it is on two");
    world.ok(["network", "disconnect", "web", "s"]);
    reach("it is on another");
    world.ok(["network", "connect", "inner", "s"]);
    world.ok(["network", "disconnect", "other", "s"]);
    reach("it is on one without a gateway");
    assert_eq!(process(&world, "network_helper"), forwarder);
    world.ok(["rm", "-f", "-t", "0", "s"]);
}

#[test]
fn what_cannot_be_published_is_said_before_anything_starts() {
    if !ready() {
        return;
    }
    let world = World::with_image("tiny");
    let run = |port: &str| {
        let words = [
            "run",
            "--rm",
            "--network",
            "bridge",
            "-p",
            port,
            "tiny",
            "true",
        ];
        world.coracle(words)
    };
    let tcp = TcpListener::bind("0.0.0.0:0").expect("a free port");
    let udp = UdpSocket::bind("0.0.0.0:0").expect("a free port");
    let port = |address: std::io::Result<SocketAddr>| address.expect("bound").port();
    let (tcp_port, udp_port) = (port(tcp.local_addr()), port(udp.local_addr()));
    for (published, taken) in [
        (format!("{tcp_port}:80"), tcp_port),
        (format!("127.0.0.1:{tcp_port}:80"), tcp_port),
        (format!("{udp_port}:80/udp"), udp_port),
    ] {
        let done = run(&published);
        assert_eq!(done.code, 126, "{done}");
        let owner = format!("(pid {})", std::process::id());
        for word in [&taken.to_string(), &owner, "already in use"] {
            assert!(done.stderr.contains(word), "{published}: {word}: {done}");
        }
    }
    let done = run("8080:80/sctp");
    assert_eq!(done.code, 126, "{done}");
    assert!(done.stderr.contains("sctp"), "{done}");
    assert_eq!(world.container_names(), [""; 0], "nothing is left of them");
    let first = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    if first.is_ok_and(|first| first.trim() == "0") {
        return; // every port is open to this user
    }
    let done = run("81:80");
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("port 81: permission denied"), "{done}");
    assert!(done.stderr.contains("ip_unprivileged_port_start"), "{done}");
}

#[test]
fn every_exposed_port_is_published_when_asked_so() {
    if !ready() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "s",
        "--network",
        "bridge",
        "-P",
        "--expose",
        "80",
        "--expose",
        "81-82",
        "tiny",
        "sh",
        "-c",
        "echo served >/index.html; exec httpd -f -h / -p 80",
    ]);
    assert_eq!(world.ok(["port", "s"]).lines().count(), 3);
    let port = outside(&world, "80");
    let page = || {
        let mut stream = connect((V4, port));
        let mut page = String::new();
        let asked = stream.write_all(b"GET /index.html HTTP/1.0\r\n\r\n");
        // Until it serves, who comes is turned away.
        let heard = asked.and_then(|()| stream.read_to_string(&mut page));
        heard.is_ok() && page.ends_with("served\n")
    };
    wait_until("a page", Duration::from_secs(30), page);
    // Nobody serves at this one: a connection is refused as soon as that is known.
    let mut nothing = connect((V4, outside(&world, "81")));
    assert!(!matches!(nothing.read(&mut [0; 8]), Ok(count) if count > 0));
    world.ok(["rm", "-f", "-t", "0", "s"]);
}

/// In a namespace of ours that stands for the machine, with a neighbour beyond a cable.
const NEIGHBOUR: &str = r#"
set -e
ip link set lo up
unshare --net sleep 1000 & beyond=$!
while test "$(readlink /proc/$beyond/ns/net)" = "$(readlink /proc/self/ns/net)"; do sleep 0.1; done
trap 'kill $beyond' EXIT
there() { nsenter --net=/proc/$beyond/ns/net "$@"; }
ip link add here type veth peer name there
ip link set there netns $beyond
ip address add 192.168.77.1/24 dev here
ip address add fd77::1/64 dev here nodad
ip link set here up
there ip address add 192.168.77.2/24 dev there
there ip address add fd77::2/64 dev there nodad
there ip link set there up
ip route add default via 192.168.77.2
ip -6 route add default via fd77::2
"$CORACLE_BIN" run -d --name s --network web -v "$SCRIPT:/server.pl:ro" \
    -p 7000:7000/udp -p 7001:7001 debian perl /server.pl
for try in $(seq 300); do
    if "$CORACLE_BIN" logs s | grep -q ready; then break; fi
    sleep 0.2
done
for address in 192.168.77.1 fd77::1; do
    # An address of IPv6 is not answered for before it is known to be nobody else's.
    for try in 1 2 3 4 5; do
        said=$(there timeout 60 bash -c "exec 3<>/dev/tcp/$address/7001; head -1 <&3") || continue
        echo "$said"
        case $said in *".77.2" | *"fd77::2") break ;; esac
    done
    for try in 1 2 3 4 5 6 7 8; do
        if there timeout 10 bash -c "exec 3<>/dev/udp/$address/7000; printf hello >&3
            dd bs=2000 count=1 <&3 2>/dev/null"; then break; fi
    done
    echo
done
"$CORACLE_BIN" rm -f -t 0 s
"#;

#[test]
fn s_102_the_address_of_a_client_from_afar_is_kept() {
    let Some(world) = world() else { return };
    if !have(&["ip", "unshare", "nsenter", "pasta"]) || !Path::new("/dev/net/tun").exists() {
        return;
    }
    let mut command = apart::mounting(&world, r#"exec unshare --net bash -c "$NEIGHBOUR""#);
    command.env("NEIGHBOUR", NEIGHBOUR);
    command.env("CORACLE_BIN", support::binary());
    command.env("SCRIPT", world.path("server.pl"));
    let done = support::world::finish(command);
    let done = done.expect_code(0);
    for said in [
        "220 port 7001 for 192.168.77.2",
        "hello from 192.168.77.2",
        "220 port 7001 for fd77::2",
        "hello from fd77::2",
    ] {
        assert!(done.stdout.contains(said), "{said}: {done}");
    }
}
