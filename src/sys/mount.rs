//! Mounting a read-only view of layers, for workers in a mount namespace of their own.
//!
//! fsopen(2), fsconfig(2), fsmount(2); what containers see is mounted by the guest program.

use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::fs::CWD;
use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MountFlags, OpenTreeFlags, UnmountFlags,
    fsconfig_create, fsconfig_set_flag, fsconfig_set_string, fsmount, fsopen, mount, open_tree,
    unmount,
};

use crate::sys::SysError;

fn named(call: &'static str) -> impl Fn(Errno) -> SysError {
    move |errno| SysError::new(call, "overlay", errno.raw_os_error())
}

/// Mounts layers, topmost first, without a place of their own: only the descriptor leads there.
///
/// `staging` is an empty directory; kernels before 6.8 need one to mount on for a moment.
pub fn overlay_view(lowers: &[&Path], staging: &Path) -> Result<OwnedFd, SysError> {
    if let [only] = lowers {
        // Overlay wants two layers or an upper one.
        return crate::sys::fs::open_directory(only);
    }
    match one_by_one(lowers) {
        Err(error) if error.errno == Errno::INVAL.raw_os_error() => by_links(lowers, staging),
        other => other,
    }
}

fn one_by_one(lowers: &[&Path]) -> Result<OwnedFd, SysError> {
    let context = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC).map_err(named("fsopen"))?;
    for lower in lowers {
        fsconfig_set_string(context.as_fd(), "lowerdir+", *lower).map_err(named("fsconfig"))?;
    }
    fsconfig_set_flag(context.as_fd(), "userxattr").map_err(named("fsconfig"))?;
    fsconfig_create(context.as_fd()).map_err(named("fsconfig"))?;
    let attributes = MountAttrFlags::MOUNT_ATTR_RDONLY;
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

/// One page of mount data is short: the layers get short names in a scratch tmpfs.
fn by_links(lowers: &[&Path], staging: &Path) -> Result<OwnedFd, SysError> {
    let here = rustix::process::getcwd(Vec::new()).map_err(named("getcwd"))?;
    let nodev = MountFlags::NODEV | MountFlags::NOSUID;
    mount("tmpfs", staging, "tmpfs", nodev, c"").map_err(named("mount"))?;
    let mounted = (|| {
        rustix::process::chdir(staging).map_err(named("chdir"))?;
        let mut words = Vec::new();
        for (index, lower) in lowers.iter().enumerate() {
            let name = index.to_string();
            rustix::fs::symlinkat(*lower, CWD, &name).map_err(named("symlinkat"))?;
            words.push(name);
        }
        let data = format!("userxattr,lowerdir={}\0", words.join(":"));
        let data = std::ffi::CStr::from_bytes_with_nul(data.as_bytes())
            .map_err(|_| SysError::new("mount", "overlay", Errno::INVAL.raw_os_error()))?;
        rustix::fs::mkdirat(CWD, "m", rustix::fs::Mode::RWXU).map_err(named("mkdirat"))?;
        mount("overlay", "m", "overlay", MountFlags::RDONLY, data).map_err(named("mount"))?;
        let clone = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
        open_tree(CWD, "m", clone).map_err(named("open_tree"))
    })();
    rustix::process::chdir(&here).map_err(named("chdir"))?;
    unmount(staging, UnmountFlags::DETACH).map_err(named("umount2"))?;
    mounted
}
