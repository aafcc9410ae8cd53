//! The plan of a start, as bytes: what the engine writes and the guest program reads.
//!
//! A plan is one read-only file of 64-bit words in the machine's byte order. It opens with
//! a header, one word per entry of [`head`]; descriptors are numbers the guest inherits,
//! [`NONE`] where there is none. Lists of steps follow, each step being an [`op`] word and
//! its arguments. A text is its length, then its bytes, a NUL, and padding to a whole word.
//!
//! Only `core` is used here: engine and guest compile the same file.
#![allow(dead_code, reason = "the engine writes what the guest reads")]

/// Marks a plan of this version of the format.
pub const MAGIC: u64 = 0x3165_6c63_6172_6f63;

/// "No descriptor", "no offset".
pub const NONE: u64 = u64::MAX;

/// The header's words, by index.
pub mod head {
    pub const MAGIC: usize = 0;
    /// Pipe: the guest reports to the command, see [`super::report`].
    pub const REPORT: usize = 1;
    /// Pipe: the command confirms with one byte; end of file means it died.
    pub const GO: usize = 2;
    /// The sealed copy of the guest program that builder and init run from.
    pub const PROGRAM: usize = 3;
    /// The container's directory in the store, for the exit record.
    pub const DIRECTORY: usize = 4;
    /// The directory of the log file.
    pub const LOG: usize = 5;
    /// The bound attach socket.
    pub const LISTEN: usize = 6;
    /// The connected attach socket of the starting command.
    pub const PRIMARY: usize = 7;
    /// The engine's executable, for what follows an exit.
    pub const FOLLOW: usize = 8;
    /// Bits of [`super::flag`].
    pub const FLAGS: usize = 9;
    /// Bytes of log before it is rotated; 0 is no limit.
    pub const LOG_MAX: usize = 10;
    /// Offsets of lists, in bytes from the start of the plan.
    pub const BUILD: usize = 11;
    pub const HELP: usize = 12;
    pub const INIT: usize = 13;
    /// Offset of the network helper: kind, count, texts; [`super::NONE`] without one.
    pub const NETWORK: usize = 14;
    /// Where the network helper's stderr goes.
    pub const NETWORK_ERRORS: usize = 15;
    /// The file the network helper writes its pid into; read back by the guest.
    pub const NETWORK_PID: usize = 16;
    /// Offset of the follow-up's argv: count, texts.
    pub const FOLLOW_ARGV: usize = 17;
    /// oom_score_adj as a signed word, [`super::NONE`] to leave it.
    pub const OOM_SCORE: usize = 18;
    /// Pipe: the command writes the path of the cgroup the container's processes go into, or `-`.
    pub const CGROUP: usize = 19;
    /// The flock on the container; held until the guest ends.
    pub const LOCK: usize = 20;
    /// The shared flock on U0's users.
    pub const USERS: usize = 21;
    /// Offset of the log file's name.
    pub const LOG_NAME: usize = 22;
    /// Offset of the events of start, end and cleanup: kind, path, three templates; see `wire_event.rs`.
    pub const EVENTS: usize = 23;
    /// Offset of the health checks: interval, startup interval, count of words, words; times in
    /// milliseconds.
    pub const HEALTH: usize = 24;
    /// Milliseconds after which the container is killed; 0 is never.
    pub const TIMEOUT: usize = 25;
    /// Offset of the journal: the socket's path, the fields of every entry.
    pub const JOURNAL: usize = 26;
    /// The container's standard streams, when nothing of them is ours: three words.
    pub const PASS_STDIN: usize = 27;
    pub const PASS_STDOUT: usize = 28;
    pub const PASS_STDERR: usize = 29;
    /// The socket the container notifies, and the one its manager listens at.
    pub const NOTIFY_FROM: usize = 30;
    pub const NOTIFY_TO: usize = 31;
    /// Offset of the descriptors only the workload wants: count, fd….
    pub const KEPT: usize = 32;
    /// Offset of the root file system's server: its user namespace, the directory its words
    /// are about, where it complains; count, words.
    pub const SERVER: usize = 33;
    /// Offset of what the container's names are resolved by: its file's descriptor, milliseconds
    /// between two looks, the machine's two files, then count and words of what follows a change.
    pub const NAMES: usize = 34;
    pub const COUNT: usize = 35;
}

