//! Looks for what a test left over: processes and mounts that have to do with a directory.
//!
//! A process belongs to a world when its environment, command line, working directory, descriptors or mounts name
//! the world's directory. The owner of a user namespace may read all that of whatever runs in it (ptrace(2),
//! PTRACE_MODE_READ), so processes under subordinate ids are found too.

use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What the last process that nobody needs may take to notice that.
const GRACE: Duration = super::PATIENCE;

/// A process that should not be there.
pub struct Process {
    pub pid: i32,
    pub name: String,
    /// Where the directory was found.
    pub because: String,
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} ({}): {}", self.pid, self.name, self.because)
    }
}

impl Process {
    /// Ends it, so that later tests do not meet it.
    pub fn kill(&self) {
        if let Some(pid) = rustix::process::Pid::from_raw(self.pid) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    }
}

/// All processes that have to do with `root`, this one excepted.
pub fn processes(root: &Path) -> Vec<Process> {
    let me = std::process::id().to_string();
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let pid = name.parse().ok()?;
            if name == me {
                return None;
            }
            let because = connection(&entry.path(), root)?;
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            Some(Process {
                pid,
                name: name.trim_end().to_owned(),
                because,
            })
        })
        .collect()
}

/// The same, after everybody had time to leave.
pub fn processes_after_grace(root: &Path) -> Vec<Process> {
    let end = Instant::now() + GRACE;
    loop {
        let found = processes(root);
        if found.is_empty() || Instant::now() > end {
            return found;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// How a process is connected with the directory; `None` when it is not.
fn connection(process: &Path, root: &Path) -> Option<String> {
    let wanted = root.as_os_str().as_bytes();
    for file in ["cmdline", "environ", "mountinfo"] {
        let content = std::fs::read(process.join(file)).unwrap_or_default();
        if contains(&content, wanted) {
            return Some(format!("its {file}"));
        }
    }
    let mut links = vec![process.join("cwd"), process.join("root")];
    if let Ok(entries) = std::fs::read_dir(process.join("fd")) {
        links.extend(entries.flatten().map(|entry| entry.path()));
    }
    links.into_iter().find_map(|link| {
        let target = std::fs::read_link(&link).ok()?;
        contains(target.as_os_str().as_bytes(), wanted)
            .then(|| format!("{} -> {}", link.display(), target.display()))
    })
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    let found = text.windows(wanted.len()).enumerate();
    let mut found = found.filter(|(_, window)| *window == wanted);
    // /w7 is not /w75.
    let whole = |at: usize| {
        text.get(at + wanted.len())
            .is_none_or(|next| !next.is_ascii_digit())
    };
    found.any(|(at, _)| whole(at))
}

/// Mounts at or below the directory that this process sees.
pub fn mounts(root: &Path) -> Vec<PathBuf> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    table
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .map(PathBuf::from)
        .filter(|target| target.starts_with(root))
        .collect()
}
