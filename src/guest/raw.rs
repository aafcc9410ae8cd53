//! System calls without a C library, for the guest programs.
//!
//! Each returns the kernel's value or a positive errno; nothing allocates. Numbers are
//! those of the kernel's syscall tables (x86_64 and the generic table of aarch64).

#![allow(dead_code, reason = "each program uses its own part")]

use core::ffi::CStr;

/// A positive errno.
pub type Errno = i32;
pub type Result<T = usize> = core::result::Result<T, Errno>;

pub const EINTR: Errno = 4;
pub const EAGAIN: Errno = 11;
pub const ENOENT: Errno = 2;
pub const ESRCH: Errno = 3;
pub const EBADF: Errno = 9;
pub const ECHILD: Errno = 10;
pub const EACCES: Errno = 13;
pub const EBUSY: Errno = 16;
pub const EEXIST: Errno = 17;
pub const ENOTDIR: Errno = 20;
pub const EINVAL: Errno = 22;
pub const EPIPE: Errno = 32;
pub const ENOSPC: Errno = 28;
pub const ENAMETOOLONG: Errno = 36;
pub const ENOSYS: Errno = 38;
pub const ELOOP: Errno = 40;
pub const ENXIO: Errno = 6;
pub const EIO: Errno = 5;
pub const EPERM: Errno = 1;
pub const ENOMEM: Errno = 12;
pub const E2BIG: Errno = 7;
pub const ENODEV: Errno = 19;
pub const EISDIR: Errno = 21;
pub const ETIMEDOUT: Errno = 110;

pub const F_DUPFD_CLOEXEC: usize = 1030;

macro_rules! numbers {
    ($($name:ident = $x86:literal, $arm:literal;)*) => {
        $(
            #[cfg(target_arch = "x86_64")]
            pub const $name: usize = $x86;
            #[cfg(target_arch = "aarch64")]
            pub const $name: usize = $arm;
        )*
    };
}

numbers! {
    READ = 0, 63; WRITE = 1, 64; CLOSE = 3, 57; LSEEK = 8, 62; MMAP = 9, 222; MUNMAP = 11, 215;
    RT_SIGACTION = 13, 134; RT_SIGPROCMASK = 14, 135; IOCTL = 16, 29;
    PREAD64 = 17, 67; PWRITE64 = 18, 68; READV = 19, 65; WRITEV = 20, 66; MADVISE = 28, 233;
    GETPID = 39, 172; SENDTO = 44, 206; RECVFROM = 45, 207; SENDMSG = 46, 211; RECVMSG = 47, 212;
    SHUTDOWN = 48, 210; SOCKET = 41, 198; CONNECT = 42, 203; SOCKETPAIR = 53, 199; GETSOCKOPT = 55, 209; SETSOCKOPT = 54, 208;
    CLONE = 56, 220; EXECVE = 59, 221; EXIT = 60, 93; WAIT4 = 61, 260; KILL = 62, 129; UNAME = 63, 160;
    FCNTL = 72, 25; FTRUNCATE = 77, 46; GETCWD = 79, 17; CHDIR = 80, 49; FCHDIR = 81, 50;
    FCHMOD = 91, 52; FCHOWN = 93, 55; UMASK = 95, 166; GETUID = 102, 174; GETGID = 104, 176;
    SETUID = 105, 146; SETGID = 106, 144; GETPPID = 110, 173; SETSID = 112, 157; SETGROUPS = 116, 159;
    SETRESUID = 117, 147; SETRESGID = 119, 149; CAPGET = 125, 90; CAPSET = 126, 91; FSTATFS = 138, 44;
    PERSONALITY = 135, 92; PIVOT_ROOT = 155, 41; PRCTL = 157, 167; SETRLIMIT = 160, 164; MOUNT = 165, 40;
    UMOUNT2 = 166, 39; SETHOSTNAME = 170, 161; SETDOMAINNAME = 171, 162; GETTID = 186, 178; GETDENTS64 = 217, 61;
    CLOCK_GETTIME = 228, 113; EXIT_GROUP = 231, 94; WAITID = 247, 95; KEYCTL = 250, 219;
    OPENAT = 257, 56; MKDIRAT = 258, 34; MKNODAT = 259, 33; FCHOWNAT = 260, 54; NEWFSTATAT = 262, 79;
    UNLINKAT = 263, 35; RENAMEAT2 = 316, 276; SYMLINKAT = 266, 36; READLINKAT = 267, 78; FCHMODAT = 268, 53;
    FACCESSAT = 269, 48; PPOLL = 271, 73; UNSHARE = 272, 97; SPLICE = 275, 76; UTIMENSAT = 280, 88;
    TIMERFD_CREATE = 283, 85; TIMERFD_SETTIME = 286, 86; ACCEPT4 = 288, 242; SIGNALFD4 = 289, 74;
    EPOLL_CREATE1 = 291, 20; EPOLL_CTL = 233, 21; EPOLL_PWAIT = 281, 22; DUP3 = 292, 24; PIPE2 = 293, 59;
    PRLIMIT64 = 302, 261; SETNS = 308, 268; SECCOMP = 317, 277; GETRANDOM = 318, 278; MEMFD_CREATE = 319, 279;
    EXECVEAT = 322, 281; STATX = 332, 291; PIDFD_SEND_SIGNAL = 424, 424; OPEN_TREE = 428, 428;
    MOVE_MOUNT = 429, 429; FSOPEN = 430, 430; FSCONFIG = 431, 431; FSMOUNT = 432, 432; PIDFD_OPEN = 434, 434;
    CLONE3 = 435, 435; CLOSE_RANGE = 436, 436; OPENAT2 = 437, 437; MOUNT_SETATTR = 442, 442; FLOCK = 73, 32;
    FSYNC = 74, 82; SETITIMER = 38, 103; SETPGID = 109, 154; SETPRIORITY = 141, 140; SCHED_SETATTR = 314, 274;
    SCHED_SETAFFINITY = 203, 122; IOPRIO_SET = 251, 30; FACCESSAT2 = 439, 439; SET_MEMPOLICY = 238, 237;
}