pub mod flag {
    pub const TTY: u64 = 1;
    /// `-i`
    pub const STDIN: u64 = 2;
    /// Start what follows even while the command lives: a restart policy.
    pub const FOLLOW_ALWAYS: u64 = 4;
    /// Start what follows when the command is gone: `--rm`.
    pub const FOLLOW_ALONE: u64 = 8;
    /// An exec session: its end leaves no exit record behind.
    pub const SESSION: u64 = 16;
    /// `init`: the word may come from a later command, whenever that is.
    pub const HELD: u64 = 32;
    /// Another runtime moves the container into the group: nothing of ours is born there.
    pub const OUTSIDE: u64 = 64;
}

/// How a network helper tells that it is ready.
pub mod network {
    /// Goes into the background; its first process ends with 0.
    pub const PASTA: u64 = 1;
    /// Writes a byte to the descriptor after `-r`, ends when the one after `-e` closes.
    pub const SLIRP: u64 = 2;
}

/// In the network helper's words this byte stands for the pid of a process that is in the
/// container's user and network namespaces and whose entries in /proc may be opened.
pub const PID_MARK: u8 = 1;
/// … and these for slirp4netns' two descriptors.
pub const READY_MARK: u8 = 2;
pub const EXIT_MARK: u8 = 3;

/// Steps. `reg` is one of [`REGISTERS`] slots for descriptors.
pub mod op {
    /// Ends a list.
    pub const END: u64 = 0;
    /// fd: setns into that user namespace.
    pub const JOIN_USER: u64 = 1;
    /// flags: unshare.
    pub const UNSHARE: u64 = 2;
    /// (nothing): every mount receives but does not send events.
    pub const SLAVE: u64 = 3;
    /// reg, flags, major, minor, path: open with O_PATH; flags: 1 must be a directory, 2 must
    /// not be one, 4 must be the character device of those numbers.
    pub const OPEN: u64 = 4;
    /// reg to, reg from, recursive: a detached clone of the tree at a descriptor.
    pub const CLONE_TREE: u64 = 5;
    /// reg, recursive, set, clear, propagation: mount_setattr.
    pub const SET_ATTR: u64 = 6;
    /// reg, attributes, type, count, (key, value)…: a new file system; empty value: a flag.
    pub const FILESYSTEM: u64 = 7;
    /// reg, staging path, upper, work, options, data, count, lower…: overlay, lowest layer last;
    /// data: the place of the data of metadata-only files, empty without such.
    pub const OVERLAY: u64 = 8;
    /// reg, path: onto a directory of the host's tree.
    pub const PLACE: u64 = 9;
    /// reg, reg root, kind, path: onto a path below a root; kind 1 directory, 2 file,
    /// made when missing; 4 added: skip when missing; 8 added: links are refused.
    pub const ATTACH: u64 = 10;
    /// reg root, mode, path: mkdir, existing is fine.
    pub const MKDIR: u64 = 11;
    /// reg root, target, path.
    pub const SYMLINK: u64 = 12;
    /// reg of a devpts root, uid, reg for the peer: makes the container's terminal.
    pub const PTY: u64 = 14;
    /// flags, uid map, gid map, deny setgroups: clone3 the first process, write its maps.
    pub const INIT: u64 = 15;
    /// namespaces to join: run the HELP list in them.
    pub const HELP: u64 = 16;
    /// reg: make it the root, forget the old one.
    pub const PIVOT: u64 = 17;
    /// (nothing): let init go on.
    pub const RELEASE: u64 = 18;
    /// fd, flags: setns through a pidfd or namespace descriptor.
    pub const JOIN: u64 = 19;
    /// reg root, path, bytes: write an existing file below a procfs root (sysctl).
    pub const WRITE: u64 = 20;
    /// reg root, reg empty file, reg empty directory, path: hide a path, skip when missing.
    pub const MASK: u64 = 21;
    /// reg root, path: read-only from here down, skip when missing.
    pub const READ_ONLY: u64 = 22;
    /// reg, path: open below a root, in-root, O_PATH. (reg to, reg root, path)
    pub const OPEN_IN: u64 = 23;
    /// reg root, uid, gid, mode, path: make the working directory when missing.
    pub const WORKDIR: u64 = 24;
    /// on: PR_SET_DUMPABLE.
    pub const DUMPABLE: u64 = 25;
    /// reg to, reg from, path: a detached, non-recursive clone of a path below a root.
    pub const CLONE_IN: u64 = 28;

