//! What the command line says about itself, and how it takes Podman's words.
//!
//! The binary under test may be named by `CORACLE_BIN`; nothing here needs a store.
#![allow(clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::collections::BTreeSet;
use std::process::{Command, Output};

use coracle::cli::{docs, unsupported};

fn coracle(words: &[&str]) -> Output {
    let binary =
        std::env::var_os("CORACLE_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_coracle").into());
    Command::new(binary)
        .args(words)
        .env_remove("CONTAINER_HOST")
        .env("HOME", "/nonexistent")
        .output()
        .expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_goes_to_standard_output_and_names_the_commands() {
    for words in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["container", "--help"],
        &["help", "container"],
    ] {
        let done = coracle(words);
        assert_eq!(done.status.code(), Some(0), "{words:?}");
        assert!(text(&done.stdout).contains("run "), "{words:?}");
        assert!(done.stderr.is_empty(), "{words:?}");
    }
}

#[test]
fn help_is_a_command_too() {
    let shown = |words: &[&str]| text(&coracle(words).stdout);
    assert_eq!(shown(&["help", "run"]), shown(&["run", "--help"]));
    assert_eq!(
        shown(&["help", "image", "ls"]),
        shown(&["image", "ls", "--help"])
    );
}

#[test]
fn every_command_has_help() {
    for command in docs::tree().get_subcommands() {
        let done = coracle(&[command.get_name(), "--help"]);
        let about = command.get_about().expect("about").to_string();
        assert_eq!(done.status.code(), Some(0), "{}", command.get_name());
        assert!(text(&done.stdout).starts_with(&about), "{about}");
    }
}

#[test]
fn wrong_words_end_with_125_and_one_clear_line() {
    for (words, message) in [
        (
            &["rnu"][..],
            "Error: unknown command \"rnu\"\nhint: did you mean \"run\"?\n",
        ),
        (
            &["run", "--replaec", "x"],
            "Error: unknown option --replaec\nhint: did you mean --replace?\n",
        ),
        (&["compose", "up"], "Error: compose is not supported yet\n"),
        (
            &["run", "--pod", "p", "x"],
            "Error: --pod is not supported yet\n",
        ),
        (
            &["run", "--link-local-ip", "s", "x"],
            "Error: --link-local-ip is not supported yet\n",
        ),
        (
            &["--url", "ssh://x", "ps"],
            "Error: --url: remote engines are not supported\n",
        ),
        (
            &["run", "-p", "x", "i"],
            "Error: --publish \"x\": \"x\" is not a port: ports are 1 to 65535\n",
        ),
        (
            &["run", "-v", "/a:b", "i"],
            "Error: --volume \"/a:b\": target \"b\" is not an absolute path\n",
        ),
        (
            &["run", "-e", "=x", "i"],
            "Error: --env \"=x\": has an empty name\n",
        ),
        (
            &["run", "--name", "a/b", "i"],
            "Error: \"a/b\" is not a name: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*\n",
        ),
        (
            &["run", "--rm", "--restart", "always", "i"],
            "Error: the --rm option conflicts with --restart, when the restartPolicy is not \"\" and \"no\"\n",
        ),
        (
            &["run", "--network", "bridge:what=1", "i"],
            "Error: --network \"bridge:what=1\": \"what=1\": is not known here\n",
        ),
        (
            &["run", "--ulimit", "what=1", "i"],
            "Error: ulimit option \"what=1\" requires name=SOFT:HARD, failed to be parsed: has the \
             unknown limit \"what\"\n",
        ),
        (
            &["run", "--env-file", "/no/such", "i"],
            "Error: reading environment file /no/such: no such file or directory\n",
        ),
        (
            &["stop"],
            "Error: you must provide at least one name or id\n",
        ),
        (
            &["ps", "--last", "2", "--latest"],
            "Error: last and latest are mutually exclusive\n",
        ),
        (
            &["stop", "--all", "--latest"],
            "Error: --all and --latest cannot be used together\n",
        ),
        (
            &["run", "--no-hosts", "--add-host=foo:1.1.1.1", "i"],
            "Error: --no-hosts and --add-host cannot be set together\n",
        ),
        (
            &["create", "--platform=foo", "--arch=bar", "i"],
            "Error: --platform option can not be specified with --arch or --os\n",
        ),
        (
            &["kill", "-s", "NOPE", "x"],
            "Error: invalid signal: NOPE\n",
        ),
    ] {
        let done = coracle(words);
        assert_eq!(done.status.code(), Some(125), "{words:?}");
        assert_eq!(text(&done.stderr), message, "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}");
    }
}

