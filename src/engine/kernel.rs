//! The kernel: the oldest that Coracle runs on, and which policies it enforces.

use std::path::Path;

use super::Error;

/// mount_setattr(2), with which every mount of a container gets its flags. Overlay in user
/// namespaces is a version older.
const FLOOR: (u32, u32) = (5, 12);

/// Refuses a kernel below the floor.
///
/// # Errors
///
/// When uname(2) names an older version; what cannot be read as a version is let pass.
pub fn check_floor(release: &str) -> Result<(), Error> {
    match version(release) {
        Some(found) if found < FLOOR => Err(Error::new(format!(
            "Linux {release} is too old: {}.{} or newer is needed",
            FLOOR.0, FLOOR.1
        ))),
        _ => Ok(()),
    }
}

/// Whether SELinux is there: selinux(8), selinuxfs.
pub fn has_selinux() -> bool {
    Path::new("/sys/fs/selinux/enforce").exists()
}

/// `6.1.0-13-amd64` → (6, 1)
fn version(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release
        .split(|c: char| !c.is_ascii_digit())
        .map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_older_kernel_is_refused() {
        for release in ["5.12.0", "5.13", "6.1.0-13-amd64", "10.0", "x", ""] {
            assert!(check_floor(release).is_ok(), "{release}");
        }
        for release in ["5.11.22", "4.18.0-553.el8.x86_64"] {
            let refusal = check_floor(release).expect_err(release).to_string();
            let wanted = format!("Linux {release} is too old: 5.12 or newer is needed");
            assert_eq!(refusal, wanted);
        }
    }
}
