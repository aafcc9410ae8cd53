//! Builds of strangers' Containerfiles and contexts: rows S-92 to S-100.

#![allow(clippy::print_stdout, reason = "a test may talk")]

#[path = "support/build.rs"]
mod building;
mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use building::in_image;
use support::{Done, World};

const CANARY: &str = "canary-6b1f2e";

/// A context, and a canary outside of it.
fn world() -> Option<(World, PathBuf)> {
    let world = building::world()?;
    let canary = world.write("canary", CANARY);
    Some((world, canary))
}

fn build(world: &World, text: &str, options: &[&str]) -> Done {
    building::file(world, text);
    building::build(world, options)
}

fn link(world: &World, target: &str, name: &str) {
    std::os::unix::fs::symlink(target, world.path("ctx").join(name)).expect("a link");
}

#[test]
fn s_92_mounts_of_run_reach_nothing_outside() {
    let Some((world, canary)) = world() else {
        return;
    };
    let outside = canary.to_str().expect("text").to_owned();
    link(&world, &outside, "file");
    link(&world, "..", "up");
    link(&world, "/", "root");
    for source in ["file", "up/canary", "../canary", &*format!("root{outside}")] {
        let text = format!("FROM tiny\nRUN --mount=type=bind,source={source},target=/m cat /m\n");
        let done = build(&world, &text, &[]);
        assert_ne!(done.code, 0, "{source}: {done}");
        assert!(!done.stdout.contains(CANARY), "{source}: {done}");
    }
    let stage = "FROM tiny AS one\nRUN ln -s /proc/1/root /l; ln -s ../../../.. /u\nFROM tiny\n";
    for source in ["/l", "../..", "/u/../.."] {
        let text =
            format!("{stage}RUN --mount=from=one,source={source},target=/m cat /m{outside}\n");
        let done = build(&world, &text, &[]);
        assert_ne!(done.code, 0, "{source}: {done}");
        assert!(!done.stdout.contains(CANARY), "{source}: {done}");
    }
    for options in [
        "bind-propagation=rshared",
        "propagation=shared",
        "dev",
        "suid",
    ] {
        let text = format!("FROM tiny\nRUN --mount=type=bind,{options},target=/m true\n");
        build(&world, &text, &[]).expect_code(125);
    }
    let cache = "RUN --mount=type=cache,id=../../x,target=/c";
    let text = format!("FROM tiny\n{cache} echo kept >/c/f\n{cache} cat /c/f; ls -d /c/..\n");
    let done = build(&world, &text, &["--no-cache"]).expect_code(0);
    assert!(done.stdout.contains("kept"), "{done}");
    assert!(!world.store().join("x").exists() && !world.store().join("../x").exists());
}

#[test]
fn s_93_nothing_outside_the_context_is_read() {
    let Some((world, canary)) = world() else {
        return;
    };
    let outside = canary.to_str().expect("text").to_owned();
    link(&world, &outside, "file");
    link(&world, "..", "up");
    world.write("ctx/sub/plain", "fine");
    link(&world, "../../canary", "sub/l");
    for source in [
        "file",
        "up/canary",
        "../canary",
        "../../canary",
        "sub/l",
        "*le",
    ] {
        let done = build(&world, &format!("FROM tiny\nCOPY {source} /got\n"), &[]);
        let got = match done.code {
            0 => in_image(&world, "cat /got/* /got 2>&1; true"),
            _ => String::new(),
        };
        assert!(!got.contains(CANARY), "{source}: {got}");
    }
    // A link below what is copied stays a link.
    build(&world, "FROM tiny\nCOPY sub /got/\n", &[]).expect_code(0);
    assert_eq!(
        in_image(&world, "readlink /got/l; cat /got/plain"),
        "../../canary\nfine"
    );
    // Files that steer the build are the context's own, and files.
    let ignore = world.path("ctx/.dockerignore");
    std::os::unix::fs::symlink(&canary, &ignore).expect("a link");
    let done = build(&world, "FROM tiny\n", &[]);
    assert!(!format!("{done}").contains(CANARY), "{done}");
    std::fs::remove_file(&ignore).expect("ours");
    let fifo = world.other("mkfifo").arg(&ignore).status().expect("runs");
    assert!(fifo.success());
    build(&world, "FROM tiny\n", &[]).expect_refusal("it is not a regular file");
    std::fs::remove_file(&ignore).expect("ours");
    // Links of a stage end in that stage.
    let text = format!(
        "FROM tiny AS one\nRUN mkdir -p /deep && ln -s {outside} /deep/x && ln -s ../../../../.. /up\n\
         FROM tiny\nCOPY --from=one /deep/x /got\n"
    );
    build(&world, &text, &[]).expect_code(125);
}

