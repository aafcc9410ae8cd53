//! The parent's side: spec → lists of steps. No system calls but looking at mount sources.
//!
//! The order of a start is that of `design.md` section 5 and cannot be changed: U0 makes
//! every mount, the container's first process is cloned without a mount namespace of its
//! own and unshares one last, which locks what was mounted.

use std::os::fd::RawFd;

use oci_spec::runtime::{
    LinuxNamespaceType, LinuxPersonality, LinuxPersonalityDomain, Process, Spec,
};

use crate::runtime::bundle_step::BundleStep;
use crate::runtime::capability::bits;
use crate::runtime::limits;
use crate::runtime::mounts::{self, Mounts};
use crate::runtime::owner::Owner;
use crate::runtime::step::{
    Attributes, Link, NODEV, Overlay, PRIVATE, RDONLY, Register, Step, Want,
};

pub const CLONE_NEWNS: u64 = 0x0002_0000;
pub const CLONE_NEWCGROUP: u64 = 0x0200_0000;
pub const CLONE_NEWUTS: u64 = 0x0400_0000;
pub const CLONE_NEWIPC: u64 = 0x0800_0000;
pub const CLONE_NEWUSER: u64 = 0x1000_0000;
pub const CLONE_NEWPID: u64 = 0x2000_0000;
pub const CLONE_NEWNET: u64 = 0x4000_0000;

/// The three lists of a start.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub builder: Vec<Step>,
    pub helper: Vec<Step>,
    pub init: Vec<Step>,
}

/// What a start needs besides the spec. Descriptors are the numbers the guest will see.
#[derive(Debug, Default)]
pub struct Session {
    /// U0; `None` when the guest is in it already.
    pub user_namespace: Option<RawFd>,
    /// One id only: no groups, no other users.
    pub single: bool,
    /// The caller, who the builder stays, is not root of U0: uid 0 is not, unless nothing else
    /// is possible.
    pub apart: bool,
    pub overlay: Overlay,
    /// A directory of the host that is the root as it is, instead of the overlay.
    pub in_place: Option<String>,
    /// The tree is not the kernel's overlay but what the server of the orders makes of it.
    pub served: bool,
    /// A host directory to mount the root on; used inside the builder's namespace only.
    pub staging: String,
    /// The user namespace of another container, for the first process.
    pub join_user: Option<RawFd>,
    /// The first process of the container whose /dev/shm is used too: a pidfd.
    pub lender: Option<RawFd>,
    /// Namespaces of other containers to enter: descriptor, kind, what they are.
    pub join: Vec<(RawFd, u64, String)>,
    /// BPF program of the seccomp filter; empty without one.
    pub seccomp: Vec<u8>,
    pub tty: bool,
    pub stdin: bool,
    /// The caller's supplementary groups stay as they are.
    pub keep_groups: bool,
    /// The workload gets the caller's own streams.
    pub passes_streams: bool,
    /// `-w` or the image's directory, made when missing.
    /// Made where the image lacks it.
    pub workdir: Option<String>,
    /// Paths of ours that the container's root shall own.
    pub owned: Vec<String>,
    /// Paths in the container and what is added to the files there.
    pub append: Vec<(String, String)>,
    /// What /etc/localtime is to lead to; `None` leaves it.
    pub time_zone: Option<String>,
    /// Whether lo has to be brought up: a network namespace of its own.
    pub loopback: bool,
    /// Descriptors of the caller and the numbers the workload finds them at.
    pub kept: Vec<(RawFd, RawFd)>,
    /// The control group is the container's own.
    pub grouped: bool,
    /// Of one more process; a start finds its own in the spec.
    pub personality: Option<LinuxPersonality>,
}

impl Session {
    /// Makes the root, without a place yet.
    pub(super) fn root(&self) -> Vec<Step> {
        let to = Register::ROOT;
        let Some(path) = &self.in_place else {
            let overlay = self.overlay.clone();
            return vec![match self.served {
                true => Step::Served { to },
                false => Step::Overlay { to, overlay },
            }];
        };
        vec![
            Step::Open {
                to: Register::SOURCE,
                path: path.clone(),
                want: Want::Directory,
            },
            Step::CloneTree {
                to: Register::ROOT,
                from: Register::SOURCE,
                // What is mounted below comes along: inherited, it is locked to its parent.
                recursive: true,
            },
            Step::SetAttributes {
                of: Register::ROOT,
                recursive: true,
                attributes: Attributes {
                    set: NODEV,
                    clear: 0,
                    propagation: PRIVATE,
                },
            },
        ]
    }
}

