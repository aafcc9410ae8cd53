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
        "--cpu-rt-period=5",
        "--cpu-rt-runtime=5",
    ] {
        let refused = world.coracle(["create", option, "tiny", "true"]);
        let name = option.split('=').next().expect("a name");
        refused.expect_refusal(name);
    }
    world
        .coracle(["create", "--device-cgroup-rule=c 1:3 r", "tiny", "true"])
        .expect_refusal("Error: device cgroup rules are not supported in rootless mode");
    let done = world.coracle(["run", "--rm", "--kernel-memory=5m", "tiny", "true"]);
    let done = done.expect_code(0);
    assert!(
        done.stderr
            .contains("--kernel-memory flag is no longer supported"),
        "{done}"
    );
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

#[test]
fn a_place_that_cannot_be_had_is_refused_with_the_reason() {
    let Some(world) = world() else { return };
    if is_delegated(&world) {
        return support::skip("a control group with controllers is delegated here");
    }
    for option in [
        &["--cgroups", "split"][..],
        &["--cgroups", "no-conmon"],
        &["--cgroup-parent", "/some/where"],
        &["--cgroup-parent", "user-some.slice"],
        &["--cgroups", "disabled", "--cgroup-parent", "/some/where"],
    ] {
        let run = ["run", "--name", "web"].iter().chain(option);
        let refused = world.coracle(run.chain(&["tiny", "true"])).expect_code(125);
        let named = option[option.len() - 2];
        assert!(refused.stderr.contains(named), "{option:?}: {refused}");
        assert_eq!(refused.stderr.lines().count(), 1, "{refused}");
        world.ok(["rm", "-f", "web"]);
    }
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

#[test]
fn an_update_is_kept_for_the_next_start() {
    let Some(world) = world() else { return };
    let web = [
        "create",
        "--name",
        "web",
        "--pids-limit",
        "1024",
        "-e",
        "A=1",
        "tiny",
        "env",
    ];
    world.ok(web);
    let id = world.ok(["update", "--memory", "100M", "web"]);
    assert_eq!(id, world.inspect("web", "{{.Id}}"));
    let shown = world.inspect("web", "{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}");
    assert_eq!(shown, "104857600 1024", "what is not named stays");
    world
        .coracle(["update", "--device-read-bps", "/dev/zero:10mb", "web"])
        .expect_refusal("/dev/zero: not a block device");
    world
        .coracle(["update", "--memory-swap", "50m", "web"])
        .expect_refusal("should be larger than memory limit");
    world
        .coracle(["update", "--health-interval", "10s", "web"])
        .expect_refusal("healthcheck command is not set");
    world.ok([
        "create", "--name", "plain", "-e", "A=1", "-e", "B=2", "tiny", "env",
    ]);
    world.ok([
        "update",
        "--env",
        "A=3",
        "--unsetenv",
        "B",
        "--ulimit",
        "nofile=100:200",
        "plain",
    ]);
    let printed = world.ok(["start", "-a", "plain"]);
    assert!(printed.lines().any(|line| line == "A=3"), "{printed}");
    assert!(!printed.contains("B=2"), "{printed}");
    world.ok(["rm", "-a"]);
}

#[test]
fn a_restart_policy_given_to_a_running_container_acts() {
    let Some(world) = world() else { return };
    let work = "while test ! -e /stop; do sleep 0.05; done; rm /stop; exit 3";
    world.ok(["run", "-d", "--name", "web", "tiny", "sh", "-c", work]);
    world.ok(["update", "--restart", "on-failure:5", "web"]);
    let policy = world.inspect("web", "{{.HostConfig.RestartPolicy.Name}}");
    assert_eq!(policy, "on-failure");
    world.ok(["exec", "web", "touch", "/stop"]);
    support::wait_until("it runs again", std::time::Duration::from_secs(20), || {
        world.inspect("web", "{{.RestartCount}} {{.State.Status}}") == "1 running"
    });
    world
        .coracle(["run", "--rm", "--restart", "always", "tiny", "true"])
        .expect_refusal("--rm option conflicts with --restart");
    world.ok(["rm", "-f", "-t", "0", "web"]);
}

#[test]
fn stats_without_a_group_say_so() {
    let Some(world) = world() else { return };
    let table = world.ok(["stats", "--no-stream", "--all"]);
    assert!(
        table.contains("CPU %") && table.contains("AVG CPU %"),
        "{table}"
    );
    assert_eq!(world.ok(["stats", "--no-stream", "--format", "json"]), "[]");
    world
        .coracle(["stats", "--no-stream", "nobody"])
        .expect_refusal("no such container");
    world.ok([
        "run",
        "-d",
        "--name",
        "web",
        "--cgroups",
        "disabled",
        "tiny",
        "sleep",
        "60",
    ]);
    assert!(!world.ok(["stats", "--no-stream"]).contains("web"));
    world
        .coracle(["stats", "--no-stream", "web"])
        .expect_refusal("no control group");
    world.ok(["rm", "-f", "-t", "0", "web"]);
}
