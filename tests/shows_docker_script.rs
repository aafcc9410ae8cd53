//! A script that people would write with docker, run by changing one variable: with podman and
//! with coracle it prints the same.
//!
//! `golden/docker-script.out` is what podman 4.3.1 (with crun, where there are only control groups
//! of version 2) printed; on a hybrid hierarchy crun refuses to run anything beside us.

mod support;

use support::world::finish;
use support::{World, images};

const SCRIPT: &str = include_str!("golden/docker-script.sh");
const PODMANS: &str = include_str!("golden/docker-script.out");

/// Runs the script with one engine, in a directory whose `coracle` is the one under test.
fn printed(world: &World, engine: &str) -> String {
    let script = world.write("docker-script.sh", SCRIPT);
    let mut command = world.other("sh");
    command.arg(script).env("ENGINE", engine);
    let done = finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout
}

#[test]
fn a_script_written_for_docker_prints_what_podman_prints() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let engine = support::binary();
    let engine = engine.to_str().expect("a path of plain words");
    assert_eq!(printed(&world, engine), PODMANS);
    assert_eq!(world.container_names(), Vec::<String>::new());
}
