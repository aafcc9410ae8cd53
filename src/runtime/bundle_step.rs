//! Steps that only bundles of others want: hooks, device nodes, terms of the scheduler.
//!
//! The acting side is `guest/monitor/act_oci.rs`.

use std::fmt;
use std::os::fd::RawFd;

use crate::guest::wire::{op, stage};
use crate::runtime::step::{Encoder, Register};
use crate::types::escape;

/// A step of a bundle's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleStep {
    /// Waits for the command at one of [`stage`].
    Hold(u64),
    Node(Node),
    Hook(Hook),
    TimeOffsets(String),
    /// Copies what a tmpfs would hide into it.
    CopyUp {
        mount: Register,
        path: String,
    },
    OpenLabel(String),
    Label(String),
    AwaitStart(RawFd),
    Personality(u64),
    /// struct sched_attr.
    Scheduler(Vec<u8>),
    IoPriority(u64),
    Affinity(Vec<u8>),
    Find(Vec<String>),
    Preserve(Vec<RawFd>),
    DomainName(String),
    InheritStdio {
        tty: bool,
        uid: u32,
    },
    Window {
        rows: u16,
        columns: u16,
    },
    Seccomp {
        flags: u64,
        filter: Vec<u8>,
    },
    /// Adds attributes to a mount that is attached already.
    Remount {
        mount: Register,
        set: u64,
    },
    MemoryPolicy {
        mode: u64,
        mask: Vec<u8>,
    },
}

/// A device node below the container's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub path: String,
    /// Permissions and the type's bits: mknod(2).
    pub mode: u32,
    pub major: u64,
    pub minor: u64,
    pub uid: u32,
    pub gid: u32,
}

/// A hook that runs in the container's namespaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// `createContainer`, `startContainer`.
    pub kind: &'static str,
    pub namespaces: u64,
    /// 0 is for ever.
    pub milliseconds: u64,
    pub path: String,
    pub argv: Vec<String>,
    pub env: Vec<String>,
    /// The state's JSON, cut where the pid goes.
    pub state: (String, String),
}

/// Where a security module's word for the next execve is written.
pub const LABEL: Register = Register(10);

impl BundleStep {
    pub fn encode<'a>(&self, encoder: &'a mut Encoder) -> &'a mut Encoder {
        match self {
            Self::Hold(stage) => encoder.word(op::HOLD).word(*stage),
            Self::Node(node) => encoder
                .word(op::NODE)
                .word(Register::ROOT.0)
                .word(node.mode.into())
                .word(node.major)
                .word(node.minor)
                .word(node.uid.into())
                .word(node.gid.into())
                .text(&node.path),
            Self::Hook(hook) => encoder
                .word(op::HOOK)
                .word(hook.namespaces)
                .word(hook.milliseconds)
                .text(&hook.path)
                .texts(&hook.argv)
                .texts(&hook.env)
                .text(&hook.state.0)
                .text(&hook.state.1),
            Self::TimeOffsets(text) => encoder.word(op::TIME_OFFSETS).text(text),
            Self::CopyUp { mount, path } => encoder
                .word(op::COPY_UP)
                .word(mount.0)
                .word(Register::ROOT.0)
                .text(path),
            Self::OpenLabel(path) => encoder.word(op::OPEN_LABEL).word(LABEL.0).text(path),
            Self::Label(text) => encoder.word(op::LABEL).word(LABEL.0).text(text),
            Self::AwaitStart(fd) => encoder.word(op::AWAIT_START).word(*fd as u64),
            Self::Personality(persona) => encoder.word(op::PERSONALITY).word(*persona),
            Self::Scheduler(terms) => encoder.word(op::SCHEDULER).data(terms),
            Self::IoPriority(priority) => encoder.word(op::IO_PRIORITY).word(*priority),
            Self::Affinity(mask) => encoder.word(op::AFFINITY).data(mask),
            Self::Find(candidates) => encoder.word(op::FIND).texts(candidates),
            Self::Preserve(fds) => {
                encoder.word(op::PRESERVE).word(fds.len() as u64);
                for fd in fds {
                    encoder.word(*fd as u64);
                }
                encoder
            }
            Self::DomainName(name) => encoder.word(op::DOMAIN_NAME).text(name),
            Self::InheritStdio { tty, uid } => encoder
                .word(op::INHERIT_STDIO)
                .word(u64::from(*tty))
                .word((*uid).into()),
            Self::Window { rows, columns } => encoder
                .word(op::WINDOW)
                .word((*rows).into())
                .word((*columns).into()),
            Self::Seccomp { flags, filter } => {
                encoder.word(op::SECCOMP_WITH).word(*flags).data(filter)
            }
            Self::Remount { mount, set } => {
                encoder.word(op::REMOUNT).word(mount.0).word(*set).word(0)
            }
            Self::MemoryPolicy { mode, mask } => {
                encoder.word(op::MEMORY_POLICY).word(*mode).data(mask)
            }
        }
    }
}

impl fmt::Display for BundleStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let q = escape::visible;
        match self {
            Self::Hold(stage::MAPS) => write!(f, "waiting for the id maps"),
            Self::Hold(_) | Self::AwaitStart(_) => write!(f, "waiting for the command"),
            Self::Node(node) => write!(f, "making the device {}", q(&node.path)),
            Self::Hook(hook) => write!(f, "running the {} hook {}", hook.kind, q(&hook.path)),
            Self::TimeOffsets(_) => write!(f, "setting the time offsets"),
            Self::CopyUp { path, .. } => write!(f, "copying {} into its tmpfs", q(path)),
            Self::OpenLabel(_) | Self::Label(_) => write!(f, "setting the security label"),
            Self::Personality(_) => write!(f, "setting the personality"),
            Self::Scheduler(_) => write!(f, "setting the scheduler"),
            Self::IoPriority(_) => write!(f, "setting the i/o priority"),
            Self::Affinity(_) => write!(f, "setting the CPU affinity"),
            Self::Find(candidates) => {
                let name = candidates.first().map_or("", String::as_str);
                write!(f, "finding {}", q(name))
            }
            Self::Preserve(_) => write!(f, "passing on descriptors"),
            Self::DomainName(name) => write!(f, "setting the domain name {}", q(name)),
            Self::InheritStdio { .. } => write!(f, "setting up the standard streams"),
            Self::Window { .. } => write!(f, "setting the terminal's size"),
            Self::Seccomp { .. } => write!(f, "loading the seccomp filter"),
            Self::Remount { .. } => write!(f, "setting mount attributes"),
            Self::MemoryPolicy { .. } => write!(f, "setting the memory policy"),
        }
    }
}
