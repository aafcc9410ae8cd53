//! Networks with a name: made, joined, left; netavark and aardvark-dns are the real ones.

mod support;

use support::networks::{
    assert_nothing_is_left, fetch, fetch_soon, on, rest, serve, shared_processes, world,
    world_of_debian,
};

#[test]
fn networks_are_made_listed_and_removed() {
    let Some(world) = world() else { return };
    assert_eq!(world.ok(["network", "ls", "-q"]), "podman");
    assert_eq!(world.ok(["network", "create"]), "podman1");
    let subnet = [
        "network",
        "create",
        "--subnet",
        "10.177.3.9/24",
        "--label",
        "a=b",
        "web",
    ];
    assert_eq!(world.ok(subnet), "web");
    let inspect = |format: &str| world.ok(["network", "inspect", "web", "--format", format]);
    assert_eq!(
        inspect("{{range .Subnets}}{{.Subnet}} {{.Gateway}}{{end}} {{.DNSEnabled}} {{.Driver}}"),
        "10.177.3.0/24 10.177.3.1 true bridge"
    );
    assert_eq!(inspect("{{.Labels.a}}"), "b");
    let table = world.ok(["network", "ls", "--filter", "label=a"]);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("NETWORK ID    NAME"), "{table}");
    assert!(lines.len() == 2 && lines[1].contains("  web "), "{table}");
    // What this netavark would leave out is refused.
    let tagged = world.coracle(["network", "create", "--opt", "vlan=33", "tagged"]);
    if tagged.code != 0 {
        tagged.expect_refusal("vlan: netavark does that since version 1.14");
    }
    for (words, why) in [
        (&["network", "create", "web"][..], "network already exists"),
        (
            &["network", "create", "--subnet", "10.177.3.128/25", "x"],
            "already used",
        ),
        (
            &["network", "create", "--gateway", "10.1.1.1", "x"],
            "without subnet",
        ),
        (
            &["network", "create", "--driver", "macvlan", "x"],
            "only bridge",
        ),
        (
            &["network", "create", "--opt", "mtu=1", "x"],
            "no such value",
        ),
        (&["network", "create", "host"], "reserved"),
        (&["network", "rm", "podman"], "cannot be removed"),
        (
            &["run", "--rm", "--network", "nowhere", "tiny", "true"],
            "network not found",
        ),
        (
            &[
                "run",
                "--rm",
                "--network",
                "web:ip=10.1.1.1",
                "tiny",
                "true",
            ],
            "not in any subnet",
        ),
    ] {
        let done = world.coracle(words);
        assert_eq!(done.code, 125, "{words:?} {done}");
        assert!(done.stderr.contains(why), "{words:?} {done}");
        assert_eq!(done.stderr.matches("Error:").count(), 1, "{done}");
    }
    assert_eq!(world.ok(["network", "create", "--ignore", "web"]), "web");
    world.coracle(["network", "exists", "web"]).expect_code(0);
    world
        .coracle(["network", "exists", "nowhere"])
        .expect_code(1);
    world.coracle(["network", "rm", "nowhere"]).expect_code(1);
    world.ok(["create", "--network", "web", "--name", "c", "tiny"]);
    world.coracle(["network", "rm", "web"]).expect_code(2);
    assert_eq!(world.ok(["network", "prune", "-f"]), "podman1");
    world.ok(["network", "create", "spare"]);
    let pruned = world.ok(["system", "prune", "-f", "--filter", "label=none"]);
    assert!(!pruned.contains("spare"), "{pruned}");
    assert_eq!(
        world
            .ok(["ps", "-aq", "--filter", "network=web"])
            .lines()
            .count(),
        1
    );
    assert_eq!(world.ok(["network", "rm", "-f", "web"]), "web");
    assert_eq!(world.ok(["ps", "-aq"]), "");
    let pruned = world.ok(["system", "prune", "-f"]);
    assert!(pruned.contains("Deleted Networks\nspare"), "{pruned}");
}

#[test]
fn containers_of_one_network_find_one_another_and_no_others() {
    let Some(world) = world_of_debian() else {
        return;
    };
    world.ok(["network", "create", "--ipv6", "web"]);
    world.ok(["network", "create", "other"]);
    serve(&world, "a", &["--network", "web:alias=shop"]);
    serve(
        &world,
        "d",
        &["--network", "web", "--network-alias", "till"],
    );
    rest(&world, "b", &["--network", "web"]);
    rest(&world, "c", &["--network", "other"]);
    let processes = shared_processes(&world);
    for (from, host) in [("b", "a"), ("b", "d"), ("b", "shop"), ("b", "till")] {
        fetch_soon(&world, from, host);
    }
    let v6 = on(&world, "a", "web", "GlobalIPv6Address");
    fetch_soon(&world, "b", &v6);
    // The third neither finds the first nor reaches it by its address alone.
    let v4 = on(&world, "a", "web", "IPAddress");
    for host in ["a", &v4, &v6] {
        assert_ne!(fetch(&world, "c", host).stdout, "served\n", "{host}");
    }
    let id = world.inspect("a", "{{.Id}}");
    fetch_soon(&world, "b", &id[..12]);
    let taken = v4;
    let same = format!("web:ip={taken}");
    let done = world.coracle(["run", "--rm", "--network", &same, "tiny", "true"]);
    assert!(
        done.code == 125 && done.stderr.contains("already allocated"),
        "{done}"
    );
    world.ok(["restart", "-t", "0", "a"]);
    fetch_soon(&world, "b", "a");
    assert_eq!(on(&world, "a", "web", "IPAddress"), taken);
    world.ok(["rm", "-f", "-t", "0", "a"]);
    assert_ne!(fetch(&world, "b", "a").code, 0);
    world.ok(["rm", "-f", "-t", "0", "b", "c", "d"]);
    assert_nothing_is_left(&world, &processes);
}

#[test]
fn an_address_that_is_asked_for_is_given() {
    let Some(world) = world() else { return };
    world.ok([
        "network",
        "create",
        "--subnet",
        "10.178.4.0/24",
        "--ip-range",
        "10.178.4.64/26",
        "web",
    ]);
    let own = ["cat", "/proc/net/fib_trie"];
    let run = |more: &[&str]| {
        let mut words = vec!["run", "--rm", "--network", "web"];
        words.extend(more);
        words.push("tiny");
        words.extend(own);
        world.ok(words)
    };
    assert!(run(&["--ip", "10.178.4.9"]).contains("10.178.4.9"));
    assert!(run(&[]).contains("10.178.4.65"));
    let mac = [
        "run",
        "--rm",
        "--network",
        "web",
        "--mac-address",
        "02:11:22:33:44:55",
        "tiny",
    ];
    let mut words = mac.to_vec();
    words.extend(["cat", "/sys/class/net/eth0/address"]);
    assert_eq!(world.ok(words), "02:11:22:33:44:55");
}

#[test]
fn an_internal_network_leads_nowhere() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "--internal", "web"]);
    let routes = [
        "run",
        "--rm",
        "--network",
        "web",
        "tiny",
        "cat",
        "/proc/net/route",
    ];
    let table = world.ok(routes);
    let default = |line: &&str| line.split_whitespace().nth(1) == Some("00000000");
    assert_eq!(table.lines().skip(1).filter(default).count(), 0, "{table}");
}
