//! Data of two files kept once by the file system: ioctl_fideduperange(2), since Linux 4.5.

use std::os::fd::{AsFd, AsRawFd};

use crate::sys::{SysError, check};

/// linux/fs.h: _IOWR(0x94, 54, struct file_dedupe_range), whose fixed part has 24 bytes.
const FIDEDUPERANGE: u64 = 0xc018_9436;
/// What one call may ask for: btrfs cuts at 16 MiB.
const STEP: u64 = 16 << 20;
/// FILE_DEDUPE_RANGE_SAME
const SAME: i32 = 0;

/// `struct file_dedupe_range` with its one `struct file_dedupe_range_info`.
#[repr(C)]
struct Range {
    source_offset: u64,
    length: u64,
    count: u16,
    reserved: [u16; 3],
    target: i64,
    target_offset: u64,
    done: u64,
    status: i32,
    reserved2: u32,
}

/// Has the file system keep these files' first `size` bytes once; false when they differ.
///
/// Errors: EOPNOTSUPP, ENOTTY, EINVAL or EXDEV where the file system does not do such a thing.
/// `target` must be open for writing.
pub fn share_data(source: impl AsFd, target: impl AsFd, size: u64) -> Result<bool, SysError> {
    let mut offset = 0;
    while offset < size {
        let mut range = Range {
            source_offset: offset,
            length: (size - offset).min(STEP),
            count: 1,
            reserved: [0; 3],
            target: target.as_fd().as_raw_fd().into(),
            target_offset: offset,
            done: 0,
            status: 0,
            reserved2: 0,
        };
        let source = source.as_fd().as_raw_fd();
        // SAFETY: `range` has the layout that the request names, with room for the one target
        // that `count` says, and lives until the call returns; both descriptors are open.
        check("ioctl", || "FIDEDUPERANGE".to_owned(), unsafe {
            i64::from(libc::ioctl(source, FIDEDUPERANGE as _, &raw mut range))
        })?;
        match range.status {
            SAME if range.done > 0 => offset += range.done,
            status if status < 0 => {
                return Err(SysError::new("ioctl", "FIDEDUPERANGE", -status));
            }
            _ => return Ok(false),
        }
    }
    Ok(true)
}
