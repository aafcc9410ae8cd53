//! A bundle of others → the lists of steps: `coracle runtime`, runtime-spec config-linux.md.
//!
//! Unlike a start of ours it does what the spec says and nothing else: no user namespace unless
//! one is asked for, the given root as it is, hooks, no monitor afterwards. The order:
//!
//! ```text
//! BORN: the command puts us into the cgroup
//! namespaces with a path; sources cloned with the caller's rights
//! user namespace, MAPS: the command writes them; mount namespace; mounts, devices
//! init cloned; helper: proc, sysfs, masks; CREATED: createRuntime hooks
//! createContainer hooks; pivot; init goes on until AwaitStart
//! ```

use std::os::fd::RawFd;
use std::path::PathBuf;

use oci_spec::runtime::{Linux, LinuxDevice, LinuxDeviceType, LinuxNamespaceType, Process, Spec};

use crate::guest::wire::stage;
use crate::runtime::bundle_mounts::{BundleMounts, CgroupView};
use crate::runtime::bundle_process::init;
use crate::runtime::bundle_step::{BundleStep, Hook, Node};
use crate::runtime::error::Error;
use crate::runtime::mounts;
use crate::runtime::plan::{
    CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER,
    CLONE_NEWUTS, Plan, window,
};
use crate::runtime::step::{
    Attributes, PRIVATE, RDONLY, Register, SHARED, SLAVE, Step, Target, Want,
};
use crate::runtime::terms;

const CLONE_NEWTIME: u64 = 0x80;

/// What a plan needs besides the spec. Descriptors are the numbers the guest will see.
#[derive(Debug)]
pub struct Session {
    /// The bundle's directory.
    pub bundle: PathBuf,
    /// CAP_SYS_ADMIN before any user namespace of the spec's.
    pub privileged: bool,
    /// A user namespace with a path.
    pub join_user: Option<RawFd>,
    /// Other namespaces with one: descriptor, kind, what they are.
    pub join: Vec<(RawFd, u64, String)>,
    /// Supplementary groups cannot be set: user_namespaces(7).
    pub deny_groups: bool,
    pub cgroups: CgroupView,
    pub seccomp: Option<Filter>,
    /// The socket that `start` connects to.
    pub listen: RawFd,
    pub preserve: Vec<RawFd>,
    pub new_keyring: bool,
    pub security: Security,
    /// The state's JSON for hooks in the container, cut where the pid goes: while creating, and
    /// when created.
    pub states: [(String, String); 2],
}

/// A seccomp program with its flags: seccomp(2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub flags: u64,
    pub program: Vec<u8>,
}

/// Which security modules run here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Security {
    pub apparmor: bool,
    pub selinux: bool,
}

impl Plan {
    /// Plans the creation of a container from a bundle.
    pub fn bundle(spec: &Spec, session: &Session) -> Result<Self, Error> {
        let linux = spec.linux().clone().unwrap_or_default();
        let process = spec.process().clone().unwrap_or_default();
        let none = Vec::new();
        let mounts = BundleMounts::of(
            spec.mounts().as_ref().unwrap_or(&none),
            &session.bundle,
            &session.cgroups,
        )?;
        let own = own(&linux);
        let helper = helper(&linux, mounts.helper.clone(), &process);
        Ok(Self {
            builder: builder(spec, &linux, session, &process, mounts, own)?,
            helper,
            init: init(spec, &linux, &process, session, own)?,
        })
    }
}

/// Flags of the namespaces that are made, not joined.
fn own(linux: &Linux) -> u64 {
    let listed = linux.namespaces().iter().flatten();
    listed
        .filter(|namespace| namespace.path().is_none())
        .map(|namespace| flag(namespace.typ()))
        .fold(0, |all, flag| all | flag)
}

/// A namespace's clone flag: namespaces(7).
pub fn flag(kind: LinuxNamespaceType) -> u64 {
    match kind {
        LinuxNamespaceType::Mount => CLONE_NEWNS,
        LinuxNamespaceType::Cgroup => CLONE_NEWCGROUP,
        LinuxNamespaceType::Uts => CLONE_NEWUTS,
        LinuxNamespaceType::Ipc => CLONE_NEWIPC,
        LinuxNamespaceType::User => CLONE_NEWUSER,
        LinuxNamespaceType::Pid => CLONE_NEWPID,
        LinuxNamespaceType::Network => CLONE_NEWNET,
        LinuxNamespaceType::Time => CLONE_NEWTIME,
    }
}

