//! Files and directories by descriptor: openat(2), openat2(2), statx(2), flock(2) and kin.
//!
//! Every name below an untrusted root goes through [`open_beneath`], which lets the kernel
//! refuse links, `..` above the root and mount crossings. Deleting trees is `sys::tree`.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{
    AtFlags, CWD, FileType, FlockOperation, Gid, Mode, OFlags, RawMode, RenameFlags, ResolveFlags,
    Timespec, Timestamps, Uid, XattrFlags,
};
use rustix::io::Errno;

use crate::sys::SysError;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Directory,
    Symlink,
    Fifo,
    Socket,
    CharDevice,
    BlockDevice,
    Unknown,
}

/// What the engine wants to know of an inode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    pub kind: Kind,
    /// Permission bits with setuid, setgid and sticky: 07777.
    pub mode: u32,
    pub uid: u32,
    pub gid: u32,
    pub size: u64,
    pub links: u64,
    pub device: u64,
    pub inode: u64,
    /// The device a device node stands for.
    pub rdev: (u32, u32),
    /// Seconds and nanoseconds.
    pub mtime: (i64, u32),
    /// 512-byte blocks in use.
    pub blocks: u64,
}

impl Stat {
    /// Whether both describe one inode.
    pub fn same_inode(&self, other: &Stat) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// Whether this is overlayfs's mark for "deleted below": a 0:0 character device.
    pub fn is_whiteout(&self) -> bool {
        self.kind == Kind::CharDevice && self.rdev == (0, 0)
    }
}

/// How a file is opened; always close-on-exec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// For reading; a FIFO does not block.
    Read,
    /// For reading a directory; fails on anything else.
    Directory,
    /// Only a handle: O_PATH.
    Path,
    /// A new file for writing, which must not exist yet.
    CreateNew(u32),
    /// For reading and writing, made if missing, not truncated.
    CreateOrOpen(u32),
    /// An existing file for writing, emptied.
    Overwrite,
    /// A FIFO that somebody reads, for writing: ENXIO when nobody does.
    Write,
}

impl Open {
    fn flags(self) -> (OFlags, Mode) {
        let (flags, mode) = match self {
            Self::Read => (OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY, 0),
            Self::Directory => (OFlags::RDONLY | OFlags::DIRECTORY, 0),
            Self::Path => (OFlags::PATH, 0),
            Self::CreateNew(mode) => (OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, mode),
            Self::CreateOrOpen(mode) => (OFlags::RDWR | OFlags::CREATE, mode),
            Self::Overwrite => (OFlags::WRONLY | OFlags::TRUNC | OFlags::NONBLOCK, 0),
            Self::Write => (OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY, 0),
        };
        (
            flags | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            Mode::from_raw_mode(mode as RawMode),
        )
    }
}

fn failed(call: &'static str, name: &[u8], errno: Errno) -> SysError {
    SysError::new(
        call,
        format!("\"{}\"", name.escape_ascii()),
        errno.raw_os_error(),
    )
}

fn failed_fd(call: &'static str, errno: Errno) -> SysError {
    SysError::new(call, "", errno.raw_os_error())
}

/// Opens a directory by a path that is trusted: the caller's own, links followed.
pub fn open_directory(path: &Path) -> Result<OwnedFd, SysError> {
    rustix::fs::openat(
        CWD,
        path,
        OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )
    .map_err(|errno| failed("openat", path.as_os_str().as_encoded_bytes(), errno))
}

/// Opens a path that is trusted as a place only: open(2), O_PATH.
pub fn open_path(path: &Path) -> Result<OwnedFd, SysError> {
    rustix::fs::openat(CWD, path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())
        .map_err(|errno| failed("openat", path.as_os_str().as_encoded_bytes(), errno))
}

/// Opens one name in a directory, never through a link.
pub fn open_at(dir: impl AsFd, name: &[u8], how: Open) -> Result<OwnedFd, SysError> {
    let (flags, mode) = how.flags();
    rustix::fs::openat(dir, name, flags, mode).map_err(|errno| failed("openat", name, errno))
}

