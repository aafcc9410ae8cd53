//! Networks of containers that are there already: connect, disconnect, reload, update.

mod support;

use support::World;
use support::networks::{
    assert_nothing_is_left, fetch, fetch_soon, inhabitants, on, rest, serve, world, world_of_debian,
};
use support::world::Done;

fn refused(done: &Done, why: &str) {
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains(why), "{why:?}: {done}");
    assert_eq!(done.stderr.matches("Error:").count(), 1, "{done}");
}

fn interfaces(world: &World, name: &str) -> Vec<String> {
    let listed = world.ok(["exec", name, "ls", "/sys/class/net"]);
    listed.split_whitespace().map(str::to_owned).collect()
}

fn file(world: &World, name: &str, path: &str) -> String {
    world.ok(["exec", name, "cat", path])
}

#[test]
fn a_running_container_comes_to_a_network_and_leaves_it() {
    let Some(world) = world_of_debian() else {
        return;
    };
    for name in ["web", "shop"] {
        world.ok(["network", "create", "--ipv6", name]);
    }
    rest(&world, "there", &["--network", "shop"]);
    serve(
        &world,
        "moving",
        &["--network", "web", "--hostname", "port"],
    );
    let processes = inhabitants(&world);
    assert_ne!(fetch(&world, "there", "moving").stdout, "served\n");
    let connect = ["network", "connect", "--alias", "till", "shop", "moving"];
    assert_eq!(world.ok(connect), "");
    assert_eq!(interfaces(&world, "moving"), ["eth0", "eth1", "lo"]);
    for name in ["moving", "till", "port"] {
        fetch_soon(&world, "there", name);
    }
    let id = world.inspect("moving", "{{.Id}}");
    let aliases = on(&world, "moving", "shop", "Aliases");
    assert_eq!(aliases, format!("[till {} port]", &id[..12]));
    let (web, shop) = (
        on(&world, "moving", "web", "IPAddress"),
        on(&world, "moving", "shop", "IPAddress"),
    );
    let hosts = file(&world, "moving", "/etc/hosts");
    for address in [&web, &shop] {
        let line = format!("{address}\tport moving\n");
        assert!(format!("{hosts}\n").contains(&line), "{hosts}");
    }
    let server = on(&world, "moving", "shop", "Gateway");
    let asked = file(&world, "moving", "/etc/resolv.conf");
    assert!(asked.contains(&format!("nameserver {server}\n")), "{asked}");

    refused(
        &world.coracle(["network", "connect", "shop", "moving"]),
        "is already connected to network shop: network is already connected",
    );
    let bad = ["network", "connect", "--ip", "10.1.1.1", "shop", "moving"];
    refused(&world.coracle(bad), "already connected");

    assert_eq!(world.ok(["network", "disconnect", "web", "moving"]), "");
    assert_eq!(interfaces(&world, "moving"), ["eth1", "lo"]);
    let hosts = file(&world, "moving", "/etc/hosts");
    assert!(!hosts.contains(&web) && hosts.contains(&shop), "{hosts}");
    fetch_soon(&world, "there", "moving");
    refused(
        &world.coracle(["network", "disconnect", "web", "moving"]),
        "container moving is not connected to network web",
    );
    let networks = world.inspect(
        "moving",
        "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
    );
    assert_eq!(networks.trim(), "shop");

    // What was changed holds after a restart.
    world.ok(["restart", "-t", "0", "moving"]);
    assert_eq!(interfaces(&world, "moving"), ["eth1", "lo"]);
    assert_eq!(on(&world, "moving", "shop", "IPAddress"), shop);
    fetch_soon(&world, "there", "till");

    // Off every network there is loopback only, and a way back.
    world.ok(["network", "disconnect", "-f", "shop", "moving"]);
    assert_eq!(interfaces(&world, "moving"), ["lo"]);
    assert_ne!(fetch(&world, "there", "till").stdout, "served\n");
    world.ok(["network", "connect", "shop", "moving"]);
    assert_ne!(on(&world, "moving", "shop", "IPAddress"), shop);
    fetch_soon(&world, "there", "moving");

    let since = world.ok([
        "events",
        "--stream=false",
        "--filter",
        "type=network",
        "--format",
        "{{.Status}} {{.Network}}",
    ]);
    let words = ["connect shop", "disconnect web", "disconnect shop"];
    for word in words {
        assert!(since.lines().any(|line| line == word), "{since}");
    }
    world.ok(["rm", "-f", "-t", "0", "-a"]);
    assert_nothing_is_left(&world, &processes);
}

