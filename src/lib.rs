//! Coracle: a daemonless, rootless container engine in one binary.
//!
//! # The journey
//!
//! One `coracle run` walks this road; each stretch is a room of this crate:
//!
//! ```text
//! command line → RunRequest → Reference → registry → content store → layers → rootfs
//!    → OCI runtime spec → runtime → monitor → exit record
//! ```
//!
//! 1. `main.rs` calls [`role::main`], which looks at argv before anything heavy is touched:
//!    is this a command, a confined worker, or the follow-up of an exit?
//! 2. [`cli`] parses the arguments and turns them into a [`types::RunRequest`]. It is the only
//!    room that prints. It calls one verb of [`engine`].
//! 3. [`engine`] walks the whole road, one file per verb. `engine/pull.rs` brings the image:
//!    [`config`] says which registries and credentials, [`registry`] speaks HTTP and returns
//!    verified readers, [`layer`] unpacks each of them in a confined process, [`store`] keeps
//!    the result.
//! 4. `engine/create.rs` writes the container's record into [`store`].
//! 5. `engine/start.rs` has [`spec`] make the OCI runtime spec, [`rootfs`] say what is mounted,
//!    [`network`] which helper runs, [`userns`] find the user's base namespace U0, and
//!    [`runtime`] turn all of it into a plan: a list of steps that own every byte they need.
//! 6. The plan is handed to the monitor, a small static program of ours ([`guest`]). It acts:
//!    builds the tree, starts the container's first process, and stays beside it. [`monitor`]
//!    is the engine's side of the conversation: attach, logs, exit records.
//!
//! # Processes of a start
//!
//! ```text
//! command ──spawn──▶ monitor (host namespaces, a session of its own, holds the container's lock)
//!                      ├─clone─▶ builder: joins U0, new mount namespace, mounts everything
//!                      │           ├─ clone3(CLONE_PARENT, new user pid net ipc uts cgroup)
//!                      │           │     ▶ init: waits, then unshares its mount namespace (which locks
//!                      │           │       every mount), drops rights, execs the workload
//!                      │           └─ helper: joins init's namespaces, mounts proc, sysfs, mqueue, cgroup2, masks
//!                      └─ pasta or slirp4netns
//! ```
//!
//! `coracle build` reads its Containerfile in [`build`]: text → stages and steps → graph → cache keys,
//! all of it pure; the engine carries it out with the same rooms a container's start walks through.
//!
//! The monitor stays in the host's namespaces: from inside U0 nobody can return to the host's
//! mount namespace (setns(2) wants CAP_SYS_ADMIN in its owner), and what follows an exit —
//! remove, restart — is an ordinary command that needs the host's view. As the owner of U0 it
//! may signal and join everything below. Builder and init run from a sealed memfd, so nothing in
//! a container reaches a writable file of ours through /proc (CVE-2019-5736).
//!
//! Whoever uses U0 — commands while they work, monitors for life — holds a shared lock in the
//! store, and a keeper, another role of the same small program, holds U0 itself until the last of
//! those locks is gone ([`userns`]). Untrusted bytes are read by confined workers: this
//! executable again, in U0, locked into one directory.
//!
//! # The doors
//!
//! Which room may import which is a test: `tests/rooms.rs`.
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod build;
pub mod cli;
pub mod config;
pub mod engine;
pub mod guest;
pub mod layer;
pub mod monitor;
pub mod network;
pub mod registry;
pub mod role;
pub mod rootfs;
pub mod runtime;
pub mod spec;
pub mod store;
pub mod sys;
pub mod types;
pub mod userns;
