//! One U0 at a time, held by a keeper that leaves by itself and may be killed at any moment.

use std::fs;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use coracle::sys::process;
use coracle::userns::machine;

use crate::world::{Holder, PATIENCE, World, wait_until_gone};

pub const TESTS: &[(&str, fn())] = &[
    (
        "the_keeper_leaves_with_the_last_user",
        the_keeper_leaves_with_the_last_user,
    ),
    (
        "twenty_at_once_make_one_namespace",
        twenty_at_once_make_one_namespace,
    ),
    (
        "a_killed_keeper_is_replaced_while_a_command_works",
        replaced_for_a_command,
    ),
    (
        "a_killed_keeper_is_replaced_while_a_container_lives",
        replaced_for_a_container,
    ),
    (
        "s_114_a_forged_record_is_not_believed",
        a_forged_record_is_not_believed,
    ),
    (
        "a_command_killed_at_a_failpoint_leaves_nothing",
        killed_at_failpoints,
    ),
    (
        "a_storm_of_commands_and_kills_sees_one_namespace_at_a_time",
        a_storm,
    ),
    (
        "s_114_a_namespace_of_another_user_or_another_depth_is_not_joined",
        strange_namespaces,
    ),
    ("random_kills_never_make_a_second_namespace", random_kills),
];

fn the_keeper_leaves_with_the_last_user() {
    let world = World::new();
    let mut first = world.hold();
    let mut second = world.hold();
    assert_eq!(first.ns(), second.ns());
    let keeper = world.keeper().expect("a record");
    drop(first);
    std::thread::sleep(Duration::from_millis(100));
    assert!(process::Pidfd::open(keeper).is_ok_and(|keeper| keeper.alive()));
    // It holds no descriptor but its lock, no terminal, no directory of the host.
    let session = fs::read_to_string(format!("/proc/{keeper}/stat")).expect("alive");
    let fields: Vec<&str> = session
        .rsplit_once(") ")
        .expect("a name")
        .1
        .split(' ')
        .collect();
    assert_eq!(fields[3], keeper.to_string(), "own session");
    let mounts = fs::read_to_string(format!("/proc/{keeper}/mountinfo")).expect("ours");
    assert_eq!(mounts.lines().count(), 1, "{mounts}");
    let descriptors = fs::read_dir(format!("/proc/{keeper}/fd"))
        .expect("ours")
        .count();
    assert_eq!(descriptors, 4);
    drop(second);
    wait_until_gone(keeper);
    let mut third = world.hold();
    assert!(third.listen().starts_with("ns="));
    assert_ne!(world.keeper(), Some(keeper));
}

fn twenty_at_once_make_one_namespace() {
    let world = World::new();
    for _ in 0..3 {
        let mut holders: Vec<Holder> = (0..20).map(|_| world.start("--hold")).collect();
        let mut found: Vec<String> = holders.iter_mut().map(Holder::ns).collect();
        found.dedup();
        assert_eq!(found.len(), 1, "{found:?}");
        let keeper = world.keeper().expect("a record");
        drop(holders);
        wait_until_gone(keeper);
    }
}

fn replaced_for_a_command() {
    let world = World::new();
    let mut first = world.hold();
    let keeper = world.keeper().expect("a record");
    world.kill_keeper();
    let mut second = world.hold();
    assert_eq!(first.ns(), second.ns());
    let replaced = world.keeper().expect("a record");
    assert_ne!(replaced, keeper);
    // The new keeper is as good as the first: it is found, not replaced again.
    assert_eq!(world.hold().ns(), first.ns());
    assert_eq!(world.keeper(), Some(replaced));
    drop(first);
    drop(second);
    wait_until_gone(replaced);
}

