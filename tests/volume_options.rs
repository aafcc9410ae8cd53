//! The volume options `U` and `O`: who owns a source, and where changes go.

mod support;

use std::os::unix::fs::MetadataExt;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn sh(world: &World, options: &[&str], line: &str) -> String {
    let mut words = vec!["run", "--rm", "--network", "none"];
    words.extend(options);
    words.extend(["tiny", "sh", "-c", line]);
    world.ok(words)
}

#[test]
fn a_source_is_given_to_the_containers_user() {
    let Some(world) = tiny() else { return };
    world.write("given/deep/file", "text");
    std::os::unix::fs::symlink("/etc/passwd", world.path("given/link")).expect("a link");
    let mount = format!("{}:/given:U", world.path("given").display());
    let line =
        "stat -c %u:%g /given /given/deep /given/deep/file /given/link; echo x >> /given/deep/file";
    let wanted = "5:6\n5:6\n5:6\n5:6";
    assert_eq!(sh(&world, &["--user=5:6", "-v", &mount], line), wanted);
    let long = format!(
        "type=bind,src={},dst=/given,U=true",
        world.path("given").display()
    );
    assert_eq!(
        sh(&world, &["--user=7:8", "--mount", &long], line),
        wanted.replace("5:6", "7:8")
    );
    assert_eq!(
        sh(
            &world,
            &["--userns=keep-id", "-v", &mount],
            "stat -c %u /given"
        )
        .parse(),
        Ok(std::fs::metadata(world.root()).expect("ours").uid())
    );
    let kept = std::fs::metadata(world.path("given/deep/file")).expect("the file");
    assert_eq!(
        kept.uid(),
        std::fs::metadata(world.root()).expect("ours").uid()
    );
    assert_eq!(
        sh(
            &world,
            &["--user=9", "-v", "kept:/kept:U"],
            "touch /kept/a; stat -c %u /kept"
        ),
        "9"
    );
    sh(&world, &["-v", "kept:/kept:U"], "true");
    for source in ["/", "/etc", "/usr/"] {
        let mount = format!("{source}:/mnt:U");
        let done = world.coracle(["run", "--rm", "-v", &mount, "tiny", "true"]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains("directory of the system"), "{done}");
    }
}

#[test]
fn an_overlay_keeps_its_source() {
    let Some(world) = tiny() else { return };
    world.write("low/file", "old");
    let low = world.path("low").display().to_string();
    let mount = format!("{low}:/over:O");
    let line = "echo new > /over/file; touch /over/more; cat /over/file";
    assert_eq!(sh(&world, &["-v", &mount], line), "new");
    assert_eq!(
        std::fs::read_to_string(world.path("low/file")).expect("it"),
        "old"
    );
    assert!(!world.path("low/more").exists());
    // The changes last as long as the run.
    world.ok([
        "run",
        "--name=again",
        "--network=none",
        "-v",
        &mount,
        "tiny",
        "sh",
        "-c",
        "ls /over | wc -l; touch /over/more",
    ]);
    assert_eq!(world.ok(["start", "-a", "again"]), "1");
    for name in ["upper", "work"] {
        std::fs::create_dir(world.path(name)).expect("a directory");
    }
    let kept = format!(
        "{low}:/over:O,upperdir={},workdir={}",
        world.path("upper").display(),
        world.path("work").display()
    );
    sh(&world, &["-v", &kept], "touch /over/kept");
    assert!(world.path("upper/kept").exists() && !world.path("low/kept").exists());
    assert_eq!(sh(&world, &["-v", &kept], "ls /over | wc -l"), "2");
    for bad in ["/over:O", "x:/over:O,upperdir=/u", "x:/over:idmap"] {
        let done = world.coracle(["run", "--rm", "-v", bad, "tiny", "true"]);
        assert_eq!(done.code, 125, "{done}");
    }
}
