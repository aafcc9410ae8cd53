//! Makes U0, or gives a living one a new keeper: the engine's side of `guest/monitor/keeper.rs`.
//!
//! ```text
//! keeper ── NAMESPACE ─▶ write or have written both maps, read them back ── MAPPED ─▶ keeper
//! keeper ── CAPABLE ──▶ record
//! ```
//!
//! The caller holds `lock`. Until the record is written nobody else knows of the namespace: if we
//! die before, the keeper ends by itself, because its socket closes or nobody holds `users`.

use std::ffi::CString;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use crate::guest;
use crate::sys;
use crate::sys::failpoint;
use crate::sys::namespace;
use crate::sys::process::{Ended, readable_within};
use crate::sys::spawn::{Child, Program, Spawn};
use crate::types::container::ProcessStamp;
use crate::userns::base::{Base, Folder};
use crate::userns::error::{Error, Remedy};
use crate::userns::ids::{Extent, map_text};
use crate::userns::living::{self, Found, Record};
use crate::userns::machine;
use crate::userns::plan::{Plan, Situation, Writer};
use crate::userns::single::WhySingle;
use crate::userns::tool::Job;

/// Messages, one byte each; `guest/monitor/keeper.rs` has the same.
const NAMESPACE: u8 = 1;
const MAPPED: u8 = 2;
const CAPABLE: u8 = 3;

/// Each stage of the keeper is one system call.
const STAGE_TIMEOUT: Duration = Duration::from_secs(10);

const SIGKILL: i32 = 9;
const EPERM: i32 = 1;
const EACCES: i32 = 13;
const ENOSPC: i32 = 28;
const EUSERS: i32 = 87;

/// Makes U0 with the best map there is; `users` is held exclusively, and shared afterwards.
pub(crate) fn make(folder: &Folder, users: File) -> Result<Base, Error> {
    let situation = Situation::look()?;
    let plan = situation.plan()?;
    // The keeper will ask for the exclusive lock: it must find ours shared, not missing. A
    // conversion is not atomic (flock(2)); nobody can want it in between but such keepers.
    users
        .try_lock_shared()
        .map_err(|error| Error::file(&folder.path, error.into()))?;
    let mut keeper = Keeper::start(folder, "make", None)?;
    keeper
        .stage(NAMESPACE, "making the namespace")
        .map_err(forbidden)?;
    let written = keeper.write_maps(&situation, plan, folder)?;
    keeper.verify("uid_map", &written.uid)?;
    keeper.verify("gid_map", &written.gid)?;
    failpoint::hit("userns.maps.written")?;
    let found = keeper.finish(folder)?;
    Ok(Base {
        single: found.is_single(),
        ns: found.ns,
        users: users.into(),
        ids: found.ids,
        why_single: written.why_single,
    })
}

/// Gives a living U0 whose keeper was killed a new one.
pub(crate) fn keep(folder: &Folder, ns: OwnedFd) -> Result<Found, Error> {
    let mut keeper = Keeper::start(folder, "join", Some(ns))?;
    keeper.stage(NAMESPACE, "joining the namespace")?;
    keeper.finish(folder)
}

/// The maps that must be there now.
struct Written {
    uid: Vec<Extent>,
    gid: Vec<Extent>,
    why_single: Option<WhySingle>,
}

impl Written {
    fn full(plan: Plan) -> Self {
        Self {
            uid: plan.uid,
            gid: plan.gid,
            why_single: None,
        }
    }
}

/// A keeper being made; killed when dropped before it is recorded.
struct Keeper {
    child: Child,
    control: UnixStream,
    recorded: bool,
}

impl Keeper {
    fn start(folder: &Folder, way: &str, ns: Option<OwnedFd>) -> Result<Self, Error> {
        let io = |source| Error::file(&folder.path, source);
        let users = folder.open_users()?;
        let (control, theirs) = UnixStream::pair().map_err(io)?;
        control.set_read_timeout(Some(STAGE_TIMEOUT)).map_err(io)?;
        let program = sys::memfd::sealed_program(c"coracle", guest::MONITOR)?;
        let word = |text: &str| CString::new(text).expect("our own words have no NUL");
        let mut passed = vec![users.as_fd(), theirs.as_fd()];
        passed.extend(ns.as_ref().map(AsFd::as_fd));
        let spawn = Spawn {
            argv: vec![word("coracle"), word("keeper"), word(way)],
            passed,
            own_session: true,
            ..Spawn::default()
        };
        let child = spawn.start(Program::Open(program.as_fd()))?;
        Ok(Self {
            child,
            control,
            recorded: false,
        })
    }

