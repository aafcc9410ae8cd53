//! Mounting views of layers, for workers in a mount namespace of their own.
//!
//! fsopen(2), fsconfig(2), fsmount(2); what containers see is mounted by the guest program.

use std::ffi::OsString;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use rustix::fs::CWD;
use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MountFlags, MountPropagationFlags, MoveMountFlags,
    OpenTreeFlags, UnmountFlags, fsconfig_create, fsconfig_set_flag, fsconfig_set_string, fsmount,
    fsopen, mount, mount_change, move_mount, open_tree, unmount,
};

use crate::sys::{SysError, check};

fn named(call: &'static str) -> impl Fn(Errno) -> SysError {
    move |errno| SysError::new(call, "overlay", errno.raw_os_error())
}

/// What an overlay is made of.
#[derive(Debug, Clone, Copy)]
struct Layers<'a> {
    /// Topmost first.
    lowers: &'a [&'a Path],
    /// Where the data of metadata-only files is: overlayfs.rst, "Data-only lower layers".
    data: Option<&'a Path>,
    /// The upper and the work directory; without them the view is read-only.
    upper: Option<(&'a Path, &'a Path)>,
}

/// Mounts layers, topmost first, without a place of their own: only the descriptor leads there.
///
/// `staging` is an empty directory; kernels before 6.8 need one to mount on for a moment.
pub fn overlay_view(lowers: &[&Path], staging: &Path) -> Result<OwnedFd, SysError> {
    if let [only] = lowers {
        // Overlay wants two layers or an upper one.
        return crate::sys::fs::open_directory(only);
    }
    overlay_of(lowers, None, None, staging)
}

/// Mounts layers and the place of their data, with an upper and a work directory if the tree
/// is to be written to; as [`overlay_view`].
pub fn overlay_of(
    lowers: &[&Path],
    data: Option<&Path>,
    upper: Option<(&Path, &Path)>,
    staging: &Path,
) -> Result<OwnedFd, SysError> {
    let layers = Layers {
        lowers,
        data,
        upper,
    };
    match one_by_one(layers) {
        // The one-page form knows no data-only layers.
        Err(error) if error.errno == Errno::INVAL.raw_os_error() && data.is_none() => {
            by_links(layers, staging)
        }
        other => other,
    }
}

fn one_by_one(layers: Layers<'_>) -> Result<OwnedFd, SysError> {
    let context = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC).map_err(named("fsopen"))?;
    let set = |key: &str, path: &Path| {
        fsconfig_set_string(context.as_fd(), key, path).map_err(named("fsconfig"))
    };
    for lower in layers.lowers {
        set("lowerdir+", lower)?;
    }
    if let Some(data) = layers.data {
        set("datadir+", data)?;
    }
    let mut attributes = MountAttrFlags::MOUNT_ATTR_RDONLY;
    if let Some((upper, work)) = layers.upper {
        set("upperdir", &escaped(upper))?;
        set("workdir", &escaped(work))?;
        attributes = MountAttrFlags::empty();
    }
    fsconfig_set_flag(context.as_fd(), "userxattr").map_err(named("fsconfig"))?;
    fsconfig_create(context.as_fd()).map_err(named("fsconfig"))?;
    fsmount(context.as_fd(), FsMountFlags::FSMOUNT_CLOEXEC, attributes).map_err(named("fsmount"))
}

/// Mounts a layer of metadata over one of data alone: overlayfs.rst, "Data-only lower layers".
pub fn overlay_over_data(meta: &Path, data: &Path) -> Result<OwnedFd, SysError> {
    let context = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC).map_err(named("fsopen"))?;
    let set = |key: &str, path: &Path| {
        fsconfig_set_string(context.as_fd(), key, path).map_err(named("fsconfig"))
    };
    set("lowerdir+", meta)?;
    set("datadir+", data)?;
    fsconfig_set_flag(context.as_fd(), "userxattr").map_err(named("fsconfig"))?;
    fsconfig_create(context.as_fd()).map_err(named("fsconfig"))?;
    let attributes = MountAttrFlags::MOUNT_ATTR_RDONLY;
    fsmount(context.as_fd(), FsMountFlags::FSMOUNT_CLOEXEC, attributes).map_err(named("fsmount"))
}

/// Doubles backslashes, which are escapes in these two options even when each is set by a call
/// of its own, but not in `lowerdir+` (fs/overlayfs/params.c, ovl_mount_dir).
fn escaped(path: &Path) -> PathBuf {
    let mut bytes = Vec::new();
    for byte in path.as_os_str().as_bytes() {
        bytes.extend(std::iter::repeat_n(*byte, 1 + usize::from(*byte == b'\\')));
    }
    OsString::from_vec(bytes).into()
}

