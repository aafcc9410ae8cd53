//! State of another boot, another host, or of a runtime directory that is gone: row S-111.

mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use support::{World, images, wait_until};

/// A world with an ended container `victim` and a running one `other`.
fn world() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    world
        .coracle(["run", "--name", "victim", "tiny", "sh", "-c", "exit 3"])
        .expect_code(3);
    let options = ["run", "-d", "--network", "none", "--name", "other"];
    world.ok(options.iter().chain(&["tiny", "sleep", "1000"]));
    Some(world)
}

/// The records of all containers, and the note which runtime directory is in use.
fn records(world: &World) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [world.store(), world.store().join("containers")] {
        for entry in std::fs::read_dir(folder).expect("ours").flatten() {
            let path = entry.path();
            found.extend(["container.json", "run.json"].map(|name| path.join(name)));
            found.push(path);
        }
    }
    found.retain(|path| path.is_file());
    found
}

/// Writes another boot and, if asked, another machine into every record.
fn change_records(world: &World, boot: Option<&str>, machine: Option<&str>) {
    for path in records(world) {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if name == "run.json" || name == "container.json" {
            let mut record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            for (key, value) in [("boot_id", boot), ("machine_id", machine)] {
                if let Some(value) = value.filter(|_| record.get(key).is_some()) {
                    record[key] = value.into();
                }
            }
            std::fs::write(&path, record.to_string()).expect("ours");
        } else if let Some(boot) = boot.filter(|_| name.starts_with("runtime-")) {
            let (_, place) = text.split_once('\n').expect("two lines");
            std::fs::write(&path, format!("{boot}\n{place}")).expect("ours");
        }
    }
}

#[test]
fn s_111_another_boot_means_exited_and_nobody_is_signalled() {
    let Some(world) = world() else { return };
    let monitor = world
        .inspect("other", "{{.State.ConmonPid}}")
        .parse()
        .expect("a pid");
    let init = world.inspect("other", "{{.State.Pid}}");
    let monitor = rustix::process::Pid::from_raw(monitor).expect("a pid");
    rustix::process::kill_process(monitor, rustix::process::Signal::KILL).expect("ours");
    wait_until("its end", Duration::from_secs(10), || {
        !Path::new("/proc").join(&init).exists()
    });
    // The pids are others' by now.
    let mut victim = std::process::Command::new("sleep")
        .arg("1000")
        .spawn()
        .expect("a victim");
    let run = container_run(&world);
    let mut record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&run).expect("ours")).expect("JSON");
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", victim.id())).expect("it lives");
    let fields = stat.rsplit_once(')').expect("a name in brackets").1;
    let start: u64 = fields
        .split_whitespace()
        .nth(19)
        .expect("field 22")
        .parse()
        .expect("a number");
    for key in ["monitor", "init", "network_helper"] {
        record[key] = serde_json::json!({"pid": victim.id(), "start_time": start});
    }
    std::fs::write(&run, record.to_string()).expect("ours");
    change_records(&world, Some("11111111-2222-3333-4444-555555555555"), None);
    std::fs::remove_dir_all(world.root().join("run/coracle")).expect("a reboot empties it");
    let seen = world.ok(["ps", "-a", "--format", "{{.Names}} {{.State}}"]);
    let mut seen: Vec<&str> = seen.lines().collect();
    seen.sort_unstable();
    assert_eq!(seen, ["other exited", "victim exited"]);
    for words in [
        &["stop", "other"][..],
        &["kill", "other"],
        &["exec", "other", "true"],
    ] {
        let _ = world.coracle(words);
    }
    assert!(
        victim.try_wait().expect("ours").is_none(),
        "the victim was hit"
    );
    world.ok(["start", "other"]);
    assert_eq!(world.status("other"), "running");
    victim.kill().expect("ours");
    victim.wait().expect("ours");
}

fn container_run(world: &World) -> PathBuf {
    let all = records(world);
    let mut runs = all.into_iter().filter(|path| path.ends_with("run.json"));
    runs.find(|path| !path.with_file_name("exit").exists() || exit_is_empty(path))
        .expect("the run of the one that did not end")
}

fn exit_is_empty(run: &Path) -> bool {
    std::fs::read(run.with_file_name("exit")).is_ok_and(|bytes| bytes.is_empty())
}

#[test]
fn s_111_a_wiped_runtime_directory_is_made_again() {
    let Some(world) = world() else { return };
    std::fs::remove_dir_all(world.root().join("run/coracle")).expect("ours");
    assert_eq!(world.status("other"), "running");
    assert_eq!(world.ok(["exec", "other", "echo", "here"]), "here");
    assert_eq!(world.ok(["run", "--rm", "tiny", "echo", "new"]), "new");
    world.ok(["stop", "-t", "0", "other"]);
    assert_eq!(world.status("other"), "exited");
    world.ok(["start", "other"]);
    assert_eq!(world.status("other"), "running");
    std::fs::remove_dir_all(world.root().join("run")).expect("ours");
    std::fs::create_dir(world.root().join("run")).expect("logged in again");
    support::world::set_mode(&world.root().join("run"), 0o700);
    world.ok(["rm", "-f", "-t", "0", "other"]);
    assert_eq!(world.container_names(), ["victim"]);
}

#[test]
fn s_111_a_store_from_another_host_is_shown_and_not_touched() {
    let Some(world) = world() else { return };
    world.ok(["rm", "-f", "-t", "0", "other"]);
    world.ok(["create", "--name", "other", "tiny", "true"]);
    change_records(&world, None, Some("0123456789abcdef0123456789abcdef"));
    assert_eq!(world.container_names(), ["other", "victim"]);
    for words in [
        &["start", "victim"][..],
        &["start", "other"],
        &["rename", "other", "mine"],
        &["rm", "-f", "other"],
        &["stop", "other"],
    ] {
        let done = world.coracle(words);
        assert_ne!(done.code, 0, "{done}");
        assert!(done.stderr.contains("belongs to another machine"), "{done}");
    }
    assert_eq!(world.ok(["run", "--rm", "tiny", "echo", "own"]), "own");
    assert_eq!(world.container_names(), ["other", "victim"]);
    let own = std::fs::read_to_string("/etc/machine-id").unwrap_or_default();
    change_records(&world, None, Some(own.trim()));
    world.ok(["start", "other"]);
}
