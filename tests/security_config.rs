//! Configuration files that are hostile or broken, and hooks that nobody installed: row S-115.

mod support;

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use support::{Canary, World, images, world};

/// The user's files that every command reads, or every `run`.
const FILES: &[(&str, &str)] = &[
    ("containers.conf", "[engine]\nretry = 2\n"),
    ("storage.conf", "[storage]\ndriver = \"overlay\"\n"),
    (
        "registries.conf",
        "unqualified-search-registries = [\"localhost\"]\n",
    ),
    (
        "policy.json",
        "{\"default\": [{\"type\": \"insecureAcceptAnything\"}]}",
    ),
];

/// A command that reads the file.
fn reading(world: &World, file: &str) -> support::Done {
    let done = match file {
        "policy.json" | "registries.conf" => {
            world.coracle(["pull", "-q", "--tls-verify=false", "localhost:1/nothing"])
        }
        _ => world.coracle(["ps", "-a", "-q"]),
    };
    assert!(!done.stderr.contains("panicked"), "{done}");
    done
}

fn place(world: &World, file: &str) -> PathBuf {
    std::fs::create_dir_all(world.config()).expect("ours");
    world.config().join(file)
}

/// Whether the command got as far as it gets without the file.
fn is_followed(done: &support::Done) -> bool {
    done.code == 0 || done.stderr.contains("localhost:1")
}

#[test]
fn s_115_only_what_its_owner_alone_can_write_is_followed() {
    let world = World::new();
    for (file, text) in FILES {
        let path = place(&world, file);
        let elsewhere = world.write("dotfiles", text);
        world::set_mode(&elsewhere, 0o644);
        std::fs::write(&path, text).expect("ours");
        assert!(is_followed(&reading(&world, file)), "{file}");
        for mode in [0o666, 0o602] {
            world::set_mode(&path, mode);
            let done = reading(&world, file).expect_refusal("everybody can write to it");
            assert!(
                done.stderr.contains(path.to_str().expect("UTF-8")),
                "{done}"
            );
            assert!(done.stderr.contains("chmod go-w"), "{done}");
        }
        std::fs::remove_file(&path).expect("ours");
        // People keep their settings elsewhere; what counts is the file that is opened.
        symlink(&elsewhere, &path).expect("a link");
        assert!(is_followed(&reading(&world, file)), "{file}");
        world::set_mode(&elsewhere, 0o666);
        reading(&world, file).expect_refusal("everybody can write to it");
        std::fs::remove_file(&path).expect("ours");
    }
}

#[test]
fn s_115_another_users_file_is_not_followed() {
    if !support::have_subordinate_ids() || !support::have(&["unshare"]) {
        return;
    }
    let world = World::new();
    for (file, text) in FILES {
        let path = place(&world, file);
        std::fs::write(&path, text).expect("ours");
        let owner = |id: &str| {
            let mut command = world.other("unshare");
            command.args(["--user", "--map-root-user", "--map-auto", "--", "chown", id]);
            command.arg(&path);
            world::finish(command).expect_code(0);
        };
        owner("1:1");
        reading(&world, file).expect_refusal("belongs to another user");
        owner("0:0");
        std::fs::remove_file(&path).expect("ours");
    }
}

#[test]
fn s_115_what_is_no_file_or_too_large_is_refused_at_once() {
    let world = World::new();
    for (file, _) in FILES {
        let path = place(&world, file);
        let fifo = rustix::fs::FileType::Fifo;
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        rustix::fs::mknodat(rustix::fs::CWD, &path, fifo, mode, 0).expect("a FIFO");
        reading(&world, file).expect_refusal("is not a file");
        std::fs::remove_file(&path).expect("ours");
        std::fs::create_dir(&path).expect("ours");
        reading(&world, file).expect_refusal("is not a file");
        std::fs::remove_dir(&path).expect("ours");
        let sparse = std::fs::File::create(&path).expect("ours");
        sparse.set_len(1 << 30).expect("sparse");
        reading(&world, file).expect_refusal("larger than");
        std::fs::remove_file(&path).expect("ours");
    }
}

