//! Images in and out of archives: what `save` writes, `load` reads, and what archives may not do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::ffi::OsStr;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use mktar::{Tar, gzip, header, image, zstd};
use support::{Canary, Done, World, images, wait_until};

const NAME: &str = "localhost/tree:1";

/// A tree like a distribution's, in two layers: odd names, hard links, setuid, attributes, owners.
fn tree() -> Vec<Vec<u8>> {
    let odd = "odd \u{1}\n\\\"name\u{fffd}".to_owned();
    let long = "path/".repeat(30) + "end";
    let lower = Tar::new()
        .header(&header(b'5', "./"))
        .dir("./etc/")
        .file("./etc/passwd", "root:x:0:0::/:/bin/sh\n")
        .with(&header(b'0', "./bin/su").mode(0o4755), b"su")
        .with(
            &header(b'0', "./bin/wall").mode(0o2755).owner(0, 0),
            &[7; 70_000],
        )
        .hardlink("./bin/wall2", "./bin/wall")
        .symlink("./sbin", "bin")
        .header(&header(b'5', "./tmp/").mode(0o1777))
        .header(&header(b'6', "./run/fifo"))
        .pax(&[
            ("path", odd.as_bytes()),
            ("mtime", b"1600000000.123456789"),
            ("SCHILY.xattr.user.a", b"\0\n"),
        ])
        .file("x", "odd")
        .long(b'L', &long)
        .file("x", "long")
        .file("./empty", "");
    let upper = Tar::new()
        .file("etc/.wh.passwd", "")
        .file("etc/passwd-", "gone")
        .file("sbin/new", "a link of the lower layer is not followed")
        .file("tmp/.wh..wh..opq", "");
    let mut lower = lower.end();
    lower.resize(lower.len() + 10_240, 0); // GNU tar's record size
    vec![lower, upper.end()]
}

fn archive() -> Vec<u8> {
    let layers: Vec<_> = tree().into_iter().map(Into::into).collect();
    image(NAME, &layers)
}

fn load(world: &World, path: &Path) -> Done {
    world.coracle([
        OsStr::new("load"),
        "-q".as_ref(),
        "-i".as_ref(),
        path.as_ref(),
    ])
}

fn save(world: &World, format: &str, to: &Path) {
    let words = ["save", "-q", "--format", format, "-o"];
    let mut words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
    words.extend([to.as_os_str(), OsStr::new(NAME)]);
    world.ok(words);
}

fn image_id(world: &World, name: &str) -> String {
    world.ok(["images", "--no-trunc", "--format", "{{.ID}}", name])
}

#[test]
fn what_is_saved_loads_as_the_same_image_in_every_form() {
    let world = World::new();
    let file = world.write("image.tar", archive());
    assert_eq!(
        load(&world, &file).stdout,
        format!("Loaded image: {NAME}\n")
    );
    let id = image_id(&world, NAME);
    for format in ["docker-archive", "oci-archive", "oci-dir", "docker-dir"] {
        let saved = world.path(format);
        save(&world, format, &saved);
        let other = World::new();
        let done = load(&other, &saved);
        assert_eq!(done.code, 0, "{format}: {done}");
        let all = other.ok(["images", "-a", "--no-trunc", "--format", "{{.ID}}"]);
        assert_eq!(all, id, "{format}");
        let (ours, theirs) = (facts(&world), facts(&other));
        for (one, two) in ours.iter().zip(&theirs) {
            assert_eq!(one, two, "{format}");
        }
        assert_eq!(ours.len(), theirs.len(), "{format}");
    }
}

/// Everything stat(2) says of all layers' trees, but for inode numbers.
fn facts(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    let root = world.store().join("layers");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("ours").flatten() {
            let path = entry.path();
            let meta = std::fs::symlink_metadata(&path).expect("there");
            let name = path.strip_prefix(&root).expect("below").to_owned();
            if name.components().count() == 2 && !name.ends_with("diff") {
                continue; // the layer's own record
            }
            if meta.is_dir() {
                folders.push(path.clone());
            }
            // A whiteout's time is nobody's.
            if name.components().count() > 1 && !meta.file_type().is_char_device() {
                let content = if meta.is_file() {
                    std::fs::read(&path).expect("ours")
                } else {
                    Vec::new()
                };
                lines.push(format!(
                    "{name:?} {:o} {}:{} {} {}.{} {}",
                    meta.mode(),
                    meta.uid(),
                    meta.gid(),
                    meta.nlink(),
                    meta.mtime(),
                    meta.mtime_nsec(),
                    images::sha256(&content)
                ));
            }
        }
    }
    lines.sort();
    lines
}