impl Session {
    /// What is written into the root before anything is mounted there.
    pub(super) fn additions(&self) -> impl Iterator<Item = Step> {
        let lines = self.append.iter().map(|(path, text)| Step::Append {
            root: Register::ROOT,
            path: path.clone(),
            text: text.clone(),
        });
        let zone = self.time_zone.iter().map(|target| Step::Link {
            root: Register::ROOT,
            manner: Link::Replacing,
            directory: "/etc".to_owned(),
            name: "localtime".to_owned(),
            target: target.clone(),
        });
        // Where the image lacks it; with a directory of the host's as root nothing is put there.
        let table = Step::Link {
            root: Register::ROOT,
            manner: Link::WhereFree,
            directory: "/etc".to_owned(),
            name: "mtab".to_owned(),
            target: "/proc/mounts".to_owned(),
        };
        let table = self.in_place.is_none().then_some(table);
        lines.chain(zone).chain(table)
    }
}

impl Session {
    /// To whom belongs what is made for the container.
    pub fn owner(&self, spec: &Spec, process: &Process) -> Owner {
        let mut owner = Owner::of(spec, process);
        if self.apart {
            owner.root.get_or_insert((0, 0));
        }
        owner
    }
}

impl Plan {
    /// Plans the start of a container.
    pub fn start(spec: &Spec, session: &Session) -> Self {
        let process = spec.process().clone().unwrap_or_default();
        let none = Vec::new();
        let Mounts {
            builder: early,
            helper: late,
        } = Mounts::of(
            spec.mounts().as_ref().unwrap_or(&none),
            &session.owner(spec, &process),
            session,
        );
        let own = own_namespaces(spec);
        Self {
            builder: builder(spec, session, &process, early, own),
            helper: helper(spec, &process, session, late),
            init: init(spec, &process, session, own),
        }
    }

    /// Plans one more process in a running container, whose namespaces are joined through a
    /// pidfd of its init.
    pub fn join(process: &Process, session: &Session, init: RawFd, kinds: u64) -> Self {
        let mut builder = vec![
            Step::Dumpable(false),
            Step::Join {
                fd: init,
                flags: kinds,
                what: "the container".to_owned(),
            },
        ];
        if session.tty {
            let uid = process.user().uid();
            builder.push(Step::Open {
                to: Register::PTS,
                path: "/dev/pts".to_owned(),
                want: Want::Directory,
            });
            builder.push(Step::Terminal {
                devpts: Register::PTS,
                uid,
                to: Register::TERMINAL,
            });
            builder.extend(window(process));
        }
        builder.push(Step::Init {
            flags: 0,
            uid_map: String::new(),
            gid_map: String::new(),
            deny_setgroups: false,
        });
        builder.push(Step::Release);
        let mut init = vec![Step::DieWithParent, Step::Await];
        init.push(persona(session.personality.as_ref()));
        init.extend(become_workload(process, session));
        Self {
            builder,
            helper: Vec::new(),
            init,
        }
    }
}

/// Flags of the namespaces the spec wants new; the mount namespace comes later.
fn own_namespaces(spec: &Spec) -> u64 {
    let Some(linux) = spec.linux() else { return 0 };
    let none = Vec::new();
    linux
        .namespaces()
        .as_ref()
        .unwrap_or(&none)
        .iter()
        .filter(|namespace| namespace.path().is_none())
        .map(|namespace| match namespace.typ() {
            LinuxNamespaceType::User => CLONE_NEWUSER,
            LinuxNamespaceType::Pid => CLONE_NEWPID,
            LinuxNamespaceType::Ipc => CLONE_NEWIPC,
            LinuxNamespaceType::Uts => CLONE_NEWUTS,
            LinuxNamespaceType::Network => CLONE_NEWNET,
            LinuxNamespaceType::Cgroup => CLONE_NEWCGROUP,
            _ => 0,
        })
        .fold(0, |all, flag| all | flag)
}

fn builder(
    spec: &Spec,
    session: &Session,
    process: &Process,
    early: Vec<Step>,
    own: u64,
) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(session.user_namespace.map(Step::JoinUser));
    for (fd, flags, what) in &session.join {
        steps.push(Step::Join {
            fd: *fd,
            flags: *flags,
            what: what.clone(),
        });
    }
    steps.push(Step::Unshare(CLONE_NEWNS));
    steps.push(Step::Slave);
    // Joining U0 made us undumpable, and then our own /proc entries belong to nobody who
    // may write id maps: proc(5). Only until init exists.
    steps.push(Step::Dumpable(true));
    let owner = session.owner(spec, process);
    steps.extend(owner.steps(&session.owned));
    steps.extend(mounts::covers());
    steps.extend(session.root());
    steps.push(Step::Place {
        mount: Register::ROOT,
        path: session.staging.clone(),
    });
    steps.extend(session.additions());
    steps.extend(early);
    steps.extend(mounts::devices());
    if session.tty {
        steps.extend(terminal(owner.user.0, window(process)));
    }
    steps.extend(session.join_user.map(Step::InitUser));
    let (uid_map, gid_map) = maps(spec);
    steps.push(Step::Init {
        flags: own,
        uid_map,
        gid_map,
        deny_setgroups: session.single,
    });
    steps.push(Step::Help {
        namespaces: own & (CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP),
    });
    steps.push(Step::Pivot(Register::ROOT));
    steps.push(Step::Release);
    steps
}

