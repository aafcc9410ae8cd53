//! Words of Podman's command line that Coracle does not have: refused by name, never ignored.
//!
//! Gathered from Podman 5's manual pages. Whatever is built moves from here to the tree;
//! a test sees to it that no word is in both.

/// Why a word is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Later,
    /// It will not come; the reason completes the sentence "WORD: …".
    Never(&'static str),
    /// It will not come, in a whole sentence of Podman's.
    Sentence(&'static str),
}

const REMOTE: Reason = Reason::Never("remote engines are not supported");

/// Options of any command, by their long name.
const OPTIONS: &[&str] = &[
    // run and create
    "arch-variant",
    "decryption-key",
    "init-ctr",
    "link-local-ip",
    "pod",
    "pod-id-file",
    "no-desc",
    "rootless-netns",
    "shm-size-systemd",
    // build
    "allow",
    "attest",
    "cache-from",
    "cache-to",
    "cache-ttl",
    "compress",
    "cpp-flag",
    "created-annotation",
    "inherit-annotations",
    "inherit-labels",
    "layer-label",
    "manifest",
    "metadata-file",
    "provenance",
    "rewrite-timestamp",
    "sbom",
    "sbom-image-output",
    "sbom-image-purl-output",
    "sbom-merge-strategy",
    "sbom-output",
    "sbom-purl-output",
    "sbom-scanner-command",
    "sbom-scanner-image",
    "stdin",
    // ps, images, logs and the other commands
    "no-prune",
    "until-log",
    "shallow",
    "signature-policy",
    "encrypt-layer",
    "encryption-key",
    "root-passthrough",
    "retry-backoff",
    // global
    "conmon",
    "cpu-profile",
    "db-backend",
    "hooks-dir",
    "imagestore",
    "max-workers",
    "memory-profile",
    "module",
    "namespace-path",
    "network-backend",
    "network-cmd-path",
    "network-config-dir",
    "pull-option",
    "registries-conf",
    "registries-conf-dir",
    "rootless-networking",
    "syslog",
    "trace",
    "transient-store",
    "volumepath",
];

/// Options that are not to come, and why.
const NEVER: &[(&str, &str)] = &[
    ("cpu-rt-period", REAL_TIME),
    ("cpu-rt-runtime", REAL_TIME),
    ("exec", "exec sessions leave nothing to clean up"),
    ("intel-rdt-clos-id", RESCTRL),
    (
        "memory-swappiness",
        "memory swappiness is not supported by control groups of version 2",
    ),
    (
        "oom-kill-disable",
        "control groups of version 2 cannot disable the OOM killer",
    ),
    ("rdt-class", RESCTRL),
    ("subgidname", OTHERS_IDS),
    ("subuidname", OTHERS_IDS),
];

const OTHERS_IDS: &str = "newuidmap and newgidmap give a user ids of his own name only; \
                          --userns=nomap uses all of those";

const DEVICE_RULES: &str =
    "device cgroup rules are not supported in rootless mode or in a user namespace";

const RESCTRL: &str = "classes of service in /sys/fs/resctrl can be given by root only";

const REAL_TIME: &str = "real-time CPU limits are not supported by control groups of version 2";

/// Short options without a long one in the tree.
const SHORT: &[&str] = &["s"];

/// Options that choose an engine elsewhere.
const ELSEWHERE: &[&str] = &[
    "remote",
    "url",
    "connection",
    "identity",
    "ssh",
    "tls-ca",
    "tls-cert",
    "tls-key",
];

/// Options of `build`, beside those of any command: others have some of these words.
const OF_BUILD: &[&str] = &[
    "all-platforms",
    "cgroupns",
    "disable-compression",
    "from",
    "ipc",
    "logsplit",
    "os-feature",
    "os-version",
    "output",
    "pid",
    "runtime-flag",
    "sign-by",
    "userns",
    "userns-gid-map",
    "userns-gid-map-group",
    "userns-uid-map",
    "userns-uid-map-user",
    "uts",
];

/// Commands, with the group in front where there is one.
const COMMANDS: &[&str] = &[
    "auto-update",
    "compose",
    "kube",
    "play",
    "pod",
    "quadlet",
    "system service",
    "container restore",
];

/// Returns why a command refuses an option that clap does not know, if Podman has it.
pub fn option_of(command: &str, word: &str) -> Option<Reason> {
    let name = word.strip_prefix("--").unwrap_or_default();
    let name = name.split(['=', ' ']).next().unwrap_or(name);
    if command == "build" && (OF_BUILD.contains(&name) || word == "-o") {
        return Some(Reason::Later);
    }
    option(word)
}

/// The same of an option that is refused wherever it is typed.
pub fn option(word: &str) -> Option<Reason> {
    let (list, name) = match word.strip_prefix("--") {
        Some(name) => (OPTIONS, name),
        None => (SHORT, word.strip_prefix('-')?),
    };
    let name = name.split(['=', ' ']).next().unwrap_or(name);
    if word.starts_with("--device-cgroup-rule") {
        return Some(Reason::Sentence(DEVICE_RULES));
    }
    if ELSEWHERE.contains(&name) && word.starts_with("--") {
        return Some(REMOTE);
    }
    if let Some((_, why)) = NEVER
        .iter()
        .find(|never| never.0 == name && word.starts_with("--"))
    {
        return Some(Reason::Never(why));
    }
    list.contains(&name).then_some(Reason::Later)
}

/// Returns why a command that clap does not know is refused, if Podman has it.
pub fn command(path: &str) -> Option<Reason> {
    match path {
        "machine" => Some(Reason::Never("virtual machines are not Coracle's trade")),
        "container checkpoint" | "container restore" => Some(Reason::Never(
            "CRIU takes capabilities on the host that no rootless engine has",
        )),
        "generate kube" | "generate systemd" => Some(Reason::Later),
        "farm" | "system connection" => Some(REMOTE),
        "swarm" => Some(Reason::Never("clusters are not Coracle's trade")),
        _ => COMMANDS.contains(&path).then_some(Reason::Later),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn podmans_words_are_known() {
        for (word, reason) in [
            ("--pod", Some(Reason::Later)),
            ("--pod=1g", Some(Reason::Later)),
            ("--cpu-rt-period=5", Some(Reason::Never(REAL_TIME))),
            ("--url", Some(REMOTE)),
            ("--what", None),
            ("-x", None),
        ] {
            assert_eq!(option(word), reason, "{word}");
        }
        assert_eq!(command("kube"), Some(Reason::Later));
        assert_eq!(command("what"), None);
    }
}
