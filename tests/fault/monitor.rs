//! Monitors and commands killed from outside in every phase, and records that lie about what
//! they left (S-76, S-77, S-79).

use std::process::Command;
use std::time::Duration;

use crate::state;
use crate::support::{self, Running, World, images, wait_until};

const LIMIT: Duration = Duration::from_secs(60);

fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("it is ours");
}

fn number(world: &World, container: &str, format: &str) -> i32 {
    world.inspect(container, format).parse().expect("a pid")
}

fn sleeper(world: &World, name: &str, more: &[&str]) -> i32 {
    let mut words = vec!["run", "-d", "--name", name, "--network", "none"];
    words.extend(more);
    words.extend(["tiny", "sleep", "1000"]);
    world.ok(words);
    number(world, name, "{{.State.ConmonPid}}")
}

#[test]
fn s_79_a_killed_monitor_ends_its_container_and_the_next_command_says_so() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let monitor = sleeper(&world, "one", &[]);
    let init = number(&world, "one", "{{.State.Pid}}");
    let waiting = world.start(["wait", "one"]);
    std::thread::sleep(Duration::from_millis(200));
    kill(monitor);
    state::ends(init);
    let waited = waiting.wait(LIMIT).expect_code(0);
    assert_ne!(waited.text(), "0", "nobody saw the exit code");
    assert_eq!(world.status("one"), "exited");
    assert_ne!(world.inspect("one", "{{.State.ExitCode}}"), "0");
    world.ok(["start", "one"]);
    assert_eq!(world.status("one"), "running");
    kill(number(&world, "one", "{{.State.ConmonPid}}"));
    world.ok(["rm", "-f", "-t", "0", "one"]);
    // With --rm the next command removes it, and its name is free at once.
    for _ in 0..2 {
        let monitor = sleeper(&world, "two", &["--rm"]);
        kill(monitor);
        state::ends(monitor);
    }
    wait_until("the end of two", Duration::from_secs(10), || {
        world.ok(["ps", "-a", "-q"]).is_empty()
    });
}

#[test]
fn s_79_a_monitor_killed_under_an_attached_command() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for rm in [true, false] {
        let mut words = vec!["run", "--name", "one", "--network", "none"];
        words.extend(rm.then_some("--rm"));
        words.extend(["tiny", "sh", "-c", "echo up; sleep 1000"]);
        let mut running = world.start(&words);
        running.expect_stdout("up");
        kill(number(&world, "one", "{{.State.ConmonPid}}"));
        let done = running.wait(LIMIT);
        assert!(![0, 137].contains(&done.code), "{done}");
        assert!(!done.stderr.contains("panicked"), "{done}");
        let left = world.container_names();
        assert_eq!(left.is_empty(), rm, "{left:?}");
    }
}

#[test]
fn s_106_an_attached_command_is_killed() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for rm in [true, false] {
        let mut words = vec!["run", "--name", "one", "--network", "none"];
        words.extend(rm.then_some("--rm"));
        words.extend(["tiny", "sh", "-c", "echo up; sleep 1000"]);
        let mut running = world.start(&words);
        running.expect_stdout("up");
        running.kill();
        // The container is its monitor's, not the command's.
        assert_eq!(world.status("one"), "running");
        world.ok(["kill", "one"]);
        wait_until("the end", Duration::from_secs(10), || {
            world.container_names().is_empty() == rm
        });
        if !rm {
            assert_eq!(world.inspect("one", "{{.State.ExitCode}}"), "137");
            world.ok(["rm", "one"]);
        }
    }
}

/// Kills monitors of starting containers at random moments: nothing of the container stays.
#[test]
fn s_76_a_monitor_killed_while_it_starts_a_container() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let mark = world.path("mark");
    std::fs::create_dir(&mark).expect("ours");
    let mount = format!("{}:/mnt", mark.display());
    for delay in 0..12 {
        let words = [
            "run",
            "--rm",
            "--network",
            "none",
            "-v",
            &mount,
            "tiny",
            "sh",
            "-c",
            "echo $$ >/mnt/ran; sleep 1000",
        ];
        let running = world.start(words);
        let killed = kill_monitor_of(running.pid(), Duration::from_millis(delay * 4));
        let done = running.wait(LIMIT);
        assert!(killed, "no monitor was seen: {done}");
        assert_ne!(done.code, 0, "{done}");
        assert!(!done.stderr.contains("panicked"), "{done}");
        wait_until("everything is gone", Duration::from_secs(15), || {
            world.ok(["ps", "-a", "-q"]).is_empty()
                && support::leak::processes(world.root())
                    .iter()
                    .all(|process| process.name == "coracle-keeper")
        });
    }
}

