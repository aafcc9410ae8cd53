//! Promise 3, no global lock: many commands at once.

mod support;

use std::time::Duration;

use support::registry::Access;
use support::{Registry, World, images};

#[test]
fn twenty_runs_at_once_all_end_with_their_own_output() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let runs: Vec<_> = (0..20)
        .map(|n| {
            let script = format!("echo run {n}; exit {n}");
            world.start([
                "run",
                "--rm",
                "--network",
                "none",
                "tiny",
                "sh",
                "-c",
                &script,
            ])
        })
        .collect();
    // Lists work meanwhile.
    for _ in 0..5 {
        world.ok(["ps", "-a"]);
    }
    for (n, run) in runs.into_iter().enumerate() {
        let done = run.wait(Duration::from_secs(120));
        assert_eq!(done.code, n as i32, "{done}");
        assert_eq!(done.stdout, format!("run {n}\n"), "{done}");
        assert_eq!(done.stderr, "", "{done}");
    }
    assert!(world.container_names().is_empty());
    support::wait_until(
        "nothing unfinished is left",
        Duration::from_secs(30),
        || world.unfinished().is_empty(),
    );
}

#[test]
fn one_of_twenty_gets_a_name_that_all_want() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let runs: Vec<_> = (0..20)
        .map(|_| world.start(["create", "--name", "wanted", "tiny"]))
        .collect();
    let codes: Vec<_> = runs
        .into_iter()
        .map(|run| run.wait(Duration::from_secs(60)).code)
        .collect();
    assert_eq!(
        codes.iter().filter(|code| **code == 0).count(),
        1,
        "{codes:?}"
    );
    assert_eq!(
        codes.iter().filter(|code| **code == 125).count(),
        19,
        "{codes:?}"
    );
    assert_eq!(world.container_names(), ["wanted"]);
}

#[test]
fn ten_pulls_at_once_download_once() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !registry.push_image("debian", "debian:12") {
        return;
    }
    let world = World::new();
    let image = registry.reference("debian:12");
    registry.forget_requests();
    let pulls: Vec<_> = (0..10)
        .map(|_| world.start(["pull", "-q", "--tls-verify=false", &image]))
        .collect();
    let ids: Vec<_> = pulls
        .into_iter()
        .map(|pull| pull.wait(Duration::from_secs(180)).expect_code(0).stdout)
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let downloads = registry.blob_downloads();
    assert_eq!(
        downloads.len(),
        4,
        "three layers and a config: {downloads:?}"
    );
    assert!(
        downloads.iter().all(|(_, count)| *count == 1),
        "{downloads:?}"
    );
    assert_eq!(world.ok(["run", "--rm", &image, "echo", "whole"]), "whole");
}
