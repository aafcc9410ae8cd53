//! The container's control group: the command says where it is, the builder is born in it, unless
//! another runtime makes the container, which moves it there: runc wants to find it empty.
//!
//! cgroups(7), "Cgroups v2"; clone(2), CLONE_INTO_CGROUP (Linux 5.7). Whoever is cloned after the
//! builder inherits the group, and the cgroup namespace of the first process has it as root:
//! nothing is ever moved.

use core::ffi::CStr;

use crate::plan::Plan;
use crate::raw;
use crate::raw::*;
use crate::start::wait_readable;
use crate::wire::flag;
use crate::wire::head;

/// The longest path the command may name, with its NUL.
const PATH: usize = 1024;

/// How long the command may take to find a place, in milliseconds.
const LIMIT: i64 = 120_000;

/// Where the container's processes go; `fd` is -1 when they stay where the monitor is.
pub struct Cgroup {
    pub fd: i32,
    path: [u8; PATH],
    outside: bool,
}

impl Cgroup {
    /// Waits for the command's word: a path, or `-` for none. End of file alone: it died.
    pub fn told(plan: Plan) -> Cgroup {
        let mut cgroup = Cgroup { fd: -1, path: [0; PATH], outside: plan.has(flag::OUTSIDE) };
        let pipe = plan.fd(head::CGROUP);
        if pipe < 0 {
            return cgroup;
        }
        let mut used = 0;
        while used < PATH - 1 && wait_readable(pipe, LIMIT) {
            match raw::read(pipe, &mut cgroup.path[used..PATH - 1]) {
                Ok(0) | Err(_) => break,
                Ok(count) => used += count,
            }
        }
        close(pipe);
        match cgroup.path[0] {
            b'/' => {
                let flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
                cgroup.fd = raw::openat(AT_FDCWD, cgroup.path(), flags, 0).unwrap_or(-1);
                if cgroup.fd < 0 {
                    raw::exit(125);
                }
            }
            b'-' => {}
            _ => raw::exit(125),
        }
        cgroup
    }

    pub fn path(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.path).unwrap_or(c"")
    }

    /// Duplicates this process, into the group if that is ours to fill; 0 in the child.
    pub fn fork(&self) -> raw::Result<i32> {
        const CLONE_INTO_CGROUP: u64 = 0x2_0000_0000;
        const SIGCHLD: u64 = 17;
        if self.fd < 0 || self.outside {
            return raw::fork();
        }
        // struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size,
        // tls, set_tid, set_tid_size, cgroup.
        let arguments: [u64; 11] =
            [CLONE_INTO_CGROUP, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, self.fd as u64];
        call!(CLONE3, arguments.as_ptr(), size_of_val(&arguments)).map(|pid| pid as i32)
    }
}
