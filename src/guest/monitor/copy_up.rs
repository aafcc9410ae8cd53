//! Copies what a new tmpfs would hide into it: the mount option `tmpcopyup`.
//!
//! Regular files, directories and links, with their modes and owners; devices, sockets and
//! FIFOs are left out, as is what lies deeper than any sane image. Links are copied, never
//! followed.

use core::ffi::CStr;

use crate::act_mount::in_root;
use crate::raw;
use crate::raw::*;

/// Each level holds two descriptors and a buffer on the stack.
const DEPTH: usize = 32;
const S_IFMT: u32 = 0o170000;
const S_IFDIR: u32 = 0o040000;
const S_IFREG: u32 = 0o100000;
const S_IFLNK: u32 = 0o120000;

/// Copies the directory at `path` below `root` into the root of `mount`.
pub fn copy_up(mount: i32, root: i32, path: &CStr) -> raw::Result<()> {
    let from = match in_root(root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) {
        Err(ENOENT | ENOTDIR | ELOOP) => return Ok(()),
        other => other?,
    };
    let to = openat(mount, c".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)?;
    let done = directory(from, to, 0);
    close(from);
    close(to);
    done
}

fn directory(from: i32, to: i32, depth: usize) -> raw::Result<()> {
    if depth >= DEPTH {
        return Err(ELOOP);
    }
    let mut buffer = [0u8; 2048];
    loop {
        let count = call!(GETDENTS64, from, buffer.as_mut_ptr(), buffer.len())?;
        if count == 0 {
            return Ok(());
        }
        // struct linux_dirent64: d_reclen at 16, d_name at 19.
        let mut at = 0;
        while at + 19 < count {
            let length = usize::from(u16::from_ne_bytes([buffer[at + 16], buffer[at + 17]]));
            let Ok(name) = CStr::from_bytes_until_nul(&buffer[at + 19..count]) else {
                return Err(EIO);
            };
            if !matches!(name.to_bytes(), b"." | b"..") {
                entry(from, to, name, depth)?;
            }
            at += length.max(20);
        }
    }
}

fn entry(from: i32, to: i32, name: &CStr, depth: usize) -> raw::Result<()> {
    let found = openat(from, name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0)?;
    let facts = Facts::of(found);
    close(found);
    let facts = facts?;
    match facts.mode & S_IFMT {
        S_IFDIR => {
            call!(MKDIRAT, to, name.as_ptr(), 0o700)?;
            let deeper = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)?;
            let made = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)?;
            let done = directory(deeper, made, depth + 1);
            close(deeper);
            close(made);
            done?;
        }
        S_IFREG => file(from, to, name)?,
        S_IFLNK => {
            let mut target = [0u8; 4096];
            let count = call!(READLINKAT, from, name.as_ptr(), target.as_mut_ptr(), 4095)?;
            target[count] = 0;
            call!(SYMLINKAT, target.as_ptr(), to, name.as_ptr())?;
            let _ = call!(FCHOWNAT, to, name.as_ptr(), facts.uid, facts.gid, AT_SYMLINK_NOFOLLOW);
            return Ok(());
        }
        _ => return Ok(()),
    }
    // An owner that is not in the map stays what it was made as.
    let _ = call!(FCHOWNAT, to, name.as_ptr(), facts.uid, facts.gid, AT_SYMLINK_NOFOLLOW);
    call!(FCHMODAT, to, name.as_ptr(), facts.mode & 0o7777, 0).map(drop)
}

fn file(from: i32, to: i32, name: &CStr) -> raw::Result<()> {
    let source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)?;
    let made = openat(to, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)?;
    let mut buffer = [0u8; 4096];
    let done = loop {
        match raw::read(source, &mut buffer) {
            Ok(0) => break Ok(()),
            Ok(count) if raw::write_all(made, &buffer[..count]) => {}
            Ok(_) => break Err(ENOSPC),
            Err(EINTR) => {}
            Err(errno) => break Err(errno),
        }
    };
    close(source);
    close(made);
    done
}

struct Facts {
    mode: u32,
    uid: u32,
    gid: u32,
}

impl Facts {
    fn of(fd: i32) -> raw::Result<Self> {
        const STATX_BASIC_STATS: usize = 0x7ff;
        // struct statx: stx_uid at 20, stx_gid at 24, stx_mode at 28.
        let mut buffer = [0u32; 64];
        let empty = c"".as_ptr();
        call!(STATX, fd, empty, AT_EMPTY_PATH, STATX_BASIC_STATS, buffer.as_mut_ptr())?;
        Ok(Self { mode: buffer[7] & 0xffff, uid: buffer[5], gid: buffer[6] })
    }
}