fn builder(
    spec: &Spec,
    linux: &Linux,
    session: &Session,
    process: &Process,
    mounts: BundleMounts,
    own: u64,
) -> Result<Vec<Step>, Error> {
    let hold = |stage| Step::Bundle(BundleStep::Hold(stage));
    let mut steps = vec![hold(stage::BORN)];
    let sources = sources(spec, session, mounts.sources);
    let joins = session.join.iter().map(|(fd, flags, what)| Step::Join {
        fd: *fd,
        flags: *flags,
        what: what.clone(),
    });
    let other_user = own & CLONE_NEWUSER != 0 || session.join_user.is_some();
    if session.privileged {
        steps.extend(joins.clone());
        steps.push(Step::Unshare(CLONE_NEWNS));
        steps.extend(sources.clone());
    }
    if let Some(fd) = session.join_user {
        steps.push(Step::JoinUser(fd));
    } else if own & CLONE_NEWUSER != 0 {
        steps.push(Step::Unshare(CLONE_NEWUSER));
        steps.push(hold(stage::MAPS));
    }
    if other_user {
        steps.push(Step::Ids { uid: 0, gid: 0 });
        steps.push(Step::Unshare(CLONE_NEWNS));
    }
    // A change of ids makes us undumpable, and then our own files in /proc are nobody's: proc(5).
    steps.push(Step::Dumpable(true));
    if !session.privileged {
        steps.extend(joins);
        steps.extend(sources);
    }
    steps.push(Step::Slave);
    steps.extend(mounts::covers());
    steps.push(Step::SetAttributes {
        of: Register::ROOT,
        recursive: true,
        attributes: Attributes {
            propagation: PRIVATE,
            ..Attributes::default()
        },
    });
    // Over our own root: a path to the bundle need not be ours any more.
    steps.push(Step::Place {
        mount: Register::ROOT,
        path: "/".to_owned(),
    });
    steps.extend(mounts.builder);
    if !mounts.dev_is_bound {
        steps.extend(devices(linux)?);
    }
    if process.terminal().unwrap_or(false) {
        steps.push(Step::OpenIn {
            to: Register::PTS,
            root: Register::ROOT,
            path: "/dev/pts".to_owned(),
        });
        steps.extend(terminal(process));
        steps.extend(console());
    }
    if own & CLONE_NEWTIME != 0 {
        steps.push(Step::Unshare(CLONE_NEWTIME));
        let offsets = terms::time_offsets(linux.time_offsets().iter().flatten())?;
        if !offsets.is_empty() {
            steps.push(Step::Bundle(BundleStep::TimeOffsets(offsets)));
        }
    }
    // Its root is the cgroup of whoever makes it: cgroup_namespaces(7).
    if own & CLONE_NEWCGROUP != 0 {
        steps.push(Step::Unshare(CLONE_NEWCGROUP));
    }
    let cloned = own & (CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS);
    steps.push(first_process(cloned));
    steps.push(Step::Help {
        namespaces: cloned & !CLONE_NEWUTS,
    });
    steps.push(hold(stage::CREATED));
    if let Some(hooks) = spec.hooks() {
        for hook in hooks.create_container().iter().flatten() {
            let kind = ("createContainer", cloned);
            steps.push(hook_step(hook, kind, &session.states[0]));
        }
    }
    if spec.root().as_ref().and_then(|root| root.readonly()) == Some(true) {
        steps.push(Step::Bundle(BundleStep::Remount {
            mount: Register::ROOT,
            set: RDONLY,
        }));
    }
    steps.extend(root_propagation(linux));
    steps.push(Step::Pivot(Register::ROOT));
    steps.push(Step::Release);
    Ok(steps)
}

/// Opens and clones the root and everything bound, with the rights of the caller.
fn sources(spec: &Spec, session: &Session, bound: Vec<Step>) -> Vec<Step> {
    let root = spec.root().clone().unwrap_or_default();
    let path = session.bundle.join(root.path());
    let mut steps = vec![
        Step::Open {
            to: Register::SOURCE,
            path: path.to_string_lossy().into_owned(),
            want: Want::Directory,
        },
        Step::CloneTree {
            to: Register::ROOT,
            from: Register::SOURCE,
            recursive: true,
        },
    ];
    steps.extend(bound);
    steps
}

/// `linux.rootfsPropagation`; private is what it is without.
fn root_propagation(linux: &Linux) -> Option<Step> {
    const UNBINDABLE: u64 = 1 << 17;
    let word = linux.rootfs_propagation().as_deref()?;
    let deep = word.strip_prefix('r');
    let propagation = match deep.unwrap_or(word) {
        "shared" => SHARED,
        "slave" => SLAVE,
        "unbindable" => UNBINDABLE,
        _ => return None,
    };
    Some(Step::SetAttributes {
        of: Register::ROOT,
        recursive: deep.is_some(),
        attributes: Attributes {
            propagation,
            ..Attributes::default()
        },
    })
}

pub(super) fn first_process(flags: u64) -> Step {
    Step::Init {
        flags,
        uid_map: String::new(),
        gid_map: String::new(),
        deny_setgroups: false,
    }
}