/// Performs system call `n` with six arguments.
///
/// # Safety
/// The arguments must be what the call expects; pointers must be valid for it.
#[inline(always)]
pub unsafe fn syscall(n: usize, a: [usize; 6]) -> Result {
    let result: isize;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the caller vouches for the arguments; the kernel clobbers rcx and r11 only.
    unsafe {
        core::arch::asm!("syscall", inlateout("rax") n as isize => result,
            in("rdi") a[0], in("rsi") a[1], in("rdx") a[2], in("r10") a[3], in("r8") a[4], in("r9") a[5],
            lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: as above.
    unsafe {
        core::arch::asm!("svc #0", in("x8") n, inlateout("x0") a[0] as isize => result,
            in("x1") a[1], in("x2") a[2], in("x3") a[3], in("x4") a[4], in("x5") a[5], options(nostack));
    }
    if (-4095..0).contains(&result) {
        Err(-result as Errno)
    } else {
        Ok(result as usize)
    }
}

/// Calls with the arguments given, the rest zero.
macro_rules! call {
    ($n:expr $(, $arg:expr)* $(,)?) => {{
        let given = [$($arg as usize),*];
        let mut all = [0usize; 6];
        let mut index = 0;
        while index < given.len() {
            all[index] = given[index];
            index += 1;
        }
        // SAFETY: every wrapper below passes numbers and pointers that outlive the call.
        unsafe { $crate::raw::syscall($n, all) }
    }};
}
pub(crate) use call;

pub const AT_FDCWD: i32 = -100;
pub const AT_EMPTY_PATH: usize = 0x1000;
pub const AT_SYMLINK_NOFOLLOW: usize = 0x100;
pub const AT_RECURSIVE: usize = 0x8000;
pub const O_RDONLY: usize = 0;
pub const O_WRONLY: usize = 1;
pub const O_RDWR: usize = 2;
pub const O_CREAT: usize = 0o100;
pub const O_EXCL: usize = 0o200;
pub const O_NOCTTY: usize = 0o400;
pub const O_TRUNC: usize = 0o1000;
pub const O_APPEND: usize = 0o2000;
pub const O_NONBLOCK: usize = 0o4000;
#[cfg(target_arch = "x86_64")]
pub const O_DIRECTORY: usize = 0o200000;
#[cfg(target_arch = "x86_64")]
pub const O_NOFOLLOW: usize = 0o400000;
#[cfg(target_arch = "aarch64")]
pub const O_DIRECTORY: usize = 0o40000;
#[cfg(target_arch = "aarch64")]
pub const O_NOFOLLOW: usize = 0o100000;
pub const O_CLOEXEC: usize = 0o2000000;
pub const O_PATH: usize = 0o10000000;

pub fn openat(dir: i32, path: &CStr, flags: usize, mode: usize) -> Result<i32> {
    call!(OPENAT, dir, path.as_ptr(), flags, mode).map(|fd| fd as i32)
}

pub fn close(fd: i32) {
    let _ = call!(CLOSE, fd);
}

pub fn read(fd: i32, buf: &mut [u8]) -> Result {
    call!(READ, fd, buf.as_mut_ptr(), buf.len())
}

pub fn write(fd: i32, bytes: &[u8]) -> Result {
    call!(WRITE, fd, bytes.as_ptr(), bytes.len())
}

/// Writes everything, or gives up at the first real error.
pub fn write_all(fd: i32, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        match write(fd, bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(EINTR) => {}
            Err(_) => return false,
        }
    }
    true
}

pub fn exit(code: i32) -> ! {
    loop {
        let _ = call!(EXIT_GROUP, code);
    }
}

pub fn getpid() -> i32 {
    call!(GETPID).unwrap_or(0) as i32
}

/// Ends this process by SIGKILL, so that nobody mistakes it for a clean end.
pub fn kill_self() -> ! {
    let _ = call!(KILL, getpid(), 9);
    exit(255)
}

/// Returns the size of an open file.
pub fn seek_end(fd: i32) -> Result {
    const SEEK_END: usize = 2;
    call!(LSEEK, fd, 0, SEEK_END)
}

/// Maps a whole file read-only; it stays mapped for the life of the process.
pub fn map_file(fd: i32, size: usize) -> Option<&'static [u8]> {
    const PROT_READ: usize = 1;
    const MAP_PRIVATE: usize = 2;
    if size == 0 {
        return None;
    }
    let address = call!(MMAP, 0, size, PROT_READ, MAP_PRIVATE, fd, 0).ok()?;
    // SAFETY: the kernel mapped `size` readable bytes there and nobody unmaps them; the
    // file is sealed against change by whoever made it.
    Some(unsafe { core::slice::from_raw_parts(address as *const u8, size) })
}