    /// Waits for the keeper's word that a stage is done.
    fn stage(&mut self, number: u8, doing: &'static str) -> Result<(), Error> {
        let failed = |errno| Error::Keeper {
            stage: doing,
            errno,
        };
        if !readable_within(self.control.as_fd(), STAGE_TIMEOUT)? {
            return Err(failed(0));
        }
        let mut message = [0; 5];
        self.control
            .read_exact(&mut message)
            .map_err(|_| failed(0))?;
        let [stage, errno @ ..] = message;
        match i32::from_ne_bytes(errno) {
            0 if stage == number => Ok(()),
            errno => Err(failed(errno)),
        }
    }

    /// Carries out the plan.
    fn write_maps(
        &self,
        situation: &Situation,
        plan: Plan,
        folder: &Folder,
    ) -> Result<Written, Error> {
        let plan = match &plan.writer {
            Writer::Tools {
                newuidmap,
                newgidmap,
            } => match self.run_tools(newuidmap, newgidmap, &plan)? {
                None => return Ok(Written::full(plan)),
                // Falling back would show a store full of other owners as nobody's.
                Some(refusal) if living::record(folder).is_some_and(|last| last.full) => {
                    return Err(refusal);
                }
                Some(Error::Tool { program, text, .. }) => situation.single(WhySingle::Refused {
                    program,
                    message: text,
                }),
                Some(other) => return Err(other),
            },
            Writer::Ourselves => {
                self.write("uid_map", &map_text(&plan.uid))
                    .map_err(forbidden)?;
                self.write("gid_map", &map_text(&plan.gid))
                    .map_err(forbidden)?;
                return Ok(Written::full(plan));
            }
            Writer::Single(_) => plan,
        };
        // setgroups must be "deny" before an unprivileged gid_map write is accepted
        // (user_namespaces(7), since Linux 3.19).
        self.write("setgroups", "deny").map_err(forbidden)?;
        self.write("uid_map", &map_text(&plan.uid))
            .map_err(forbidden)?;
        self.write("gid_map", &map_text(&plan.gid))
            .map_err(forbidden)?;
        let Writer::Single(why) = plan.writer else {
            unreachable!("the two other writers returned above")
        };
        Ok(Written {
            uid: plan.uid,
            gid: plan.gid,
            why_single: Some(why),
        })
    }

