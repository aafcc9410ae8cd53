//! Scopes by the user's systemd: org.freedesktop.systemd1(5).
//!
//! A transient scope with `Delegate=yes` gives us a control group of our own below the user
//! manager's, whatever session the caller sits in; it goes with its last process.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::runtime::cgroup::Cgroup;
use crate::runtime::cgroup::dbus::{self, Body, Bus, Method};
use crate::sys;

/// How long a scope of the same name may take to go: its last process has ended already.
const LEAVING: Duration = Duration::from_secs(10);

/// A conversation with the manager of this user's units; root's is the system's.
#[derive(Debug)]
pub struct Systemd {
    bus: Bus,
    of_system: bool,
}

const fn manager(member: &str) -> Method<'_> {
    Method {
        destination: "org.freedesktop.systemd1",
        path: "/org/freedesktop/systemd1",
        interface: "org.freedesktop.systemd1.Manager",
        member,
    }
}

const UNIT_EXISTS: &str = "org.freedesktop.systemd1.UnitExists";

const SYSTEM_BUS: &str = "/run/dbus/system_bus_socket";

/// The buses to try and who we are there, best first. In a user namespace of its own an engine
/// is root and yet the user whose session it is; in a container root may be just that.
fn buses() -> Vec<(PathBuf, u32)> {
    let (uid, _) = sys::process::effective_ids();
    let map = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let outside = outside(&map, uid);
    let mut all = Vec::new();
    if outside != 0 {
        all.extend(sockets(outside).into_iter().map(|path| (path, outside)));
    }
    if uid == 0 {
        all.push((PathBuf::from(SYSTEM_BUS), 0));
    }
    all
}

/// A user's number one user namespace further out: user_namespaces(7), "uid_map".
fn outside(map: &str, uid: u32) -> u32 {
    let found = map.lines().find_map(|line| {
        let mut words = line.split_whitespace().map(|word| word.parse::<u32>().ok());
        let (inside, out, count) = (words.next()??, words.next()??, words.next()??);
        let at = uid.checked_sub(inside).filter(|at| *at < count)?;
        out.checked_add(at)
    });
    found.unwrap_or(uid)
}

/// Where a user's own bus may be: dbus-daemon(1), systemd(1) "user manager".
fn sockets(uid: u32) -> Vec<PathBuf> {
    let named = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap_or_default();
    let named = named.split(';').find_map(|address| {
        let path = address.strip_prefix("unix:path=")?;
        Some(PathBuf::from(path.split(',').next()?))
    });
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(|dir| PathBuf::from(dir).join("bus"));
    let usual = PathBuf::from(format!("/run/user/{uid}/bus"));
    let mut all: Vec<PathBuf> = named.into_iter().chain(runtime).chain([usual]).collect();
    all.dedup();
    all
}

