//! Words, codes and fields that users' scripts know from Podman and look for.

mod support;

use std::time::Duration;

use support::{World, images, wait_until};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn what_is_missing_is_told_in_known_words() {
    let Some(world) = world() else { return };
    for (words, told) in [
        (
            &["stop", "nobody"][..],
            "no container with name or ID \"nobody\" found: no such container",
        ),
        (
            &["container", "inspect", "nobody"],
            "no such container \"nobody\"",
        ),
        (&["inspect", "nobody"], "no such object: \"nobody\""),
        (&["save", "nothing"], "nothing: image not known"),
        (
            &["create", "--pull=never", "nothing", "true"],
            "nothing: image not known",
        ),
        (&["untag", "tiny", "other"], "other: tag not known"),
        (&["kill", "-s", "0", "nobody"], "invalid signal"),
        (
            &["create", "--log-driver", "what", "tiny", "true"],
            "invalid log driver",
        ),
        (
            &["start", "--all", "x"],
            "either start all containers or the container(s) provided",
        ),
        (
            &["ps", "--filter", "restart-policy=what"],
            "invalid restart policy",
        ),
    ] {
        world.coracle(words).expect_refusal(told);
    }
    let rmi = world.coracle(["rmi", "nothing"]).expect_code(1);
    assert!(rmi.stderr.contains("nothing: image not known"), "{rmi}");
    let file = world.write("no-archive", "text");
    let file = file.to_str().expect("UTF-8");
    world
        .coracle(["load", "-i", file])
        .expect_refusal("payload does not match any of the supported image formats");
}

#[test]
fn a_name_may_have_dockers_slash() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name", "/web", "tiny", "true"]);
    assert_eq!(world.container_names(), ["web"]);
    assert_eq!(world.ok(["ps", "-aq", "--filter", "name=^/web$"]).len(), 12);
    world.ok(["rm", "/web"]);
    assert!(world.container_names().is_empty());
}

#[test]
fn what_cannot_run_has_its_code_and_says_exec() {
    let Some(world) = world() else { return };
    let directory = world.coracle(["run", "--rm", "tiny", "/etc"]);
    let directory = directory.expect_code(126);
    assert!(
        directory.stderr.contains("exec /etc: permission denied"),
        "{directory}"
    );
    let missing = world.coracle(["run", "--rm", "--workdir", "/no/where", "tiny", "pwd"]);
    let missing = missing.expect_code(126);
    assert!(
        missing
            .stderr
            .contains("workdir \"/no/where\" does not exist on container"),
        "{missing}"
    );
    // The directory may come from a mount.
    let mounted = ["run", "--rm", "-w", "/data/in", "--tmpfs", "/data/in"];
    let shown = world.ok(mounted.into_iter().chain(["tiny", "pwd"]));
    assert_eq!(shown, "/data/in");
    world.ok(["run", "-d", "--name", "busy", "tiny", "sleep", "60"]);
    world
        .coracle(["exec", "busy", "no-such-command"])
        .expect_code(127);
    world
        .coracle(["exec", "-d", "busy", "no-such-command"])
        .expect_code(125);
    world
        .coracle(["exec", "busy"])
        .expect_refusal("must provide a non-empty command to start an exec session");
    world.ok(["rm", "-f", "-t", "0", "busy"]);
}

#[test]
fn a_stop_that_takes_sigkill_is_told_and_remembered() {
    let Some(world) = world() else { return };
    let deaf = "trap '' TERM; while :; do sleep 0.1; done";
    world.ok(["run", "-d", "--name", "deaf", "tiny", "sh", "-c", deaf]);
    assert_eq!(world.inspect("deaf", "{{.State.StoppedByUser}}"), "false");
    let stop = world.start(["stop", "-t", "6", "deaf"]);
    wait_until("it is stopping", Duration::from_secs(2), || {
        world.status("deaf") == "stopping"
    });
    let stopped = stop.wait(Duration::from_secs(30)).expect_code(0);
    assert!(
        stopped.stderr.contains(
            "StopSignal SIGTERM failed to stop container deaf in 6 seconds, resorting to SIGKILL"
        ),
        "{stopped}"
    );
    assert_eq!(world.status("deaf"), "exited");
    assert_eq!(world.inspect("deaf", "{{.State.StoppedByUser}}"), "true");
}

