//! The builder's and the helper's steps: namespaces, mounts, the first process.
//!
//! Below the container's root a path is resolved once, by openat2(2) with
//! RESOLVE_IN_ROOT, and used only through the descriptor; mounts are made detached and
//! attached with move_mount(2) (S-51, S-52).

use core::ffi::CStr;

use crate::borrow;
use crate::builder;
use crate::machine::Machine;
use crate::overlay;
use crate::own;
use crate::own::Owner;
use crate::plan::Cursor;
use crate::plan::broken;
use crate::raw;
use crate::raw::*;
use crate::wire::op;

const OPEN_TREE_CLONE: usize = 1;
const MS_PRIVATE: u64 = 1 << 18;
const MOVE_EMPTY_BOTH: usize = 0x4 | 0x40;
const RESOLVE_NO_MAGICLINKS: u64 = 0x02;
const RESOLVE_IN_ROOT: u64 = 0x10;
const MS_REC_SLAVE: usize = 0x4000 | 0x80000;
const MNT_DETACH: usize = 2;
const S_IFMT: u32 = 0o170000;
const S_IFDIR: u32 = 0o040000;
const S_IFCHR: u32 = 0o020000;

pub fn step(m: &mut Machine, code: u64, list: &mut Cursor) -> raw::Result<()> {
    match code {
        op::JOIN_USER => {
            const CLONE_NEWUSER: usize = 0x1000_0000;
            call!(SETNS, list.int(), CLONE_NEWUSER).map(drop)
        }
        op::JOIN => {
            let (fd, flags) = (list.int(), list.word());
            call!(SETNS, fd, flags).map(drop)
        }
        op::UNSHARE => call!(UNSHARE, list.word()).map(drop),
        op::SLAVE => mount(c"", c"/", MS_REC_SLAVE),
        op::DUMPABLE => {
            const PR_SET_DUMPABLE: usize = 4;
            call!(PRCTL, PR_SET_DUMPABLE, list.word()).map(drop)
        }
        op::OPEN => open(m, list),
        op::OPEN_IN => {
            let (to, root, path) = (list.word(), list.word(), list.text());
            let fd = in_root(m.register(root), path, O_PATH)?;
            m.set(to, fd);
            Ok(())
        }
        op::CLONE_TREE => {
            let (to, from, recursive) = (list.word(), list.word(), list.word());
            let tree = clone_tree(m.register(from), recursive != 0)?;
            m.set(to, tree);
            Ok(())
        }
        op::CLONE_IN => {
            let (to, root, path) = (list.word(), list.word(), list.text());
            let fd = in_root(m.register(root), path, O_PATH)?;
            let tree = clone_tree(fd, false);
            close(fd);
            m.set(to, tree?);
            Ok(())
        }
        op::SET_ATTR => {
            let (reg, recursive) = (list.word(), list.word());
            let attr = [list.word(), list.word(), list.word(), 0];
            set_attr(m.register(reg), recursive != 0, attr)
        }
        op::FILESYSTEM => filesystem(m, list),
        op::OVERLAY => overlay::step(m, list),
        op::PLACE => {
            let (reg, path) = (list.word(), list.text());
            let target = openat(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
            let moved = move_mount(m.register(reg), target);
            close(target);
            moved
        }
        op::UNPLACE => call!(UMOUNT2, list.text().as_ptr(), MNT_DETACH).map(drop),
        op::ATTACH => attach(m, list),
        op::MKDIR => {
            let (root, mode, path) = (list.word(), list.word(), list.text());
            match call!(MKDIRAT, m.register(root), path.as_ptr(), mode) {
                Ok(_) => own::entry(m.owner, m.register(root), path),
                Err(EEXIST) => Ok(()),
                Err(errno) => Err(errno),
            }
        }
        op::SYMLINK => {
            let (root, target, path) = (list.word(), list.text(), list.text());
            match call!(SYMLINKAT, target.as_ptr(), m.register(root), path.as_ptr()) {
                Ok(_) => own::entry(m.owner, m.register(root), path),
                // A bundle's own /dev may have it already.
                Err(EEXIST) => Ok(()),
                Err(errno) => Err(errno),
            }
        }
        op::WRITE => {
            let (root, path, bytes) = (list.word(), list.text(), list.data());
            let fd = openat(m.register(root), path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0)?;
            let written = write(fd, bytes);
            close(fd);
            written.map(drop)
        }
        op::MASK => mask(m, list),
        op::READ_ONLY => read_only(m, list),
        op::WORKDIR => workdir(m, list),
        op::INIT_USER => {
            m.join_user = list.int();
            Ok(())
        }
        op::OWNER => {
            own::begin(m, list);
            Ok(())
        }
        op::OWN => own::itself(m.owner, m.register(list.word())),
        op::OWN_GROUP => own::group(m.owner, m.register(list.word())),
        op::APPEND => own::append(m, list),
        op::BORROW => borrow::step(m, list),
        op::LINK => own::link(m, list),
        op::PTY => builder::terminal(m, list),
        op::INIT => builder::first_process(m, list),
        op::HELP => builder::help(m, list.word()),
        op::PIVOT => pivot(m.register(list.word())),
        op::RELEASE => builder::release(m),
        _ => broken(),
    }
}

fn open(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (reg, want, major, minor, path) =
        (list.word(), list.word(), list.word(), list.word(), list.text());
    let fd = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC, 0)?;
    m.set(reg, fd);
    let stat = fstat(fd)?;
    let directory = stat.mode & S_IFMT == S_IFDIR;
    if want & 1 != 0 && !directory {
        return Err(ENOTDIR);
    }
    if want & 2 != 0 && directory {
        return Err(EISDIR);
    }
    if want & 4 != 0 {
        // A device node of ours is what it is called, whatever lies at that path (S-53, S-62).
        let right = stat.mode & S_IFMT == S_IFCHR && stat.rdev == (major, minor);
        return if right { Ok(()) } else { Err(ENODEV) };
    }
    Ok(())
}