#[test]
fn a_saved_archive_is_the_same_every_time_and_skopeo_reads_it() {
    let world = World::new();
    let file = world.write("image.tar", archive());
    load(&world, &file);
    for format in ["docker-archive", "oci-archive"] {
        let (one, two) = (world.path("one"), world.path("two"));
        save(&world, format, &one);
        save(&world, format, &two);
        let (one, two) = (std::fs::read(one), std::fs::read(two));
        assert!(one.expect("saved") == two.expect("saved"), "{format}");
    }
    if !support::have(&["skopeo"]) {
        return;
    }
    let id = image_id(&world, NAME);
    for (format, transport) in [
        ("docker-archive", "docker-archive"),
        ("oci-archive", "oci-archive"),
        ("oci-dir", "oci"),
        ("docker-dir", "dir"),
    ] {
        let saved = world.path(format!("for-skopeo-{format}"));
        save(&world, format, &saved);
        // Copying reads and checks every blob.
        let back = world.path(format!("skopeo-{format}.tar"));
        let status = skopeo(&world, &format!("{transport}:{}", saved.display()), &back);
        assert!(status, "{format}");
        let other = World::new();
        let done = load(&other, &back);
        assert_eq!(done.code, 0, "{format}: {done}");
        assert_eq!(image_id(&other, "localhost/back:1"), id, "{format}");
    }
}

fn skopeo(world: &World, from: &str, to: &Path) -> bool {
    let mut command: Command = world.other("skopeo");
    let to = format!("docker-archive:{}:localhost/back:1", to.display());
    let done = command
        .args(["--insecure-policy", "copy", "-q", from, &to])
        .output()
        .expect("skopeo runs");
    print!("{}", String::from_utf8_lossy(&done.stderr));
    done.status.success()
}

#[test]
fn archives_come_compressed_and_through_standard_input() {
    let plain = archive();
    for (what, bytes) in [
        ("plain", plain.clone()),
        ("gzip", gzip(&plain)),
        ("zstd", zstd(&plain)),
    ] {
        let world = World::new();
        let file = world.write("image", &bytes);
        assert_eq!(load(&world, &file).code, 0, "{what}");
        let other = World::new();
        let done = other.coracle_fed(["load", "-q"], bytes);
        assert_eq!(done.code, 0, "{what}: {done}");
        assert_eq!(image_id(&world, NAME), image_id(&other, NAME));
        wait_until("the copy is gone", Duration::from_secs(20), || {
            other.unfinished().is_empty()
        });
    }
}

/// An archive whose parts can be named and linked at will.
fn docker(manifest: &str, config: &str, more: Tar) -> Vec<u8> {
    more.file("config.json", config)
        .file("manifest.json", manifest)
        .end()
}