/// The size that the terminal has from the beginning: runtime-spec config.md, "consoleSize".
pub(super) fn window(process: &Process) -> Option<Step> {
    let size = process.console_size()?;
    let side = |value: u64| u16::try_from(value).unwrap_or(u16::MAX);
    Some(Step::Bundle(BundleStep::Window {
        rows: side(size.height()),
        columns: side(size.width()),
    }))
}

fn terminal(uid: u32, window: Option<Step>) -> Vec<Step> {
    let mut steps = vec![
        Step::OpenIn {
            to: Register::PTS,
            root: Register::ROOT,
            path: "/dev/pts".to_owned(),
        },
        Step::Terminal {
            devpts: Register::PTS,
            uid,
            to: Register::TERMINAL,
        },
    ];
    steps.extend(window);
    steps.extend(console());
    steps
}

fn console() -> [Step; 2] {
    [
        Step::CloneTree {
            to: Register::MOUNT,
            from: Register::TERMINAL,
            recursive: false,
        },
        Step::Attach {
            mount: Register::MOUNT,
            root: Register::ROOT,
            target: crate::runtime::step::Target::File,
            path: "/dev/console".to_owned(),
            optional: false,
        },
    ]
}

/// Map files' lines: `inside outside count`.
pub fn maps(spec: &Spec) -> (String, String) {
    let Some(linux) = spec.linux() else {
        return Default::default();
    };
    let lines = |maps: &Option<Vec<oci_spec::runtime::LinuxIdMapping>>| {
        maps.iter()
            .flatten()
            .map(|map| format!("{} {} {}\n", map.container_id(), map.host_id(), map.size()))
            .collect()
    };
    (lines(linux.uid_mappings()), lines(linux.gid_mappings()))
}

fn helper(spec: &Spec, process: &Process, session: &Session, late: Vec<Step>) -> Vec<Step> {
    let mut steps = Vec::new();
    let Some(linux) = spec.linux() else {
        return late;
    };
    let owner = session.owner(spec, process);
    let sysctls = linux
        .sysctl()
        .iter()
        .flatten()
        .collect::<std::collections::BTreeMap<_, _>>();
    for step in late {
        let attaches_proc = matches!(
            &step,
            Step::Attach {
                mount: Register::PROC,
                ..
            }
        );
        if attaches_proc {
            // Through the detached procfs, which nothing can have mounted over (S-55).
            for (key, value) in &sysctls {
                steps.push(Step::Write {
                    root: Register::PROC,
                    path: format!("sys/{}", key.replace('.', "/")),
                    value: (*value).clone(),
                });
            }
        }
        steps.push(step);
    }
    for path in linux.readonly_paths().iter().flatten() {
        steps.push(Step::ReadOnly {
            root: Register::ROOT,
            path: path.clone(),
        });
    }
    for path in linux.masked_paths().iter().flatten() {
        steps.push(Step::Mask {
            root: Register::ROOT,
            path: path.clone(),
        });
    }
    if let Some(path) = &session.workdir {
        steps.push(Step::Workdir {
            root: Register::ROOT,
            uid: owner.user.0,
            gid: owner.user.1,
            path: path.clone(),
        });
    }
    if spec
        .root()
        .as_ref()
        .and_then(|root| root.readonly())
        .unwrap_or(false)
    {
        steps.push(Step::SetAttributes {
            of: Register::ROOT,
            recursive: false,
            attributes: Attributes {
                set: RDONLY,
                ..Attributes::default()
            },
        });
    }
    steps
}

fn init(spec: &Spec, process: &Process, session: &Session, own: u64) -> Vec<Step> {
    let mut steps = vec![Step::DieWithParent, Step::Await, Step::Unshare(CLONE_NEWNS)];
    if own & CLONE_NEWUTS != 0
        && let Some(name) = spec.hostname()
    {
        steps.push(Step::Hostname(name.clone()));
    }
    if own & CLONE_NEWUTS != 0
        && let Some(name) = spec.domainname()
    {
        steps.push(Step::Bundle(BundleStep::DomainName(name.clone())));
    }
    if session.loopback {
        steps.push(Step::Loopback);
    }
    let linux = spec.linux().as_ref();
    steps.push(persona(
        linux.and_then(|linux| linux.personality().as_ref()),
    ));
    steps.extend(become_workload(process, session));
    steps
}