pub(super) fn hook_step(
    hook: &oci_spec::runtime::Hook,
    (kind, namespaces): (&'static str, u64),
    state: &(String, String),
) -> Step {
    let path = hook.path().to_string_lossy().into_owned();
    let argv = match hook.args() {
        Some(args) if !args.is_empty() => args.clone(),
        _ => vec![path.clone()],
    };
    let seconds = u64::try_from(hook.timeout().unwrap_or(0)).unwrap_or(0);
    Step::Bundle(BundleStep::Hook(Hook {
        kind,
        namespaces,
        milliseconds: seconds.saturating_mul(1000),
        path,
        argv,
        env: hook.env().clone().unwrap_or_default(),
        state: state.clone(),
    }))
}

/// Default devices, those of the spec, and the links: config-linux.md, "Default Devices".
fn devices(linux: &Linux) -> Result<Vec<Step>, Error> {
    const S_IFCHR: u32 = 0o020000;
    const S_IFBLK: u32 = 0o060000;
    const S_IFIFO: u32 = 0o010000;
    let default = |path: &str, major, minor| Node {
        path: path.to_owned(),
        mode: S_IFCHR | 0o666,
        major,
        minor,
        uid: 0,
        gid: 0,
    };
    let mut nodes = vec![
        default("/dev/null", 1, 3),
        default("/dev/zero", 1, 5),
        default("/dev/full", 1, 7),
        default("/dev/random", 1, 8),
        default("/dev/urandom", 1, 9),
        default("/dev/tty", 5, 0),
    ];
    for device in linux.devices().iter().flatten() {
        let node = node(device, [S_IFCHR, S_IFBLK, S_IFIFO])?;
        nodes.retain(|other| other.path != node.path);
        nodes.push(node);
    }
    let mut steps: Vec<Step> = nodes
        .into_iter()
        .map(|node| Step::Bundle(BundleStep::Node(node)))
        .collect();
    steps.push(Step::OpenIn {
        to: Register::DEV,
        root: Register::ROOT,
        path: "/dev".to_owned(),
    });
    steps.extend(
        mounts::dev_links()
            .into_iter()
            .filter(|step| matches!(step, Step::Symlink { .. })),
    );
    Ok(steps)
}

fn node(device: &LinuxDevice, [chr, blk, fifo]: [u32; 3]) -> Result<Node, Error> {
    let path = device.path().to_string_lossy().into_owned();
    let kind = match device.typ() {
        LinuxDeviceType::C | LinuxDeviceType::U => chr,
        LinuxDeviceType::B => blk,
        LinuxDeviceType::P => fifo,
        LinuxDeviceType::A => {
            return Err(Error::invalid(
                format!("linux.devices: {path}"),
                "type a is for cgroup rules only",
            ));
        }
    };
    let number = |value: i64| {
        u64::try_from(value)
            .map_err(|_| Error::invalid(format!("linux.devices: {path}"), "has a negative number"))
    };
    Ok(Node {
        mode: kind | device.file_mode().unwrap_or(0o666) & 0o7777,
        major: number(device.major())?,
        minor: number(device.minor())?,
        uid: device.uid().unwrap_or(0),
        gid: device.gid().unwrap_or(0),
        path,
    })
}

/// The terminal in the devpts whose root is in its register.
pub(super) fn terminal(process: &Process) -> Vec<Step> {
    let mut steps = vec![Step::Terminal {
        devpts: Register::PTS,
        uid: process.user().uid(),
        to: Register::TERMINAL,
    }];
    steps.extend(window(process));
    steps
}

fn console() -> [Step; 3] {
    [
        Step::CloneTree {
            to: Register::MOUNT,
            from: Register::TERMINAL,
            recursive: false,
        },
        // Out of the devpts' peer group.
        Step::SetAttributes {
            of: Register::MOUNT,
            recursive: false,
            attributes: Attributes {
                propagation: PRIVATE,
                ..Attributes::default()
            },
        },
        Step::Attach {
            mount: Register::MOUNT,
            root: Register::ROOT,
            target: Target::File,
            path: "/dev/console".to_owned(),
            optional: false,
        },
    ]
}

fn helper(linux: &Linux, late: Vec<Step>, process: &Process) -> Vec<Step> {
    let mut steps = Vec::new();
    let sysctls: std::collections::BTreeMap<_, _> = linux.sysctl().iter().flatten().collect();
    for step in late {
        // Before it is attached: nothing can have mounted over it (S-55).
        if matches!(&step, Step::Attach { mount, .. } if *mount == Register::PROC) {
            for (key, value) in &sysctls {
                steps.push(Step::Write {
                    root: Register::PROC,
                    path: format!("sys/{}", parameter(key)),
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
    steps.push(Step::Workdir {
        root: Register::ROOT,
        uid: process.user().uid(),
        gid: process.user().gid(),
        path: process.cwd().to_string_lossy().into_owned(),
    });
    steps
}

/// A parameter's file: either separator is understood, the first one decides: sysctl.d(5).
fn parameter(key: &str) -> String {
    match key.find(['.', '/']) {
        Some(at) if key.as_bytes()[at] == b'/' => key.to_owned(),
        _ => key
            .chars()
            .map(|c| match c {
                '.' => '/',
                '/' => '.',
                other => other,
            })
            .collect(),
    }
}
