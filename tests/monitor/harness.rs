//! A shell as a container's init, the monitor beside it, and clients that attach.

use std::ffi::CString;
use std::fs;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use coracle::types::ExitRecord;

use crate::supervise::{Supervised, supervise};
use crate::wire_attach as wire;

/// Everything here ends within this time or fails.
pub const PATIENCE: Duration = Duration::from_secs(120);

// ---- the container ------------------------------------------------------------------

/// Asks until the answer is yes.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[derive(Default)]
pub struct Options {
    pub tty: bool,
    pub stdin: bool,
    pub log_max: u64,
    pub no_log: bool,
    /// The log goes to a file system of this many bytes.
    pub log_space: Option<u64>,
    pub no_primary: bool,
    /// Start a program that stands for pasta.
    pub helper: bool,
}

pub struct Container {
    pub dir: PathBuf,
    pub monitor: i32,
    pub primary: Option<OwnedFd>,
}

pub fn check(result: i32, what: &str) -> i32 {
    assert!(result >= 0, "{what}: {}", std::io::Error::last_os_error());
    result
}

pub fn own(fd: i32) -> OwnedFd {
    assert!(fd >= 0);
    // SAFETY: the descriptor was just made and nobody else holds it.
    unsafe { OwnedFd::from_raw_fd(fd) }
}

pub fn pipe() -> (OwnedFd, OwnedFd) {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for both descriptors.
    check(
        unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) },
        "pipe2",
    );
    (own(ends[0]), own(ends[1]))
}

pub fn seqpacket_pair() -> (OwnedFd, OwnedFd) {
    let mut ends = [0; 2];
    let kind = libc::SOCK_SEQPACKET | libc::SOCK_CLOEXEC;
    // SAFETY: `ends` has room for both descriptors.
    check(
        unsafe { libc::socketpair(libc::AF_UNIX, kind, 0, ends.as_mut_ptr()) },
        "socketpair",
    );
    (own(ends[0]), own(ends[1]))
}

pub fn address(path: &Path) -> (libc::sockaddr_un, libc::socklen_t) {
    let mut address = libc::sockaddr_un {
        sun_family: libc::AF_UNIX as u16,
        sun_path: [0; 108],
    };
    for (to, from) in address
        .sun_path
        .iter_mut()
        .zip(path.as_os_str().as_encoded_bytes())
    {
        *to = *from as libc::c_char;
    }
    (address, size_of::<libc::sockaddr_un>() as libc::socklen_t)
}

pub fn seqpacket() -> OwnedFd {
    // SAFETY: no pointers.
    own(unsafe { libc::socket(libc::AF_UNIX, libc::SOCK_SEQPACKET | libc::SOCK_CLOEXEC, 0) })
}

pub fn listen(path: &Path) -> OwnedFd {
    let socket = seqpacket();
    let flags = libc::O_NONBLOCK;
    let (address, length) = address(path);
    // SAFETY: the address outlives the call.
    unsafe {
        check(
            libc::bind(socket.as_raw_fd(), (&raw const address).cast(), length),
            "bind",
        );
        check(libc::listen(socket.as_raw_fd(), 128), "listen");
        check(
            libc::fcntl(socket.as_raw_fd(), libc::F_SETFL, flags),
            "fcntl",
        );
    }
    socket
}

pub fn directory() -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("cm-{}-{number}", std::process::id()));
    fs::create_dir_all(&dir).expect("a directory");
    dir
}

pub fn open_directory(path: &Path) -> OwnedFd {
    fs::File::open(path).expect("the directory opens").into()
}

/// Runs `/bin/sh -c script` as a container's init with the monitor beside it.
pub fn start(script: &str, options: Options) -> Container {
    start_in(directory(), script, options)
}