/// Maps room for so many words, all zero; it stays for the life of the process.
pub fn map_words(count: usize) -> Result<&'static mut [usize]> {
    const PROT_READ_WRITE: usize = 1 | 2;
    const MAP_PRIVATE_ANONYMOUS: usize = 2 | 0x20;
    let size = count.checked_mul(8).ok_or(ENOMEM)?;
    let address = call!(
        MMAP,
        0,
        size,
        PROT_READ_WRITE,
        MAP_PRIVATE_ANONYMOUS,
        -1isize,
        0
    )?;
    // SAFETY: the kernel mapped `size` bytes there, all zero, for nobody else; they stay.
    Ok(unsafe { core::slice::from_raw_parts_mut(address as *mut usize, count) })
}

/// What the program reads of struct stat.
pub struct Stat {
    pub mode: u32,
    /// Major and minor of a device node.
    pub rdev: (u64, u64),
    /// The device of the file system.
    pub dev: (u64, u64),
    pub ino: u64,
}

/// Asks about an open descriptor: statx(2).
pub fn fstat(fd: i32) -> Result<Stat> {
    const STATX_BASIC_STATS: usize = 0x7ff;
    // struct statx is 256 bytes: stx_mode at 28, stx_ino at 32, stx_rdev_major at 128, minor
    // at 132, stx_dev_major at 136, minor at 140.
    let mut buffer = [0u32; 64];
    call!(
        STATX,
        fd,
        c"".as_ptr(),
        AT_EMPTY_PATH,
        STATX_BASIC_STATS,
        buffer.as_mut_ptr()
    )?;
    Ok(Stat {
        mode: buffer[7] & 0xffff,
        rdev: (u64::from(buffer[32]), u64::from(buffer[33])),
        dev: (u64::from(buffer[34]), u64::from(buffer[35])),
        ino: u64::from(buffer[8]) | u64::from(buffer[9]) << 32,
    })
}

/// Returns the type of the file system a descriptor lies on: statfs(2).
pub fn fs_type(fd: i32) -> Result<i64> {
    let mut buffer = [0i64; 16];
    call!(FSTATFS, fd, buffer.as_mut_ptr())?;
    Ok(buffer[0])
}

/// Duplicates this process; 0 in the child.
pub fn fork() -> Result<i32> {
    const SIGCHLD: usize = 17;
    call!(CLONE, SIGCHLD, 0, 0, 0, 0).map(|pid| pid as i32)
}

