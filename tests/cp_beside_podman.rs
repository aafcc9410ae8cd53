//! `cp` beside podman: what the source is, what the destination is, slashes and links, in both
//! directions. Whether it works and what is there afterwards are the same.

#[path = "support/podman.rs"]
mod podman;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use podman::{end_podman, podman, try_podman};
use support::{World, images};

const SOURCES: [&str; 9] = ["f", "d", "d/", "d/.", "lf", "ld", "ld/", "ld/.", "missing"];
const DESTINATIONS: [&str; 10] = [
    "dir", "dir/", "new", "new/", "file", "file/", "ldir", "ldir/", "lfile", "lnone",
];

/// A source directory and a destination directory.
fn fixture(at: &Path) {
    let write = |name: &str, text: &str| {
        let file = at.join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("directories");
        fs::write(file, text).expect("a file");
    };
    write("src/f", "F");
    write("src/d/x", "X");
    write("src/d/sub/y", "Y");
    write("t/dir/there", "T");
    write("t/file", "OLD");
    symlink("f", at.join("src/lf")).expect("a link");
    symlink("d", at.join("src/ld")).expect("a link");
    symlink("dir", at.join("t/ldir")).expect("a link");
    symlink("file", at.join("t/lfile")).expect("a link");
    symlink("none", at.join("t/lnone")).expect("a link");
}

/// Every path below a directory with what it is.
fn tree(at: &Path) -> BTreeMap<String, String> {
    fn walk(top: &Path, at: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(at).expect("a directory") {
            let path = entry.expect("a name").path();
            let name = path.strip_prefix(top).expect("below").display().to_string();
            let facts = fs::symlink_metadata(&path).expect("a file");
            if facts.is_symlink() {
                let to = fs::read_link(&path).expect("a link");
                found.insert(name, format!("-> {}", to.display()));
            } else if facts.is_dir() {
                found.insert(name, "directory".to_owned());
                walk(top, &path, found);
            } else {
                found.insert(name, fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(at, at, &mut found);
    found
}

/// What one copy did: whether it ended well, and the destination's tree afterwards.
type Outcome = (bool, BTreeMap<String, String>);

/// Every case in both directions, by one engine's `cp`.
fn outcomes(
    world: &World,
    engine: &str,
    cp: &dyn Fn(&str, &str) -> bool,
) -> BTreeMap<String, Outcome> {
    let top = world.path(engine);
    let mut cases = Vec::new();
    for source in SOURCES {
        for destination in DESTINATIONS {
            let at = cases.len().to_string();
            for side in ["inside", "in", "out"] {
                fixture(&top.join(side).join(&at));
            }
            cases.push((at, source, destination));
        }
    }
    assert!(cp(&format!("{engine}/inside"), "it:/cases"));
    let mut worked = BTreeMap::new();
    for (at, source, destination) in &cases {
        let words = [
            (
                "in",
                format!("{engine}/in/{at}/src/{source}"),
                format!("it:/cases/{at}/t/{destination}"),
            ),
            (
                "out",
                format!("it:/cases/{at}/src/{source}"),
                format!("{engine}/out/{at}/t/{destination}"),
            ),
        ];
        for (side, from, to) in words {
            worked.insert((side, at.clone()), cp(&from, &to));
        }
    }
    assert!(cp("it:/cases", &format!("{engine}/after")));
    let mut found = BTreeMap::new();
    for (at, source, destination) in &cases {
        for (side, there) in [("in", "after"), ("out", "out")] {
            let tree = tree(&top.join(there).join(at).join("t"));
            let outcome = (worked[&(side, at.clone())], tree);
            found.insert(format!("{side}: {source} to {destination}"), outcome);
        }
    }
    found
}

#[test]
fn every_case_ends_as_with_podman() {
    if !support::have(&["podman"]) || !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok(["create", "--name=it", "--network=none", "tiny", "true"]);
    let ours = outcomes(&world, "ours", &|from, to| {
        world.coracle(["cp", from, to]).code == 0
    });
    world.ok(["save", "-q", "-o", "tiny.tar", "tiny"]);
    podman(&world, &["load", "-q", "-i", "tiny.tar"]);
    let image = world.ok(["images", "-q", "tiny"]);
    podman(
        &world,
        &["create", "--name=it", "--network=none", &image, "true"],
    );
    let theirs = outcomes(&world, "theirs", &|from, to| {
        try_podman(&world, &["cp", from, to]).code == 0
    });
    end_podman(&world);
    let different: Vec<String> = theirs
        .iter()
        .filter(|(case, outcome)| ours[*case] != **outcome)
        .map(|(case, outcome)| format!("{case}\n  podman {outcome:?}\n  coracle {:?}", ours[case]))
        .collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert_eq!(theirs.len(), 2 * SOURCES.len() * DESTINATIONS.len());
}
