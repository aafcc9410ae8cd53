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

#[test]
fn a_script_written_for_docker_prints_what_podman_prints() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let script = world.write("docker-script.sh", SCRIPT);
    let mut command = world.other("sh");
    command.arg(script).env("ENGINE", support::binary());
    let done = finish(command);
    assert_eq!(done.stdout, PODMANS, "{done}");
    assert_eq!(world.container_names(), Vec::<String>::new());
}
