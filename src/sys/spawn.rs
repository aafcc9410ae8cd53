//! Starting our own programs: exactly the descriptors named, default signals, no copy of memory.
//!
//! Like posix_spawn(3) the child borrows the parent's memory until it execs
//! (`CLONE_VM | CLONE_VFORK`), so starting costs the same from a small and a big process and is
//! safe from any thread. That is also why credentials and user namespaces are *not* changed
//! here: the new program does so itself.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::ptr;

use crate::sys::process::Pidfd;
use crate::sys::{SysError, check};

/// The child's stack until exec: it calls a handful of libc wrappers, nothing recursive.
const STACK_SIZE: usize = 256 * 1024;

/// The unreachable lowest part of it; the largest page Linux uses, so always whole pages.
const GUARD_SIZE: usize = 64 * 1024;

/// What to start. Standard streams are /dev/null unless given; every descriptor not named is closed.
#[derive(Debug, Default)]
pub struct Spawn<'a> {
    pub argv: Vec<CString>,
    /// The whole environment.
    pub env: Vec<CString>,
    pub stdin: Option<BorrowedFd<'a>>,
    pub stdout: Option<BorrowedFd<'a>>,
    pub stderr: Option<BorrowedFd<'a>>,
    /// Become 3, 4, 5, … in the child.
    pub passed: Vec<BorrowedFd<'a>>,
    /// In a session of its own, in `/`: survives the terminal.
    pub own_session: bool,
    /// In a mount namespace of its own; what is mounted here later is not seen there.
    pub own_mounts: bool,
    /// Where it begins; instead of `/` in a session of its own.
    pub directory: Option<BorrowedFd<'a>>,
}

