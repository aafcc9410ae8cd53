//! What `run` and `exec` give the process itself: init, descriptors, personality, environment, what comes before it.

mod support;

use std::time::Duration;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn shell(world: &World, options: &str, line: &str) -> support::Done {
    let mut words = vec!["run", "--rm", "--network", "none"];
    words.extend(options.split_whitespace());
    words.extend(["tiny", "sh", "-c", line]);
    world.coracle(words)
}

#[test]
fn a_small_init_reaps_and_hands_signals_on() {
    let Some(world) = world() else { return };
    let line = "tr '\\0' ' ' </proc/1/cmdline; echo; test $$ != 1; exit 7";
    let done = shell(&world, "--init", line).expect_code(7);
    assert!(
        done.stdout.starts_with("/run/podman-init -- sh -c "),
        "{done}"
    );
    // Nothing inside can change the program, and nothing of it is seen without the option.
    shell(&world, "--init", "! echo x >/run/podman-init").expect_code(0);
    shell(&world, "", "test ! -e /run/podman-init").expect_code(0);
    // An orphan that ended is gone.
    let orphan = "(sleep 0.1 & ) ; sleep 0.5; i=0; while grep -l '(sleep) Z' /proc/*/stat; do \
                  i=$((i+1)); [ $i -lt 300 ] || exit 1; sleep 0.1; done";
    shell(&world, "--init", orphan).expect_code(0);
    let deaf = "trap 'echo got it; exit 3' USR1; echo ready; while :; do sleep 0.1; done";
    let made = [
        "run",
        "-d",
        "--name",
        "c",
        "--init",
        "--network",
        "none",
        "tiny",
    ];
    world.ok(made.into_iter().chain(["sh", "-c", deaf]));
    world.wait_for_log("c", "ready");
    world.ok(["kill", "-s", "USR1", "c"]);
    assert_eq!(world.ok(["wait", "c"]), "3");
    assert!(world.ok(["logs", "c"]).contains("got it"));
    for (command, code) in [("no-such-command", 127), ("/etc", 126)] {
        let words = [
            "run",
            "--rm",
            "--init",
            "--network",
            "none",
            "tiny",
            command,
        ];
        world.coracle(words).expect_code(code);
    }
    // The terminal's foreground is the command's.
    let tty = world.coracle_pty([
        "run",
        "--rm",
        "-t",
        "--init",
        "--network",
        "none",
        "tiny",
        "tty",
    ]);
    drop(tty);
    let own = world.write("own-init", "#!/bin/sh\nshift; echo own; exec \"$@\"\n");
    support::world::set_mode(&own, 0o755);
    let option = format!("--init-path {}", own.display());
    let done = shell(&world, &option, "echo then").expect_code(0);
    assert_eq!(done.stdout, "own\nthen\n");
}