    /// Runs newuidmap and newgidmap side by side. Returns the refusal if nothing was mapped, so
    /// that one id can still be; what is half done is an error.
    fn run_tools(
        &self,
        newuidmap: &Path,
        newgidmap: &Path,
        plan: &Plan,
    ) -> Result<Option<Error>, Error> {
        let start = |program: &Path, extents: &[Extent]| {
            let mut words = vec![self.child.pid.to_string()];
            for extent in extents {
                words.extend(extent.to_string().split(' ').map(str::to_owned));
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Job::start(program, &words)
        };
        let uid = start(newuidmap, &plan.uid)?;
        let gid = start(newgidmap, &plan.gid)?;
        let mut refusal = None;
        for (program, done) in [(newuidmap, uid.finish()?), (newgidmap, gid.finish()?)] {
            if done.ended != Ended::Exited(0) && refusal.is_none() {
                refusal = Some(Error::Tool {
                    program: program.to_owned(),
                    ended: done.ended,
                    text: done.text,
                });
            }
        }
        let untouched = self.map("uid_map")?.is_empty() && self.map("gid_map")?.is_empty();
        match refusal {
            Some(Error::Tool {
                ended: Ended::Signaled(_),
                ..
            }) => Err(refusal.expect("just matched")),
            Some(half) if !untouched => Err(half),
            other => Ok(other),
        }
    }

    fn map(&self, file: &str) -> Result<Vec<Extent>, Error> {
        living::whole_map(self.child.pid, file)
    }

    /// Compares what the kernel has with what was wanted.
    fn verify(&self, file: &str, wanted: &[Extent]) -> Result<(), Error> {
        let found = self.map(file)?;
        if found == wanted {
            return Ok(());
        }
        Err(Error::WrongMap {
            wanted: format!("{:?}", map_text(wanted)),
            found: map_text(&found),
        })
    }

    /// Writes a file of the keeper's /proc directory in one piece, as the kernel demands.
    fn write(&self, file: &str, text: &str) -> Result<(), Error> {
        let path = format!("/proc/{}/{file}", self.child.pid);
        File::options()
            .write(true)
            .open(&path)
            .and_then(|mut file| file.write(text.as_bytes()))
            .map_err(|source| Error::file(Path::new(&path), source))
            .map(|_| ())
    }

    /// Lets the keeper keep, and tells the next command where it is.
    fn finish(mut self, folder: &Folder) -> Result<Found, Error> {
        self.control
            .write_all(&[MAPPED])
            .map_err(|source| Error::file(&folder.path, source))?;
        self.stage(CAPABLE, "using its capabilities")
            .map_err(forbidden)?;
        failpoint::hit("userns.keeper.started")?;
        let pid = self.child.pid;
        let ns = namespace::of_process(pid, "user")?;
        let identity = namespace::identity(ns.as_fd())?;
        let gone = Error::Keeper {
            stage: "being recorded",
            errno: 0,
        };
        let found = Found {
            ids: living::ids_of(pid)?,
            ns,
        };
        let record = Record {
            machine_id: folder.machine_id.clone(),
            boot_id: machine::boot_id(),
            keeper: ProcessStamp {
                pid,
                start_time: sys::process::start_time(pid).ok_or(gone)?,
            },
            device: identity.device,
            inode: identity.inode,
            full: !found.is_single(),
        };
        living::write_record(folder, &record)?;
        self.recorded = true;
        failpoint::hit("userns.keeper.recorded")?;
        Ok(found)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if !self.recorded {
            let _ = self.child.pidfd.signal(SIGKILL);
            let _ = self.child.pidfd.wait(Duration::from_secs(1));
        }
    }
}

/// Explains a refusal of the kernel by the setting that causes it.
fn forbidden(error: Error) -> Error {
    let errno = match &error {
        Error::Keeper { errno, .. } => *errno,
        Error::File { source, .. } => source.raw_os_error().unwrap_or(0),
        _ => return error,
    };
    let remedy = match errno {
        // user_namespaces(7): ENOSPC is the limit since Linux 4.9, EUSERS before.
        ENOSPC | EUSERS => Remedy::MaxUserNamespaces,
        EPERM | EACCES => remedy(&|path| {
            let text = crate::userns::read_bounded(Path::new(path), 64).ok()?;
            text.trim().parse().ok()
        }),
        _ => return error,
    };
    Error::Forbidden { remedy, errno }
}

/// Which setting makes the kernel say EPERM; `sysctl` reads one.
fn remedy(sysctl: &dyn Fn(&str) -> Option<u64>) -> Remedy {
    if sysctl("/proc/sys/user/max_user_namespaces") == Some(0) {
        Remedy::MaxUserNamespaces
    } else if sysctl("/proc/sys/kernel/unprivileged_userns_clone") == Some(0) {
        Remedy::UnprivilegedClone
    } else if sysctl("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == Some(1) {
        Remedy::AppArmor
    } else {
        Remedy::OuterContainer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_to_blame() {
        for (name, value, expected) in [
            ("max_user_namespaces", 0, Remedy::MaxUserNamespaces),
            ("unprivileged_userns_clone", 0, Remedy::UnprivilegedClone),
            ("apparmor_restrict_unprivileged_userns", 1, Remedy::AppArmor),
            (
                "apparmor_restrict_unprivileged_userns",
                0,
                Remedy::OuterContainer,
            ),
            ("max_user_namespaces", 100, Remedy::OuterContainer),
        ] {
            let sysctl = |path: &str| path.ends_with(name).then_some(value);
            assert_eq!(remedy(&sysctl), expected, "{name} {value}");
        }
    }
}