/// Opens a path that is trusted, such as one of procfs's links to namespaces, for reading.
pub fn open_followed(dir: impl AsFd, path: &[u8]) -> Result<OwnedFd, SysError> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    rustix::fs::openat(dir, path, flags, Mode::empty())
        .map_err(|errno| failed("openat", path, errno))
}

/// Opens a path below `root` that must meet no link, no `..` above it and no other mount.
pub fn open_beneath(root: impl AsFd, path: &[u8], how: Open) -> Result<OwnedFd, SysError> {
    let (flags, mode) = how.flags();
    let resolve = ResolveFlags::BENEATH
        | ResolveFlags::NO_SYMLINKS
        | ResolveFlags::NO_MAGICLINKS
        | ResolveFlags::NO_XDEV;
    openat2(root, path, flags, mode, resolve)
}

/// As [`open_beneath`], but what is mounted there belongs to the tree.
pub fn open_across(root: impl AsFd, path: &[u8], how: Open) -> Result<OwnedFd, SysError> {
    let (flags, mode) = how.flags();
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    openat2(root, path, flags, mode, resolve)
}

/// Opens a path as if `root` were "/": links are followed, but stay inside.
pub fn open_in_root(root: impl AsFd, path: &[u8], how: Open) -> Result<OwnedFd, SysError> {
    let (flags, mode) = how.flags();
    let flags = flags.difference(OFlags::NOFOLLOW);
    let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    openat2(root, path, flags, mode, resolve)
}

fn openat2(
    root: impl AsFd,
    path: &[u8],
    flags: OFlags,
    mode: Mode,
    resolve: ResolveFlags,
) -> Result<OwnedFd, SysError> {
    // EAGAIN: a rename elsewhere in the system made ".." ambiguous; openat2(2) says try again.
    for _ in 0..128 {
        match rustix::fs::openat2(&root, path, flags, mode, resolve) {
            Err(Errno::AGAIN) => {}
            done => return done.map_err(|errno| failed("openat2", path, errno)),
        }
    }
    Err(failed("openat2", path, Errno::AGAIN))
}

pub fn mkdir_at(dir: impl AsFd, name: &[u8], mode: u32) -> Result<(), SysError> {
    rustix::fs::mkdirat(dir, name, Mode::from_raw_mode(mode as RawMode))
        .map_err(|errno| failed("mkdirat", name, errno))
}

/// Makes overlayfs's whiteout; needs no privilege since Linux 5.8.
pub fn whiteout_at(dir: impl AsFd, name: &[u8]) -> Result<(), SysError> {
    rustix::fs::mknodat(dir, name, FileType::CharacterDevice, Mode::empty(), 0)
        .map_err(|errno| failed("mknodat", name, errno))
}

pub fn fifo_at(dir: impl AsFd, name: &[u8], mode: u32) -> Result<(), SysError> {
    let mode = Mode::from_raw_mode(mode as RawMode);
    rustix::fs::mknodat(dir, name, FileType::Fifo, mode, 0)
        .map_err(|errno| failed("mknodat", name, errno))
}

pub fn symlink_at(target: &[u8], dir: impl AsFd, name: &[u8]) -> Result<(), SysError> {
    rustix::fs::symlinkat(target, dir, name).map_err(|errno| failed("symlinkat", name, errno))
}

pub fn readlink_at(dir: impl AsFd, name: &[u8]) -> Result<Vec<u8>, SysError> {
    rustix::fs::readlinkat(dir, name, Vec::new())
        .map(std::ffi::CString::into_bytes)
        .map_err(|errno| failed("readlinkat", name, errno))
}

/// Gives an inode one more name; a final link is not followed.
pub fn link_at(
    from_dir: impl AsFd,
    from: &[u8],
    to_dir: impl AsFd,
    to: &[u8],
) -> Result<(), SysError> {
    rustix::fs::linkat(from_dir, from, to_dir, to, AtFlags::empty())
        .map_err(|errno| failed("linkat", to, errno))
}