#[test]
fn the_id_is_shown_where_no_output_is_joined() {
    let Some(world) = world() else { return };
    let shown = world.ok(["run", "--name", "quiet", "-a", "stdin", "tiny", "echo", "x"]);
    assert_eq!(shown, world.inspect("quiet", "{{.Id}}"));
}

#[test]
fn start_sifts_what_is_named() {
    let Some(world) = world() else { return };
    for name in ["one", "two"] {
        world.ok(["create", "--name", name, "--label", name, "tiny", "true"]);
    }
    let started = world.ok(["start", "--filter", "label=two", "one", "two"]);
    assert_eq!(started, "two");
    assert_eq!(world.status("one"), "created");
}

#[test]
fn a_log_ends_and_begins_in_the_future() {
    let Some(world) = world() else { return };
    world.ok(["run", "--name", "short", "tiny", "echo", "here"]);
    assert_eq!(world.ok(["logs", "--since", "-1h", "short"]), "");
    assert_eq!(world.ok(["logs", "--until", "1h", "short"]), "here");
    world.ok([
        "run",
        "--name",
        "mute",
        "--log-driver",
        "none",
        "tiny",
        "true",
    ]);
    world
        .coracle(["logs", "mute"])
        .expect_refusal("this container is using the 'none' log driver, cannot read logs");
    let size = ["create", "--name", "sized", "--log-opt", "max-size=8000"];
    world.ok(size.into_iter().chain(["tiny", "true"]));
    let size = world.inspect("sized", "{{.HostConfig.LogConfig.Size}}");
    assert_eq!(size, "8kB");
}

#[test]
fn an_exec_as_a_user_keeps_the_added_groups() {
    let Some(world) = world() else { return };
    if !support::have_subordinate_ids() {
        return;
    }
    let added = ["run", "-d", "--name", "g", "--group-add", "5,7", "tiny"];
    world.ok(added.into_iter().chain(["sleep", "60"]));
    let groups = world.ok([
        "exec",
        "--user",
        "0",
        "g",
        "grep",
        "Groups",
        "/proc/self/status",
    ]);
    for group in ["5", "7"] {
        assert!(groups.split_whitespace().any(|w| w == group), "{groups}");
    }
    world.ok(["rm", "-f", "-t", "0", "g"]);
}

#[test]
fn output_goes_where_it_is_told() {
    let Some(world) = world() else { return };
    let file = world.path("out");
    let name = file.to_str().expect("UTF-8");
    let told = ["--out", name, "create", "--name", "one", "tiny", "true"];
    assert_eq!(world.ok(told), "");
    let written = std::fs::read_to_string(&file).expect("written");
    assert_eq!(written.trim(), world.inspect("one", "{{.Id}}"));
    let mute = ["--noout", "run", "--rm", "tiny", "echo", "x"];
    assert_eq!(world.ok(mute), "");
    world
        .coracle(["--noout", "--out", name, "ps"])
        .expect_refusal("--out");
}

