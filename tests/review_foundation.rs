//! What a reading of the whole foundation found: one test for each fault.

mod support;

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
