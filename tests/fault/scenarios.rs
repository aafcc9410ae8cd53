//! For every failpoint a command that passes it, and what may come of that.

/// A command with what has to be done around it.
pub struct Scenario {
    pub failpoint: &'static str,
    /// Which passage fails; 0 is the first.
    pub passage: u32,
    /// A world without a running container, whose store has seen no start yet.
    pub fresh: bool,
    pub before: &'static [&'static [&'static str]],
    pub command: &'static [&'static str],
    /// The process that passes it: the command, or one that works for it.
    pub who: Who,
    /// What the same command may answer after the kill.
    pub again: &'static [i32],
    /// The failure comes after the change: the state is the new one.
    pub changed: bool,
    pub undo: &'static [&'static [&'static str]],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Command,
    /// A worker the command waits for: its failure is the command's.
    Worker,
    /// A process nobody waits for: the command succeeds.
    Nobody,
}

const fn of(failpoint: &'static str, command: &'static [&'static str]) -> Scenario {
    Scenario {
        failpoint,
        passage: 0,
        fresh: false,
        before: &[],
        command,
        who: Who::Command,
        again: &[0],
        changed: false,
        undo: &[],
    }
}

const fn fresh(failpoint: &'static str) -> Scenario {
    Scenario {
        fresh: true,
        ..of(failpoint, RUN)
    }
}

const fn loading(failpoint: &'static str, who: Who, changed: bool) -> Scenario {
    Scenario {
        who,
        changed,
        undo: &[&["rmi", "localhost/deep"]],
        ..of(failpoint, &["load", "-q", "-i", "deep.tar"])
    }
}

const fn removing(failpoint: &'static str, who: Who, again: &'static [i32]) -> Scenario {
    Scenario {
        before: CREATE,
        who,
        again,
        ..of(failpoint, &["rm", "one"])
    }
}

const fn filling(failpoint: &'static str, who: Who) -> Scenario {
    Scenario {
        who,
        ..of(failpoint, FILL)
    }
}

/// A start of the container that has ended before: its exit code 3 must stay.
const fn starting(failpoint: &'static str) -> Scenario {
    of(failpoint, &["start", "-a", "ended"])
}

const RUN: &[&str] = &[
    "run",
    "--rm",
    "--name",
    "one",
    "--network",
    "none",
    "tiny",
    "true",
];
const FILL: &[&str] = &[
    "run",
    "--rm",
    "--name",
    "one",
    "--network",
    "none",
    "-v",
    "/home/sailor",
    "-v",
    "/etc",
    "tiny",
    "true",
];
const SHIFT: &[&str] = &[
    "run",
    "--rm",
    "--name",
    "one",
    "--network",
    "none",
    "--userns",
    "nomap",
    "tiny",
    "true",
];
const CREATE: &[&[&str]] = &[&[
    "create",
    "--name",
    "one",
    "--network",
    "none",
    "tiny",
    "true",
]];
const SLEEP: &[&[&str]] = &[&[
    "run",
    "-d",
    "--name",
    "one",
    "--network",
    "none",
    "tiny",
    "sleep",
    "1000",
]];
const PREPARED: &[&[&str]] = &[CREATE[0], &["init", "one"]];
const RENAME: &[&str] = &["rename", "one", "two"];
const GONE: &[&[&str]] = &[&["rm", "-f", "-t", "0", "one"]];

pub const ALL: &[Scenario] = &[
    of(
        "engine.archive.written",
        &["save", "-q", "-o", "saved.tar", "tiny"],
    ),
    of(
        "engine.image.sent",
        &["push", "-q", "tiny", "dir:saved.tar.dir"],
    ),
    of(
        "engine.image.sent",
        &[
            "save",
            "-q",
            "--format",
            "oci-dir",
            "-o",
            "saved.tar.oci",
            "tiny",
        ],
    ),
    of("engine.bundle.made", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.bundle.made")
    },
    of("engine.bundle.removed", RUN),
    of("engine.container.created", RUN),
    Scenario {
        again: &[125],
        undo: GONE,
        ..of("engine.container.created", CREATE[0])
    },
    of("engine.container.discarded", RUN),
    filling("engine.copyup.done", Who::Worker),
    of("engine.exec.ready", &["exec", "bystander", "true"]),
    of("engine.exec.running", &["exec", "bystander", "true"]),
    Scenario {
        who: Who::Nobody,
        ..of(
            "engine.exit.followed",
            &[
                "run",
                "-d",
                "--rm",
                "--name",
                "one",
                "--network",
                "none",
                "tiny",
                "true",
            ],
        )
    },
    Scenario {
        before: PREPARED,
        undo: GONE,
        ..of("engine.held.found", &["start", "one"])
    },
    Scenario {
        before: SLEEP,
        undo: GONE,
        ..of("engine.kill.marked", &["kill", "one"])
    },
    of("engine.monitor.launched", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.monitor.launched")
    },
    of("engine.cgroup.made", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.cgroup.made")
    },
    of("engine.monitor.ready", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.monitor.ready")
    },
    of("engine.monitor.running", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.monitor.running")
    },
    of("engine.run.recorded", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.run.recorded")
    },
    of("engine.run.written", RUN),
    Scenario {
        again: STARTED,
        ..starting("engine.run.written")
    },
    Scenario {
        before: SLEEP,
        undo: GONE,
        ..of("engine.stop.marked", &["stop", "-t", "0", "one"])
    },
    Scenario {
        before: SLEEP,
        undo: GONE,
        ..of("engine.stop.signalled", &["stop", "-t", "0", "one"])
    },
    filling("engine.volume.filled", Who::Command),
    filling("engine.volumes.removed", Who::Command),
    Scenario {
        before: VOLUME,
        ..of("engine.volume.unused", UNVOLUME[0])
    },
    Scenario {
        before: VOLUME,
        undo: UNVOLUME,
        who: Who::Worker,
        changed: true,
        ..of(
            "layer.tree.arrived",
            &["volume", "import", "vol", "deep.tar"],
        )
    },
    loading("layer.tree.unpacked", Who::Worker, false),
    Scenario {
        undo: &[&["rmi", "localhost/hello"]],
        ..of("store.claim.taken", HELLO)
    },
    removing("store.container.leaving", Who::Command, &[0]),
    of("store.container.named", RUN),
    Scenario {
        changed: true,
        ..removing("store.container.removed", Who::Command, &[1])
    },
    Scenario {
        undo: &[&["rmi", "localhost/made"]],
        ..of("engine.commit.packed", &["commit", "-q", "ended", "made"])
    },
    Scenario {
        who: Who::Worker,
        undo: &[&["rmi", "localhost/made"]],
        ..of(
            "layer.dedupe.joined",
            &["commit", "-q", "--squash", "ended", "made"],
        )
    },
    of("store.container.staged", RUN),
    of("store.file.written", RUN),
    Scenario {
        passage: 1,
        ..of("store.file.written", RUN)
    },
    Scenario {
        passage: 2,
        ..of("store.file.written", RUN)
    },
    Scenario {
        undo: GONE,
        ..of("store.file.written", CREATE[0])
    },
    Scenario {
        passage: 1,
        undo: GONE,
        ..of("store.file.written", CREATE[0])
    },
    loading("store.file.written", Who::Command, false),
    Scenario {
        passage: 1,
        ..loading("store.file.written", Who::Command, false)
    },
    Scenario {
        passage: 2,
        ..loading("store.file.written", Who::Command, false)
    },
    Scenario {
        before: LOADED,
        again: &[0],
        ..of("store.image.leaving", &["rmi", "localhost/deep"])
    },
    Scenario {
        before: CREATE,
        undo: &[&["rm", "two"]],
        ..of("store.name.reserved", RENAME)
    },
    Scenario {
        before: CREATE,
        again: &[0, 125],
        changed: true,
        undo: &[&["rm", "two"]],
        ..of("store.name.written", RENAME)
    },
    Scenario {
        undo: UNTAG,
        ..of("store.image.naming", TAG[0])
    },
    loading("store.image.naming", Who::Command, true),
    loading("store.image.recorded", Who::Command, true),
    Scenario {
        before: LOADED,
        again: &[1],
        changed: true,
        ..of("store.image.removed", &["rmi", "localhost/deep"])
    },
    Scenario {
        before: TAG,
        ..of("store.image.unnaming", UNTAG[0])
    },
    Scenario {
        before: UNNAMED,
        ..of("store.image.unused", &["image", "prune", "-f"])
    },
    Scenario {
        before: UNNAMED,
        changed: true,
        ..of("store.image.removed", &["image", "prune", "-f"])
    },
    Scenario {
        before: UNNAMED,
        ..of("store.image.leaving", &["image", "prune", "-f"])
    },
    loading("store.image.verified", Who::Command, false),
    loading("store.layer.announced", Who::Command, false),
    loading("store.layer.attested", Who::Command, false),
    Scenario {
        passage: 1,
        ..loading("store.layer.attested", Who::Command, false)
    },
    loading("store.layer.committed", Who::Command, false),
    loading("store.layer.staged", Who::Command, false),
    Scenario {
        passage: 1,
        ..loading("store.layer.staged", Who::Command, false)
    },
    loading("store.lease.begun", Who::Command, false),
    fresh("store.program.written"),
    Scenario {
        before: SECRET,
        again: &[125],
        changed: true,
        ..of("store.secret.removed", UNSECRET[0])
    },
    Scenario {
        undo: UNSECRET,
        ..of("store.file.written", SECRET[0])
    },
    Scenario {
        before: SECRET,
        undo: UNSECRET,
        ..of(
            "store.file.written",
            &["secret", "create", "--replace", "sec", "/etc/hostname"],
        )
    },
    Scenario {
        before: SECRET,
        undo: UNSECRET,
        ..of(
            "engine.bundle.made",
            &[
                "run",
                "--rm",
                "--name",
                "one",
                "--network",
                "none",
                "--secret",
                "sec",
                "tiny",
                "true",
            ],
        )
    },
    of("store.shifted.staged", SHIFT),
    removing("store.sweep.collected", Who::Nobody, &[1]),
    removing("store.sweep.emptied", Who::Nobody, &[1]),
    removing("store.sweep.reclaimed", Who::Nobody, &[1]),
    Scenario {
        before: VOLUME,
        again: &[1],
        changed: true,
        ..of("store.volume.removed", UNVOLUME[0])
    },
    filling("store.volume.staged", Who::Command),
    Scenario {
        undo: UNVOLUME,
        ..of("store.volume.staged", VOLUME[0])
    },
    fresh("userns.keeper.recorded"),
    fresh("userns.keeper.started"),
    fresh("userns.maps.written"),
];

const VOLUME: &[&[&str]] = &[&["volume", "create", "vol"]];
const UNVOLUME: &[&[&str]] = &[&["volume", "rm", "vol"]];

const SECRET: &[&[&str]] = &[&["secret", "create", "sec", "/etc/hosts"]];
const UNSECRET: &[&[&str]] = &[&["secret", "rm", "sec"]];

/// The code of the container that has ended.
const STARTED: &[i32] = &[3];
const HELLO: &[&str] = &["run", "--rm", "--name", "one", "--network", "none", "hello"];
const LOADED: &[&[&str]] = &[&["load", "-q", "-i", "deep.tar"]];
/// An image that has lost its name.
const UNNAMED: &[&[&str]] = &[LOADED[0], &["untag", "localhost/deep"]];
const TAG: &[&[&str]] = &[&["tag", "tiny", "localhost/new:1"]];
const UNTAG: &[&[&str]] = &[&["rmi", "localhost/new:1"]];

/// Failpoints whose tests are elsewhere in this file, because a command alone does not get there.
/// A reset ends the world of all scenarios: `tests/system_reset.rs`.
pub const ELSEWHERE: &[&str] = &[
    "engine.container.settled",
    "engine.network.connected",
    "engine.network.joined",
    "engine.network.leased",
    "engine.network.left",
    "engine.network.recorded",
    "engine.network.shared",
    "engine.reset.deleted",
    "engine.reset.emptied",
    "network.holder.started",
    "network.uplink.started",
    "store.layer.condemned",
    "store.reset.bared",
    "store.reset.discarding",
    "store.reset.unmarked",
];
