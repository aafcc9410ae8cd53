//! Many containers at once on one network; and commands, monitors and helpers killed in between.

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use support::networks::{
    assert_nothing_is_left, inhabitants, on, runtime_file, world, world_of_debian,
};
use support::{PATIENCE, Running, World, leak};

/// For all of them together, on a machine with much else to do.
const CROWD: Duration = Duration::from_secs(900);

fn start_all(world: &World, names: &[String], image: &str) {
    let started: Vec<_> = names
        .iter()
        .map(|name| {
            let network = format!("web:alias=also-{name}");
            let words = ["run", "-d", "--name", name, "--network", &network, image];
            world.start(words.into_iter().chain(["sleep", "10000"]))
        })
        .collect();
    for one in started {
        let done = one.wait(CROWD);
        assert_eq!(done.code, 0, "{done}");
        assert_eq!(done.stderr, "", "{done}");
    }
}

fn kill(pid: &str) {
    let pid = rustix::process::Pid::from_raw(pid.parse().expect("a number"));
    let signal = rustix::process::Signal::KILL;
    rustix::process::kill_process(pid.expect("not 0"), signal).expect("ours");
}

fn kill_monitors(world: &World, names: &[String]) {
    for name in names {
        kill(&world.inspect(name, "{{.State.ConmonPid}}"));
    }
}

fn addresses(world: &World, names: &[String]) -> BTreeSet<String> {
    let format = "{{(index .NetworkSettings.Networks \"web\").IPAddress}}";
    let mut words = vec!["inspect", "--format", format];
    words.extend(names.iter().map(String::as_str));
    world.ok(words).lines().map(str::to_owned).collect()
}

#[test]
fn fifty_runs_at_once_never_share_an_address() {
    let Some(world) = world() else { return };
    world.ok(["network", "create", "web"]);
    let names: Vec<String> = (0..50).map(|number| format!("c{number}")).collect();
    start_all(&world, &names, "tiny");
    let processes = inhabitants(&world);
    let taken = addresses(&world, &names);
    assert_eq!(taken.len(), names.len(), "{taken:?}");
    kill_monitors(&world, &names[..25]);
    world.ok(["rm", "-f", "-t", "0", "-a"]);
    assert_nothing_is_left(&world, &processes);
}

#[test]
fn thirty_at_once_find_one_another_and_leave_nothing() {
    let Some(world) = world_of_debian() else {
        return;
    };
    world.ok(["network", "create", "web"]);
    let names: Vec<String> = (0..30).map(|number| format!("c{number}")).collect();
    start_all(&world, &names, "debian");
    let processes = inhabitants(&world);
    assert_eq!(addresses(&world, &names).len(), names.len());
    let mut words = vec!["inspect", "--format", "{{.Id}}"];
    words.extend(names.iter().map(String::as_str));
    let ids = world.ok(words);
    let all: Vec<String> = names
        .iter()
        .zip(ids.lines())
        .flat_map(|(name, id)| [name.clone(), format!("also-{name}"), id[..12].to_owned()])
        .collect();
    let script = format!(
        "for n in {}; do getent ahostsv4 $n >/dev/null || echo $n; done",
        all.join(" ")
    );
    let unknown = || world.ok(["exec", "c0", "bash", "-c", &script]);
    support::wait_until("every name is known", PATIENCE, || unknown().is_empty());

    world.ok(["stop", "-t", "0", "-a"]);
    assert_nothing_is_left(&world, &processes);

    // The same with monitors killed in between: the rest is found, those are not.
    let kept = addresses_after_start(&world, &names);
    assert_eq!(kept.len(), names.len(), "{kept:?}");
    let processes = inhabitants(&world);
    kill_monitors(&world, &names[20..]);
    support::wait_until("their end is seen", PATIENCE, || {
        let running = world.ok(["ps", "-q"]);
        running.lines().count() == 20
    });
    let gone: Vec<&str> = names[20..].iter().map(String::as_str).collect();
    let script = format!(
        "for n in {}; do getent ahostsv4 $n >/dev/null && echo $n; done; true",
        gone.join(" ")
    );
    let known = || world.ok(["exec", "c0", "bash", "-c", &script]);
    support::wait_until("the dead have no names", PATIENCE, || known().is_empty());
    world.ok(["exec", "c0", "getent", "ahostsv4", "c19"]);
    world.ok(["rm", "-f", "-t", "0", "-a"]);
    assert_nothing_is_left(&world, &processes);
}

