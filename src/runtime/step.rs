//! The steps of a plan: what each of the container's first processes will do, in order.
//!
//! A step owns every byte it needs. [`encode`] writes it in the form of `guest/wire.rs`;
//! its `Display` says, after a failure, what was being done.

use std::fmt;
use std::os::fd::RawFd;

use crate::guest::wire;
use crate::guest::wire::op;
use crate::runtime::bundle_step::BundleStep;
use crate::runtime::foreign::ForeignStep;
use crate::types::escape;

/// A slot for a descriptor in the acting process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register(pub u64);

impl Register {
    pub const ROOT: Self = Self(0);
    pub const DEV: Self = Self(1);
    pub const PTS: Self = Self(2);
    pub const TERMINAL: Self = Self(3);
    pub const NULL: Self = Self(4);
    pub const EMPTY: Self = Self(5);
    pub const PROC: Self = Self(6);
    /// A source, then what is made of it: free again after it is attached.
    pub const SOURCE: Self = Self(8);
    pub const MOUNT: Self = Self(9);
}

/// What lies at a mount's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Directory,
    File,
    /// A directory that must not be a link: /proc, /sys, /dev (S-51).
    RealDirectory,
}

/// Attributes of mount_setattr(2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes {
    pub set: u64,
    pub clear: u64,
    /// MS_PRIVATE and its like; 0 leaves it.
    pub propagation: u64,
}

pub const RDONLY: u64 = 0x1;
pub const NOSUID: u64 = 0x2;
pub const NODEV: u64 = 0x4;
pub const NOEXEC: u64 = 0x8;
pub const PRIVATE: u64 = 1 << 18;
pub const SLAVE: u64 = 1 << 19;
pub const SHARED: u64 = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    JoinUser(RawFd),
    Join {
        fd: RawFd,
        flags: u64,
        what: String,
    },
    Unshare(u64),
    Slave,
    Dumpable(bool),
    Open {
        to: Register,
        path: String,
        want: Want,
    },
    OpenIn {
        to: Register,
        root: Register,
        path: String,
    },
    CloneTree {
        to: Register,
        from: Register,
        recursive: bool,
    },
    CloneIn {
        to: Register,
        root: Register,
        path: String,
    },
    SetAttributes {
        of: Register,
        recursive: bool,
        attributes: Attributes,
    },
    Filesystem {
        to: Register,
        kind: String,
        attributes: u64,
        parameters: Vec<(String, String)>,
    },
    Overlay {
        to: Register,
        overlay: Overlay,
    },
    /// As [`Step::Overlay`], by the server of the orders.
    Served {
        to: Register,
    },
    Place {
        mount: Register,
        path: String,
    },
    Unplace(String),
    Attach {
        mount: Register,
        root: Register,
        target: Target,
        path: String,
        optional: bool,
    },
    Mkdir {
        root: Register,
        mode: u32,
        path: String,
    },
    Symlink {
        root: Register,
        target: String,
        path: String,
    },
    Terminal {
        devpts: Register,
        uid: u32,
        to: Register,
    },
    Init {
        flags: u64,
        uid_map: String,
        gid_map: String,
        deny_setgroups: bool,
    },
    Help {
        namespaces: u64,
    },
    Pivot(Register),
    Release,
    Write {
        root: Register,
        path: String,
        value: String,
    },
    Mask {
        root: Register,
        path: String,
    },
    ReadOnly {
        root: Register,
        path: String,
    },
    Workdir {
        root: Register,
        uid: u32,
        gid: u32,
        path: String,
    },
    /// The first process will be in this user namespace.
    InitUser(RawFd),
    /// From here on what is made belongs to these ids of U0: the container's root. The
    /// workload's streams belong to `streams`.
    Owner {
        uid: u32,
        gid: u32,
        streams: u32,
    },
    /// Gives something to the owner.
    Own {
        of: Register,
    },
    /// Gives a control group to the owner, as far as it is delegated.
    OwnGroup {
        of: Register,
    },
    /// Clones a mount that another process has.
    Borrow {
        to: Register,
        /// A pidfd.
        of: RawFd,
        path: String,
    },
    /// Makes a symbolic link below a root.
    Link {
        root: Register,
        manner: Link,
        directory: String,
        name: String,
        target: String,
    },
    /// Adds a text to a file below a root.
    Append {
        root: Register,
        path: String,
        text: String,
    },
    Await,
    Hostname(String),
    KeepAs(Vec<(RawFd, RawFd)>),
    Loopback,
    Stdio {
        tty: bool,
        stdin: bool,
        /// Who owns them from now on; `None` when they are the caller's.
        uid: Option<u32>,
    },
    Rlimit {
        name: String,
        resource: u64,
        soft: u64,
        hard: u64,
    },
    Umask(u32),
    Bound(u64),
    Capabilities {
        effective: u64,
        permitted: u64,
        inheritable: u64,
        ambient: u64,
    },
    Groups(Vec<u32>),
    Ids {
        uid: u32,
        gid: u32,
    },
    Seccomp(Vec<u8>),
    NoNewPrivileges,
    Chdir(String),
    Keyring,
    DieWithParent,
    Ready,
    /// Of bundles made by others.
    Bundle(BundleStep),
    /// Of containers made by others.
    Foreign(ForeignStep),
    Exec {
        keep: u32,
        candidates: Vec<String>,
        argv: Vec<String>,
        env: Vec<String>,
    },
}

