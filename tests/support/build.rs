//! Builds in a world: a context directory `ctx` becomes the image `made`.

use crate::support::{Done, World, images};

/// A world with the tiny image and an empty context.
pub fn world() -> Option<World> {
    images::have_tiny().then(|| {
        let world = World::with_image("tiny");
        std::fs::create_dir_all(world.path("ctx")).expect("a context");
        world
    })
}

/// Writes the context's Containerfile.
pub fn file(world: &World, text: &str) {
    world.write("ctx/Containerfile", text);
}

pub fn build(world: &World, options: &[&str]) -> Done {
    let fixed = ["build", "--network", "none", "-t", "made"];
    world.coracle(fixed.iter().chain(options).copied().chain(["ctx"]))
}

/// What a script prints in a container of the image.
pub fn in_image(world: &World, script: &str) -> String {
    let words = [
        "run",
        "--rm",
        "--network",
        "none",
        "made",
        "sh",
        "-c",
        script,
    ];
    world.ok(words)
}