/// The execution domain, sys/personality.h. Always set: the caller's, which may have been started
/// by setarch(8), would be handed down, and a container without address randomisation with it
/// (S-73).
fn persona(wanted: Option<&LinuxPersonality>) -> Step {
    let bits = match wanted.map(LinuxPersonality::domain) {
        None | Some(LinuxPersonalityDomain::PerLinux) => 0,
        Some(LinuxPersonalityDomain::PerLinux32) => 8,
    };
    Step::Bundle(BundleStep::Personality(bits))
}

impl Plan {
    /// The end of a plan for a first process that waits for the word already, which had
    /// `count` steps in all: what it reports from now on is about these.
    pub fn resumed(process: &Process, session: &Session, count: usize) -> Self {
        let rest = become_workload(process, session);
        let mut init = vec![Step::Ready; count.saturating_sub(rest.len())];
        init.extend(rest);
        Self {
            init,
            ..Self::default()
        }
    }
}

/// From a process with every right in its namespace to the workload.
fn become_workload(process: &Process, session: &Session) -> Vec<Step> {
    let user = process.user();
    let no_new_privileges = process.no_new_privileges().unwrap_or(false);
    let mut steps = vec![
        Step::Keyring,
        // Whoever must open something of ours in /proc has done so: the builder opened our
        // namespaces for the network helper while we waited.
        Step::Dumpable(false),
        Step::Ready,
        Step::Stdio {
            tty: session.tty,
            stdin: session.stdin || session.passes_streams,
            uid: (!session.passes_streams).then_some(user.uid()),
        },
    ];
    if !session.kept.is_empty() {
        steps.push(Step::KeepAs(session.kept.clone()));
    }
    for limit in process.rlimits().iter().flatten() {
        steps.push(limits::step(limit.typ(), limit.soft(), limit.hard()));
    }
    steps.push(Step::Umask(user.umask().unwrap_or(0o022)));
    let capabilities = process.capabilities().clone().unwrap_or_default();
    steps.push(Step::Bound(bits(capabilities.bounding().as_ref())));
    // Without no_new_privs a filter takes CAP_SYS_ADMIN, which goes with the next steps:
    // seccomp(2). The default profile allows what they call.
    let filter = (!session.seccomp.is_empty()).then(|| Step::Seccomp(session.seccomp.clone()));
    if !no_new_privileges {
        steps.extend(filter.clone());
    }
    if !session.single && !session.keep_groups {
        let mut groups = vec![user.gid()];
        groups.extend(
            user.additional_gids()
                .iter()
                .flatten()
                .filter(|gid| **gid != user.gid()),
        );
        steps.push(Step::Groups(groups));
    }
    steps.push(Step::Ids {
        uid: user.uid(),
        gid: user.gid(),
    });
    steps.push(Step::Capabilities {
        effective: bits(capabilities.effective().as_ref()),
        permitted: bits(capabilities.permitted().as_ref()),
        inheritable: bits(capabilities.inheritable().as_ref()),
        ambient: bits(capabilities.ambient().as_ref()),
    });
    steps.push(Step::Chdir(process.cwd().to_string_lossy().into_owned()));
    if no_new_privileges {
        steps.push(Step::NoNewPrivileges);
        steps.extend(filter);
    }
    // Once more: a change of ids has cleared it, prctl(2).
    steps.push(Step::DieWithParent);
    steps.push(exec(process));
    steps
}

/// Where a shell would look when PATH is unset: execvp(3).
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn exec(process: &Process) -> Step {
    Step::Exec {
        keep: 0,
        candidates: candidates(process),
        argv: process.args().clone().unwrap_or_default(),
        env: process.env().clone().unwrap_or_default(),
    }
}

/// The files that a process's command may be, in the order a shell looks.
pub fn candidates(process: &Process) -> Vec<String> {
    let none = Vec::new();
    let command = process.args().iter().flatten().next().cloned();
    let command = command.unwrap_or_default();
    let env = process.env().as_ref().unwrap_or(&none);
    if command.contains('/') {
        vec![command]
    } else {
        let path = env
            .iter()
            .rev()
            .find_map(|entry| entry.strip_prefix("PATH="));
        path.unwrap_or(DEFAULT_PATH)
            .split(':')
            .map(|folder| match folder {
                "" => format!("./{command}"),
                folder => format!("{}/{command}", folder.trim_end_matches('/')),
            })
            .collect()
    }
}
