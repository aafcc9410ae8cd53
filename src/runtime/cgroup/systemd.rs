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

/// The sockets to try, best first: dbus-daemon(1), systemd(1) "user manager".
fn sockets(uid: u32) -> Vec<PathBuf> {
    if uid == 0 {
        return vec![PathBuf::from("/run/dbus/system_bus_socket")];
    }
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
        let (uid, _) = sys::process::effective_ids();
        let mut failed = dbus::Error::Refused("there is none".to_owned());
        for socket in sockets(uid) {
            let reached = Bus::connect(&socket, uid).and_then(|bus| {
                let mut systemd = Self { bus };
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

    /// Makes a scope around a process and waits until it is in it.
    ///
    /// What the unit of that name still holds of an earlier run is given time to go.
    pub fn start_scope(&mut self, unit: &str, slice: &str, pid: i32) -> Result<(), dbus::Error> {
        self.bus.listen(
            "type='signal',sender='org.freedesktop.systemd1',\
             interface='org.freedesktop.systemd1.Manager',member='JobRemoved'",
        )?;
        let deadline = Instant::now() + LEAVING;
        let job = loop {
            let answer = self
                .bus
                .call(manager("StartTransientUnit"), &scope(unit, slice, pid));
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
                text: format!("starting {unit}: {other}"),
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

/// name, mode, properties, and no further units.
fn scope(unit: &str, slice: &str, pid: i32) -> Body {
    let mut body = Body::new("ssa(sv)a(sa(sv))");
    body.string(unit).string("fail");
    body.array(8, |properties| {
        properties
            .record()
            .string("Description")
            .signature("s")
            .string("Coracle container");
        properties
            .record()
            .string("Slice")
            .signature("s")
            .string(slice);
        properties
            .record()
            .string("Delegate")
            .signature("b")
            .bool(true);
        // Of a failed scope nothing is to stay either.
        properties
            .record()
            .string("CollectMode")
            .signature("s")
            .string("inactive-or-failed");
        // Limits are ours, in the group of the container.
        properties
            .record()
            .string("TasksMax")
            .signature("t")
            .u64(u64::MAX);
        properties
            .record()
            .string("PIDs")
            .signature("au")
            .array(4, |list| {
                list.u32(pid as u32);
            });
    });
    body.array(8, |_| {});
    body
}