pub fn unlink_at(dir: impl AsFd, name: &[u8]) -> Result<(), SysError> {
    rustix::fs::unlinkat(dir, name, AtFlags::empty())
        .map_err(|errno| failed("unlinkat", name, errno))
}

pub fn rmdir_at(dir: impl AsFd, name: &[u8]) -> Result<(), SysError> {
    rustix::fs::unlinkat(dir, name, AtFlags::REMOVEDIR)
        .map_err(|errno| failed("unlinkat", name, errno))
}

/// Renames, replacing what is there.
pub fn rename_at(
    from_dir: impl AsFd,
    from: &[u8],
    to_dir: impl AsFd,
    to: &[u8],
) -> Result<(), SysError> {
    rustix::fs::renameat(from_dir, from, to_dir, to)
        .map_err(|errno| failed("renameat", from, errno))
}

/// Renames; fails with EEXIST when the new name is taken.
pub fn rename_new_at(
    from_dir: impl AsFd,
    from: &[u8],
    to_dir: impl AsFd,
    to: &[u8],
) -> Result<(), SysError> {
    rustix::fs::renameat_with(from_dir, from, to_dir, to, RenameFlags::NOREPLACE)
        .map_err(|errno| failed("renameat2", from, errno))
}

/// Returns facts of one name in a directory; a link is not followed.
pub fn stat_at(dir: impl AsFd, name: &[u8]) -> Result<Stat, SysError> {
    rustix::fs::statat(dir, name, AtFlags::SYMLINK_NOFOLLOW)
        .map(convert)
        .map_err(|errno| failed("newfstatat", name, errno))
}

/// Returns facts of an open inode.
pub fn stat(fd: impl AsFd) -> Result<Stat, SysError> {
    rustix::fs::fstat(fd)
        .map(convert)
        .map_err(|errno| failed_fd("fstat", errno))
}

#[allow(
    clippy::unnecessary_cast,
    reason = "field widths differ by architecture"
)]
fn convert(stat: rustix::fs::Stat) -> Stat {
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Directory,
        FileType::Symlink => Kind::Symlink,
        FileType::Fifo => Kind::Fifo,
        FileType::Socket => Kind::Socket,
        FileType::CharacterDevice => Kind::CharDevice,
        FileType::BlockDevice => Kind::BlockDevice,
        _ => Kind::Unknown,
    };
    Stat {
        kind,
        mode: stat.st_mode & 0o7777,
        uid: stat.st_uid,
        gid: stat.st_gid,
        size: stat.st_size as u64,
        links: stat.st_nlink as u64,
        device: stat.st_dev as u64,
        inode: stat.st_ino as u64,
        rdev: (
            rustix::fs::major(stat.st_rdev),
            rustix::fs::minor(stat.st_rdev),
        ),
        mtime: (stat.st_mtime as i64, stat.st_mtime_nsec as u32),
        blocks: stat.st_blocks as u64,
    }
}

pub fn chown(fd: impl AsFd, uid: u32, gid: u32) -> Result<(), SysError> {
    rustix::fs::fchown(fd, Some(owner(uid)?), Some(group(gid)?))
        .map_err(|errno| SysError::new("fchown", format!("{uid}, {gid}"), errno.raw_os_error()))
}

/// Changes the owner of a name; a link itself, not its target.
pub fn chown_handle(handle: impl AsFd, uid: u32, gid: u32) -> Result<(), SysError> {
    let (uid, gid) = (Uid::from_raw(uid), Gid::from_raw(gid));
    rustix::fs::chownat(handle, "", Some(uid), Some(gid), AtFlags::EMPTY_PATH)
        .map_err(|errno| failed_fd("fchownat", errno))
}

/// Opens only a handle (O_PATH) by a path that is trusted: the caller's own, links followed.
pub fn open_handle(path: &Path) -> Result<OwnedFd, SysError> {
    let flags = OFlags::PATH | OFlags::CLOEXEC;
    rustix::fs::openat(CWD, path, flags, Mode::empty())
        .map_err(|errno| failed("openat", path.as_os_str().as_encoded_bytes(), errno))
}