#[test]
fn a_stopped_container_is_on_the_network_when_it_starts() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "--subnet", "10.179.1.0/24", "web"]);
    world.ok(["network", "create", "--subnet", "10.179.2.0/24", "shop"]);
    world.ok([
        "create",
        "--name",
        "c",
        "--network",
        "web",
        "tiny",
        "sleep",
        "1000",
    ]);
    refused(
        &world.coracle(["network", "connect", "--ip", "10.1.1.1", "shop", "c"]),
        "not in any subnet",
    );
    world.ok([
        "network",
        "connect",
        "--ip",
        "10.179.2.77",
        "--mac-address",
        "02:11:22:33:44:55",
        "shop",
        "c",
    ]);
    // As Docker: nothing new is no error while it does not run.
    world.ok(["network", "connect", "shop", "c"]);
    world.ok(["network", "disconnect", "web", "c"]);
    world.ok(["start", "c"]);
    assert_eq!(on(&world, "c", "shop", "IPAddress"), "10.179.2.77");
    let mac = world.ok(["exec", "c", "cat", "/sys/class/net/eth0/address"]);
    assert_eq!(mac, "02:11:22:33:44:55");
    assert_eq!(interfaces(&world, "c"), ["eth0", "lo"]);
    // Somebody who has an address keeps it.
    world.ok([
        "run",
        "-d",
        "--name",
        "d",
        "--network",
        "web",
        "tiny",
        "sleep",
        "1000",
    ]);
    let taken = ["network", "connect", "--ip", "10.179.2.77", "shop", "d"];
    refused(&world.coracle(taken), "already allocated");
    assert_eq!(interfaces(&world, "d"), ["eth0", "lo"]);
    let bad = [
        "network",
        "connect",
        "--mac-address",
        "00:00:00:00:00:00",
        "shop",
        "d",
    ];
    refused(&world.coracle(bad), "Cannot assign requested address");
    assert_eq!(interfaces(&world, "d"), ["eth0", "lo"]);
    world.ok(["network", "connect", "shop", "d"]);
    assert_eq!(interfaces(&world, "d"), ["eth0", "eth1", "lo"]);
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

#[test]
fn what_has_no_networks_of_its_own_does_not_change_them() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "web"]);
    for mode in ["none", "host"] {
        world.ok(["create", "--name", mode, "--network", mode, "tiny", "true"]);
        for verb in ["connect", "disconnect"] {
            let done = world.coracle(["network", verb, "web", mode]);
            refused(
                &done,
                &format!("\"{mode}\" is not supported: invalid network mode"),
            );
        }
        let done = world.coracle(["network", "reload", mode]);
        refused(&done, "invalid network mode");
    }
    world.ok([
        "create",
        "--name",
        "still",
        "--network",
        "web",
        "tiny",
        "true",
    ]);
    refused(
        &world.coracle(["network", "reload", "still"]),
        "network is not configured, refusing to reload",
    );
    assert_eq!(world.ok(["network", "reload", "--all"]), "");
    refused(
        &world.coracle(["network", "connect", "web", "nobody"]),
        "no container with name or ID",
    );
    refused(
        &world.coracle(["network", "connect", "nothing", "still"]),
        "network not found",
    );
}

#[test]
fn a_reload_keeps_addresses_and_names() {
    let Some(world) = world_of_debian() else {
        return;
    };
    world.ok(["network", "create", "web"]);
    serve(&world, "a", &["--network", "web"]);
    rest(&world, "b", &["--network", "web"]);
    let place = |name: &str| {
        let field = |field: &str| on(&world, name, "web", field);
        (field("IPAddress"), field("MacAddress"))
    };
    let before = (place("a"), place("b"));
    let id = world.inspect("a", "{{.Id}}");
    assert_eq!(world.ok(["network", "reload", "a"]), id);
    fetch_soon(&world, "b", "a");
    assert_eq!(world.ok(["network", "reload", "-a"]).lines().count(), 2);
    fetch_soon(&world, "b", "a");
    assert_eq!((place("a"), place("b")), before);
    let own = world.ok(["exec", "a", "cat", "/sys/class/net/eth0/address"]);
    assert_eq!(own, before.0.1);
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

#[test]
fn servers_of_a_network_come_and_go() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "--dns", "10.9.9.1", "web"]);
    let servers = || {
        let format = "{{range .NetworkDNSServers}}{{.}} {{end}}";
        world.ok(["network", "inspect", "web", "--format", format])
    };
    let update = |words: &[&str]| {
        let mut all = vec!["network", "update"];
        all.extend(words);
        all.push("web");
        assert_eq!(world.ok(all), "web");
    };
    update(&["--dns-add", "10.9.9.2,10.9.9.3"]);
    assert_eq!(servers().trim(), "10.9.9.1 10.9.9.2 10.9.9.3");
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "web",
        "tiny",
        "sleep",
        "1000",
    ]);
    update(&["--dns-drop", "10.9.9.1", "--dns-add", "10.9.9.4"]);
    assert_eq!(servers().trim(), "10.9.9.2 10.9.9.3 10.9.9.4");
    update(&["--dns-drop", "10.9.9.2,10.9.9.3,10.9.9.4"]);
    assert_eq!(servers().trim(), "");
    world.ok(["network", "create", "--disable-dns", "mute"]);
    refused(
        &world.coracle(["network", "update", "--dns-add", "10.9.9.1", "mute"]),
        "DNS is not enabled for the network mute",
    );
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}