/// One page of mount data is short: the layers get short names in a scratch tmpfs.
fn by_links(layers: Layers<'_>, staging: &Path) -> Result<OwnedFd, SysError> {
    let here = rustix::process::getcwd(Vec::new()).map_err(named("getcwd"))?;
    let nodev = MountFlags::NODEV | MountFlags::NOSUID;
    mount("tmpfs", staging, "tmpfs", nodev, c"").map_err(named("mount"))?;
    let mounted = (|| {
        rustix::process::chdir(staging).map_err(named("chdir"))?;
        let link = |to: &Path, name: &str| {
            rustix::fs::symlinkat(to, CWD, name).map_err(named("symlinkat"))
        };
        let mut words = Vec::new();
        for (index, lower) in layers.lowers.iter().enumerate() {
            let name = index.to_string();
            link(lower, &name)?;
            words.push(name);
        }
        let mut flags = MountFlags::RDONLY;
        let mut more = "";
        if let Some((upper, work)) = layers.upper {
            link(upper, "u")?;
            link(work, "w")?;
            flags = MountFlags::empty();
            more = ",upperdir=u,workdir=w";
        }
        let data = format!("userxattr,lowerdir={}{more}\0", words.join(":"));
        let data = std::ffi::CStr::from_bytes_with_nul(data.as_bytes())
            .map_err(|_| SysError::new("mount", "overlay", Errno::INVAL.raw_os_error()))?;
        rustix::fs::mkdirat(CWD, "m", rustix::fs::Mode::RWXU).map_err(named("mkdirat"))?;
        mount("overlay", "m", "overlay", flags, data).map_err(named("mount"))?;
        let clone = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
        open_tree(CWD, "m", clone).map_err(named("open_tree"))
    })();
    rustix::process::chdir(&here).map_err(named("chdir"))?;
    unmount(staging, UnmountFlags::DETACH).map_err(named("umount2"))?;
    mounted
}

/// Keeps what is mounted here from reaching other mount namespaces, and theirs from coming here.
pub fn make_private() -> Result<(), SysError> {
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    mount_change("/", private).map_err(named("mount"))
}

/// Empty memory, detached: tmpfs(5), for its owner only.
pub fn memory() -> Result<OwnedFd, SysError> {
    let failed = |call| move |errno: Errno| SysError::new(call, "tmpfs", errno.raw_os_error());
    let context = fsopen("tmpfs", FsOpenFlags::FSOPEN_CLOEXEC).map_err(failed("fsopen"))?;
    fsconfig_set_string(&context, "mode", "0755").map_err(failed("fsconfig"))?;
    fsconfig_create(&context).map_err(failed("fsconfig"))?;
    let attributes = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV;
    fsmount(&context, FsMountFlags::FSMOUNT_CLOEXEC, attributes).map_err(failed("fsmount"))
}

/// A detached copy of a directory's or file's mounts, those below it included.
pub fn copy_of(path: &Path) -> Result<OwnedFd, SysError> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_RECURSIVE;
    open_tree(CWD, path, flags).map_err(|errno| {
        SysError::new(
            "open_tree",
            path.display().to_string(),
            errno.raw_os_error(),
        )
    })
}

/// As [`copy_of`], of what is open.
pub fn copy_of_open(open: BorrowedFd<'_>) -> Result<OwnedFd, SysError> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_RECURSIVE
        | OpenTreeFlags::AT_EMPTY_PATH;
    open_tree(open, "", flags).map_err(|errno| SysError::new("open_tree", "", errno.raw_os_error()))
}

/// Attaches a detached mount to a directory or file that is open.
pub fn attach(tree: BorrowedFd<'_>, place: BorrowedFd<'_>) -> Result<(), SysError> {
    let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH | MoveMountFlags::MOVE_MOUNT_T_EMPTY_PATH;
    move_mount(tree, "", place, "", flags)
        .map_err(|errno| SysError::new("move_mount", "", errno.raw_os_error()))
}

/// Makes a detached mount read-only, with everything below it.
pub fn make_read_only(tree: BorrowedFd<'_>) -> Result<(), SysError> {
    let attributes = libc::mount_attr {
        attr_set: libc::MOUNT_ATTR_RDONLY,
        attr_clr: 0,
        propagation: 0,
        userns_fd: 0,
    };
    // SAFETY: the path is NUL-terminated; `attributes` lives until the call returns and its size
    // is told. libc has no wrapper.
    check("mount_setattr", || "ro".to_owned(), unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            c"".as_ptr(),
            libc::AT_EMPTY_PATH | libc::AT_RECURSIVE,
            &raw const attributes,
            size_of::<libc::mount_attr>(),
        )
    })
    .map(|_| ())
}

/// Takes the mount away that lies on a directory; whoever is in it may stay.
pub fn detach(place: &Path) -> Result<(), SysError> {
    unmount(place, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW).map_err(|errno| {
        SysError::new("umount2", place.display().to_string(), errno.raw_os_error())
    })
}