#[test]
fn a_remote_engine_is_refused_whatever_the_command() {
    let done = Command::new(env!("CARGO_BIN_EXE_coracle"))
        .arg("ps")
        .env("CONTAINER_HOST", "ssh://elsewhere")
        .output()
        .expect("the binary runs");
    assert_eq!(done.status.code(), Some(125));
    assert_eq!(
        text(&done.stderr),
        "Error: CONTAINER_HOST: remote engines are not supported\nhint: unset CONTAINER_HOST\n"
    );
}

#[test]
fn hostile_words_reach_a_terminal_escaped() {
    let done = coracle(&["run", "--name", "\x1b]0;x\x07", "i"]);
    assert_eq!(done.status.code(), Some(125));
    assert!(done.stderr.iter().all(|b| *b >= 0x20 || *b == b'\n'));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let done = Command::new("sh")
        .arg("-c")
        .arg("\"$0\" run --help | true; \"$0\" version | head -n 1")
        .arg(env!("CARGO_BIN_EXE_coracle"))
        .output()
        .expect("sh runs");
    assert_eq!(text(&done.stderr), "");
}

#[test]
fn version_has_podmans_forms() {
    let number = env!("CARGO_PKG_VERSION");
    for (words, wanted) in [
        (&["--version"][..], format!("coracle version {number}\n")),
        (&["-v"], format!("coracle version {number}\n")),
        (
            &["version", "--format", "{{.Client.Version}}"],
            format!("{number}\n"),
        ),
        (&["version", "-f", "{{.Version}}"], format!("{number}\n")),
    ] {
        assert_eq!(text(&coracle(words).stdout), wanted, "{words:?}");
    }
    let shown = text(&coracle(&["version"]).stdout);
    assert!(
        shown.starts_with("Client:       Coracle Engine\nVersion:      "),
        "{shown}"
    );
    let json: serde_json::Value =
        serde_json::from_slice(&coracle(&["version", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["Client"]["Version"], number);
}

/// Every option that Debian's podman lists for `run` is either there or refused by name.
#[test]
fn podmans_options_of_run_are_known_or_refused_by_name() {
    // It makes directories even to print its help.
    let world = support::World::new();
    let Ok(podman) = world.other("podman").args(["run", "--help"]).output() else {
        support::skip("not installed: podman");
        return;
    };
    let tree = docs::tree();
    let run = tree.find_subcommand("run").expect("run is a command");
    let here: BTreeSet<String> = run
        .get_arguments()
        .flat_map(|arg| {
            let aliases = arg.get_visible_aliases().unwrap_or_default();
            arg.get_long()
                .into_iter()
                .chain(aliases)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let (mut known, mut refused) = (0, Vec::new());
    for line in text(&podman.stdout).lines() {
        let Some((_, rest)) = line.split_once(" --") else {
            continue;
        };
        if !line.starts_with("  ") || !line.trim_start().starts_with('-') {
            continue;
        }
        let name = rest.split([' ', '=']).next().unwrap_or_default();
        if here.contains(name) {
            known += 1;
        } else {
            let word = format!("--{name}");
            assert!(unsupported::option(&word).is_some(), "{word} is nowhere");
            refused.push(word);
        }
    }
    assert!(known > 60, "only {known} options of podman run are known");
    eprintln!("known: {known}; refused by name: {}", refused.join(" "));
}

#[test]
fn no_word_is_both_known_and_refused() {
    let tree = docs::tree();
    for command in tree.get_subcommands() {
        let name = command.get_name();
        assert!(unsupported::command(name).is_none(), "{name}");
        for sub in command.get_subcommands() {
            let path = format!("{name} {}", sub.get_name());
            assert!(unsupported::command(&path).is_none(), "{path}");
        }
        for arg in command.get_arguments() {
            if let Some(long) = arg.get_long() {
                let word = format!("--{long}");
                // An option may exist for one command and be wanting for another.
                let elsewhere = [
                    "--timeout",
                    "--latest",
                    "--size",
                    "--pod",
                    "--debug",
                    "--compress",
                    // Of `build`; of podman itself it chooses how a remote engine is reached.
                    "--ssh",
                ]
                .contains(&word.as_str());
                assert!(
                    elsewhere || unsupported::option(&word).is_none(),
                    "{name} {word}"
                );
            }
        }
    }
}