/// What making a link does about what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Link {
    /// Nothing where the name is taken, or its directory is missing.
    WhereFree = 0,
    /// What has the name goes, unless it is a directory.
    Replacing = 1,
    /// As [`Link::WhereFree`], and the directory is made.
    InNewDirectory = 2,
}

/// What an opened source must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Anything,
    Directory,
    /// The character device of these numbers.
    Device(u32, u32),
}

/// The layers and what is written on top of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// An empty host directory to work in on kernels before 6.8.
    pub staging: String,
    /// Upper and work directory; `None` for a read-only view.
    pub upper: Option<(String, String)>,
    pub volatile: bool,
    /// Topmost first.
    pub lowers: Vec<String>,
    /// The directory that holds the data of metadata-only files in `lowers`.
    pub data: Option<String>,
}

/// Plan bytes being written.
#[derive(Default)]
pub struct Encoder {
    pub bytes: Vec<u8>,
}

impl Encoder {
    pub fn word(&mut self, word: u64) -> &mut Self {
        self.bytes.extend_from_slice(&word.to_ne_bytes());
        self
    }

    pub fn data(&mut self, data: &[u8]) -> &mut Self {
        self.word(data.len() as u64);
        self.bytes.extend_from_slice(data);
        self.bytes.push(0);
        let whole = self.bytes.len().next_multiple_of(8);
        self.bytes.resize(whole, 0);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.data(text.as_bytes())
    }