pub fn chown_at(dir: impl AsFd, name: &[u8], uid: u32, gid: u32) -> Result<(), SysError> {
    let flags = AtFlags::SYMLINK_NOFOLLOW;
    rustix::fs::chownat(dir, name, Some(owner(uid)?), Some(group(gid)?), flags)
        .map_err(|errno| SysError::new("fchownat", format!("{uid}, {gid}"), errno.raw_os_error()))
}

// (uid_t)-1 means "leave alone" to chown(2): it is no id.
fn owner(uid: u32) -> Result<Uid, SysError> {
    match uid {
        u32::MAX => Err(failed_fd("fchown", Errno::INVAL)),
        uid => Ok(Uid::from_raw(uid)),
    }
}

fn group(gid: u32) -> Result<Gid, SysError> {
    match gid {
        u32::MAX => Err(failed_fd("fchown", Errno::INVAL)),
        gid => Ok(Gid::from_raw(gid)),
    }
}

pub fn chmod(fd: impl AsFd, mode: u32) -> Result<(), SysError> {
    rustix::fs::fchmod(fd, Mode::from_raw_mode(mode as RawMode))
        .map_err(|errno| SysError::new("fchmod", format!("{mode:o}"), errno.raw_os_error()))
}

/// Changes the mode of a name that is known to be no link (a FIFO just made).
pub fn chmod_at(dir: impl AsFd, name: &[u8], mode: u32) -> Result<(), SysError> {
    rustix::fs::chmodat(
        dir,
        name,
        Mode::from_raw_mode(mode as RawMode),
        AtFlags::empty(),
    )
    .map_err(|errno| failed("fchmodat", name, errno))
}

/// Changes the mode behind an O_PATH handle, which fchmod(2) refuses.
///
/// The detour through /proc is open(2)'s own advice for O_PATH descriptors.
pub fn chmod_handle(handle: impl AsFd, mode: u32) -> Result<(), SysError> {
    use std::os::fd::AsRawFd;
    let path = format!("/proc/self/fd/{}", handle.as_fd().as_raw_fd());
    rustix::fs::chmodat(
        CWD,
        path.as_str(),
        Mode::from_raw_mode(mode as RawMode),
        AtFlags::empty(),
    )
    .map_err(|errno| failed("fchmodat", path.as_bytes(), errno))
}

fn times(mtime: (i64, u32)) -> Timestamps {
    let time = Timespec {
        tv_sec: mtime.0,
        tv_nsec: mtime.1.into(),
    };
    Timestamps {
        last_access: time,
        last_modification: time,
    }
}

/// Sets access and modification time.
pub fn set_times(fd: impl AsFd, mtime: (i64, u32)) -> Result<(), SysError> {
    rustix::fs::futimens(fd, &times(mtime)).map_err(|errno| failed_fd("futimens", errno))
}

/// Sets both times of a name; of a link itself, not its target.
pub fn set_times_at(dir: impl AsFd, name: &[u8], mtime: (i64, u32)) -> Result<(), SysError> {
    rustix::fs::utimensat(dir, name, &times(mtime), AtFlags::SYMLINK_NOFOLLOW)
        .map_err(|errno| failed("utimensat", name, errno))
}

pub fn set_xattr(fd: impl AsFd, name: &[u8], value: &[u8]) -> Result<(), SysError> {
    rustix::fs::fsetxattr(fd, name, value, XattrFlags::empty())
        .map_err(|errno| failed("fsetxattr", name, errno))
}

/// Returns an extended attribute, or `None` when there is none of that name.
pub fn xattr(fd: impl AsFd, name: &[u8]) -> Result<Option<Vec<u8>>, SysError> {
    // XATTR_SIZE_MAX of linux/limits.h.
    let mut value = vec![0; 65536];
    match rustix::fs::fgetxattr(fd, name, &mut value[..]) {
        Ok(length) => {
            value.truncate(length);
            Ok(Some(value))
        }
        Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(None),
        Err(errno) => Err(failed("fgetxattr", name, errno)),
    }
}