#[test]
fn s_94_archives_stay_in_the_image() {
    let Some((world, canary)) = world() else {
        return;
    };
    let outside = canary.to_str().expect("text").to_owned();
    world.write("ctx/evil", "evil");
    let tar = |arguments: &[&str]| {
        let done = world
            .other("tar")
            .args(arguments)
            .status()
            .expect("tar runs");
        assert!(done.success());
    };
    tar(&[
        "-C",
        "ctx",
        "-cPf",
        "ctx/up.tar",
        "--transform",
        "s,^,../../../../,",
        "evil",
    ]);
    build(&world, "FROM tiny\nADD up.tar /x/\n", &[]).expect_code(125);
    let absolute = format!("s,^.*$,{outside},");
    tar(&[
        "-C",
        "ctx",
        "-cPf",
        "ctx/abs.tar",
        "--transform",
        &absolute,
        "evil",
    ]);
    build(&world, "FROM tiny\nADD abs.tar /x/\n", &[]);
    assert_eq!(std::fs::read_to_string(&canary).expect("there"), CANARY);
    // A destination that is a link of the stage ends in the stage.
    let parent = canary
        .parent()
        .and_then(|path| path.to_str())
        .expect("text");
    let text = format!("FROM tiny\nRUN ln -s {parent} /l\nCOPY evil /l/canary\n");
    build(&world, &text, &[]).expect_code(0);
    assert_eq!(std::fs::read_to_string(&canary).expect("there"), CANARY);
    assert_eq!(in_image(&world, &format!("cat {outside}")), "evil");
    for source in ["file:///etc/hostname", "ftp://127.0.0.1/x"] {
        build(&world, &format!("FROM tiny\nADD {source} /x\n"), &[]).expect_code(125);
    }
}

#[test]
fn s_95_secrets_are_nowhere_afterwards() {
    let Some((world, _)) = world() else { return };
    let secret = "marker-0c4b77d1";
    world.write("secret", secret);
    let text = "FROM tiny\n\
                RUN --mount=type=secret,id=s cat /run/secrets/s | wc -c; stat -c %a /run/secrets/s\n\
                RUN --mount=type=secret,id=s,target=/etc/issue wc -c </etc/issue\n\
                RUN --mount=type=secret,id=e,env=TOKEN echo ${#TOKEN}\n";
    let path = world.path("secret");
    let given = format!("id=s,src={}", path.display());
    let mut command = world.command(["build", "--network", "none", "-t", "made", "--secret"]);
    world.write("ctx/Containerfile", text);
    command
        .arg(&given)
        .args(["--secret", "id=e,env=MARKER", "ctx"]);
    command.env("MARKER", secret);
    let done = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}{wrong}");
    let length = secret.len().to_string();
    assert_eq!(
        said.lines().filter(|line| line.trim() == length).count(),
        3,
        "{said}"
    );
    assert!(said.contains("400"), "{said}");
    assert!(!said.contains(secret) && !wrong.contains(secret));
    world.ok(["save", "-q", "-o", "made.tar", "made"]);
    world.ok(["history", "--no-trunc", "made"]);
    // What was thrown away is deleted before it is looked for.
    world.ok(["builder", "prune", "-f"]);
    let saved = std::fs::read(world.path("made.tar")).expect("saved");
    assert!(!contains(&saved, secret.as_bytes()));
    let store = world.store();
    let places = [store.as_path(), &world.root().join("run")];
    for place in places {
        let found = world
            .other("grep")
            .args(["-rl", secret])
            .arg(place)
            .output()
            .expect("grep runs");
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        assert_eq!(found, "", "{}", place.display());
    }
    build(
        &world,
        "FROM tiny\nRUN --mount=type=secret,id=no,required true\n",
        &[],
    )
    .expect_refusal("no secret \"no\" is given");
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[test]
fn s_96_only_the_same_inputs_hit_the_cache() {
    let Some((world, _)) = world() else { return };
    let text = "FROM tiny\nARG x\nCOPY a l /in/\nRUN echo $x >/x\n";
    let file = world.write("ctx/a", "one");
    link(&world, "a", "l");
    let hits = |options: &[&str]| {
        let done = build(&world, text, options).expect_code(0);
        done.stdout.matches("Using cache").count()
    };
    assert_eq!(hits(&[]), 0);
    assert_eq!(hits(&[]), 3);
    let mode = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode));
    mode(0o600).expect("ours");
    assert_eq!(hits(&[]), 1, "another mode");
    assert_eq!(hits(&["--build-arg", "x=1"]), 0, "another argument");
    assert_eq!(hits(&["--build-arg", "x=1"]), 3);
    assert_eq!(
        hits(&["--build-arg", "x=1", "--shm-size", "1m"]),
        2,
        "another option of RUN"
    );
    // An image that somebody else has made with the same history is nobody's cache.
    world.ok(["save", "-q", "-o", "made.tar", "made"]);
    world.ok(["builder", "prune", "-f"]);
    world.ok(["load", "-q", "-i", "made.tar"]);
    assert_eq!(
        hits(&["--build-arg", "x=1"]),
        0,
        "a history that says the same"
    );
}