    pub fn texts(&mut self, texts: &[String]) -> &mut Self {
        self.word(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
        self
    }

    fn at(&mut self, code: u64, registers: &[Register]) -> &mut Self {
        self.word(code);
        for register in registers {
            self.word(register.0);
        }
        self
    }

    /// Writes a list of steps and its end; returns where it begins.
    pub fn list(&mut self, steps: &[Step]) -> u64 {
        let offset = self.bytes.len() as u64;
        for step in steps {
            self.step(step);
        }
        self.word(op::END);
        offset
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Slave => self.word(op::SLAVE),
            Step::Release => self.word(op::RELEASE),
            Step::Await => self.word(op::AWAIT),
            Step::Loopback => self.word(op::LOOPBACK),
            Step::NoNewPrivileges => self.word(op::NO_NEW_PRIVS),
            Step::Keyring => self.word(op::KEYRING),
            Step::DieWithParent => self.word(op::DIE_WITH_PARENT),
            Step::Ready => self.word(op::READY),
            Step::JoinUser(fd) => self.word(op::JOIN_USER).word(*fd as u64),
            Step::Join { fd, flags, .. } => self.word(op::JOIN).word(*fd as u64).word(*flags),
            Step::Unshare(flags) => self.word(op::UNSHARE).word(*flags),
            Step::Dumpable(on) => self.word(op::DUMPABLE).word(u64::from(*on)),
            Step::Help { namespaces } => self.word(op::HELP).word(*namespaces),
            Step::Pivot(root) => self.at(op::PIVOT, &[*root]),
            Step::Init {
                flags,
                uid_map,
                gid_map,
                deny_setgroups,
            } => self
                .word(op::INIT)
                .word(*flags)
                .text(uid_map)
                .text(gid_map)
                .word(u64::from(*deny_setgroups)),
            Step::Overlay { to, overlay } => self.overlay(*to, overlay),
            Step::Served { to } => self.at(op::SERVED, &[*to]),
            Step::Bundle(step) => step.encode(self),
            Step::Foreign(step) => step.encode(self),
            other => self.rest(other),
        };
    }

    fn overlay(&mut self, to: Register, overlay: &Overlay) -> &mut Self {
        let (upper, work) = match &overlay.upper {
            Some((upper, work)) => (upper.as_str(), work.as_str()),
            None => ("", ""),
        };
        let options = u64::from(overlay.volatile && overlay.upper.is_some());
        self.at(op::OVERLAY, &[to])
            .text(&overlay.staging)
            .text(upper)
            .text(work)
            .word(options)
            .text(overlay.data.as_deref().unwrap_or_default())
            .texts(&overlay.lowers)
    }

    fn rest(&mut self, step: &Step) -> &mut Self {
        match step {
            Step::Open { to, path, want } => {
                let (bits, major, minor) = match want {
                    Want::Anything => (0, 0, 0),
                    Want::Directory => (1, 0, 0),
                    Want::Device(major, minor) => (4, *major, *minor),
                };
                self.at(op::OPEN, &[*to])
                    .word(bits)
                    .word(major.into())
                    .word(minor.into())
                    .text(path)
            }
            Step::OpenIn { to, root, path } => self.at(op::OPEN_IN, &[*to, *root]).text(path),
            Step::CloneTree {
                to,
                from,
                recursive,
            } => self
                .at(op::CLONE_TREE, &[*to, *from])
                .word(u64::from(*recursive)),
            Step::CloneIn { to, root, path } => self.at(op::CLONE_IN, &[*to, *root]).text(path),
            Step::SetAttributes {
                of,
                recursive,
                attributes,
            } => self
                .at(op::SET_ATTR, &[*of])
                .word(u64::from(*recursive))
                .word(attributes.set)
                .word(attributes.clear)
                .word(attributes.propagation),
            Step::Filesystem {
                to,
                kind,
                attributes,
                parameters,
            } => {
                self.at(op::FILESYSTEM, &[*to]).word(*attributes).text(kind);
                let named = parameters.iter().any(|(key, _)| key == "source");
                self.word(parameters.len() as u64 + u64::from(!named));
                if !named {
                    // What df(1) and mountinfo show as the device.
                    self.text("source").text(kind);
                }
                for (key, value) in parameters {
                    self.text(key).text(value);
                }
                self
            }
            Step::InitUser(fd) => self.word(op::INIT_USER).word(*fd as u64),
            Step::Owner { uid, gid, streams } => self
                .word(op::OWNER)
                .word((*uid).into())
                .word((*gid).into())
                .word((*streams).into()),
            Step::Own { of } => self.at(op::OWN, &[*of]),
            Step::OwnGroup { of } => self.at(op::OWN_GROUP, &[*of]),
            Step::Borrow { to, of, path } => {
                self.at(op::BORROW, &[*to]).word(*of as u64).text(path)
            }
            Step::Append { root, path, text } => {
                self.at(op::APPEND, &[*root]).text(path).text(text)
            }
            Step::Link {
                root,
                manner,
                directory,
                name,
                target,
            } => self
                .at(op::LINK, &[*root])
                .word(*manner as u64)
                .text(directory)
                .text(name)
                .text(target),
            Step::Place { mount, path } => self.at(op::PLACE, &[*mount]).text(path),
            Step::Unplace(path) => self.word(op::UNPLACE).text(path),
            Step::Attach {
                mount,
                root,
                target,
                path,
                optional,
            } => {
                let kind = match target {
                    Target::Directory => 1,
                    Target::File => 2,
                    Target::RealDirectory => 1 | 8,
                };
                let kind = kind | if *optional { 4 } else { 0 };
                self.at(op::ATTACH, &[*mount, *root]).word(kind).text(path)
            }
            Step::Mkdir { root, mode, path } => {
                self.at(op::MKDIR, &[*root]).word((*mode).into()).text(path)
            }
            Step::Symlink { root, target, path } => {
                self.at(op::SYMLINK, &[*root]).text(target).text(path)
            }
            Step::Terminal { devpts, uid, to } => {
                self.at(op::PTY, &[*devpts]).word((*uid).into()).word(to.0)
            }
            Step::Write { root, path, value } => {
                self.at(op::WRITE, &[*root]).text(path).text(value)
            }
            Step::Mask { root, path } => self
                .at(op::MASK, &[*root, Register::NULL, Register::EMPTY])
                .text(path),
            Step::ReadOnly { root, path } => self.at(op::READ_ONLY, &[*root]).text(path),
            Step::Workdir {
                root,
                uid,
                gid,
                path,
            } => self
                .at(op::WORKDIR, &[*root])
                .word((*uid).into())
                .word((*gid).into())
                .text(path),
            other => self.first_process(other),
        }
    }

