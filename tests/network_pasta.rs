//! pasta and slirp4netns with the options of users and of containers.conf.
//!
//! The programs are the installed ones, of whatever version. Traffic stays on this machine.

mod support;

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use support::{World, free_port, have, images, skip, wait_until};

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

/// Runs a shell script in a container of the given network and returns what it wrote.
fn shell(world: &World, network: &str, script: &str) -> String {
    world.ok([
        "run",
        "--rm",
        "--network",
        network,
        "tiny",
        "sh",
        "-c",
        script,
    ])
}

/// Has every command of this world read these lines as containers.conf.
fn configure(world: &mut World, text: &str) {
    let file = world.write("containers.conf", text);
    world.set_env("CONTAINERS_CONF_OVERRIDE", file);
}

#[test]
fn options_after_the_colon_shape_the_interface() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let packets = world.path("packets");
    let options = format!(
        "pasta:-I,lan,--mtu=1400,-a,198.51.100.7,-n,24,-g,198.51.100.1,-4,--dns-forward,198.51.100.53,--pcap,{}",
        packets.display()
    );
    let seen = shell(
        &world,
        &options,
        "ip addr show lan; ip route; cat /etc/resolv.conf; hostname; cat /etc/hosts",
    );
    for word in [
        "mtu 1400",
        "inet 198.51.100.7/24",
        "default via 198.51.100.1",
        "198.51.100.7\t",
    ] {
        assert!(seen.contains(word), "{word}:\n{seen}");
    }
    let names_a_server = std::fs::read_to_string("/etc/resolv.conf")
        .is_ok_and(|text| text.lines().any(|line| line.starts_with("nameserver")));
    if names_a_server {
        assert!(seen.contains("nameserver 198.51.100.53"), "{seen}");
    }
    // The header of a capture file: pcap-savefile(5).
    let length = packets.metadata().expect("pasta wrote the packets").len();
    assert!(length >= 24, "{length}");
}

#[test]
fn a_port_of_the_host_is_reached_on_the_containers_loopback() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let server = std::thread::spawn(move || {
        let mut text = String::new();
        let (mut stream, _) = listener.accept().expect("a visitor");
        stream.read_to_string(&mut text).expect("read");
        text
    });
    shell(
        &world,
        &format!("pasta:-T,{port}"),
        &format!("echo ahoy | timeout 60 nc 127.0.0.1 {port}"),
    );
    // A second visitor, should the first have failed: nobody waits for ever.
    drop(TcpStream::connect(("127.0.0.1", port)));
    assert_eq!(server.join().expect("no panic"), "ahoy\n");
}

