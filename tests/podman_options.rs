//! Every long option of Podman's commands is known to the same command here, or refused by name and listed below
//! with its reason.
//!
//! The options are those that the installed podman shows in its help, and for `run`, `create` and `exec` also the ones
//! that came with Podman 5, by their names in its manual pages.

mod support;

use std::collections::BTreeSet;

use coracle::cli::docs;
use coracle::cli::unsupported;
use support::World;

const SIGNING: &str = "signatures are checked, not made";

/// What is refused today, with the reason.
const REFUSED: &[(&str, &str)] = &[
    ("arch-variant", "no option of Podman 5 any more"),
    (
        "cpu-rt-period",
        "control groups of version 2 have no real-time budget",
    ),
    (
        "cpu-rt-runtime",
        "control groups of version 2 have no real-time budget",
    ),
    ("sign-by", SIGNING),
    ("sign-by-sigstore-private-key", SIGNING),
    ("sign-passphrase-file", SIGNING),
    ("decryption-key", "encrypted images: not built"),
    (
        "device-cgroup-rule",
        "device rules are for root: bpf(2), BPF_PROG_TYPE_CGROUP_DEVICE",
    ),
    (
        "depend",
        "rm: containers that need others are removed by name",
    ),
    (
        "exec",
        "container cleanup: exec sessions leave nothing to clean up",
    ),
    ("history", "images: names an image had are not kept"),
    ("init-ctr", "pods: not built"),
    ("no-prune", "rmi: layers go when nobody needs them"),
    ("ns", "ps: being built"),
    ("size", "ps, inspect: being built"),
    ("sync", "ps: states are facts already"),
    ("uncompressed", "save: being built"),
    ("watch", "ps: being built"),
    ("intel-rdt-clos-id", "resctrl is for root"),
    ("link-local-ip", "networks with names: not built"),
    (
        "memory-swappiness",
        "control groups of version 2 have no swappiness",
    ),
    (
        "oom-kill-disable",
        "control groups of version 2 cannot switch the killer off",
    ),
    ("pod", "pods: not built"),
    ("pod-id-file", "pods: not built"),
    ("rdt-class", "resctrl is for root"),
    ("no-desc", "completion: the scripts carry the descriptions"),
    (
        "rootless-netns",
        "unshare: networks with names are not built",
    ),
    ("shm-size-systemd", "being built"),
    ("subgidname", "newgidmap gives ids of one's own name only"),
    ("subuidname", "newuidmap gives ids of one's own name only"),
];

/// Options of `podman run` that Debian's podman does not show yet.
const OF_PODMAN_5: &[&str] = &[
    "chrootdirs",
    "creds",
    "cert-dir",
    "decryption-key",
    "gpus",
    "group-entry",
    "health-log-destination",
    "health-max-log-count",
    "health-max-log-size",
    "health-startup-cmd",
    "health-startup-interval",
    "health-startup-retries",
    "health-startup-success",
    "health-startup-timeout",
    "hosts-file",
    "intel-rdt-clos-id",
    "link-local-ip",
    "no-hostname",
    "preserve-fd",
    "rdt-class",
    "retry",
    "retry-delay",
    "shm-size-systemd",
];

/// The long options in a help text: the words that begin a line's description.
fn in_help(text: &str) -> BTreeSet<String> {
    let lines = text.lines().map(str::trim_start);
    let options = lines.filter_map(|line| {
        let long = match line.strip_prefix("--") {
            Some(long) => long,
            None => line.strip_prefix('-')?.split_once(", --")?.1,
        };
        let end = long.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        Some(long[..end.unwrap_or(long.len())].to_owned())
    });
    options.filter(|name| !name.is_empty()).collect()
}

fn podman_help(world: &World, words: &[&str]) -> Option<BTreeSet<String>> {
    let done = world.other("podman").args(words).arg("--help").output();
    let done = done.expect("podman is installed, as was just seen");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    // For a command it does not have podman shows the help of its group.
    let usage = text
        .lines()
        .skip_while(|line| !line.starts_with("Usage:"))
        .nth(1)?;
    let found = usage
        .trim()
        .starts_with(&format!("podman {}", words.join(" ")));
    found.then(|| in_help(&text))
}

fn long_options(command: &clap::Command) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for arg in command.get_arguments() {
        names.extend(arg.get_long().map(str::to_owned));
        names.extend(
            arg.get_all_aliases()
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned),
        );
    }
    names
}

/// Every command of ours that Podman has too: its words, its options.
fn commands() -> Vec<(Vec<String>, BTreeSet<String>)> {
    let tree = docs::tree();
    let mut all = Vec::new();
    for verb in tree.get_subcommands() {
        let name = verb.get_name().to_owned();
        if verb.get_subcommands().next().is_none() {
            all.push((vec![name], long_options(verb)));
            continue;
        }
        for sub in verb.get_subcommands() {
            all.push((
                vec![name.clone(), sub.get_name().to_owned()],
                long_options(sub),
            ));
        }
    }
    all
}

#[test]
fn every_option_of_podman_is_known_or_refused_with_a_reason() {
    if !support::have(&["podman"]) {
        return;
    }
    let world = World::new();
    let mut missing = Vec::new();
    let mut refused = BTreeSet::new();
    let mut compared = 0;
    for (words, ours) in commands() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let Some(mut theirs) = podman_help(&world, &words) else {
            continue;
        };
        compared += 1;
        if matches!(words.last(), Some(&"run" | &"create"))
            && !matches!(
                words[0],
                "healthcheck" | "manifest" | "volume" | "network" | "secret"
            )
        {
            let of_run = |name: &str| name != "preserve-fd" || words.last() == Some(&"run");
            let newer = OF_PODMAN_5.iter().filter(|name| of_run(name));
            theirs.extend(newer.map(|name| (*name).to_owned()));
        }
        for option in theirs {
            if ours.contains(&option) || option == "help" {
                continue;
            }
            let command = words.last().copied().unwrap_or_default();
            if unsupported::option_of(command, &format!("--{option}")).is_none() {
                missing.push(format!("{} --{option}", words.join(" ")));
            }
            // Builds are young: what they lack is said by name, and comes.
            if command != "build" {
                refused.insert(option);
            }
        }
    }
    assert!(compared > 30, "only {compared} commands were compared");
    assert!(
        missing.is_empty(),
        "neither known nor refused by name: {missing:#?}"
    );
    let listed: BTreeSet<String> = REFUSED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let unexplained: Vec<_> = refused.difference(&listed).collect();
    assert!(
        unexplained.is_empty(),
        "refused without a reason: {unexplained:?}"
    );
}

#[test]
fn what_run_has_is_not_listed_as_refused() {
    let commands = commands();
    let (_, run) = commands
        .iter()
        .find(|(words, _)| words.len() == 1 && words[0] == "run")
        .expect("run is a command");
    let built: Vec<_> = REFUSED
        .iter()
        .filter(|(name, _)| run.contains(*name))
        .collect();
    assert!(
        built.is_empty(),
        "built, and still listed as refused: {built:?}"
    );
}