    /// fd: the first process will be in that user namespace, and own its other ones there.
    pub const INIT_USER: u64 = 35;
    /// uid, gid, streams: what is made from here on belongs to these; the workload's streams
    /// to the third.
    pub const OWNER: u64 = 36;
    /// reg: give it to the owner.
    pub const OWN: u64 = 37;
    /// reg: the same for a control group, as far as it is delegated.
    pub const OWN_GROUP: u64 = 26;
    /// reg root, path, text: add to a regular file, if there is one.
    pub const APPEND: u64 = 38;
    /// reg, fd of a process, path: a detached, non-recursive clone of what that process has
    /// there; no link is followed.
    pub const BORROW: u64 = 39;
    /// reg root, manner, directory, name, target: a symbolic link; manner 0: only where nothing
    /// has the name; 1: in the place of what has it and is no directory; 2: as 0, and the
    /// directory is made.
    pub const LINK: u64 = 13;

    // Steps of the first process.
    /// (nothing): wait until the builder has released us.
    pub const AWAIT: u64 = 40;
    /// name.
    pub const HOSTNAME: u64 = 41;
    /// (nothing): bring lo up.
    pub const LOOPBACK: u64 = 42;
    /// tty, stdin, uid: new session, descriptors 0–2.
    pub const STDIO: u64 = 43;
    /// resource, soft, hard.
    pub const RLIMIT: u64 = 44;
    /// mask.
    pub const UMASK: u64 = 45;
    /// bounding set, as bits.
    pub const BOUND: u64 = 46;
    /// effective, permitted, inheritable, ambient, as bits.
    pub const CAPABILITIES: u64 = 47;
    /// count, gid….
    pub const GROUPS: u64 = 48;
    /// uid, gid.
    pub const IDS: u64 = 49;
    /// bytes: struct sock_filter[].
    pub const SECCOMP: u64 = 50;
    pub const NO_NEW_PRIVS: u64 = 51;
    /// path: chdir, then check that it is inside the root.
    pub const CHDIR: u64 = 52;
    /// (nothing): tell the monitor that all is set, wait for its word.
    pub const READY: u64 = 53;
    /// keep: count of descriptors from 3 on that stay open; candidates, argv, envp.
    pub const EXEC: u64 = 54;
    /// (nothing): a new session keyring.
    pub const KEYRING: u64 = 55;
    /// (nothing): die with the monitor.
    pub const DIE_WITH_PARENT: u64 = 56;

    /// path: what was placed there last goes from there; who holds a descriptor keeps it.
    pub const UNPLACE: u64 = 60;
    /// count, (fd, number)…: descriptors that have those numbers at execve.
    pub const KEEP_AS: u64 = 61;
    /// reg: a file system whose server the monitor starts, see [`super::head::SERVER`].
    pub const SERVED: u64 = 62;