/// Waits for the monitor of a starting command, then a moment more, then kills it.
fn kill_monitor_of(command: i32, moment: Duration) -> bool {
    let children = format!("/proc/{command}/task/{command}/children");
    let end = std::time::Instant::now() + support::PATIENCE;
    while std::time::Instant::now() < end {
        let text = std::fs::read_to_string(&children).unwrap_or_default();
        for child in text.split_whitespace() {
            let words = std::fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
            if words.starts_with(b"coracle-monitor") {
                std::thread::sleep(moment);
                kill(child.parse().expect("a pid"));
                return true;
            }
        }
    }
    false
}

#[test]
fn s_77_a_forged_record_reaches_no_stranger() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let mut victim = Command::new("sleep").arg("1000").spawn().expect("a victim");
    let stamp = stamp(victim.id());
    for stale_time in [true, false] {
        let id = {
            let monitor = sleeper(&world, "one", &[]);
            let id = world.inspect("one", "{{.Id}}");
            forge(&world, &id, &stamp, stale_time);
            // Alive by its lock, and not the process the record names.
            for words in [
                &["kill", "one"][..],
                &["exec", "one", "true"],
                &["stop", "-t", "0", "one"],
            ] {
                let _ = world.coracle(words);
            }
            kill(monitor);
            id
        };
        for words in [
            &["ps", "-a"][..],
            &["stop", "-t", "0", "one"],
            &["rm", "-f", "-t", "0", "one"],
        ] {
            world.ok(words);
        }
        assert!(!world.store().join("containers").join(id).exists());
        assert!(
            victim.try_wait().expect("ours").is_none(),
            "the victim was hit"
        );
    }
    victim.kill().expect("ours");
    victim.wait().expect("ours");
}

/// Pid and start time of a process.
fn stamp(pid: u32) -> (u32, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("it lives");
    let fields = stat.rsplit_once(')').expect("a name in brackets").1;
    let start = fields.split_whitespace().nth(19).expect("field 22");
    (pid, start.parse().expect("a number"))
}

/// Writes the victim into every stamp of the run record.
fn forge(world: &World, id: &str, (pid, start): &(u32, u64), stale_time: bool) {
    let start = if stale_time { start + 1 } else { *start };
    change_run(world, id, |run| {
        let stamp = serde_json::json!({"pid": pid, "start_time": start});
        for key in ["monitor", "init", "network_helper"] {
            run[key] = stamp.clone();
        }
    });
}

fn change_run(world: &World, id: &str, change: impl Fn(&mut serde_json::Value)) {
    let path = world.store().join("containers").join(id).join("run.json");
    let text = std::fs::read(&path).expect("a run record");
    let mut run = serde_json::from_slice(&text).expect("JSON");
    change(&mut run);
    std::fs::write(&path, run.to_string()).expect("ours");
}

#[test]
fn s_79_after_a_reboot_a_container_has_ended_and_starts_again() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let monitor = sleeper(&world, "one", &[]);
    let init = number(&world, "one", "{{.State.Pid}}");
    let id = world.inspect("one", "{{.Id}}");
    kill(monitor);
    state::ends(init);
    let mut victim = Command::new("sleep").arg("1000").spawn().expect("a victim");
    forge(&world, &id, &stamp(victim.id()), false);
    change_run(&world, &id, |run| run["boot_id"] = "another boot".into());
    assert_eq!(world.status("one"), "exited");
    assert_ne!(world.inspect("one", "{{.State.ExitCode}}"), "0");
    assert!(
        victim.try_wait().expect("ours").is_none(),
        "the victim was hit"
    );
    world.ok(["start", "one"]);
    assert_eq!(world.status("one"), "running");
    victim.kill().expect("ours");
    victim.wait().expect("ours");
}

/// `engine.container.settled`: killed and failing while it settles what a monitor left.
#[test]
fn s_106_settling_can_be_interrupted() {
    if !cfg!(debug_assertions) || !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for (action, code) in [("kill", 137), ("EIO", 125)] {
        for rm in [None, Some("--rm")] {
            let more: Vec<&str> = rm.into_iter().collect();
            let monitor = sleeper(&world, "one", &more);
            let init = number(&world, "one", "{{.State.Pid}}");
            kill(monitor);
            state::ends(init);
            let mut command = world.command(["ps", "-a"]);
            command.env(
                "CORACLE_FAILPOINT",
                format!("engine.container.settled:{action}"),
            );
            let done = Running::start(command).wait(LIMIT);
            assert_eq!(done.code, code, "{done}");
            let names = world.container_names();
            assert_eq!(names.is_empty(), rm.is_some(), "{names:?}");
            world.ok(["rm", "-f", "-t", "0", "one"]);
        }
    }
}
