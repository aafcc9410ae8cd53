//! A small seccomp filter for our own confined workers: what code that only reads one stream and
//! writes one directory never needs.
//!
//! seccomp(2), SECCOMP_SET_MODE_FILTER. Containers' profiles are compiled in `spec`; this list is
//! fixed and says EPERM, so that a forgotten use shows as an ordinary error. The process may
//! still signal itself (abort(3)) and start threads.

use libc::{BPF_ABS, BPF_JEQ, BPF_JMP, BPF_JSET, BPF_K, BPF_LD, BPF_RET, BPF_W, sock_filter};

use crate::sys::{SysError, check};

#[cfg(target_arch = "x86_64")]
const AUDIT_ARCH: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const AUDIT_ARCH: u32 = 0xc000_00b7;

/// Offsets in struct seccomp_data; the argument's lower half on a little-endian machine.
const NUMBER: u32 = 0;
const ARCH: u32 = 4;
const FIRST_ARGUMENT: u32 = 16;

/// The second system call table of x86_64: x32 numbers have this bit.
#[cfg(target_arch = "x86_64")]
const X32_BIT: u32 = 0x4000_0000;

const NEW_NAMESPACES: u32 = (libc::CLONE_NEWUSER
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWCGROUP) as u32;

const DENIED: &[libc::c_long] = &[
    // Other processes.
    libc::SYS_tkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kcmp,
    libc::SYS_setpriority,
    // Programs and namespaces.
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at,
    // Anything that talks.
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_mq_open,
    libc::SYS_shmget,
    libc::SYS_semget,
    libc::SYS_msgget,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    // Corners of the kernel where holes were found.
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_personality,
    libc::SYS_fanotify_init,
    libc::SYS_quotactl,
    libc::SYS_vmsplice,
];

/// Restricts this process, its threads and its children for good; wants no_new_privs.
pub fn confine_worker(own_pid: i32) -> Result<(), SysError> {
    let program = program(own_pid as u32);
    let filter = libc::sock_fprog {
        len: program.len() as u16,
        filter: program.as_ptr().cast_mut(),
    };
    // SAFETY: the kernel copies the program, which outlives the call, and does not write to it.
    check("seccomp", || "worker filter".to_owned(), unsafe {
        libc::syscall(
            libc::SYS_seccomp,
            libc::SECCOMP_SET_MODE_FILTER,
            libc::SECCOMP_FILTER_FLAG_TSYNC,
            &raw const filter,
        )
    })
    .map(|_| ())
}

fn program(own_pid: u32) -> Vec<sock_filter> {
    let eperm = libc::SECCOMP_RET_ERRNO | libc::EPERM as u32;
    let enosys = libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32;
    let mut program = vec![load(ARCH), jump(BPF_JEQ, AUDIT_ARCH, 1, 0)];
    program.push(answer(libc::SECCOMP_RET_KILL_PROCESS));
    program.push(load(NUMBER));
    #[cfg(target_arch = "x86_64")]
    program.extend([
        jump(BPF_JSET, X32_BIT, 0, 1),
        answer(libc::SECCOMP_RET_KILL_PROCESS),
    ]);
    for number in DENIED {
        program.extend([jump(BPF_JEQ, *number as u32, 0, 1), answer(eperm)]);
    }
    // Its flags are behind a pointer, which a filter cannot follow; libc then uses clone(2).
    program.extend([jump(BPF_JEQ, libc::SYS_clone3 as u32, 0, 1), answer(enosys)]);
    let flags = [
        jump(BPF_JEQ, libc::SYS_clone as u32, 0, 4),
        load(FIRST_ARGUMENT),
        jump(BPF_JSET, NEW_NAMESPACES, 0, 1),
        answer(eperm),
        answer(libc::SECCOMP_RET_ALLOW),
    ];
    program.extend(flags);
    // Only towards ourselves; 0 means that for prlimit(2), which libc calls where it made threads.
    let ourselves = [
        (libc::SYS_kill, own_pid),
        (libc::SYS_tgkill, own_pid),
        (libc::SYS_prlimit64, 0),
    ];
    for (number, argument) in ourselves {
        program.extend([
            jump(BPF_JEQ, number as u32, 0, 4),
            load(FIRST_ARGUMENT),
            jump(BPF_JEQ, argument, 1, 0),
            answer(eperm),
            answer(libc::SECCOMP_RET_ALLOW),
        ]);
    }
    program.push(answer(libc::SECCOMP_RET_ALLOW));
    program
}

fn load(offset: u32) -> sock_filter {
    instruction(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0)
}

fn answer(value: u32) -> sock_filter {
    instruction(BPF_RET | BPF_K, value, 0, 0)
}

/// Compares and skips so many instructions when true, so many when false.
fn jump(comparison: u32, value: u32, when_true: u8, when_false: u8) -> sock_filter {
    instruction(BPF_JMP | comparison | BPF_K, value, when_true, when_false)
}

fn instruction(code: u32, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt,
        jf,
        k,
    }
}