#[test]
fn s_36_archives_may_not_reach_out() {
    let world = World::new();
    let canary = Canary::new(&world.path(""));
    let outside = canary.path().join("file");
    let outside = outside.to_str().expect("our own path");
    let layer = Tar::new().file("x", "x").end();
    let config = |diff: &str| {
        format!(
            r#"{{"architecture":"amd64","os":"linux","rootfs":{{"type":"layers","diff_ids":["sha256:{diff}"]}}}}"#
        )
    };
    let good = config(&images::sha256(&layer));
    let manifest = |layer: &str, tag: &str| {
        format!(r#"[{{"Config":"config.json","RepoTags":["{tag}"],"Layers":["{layer}"]}}]"#)
    };
    let tag = "localhost/x:1";
    let with = |tar: Tar| tar.with(&header(b'0', "l.tar"), &layer);
    let twice = with(Tar::new()).file("manifest.json", &manifest("l.tar", tag));
    let two_parts = with(Tar::new().symlink("a", "b").symlink("b", "a"));
    for (what, bytes, words) in [
        (
            "a path",
            docker(&manifest("../../etc/passwd", tag), &good, Tar::new()),
            "leads nowhere",
        ),
        (
            "an absolute path",
            docker(&manifest(outside, tag), &good, Tar::new()),
            "is missing",
        ),
        (
            "a link out",
            docker(
                &manifest("l", tag),
                &good,
                Tar::new().symlink("l", "../../x"),
            ),
            "leads out of it",
        ),
        (
            "an absolute link",
            docker(&manifest("l", tag), &good, Tar::new().symlink("l", outside)),
            "is missing",
        ),
        (
            "a ring",
            docker(&manifest("a", tag), &good, two_parts),
            "leads nowhere",
        ),
        (
            "an entry that climbs",
            docker("[]", &good, Tar::new().file("../x", "x")),
            "leads out of it",
        ),
        (
            "a device",
            docker(
                "[]",
                &good,
                Tar::new().header(&header(b'3', "d").device(1, 3)),
            ),
            "device",
        ),
        (
            "twice",
            docker(&manifest("l.tar", tag), &good, twice),
            "is there twice",
        ),
        (
            "a bad tag",
            docker(&manifest("l.tar", "UPPER//x"), &good, with(Tar::new())),
            "not an image reference",
        ),
        (
            "a tag with a digest",
            docker(
                &manifest("l.tar", &format!("x@sha256:{}", "0".repeat(64))),
                &good,
                with(Tar::new()),
            ),
            "digest",
        ),
        (
            "another layer",
            docker(
                &manifest("l.tar", tag),
                &config(&"0".repeat(64)),
                with(Tar::new()),
            ),
            "config says",
        ),
        (
            "too few layers",
            docker(
                r#"[{"Config":"config.json","RepoTags":[],"Layers":[]}]"#,
                &good,
                Tar::new(),
            ),
            "0 layers",
        ),
        (
            "keys twice",
            docker(
                r#"[{"Config":"a","Config":"config.json","Layers":[]}]"#,
                &good,
                Tar::new(),
            ),
            "manifest.json",
        ),
        (
            "no documents",
            Tar::new().file("x", "x").end(),
            "neither a docker archive",
        ),
        (
            "no archive",
            b"hello, this is no tar".repeat(100),
            "malformed tar header at byte 0",
        ),
    ] {
        let file = world.write("image.tar", bytes);
        let done = load(&world, &file);
        assert_eq!(done.code, 125, "{what}: {done}");
        assert!(
            done.stderr.starts_with("Error: ") && done.stderr.contains(words),
            "{what}: {done}"
        );
        canary.check();
        assert_eq!(world.ok(["images", "-q"]), "", "{what}");
    }
    // An older docker writes links between its own parts.
    let linked = with(Tar::new()).dir("d").symlink("d/layer.tar", "../l.tar");
    let file = world.write(
        "image.tar",
        docker(&manifest("d/layer.tar", tag), &good, linked),
    );
    assert_eq!(load(&world, &file).code, 0);
    canary.check();
}

#[test]
fn s_36_a_layout_directory_is_not_left_through_links() {
    let world = World::new();
    let file = world.write("image.tar", archive());
    load(&world, &file);
    let layout = world.path("layout");
    save(&world, "oci-dir", &layout);
    let blobs = layout.join("blobs/sha256");
    let largest = std::fs::read_dir(&blobs).expect("blobs").flatten();
    let largest = largest
        .max_by_key(|entry| entry.metadata().map_or(0, |m| m.len()))
        .expect("some");
    let moved = world.path("elsewhere");
    std::fs::rename(largest.path(), &moved).expect("ours");
    std::os::unix::fs::symlink(&moved, largest.path()).expect("ours");
    let other = World::new();
    let done = load(&other, &layout);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("is a symbolic link"), "{done}");
    std::fs::remove_file(largest.path()).expect("ours");
    std::fs::write(largest.path(), "other content").expect("ours");
    let done = load(&other, &layout);
    assert!(
        done.code == 125 && done.stderr.contains("expected"),
        "{done}"
    );
}

#[test]
fn s_36_a_tag_that_moves_is_said() {
    let world = World::new();
    let first = world.write("first.tar", archive());
    load(&world, &first);
    let id = image_id(&world, NAME);
    let second = image(NAME, &[Tar::new().file("other", "x").end().into()]);
    let second = world.write("second.tar", second);
    let done = world.coracle([OsStr::new("load"), "-i".as_ref(), second.as_ref()]);
    assert!(
        done.stderr.contains(&format!("{NAME} was sha256:")),
        "{done}"
    );
    assert_ne!(image_id(&world, NAME), id);
    // The first one is still here, without a name.
    assert!(world.ok(["images", "-a", "-q", "--no-trunc"]).contains(&id));
}

