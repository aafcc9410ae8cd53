//! What a user does with a container's files from outside: `diff`, `export`, `history`.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use std::process::Command;

use support::{World, images};

/// Everything a tree can have changed: added, replaced, deleted, made anew.
const CHANGES: &str = "cd /; echo hi >etc/foo; rm bin/cat; mkdir -p newd old; touch newd/a; \
                       chmod 640 newd/a; ln newd/a newd/b; ln -s /etc/passwd newd/l; \
                       chown 5:6 newd/a; mkfifo newd/f; chmod 4755 etc/foo";

fn changed() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        CHANGES,
    ]);
    Some(world)
}

/// The lines of `tar -tv` in the order of names, without times.
fn listing(archive: &std::path::Path) -> Vec<String> {
    let done = Command::new("tar")
        .arg("--numeric-owner")
        .arg("-tvf")
        .arg(archive)
        .output();
    let done = done.expect("tar runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| {
            let mut words: Vec<&str> = line.split_whitespace().collect();
            words.drain(3..5);
            words.join(" ")
        })
        .collect();
    lines.sort_by_key(|line| line.split(' ').nth(3).map(str::to_owned));
    lines
}

#[test]
fn diff_says_what_was_added_changed_and_deleted() {
    let Some(world) = changed() else { return };
    let expected = "C /bin\nD /bin/cat\nC /etc\nA /etc/foo\nA /newd\nA /newd/a\nA /newd/b\n\
                    A /newd/f\nA /newd/l\nA /old";
    assert_eq!(world.ok(["diff", "c"]), expected);
    assert_eq!(world.ok(["container", "diff", "--latest"]), expected);
    let json = world.ok(["diff", "--format", "json", "c"]);
    assert!(
        json.starts_with("{\n     \"changed\": [\n          \"/bin\","),
        "{json}"
    );
    assert!(
        json.contains("\"deleted\": [\n          \"/bin/cat\"\n     ]"),
        "{json}"
    );
    world.ok(["create", "--name", "fresh", "tiny", "true"]);
    assert_eq!(world.ok(["diff", "fresh"]), "");
    assert_eq!(world.ok(["diff", "--format", "json", "fresh"]), "{}");
    world
        .coracle(["diff", "--format", "yaml", "c"])
        .expect_refusal("json");
    world.coracle(["diff", "nothing"]).expect_refusal("nothing");
    world.coracle(["image", "diff", "c"]).expect_refusal("c");
}

#[test]
fn diff_of_two_compares_whole_trees() {
    let Some(world) = changed() else { return };
    let there = world.ok(["diff", "c", "tiny"]);
    assert!(
        there.contains("A /etc/foo\n") && there.contains("D /bin/cat"),
        "{there}"
    );
    let back = world.ok(["diff", "tiny", "c"]);
    assert!(
        back.contains("A /bin/cat") && back.contains("D /etc/foo"),
        "{back}"
    );
}

#[test]
fn export_writes_the_tree_with_owners_modes_and_links() {
    let Some(world) = changed() else { return };
    let file = world.path("c.tar");
    world.ok([
        "export".as_ref(),
        "-o".as_ref(),
        file.as_os_str(),
        "c".as_ref(),
    ]);
    let lines = listing(&file);
    for line in [
        "-rwsr-xr-x 0/0 3 etc/foo",
        "drwxr-xr-x 0/0 0 newd/",
        "-rw-r----- 5/6 0 newd/a",
        "hrw-r----- 5/6 0 newd/b link to newd/a",
        "prw-r--r-- 0/0 0 newd/f",
        "lrwxrwxrwx 0/0 0 newd/l -> /etc/passwd",
    ] {
        assert!(
            lines.iter().any(|found| found == line),
            "{line}: {lines:#?}"
        );
    }
    assert!(
        !lines.iter().any(|line| line.contains(" bin/cat")),
        "{lines:#?}"
    );
    // The same tree gives the same bytes.
    let again = world.path("again.tar");
    world.ok([
        "export".as_ref(),
        "-o".as_ref(),
        again.as_os_str(),
        "c".as_ref(),
    ]);
    assert_eq!(
        std::fs::read(file).expect("read"),
        std::fs::read(again).expect("read")
    );
}

#[test]
fn export_reaches_a_running_container_and_leaves_volumes_out() {
    let Some(world) = changed() else { return };
    let script = "echo inside >/data/x; echo beside >/y; sleep 100";
    let run = [
        "run",
        "-d",
        "--name",
        "up",
        "--network",
        "none",
        "-v",
        "data:/data",
        "tiny",
    ];
    world.ok(run.iter().copied().chain(["sh", "-c", script]));
    world.ok([
        "exec",
        "up",
        "sh",
        "-c",
        "until [ -e /y ]; do sleep 0.05; done",
    ]);
    let file = world.path("up.tar");
    world.ok([
        "export".as_ref(),
        "-o".as_ref(),
        file.as_os_str(),
        "up".as_ref(),
    ]);
    let lines = listing(&file);
    assert!(
        lines.iter().any(|line| line.ends_with(" 7 y")),
        "{lines:#?}"
    );
    assert!(
        lines.iter().any(|line| line.ends_with(" data/")),
        "{lines:#?}"
    );
    assert!(
        !lines.iter().any(|line| line.ends_with(" data/x")),
        "{lines:#?}"
    );
}

#[test]
fn s_36_an_export_never_goes_to_a_terminal_and_leaves_no_part() {
    let Some(world) = changed() else { return };
    let mut terminal = world.coracle_pty(["export", "c"]);
    assert_eq!(terminal.wait(), 125, "{}", terminal.screen());
    let full = world.coracle(["export", "-o", "/dev/full", "c"]);
    full.expect_refusal("no space left");
    world
        .coracle(["export", "-o", "gone/x.tar", "c"])
        .expect_refusal("gone/x.tar");
    let left: Vec<_> = std::fs::read_dir(world.path("")).expect("read").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn s_18_a_tree_deeper_than_a_path_is_looked_at_and_removed() {
    let Some(world) = changed() else { return };
    // Wrapped from the inside out: no shell can go down there.
    let script = "d=dddddddddddddddddddddddddddddddddddddddddddddddddd; n=0; mkdir /old; \
                  while [ $n -lt 300 ]; do mkdir /w && mv /old /w/$d && mv /w /old || exit 1; \
                  n=$((n+1)); done";
    world.ok([
        "run",
        "--name",
        "deep",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        script,
    ]);
    let lines = world.ok(["diff", "deep"]);
    assert_eq!(
        lines
            .lines()
            .filter(|line| line.starts_with("A /old/"))
            .count(),
        300
    );
    let refused = world.coracle(["export", "-o", "deep.tar", "deep"]);
    refused.expect_refusal("too long");
    world.ok(["rm", "deep"]);
}

#[test]
fn history_shows_the_steps_of_an_image() {
    let Some(world) = changed() else { return };
    let table = world.ok(["history", "tiny"]);
    assert!(table.starts_with("ID          CREATED"), "{table}");
}
