//! The default profile: which system calls a container may make.
//!
//! An allow list with EPERM for the rest, after what Docker allows in 2026 (its documentation
//! "Seccomp security profiles for Docker"): narrower than Podman's, because a rootless container
//! gets out by kernel bugs, and those sit behind calls ordinary programs do not need (S-70). The
//! mount family, new namespaces, bpf and perf events need CAP_SYS_ADMIN or their own capability;
//! io_uring, userfaultfd and keyrings are never allowed. `clone3` hides its flags behind a
//! pointer, so it is ENOSYS and libc falls back to `clone`.
//!
//! Sharper than Docker's: socket families and ioctl requests are compared by their low 32 bits,
//! because that is all the kernel looks at; a comparison of 64 bits is passed by setting a high
//! one (CVE-2023-28100 is that mistake).
//!
//! Known gap, shared with Docker: 32-bit x86 programs can open any socket family through
//! `socketcall`, whose arguments are behind a pointer; blocking it breaks 32-bit glibc.

use oci_spec::runtime::{
    Arch, LinuxSeccompAction as Action, LinuxSeccompArg, LinuxSeccompOperator as Op,
};

use crate::spec::seccomp::conditions::{argument, masked, unless_low32_in};
use crate::spec::seccomp::profile::{ArchMap, Filter, Profile, Rule};

const ENOSYS: u32 = 38;
const EPERM: u32 = 1;

/// New cgroup, UTS, IPC, user, pid and network namespaces, and CLONE_NEWNS: clone(2).
const NAMESPACE_FLAGS: u32 = 0x7e02_0000;

/// Families whose kernel code is reachable by anybody and needed by nobody here: AF_ALG
/// (CVE-2026-31431) and AF_VSOCK, which talks to the hypervisor.
const REFUSED_FAMILIES: [u32; 2] = [38, 40];

/// Requests that type into the terminal one is on: TIOCSTI (CVE-2017-5226), TIOCLINUX.
const REFUSED_IOCTLS: [u32; 2] = [0x5412, 0x541c];

/// PER_LINUX, PER_LINUX32, UNAME26, both together, and the query: personality(2).
const PERSONALITIES: [u64; 5] = [0, 8, 0x2_0000, 0x2_0008, 0xffff_ffff];

/// Calls allowed to everybody, by purpose.
const FILES: &str = "access cachestat chdir chmod chown chown32 close close_range copy_file_range creat \
    dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64 fallocate fchdir fchmod fchmodat fchmodat2 \
    fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr \
    fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futimesat getcwd getdents \
    getdents64 getxattr getxattrat lchown lchown32 lgetxattr link linkat listxattr listxattrat llistxattr \
    _llseek lremovexattr lseek lsetxattr lstat lstat64 mkdir mkdirat mknod mknodat name_to_handle_at \
    newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead \
    readlink readlinkat readv removexattr removexattrat rename renameat renameat2 rmdir sendfile \
    sendfile64 setxattr setxattrat splice stat stat64 statfs statfs64 statx symlink symlinkat sync \
    sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat \
    utimensat_time64 utimes vmsplice write writev";
const MOUNT_QUERIES: &str = "listmount statmount";
const POLLING: &str = "epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 \
    epoll_wait epoll_wait_old eventfd eventfd2 fanotify_mark inotify_add_watch inotify_init \
    inotify_init1 inotify_rm_watch _newselect pipe pipe2 poll ppoll ppoll_time64 pselect6 \
    pselect6_time64 select";
const ASYNC_IO: &str = "io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup \
    io_submit";
const MEMORY: &str = "brk madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock \
    mlock2 mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap pkey_alloc \
    pkey_free pkey_mprotect process_mrelease remap_file_pages";
const PROCESSES: &str = "execve execveat exit exit_group fork get_robust_list get_thread_area getcpu \
    getpgid getpgrp getpid getppid getpriority getrlimit getrusage getsid gettid ioprio_get ioprio_set \
    pidfd_open prctl prlimit64 restart_syscall rseq seccomp set_robust_list set_thread_area \
    set_tid_address setpgid setpriority setrlimit setsid ugetrlimit vfork wait4 waitid waitpid";
const TRACING: &str = "process_vm_readv process_vm_writev ptrace uretprobe";
const FUTEXES: &str = "futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake";
const SCHEDULING: &str = "sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr \
    sched_getparam sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 \
    sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield";
const SIGNALS: &str = "kill pause pidfd_send_signal rt_sigaction rt_sigpending rt_sigprocmask \
    rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 \
    rt_tgsigqueueinfo sigaltstack signalfd signalfd4 sigprocmask sigreturn tgkill tkill";
const IDENTITY: &str = "capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups \
    getgroups32 getresgid getresgid32 getresuid getresuid32 getuid getuid32 setfsgid setfsgid32 \
    setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid \
    setresgid32 setresuid setresuid32 setreuid setreuid32 setuid setuid32";
const SANDBOXING: &str = "landlock_add_rule landlock_create_ruleset landlock_restrict_self";
const TIME: &str = "adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 \
    clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday \
    nanosleep setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 \
    timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime \
    timerfd_settime64 times";