impl Systemd {
    /// Connects to the first bus on which systemd answers.
    pub fn connect() -> Result<Self, dbus::Error> {
        let mut failed = dbus::Error::Refused("there is none".to_owned());
        for (socket, uid) in buses() {
            let reached = Bus::connect(&socket, uid).and_then(|bus| {
                let of_system = uid == 0;
                let mut systemd = Self { bus, of_system };
                // Without it the manager tells nobody of its jobs.
                systemd.bus.call(manager("Subscribe"), &Body::default())?;
                Ok(systemd)
            });
            match reached {
                Ok(systemd) => return Ok(systemd),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    /// Whether it is the system's, not a user's.
    pub fn is_system(&self) -> bool {
        self.of_system
    }

    /// Makes a scope around a process and waits until it is in it.
    ///
    /// What the unit of that name still holds of an earlier run is given time to go.
    pub fn start_scope(&mut self, scope: &Scope<'_>) -> Result<(), dbus::Error> {
        self.bus.listen(
            "type='signal',sender='org.freedesktop.systemd1',\
             interface='org.freedesktop.systemd1.Manager',member='JobRemoved'",
        )?;
        let deadline = Instant::now()
            + if scope.patient {
                LEAVING
            } else {
                Duration::ZERO
            };
        let job = loop {
            let answer = self.bus.call(manager("StartTransientUnit"), &scope.body());
            match answer {
                Err(dbus::Error::Answer { name, .. })
                    if name == UNIT_EXISTS && Instant::now() < deadline =>
                {
                    std::thread::sleep(Duration::from_millis(5));
                }
                other => break other?.reader().string()?,
            }
        };
        let result = self.bus.signal(|message| {
            let mut reader = message.reader();
            reader.u32().ok()?;
            let ours = message.member == "JobRemoved" && reader.string().ok()? == job;
            reader.string().ok()?;
            ours.then(|| reader.string().ok())?
        })?;
        match result.as_str() {
            "done" => Ok(()),
            other => Err(dbus::Error::Answer {
                name: String::new(),
                text: format!("starting {}: {other}", scope.unit),
            }),
        }
    }

    /// The manager's own group, below which everything it makes is.
    pub fn own_group(&mut self) -> Option<Cgroup> {
        let mut body = Body::new("ss");
        body.string("org.freedesktop.systemd1.Manager")
            .string("ControlGroup");
        let get = Method {
            interface: "org.freedesktop.DBus.Properties",
            ..manager("Get")
        };
        let answer = self.bus.call(get, &body).ok()?;
        Cgroup::at(&answer.reader().variant_string().ok()?)
    }

    /// Moves a process into a group below a unit's, from wherever it is: the manager asks that of
    /// the system where we may not.
    pub fn attach(&mut self, unit: &str, below: &str, pid: i32) -> Result<(), dbus::Error> {
        let mut body = Body::new("ssau");
        body.string(unit).string(below).array(4, |list| {
            list.u32(pid as u32);
        });
        self.bus
            .call(manager("AttachProcessesToUnit"), &body)
            .map(drop)
    }
}

/// A scope to be.
#[derive(Debug)]
pub struct Scope<'a> {
    pub unit: &'a str,
    pub slice: &'a str,
    /// The process it is made around.
    pub pid: i32,
    /// Microseconds between SIGTERM and SIGKILL when systemd ends it; `None` is its usual time.
    pub stop: Option<u64>,
    /// Whether one of that name is given time to go.
    pub patient: bool,
}

impl Scope<'_> {
    /// name, mode, properties, and no further units.
    fn body(&self) -> Body {
        let mut body = Body::new("ssa(sv)a(sa(sv))");
        body.string(self.unit).string("fail");
        body.array(8, |properties| {
            let words = [("Description", "Coracle"), ("Slice", self.slice)];
            // Of a failed scope nothing is to stay either.
            let collected = [("CollectMode", "inactive-or-failed")];
            for (name, word) in words.into_iter().chain(collected) {
                properties.record().string(name).signature("s").string(word);
            }
            let delegate = properties.record().string("Delegate");
            delegate.signature("b").bool(true);
            // Limits are ours, in the group of the container.
            let numbers = [("TasksMax", Some(u64::MAX)), ("TimeoutStopUSec", self.stop)];
            for (name, number) in numbers {
                if let Some(number) = number {
                    properties.record().string(name).signature("t").u64(number);
                }
            }
            let pids = properties.record().string("PIDs").signature("au");
            pids.array(4, |list| {
                list.u32(self.pid as u32);
            });
        });
        body.array(8, |_| {});
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_further_out() {
        for (map, uid, wanted) in [
            ("         0          0 4294967295\n", 1000, 1000),
            ("0 1000 1\n1 100000 65536\n", 0, 1000),
            ("0 1000 1\n1 100000 65536\n", 3, 100_002),
            ("1000 1000 1\n", 0, 0),
            ("", 5, 5),
        ] {
            assert_eq!(outside(map, uid), wanted, "{map:?} {uid}");
        }
    }
}