/// Returns the names of an inode's extended attributes; none where the file system has none.
pub fn xattr_names(fd: impl AsFd) -> Result<Vec<Vec<u8>>, SysError> {
    // XATTR_LIST_MAX of linux/limits.h.
    let mut list = vec![0; 65536];
    match rustix::fs::flistxattr(fd, &mut list[..]) {
        Ok(length) => Ok(list[..length]
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty())
            .map(<[u8]>::to_vec)
            .collect()),
        Err(Errno::OPNOTSUPP) => Ok(Vec::new()),
        Err(errno) => Err(failed_fd("flistxattr", errno)),
    }
}

/// Whose turn a lock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Shared,
    Exclusive,
}

/// Takes a flock(2) if it is free now; it lives as long as the open file description.
pub fn try_lock(fd: impl AsFd, lock: Lock) -> Result<bool, SysError> {
    let operation = match lock {
        Lock::Shared => FlockOperation::NonBlockingLockShared,
        Lock::Exclusive => FlockOperation::NonBlockingLockExclusive,
    };
    match rustix::fs::flock(fd, operation) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK | Errno::INTR) => Ok(false),
        Err(errno) => Err(failed_fd("flock", errno)),
    }
}

/// Takes a flock(2), and waits for whoever has it for at most this long; says whether it was had.
pub fn lock_within(fd: impl AsFd, lock: Lock, limit: Duration) -> Result<bool, SysError> {
    /// How soon it is tried again; flock(2) itself knows no limit.
    const PAUSE: Duration = Duration::from_millis(5);
    let begin = Instant::now();
    while !try_lock(&fd, lock)? {
        if begin.elapsed() > limit {
            return Ok(false);
        }
        std::thread::sleep(PAUSE);
    }
    Ok(true)
}

/// Returns the names in a directory, without `.` and `..`.
pub fn names(dir: BorrowedFd<'_>) -> Result<Vec<Vec<u8>>, SysError> {
    let entries = rustix::fs::Dir::read_from(dir).map_err(|errno| failed_fd("openat", errno))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|errno| failed_fd("getdents64", errno))?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            names.push(name.to_vec());
        }
    }
    Ok(names)
}

/// Waits until the file's bytes are on the disk.
pub fn sync_file(fd: impl AsFd) -> Result<(), SysError> {
    rustix::fs::fsync(fd).map_err(|errno| failed_fd("fsync", errno))
}

/// Waits until the whole file system is on the disk.
pub fn sync_file_system(fd: impl AsFd) -> Result<(), SysError> {
    rustix::fs::syncfs(fd).map_err(|errno| failed_fd("syncfs", errno))
}

/// How full a file system is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    pub total: u64,
    /// What an unprivileged user may still write.
    pub free: u64,
    /// 0 where the file system does not count inodes.
    pub inodes: u64,
    pub free_inodes: u64,
}

pub fn space(fd: impl AsFd) -> Result<Space, SysError> {
    let facts = rustix::fs::fstatvfs(fd).map_err(|errno| failed_fd("fstatvfs", errno))?;
    Ok(Space {
        total: facts.f_blocks.saturating_mul(facts.f_frsize),
        free: facts.f_bavail.saturating_mul(facts.f_frsize),
        inodes: facts.f_files,
        free_inodes: facts.f_favail,
    })
}

/// Enlarges a pipe; the default of 64 KiB makes two processes take turns too often.
///
/// Failing is harmless: fs.pipe-user-pages-soft may be used up.
pub fn enlarge_pipe(fd: impl AsFd, bytes: usize) {
    let _ = rustix::pipe::fcntl_setpipe_size(fd, bytes);
}

/// Makes reads and writes of this open file return at once.
pub fn set_nonblocking(fd: impl AsFd) -> Result<(), SysError> {
    let flags = rustix::fs::fcntl_getfl(&fd).map_err(|errno| failed_fd("fcntl", errno))?;
    rustix::fs::fcntl_setfl(&fd, flags | OFlags::NONBLOCK)
        .map_err(|errno| failed_fd("fcntl", errno))
}

