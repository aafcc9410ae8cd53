//! What a world looks like: everything a failed command must leave as it was, and everything
//! that nobody may leave behind.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use crate::support::{PATIENCE, World, leak, wait_until};

/// What users see, and the objects in the store.
pub fn of(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    let images = world.ok([
        "images",
        "-a",
        "--format",
        "image {{.Repository}}:{{.Tag}} {{.ID}}",
    ]);
    lines.extend(images.lines().map(str::to_owned));
    let format = "container {{.Names}} {{.State}} {{.ExitCode}}";
    let containers = world.ok(["ps", "-a", "--format", format]);
    lines.extend(containers.lines().map(str::to_owned));
    for folder in ["images", "layers", "volumes", "secrets", "blobs/sha256"] {
        // Names that an image had, for people to read: made with the first.
        let names = names(&world.store().join(folder)).filter(|name| name != "former");
        lines.extend(names.map(|name| format!("{folder}/{name}")));
    }
    lines.sort();
    lines
}

fn names(folder: &Path) -> impl Iterator<Item = String> + use<> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

/// The pids of every process that has to do with the world.
pub fn processes(world: &World) -> BTreeSet<i32> {
    let found = leak::processes(world.root());
    found.iter().map(|process| process.pid).collect()
}

/// Waits until nothing is left of what failed: a harmless command passes by and has it cleaned.
pub fn becomes(world: &World, wanted: &[String], running: &BTreeSet<i32>, after: &str) {
    let what = format!("the state before, after {after}");
    let mut left = Vec::new();
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        world.ok(["tag", "localhost/tiny:latest", "localhost/tidy:latest"]);
        world.ok(["untag", "localhost/tiny:latest", "localhost/tidy:latest"]);
        std::thread::sleep(Duration::from_millis(30));
        let before = std::mem::take(&mut left);
        left = leftovers(world, wanted, running);
        if left.is_empty() {
            return;
        }
        assert!(std::time::Instant::now() < end, "{what}: {left:#?}");
        if before == left {
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// Differences from what is wanted, and everything that is nobody's.
fn leftovers(world: &World, wanted: &[String], running: &BTreeSet<i32>) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    let now = of(world);
    left.extend(
        now.iter()
            .filter(|l| !wanted.contains(l))
            .map(|l| format!("+ {l}")),
    );
    left.extend(
        wanted
            .iter()
            .filter(|l| !now.contains(l))
            .map(|l| format!("- {l}")),
    );
    left.extend(
        world
            .unfinished()
            .iter()
            .map(|path| path.display().to_string()),
    );
    let containers: BTreeSet<String> = names(&world.store().join("containers")).collect();
    let places = world.store().join("containers/names");
    for name in names(&places) {
        let id = std::fs::read_to_string(places.join(&name)).unwrap_or_default();
        if !containers.contains(id.trim()) {
            left.push(format!("the name {name} of no container"));
        }
    }
    for bundle in names(&world.root().join("run/coracle")) {
        if bundle.len() == 64 && !containers.contains(&bundle) {
            left.push(format!("the bundle {bundle} of no container"));
        }
    }
    for process in leak::processes(world.root()) {
        if !running.contains(&process.pid) && process.name != "coracle-keeper" {
            left.push(process.to_string());
        }
    }
    left
}

/// Waits until a process is gone.
pub fn ends(pid: i32) {
    let status = format!("/proc/{pid}/status");
    wait_until(&format!("the end of {pid}"), PATIENCE, || {
        std::fs::read_to_string(&status).map_or(true, |text| {
            text.contains("State:\tZ") || text.contains("State:\tX")
        })
    });
}
