//! Named places where a debug build can be made to die or to fail, for the tests of promise 2:
//! any process may be killed at any moment.
//!
//! `CORACLE_FAILPOINT=store.layer.commit:kill` ends the process there by SIGKILL;
//! `CORACLE_FAILPOINT=store.layer.commit:ENOSPC` makes the operation return that errno. A number
//! after `@` skips that many passages first: `store.blob.written:kill@2`; a `+` at the end makes
//! every later passage fail too, as a full disk would: `store.file.written:ENOSPC+`. With
//! `CORACLE_FAILPOINT_TRACE=FILE` every name that is passed is appended to the file. Release builds
//! look at neither.

use crate::sys::SysError;

/// Every failpoint, so that tests can walk through all of them; one line each, sorted.
///
/// A name is `room.object.moment`; the moment is what has *just* happened.
pub const NAMES: &[&str] = &[
    "engine.archive.written",
    "engine.bundle.made",
    "engine.bundle.removed",
    "engine.cgroup.made",
    "engine.commit.packed",
    "engine.container.created",
    "engine.container.discarded",
    "engine.container.settled",
    "engine.copyup.done",
    "engine.exec.ready",
    "engine.exec.running",
    "engine.exit.followed",
    "engine.held.found",
    "engine.image.sent",
    "engine.kill.marked",
    "engine.monitor.launched",
    "engine.monitor.ready",
    "engine.monitor.running",
    "engine.network.connected",
    "engine.network.joined",
    "engine.network.leased",
    "engine.network.left",
    "engine.network.recorded",
    "engine.network.shared",
    "engine.reset.deleted",
    "engine.reset.emptied",
    "engine.run.recorded",
    "engine.run.written",
    "engine.stop.marked",
    "engine.stop.signalled",
    "engine.volume.filled",
    "engine.volume.unused",
    "engine.volumes.removed",
    "layer.dedupe.joined",
    "layer.tree.arrived",
    "layer.tree.unpacked",
    "network.holder.started",
    "network.uplink.started",
    "store.claim.taken",
    "store.container.leaving",
    "store.container.named",
    "store.container.removed",
    "store.container.staged",
    "store.file.written",
    "store.image.leaving",
    "store.image.naming",
    "store.image.recorded",
    "store.image.removed",
    "store.image.unnaming",
    "store.image.unused",
    "store.image.verified",
    "store.layer.announced",
    "store.layer.attested",
    "store.layer.committed",
    "store.layer.condemned",
    "store.layer.staged",
    "store.lease.begun",
    "store.name.reserved",
    "store.name.written",
    "store.program.written",
    "store.reset.bared",
    "store.reset.discarding",
    "store.reset.unmarked",
    "store.secret.removed",
    "store.shifted.staged",
    "store.sweep.collected",
    "store.sweep.emptied",
    "store.sweep.reclaimed",
    "store.volume.removed",
    "store.volume.staged",
    "userns.keeper.recorded",
    "userns.keeper.started",
    "userns.maps.written",
];

/// The errnos a test may ask for.
#[cfg(debug_assertions)]
const ERRNOS: &[(&str, i32)] = &[
    ("EACCES", libc::EACCES),
    ("EDQUOT", libc::EDQUOT),
    ("EINVAL", libc::EINVAL),
    ("EIO", libc::EIO),
    ("EMFILE", libc::EMFILE),
    ("ENOENT", libc::ENOENT),
    ("ENOMEM", libc::ENOMEM),
    ("ENOSPC", libc::ENOSPC),
    ("EPERM", libc::EPERM),
    ("EROFS", libc::EROFS),
];

/// Passes the failpoint: does nothing unless the environment names it.
#[cfg(debug_assertions)]
pub fn hit(name: &'static str) -> Result<(), SysError> {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static WANTED: OnceLock<Option<Wanted>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);

    debug_assert!(
        NAMES.contains(&name),
        "{name} is missing in failpoint::NAMES"
    );
    trace(name);
    let wanted = WANTED.get_or_init(|| {
        let text = std::env::var("CORACLE_FAILPOINT").ok()?;
        Some(Wanted::parse(&text).expect("CORACLE_FAILPOINT is name:kill or name:ERRNO"))
    });
    let Some(wanted) = wanted.as_ref().filter(|wanted| wanted.name == name) else {
        return Ok(());
    };
    let passed = PASSED.fetch_add(1, Ordering::Relaxed);
    if passed < wanted.skip || (passed > wanted.skip && !wanted.lasting) {
        return Ok(());
    }
    match wanted.errno {
        Some(errno) => Err(SysError::new("failpoint", name, errno)),
        None => {
            // SAFETY: signals ourselves; no memory is involved.
            unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
            unreachable!("SIGKILL cannot be survived")
        }
    }
}

/// Tells a test that this failpoint lies on the way.
#[cfg(debug_assertions)]
fn trace(name: &str) {
    use std::io::Write;

    let Some(path) = std::env::var_os("CORACLE_FAILPOINT_TRACE") else {
        return;
    };
    let file = std::fs::File::options().append(true).open(path);
    // One write: O_APPEND keeps the lines of several processes whole.
    let _ = file.and_then(|mut file| file.write_all(format!("{name}\n").as_bytes()));
}

/// Passes the failpoint; a release build has none.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn hit(_name: &'static str) -> Result<(), SysError> {
    Ok(())
}

/// One failpoint and what happens there.
#[cfg(debug_assertions)]
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    name: String,
    /// `None`: SIGKILL.
    errno: Option<i32>,
    skip: u32,
    /// Every later passage fails too.
    lasting: bool,
}

#[cfg(debug_assertions)]
impl Wanted {
    fn parse(text: &str) -> Option<Self> {
        let (text, lasting) = match text.strip_suffix('+') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let (name, action) = text.split_once(':')?;
        let (action, skip) = action.split_once('@').unwrap_or((action, "0"));
        let errno = match action {
            "kill" => None,
            name => Some(ERRNOS.iter().find(|known| known.0 == name)?.1),
        };
        NAMES.contains(&name).then_some(Self {
            name: name.to_owned(),
            errno,
            skip: skip.parse().ok()?,
            lasting,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_a_test_may_ask_for() {
        let wanted = |errno, skip| Wanted {
            name: NAMES[0].to_owned(),
            errno,
            skip,
            lasting: false,
        };
        let name = NAMES[0];
        for (text, outcome) in [
            (format!("{name}:kill"), Some(wanted(None, 0))),
            (
                format!("{name}:ENOSPC"),
                Some(wanted(Some(libc::ENOSPC), 0)),
            ),
            (format!("{name}:kill@3"), Some(wanted(None, 3))),
            (
                format!("{name}:EIO@1+"),
                Some(Wanted {
                    lasting: true,
                    ..wanted(Some(libc::EIO), 1)
                }),
            ),
            (format!("{name}:EWHAT"), None),
            (format!("{name}:kill@x"), None),
            ("nowhere:kill".to_owned(), None),
            (name.to_owned(), None),
        ] {
            assert_eq!(Wanted::parse(&text), outcome, "{text}");
        }
    }
}