    fn first_process(&mut self, step: &Step) -> &mut Self {
        match step {
            Step::Hostname(name) => self.word(op::HOSTNAME).text(name),
            Step::KeepAs(pairs) => {
                self.word(op::KEEP_AS).word(pairs.len() as u64);
                for (fd, number) in pairs {
                    self.word(*fd as u64).word(*number as u64);
                }
                self
            }
            Step::Stdio { tty, stdin, uid } => self
                .word(op::STDIO)
                .word(u64::from(*tty))
                .word(u64::from(*stdin))
                .word(uid.map_or(wire::NONE, u64::from)),
            Step::Rlimit {
                resource,
                soft,
                hard,
                ..
            } => self
                .word(op::RLIMIT)
                .word(*resource)
                .word(*soft)
                .word(*hard),
            Step::Umask(mask) => self.word(op::UMASK).word((*mask).into()),
            Step::Bound(keep) => self.word(op::BOUND).word(*keep),
            Step::Capabilities {
                effective,
                permitted,
                inheritable,
                ambient,
            } => self
                .word(op::CAPABILITIES)
                .word(*effective)
                .word(*permitted)
                .word(*inheritable)
                .word(*ambient),
            Step::Groups(groups) => {
                self.word(op::GROUPS).word(groups.len() as u64);
                for group in groups {
                    self.word((*group).into());
                }
                self
            }
            Step::Ids { uid, gid } => self.word(op::IDS).word((*uid).into()).word((*gid).into()),
            Step::Seccomp(filter) => self.word(op::SECCOMP).data(filter),
            Step::Chdir(path) => self.word(op::CHDIR).text(path),
            Step::Exec {
                keep,
                candidates,
                argv,
                env,
            } => self
                .word(op::EXEC)
                .word((*keep).into())
                .texts(candidates)
                .texts(argv)
                .texts(env),
            _ => unreachable!("every step is written by one of these functions"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let q = escape::visible;
        match self {
            Self::JoinUser(_) => write!(f, "joining the user namespace"),
            Self::Join { what, .. } => write!(f, "joining {what}"),
            Self::Unshare(_) => write!(f, "making a mount namespace"),
            Self::Slave => write!(f, "separating the mount namespace"),
            Self::Open {
                path,
                want: Want::Device(..),
                ..
            } => {
                write!(f, "opening the device {}", q(path))
            }
            Self::Open { path, .. } => write!(f, "opening {}", q(path)),
            Self::OpenIn { path, .. } | Self::CloneIn { path, .. } => {
                write!(f, "opening {} in the container", q(path))
            }
            Self::CloneTree { .. } => write!(f, "cloning a mount"),
            Self::SetAttributes { .. } => write!(f, "setting mount attributes"),
            Self::Filesystem { kind, .. } => write!(f, "making a {} file system", q(kind)),
            Self::Overlay { overlay, .. } => {
                write!(f, "mounting overlay of {} layers", overlay.lowers.len())
            }
            Self::Served { .. } => write!(f, "mounting the tree of fuse-overlayfs"),
            Self::InitUser(_) => write!(f, "joining the user namespace"),
            Self::Owner { .. } | Self::Own { .. } => {
                write!(f, "giving the container's files their owner")
            }
            Self::OwnGroup { .. } => write!(f, "giving the control group its owner"),
            Self::Link {
                directory, name, ..
            } => write!(f, "making the link {}/{}", q(directory), q(name)),
            Self::Append { path, .. } => write!(f, "adding to {}", q(path)),
            Self::Borrow { path, .. } => write!(f, "taking {} from the other container", q(path)),
            Self::Place { path, .. } => write!(f, "mounting the root at {}", q(path)),
            Self::Unplace(_) => write!(f, "taking a mount from its place"),
            Self::Attach { path, .. } => write!(f, "mounting at {}", q(path)),
            Self::Mkdir { path, .. } | Self::Symlink { path, .. } => {
                write!(f, "making /dev/{}", q(path))
            }
            Self::Terminal { .. } => write!(f, "making the terminal"),
            Self::Init { .. } => write!(f, "making the container's namespaces"),
            Self::Help { .. } => write!(f, "entering the container's namespaces"),
            Self::Pivot(_) => write!(f, "changing the root"),
            Self::Write { path, value, .. } => write!(f, "writing {} to {}", q(value), q(path)),
            Self::Mask { path, .. } => write!(f, "masking {}", q(path)),
            Self::ReadOnly { path, .. } => write!(f, "making {} read-only", q(path)),
            Self::Workdir { path, .. } | Self::Chdir(path) => {
                write!(f, "working directory {}", q(path))
            }
            Self::Hostname(name) => write!(f, "setting the host name {}", q(name)),
            Self::KeepAs(_) => write!(f, "handing on descriptors"),
            Self::Loopback => write!(f, "bringing lo up"),
            Self::Stdio { .. } => write!(f, "setting up the standard streams"),
            Self::Rlimit {
                name, soft, hard, ..
            } => {
                write!(f, "setting ulimit {name} to {soft}:{hard}")
            }
            Self::Bound(_) | Self::Capabilities { .. } => write!(f, "setting capabilities"),
            Self::Groups(_) => write!(f, "setting groups"),
            Self::Ids { uid, gid } => write!(f, "becoming user {uid}:{gid}"),
            Self::Seccomp(_) => write!(f, "loading the seccomp filter"),
            Self::NoNewPrivileges => write!(f, "setting no_new_privs"),
            Self::Bundle(step) => step.fmt(f),
            Self::Foreign(step) => step.fmt(f),
            Self::Exec { argv, .. } => {
                write!(f, "{}", q(argv.first().map_or("", String::as_str)))
            }
            Self::Dumpable(_)
            | Self::Release
            | Self::Await
            | Self::Umask(_)
            | Self::Keyring
            | Self::DieWithParent
            | Self::Ready => write!(f, "starting"),
        }
    }
}

/// The program's own limit, so that a plan with more is refused before it acts.
pub const MAX_LAYERS: usize = wire::MAX_LOWERS;