/// Which program.
#[derive(Debug, Clone, Copy)]
pub enum Program<'a> {
    Path(&'a CStr),
    /// execveat(2) of an open file.
    Open(BorrowedFd<'a>),
}

/// A child that has begun to execute its program.
#[derive(Debug)]
pub struct Child {
    pub pid: i32,
    pub pidfd: Pidfd,
}

impl Spawn<'_> {
    /// Starts the program as a child; returns once it runs, or with the error of the step that failed.
    pub fn start(&self, program: Program<'_>) -> Result<Child, SysError> {
        let child = self.clone_and_exec(program, Ties::Child)?;
        Ok(child.expect("a child that is not orphaned has a pidfd"))
    }

    /// Starts the program as nobody's child: the first process of the system collects it.
    pub fn start_orphan(&self, program: Program<'_>) -> Result<(), SysError> {
        self.clone_and_exec(program, Ties::Orphan).map(|_| ())
    }

    fn clone_and_exec(&self, program: Program<'_>, ties: Ties) -> Result<Option<Child>, SysError> {
        let null = File::options()
            .read(true)
            .write(true)
            .open("/dev/null")
            .map_err(|error| {
                SysError::new("open", "/dev/null", error.raw_os_error().unwrap_or(0))
            })?;
        let stdio = [self.stdin, self.stdout, self.stderr];
        let mut sources: Vec<RawFd> = stdio
            .iter()
            .map(|given| given.unwrap_or(null.as_fd()).as_raw_fd())
            .collect();
        sources.extend(self.passed.iter().map(AsRawFd::as_raw_fd));
        let argv = pointers(&self.argv);
        let env = pointers(&self.env);
        let stacks = [Stack::new()?, Stack::new()?];
        let mut order = Order {
            program,
            argv: argv.as_ptr(),
            env: env.as_ptr(),
            sources: &mut sources,
            own_session: self.own_session,
            own_mounts: self.own_mounts,
            directory: self.directory.map(|fd| fd.as_raw_fd()),
            ties,
            second_stack: stacks[1].top(),
            failed: None,
        };
        let result = with_signals_blocked(|| clone(&stacks[0], &mut order))?;
        if let Some((call, errno)) = order.failed {
            let _ = result.pidfd.wait(std::time::Duration::from_secs(5));
            let what = match program {
                Program::Path(path) => format!("{path:?}"),
                Program::Open(_) => format!("{:?}", self.argv.first().map_or(c"", |a| a)),
            };
            return Err(SysError::new(call, what, errno));
        }
        match ties {
            Ties::Child => Ok(Some(result)),
            Ties::Orphan => {
                result.pidfd.wait(std::time::Duration::from_secs(5))?;
                Ok(None)
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ties {
    Child,
    Orphan,
}

/// Everything the child needs; made by the parent, because the child must not allocate.
struct Order<'a> {
    program: Program<'a>,
    argv: *const *const libc::c_char,
    env: *const *const libc::c_char,
    /// What becomes descriptor 0, 1, 2, …; the child overwrites its entries.
    sources: &'a mut [RawFd],
    own_session: bool,
    own_mounts: bool,
    directory: Option<RawFd>,
    ties: Ties,
    second_stack: *mut libc::c_void,
    /// Written by the child into the parent's memory.
    failed: Option<(&'static str, i32)>,
}

fn pointers(words: &[CString]) -> Vec<*const libc::c_char> {
    words
        .iter()
        .map(|word| word.as_ptr())
        .chain([ptr::null()])
        .collect()
}

const CLONE_FLAGS: i32 = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;

fn clone(stack: &Stack, order: &mut Order<'_>) -> Result<Child, SysError> {
    let mut pidfd: RawFd = -1;
    // SAFETY: the child runs `child` on a stack of its own; CLONE_VFORK suspends us until it has
    // exec'd or ended, so `order`, `stack` and everything they point to outlive its use.
    let pid = check("clone", || "CLONE_VM|CLONE_VFORK".to_owned(), unsafe {
        libc::clone(
            child,
            stack.top(),
            CLONE_FLAGS | libc::CLONE_PIDFD,
            ptr::from_mut(order).cast(),
            &raw mut pidfd,
        )
        .into()
    })?;
    // SAFETY: clone succeeded, so the kernel stored a new close-on-exec descriptor there.
    let pidfd = Pidfd::from_owned(unsafe { OwnedFd::from_raw_fd(pidfd) });
    Ok(Child {
        pid: pid as i32,
        pidfd,
    })
}

/// The child of an ordinary spawn, or the short-lived one between us and an orphan.
extern "C" fn child(order: *mut libc::c_void) -> libc::c_int {
    // SAFETY: the parent passed an Order and is suspended: nobody else uses it.
    let order = unsafe { &mut *order.cast::<Order<'_>>() };
    if order.ties == Ties::Orphan {
        let stack = order.second_stack;
        // SAFETY: as in `clone`: a stack of its own, and CLONE_VFORK suspends us meanwhile.
        let pid =
            unsafe { libc::clone(grandchild, stack, CLONE_FLAGS, ptr::from_mut(order).cast()) };
        if pid == -1 {
            order.failed = Some(("clone", errno()));
        }
        // SAFETY: ends this process without running the parent's exit functions.
        unsafe { libc::_exit(0) };
    }
    become_program(order)
}

extern "C" fn grandchild(order: *mut libc::c_void) -> libc::c_int {
    // SAFETY: as in `child`.
    become_program(unsafe { &mut *order.cast::<Order<'_>>() })
}

/// Never returns; writes why into the order when exec was not reached.
fn become_program(order: &mut Order<'_>) -> ! {
    let (call, errno) = prepare_and_exec(order);
    order.failed = Some((call, errno));
    // SAFETY: ends this process without running the parent's exit functions.
    unsafe { libc::_exit(127) }
}

fn errno() -> i32 {
    // SAFETY: libc's errno of this thread; the parent's thread, which is suspended.
    unsafe { *libc::__errno_location() }
}

/// signal-safety(7): system calls only, no allocation.
fn prepare_and_exec(order: &mut Order<'_>) -> (&'static str, i32) {
    // Signal handlers are reset before signals are unblocked: one must not run in shared memory.
    // SAFETY: the calls take numbers, or pointers into what the suspended parent keeps alive.
    unsafe {
        for signal in 1..=64 {
            libc::signal(signal, libc::SIG_DFL);
        }
        if order.own_session {
            libc::setsid();
            if libc::chdir(c"/".as_ptr()) == -1 {
                return ("chdir", errno());
            }
        }
        if order.own_mounts && libc::unshare(libc::CLONE_NEWNS) == -1 {
            return ("unshare", errno());
        }
        if let Some(directory) = order.directory
            && libc::fchdir(directory) == -1
        {
            return ("fchdir", errno());
        }
        if let Err(failed) = place_descriptors(order) {
            return failed;
        }
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const none, ptr::null_mut());
        match order.program {
            Program::Path(path) => {
                libc::execve(path.as_ptr(), order.argv, order.env);
                ("execve", errno())
            }
            Program::Open(fd) => {
                let flags = libc::AT_EMPTY_PATH;
                let fd = fd.as_raw_fd();
                libc::syscall(
                    libc::SYS_execveat,
                    fd,
                    c"".as_ptr(),
                    order.argv,
                    order.env,
                    flags,
                );
                ("execveat", errno())
            }
        }
    }
}

/// Puts `sources[i]` at descriptor i and closes everything else on exec.
fn place_descriptors(order: &mut Order<'_>) -> Result<(), (&'static str, i32)> {
    let count = order.sources.len() as RawFd;
    // SAFETY: numbers only; this process has a descriptor table of its own (no CLONE_FILES).
    unsafe {
        // Above every target first, so that no source is overwritten before its turn.
        if let Program::Open(fd) = &mut order.program {
            let high = libc::fcntl(fd.as_raw_fd(), libc::F_DUPFD_CLOEXEC, count);
            if high == -1 {
                return Err(("fcntl", errno()));
            }
            *fd = BorrowedFd::borrow_raw(high);
        }
        for source in order.sources.iter_mut() {
            let high = libc::fcntl(*source, libc::F_DUPFD_CLOEXEC, count);
            if high == -1 {
                return Err(("fcntl", errno()));
            }
            *source = high;
        }
        for (target, source) in order.sources.iter().enumerate() {
            if libc::dup2(*source, target as RawFd) == -1 {
                return Err(("dup2", errno()));
            }
        }
        // CLOEXEC instead of closing: the program itself is still needed. Since Linux 5.11.
        let flags = libc::CLOSE_RANGE_CLOEXEC;
        if libc::syscall(libc::SYS_close_range, count, u32::MAX, flags) == -1 {
            return Err(("close_range", errno()));
        }
    }
    Ok(())
}

/// A mapped stack whose lowest part is unreachable.
struct Stack(*mut libc::c_void);

impl Stack {
    fn new() -> Result<Self, SysError> {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_STACK;
        // SAFETY: a fresh mapping wherever the kernel likes.
        let base =
            unsafe { libc::mmap(ptr::null_mut(), STACK_SIZE, libc::PROT_NONE, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(SysError::last("mmap", "stack"));
        }
        let stack = Self(base);
        // SAFETY: the upper part of the mapping just made.
        check("mprotect", || "stack".to_owned(), unsafe {
            let usable = base.byte_add(GUARD_SIZE);
            let access = libc::PROT_READ | libc::PROT_WRITE;
            libc::mprotect(usable, STACK_SIZE - GUARD_SIZE, access).into()
        })?;
        Ok(stack)
    }

    fn top(&self) -> *mut libc::c_void {
        // SAFETY: one past the end of the mapping; page-aligned, so 16-byte-aligned too.
        unsafe { self.0.byte_add(STACK_SIZE) }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: our own mapping, unused once the child has exec'd or ended.
        unsafe { libc::munmap(self.0, STACK_SIZE) };
    }
}

/// Keeps handlers of this thread from running in the child while memory is shared.
fn with_signals_blocked<T>(work: impl FnOnce() -> T) -> T {
    // SAFETY: both sets live until the calls return; all-zero bytes are a valid set.
    let mut before: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, &raw mut before);
    }
    let result = work();
    // SAFETY: restores the set saved above.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, ptr::null_mut()) };
    result
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::time::Duration;

    use super::*;
    use crate::sys::process::Ended;

    fn words(words: &[&str]) -> Vec<CString> {
        words
            .iter()
            .map(|w| CString::new(*w).expect("no NUL"))
            .collect()
    }

    fn shell(script: &str) -> Vec<CString> {
        words(&["sh", "-c", script])
    }

    #[test]
    fn descriptors_land_where_they_were_named() {
        let (mut reader, writer) = std::io::pipe().expect("pipe");
        let spawn = Spawn {
            argv: shell("echo three >&3; echo four >&4; ls /proc/self/fd | tr '\\n' ' ' >&4"),
            env: words(&["PATH=/usr/bin:/bin"]),
            passed: vec![writer.as_fd(), writer.as_fd()],
            ..Spawn::default()
        };
        let child = spawn.start(Program::Path(c"/bin/sh")).expect("starts");
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("readable");
        // ls itself opens one more, 5.
        assert_eq!(text, "three\nfour\n0 1 2 3 4 5 ");
        let ended = child.pidfd.wait(Duration::from_secs(10)).expect("waits");
        assert_eq!(ended, Some(Ended::Exited(0)));
    }

    #[test]
    fn a_missing_program_is_an_error_of_the_start() {
        let spawn = Spawn {
            argv: words(&["nothing"]),
            ..Spawn::default()
        };
        let error = spawn.start(Program::Path(c"/no/such")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "execve(\"/no/such\"): no such file or directory"
        );
        let error = spawn.start_orphan(Program::Path(c"/no/such")).unwrap_err();
        assert_eq!(error.errno, libc::ENOENT);
    }

    #[test]
    fn an_orphan_is_not_our_child_and_has_its_own_session() {
        let (mut reader, writer) = std::io::pipe().expect("pipe");
        let spawn = Spawn {
            argv: shell("cut -d' ' -f4,6 /proc/$$/stat >&3; echo $$ >&3"),
            env: words(&["PATH=/usr/bin:/bin"]),
            passed: vec![writer.as_fd()],
            own_session: true,
            ..Spawn::default()
        };
        spawn
            .start_orphan(Program::Path(c"/bin/sh"))
            .expect("starts");
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("readable");
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_ne!(words[0], std::process::id().to_string());
        assert_eq!(words[1], words[2]);
    }

    #[test]
    fn many_threads_may_start_at_once() {
        let threads: Vec<_> = (0..16)
            .map(|_| {
                std::thread::spawn(|| {
                    for _ in 0..20 {
                        let spawn = Spawn {
                            argv: words(&["true"]),
                            ..Spawn::default()
                        };
                        let child = spawn.start(Program::Path(c"/bin/true")).expect("starts");
                        let ended = child.pidfd.wait(Duration::from_secs(30)).expect("waits");
                        assert_eq!(ended, Some(Ended::Exited(0)));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("no panic");
        }
    }
}