    // Steps that mostly bundles of others want (`coracle runtime`); `guest/monitor/act_oci.rs`.
    /// stage: tell the command, wait for its word; see [`super::stage`].
    pub const HOLD: u64 = 70;
    /// reg root, mode with its type bits, major, minor, uid, gid, path: a device node, or where
    /// none may be made the host's own of that path, bound.
    pub const NODE: u64 = 71;
    /// namespaces to join, milliseconds (0: no limit), path, argv, envp, state before the pid,
    /// state after it: run a hook.
    pub const HOOK: u64 = 72;
    /// text: offsets of the time namespace made just before.
    pub const TIME_OFFSETS: u64 = 73;
    /// reg mount, reg root, path: what lies below the path is copied into the detached mount.
    pub const COPY_UP: u64 = 74;
    /// reg, path: open a file of the host's procfs for writing, used by [`LABEL`].
    pub const OPEN_LABEL: u64 = 75;
    /// reg, text: write the security module's words.
    pub const LABEL: u64 = 76;
    /// listening socket: tell that all is set, wait for the start command, report to it.
    pub const AWAIT_START: u64 = 77;
    /// persona: personality(2).
    pub const PERSONALITY: u64 = 78;
    /// bytes: struct sched_attr.
    pub const SCHEDULER: u64 = 79;
    /// priority: ioprio_set(2).
    pub const IO_PRIORITY: u64 = 80;
    /// bytes: a mask of CPUs.
    pub const AFFINITY: u64 = 81;
    /// candidates: one of them must be executable.
    pub const FIND: u64 = 82;
    /// count, fd…: descriptors that become 3, 4, ….
    pub const PRESERVE: u64 = 83;
    /// name.
    pub const DOMAIN_NAME: u64 = 84;
    /// tty, uid: a session of its own; the terminal at 0–2, else what was inherited stays.
    pub const INHERIT_STDIO: u64 = 85;
    /// rows, columns of the terminal made before.
    pub const WINDOW: u64 = 86;
    /// flags, bytes: a seccomp filter with flags.
    pub const SECCOMP_WITH: u64 = 87;
    /// reg, set, clear: attributes of the mount alone, keeping what is locked.
    pub const REMOUNT: u64 = 88;
    /// mode, mask: set_mempolicy(2).
    pub const MEMORY_POLICY: u64 = 89;

    // Steps that hand the container to another runtime; `guest/monitor/act_foreign.rs`.
    /// argv, envp: run a runtime's command with the container's streams, wait for its end.
    pub const RUNTIME: u64 = 90;
    /// fd of a listening socket: take the terminal's other side that the runtime sent there.
    pub const CONSOLE: u64 = 91;
    /// path: the pid written there is the first process.
    pub const ADOPT: u64 = 92;
    /// (nothing): tell the monitor that all is set, wait for its word.
    pub const AWAIT_GO: u64 = 93;
}

/// Where the builder of a bundle waits for the command.
pub mod stage {
    /// Before anything: the command puts it into the cgroup.
    pub const BORN: u64 = 1;
    /// In a user namespace without maps.
    pub const MAPS: u64 = 2;
    /// Namespaces and mounts are there, the root is not changed yet: createRuntime hooks.
    pub const CREATED: u64 = 3;
}

/// What the command may say: one byte.
pub mod word {
    pub const GO: u8 = b'g';
    /// Go, and the first connection at the attach socket is the starting command's.
    pub const GO_ATTACHED: u8 = b'a';
}

/// What the guest tells the command: four words.
pub mod report {
    /// pid of init, pid of the network helper: everything is set, waiting for the word.
    pub const READY: u64 = 1;
    /// actor, index of the step, errno.
    pub const FAILED: u64 = 2;
    /// The workload was executed.
    pub const RUNNING: u64 = 3;
    /// wait status of the network helper.
    pub const NETWORK_FAILED: u64 = 4;
    /// pid of init, which waits yet.
    pub const INIT: u64 = 5;
    /// stage, pid of the builder: it waits for one byte at GO.
    pub const HELD: u64 = 6;
    pub const WORDS: usize = 4;
}

/// Who acted.
pub mod actor {
    pub const MONITOR: u64 = 1;
    pub const BUILDER: u64 = 2;
    pub const HELPER: u64 = 3;
    pub const INIT: u64 = 4;
}

/// Slots for descriptors that steps open and use.
pub const REGISTERS: usize = 512;

/// Most descriptors of the caller that are handed on.
pub const MAX_KEPT: usize = 64;

/// Most layers of one overlay (kernel: OVL_MAX_STACK).
pub const MAX_LOWERS: usize = 500;