#[test]
fn the_time_zone_is_the_hosts_or_a_named_one() {
    let Some(world) = world() else { return };
    let zone = "/usr/share/zoneinfo/Asia/Tokyo";
    if !std::path::Path::new(zone).exists() {
        support::skip("no time zones on this machine");
        return;
    }
    let sum = |words: &[&str]| {
        let run = ["run", "--rm"].iter().chain(words);
        let run = run.chain(&["tiny", "sha256sum", "/etc/localtime"]);
        world.ok(run)[..64].to_owned()
    };
    let wanted = images::sha256(&std::fs::read(zone).expect("readable"));
    assert_eq!(sum(&["--tz", "Asia/Tokyo"]), wanted);
    // An image that knows the zone itself gets a link to its own file.
    let zones = std::fs::read(zone).expect("readable");
    let layers = [
        images::tiny_layer(),
        images::layer_with_file("usr/share/zoneinfo/Asia/Tokyo", &zones),
        images::layer_with_file("etc/localtime", b"another"),
    ];
    let config = r#"{"Env":["PATH=/bin"]}"#;
    let archive = images::docker_archive("localhost/zones:latest", config, &layers);
    let file = world.write("zones.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    let link = ["run", "--rm", "--tz", "Asia/Tokyo", "zones"];
    let link = link.iter().chain(&["readlink", "/etc/localtime"]);
    assert_eq!(world.ok(link), "../usr/share/zoneinfo/Asia/Tokyo");
    for zone in ["../../etc/passwd", "Asia/Nowhere"] {
        world
            .coracle(["create", "--tz", zone, "tiny", "true"])
            .expect_refusal("finding timezone");
    }
}

#[test]
fn files_name_the_processes() {
    let Some(world) = world() else { return };
    let (init, monitor) = (world.path("init"), world.path("monitor"));
    let [one, two] = [&init, &monitor].map(|path| path.to_str().expect("UTF-8"));
    let files = [
        "run",
        "-d",
        "--name",
        "p",
        "--pidfile",
        one,
        "--conmon-pidfile",
        two,
    ];
    world.ok(files.into_iter().chain(["tiny", "sleep", "60"]));
    let shown = world.inspect("p", "{{.State.Pid}} {{.State.ConmonPid}}");
    let read = |path| std::fs::read_to_string(path).expect("written");
    assert_eq!(shown, format!("{} {}", read(&init), read(&monitor)));
    world.ok(["rm", "-f", "-t", "0", "p"]);
    // What a unit of systemd calls after the container went with --rm.
    world.ok(["stop", "--ignore", "--cidfile", "/no/where"]);
    world.ok(["rm", "-f", "--cidfile", "/no/where"]);
    world
        .coracle(["stop", "--cidfile", "/no/where"])
        .expect_refusal("reading CIDFile");
}

#[test]
fn the_image_goes_with_its_last_container() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name", "other", "tiny", "true"]);
    let kept = world
        .coracle(["run", "--rmi", "tiny", "true"])
        .expect_code(0);
    assert!(
        kept.stderr.contains("image is in use by a container"),
        "{kept}"
    );
    world.ok(["image", "exists", "tiny"]);
    world.ok(["rm", "other"]);
    world
        .coracle(["run", "--rmi", "--rm=false", "tiny", "true"])
        .expect_refusal("the --rmi option does not work without --rm");
    world.ok(["run", "--rmi", "tiny", "true"]);
    world.coracle(["image", "exists", "tiny"]).expect_code(1);
}

#[test]
fn containers_conf_speaks_where_the_command_line_is_silent() {
    let Some(mut world) = world() else { return };
    let file = world.write(
        "containers.conf",
        "[containers]\nread_only = true\ndefault_ulimits = [\"nofile=99:99\"]\n\
         log_driver = \"json-file\"\nlog_size_max = 400000000\numask = \"0077\"\n\
         env = [\"FROM_FILE=1\", \"PATH=/bin\"]\n",
    );
    world.set_env("CONTAINERS_CONF_OVERRIDE", &file);
    let sh = |words: &[&str], line: &str| {
        let run = ["run", "--rm"].iter().chain(words);
        world.coracle(run.chain(&["tiny", "sh", "-c", line]))
    };
    sh(&[], "touch /x").expect_code(1);
    sh(&["--read-only=false"], "touch /x").expect_code(0);
    let all = sh(&[], "ulimit -n; umask; echo $FROM_FILE").expect_code(0);
    assert_eq!(all.text(), "99\n0077\n1");
    let said = sh(
        &["--ulimit", "nofile=77", "--umask", "022"],
        "ulimit -n; umask",
    );
    assert_eq!(said.expect_code(0).text(), "77\n0022");
    world.ok(["create", "--name", "logged", "tiny", "true"]);
    let log = world.inspect(
        "logged",
        "{{.HostConfig.LogConfig.Type}} {{.HostConfig.LogConfig.Size}}",
    );
    assert_eq!(log, "json-file 400MB");
}

#[test]
fn the_hostname_file_may_stay_the_images() {
    let Some(world) = world() else { return };
    let count = |words: &[&str]| {
        let run = ["run", "--rm"].iter().chain(words);
        world.ok(run.chain(&[
            "tiny",
            "sh",
            "-c",
            "grep -c ' /etc/hostname ' /proc/mounts; true",
        ]))
    };
    assert_eq!(count(&[]), "1");
    assert_eq!(count(&["--no-hostname"]), "0");
}