/// Opens a path below a root; the path cannot leave it, links included.
pub fn in_root(root: i32, path: &CStr, flags: usize) -> raw::Result<i32> {
    let how = [(flags | O_CLOEXEC) as u64, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS];
    // EAGAIN: a rename raced the resolution of "..": openat2(2).
    for _ in 0..128 {
        match call!(OPENAT2, root, path.as_ptr(), how.as_ptr(), 24) {
            Ok(fd) => return Ok(fd as i32),
            Err(EAGAIN | EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Err(EAGAIN)
}

pub fn clone_tree(fd: i32, recursive: bool) -> raw::Result<i32> {
    let deep = if recursive { AT_RECURSIVE } else { 0 };
    let flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_EMPTY_PATH | deep;
    call!(OPEN_TREE, fd, c"".as_ptr(), flags).map(|fd| fd as i32)
}

/// `attr`: set, clear, propagation, user namespace.
pub fn set_attr(fd: i32, recursive: bool, attr: [u64; 4]) -> raw::Result<()> {
    let deep = if recursive { AT_RECURSIVE } else { 0 };
    call!(MOUNT_SETATTR, fd, c"".as_ptr(), AT_EMPTY_PATH | deep, attr.as_ptr(), 32).map(drop)
}

pub fn move_mount(mount: i32, target: i32) -> raw::Result<()> {
    call!(MOVE_MOUNT, mount, c"".as_ptr(), target, c"".as_ptr(), MOVE_EMPTY_BOTH).map(drop)
}

fn mount(source: &CStr, target: &CStr, flags: usize) -> raw::Result<()> {
    call!(MOUNT, source.as_ptr(), target.as_ptr(), 0, flags, 0).map(drop)
}

fn filesystem(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (reg, attributes, kind, count) = (list.word(), list.word(), list.text(), list.word());
    let context = fsopen(kind)?;
    for _ in 0..count {
        let (key, value) = (list.text(), list.text());
        fsconfig(context, key, value)?;
    }
    let mounted = fsmount(context, attributes);
    close(context);
    m.set(reg, mounted?);
    Ok(())
}

pub fn fsopen(kind: &CStr) -> raw::Result<i32> {
    const FSOPEN_CLOEXEC: usize = 1;
    call!(FSOPEN, kind.as_ptr(), FSOPEN_CLOEXEC).map(|fd| fd as i32)
}

/// Sets one parameter; an empty value makes it a flag.
pub fn fsconfig(context: i32, key: &CStr, value: &CStr) -> raw::Result<()> {
    const SET_FLAG: usize = 0;
    const SET_STRING: usize = 1;
    if value.is_empty() {
        return call!(FSCONFIG, context, SET_FLAG, key.as_ptr(), 0, 0).map(drop);
    }
    call!(FSCONFIG, context, SET_STRING, key.as_ptr(), value.as_ptr(), 0).map(drop)
}

pub fn fsmount(context: i32, attributes: u64) -> raw::Result<i32> {
    const CMD_CREATE: usize = 6;
    const FSMOUNT_CLOEXEC: usize = 1;
    call!(FSCONFIG, context, CMD_CREATE, 0, 0, 0)?;
    call!(FSMOUNT, context, FSMOUNT_CLOEXEC, attributes).map(|fd| fd as i32)
}

fn attach(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (reg, root, kind, path) = (list.word(), list.word(), list.word(), list.text());
    let target = match target(m.register(root), path, kind, m.owner) {
        Err(ENOENT) if kind & 4 != 0 => {
            m.clear(reg);
            return Ok(());
        }
        other => other?,
    };
    let moved = move_mount(m.register(reg), target);
    close(target);
    m.clear(reg);
    moved
}

/// Opens where something is attached, making it when it is missing. `kind` as in
/// [`op::ATTACH`].
pub fn target(root: i32, path: &CStr, kind: u64, owner: Owner) -> raw::Result<i32> {
    let fd = match in_root(root, path, O_PATH) {
        Err(ENOENT) if kind & 4 == 0 => make(root, path, kind, owner)?,
        other => other?,
    };
    let directory = fstat(fd)?.mode & S_IFMT == S_IFDIR;
    let wanted = kind & 3;
    if (wanted == 1 && !directory) || (wanted == 2 && directory) {
        close(fd);
        return Err(if directory { EISDIR } else { ENOTDIR });
    }
    // 8: the name itself must be a directory, not a link to one (S-51: /proc, /sys, /dev).
    if kind & 8 != 0 {
        let itself = in_root(root, path, O_PATH | O_NOFOLLOW)?;
        let real = fstat(itself)?.mode & S_IFMT == S_IFDIR;
        close(itself);
        if !real {
            close(fd);
            return Err(ELOOP);
        }
    }
    Ok(fd)
}

/// Makes a path below a root, component by component, each resolved in-root.
fn make(root: i32, path: &CStr, kind: u64, owner: Owner) -> raw::Result<i32> {
    let bytes = path.to_bytes();
    let mut prefix = [0u8; 4096];
    if bytes.len() >= prefix.len() {
        return Err(ENAMETOOLONG);
    }
    let mut parent = in_root(root, c".", O_PATH | O_DIRECTORY)?;
    let mut at = 0;
    loop {
        while bytes.get(at) == Some(&b'/') {
            at += 1;
        }
        let end = bytes[at..].iter().position(|b| *b == b'/').map_or(bytes.len(), |n| at + n);
        if at == end {
            return Ok(parent);
        }
        let last = bytes[end..].iter().all(|b| *b == b'/');
        prefix[..end].copy_from_slice(&bytes[..end]);
        prefix[end] = 0;
        let Ok(so_far) = CStr::from_bytes_with_nul(&prefix[..=end]) else { return Err(EINVAL) };
        let next = match in_root(root, so_far, O_PATH) {
            Err(ENOENT) => {
                let mut name = [0u8; 256];
                if end - at > 255 {
                    return Err(ENAMETOOLONG);
                }
                name[..end - at].copy_from_slice(&bytes[at..end]);
                let Ok(name) = CStr::from_bytes_until_nul(&name) else { return Err(EINVAL) };
                make_one(parent, name, last && kind & 3 == 2)?;
                own::entry(owner, parent, name)?;
                in_root(root, so_far, O_PATH)?
            }
            other => other?,
        };
        close(parent);
        parent = next;
        at = end;
        if last {
            return Ok(parent);
        }
    }
}

fn make_one(parent: i32, name: &CStr, file: bool) -> raw::Result<()> {
    let made = if file {
        openat(parent, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o755).map(close)
    } else {
        call!(MKDIRAT, parent, name.as_ptr(), 0o755).map(drop)
    };
    // A dangling link of that name answers EEXIST here and is not written through.
    made.or_else(|errno| if errno == EEXIST { Err(ELOOP) } else { Err(errno) })
}

/// Hides a path: a file behind the null device, a directory behind an empty one.
fn mask(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (root, null, empty, path) = (list.word(), list.word(), list.word(), list.text());
    let target = match in_root(m.register(root), path, O_PATH) {
        Err(ENOENT | ENOTDIR) => return Ok(()),
        other => other?,
    };
    let directory = fstat(target)?.mode & S_IFMT == S_IFDIR;
    let source = m.register(if directory { empty } else { null });
    let moved = match clone_tree(source, false) {
        Ok(cover) => {
            // The null device's clone is in the host's peer group yet (S-59).
            let private = set_attr(cover, false, [0, 0, MS_PRIVATE, 0]);
            let moved = private.and_then(|()| move_mount(cover, target));
            close(cover);
            moved
        }
        // What is attached nowhere can be cloned since Linux 6.15 only: the first cover is the
        // mount itself, which from then on is attached.
        Err(EINVAL) if directory => move_mount(source, target),
        Err(errno) => Err(errno),
    };
    close(target);
    moved
}

fn read_only(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    const MOUNT_ATTR_RDONLY: u64 = 1;
    let (root, path) = (list.word(), list.text());
    let target = match in_root(m.register(root), path, O_PATH) {
        Err(ENOENT | ENOTDIR) => return Ok(()),
        other => other?,
    };
    let tree = clone_tree(target, true)?;
    set_attr(tree, true, [MOUNT_ATTR_RDONLY, 0, 0, 0])?;
    let moved = move_mount(tree, target);
    close(tree);
    close(target);
    moved
}

/// Makes the working directory when the image lacks it; only what is made changes owner (S-65).
fn workdir(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (root, uid, gid, path) = (list.word(), list.word(), list.word(), list.text());
    let root = m.register(root);
    match in_root(root, path, O_PATH | O_DIRECTORY) {
        Ok(fd) => {
            close(fd);
            Ok(())
        }
        Err(ENOENT) => {
            let fd = make(root, path, 1, m.owner)?;
            let owned = call!(FCHOWNAT, fd, c"".as_ptr(), uid, gid, AT_EMPTY_PATH).map(drop);
            close(fd);
            owned
        }
        // What is there and cannot be entered is told by chdir, with its own reason.
        Err(_) => Ok(()),
    }
}

/// Makes a mounted directory the root, and forgets everything outside it.
///
/// Passing "." twice needs no temporary directory: pivot_root(2), NOTES. `/` and the
/// working directory of init, which shares this namespace, follow.
fn pivot(root: i32) -> raw::Result<()> {
    let here = c".".as_ptr();
    call!(FCHDIR, root)?;
    call!(PIVOT_ROOT, here, here)?;
    call!(UMOUNT2, here, MNT_DETACH)?;
    call!(CHDIR, c"/".as_ptr()).map(drop)
}
