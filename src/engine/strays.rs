//! Network programs that outlived a start which nobody could finish.
//!
//! pasta clears its parent-death signal when it changes its credentials, so one whose
//! monitor was killed before the run was recorded is known to nobody. Its command line still
//! names the container's own runtime directory, and that name is used once.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use crate::sys::process::Pidfd;

const SIGKILL: i32 = 9;

/// The longest command line that is looked at.
const MAX_COMMAND: usize = 16 << 10;

/// Ends every program of ours whose command line names a file in this directory, and removes the
/// one file of theirs that lies beside it.
pub(crate) fn end_in(directory: &Path) {
    crate::network::remove_socket(directory);
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return;
    };
    let mut wanted = directory.as_os_str().as_bytes().to_vec();
    wanted.push(b'/');
    for entry in processes.flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // Opened first: what is read afterwards is of the process the descriptor means.
        let Ok(process) = Pidfd::open(pid) else {
            continue;
        };
        if names(pid, &wanted) && process.signal(SIGKILL).is_ok() {
            let _ = process.ended_within(Duration::from_secs(2));
        }
    }
}

/// Whether a process is a network helper with such a path among its words.
fn names(pid: i32, wanted: &[u8]) -> bool {
    let Ok(command) = std::fs::read(format!("/proc/{pid}/cmdline")) else {
        return false;
    };
    let command = &command[..command.len().min(MAX_COMMAND)];
    let mut words = command.split(|byte| *byte == 0);
    let program = words.next().unwrap_or_default();
    let program = program
        .rsplit(|byte| *byte == b'/')
        .next()
        .unwrap_or_default();
    let helper = matches!(
        program,
        b"pasta" | b"pasta.avx2" | b"passt" | b"passt.avx2" | b"slirp4netns"
    );
    helper && words.any(|word| word.starts_with(wanted))
}
