//! What a reading of the whole foundation found: one test for each fault.

mod support;

use std::time::{Duration, Instant};

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn a_container_whose_process_has_a_name_that_is_no_text_can_be_stopped() {
    let Some(world) = tiny() else { return };
    let script = "printf '\\377x' > /proc/1/comm; echo up; while :; do sleep 1; done";
    let container = ["run", "-d", "--name", "odd", "--network", "none", "tiny"];
    world.ok(container.iter().chain(&["sh", "-c", script]));
    world.wait_for_log("odd", "up");
    world.ok(["exec", "odd", "true"]);
    world.ok(["stop", "-t", "0", "odd"]);
    assert_eq!(world.status("odd"), "exited");
    assert_eq!(world.inspect("odd", "{{.State.ExitCode}}"), "137");
}

fn id_of(world: &World, container: &str) -> String {
    world.inspect(container, "{{.Id}}")
}

#[test]
fn a_list_does_not_wait_for_a_start_that_is_under_way() {
    let Some(world) = tiny() else { return };
    world.ok(["create", "--name", "busy", "tiny"]);
    let id = id_of(&world, "busy");
    let lock = world.store().join("containers").join(&id).join("lock");
    let lock = std::fs::File::open(lock).expect("the container's lock");
    lock.lock().expect("nobody else has it");
    let bundle = world.root().join("run/coracle").join(&id);
    std::fs::create_dir_all(&bundle).expect("a bundle in the making");
    let done = world.coracle(["ps", "-a", "--format", "{{.Names}} {{.Status}}"]);
    assert_eq!(done.stdout, "busy Created\n", "{done}");
    assert!(bundle.exists(), "it is not ours to take away");
    drop(lock);
    world.ok(["ps", "-a"]);
    assert!(!bundle.exists(), "now its maker is dead");
}

#[test]
fn a_restart_that_fails_is_told_and_spoils_no_list() {
    let Some(world) = tiny() else { return };
    let gone = world.path("gone");
    std::fs::create_dir(&gone).expect("a source");
    let source = format!("{}:/x", gone.display());
    let run = ["run", "-d", "--name", "again", "--restart", "always"];
    let rest = ["--network", "none", "-v", &source, "tiny", "sleep", "1000"];
    world.ok(run.iter().chain(&rest));
    let monitor = world.inspect("again", "{{.State.ConmonPid}}");
    std::fs::remove_dir(&gone).expect("ours");
    let pid = rustix::process::Pid::from_raw(monitor.parse().expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("our own");
    let done = world.coracle(["ps", "-a", "--format", "{{.Names}}"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "again\n"), "{done}");
    let why = world.inspect("again", "{{.State.Error}}");
    assert!(why.contains("its monitor was killed; "), "{why}");
    assert!(why.contains("cannot start again: "), "{why}");
}

#[test]
fn a_record_of_rm_torn_by_a_power_cut_is_nobodys() {
    let Some(world) = tiny() else { return };
    world.ok(["create", "--name", "kept", "tiny"]);
    world.ok(["create", "--rm", "--name", "torn", "tiny"]);
    let record = |container: &str| {
        let folder = world
            .store()
            .join("containers")
            .join(id_of(&world, container));
        folder.join("container.json")
    };
    let (kept, torn) = (record("kept"), record("torn"));
    std::fs::write(&torn, "").expect("ours");
    assert_eq!(world.container_names(), ["kept"]);
    assert!(!torn.parent().expect("its folder").exists());
    // What was kept is never thrown away unasked, whatever became of its record.
    let whole = std::fs::read(&kept).expect("ours");
    std::fs::write(&kept, "").expect("ours");
    let done = world.coracle(["ps", "-a"]);
    assert!(done.stderr.contains("container.json is damaged"), "{done}");
    std::fs::write(&kept, whole).expect("ours");
    assert_eq!(world.container_names(), ["kept"]);
}

#[test]
fn a_command_of_many_words_runs() {
    let Some(world) = tiny() else { return };
    let words: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    let run = [
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        "echo $#",
    ];
    let args = run.map(str::to_owned).into_iter().chain(words);
    assert_eq!(world.ok(args), "19999");
}

#[test]
fn a_start_without_room_for_descriptors_says_so() {
    let Some(world) = tiny() else { return };
    let mut command = world.other("sh");
    let line = "ulimit -n 64; exec \"$0\" run --rm --network none tiny true";
    command.args(["-c", line]).arg(support::binary());
    let done = command.output().expect("sh starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(125), "{said}");
    assert!(said.contains("RLIMIT_NOFILE is 64"), "{said}");
}

#[test]
fn s_76_nothing_runs_whose_monitor_died_while_credentials_changed() {
    let Some(world) = tiny() else { return };
    if !support::have(&["strace"]) {
        return;
    }
    // newuidmap does not work under strace: the base namespace is there already.
    world.ok([
        "run",
        "-d",
        "--name",
        "base",
        "--network",
        "none",
        "tiny",
        "sleep",
        "1000",
    ]);
    let trace = world.path("trace");
    let mut strace = world.other("strace");
    strace.args(["-f", "-e", "trace=setresuid", "-e"]);
    strace
        .arg("inject=setresuid:delay_exit=3000000")
        .arg("-o")
        .arg(&trace);
    strace.arg(support::binary());
    strace.args([
        "run",
        "-d",
        "--name",
        "late",
        "--network",
        "none",
        "-u",
        "1000",
    ]);
    let mut started = strace
        .args(["tiny", "sleep", "1000"])
        .spawn()
        .expect("strace starts");
    let end = Instant::now() + Duration::from_secs(60);
    while !std::fs::read_to_string(&trace).is_ok_and(|text| text.contains("setresuid(1000")) {
        assert!(Instant::now() < end, "it never changed its ids");
        std::thread::sleep(Duration::from_millis(20));
    }
    let pid = |field: &str| -> i32 {
        let text = world.inspect("late", &format!("{{{{.State.{field}}}}}"));
        text.parse().expect("a pid")
    };
    let (monitor, init) = (pid("ConmonPid"), pid("Pid"));
    let monitor = rustix::process::Pid::from_raw(monitor).expect("a pid");
    rustix::process::kill_process(monitor, rustix::process::Signal::KILL).expect("our own");
    started.wait().expect("it ends");
    let command = std::fs::read(format!("/proc/{init}/cmdline")).unwrap_or_default();
    assert!(command.is_empty(), "{}", String::from_utf8_lossy(&command));
}

#[test]
fn a_start_killed_before_its_ports_are_published_leaves_no_socket() {
    let Some(mut world) = tiny() else { return };
    if !support::have(&["slirp4netns"]) {
        return;
    }
    if !std::path::Path::new("/dev/net/tun").exists() {
        support::skip("/dev/net/tun is missing");
        return;
    }
    world.set_env("CORACLE_FAILPOINT", "engine.run.recorded:kill");
    let run = ["run", "-d", "--name", "half", "--network", "slirp4netns"];
    let done = world.coracle(run.iter().chain(&["-p", "80", "tiny", "sleep", "1000"]));
    world.unset_env("CORACLE_FAILPOINT");
    assert_eq!(done.code, 137, "{done}");
    world.ok(["rm", "-f", "-t", "0", "half"]);
    let left = std::fs::read_dir(world.root().join("run/coracle")).expect("the runtime directory");
    let left: Vec<_> = left.flatten().map(|entry| entry.file_name()).collect();
    let sockets = left
        .iter()
        .filter(|name| name.to_string_lossy().starts_with("slirp-"));
    assert_eq!(sockets.count(), 0, "{left:?}");
}
