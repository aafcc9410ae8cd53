//! Which machine and which boot this is, so that records of others are not believed.
//!
//! machine-id(5), random(4). A store on a shared home is used by several machines; what a record
//! says about processes counts only where both ids agree.

use std::path::Path;

/// A file longer than this is not an id.
const MAX_ID: usize = 128;

/// What a machine without an id is called; two such machines that share a home look like one.
const NO_MACHINE_ID: &str = "unknown";

/// Returns the id of this boot.
pub fn boot_id() -> String {
    first_word("/proc/sys/kernel/random/boot_id").unwrap_or_default()
}

/// Returns the id of this machine, as a word that is safe in a file name.
pub fn machine_id() -> String {
    // The second is what was there before systemd, and in minimal images; machine-id(5), HISTORY.
    ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(first_word)
        // What systemd writes on a golden image before the first boot.
        .filter(|id| id != "uninitialized")
        .unwrap_or_else(|| NO_MACHINE_ID.to_owned())
}

/// Returns the running kernel's version, as uname(2) has it; empty without a procfs.
pub fn kernel_release() -> String {
    let path = Path::new("/proc/sys/kernel/osrelease");
    let text = crate::userns::read_bounded(path, MAX_ID as u64).unwrap_or_default();
    text.trim().to_owned()
}

fn first_word(path: impl AsRef<Path>) -> Option<String> {
    id_in(&crate::userns::read_bounded(path.as_ref(), MAX_ID as u64).ok()?)
}

fn id_in(text: &str) -> Option<String> {
    let id = text.lines().next()?.trim();
    let safe = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (safe && !id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_safe_word() {
        for (text, outcome) in [
            ("d40b1f\n", Some("d40b1f")),
            ("a-b-c", Some("a-b-c")),
            ("", None),
            ("\n", None),
            ("../x\n", None),
            ("a b\n", None),
        ] {
            assert_eq!(id_in(text).as_deref(), outcome, "{text:?}");
        }
        assert!(!boot_id().is_empty());
        assert!(!machine_id().is_empty());
    }
}