#[test]
fn s_97_a_containerfile_gets_no_rights() {
    let Some((world, _)) = world() else { return };
    let probe = "cat; test -t 0 && echo tty; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status; \
                 id -u; cat /proc/self/uid_map | tr -s ' '";
    let text = format!("# syntax=registry.invalid/evil\nFROM tiny\nRUN {probe}\n");
    let done = build(&world, &text, &[]).expect_code(0);
    let run = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        probe,
    ]);
    assert!(done.stdout.contains(&run), "{run}\n{done}");
    assert!(!done.stdout.lines().any(|line| line == "tty"), "{done}");
    for (word, said) in [
        ("--security=insecure", "cannot switch the sandbox off"),
        ("--network=host", "cannot have the host's network"),
    ] {
        build(&world, &format!("FROM tiny\nRUN {word} true\n"), &[]).expect_refusal(said);
    }
    build(&world, "FROM tiny\nRUN --device=/dev/null true\n", &[]).expect_code(125);
}

#[test]
fn s_98_what_run_writes_reaches_no_file_of_the_user() {
    let Some((world, _)) = world() else { return };
    world.write("ctx/f", "as it was");
    let text = "FROM tiny\n\
                RUN --mount=type=bind,rw,target=/m echo changed >/m/f; echo new >/m/new; cat /m/f\n\
                RUN --mount=type=bind,target=/m sh -c 'echo changed >/m/f'\n";
    let done = build(&world, text, &[]);
    assert_ne!(done.code, 0, "read-only is the default: {done}");
    assert!(done.stdout.contains("changed"), "{done}");
    let kept = std::fs::read_to_string(world.path("ctx/f")).expect("there");
    assert_eq!(kept, "as it was");
    assert!(!world.path("ctx/new").exists());
    world.expect_nothing_unfinished();
}

#[test]
fn s_99_hostile_text_is_refused_with_its_line() {
    let Some((world, _)) = world() else { return };
    let nested = format!(
        "FROM tiny\nENV A={}x{}\n",
        "${A:-".repeat(1000),
        "}".repeat(1000)
    );
    let stages = "FROM scratch\n".repeat(100_000);
    let doubling: String = (0..64)
        .map(|n| format!("ARG A{}=${{A{n}}}${{A{n}}}\n", n + 1))
        .collect();
    let doubling = format!("FROM tiny\nARG A0=xxxxxxxxxxxxxxxx\n{doubling}");
    for text in [
        "FROM tiny\nRUN <<EOF\necho\n",
        &nested,
        &stages,
        &doubling,
        "FROM tiny\nRUN a\0b\n",
        "FROM tiny\nCOPY --from=later /x /\nFROM tiny AS later\n",
        "FROM tiny\nONBUILD ONBUILD RUN true\n",
    ] {
        let done = build(&world, text, &[]);
        assert_eq!(done.code, 125, "{:.80}: {done}", text.escape_debug());
        assert!(done.stderr.starts_with("Error: "), "{done}");
    }
}

#[test]
fn s_100_git_is_refused_by_name() {
    let Some((world, _)) = world() else { return };
    for context in [
        "git@example.invalid:x/y",
        "https://example.invalid/x.git#--upload-pack=touch",
        "https://example.invalid/x.git#main:../../x",
        "ssh://example.invalid/x.git",
    ] {
        let done = world.coracle(["build", context]);
        done.expect_refusal("is not supported yet");
    }
    build(
        &world,
        "FROM tiny\nADD https://example.invalid/x.git /x\n",
        &[],
    )
    .expect_refusal("git repositories are not supported yet");
    let done = world.coracle(["build", "ext::sh -c touch"]);
    done.expect_code(125);
}
