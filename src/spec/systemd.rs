//! Containers whose first process is systemd: systemd's CONTAINER_INTERFACE.
//!
//! It wants its control group writable, fresh /run and /tmp, a word in the environment, and
//! SIGRTMIN+3 to stop. Nothing else is loosened.

use crate::types::ContainerRecord;
use crate::types::RunRequest;
use crate::types::resources::SystemdMode;

/// SIGRTMIN+3 of the kernel's numbering and glibc's.
pub const STOP_SIGNAL: i32 = 37;

/// Where it writes; the image's own content is covered.
pub const FRESH: [(&str, &str); 4] = [
    ("/run", "rw,nosuid,nodev,mode=755"),
    ("/run/lock", "rw,nosuid,nodev,noexec,mode=1777"),
    ("/tmp", "rw,nosuid,nodev,mode=1777"),
    ("/var/log/journal", "rw,nosuid,nodev,mode=755"),
];

/// Whether a command gets what systemd needs.
pub fn is_wanted(request: &RunRequest, argv: &[String]) -> bool {
    match request.systemd {
        SystemdMode::Always => true,
        SystemdMode::Never => false,
        SystemdMode::Detect => argv.first().is_some_and(|program| is_systemd(program)),
    }
}

fn is_systemd(program: &str) -> bool {
    let inits = ["/sbin/init", "/usr/sbin/init", "/usr/local/sbin/init"];
    inits.contains(&program) || program.rsplit('/').next() == Some("systemd")
}

/// The variable by which systemd knows the machine it runs in.
pub fn uuid(record: &ContainerRecord) -> String {
    format!("container_uuid={}", &record.id.as_str()[..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systemd_is_known_by_its_path() {
        for (program, mode, wanted) in [
            ("/sbin/init", SystemdMode::Detect, true),
            ("/usr/lib/systemd/systemd", SystemdMode::Detect, true),
            ("/sbin/init", SystemdMode::Never, false),
            ("/bin/init", SystemdMode::Detect, false),
            ("sh", SystemdMode::Always, true),
        ] {
            let request = RunRequest {
                systemd: mode,
                ..RunRequest::default()
            };
            assert_eq!(
                is_wanted(&request, &[program.to_owned()]),
                wanted,
                "{program}"
            );
        }
    }
}
