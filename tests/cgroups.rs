//! Control groups where nothing is delegated, which is what these tests find on most machines: what nobody asked for
//! is lost in silence, an explicit limit is refused by the controller's name. The rest is in `tests/vm`.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Whether this session could be given limits; then the virtual machine's checks speak for them.
fn is_delegated(world: &World) -> bool {
    !world
        .ok(["info", "--format", "{{.Host.CgroupControllers}}"])
        .trim_matches(['[', ']'])
        .is_empty()
}

#[test]
fn without_delegation_a_container_runs_in_silence() {
    let Some(world) = world() else { return };
    let ran = world.coracle(["run", "--rm", "tiny", "echo", "hello"]);
    let ran = ran.expect_code(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("hello\n", ""));
    let disabled = ["run", "--rm", "--cgroups", "disabled", "tiny", "true"];
    assert_eq!(world.coracle(disabled).expect_code(0).stderr, "");
}

#[test]
fn an_explicit_limit_without_delegation_names_the_controller() {
    let Some(world) = world() else { return };
    if is_delegated(&world) {
        return support::skip("a control group with controllers is delegated here");
    }
    for (option, value, controller) in [
        ("--memory", "64m", "memory"),
        ("--cpus", "0.5", "cpu"),
        ("--pids-limit", "10", "pids"),
        ("--cpuset-cpus", "0", "cpuset"),
        ("--blkio-weight", "100", "io"),
        ("--cgroup-conf", "memory.high=5m", "memory"),
    ] {
        let refused = world.coracle(["run", "--name", "web", option, value, "tiny", "true"]);
        let refused = refused.expect_code(125);
        let told = format!("the {controller} controller is not available");
        assert!(refused.stderr.contains(&told), "{option}: {refused}");
        assert_eq!(refused.stderr.lines().count(), 1, "{refused}");
        world.ok(["rm", "-f", "web"]);
    }
}

#[test]
fn what_version_2_cannot_do_is_refused_by_name() {
    let Some(world) = world() else { return };
    for option in [
        "--memory-swappiness=5",
        "--oom-kill-disable",
        "--kernel-memory=5m",
        "--cpu-rt-period=5",
        "--cpu-rt-runtime=5",
        "--device-cgroup-rule=c 1:3 r",
    ] {
        let refused = world.coracle(["create", option, "tiny", "true"]);
        let name = option.split('=').next().expect("a name");
        refused.expect_refusal(name);
    }
    for (words, told) in [
        (&["--cgroup-conf", "cgroup.procs=1"][..], "the engine's"),
        (&["--cgroup-conf", "../../x.y=1"], "not the name"),
        (
            &["--cpus", "1", "--cpu-quota", "5"],
            "cannot be set together",
        ),
        (&["-m", "64m", "--memory-swap", "32m"], "should be larger"),
        (
            &["--device-read-bps", "/dev/zero:1m"],
            "/dev/zero: not a block device",
        ),
        (
            &["--cgroups", "split", "--cgroup-parent", "/x"],
            "--cgroup-parent",
        ),
    ] {
        let all = [&["run", "--rm"], words, &["tiny", "true"]].concat();
        world.coracle(all).expect_refusal(told);
    }
    assert!(world.container_names().is_empty());
}

/// A path that leads out of the hierarchy is refused wherever it is looked at (S-60).
#[test]
fn s_60_a_cgroup_parent_stays_in_the_hierarchy() {
    let Some(world) = world() else { return };
    for parent in ["../../x", "/a/../../b"] {
        let run = [
            "--cgroup-manager=cgroupfs",
            "run",
            "--rm",
            "--cgroup-parent",
            parent,
        ];
        let run = run.into_iter().chain(["tiny", "true"]);
        world
            .coracle(run)
            .expect_refusal("leads out of the hierarchy");
    }
}

#[test]
fn limits_are_kept_in_the_record() {
    let Some(world) = world() else { return };
    world.ok([
        "create",
        "--name",
        "web",
        "-m",
        "64m",
        "--cpus",
        "1.5",
        "--pids-limit",
        "100",
        "-c",
        "512",
        "--cpuset-cpus",
        "0",
        "tiny",
        "true",
    ]);
    for (field, value) in [
        ("Memory", "67108864"),
        ("MemorySwap", "134217728"),
        ("NanoCpus", "1500000000"),
        ("CpuQuota", "150000"),
        ("CpuShares", "512"),
        ("CpusetCpus", "0"),
        ("PidsLimit", "100"),
        ("Cgroups", "default"),
    ] {
        let shown = world.inspect("web", &format!("{{{{.HostConfig.{field}}}}}"));
        assert_eq!(shown, value, "{field}");
    }
    let other = [
        "--cgroup-manager",
        "cgroupfs",
        "create",
        "--name",
        "files",
        "tiny",
    ];
    world.ok(other);
    assert_eq!(
        world.inspect("files", "{{.HostConfig.CgroupManager}}"),
        "cgroupfs"
    );
    world.ok(["rm", "-a"]);
}

#[test]
fn pause_needs_a_running_container_with_a_group() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name", "web", "tiny", "sleep", "60"]);
    world
        .coracle(["pause", "web"])
        .expect_refusal("container state improper");
    world
        .coracle(["unpause", "web"])
        .expect_refusal("container state improper");
    for verb in ["pause", "unpause"] {
        world
            .coracle([verb, "nobody"])
            .expect_refusal("no container with name or ID \"nobody\" found: no such container");
        world.ok([verb, "--all"]);
    }
    world.ok(["start", "web"]);
    if world.inspect("web", "{{.State.CgroupPath}}").is_empty() {
        world
            .coracle(["pause", "web"])
            .expect_refusal("no control group");
        assert_eq!(world.status("web"), "running");
    }
    world.ok(["rm", "-f", "-t", "0", "web"]);
}