#[test]
fn descriptors_of_the_caller_are_handed_on() {
    let Some(world) = world() else { return };
    let one = world.write("one", "first");
    let two = world.write("two", "second");
    let open = format!("exec 3<{} 5<{} 9<{0}", one.display(), two.display());
    let caller = |words: &str| {
        let line = format!("{open}; exec {} {words}", support::binary().display());
        let output = world.other("bash").args(["-c", &line]).output();
        let output = output.expect("bash");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        (
            output.status.code(),
            out + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let run = "run --rm --network none";
    let (code, text) = caller(&format!(
        "{run} --preserve-fds 1 tiny sh -c 'cat <&3; ls /proc/$$/fd'"
    ));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.starts_with("first"), "{text}");
    assert!(!text.contains('9') && !text.contains('5'), "{text}");
    let (code, text) = caller(&format!(
        "{run} --preserve-fd 9,5 tiny sh -c 'cat <&5; cat <&9; ! cat <&3'"
    ));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.starts_with("second"), "{text}");
    // A number that was not open is not filled with one of ours.
    for words in ["--preserve-fds 2", "--preserve-fd 7"] {
        let (code, text) = caller(&format!("{run} {words} tiny true"));
        assert_eq!(code, Some(125), "{text}");
        assert!(text.contains("is not available"), "{text}");
    }
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sleep",
        "60",
    ]);
    let (code, text) = caller("exec --preserve-fd 5 c sh -c 'cat <&5'");
    assert_eq!((code, text.as_str()), (Some(0), "second"));
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn a_pipe_handed_on_ends_with_the_workload() {
    let Some(world) = world() else { return };
    let binary = support::binary();
    // cat ends only when nobody holds the pipe open any more: the monitor does not.
    let line = format!(
        "{} run -d --name c --network none --preserve-fds 1 tiny sh -c 'echo through >&3; exec 3>&-; sleep 60' \
         3>&1 >/dev/null | cat",
        binary.display()
    );
    let mut command = world.other("bash");
    command.args(["-c", &line]);
    let done = support::world::Running::start(command).wait(Duration::from_secs(20));
    assert_eq!(done.text(), "through");
    assert_eq!(world.status("c"), "running");
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn what_uname_tells() {
    let Some(world) = world() else { return };
    let line = "uname -m; cat /proc/sys/kernel/domainname";
    let done = shell(
        &world,
        "--personality linux32 --domainname example.org",
        line,
    )
    .expect_code(0);
    let machine = if cfg!(target_arch = "x86_64") {
        "i686"
    } else {
        "armv8l"
    };
    assert_eq!(done.stdout, format!("{machine}\nexample.org\n"));
    shell(&world, "--personality BSD", "true").expect_refusal("is none of LINUX and LINUX32");
}

#[test]
fn variables_are_made_from_the_images() {
    let Some(world) = world() else { return };
    let words = [
        "run",
        "--rm",
        "--network",
        "none",
        "--env-merge",
        "PATH=/first:${PATH}",
        "--env-merge",
        "NONE=<$NOTHING>",
        "--env-merge",
        "MAY=${NOTHING:-otherwise}",
        "tiny",
        "sh",
        "-c",
        "echo $PATH $NONE $MAY",
    ];
    assert_eq!(world.ok(words), "/first:/bin:/usr/bin <> otherwise");
    shell(&world, "--env-merge PATH", "true").expect_refusal("name=value");
}

#[test]
fn what_is_required_is_started_first() {
    let Some(world) = world() else { return };
    let base = ["create", "--name", "base", "--network", "none", "tiny"];
    world.ok(base.into_iter().chain(["sleep", "60"]));
    let web = [
        "create",
        "--name",
        "web",
        "--requires",
        "base",
        "--network",
        "none",
    ];
    world.ok(web.into_iter().chain(["tiny", "true"]));
    assert_eq!(world.status("base"), "created");
    world.ok(["start", "-a", "web"]);
    assert_eq!(world.status("base"), "running");
    shell(&world, "--requires nobody", "true").expect_refusal("no such container");
    world.ok(["rm", "-f", "-t", "0", "web", "base"]);
}

#[test]
fn a_profile_may_be_the_images_own() {
    let Some(world) = world() else { return };
    let profile = r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO"}]}"#;
    let label = profile.replace('"', "\\\"");
    let config = format!(
        r#"{{"Cmd":["sh"],"Env":["PATH=/bin"],"Labels":{{"io.containers.seccomp.profile":"{label}"}}}}"#
    );
    let archive = images::docker_archive("localhost/own:latest", &config, &[images::tiny_layer()]);
    let file = world.write("own.tar", archive);
    world.ok(["load", "-i", file.to_str().expect("UTF-8")]);
    let make = |options: &[&str], image: &str| {
        let mut words = vec!["run", "--rm", "--network", "none"];
        words.extend(options);
        words.extend([image, "mkdir", "/made"]);
        world.coracle(words)
    };
    make(&["--seccomp-policy", "image"], "own").expect_code(1);
    for (options, image) in [
        (&["--seccomp-policy", "image"][..], "tiny"),
        (&["--seccomp-policy", "default"], "own"),
        (&[], "own"),
    ] {
        make(options, image).expect_code(0);
    }
    make(&["--seccomp-policy", "what"], "own").expect_refusal("is none of default and image");
}

#[test]
fn options_of_proc() {
    let Some(world) = world() else { return };
    let line = "grep '^proc /proc ' /proc/mounts";
    let done = shell(&world, "--security-opt proc-opts=hidepid=2,noexec", line).expect_code(0);
    assert!(done.stdout.contains("hidepid="), "{done}");
    shell(&world, "--security-opt proc-opts=what=1", "true")
        .expect_refusal("is not an option of proc");
}
