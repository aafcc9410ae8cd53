//! Programs in sealed memory: nobody can write to what runs (CVE-2019-5736).
//!
//! memfd_create(2), fcntl_add_seals(2).

use std::ffi::CStr;
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use crate::sys::{SysError, check};

// linux/memfd.h; since Linux 6.3, where the sysctl vm.memfd_noexec wants it said aloud.
const MFD_EXEC: libc::c_uint = 0x10;

/// Puts a program's bytes into a sealed, executable file without a name.
pub fn sealed_program(name: &CStr, bytes: &[u8]) -> Result<OwnedFd, SysError> {
    let fd = create(name, libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING | MFD_EXEC)
        .or_else(|_| create(name, libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING))?;
    let mut file = File::from(fd);
    file.write_all(bytes)
        .map_err(|error| SysError::new("write", "memfd", error.raw_os_error().unwrap_or(0)))?;
    let seals = libc::F_SEAL_SEAL | libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_WRITE;
    // SAFETY: numbers only.
    check("fcntl", || "F_ADD_SEALS".to_owned(), unsafe {
        libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, seals).into()
    })?;
    Ok(file.into())
}

/// Makes an empty file without a name.
pub fn plain(name: &CStr) -> Result<OwnedFd, SysError> {
    create(name, libc::MFD_CLOEXEC)
}

fn create(name: &CStr, flags: libc::c_uint) -> Result<OwnedFd, SysError> {
    // SAFETY: `name` is NUL-terminated and outlives the call.
    let fd = check("memfd_create", || format!("{name:?}"), unsafe {
        libc::memfd_create(name.as_ptr(), flags).into()
    })?;
    // SAFETY: the kernel has just given us this descriptor.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as i32) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_program_cannot_be_written() {
        let fd = sealed_program(c"test", b"bytes").expect("memfd");
        let error = File::from(fd).write_all(b"more").unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EPERM));
    }
}