fn addresses_after_start(world: &World, names: &[String]) -> BTreeSet<String> {
    let started: Vec<_> = names
        .iter()
        .map(|name| world.start(["start", name]))
        .collect();
    for one in started {
        let done = one.wait(CROWD);
        assert_eq!(done.code, 0, "{done}");
    }
    addresses(world, names)
}

/// A command that is killed there, by its own hand.
fn struck(world: &World, words: &[&str], failpoint: &str) {
    let mut command = world.command(words);
    command.env("CORACLE_FAILPOINT", format!("{failpoint}:kill"));
    let done = Running::start(command).wait(CROWD);
    assert_eq!(done.code, 137, "{failpoint} {words:?}: {done}");
}

/// Nothing of a network is left: no lease, no process.
fn assert_quiet(world: &World, after: &str) {
    let what = format!("nothing is left after {after}");
    let mut left = String::new();
    let quiet = || {
        // Whoever looks cleans up.
        world.ok(["ps", "-a"]);
        let found = leak::processes(world.root());
        let found = found.iter().filter(|one| one.name != "coracle-keeper");
        left = found.map(|one| format!("{one}\n")).collect();
        let lease = runtime_file(world, "networks.json").is_some();
        left.is_empty() && !lease
    };
    support::wait_until(&what, PATIENCE, quiet);
}

#[test]
fn a_start_that_is_killed_between_lease_and_record_leaves_nothing() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    world.ok(["network", "create", "web"]);
    let run = ["run", "--name", "c", "--network", "web", "tiny", "true"];
    for failpoint in [
        "engine.network.leased",
        "engine.network.shared",
        "network.holder.started",
        "network.uplink.started",
        "engine.monitor.ready",
        "engine.run.recorded",
        "engine.network.joined",
    ] {
        struck(&world, &run, failpoint);
        // The container itself stays, as it was made.
        assert_quiet(&world, failpoint);
        world.ok(["start", "-a", "c"]);
        assert_quiet(&world, "a start");
        // A container that has run before is no other case.
        struck(&world, &["start", "c"], failpoint);
        assert_quiet(&world, failpoint);
        world.ok(["rm", "-f", "-t", "0", "c"]);
    }
}

#[test]
fn what_a_killed_command_has_begun_the_same_command_ends() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    world.ok(["network", "create", "web"]);
    world.ok(["network", "create", "shop"]);
    let run = ["run", "-d", "--name", "c", "--network", "web", "tiny"];
    world.ok(run.into_iter().chain(["sleep", "10000"]));
    let interfaces = || world.ok(["exec", "c", "ls", "/sys/class/net"]);
    let (connect, disconnect) = (
        ["network", "connect", "shop", "c"],
        ["network", "disconnect", "shop", "c"],
    );
    for failpoint in [
        "engine.network.leased",
        "engine.network.connected",
        "engine.network.recorded",
    ] {
        struck(&world, &connect, failpoint);
        world.ok(connect);
        assert_eq!(interfaces(), "eth0\neth1\nlo", "{failpoint}");
        assert_ne!(on(&world, "c", "shop", "IPAddress"), "");
        world.ok(disconnect);
        assert_eq!(interfaces(), "eth0\nlo", "{failpoint}");
    }
    for failpoint in ["engine.network.left", "engine.network.recorded"] {
        world.ok(connect);
        struck(&world, &disconnect, failpoint);
        world.ok(disconnect);
        assert_eq!(interfaces(), "eth0\nlo", "{failpoint}");
    }
    // An end that nobody finishes is finished by who looks next.
    world.ok(connect);
    let processes = inhabitants(&world);
    let mut command = world.command(["rm", "-f", "-t", "0", "c"]);
    command.env("CORACLE_FAILPOINT", "engine.network.left:kill");
    // Killed, unless what follows an exit was there first and has done it all.
    let done = Running::start(command).wait(CROWD);
    assert!(matches!(done.code, 0 | 137), "{done}");
    world.coracle(["rm", "-f", "-t", "0", "c"]);
    world.ok(["ps", "-a"]);
    assert_nothing_is_left(&world, &processes);
}
