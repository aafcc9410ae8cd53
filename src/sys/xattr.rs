//! The names of an inode's extended attributes: listxattr(2).

use std::os::fd::AsFd;

use rustix::io::Errno;

use crate::sys::SysError;

/// XATTR_LIST_MAX of the kernel: listxattr(2), ERANGE.
const LIST_MAX: usize = 65536;

/// Returns every name; none where the file system keeps no attributes.
pub fn names(fd: impl AsFd) -> Result<Vec<Vec<u8>>, SysError> {
    let failed = |errno: Errno| SysError::new("flistxattr", "", errno.raw_os_error());
    let mut small = [0u8; 1024];
    let mut large;
    let list: &[u8] = match rustix::fs::flistxattr(&fd, &mut small[..]) {
        Ok(count) => &small[..count],
        Err(Errno::NOTSUP) => return Ok(Vec::new()),
        Err(Errno::RANGE) => {
            large = vec![0; LIST_MAX];
            let count = rustix::fs::flistxattr(&fd, &mut large[..]).map_err(failed)?;
            &large[..count]
        }
        Err(errno) => return Err(failed(errno)),
    };
    let names = list
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty());
    Ok(names.map(<[u8]>::to_vec).collect())
}