const IPC: &str = "ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 \
    mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd semctl semget semop \
    semtimedop semtimedop_time64 shmat shmctl shmdt shmget";
const SOCKETS: &str = "accept accept4 bind connect getpeername getsockname getsockopt listen recv \
    recvfrom recvmmsg recvmmsg_time64 recvmsg send sendmmsg sendmsg sendto setsockopt shutdown \
    socketcall socketpair";
const SYSTEM: &str = "getrandom sysinfo uname";

/// Calls that belong to one instruction set.
const ARM: &str =
    "arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls sync_file_range2";
const X86: &str = "arch_prctl modify_ldt";

/// Calls whose own check is a capability: granted with it.
const GATED: [(&str, &str); 14] = [
    ("CAP_BPF", "bpf"),
    ("CAP_DAC_READ_SEARCH", "open_by_handle_at"),
    ("CAP_PERFMON", "perf_event_open"),
    (
        "CAP_SYS_ADMIN",
        "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie \
         lsm_get_self_attr lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount open_tree \
         open_tree_attr perf_event_open pivot_root quotactl quotactl_fd setdomainname sethostname setns \
         syslog umount umount2 unshare",
    ),
    ("CAP_SYS_BOOT", "reboot"),
    ("CAP_SYS_CHROOT", "chroot"),
    ("CAP_SYS_MODULE", "delete_module finit_module init_module"),
    (
        "CAP_SYS_NICE",
        "get_mempolicy mbind set_mempolicy set_mempolicy_home_node",
    ),
    ("CAP_SYS_PACCT", "acct"),
    (
        "CAP_SYS_PTRACE",
        "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace",
    ),
    ("CAP_SYS_RAWIO", "ioperm iopl"),
    (
        "CAP_SYS_TIME",
        "clock_settime clock_settime64 settimeofday stime",
    ),
    ("CAP_SYS_TTY_CONFIG", "vhangup"),
    ("CAP_SYSLOG", "syslog"),
];

/// Returns the profile of containers that ask for none.
pub fn profile() -> Profile {
    let mut rules = vec![everybody()];
    rules.extend(by_argument());
    for (arches, names) in [
        (&["arm", "arm64"][..], ARM),
        (&["amd64", "x32", "x86"], X86),
    ] {
        rules.push(Rule {
            includes: Filter {
                arches: arches.iter().map(|arch| (*arch).to_owned()).collect(),
                ..Filter::default()
            },
            ..Rule::allow(names)
        });
    }
    for (capability, names) in GATED {
        rules.push(Rule {
            includes: with_capability(capability),
            ..Rule::allow(names)
        });
    }
    rules.extend(clones());
    Profile {
        default_action: Action::ScmpActErrno,
        default_errno_ret: Some(EPERM),
        arch_map: vec![
            ArchMap {
                architecture: Arch::ScmpArchX86_64,
                sub_architectures: vec![Arch::ScmpArchX86, Arch::ScmpArchX32],
            },
            ArchMap {
                architecture: Arch::ScmpArchAarch64,
                sub_architectures: vec![Arch::ScmpArchArm],
            },
        ],
        syscalls: rules,
        ..Profile::default()
    }
}

fn everybody() -> Rule {
    let groups = [
        FILES,
        MOUNT_QUERIES,
        POLLING,
        ASYNC_IO,
        MEMORY,
        PROCESSES,
        TRACING,
        FUTEXES,
        SCHEDULING,
        SIGNALS,
        IDENTITY,
        SANDBOXING,
        TIME,
        IPC,
        SOCKETS,
        SYSTEM,
    ];
    Rule::allow(&groups.join(" "))
}

/// Calls that are allowed for some values of one argument.
fn by_argument() -> Vec<Rule> {
    let with = |name: &str, arg: LinuxSeccompArg| Rule {
        args: vec![arg],
        ..Rule::allow(name)
    };
    let mut rules: Vec<Rule> = unless_low32_in(0, REFUSED_FAMILIES)
        .into_iter()
        .map(|arg| with("socket", arg))
        .collect();
    rules.extend(
        unless_low32_in(1, REFUSED_IOCTLS)
            .into_iter()
            .map(|arg| with("ioctl", arg)),
    );
    rules.extend(
        PERSONALITIES
            .into_iter()
            .map(|value| with("personality", argument(0, value, None, Op::ScmpCmpEq))),
    );
    rules
}

/// Without CAP_SYS_ADMIN `clone` makes no namespaces and `clone3` does not exist.
fn clones() -> [Rule; 2] {
    let no_namespaces = masked(0, NAMESPACE_FLAGS, 0);
    [
        Rule {
            args: vec![no_namespaces],
            excludes: with_capability("CAP_SYS_ADMIN"),
            ..Rule::allow("clone")
        },
        Rule {
            action: Action::ScmpActErrno,
            errno_ret: Some(ENOSYS),
            excludes: with_capability("CAP_SYS_ADMIN"),
            ..Rule::allow("clone3")
        },
    ]
}

fn with_capability(name: &str) -> Filter {
    Filter {
        caps: vec![name.to_owned()],
        ..Filter::default()
    }
}