/// Finds the next part of a file, from `at` on, that is no hole: lseek(2), SEEK_DATA.
pub fn next_data(fd: impl AsFd, at: u64) -> Result<Option<(u64, u64)>, SysError> {
    let seek = |from| rustix::fs::seek(&fd, from);
    match seek(rustix::fs::SeekFrom::Data(at)) {
        Err(Errno::NXIO) => Ok(None),
        Err(errno) => Err(failed_fd("lseek", errno)),
        Ok(begin) => {
            let end = seek(rustix::fs::SeekFrom::Hole(begin));
            let end = end.map_err(|errno| failed_fd("lseek", errno))?;
            Ok(Some((begin, end)))
        }
    }
}

/// Waits until something can be written; false when the time is over first.
pub fn writable_within(fd: impl AsFd, timeout: std::time::Duration) -> Result<bool, SysError> {
    let begin = std::time::Instant::now();
    loop {
        let left = timeout.saturating_sub(begin.elapsed());
        let timespec = Timespec::try_from(left).map_err(|_| failed_fd("poll", Errno::INVAL))?;
        let mut polled = [rustix::event::PollFd::new(
            &fd,
            rustix::event::PollFlags::OUT,
        )];
        match rustix::event::poll(&mut polled, Some(&timespec)) {
            Ok(count) => return Ok(count > 0),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(failed_fd("poll", errno)),
        }
    }
}

/// Returns a close-on-exec pipe: reading end, writing end.
pub fn pipe() -> Result<(OwnedFd, OwnedFd), SysError> {
    rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)
        .map_err(|errno| failed_fd("pipe2", errno))
}

/// Fills the buffer with random bytes: getrandom(2).
pub fn random(buffer: &mut [u8]) -> Result<(), SysError> {
    let mut done = 0;
    while done < buffer.len() {
        match rustix::rand::getrandom(&mut buffer[done..], rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => done += count,
            Err(Errno::INTR) => {}
            Err(errno) => return Err(failed_fd("getrandom", errno)),
        }
    }
    Ok(())
}

/// Returns the effective user id of this process.
pub fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Sets the file creation mask to 0, so that modes given are modes made.
pub fn clear_umask() {
    rustix::process::umask(Mode::empty());
}

pub const ENOENT: i32 = Errno::NOENT.raw_os_error();
pub const EEXIST: i32 = Errno::EXIST.raw_os_error();
pub const ENOTDIR: i32 = Errno::NOTDIR.raw_os_error();
pub const EISDIR: i32 = Errno::ISDIR.raw_os_error();
pub const ELOOP: i32 = Errno::LOOP.raw_os_error();
pub const ENOTEMPTY: i32 = Errno::NOTEMPTY.raw_os_error();
pub const ENXIO: i32 = Errno::NXIO.raw_os_error();
pub const EXDEV: i32 = Errno::XDEV.raw_os_error();
pub const EACCES: i32 = Errno::ACCESS.raw_os_error();
pub const EPERM: i32 = Errno::PERM.raw_os_error();
pub const EAGAIN: i32 = Errno::AGAIN.raw_os_error();
pub const EINVAL: i32 = Errno::INVAL.raw_os_error();
pub const ENOSPC: i32 = Errno::NOSPC.raw_os_error();
pub const EDQUOT: i32 = Errno::DQUOT.raw_os_error();
pub const EBUSY: i32 = Errno::BUSY.raw_os_error();
pub const E2BIG: i32 = Errno::TOOBIG.raw_os_error();
pub const ERANGE: i32 = Errno::RANGE.raw_os_error();
pub const EOPNOTSUPP: i32 = Errno::OPNOTSUPP.raw_os_error();

/// Goes into a directory and returns its path from our root: getcwd(2). For a worker whose root
/// is all it sees.
pub fn path_from_here(directory: impl AsFd) -> Result<Vec<u8>, SysError> {
    rustix::process::fchdir(directory).map_err(|errno| failed_fd("fchdir", errno))?;
    let path = rustix::process::getcwd(Vec::new()).map_err(|errno| failed_fd("getcwd", errno))?;
    Ok(path.into_bytes())
}