/// Returns the exit code in a wait status, or 128+n for signal n.
pub fn exit_code(status: i32) -> i32 {
    let signal = status & 0x7f;
    if signal == 0 {
        status >> 8 & 0xff
    } else {
        128 + signal
    }
}

/// Writes a number in decimal into the buffer.
pub fn decimal(value: u64, buffer: &mut [u8; 24]) -> &CStr {
    let mut at = buffer.len() - 1;
    let mut rest = value;
    buffer[at] = 0;
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    CStr::from_bytes_until_nul(&buffer[at..]).unwrap_or(c"0")
}

/// struct msghdr of the 64-bit ABIs.
#[repr(C)]
pub struct MessageHeader {
    pub name: *mut u8,
    pub name_length: u32,
    pub vectors: *mut IoVec,
    pub vector_count: usize,
    pub control: *mut u8,
    pub control_length: usize,
    pub flags: i32,
}

#[repr(C)]
pub struct IoVec {
    pub base: *mut u8,
    pub length: usize,
}

/// struct cmsghdr with one descriptor: unix(7), SCM_RIGHTS.
#[repr(C, align(8))]
pub struct Rights {
    length: usize,
    level: i32,
    kind: i32,
    fd: i32,
    padding: i32,
}

impl Rights {
    /// A message that passes one descriptor.
    pub fn of(fd: i32) -> Self {
        Self {
            length: 20,
            level: 1,
            kind: 1,
            fd,
            padding: 0,
        }
    }

    /// The descriptor that came with a message that had room for this.
    pub fn passed(&self) -> Option<i32> {
        (self.level == 1 && self.kind == 1 && self.fd >= 0).then_some(self.fd)
    }
}

/// Sends words as one packet, with a descriptor beside them unless it is -1.
pub fn send_words(socket: i32, words: &[u64], fd: i32) -> bool {
    const MSG_NOSIGNAL: usize = 0x4000;
    let mut rights = Rights::of(fd);
    let mut vector = IoVec {
        base: words.as_ptr().cast_mut().cast(),
        length: size_of_val(words),
    };
    let header = MessageHeader {
        name: core::ptr::null_mut(),
        name_length: 0,
        vectors: &raw mut vector,
        vector_count: 1,
        control: if fd < 0 {
            core::ptr::null_mut()
        } else {
            (&raw mut rights).cast()
        },
        control_length: if fd < 0 { 0 } else { size_of::<Rights>() },
        flags: 0,
    };
    loop {
        match call!(SENDMSG, socket, &raw const header, MSG_NOSIGNAL) {
            Err(EINTR) => {}
            other => return other.is_ok(),
        }
    }
}

/// Receives one packet of words; the count of bytes and the descriptor that came along.
pub fn receive_words(socket: i32, words: &mut [u64]) -> Result<(usize, i32)> {
    const MSG_CMSG_CLOEXEC: usize = 0x4000_0000;
    let mut rights = Rights {
        length: 0,
        level: 0,
        kind: 0,
        fd: -1,
        padding: 0,
    };
    let mut vector = IoVec {
        base: words.as_mut_ptr().cast(),
        length: size_of_val(words),
    };
    let mut header = MessageHeader {
        name: core::ptr::null_mut(),
        name_length: 0,
        vectors: &raw mut vector,
        vector_count: 1,
        control: (&raw mut rights).cast(),
        control_length: size_of::<Rights>(),
        flags: 0,
    };
    loop {
        match call!(RECVMSG, socket, &raw mut header, MSG_CMSG_CLOEXEC) {
            Err(EINTR) => {}
            Err(errno) => return Err(errno),
            Ok(count) => {
                let came = header.control_length >= 20 && rights.level == 1 && rights.kind == 1;
                return Ok((count, if came { rights.fd } else { -1 }));
            }
        }
    }
}

/// struct pollfd.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PollFd {
    pub fd: i32,
    pub events: i16,
    pub revents: i16,
}

pub const POLLIN: i16 = 1;
pub const POLLOUT: i16 = 4;
pub const POLLERR: i16 = 8;
pub const POLLHUP: i16 = 16;

/// Waits for events; milliseconds, -1 for ever.
pub fn poll(set: &mut [PollFd], milliseconds: i64) -> Result {
    let time = [milliseconds / 1000, milliseconds % 1000 * 1_000_000];
    let limit = if milliseconds < 0 {
        core::ptr::null()
    } else {
        time.as_ptr()
    };
    call!(PPOLL, set.as_mut_ptr(), set.len(), limit, 0, 8)
}