#[test]
fn pastas_number_is_written_where_the_user_wants_it() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let file = world.path("number");
    let network = format!("pasta:--pid,{}", file.display());
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        &network,
        "tiny",
        "sleep",
        "1000",
    ]);
    let text = std::fs::read_to_string(&file).expect("the number");
    let process = Path::new("/proc").join(text.trim());
    let line = std::fs::read(process.join("cmdline")).expect("it runs");
    assert!(String::from_utf8_lossy(&line).contains("pasta"));
    world.ok(["rm", "-f", "-t", "0", "c"]);
    wait_until("pasta is gone", Duration::from_secs(30), || {
        !std::fs::read(process.join("cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains("pasta"))
    });
}

/// Puts a pasta first in PATH that says of itself to be old, and is the installed one otherwise.
fn say_to_be_old(world: &mut World) {
    let folder = world.path("old");
    let real = support::find_program("pasta").expect("looked for before");
    let script = format!(
        "#!/bin/sh\ncase $1 in --help) echo '--config-net --quiet --no-map-gw --dns-forward \
         --tcp-ports --udp-ports --tcp-ns --udp-ns --pid --userns --netns --no-netns-quit \
         --ns-ifname --address --netmask --gateway'; exit 0;; esac\nexec {} \"$@\"\n",
        real.display()
    );
    let file = world.write("old/pasta", script);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("ours");
    let path = format!("{}:{}", folder.display(), support::search_path());
    world.set_env("PATH", path);
}

#[test]
fn an_option_the_installed_pasta_does_not_know_is_one_clear_line() {
    if !ready(&["pasta"]) {
        return;
    }
    let mut world = World::with_image("tiny");
    say_to_be_old(&mut world);
    let words = [
        "run",
        "--rm",
        "--network",
        "pasta:--fqdn,a.test",
        "tiny",
        "true",
    ];
    let done = world.coracle(words);
    assert_eq!(done.code, 125, "{done}");
    let errors = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error:"));
    assert_eq!(errors.count(), 1, "{done}");
    assert!(done.stderr.contains("pasta does not know --fqdn"), "{done}");
    assert_eq!(world.container_names(), [""; 0]);
}

#[test]
fn containers_conf_shapes_the_network_and_the_command_line_has_the_last_word() {
    if !ready(&["pasta", "slirp4netns"]) {
        return;
    }
    let mut world = World::with_image("tiny");
    configure(
        &mut world,
        "[network]\ndefault_rootless_network_cmd = \"pasta\"\n\
         pasta_options = [\"-I\", \"lan\", \"--mtu\", \"1400\"]\n\
         [containers]\ndns_servers = [\"192.0.2.53\"]\ndns_searches = [\"sea.test\"]\n\
         dns_options = [\"ndots:3\"]\nhost_containers_internal_ip = \"192.0.2.99\"\n",
    );
    let script = "cat /sys/class/net/lan/mtu /etc/resolv.conf /etc/hosts";
    let seen = world.ok(["run", "--rm", "tiny", "sh", "-c", script]);
    for word in [
        "1400\n",
        "search sea.test\nnameserver 192.0.2.53\noptions ndots:3\n",
        "192.0.2.99\thost.containers.internal",
    ] {
        assert!(seen.contains(word), "{word}:\n{seen}");
    }
    let mtu = shell(&world, "pasta:-m,1300", "cat /sys/class/net/lan/mtu");
    assert_eq!(mtu, "1300");

    configure(
        &mut world,
        "[network]\ndefault_rootless_network_cmd = \"slirp4netns\"\n\
         [containers]\nno_hosts = true\nhost_containers_internal_ip = \"none\"\n",
    );
    let script = "ls /sys/class/net; cat /etc/hosts; true";
    let seen = world.ok(["run", "--rm", "tiny", "sh", "-c", script]);
    assert!(
        seen.contains("tap0") && !seen.contains("localhost"),
        "{seen}"
    );
    let script = "cat /etc/hosts";
    let seen = world.ok([
        "run",
        "--rm",
        "--add-host",
        "a:192.0.2.1",
        "tiny",
        "sh",
        "-c",
        script,
    ]);
    assert!(seen.contains("192.0.2.1\ta"), "{seen}");
    assert!(!seen.contains("host.containers.internal"), "{seen}");

    configure(
        &mut world,
        "[containers]\nnetns = \"none\"\nbase_hosts_file = \"none\"\n",
    );
    let links = world.ok(["run", "--rm", "tiny", "ls", "/sys/class/net"]);
    assert_eq!(links, "lo");
    let network = world.ok([
        "run",
        "--rm",
        "--network",
        "host",
        "tiny",
        "ls",
        "/sys/class/net",
    ]);
    assert_ne!(network, "");
}

#[test]
fn sctp_is_refused_by_name_and_brackets_take_either_kind_of_address() {
    if !ready(&["pasta"]) {
        return;
    }
    let world = World::with_image("tiny");
    let port = free_port();
    let sctp = format!("{port}:{port}/sctp");
    let done = world.coracle([
        "run",
        "--rm",
        "--network",
        "pasta",
        "-p",
        &sctp,
        "tiny",
        "true",
    ]);
    assert_eq!(done.code, 126, "{done}");
    assert!(
        done.stderr.contains("can't forward protocol: sctp"),
        "{done}"
    );
    let published = format!("[127.0.0.1]:{port}:80");
    world.ok([
        "run", "-d", "--name", "c", "-p", &published, "-p", "", "tiny", "sleep", "1000",
    ]);
    assert_eq!(
        world.ok(["port", "c"]),
        format!("80/tcp -> 127.0.0.1:{port}")
    );
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn slirp4netns_takes_its_options_and_names_the_wrong_ones() {
    if !ready(&["slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    let seen = shell(
        &world,
        "slirp4netns:cidr=198.51.100.0/24,mtu=1400,enable_ipv6=true,port_handler=slirp4netns",
        "ip addr show tap0; cat /etc/hosts",
    );
    for word in ["mtu 1400", "inet 198.51.100.100/24", "198.51.100.100\t"] {
        assert!(seen.contains(word), "{word}:\n{seen}");
    }
    for (word, said) in [
        ("port_handler=rootlesskit", "only port handler"),
        ("cidr=198.51.100.0/33", "is not an IPv4 network"),
        ("mtu=1", "between 68 and 65521"),
        ("sail=up", "is not an option of slirp4netns"),
    ] {
        let network = format!("slirp4netns:{word}");
        let done = world.coracle(["run", "--rm", "--network", &network, "tiny", "true"]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(said), "{word}: {done}");
    }
    assert_eq!(world.container_names(), [""; 0]);
}

#[test]
fn the_hosts_loopback_is_reached_where_slirp4netns_may() {
    if !ready(&["slirp4netns"]) {
        return;
    }
    let world = World::with_image("tiny");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let server = std::thread::spawn(move || {
        let mut text = String::new();
        let (mut stream, _) = listener.accept().expect("a visitor");
        stream.read_to_string(&mut text).expect("read");
        text
    });
    shell(
        &world,
        "slirp4netns:cidr=198.51.100.0/24,allow_host_loopback=true",
        &format!("echo ahoy | timeout 60 nc 198.51.100.2 {port}"),
    );
    drop(TcpStream::connect(("127.0.0.1", port)));
    assert_eq!(server.join().expect("no panic"), "ahoy\n");
}