#[test]
fn s_36_save_leaves_no_half_archive() {
    let world = World::new();
    let file = world.write("image.tar", archive());
    load(&world, &file);
    let full = world.coracle(["save", "-q", "-o", "/dev/full", NAME]);
    assert_eq!(full.code, 125, "{full}");
    assert!(full.stderr.contains("no space left on device"), "{full}");
    let target = world.path("target");
    std::fs::write(&target, "kept").expect("ours");
    let link = world.path("link.tar");
    std::os::unix::fs::symlink(&target, &link).expect("ours");
    save(&world, "docker-archive", &link);
    assert_eq!(std::fs::read_to_string(&target).expect("ours"), "kept");
    assert_eq!(
        std::fs::metadata(&link).expect("there").mode() & 0o777,
        0o600
    );
    let missing = world.coracle(["save", "-q", "-o", "x.tar", "nothing"]);
    assert_eq!(missing.code, 125, "{missing}");
    assert!(!world.path("x.tar").exists());
    // A layer that lost a file on the disk.
    let layers = world.store().join("layers");
    let damaged = files_named(&layers, "wall");
    std::fs::write(&damaged[0], "shorter").expect("ours");
    let done = world.coracle(["save", "-q", "-o", "x.tar", NAME]);
    assert!(
        done.code == 125 && done.stderr.contains("damaged"),
        "{done}"
    );
    let left: Vec<PathBuf> = std::fs::read_dir(world.path(""))
        .expect("ours")
        .flatten()
        .map(|e| e.path())
        .filter(|path| path.to_string_lossy().contains("x.tar"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

fn files_named(root: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else if entry.file_name() == name {
                found.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn removing_an_image_keeps_layers_that_another_uses() {
    let world = World::new();
    let tars = tree();
    let base = image("localhost/base:1", &[tars[0].clone().into()]);
    for (file, bytes) in [("a.tar", archive()), ("b.tar", base)] {
        let file = world.write(file, bytes);
        assert_eq!(load(&world, &file).code, 0);
    }
    let layers = || {
        std::fs::read_dir(world.store().join("layers"))
            .expect("there")
            .count()
    };
    assert_eq!(layers(), 2);
    world.ok(["tag", NAME, "other:2"]);
    assert_eq!(world.ok(["rmi", NAME]), format!("Untagged: {NAME}"));
    assert_eq!(layers(), 2);
    let twice = world.coracle(["rmi", "nothing"]);
    assert_eq!(twice.code, 1, "{twice}");
    world.ok(["rmi", "other:2"]);
    assert_eq!(layers(), 1, "the base image's layer stays");
    world.ok(["rmi", "base:1"]);
    assert_eq!(layers(), 0);
    assert_eq!(
        std::fs::read_dir(world.store().join("blobs/sha256"))
            .expect("there")
            .count(),
        0
    );
    wait_until("the trash is emptied", Duration::from_secs(20), || {
        world.unfinished().is_empty()
    });
}

#[test]
fn s_106_a_load_killed_at_any_moment_is_made_good_by_the_next() {
    let world = World::new();
    let big = Tar::new()
        .with(&header(b'0', "big"), &vec![7; 20 << 20])
        .end();
    let file = world.write(
        "image.tar",
        image(NAME, &[big.into(), tree().remove(0).into()]),
    );
    for round in 0..12 {
        let running = world.start([
            OsStr::new("load"),
            "-q".as_ref(),
            "-i".as_ref(),
            file.as_ref(),
        ]);
        std::thread::sleep(Duration::from_millis(10 * round));
        let _ = running.kill();
        // Nothing half is visible.
        let names = world.ok(["images", "--format", "{{.Repository}}"]);
        assert!(names.is_empty() || names == "localhost/tree", "{names}");
        if !names.is_empty() {
            save(&world, "docker-archive", &world.path("saved.tar"));
            world.ok(["rmi", NAME]);
        }
    }
    assert_eq!(load(&world, &file).code, 0);
    save(&world, "docker-archive", &world.path("saved.tar"));
    wait_until("what was left is swept", Duration::from_secs(20), || {
        world.unfinished().is_empty()
    });
}

#[test]
fn ten_loads_of_one_image_at_once_agree() {
    let world = World::new();
    let file = world.write("image.tar", archive());
    let running: Vec<_> = (0..10)
        .map(|_| {
            world.start([
                OsStr::new("load"),
                "-q".as_ref(),
                "-i".as_ref(),
                file.as_ref(),
            ])
        })
        .collect();
    for one in running {
        let done = one.wait(Duration::from_secs(60));
        assert_eq!(done.code, 0, "{done}");
    }
    assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
    save(&world, "docker-archive", &world.path("saved.tar"));
    wait_until("what was doubled is swept", Duration::from_secs(20), || {
        world.unfinished().is_empty()
    });
}