pub fn start_in(dir: PathBuf, script: &str, options: Options) -> Container {
    let (ours, theirs) = seqpacket_pair();
    let _ = fs::remove_file(dir.join("attach"));
    let listening = listen(&dir.join("attach"));
    let record_dir = open_directory(&dir);
    let log_dir = open_directory(&dir);
    let space = options.log_space.map(|bytes| SmallSpace::plan(&dir, bytes));
    let (stdin_read, stdin_write) = pipe();
    let (stdout_read, stdout_write) = pipe();
    let (stderr_read, stderr_write) = pipe();
    let (master, slave) = if options.tty { pty() } else { pipe() };
    let script = format!("CM_DIR='{}'; {script}", dir.display());
    let argv = ["/bin/sh", "-c", script.as_str()].map(|word| CString::new(word).expect("no NUL"));
    let helper = ["/bin/sleep", "1000"].map(|word| CString::new(word).expect("no NUL"));
    let mut supervised = Supervised {
        tty: options.tty,
        stdin_open: options.stdin,
        log: if options.no_log {
            -1
        } else {
            log_dir.as_raw_fd()
        },
        log_max: options.log_max,
        listen: listening.as_raw_fd(),
        primary: if options.no_primary {
            -1
        } else {
            theirs.as_raw_fd()
        },
        directory: record_dir.as_raw_fd(),
        ..Supervised::NOTHING
    };
    let stdio: [RawFd; 3] = if options.tty {
        supervised.pty_master = master.as_raw_fd();
        [slave.as_raw_fd(); 3]
    } else {
        supervised.stdin_write = stdin_write.as_raw_fd();
        supervised.stdout_read = stdout_read.as_raw_fd();
        supervised.stderr_read = stderr_read.as_raw_fd();
        [
            stdin_read.as_raw_fd(),
            stdout_write.as_raw_fd(),
            stderr_write.as_raw_fd(),
        ]
    };
    // SAFETY: the child makes only system calls until it executes or exits; it does not
    // return from this block.
    let monitor = unsafe {
        let pid = check(libc::fork(), "fork");
        if pid == 0 {
            libc::setsid();
            libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1);
            if options.helper {
                supervised.helper_pid = libc::fork();
                if supervised.helper_pid == 0 {
                    become_program(&helper, None, false);
                }
            }
            supervised.init = libc::fork();
            if supervised.init == 0 {
                become_program(&argv, Some(stdio), options.tty);
            }
            let kept = [
                supervised.log,
                supervised.listen,
                supervised.primary,
                supervised.directory,
                supervised.pty_master,
                supervised.stdin_write,
                supervised.stdout_read,
                supervised.stderr_read,
                2,
            ];
            for fd in 0..2000 {
                if !kept.contains(&fd) {
                    libc::close(fd);
                }
            }
            if let Some(space) = &space {
                supervised.log = space.enter();
            }
            supervised.init_pidfd = libc::syscall(libc::SYS_pidfd_open, supervised.init, 0) as i32;
            let ended = std::panic::catch_unwind(|| supervise(&supervised).code);
            libc::_exit(ended.unwrap_or(99));
        }
        pid
    };
    let primary = if options.no_primary { None } else { Some(ours) };
    Container {
        dir,
        monitor,
        primary,
    }
}

/// A tmpfs of few bytes, mounted where only the monitor sees it.
struct SmallSpace {
    uid_map: String,
    gid_map: String,
    place: CString,
    options: CString,
}

impl SmallSpace {
    /// Makes everything the child of a fork must not allocate.
    fn plan(dir: &Path, bytes: u64) -> Self {
        fs::create_dir(dir.join("small")).expect("a directory");
        let place = dir.join("small").into_os_string().into_encoded_bytes();
        // SAFETY: no arguments.
        let (uid, gid) = unsafe { (libc::getuid(), libc::getgid()) };
        Self {
            uid_map: format!("0 {uid} 1"),
            gid_map: format!("0 {gid} 1"),
            place: CString::new(place).expect("no NUL"),
            options: CString::new(format!("size={bytes}")).expect("no NUL"),
        }
    }

    /// Mounts it and returns a descriptor of it.
    ///
    /// # Safety
    /// Only in a child just forked.
    unsafe fn enter(&self) -> i32 {
        // SAFETY: the strings outlive the calls.
        unsafe {
            check(
                libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNS),
                "unshare",
            );
            for (file, text) in [
                (c"/proc/self/setgroups", "deny"),
                (c"/proc/self/uid_map", self.uid_map.as_str()),
                (c"/proc/self/gid_map", self.gid_map.as_str()),
            ] {
                let fd = libc::open(file.as_ptr(), libc::O_WRONLY);
                libc::write(fd, text.as_ptr().cast(), text.len());
                libc::close(fd);
            }
            let (kind, data) = (c"tmpfs".as_ptr(), self.options.as_ptr().cast());
            check(
                libc::mount(kind, self.place.as_ptr(), kind, 0, data),
                "mount",
            );
            libc::open(self.place.as_ptr(), libc::O_RDONLY | libc::O_DIRECTORY)
        }
    }
}

pub fn pty() -> (OwnedFd, OwnedFd) {
    // SAFETY: no pointers; TIOCGPTPEER returns a descriptor.
    unsafe {
        let master = own(check(
            libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY),
            "openpt",
        ));
        libc::fcntl(master.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC);
        libc::unlockpt(master.as_raw_fd());
        let flags = libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC;
        let slave = libc::ioctl(master.as_raw_fd(), libc::TIOCGPTPEER, flags);
        (master, own(check(slave, "TIOCGPTPEER")))
    }
}

