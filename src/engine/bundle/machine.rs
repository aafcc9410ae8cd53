//! What a spec has to know of this machine, and the profile that the user names.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::engine::Error;
use crate::spec;
use crate::spec::seccomp::Profile;
use crate::types::RunRequest;
use crate::types::request::NamespaceMode;

/// A profile larger than this is not one (S-68).
const MAX_PROFILE: u64 = 1 << 20;

pub(super) fn read_profile(path: &Path) -> Result<Profile, Error> {
    let cannot = |why: String| {
        Error::new(format!(
            "cannot read the seccomp profile {}: {why}",
            path.display()
        ))
    };
    let mut text = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_PROFILE + 1).read_to_end(&mut text))
        .map_err(|e| cannot(e.to_string()))?;
    if text.len() as u64 > MAX_PROFILE {
        return Err(cannot("larger than 1 MiB".to_owned()));
    }
    Ok(Profile::parse(&text, path)?)
}

/// A version 2 hierarchy can be shown; version 1 never is (S-60).
pub(super) fn cgroup_view(request: &RunRequest) -> spec::CgroupView {
    let v2 = Path::new("/sys/fs/cgroup/cgroup.controllers").exists();
    if v2 && request.cgroup_mode == NamespaceMode::Private {
        spec::CgroupView::Fresh
    } else {
        spec::CgroupView::Omitted
    }
}

pub(super) fn kernel_version() -> (u32, u32) {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release
        .split(|c: char| !c.is_ascii_digit())
        .map(|n| n.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

pub(crate) fn last_capability() -> u32 {
    let text = fs::read_to_string("/proc/sys/kernel/cap_last_cap").unwrap_or_default();
    text.trim().parse().unwrap_or(40)
}

/// CPUs with a thermal_throttle directory, each of which is masked (S-56).
pub(super) fn thermal_cpus() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/sys/devices/system/cpu") else {
        return Vec::new();
    };
    let mut cpus: Vec<u32> = entries
        .flatten()
        .filter(|entry| entry.path().join("thermal_throttle").exists())
        .filter_map(|entry| {
            entry
                .file_name()
                .to_str()?
                .strip_prefix("cpu")?
                .parse()
                .ok()
        })
        .collect();
    cpus.sort_unstable();
    cpus
}