fn replaced_for_a_container() {
    let world = World::new();
    let mut held = world.hold();
    let mut container = world.start("--inhabit");
    assert_eq!(container.ns(), held.ns());
    let folder = world.store().join("containers/0123");
    fs::create_dir_all(&folder).expect("a container");
    let pid = container.pid();
    let start = process::start_time(pid).expect("alive");
    let boot = machine::boot_id();
    let run = |start: u64, boot: &str| {
        format!(r#"{{"boot_id":"{boot}","init":{{"pid":{pid},"start_time":{start}}}}}"#)
    };
    fs::write(folder.join("run.json"), run(start, &boot)).expect("a record");
    let ns = held.ns();
    drop(held);
    // Without a monitor's lock the keeper leaves, which is as good as killed.
    wait_until_gone(world.keeper().expect("a record"));
    assert_eq!(world.hold().ns(), ns);
    wait_until_gone(world.keeper().expect("a record"));
    // What names another boot or another process is not followed.
    for forged in [run(start, "another"), run(start + 1, &boot), "{".to_owned()] {
        fs::write(folder.join("run.json"), forged).expect("a record");
        assert_ne!(world.hold().ns(), ns);
        wait_until_gone(world.keeper().expect("a record"));
    }
}

fn a_forged_record_is_not_believed() {
    let world = World::new();
    let mut held = world.hold();
    let honest = fs::read_to_string(world.record_path()).expect("a record");
    let ns = held.ns();
    drop(held);
    wait_until_gone(world.keeper().expect("a record"));
    let other = World::new();
    let mut others = other.hold();
    let (us, them) = (std::process::id() as i32, other.keeper().expect("a record"));
    for (pid, start) in [us, 1, them, i32::MAX].map(|pid| (pid, process::start_time(pid))) {
        let mut record: serde_json::Value = serde_json::from_str(&honest).expect("JSON");
        record["pid"] = pid.into();
        record["start_time"] = start.unwrap_or(1).into();
        fs::write(world.record_path(), record.to_string()).expect("forged");
        let found = world.hold().ns();
        assert_ne!(found, others.ns(), "joined another store's");
        assert_ne!(found, ns);
        wait_until_gone(world.keeper().expect("a record"));
    }
    for text in ["", "{", "null", "{\"pid\":1}", &"[".repeat(2000)] {
        fs::write(world.record_path(), text).expect("broken");
        assert!(world.hold().listen().starts_with("ns="), "{text}");
        wait_until_gone(world.keeper().expect("a record"));
    }
}

/// The record names, with every detail right, a namespace that is not directly below ours, or not
/// ours: a child of U0, and one that a subordinate id has made.
fn strange_namespaces() {
    let world = World::new();
    let mut held = world.hold();
    let honest = fs::read_to_string(world.record_path()).expect("a record");
    let ns = held.ns();
    drop(held);
    wait_until_gone(world.keeper().expect("a record"));
    for wrapper in [
        &[
            "unshare",
            "--map-root-user",
            "--map-auto",
            "unshare",
            "--user",
            "sleep",
            "30",
        ][..],
        &[
            "unshare",
            "--map-root-user",
            "--map-auto",
            "setpriv",
            "--reuid=5",
            "--regid=5",
            "--clear-groups",
            "unshare",
            "--user",
            "sleep",
            "300",
        ],
    ] {
        let mut stranger = std::process::Command::new(wrapper[0])
            .args(&wrapper[1..])
            .spawn()
            .expect("starts");
        let pid = stranger.id() as i32;
        let until = Instant::now() + PATIENCE;
        let comm = || fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        while comm().trim() != "sleep" {
            assert!(Instant::now() < until, "it is {}", comm());
            std::thread::sleep(Duration::from_millis(5));
        }
        let mut record: serde_json::Value = serde_json::from_str(&honest).expect("JSON");
        record["pid"] = pid.into();
        record["start_time"] = process::start_time(pid).into();
        let link = fs::read_link(format!("/proc/{pid}/ns/user")).ok();
        let inode = link.and_then(|link| {
            let text = link.to_string_lossy().into_owned();
            text.strip_prefix("user:[")?
                .strip_suffix(']')?
                .parse::<u64>()
                .ok()
        });
        record["inode"] = inode.unwrap_or(1).into();
        fs::write(world.record_path(), record.to_string()).expect("forged");
        let found = world.hold().ns();
        assert_ne!(Some(found.parse().expect("a number")), inode);
        assert_ne!(found, ns);
        assert!(
            stranger.try_wait().expect("ours").is_none(),
            "it was signalled"
        );
        stranger.kill().expect("ours");
        stranger.wait().expect("ours");
        wait_until_gone(world.keeper().expect("a record"));
    }
}

fn killed_at_failpoints() {
    if !cfg!(debug_assertions) {
        println!("(release builds have no failpoints)");
        return;
    }
    let names = coracle::sys::failpoint::NAMES;
    for name in names.iter().filter(|name| name.starts_with("userns.")) {
        let world = World::new().with("CORACLE_FAILPOINT", format!("{name}:kill"));
        let mut killed = world.start("--hold");
        assert_eq!(killed.listen(), "", "{name}");
        drop(killed);
        let next = World {
            folder: world.folder.clone(),
            env: Vec::new(),
            wrapper: Vec::new(),
        };
        assert!(next.hold().listen().starts_with("ns="), "{name}");
        let world = World::new().with("CORACLE_FAILPOINT", format!("{name}:EIO"));
        assert!(world.hold().listen().starts_with("error="), "{name}");
        // One that was recorded before the error leaves by itself.
        let until = Instant::now() + PATIENCE;
        while keepers_in(&world) > 0 {
            assert!(Instant::now() < until, "{name}");
        }
    }
}

/// Whoever still has this world's lock file open is a keeper.
fn keepers_in(world: &World) -> usize {
    let users = world.record_path().with_file_name("users");
    let processes = fs::read_dir("/proc")
        .expect("procfs")
        .filter_map(Result::ok);
    processes
        .filter_map(|process| fs::read_link(process.path().join("fd/3")).ok())
        .filter(|open| *open == users)
        .count()
}

/// Commands come and go in six threads while the keeper is killed again and again.
fn a_storm() {
    let world = World::new();
    let until = Instant::now() + Duration::from_secs(4);
    let living: Mutex<Vec<String>> = Mutex::default();
    let holding = || {
        while Instant::now() < until {
            let mut holder = world.hold();
            let ns = holder.ns();
            let mut all = living.lock().expect("no panic");
            assert!(all.iter().all(|other| *other == ns), "{all:?} and {ns}");
            all.push(ns.clone());
            drop(all);
            std::thread::sleep(Duration::from_millis(u64::from(holder.child.id() % 30)));
            let mut all = living.lock().expect("no panic");
            let place = all.iter().position(|other| *other == ns).expect("pushed");
            all.swap_remove(place);
            drop(all);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(holding);
        }
        while Instant::now() < until {
            world.kill_keeper();
            std::thread::sleep(Duration::from_millis(7));
        }
    });
}

fn random_kills() {
    let world = World::new();
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
    let mut seed = u64::from(now.subsec_nanos()) << 32 | 1;
    println!("(seed {seed})");
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut living: Vec<Holder> = Vec::new();
    for _ in 0..120 {
        match random(5) {
            0 if !living.is_empty() => {
                let index = random(living.len() as u64) as usize;
                living.swap_remove(index).kill();
            }
            1 => {
                world.kill_keeper();
            }
            2 => {
                // A command killed while it is at it.
                let mut command = world.start("--hold");
                std::thread::sleep(Duration::from_micros(random(8000)));
                command.kill();
            }
            _ => {
                living.push(world.hold());
                let mut found: Vec<String> = living.iter_mut().map(Holder::ns).collect();
                found.dedup();
                assert_eq!(found.len(), 1, "{found:?}");
            }
        }
        if living.len() > 6 {
            living.clear();
        }
    }
}