#[test]
fn s_115_a_file_that_cannot_be_parsed_is_named_with_its_line() {
    let world = World::new();
    let deep = format!("a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let keys = format!("{}x = 1\n", "a.".repeat(50_000));
    for (file, good) in FILES.iter().filter(|(file, _)| file.ends_with(".conf")) {
        let path = place(&world, file);
        for (bad, line) in [
            (format!("{good}what = \n"), Some(good.lines().count() + 1)),
            (format!("{good}\0\0\n"), Some(good.lines().count() + 1)),
            (format!("{good}[engine\n"), Some(good.lines().count() + 1)),
            (deep.clone(), None),
            (keys.clone(), None),
        ] {
            std::fs::write(&path, &bad).expect("ours");
            let done = reading(&world, file);
            // Something nested deeply need not be looked at, but it must not be the end of us.
            assert!(
                done.code == 125 || (line.is_none() && is_followed(&done)),
                "{done}"
            );
            if let Some(line) = line {
                let done = done.expect_refusal(path.to_str().expect("UTF-8"));
                assert!(done.stderr.contains(&format!("line {line}: ")), "{done}");
            }
        }
        std::fs::write(&path, [&b"x = \""[..], &[0xff, 0xfe], b"\"\n"].concat()).expect("ours");
        reading(&world, file).expect_refusal("is not UTF-8");
        // There is no such thing as an include, so none can go in circles.
        std::fs::write(&path, format!("include = [\"{}\"]\n{good}", path.display())).expect("ours");
        assert!(is_followed(&reading(&world, file)), "{file}");
        std::fs::remove_file(&path).expect("ours");
    }
    let path = place(&world, "policy.json");
    for bad in [
        "{",
        "{\"default\": [}",
        "\0",
        "{\"default\": [], \"default\": []}",
        &"[".repeat(100_000),
    ] {
        std::fs::write(&path, bad).expect("ours");
        reading(&world, "policy.json").expect_refusal("policy.json");
    }
}

/// Everything an engine might be tempted to read where it is started.
const LOOK_ALIKES: &[&str] = &[
    "containers.conf",
    "registries.conf",
    "storage.conf",
    "mounts.conf",
    "policy.json",
    "auth.json",
    "config.json",
    "seccomp.json",
    "default.yaml",
    "cdi.json",
    "coracle.conf",
    "coracle.toml",
    ".coracle",
    ".dockercfg",
    ".env",
    "passwd",
    "subuid",
    "subgid",
    "nsswitch.conf",
    "resolv.conf",
    "hosts",
    ".config/containers/containers.conf",
    ".config/containers/registries.conf",
    ".docker/config.json",
    "etc/containers/containers.conf",
    "etc/containers/registries.conf",
    "etc/cdi/device.json",
    ".local/share/coracle/version",
];

const PROGRAMS: &[&str] = &[
    "newuidmap",
    "newgidmap",
    "getsubids",
    "pasta",
    "passt",
    "slirp4netns",
    "fuse-overlayfs",
    "crun",
    "runc",
    "sh",
    "true",
    "journalctl",
    "docker-credential-x",
    "coracle",
    "hooks.d/hook",
];

#[test]
fn s_115_nothing_is_read_or_run_from_the_working_directory() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let canary = Canary::new(&world.path(""));
    let here = world.path("here");
    for file in LOOK_ALIKES {
        let path = here.join(file);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("ours");
        std::fs::write(&path, "[[[ {{{ \0 nothing can be made of this").expect("ours");
    }
    let trap = format!("#!/bin/sh\necho caught >{}/file\n", canary.path().display());
    for program in PROGRAMS {
        let path = here.join(program);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("ours");
        std::fs::write(&path, &trap).expect("ours");
        world::set_mode(&path, 0o755);
    }
    let run = |path: &str, words: &[&str]| {
        let mut command = world.command(words);
        command.current_dir(&here).env("PATH", path);
        world::finish(command)
    };
    // An empty part of PATH means the working directory to execvp(3).
    let usual = support::search_path();
    let with_empty = format!(":{usual}:");
    for path in [usual.as_str(), &with_empty] {
        let done = run(path, &["run", "--rm", "tiny", "echo", "calm"]);
        assert_eq!((done.code, done.text()), (0, "calm"), "{done}");
        run(
            path,
            &["run", "-d", "--name", "one", "tiny", "sleep", "1000"],
        )
        .expect_code(0);
        let done = run(path, &["exec", "one", "cat", "/etc/hosts"]).expect_code(0);
        assert!(!done.stdout.contains("nothing can be made"), "{done}");
        for words in [
            &["ps", "-a"][..],
            &["info"],
            &["images"],
            &["rm", "-f", "-t", "0", "one"],
        ] {
            run(path, words).expect_code(0);
        }
    }
    let done = run(
        &usual,
        &["pull", "-q", "--tls-verify=false", "localhost:1/nothing"],
    );
    assert!(done.stderr.contains("localhost:1"), "{done}");
    canary.check();
}

#[test]
fn s_115_hooks_lying_about_are_not_run() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let canary = Canary::new(&world.path(""));
    let hook = world.write(
        "hook",
        format!("#!/bin/sh\necho >{}/file\n", canary.path().display()),
    );
    world::set_mode(&hook, 0o755);
    let text = format!(
        r#"{{"version": "1.0.0", "hook": {{"path": "{}"}}, "when": {{"always": true}},
            "stages": ["createRuntime", "prestart", "poststart", "poststop"]}}"#,
        hook.display()
    );
    let folder = place(&world, "oci/hooks.d");
    std::fs::create_dir_all(&folder).expect("ours");
    std::fs::write(folder.join("hook.json"), &text).expect("ours");
    world.ok(["run", "--rm", "tiny", "true"]);
    let folder = folder.to_str().expect("UTF-8");
    // Asked for by name, it is refused by name: it would be code that a file chooses.
    world
        .coracle(["--hooks-dir", folder, "run", "--rm", "tiny", "true"])
        .expect_refusal("hooks-dir");
    canary.check();
}

#[test]
fn s_115_credentials_others_could_have_written_are_refused() {
    let world = World::new();
    let path = place(&world, "auth.json");
    let mut file = std::fs::File::create(&path).expect("ours");
    file.write_all(br#"{"auths": {"localhost:1": {"auth": "eDp5"}}}"#)
        .expect("ours");
    world::set_mode(&path, 0o666);
    let refused = world.coracle(["login", "--get-login", "localhost:1"]);
    refused.expect_refusal("everybody can write to it");
    world::set_mode(&path, 0o600);
    assert_eq!(world.ok(["login", "--get-login", "localhost:1"]), "x");
}