/// # Safety
/// Only in a child just forked.
pub unsafe fn become_program(argv: &[CString], stdio: Option<[RawFd; 3]>, tty: bool) -> ! {
    // SAFETY: only system calls; the strings were made before the fork.
    unsafe {
        if let Some(stdio) = stdio {
            libc::setsid();
            for (to, from) in stdio.into_iter().enumerate() {
                libc::dup2(from, to as i32);
            }
            if tty {
                libc::ioctl(0, libc::TIOCSCTTY, 0);
            }
        }
        for fd in 3..2000 {
            libc::close(fd);
        }
        let mut pointers = [std::ptr::null(); 4];
        for (pointer, word) in pointers.iter_mut().zip(argv) {
            *pointer = word.as_ptr();
        }
        libc::execv(pointers[0], pointers.as_ptr());
        libc::_exit(127)
    }
}

impl Container {
    pub fn primary(&self) -> RawFd {
        self.primary.as_ref().expect("has a primary").as_raw_fd()
    }

    /// Attaches the command that started it.
    pub fn greet(&self, streams: u8) {
        assert!(say(self.primary(), &[wire::ATTACH, wire::VERSION, streams]));
    }

    pub fn connect(&self) -> OwnedFd {
        let socket = seqpacket();
        let (address, length) = address(&self.dir.join("attach"));
        // SAFETY: the address outlives the call.
        let done =
            unsafe { libc::connect(socket.as_raw_fd(), (&raw const address).cast(), length) };
        check(done, "connect");
        socket
    }

    pub fn attach(&self, streams: u8) -> OwnedFd {
        let socket = self.connect();
        assert!(say(
            socket.as_raw_fd(),
            &[wire::ATTACH, wire::VERSION, streams]
        ));
        socket
    }

    pub fn log(&self) -> String {
        let bytes = fs::read(self.dir.join("ctr.log")).expect("the log");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn record(&self) -> ExitRecord {
        let text = fs::read_to_string(self.dir.join("exit")).expect("the exit record");
        ExitRecord::parse(&text).expect("a well-formed record")
    }

    /// Whether its end is written down.
    pub fn ended(&self) -> bool {
        self.dir.join("exit").exists()
    }

    /// Waits for the monitor and returns what it exited with.
    pub fn wait(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut status = 0;
            // SAFETY: `status` outlives the call.
            let pid = unsafe { libc::waitpid(self.monitor, &raw mut status, libc::WNOHANG) };
            if pid == self.monitor {
                self.monitor = -1;
                return if libc::WIFEXITED(status) {
                    libc::WEXITSTATUS(status)
                } else {
                    -1
                };
            }
            assert!(Instant::now() < deadline, "the monitor does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        if self.monitor > 0 {
            // SAFETY: our own child, not collected yet, leads the group that its container is in.
            unsafe {
                libc::kill(-self.monitor, libc::SIGKILL);
                libc::kill(self.monitor, libc::SIGKILL);
                libc::waitpid(self.monitor, std::ptr::null_mut(), 0);
            }
        }
        // What was killed may still be writing for a moment.
        let end = Instant::now() + Duration::from_secs(5);
        while fs::remove_dir_all(&self.dir).is_err() && self.dir.exists() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

// ---- a client -----------------------------------------------------------------------

pub fn say(socket: RawFd, message: &[u8]) -> bool {
    // SAFETY: the message outlives the call.
    let sent = unsafe {
        libc::send(
            socket,
            message.as_ptr().cast(),
            message.len(),
            libc::MSG_NOSIGNAL,
        )
    };
    sent == message.len() as isize
}

pub fn hear(socket: RawFd) -> Option<Vec<u8>> {
    let mut entry = libc::pollfd {
        fd: socket,
        events: libc::POLLIN,
        revents: 0,
    };
    let mut buffer = vec![0u8; wire::MESSAGE_MAX];
    // SAFETY: entry and buffer outlive the calls.
    let length = unsafe {
        let ready = libc::poll(&raw mut entry, 1, PATIENCE.as_millis() as i32);
        assert_eq!(ready, 1, "nothing is heard");
        libc::recv(socket, buffer.as_mut_ptr().cast(), buffer.len(), 0)
    };
    if length <= 0 {
        return None;
    }
    buffer.truncate(length as usize);
    Some(buffer)
}

#[derive(Default, Debug)]
pub struct Heard {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub record: Option<ExitRecord>,
    pub started: bool,
}

/// Listens until the connection ends.
pub fn listen_to_the_end(socket: RawFd) -> Heard {
    let mut heard = Heard::default();
    while let Some(message) = hear(socket) {
        match message[0] {
            wire::STDOUT => heard.stdout.extend_from_slice(&message[1..]),
            wire::STDERR => heard.stderr.extend_from_slice(&message[1..]),
            wire::STARTED => heard.started = true,
            wire::EXIT => {
                heard.record = ExitRecord::parse(&String::from_utf8_lossy(&message[1..]));
            }
            other => panic!("unknown message {other}"),
        }
    }
    heard
}

pub const OUTPUTS: u8 = wire::WANT_STDOUT | wire::WANT_STDERR;
pub const ALL: u8 = OUTPUTS | wire::WANT_STDIN;
