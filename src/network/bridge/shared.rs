//! The namespace that all bridges of a user are in: found, made, given up.
//!
//! The caller holds the store's lock of networks. What `<runtime>/shared/network.json` claims is
//! only a hint: pids are compared by start time.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{PipeWriter, Read, Seek, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::network::bridge::holder::{Answer, Order};
use crate::network::names::Names;
use crate::network::{Error, Uplink, uplink};
use crate::sys::failpoint::hit;
use crate::sys::memfd;
use crate::sys::namespace;
use crate::sys::process::{self, Pidfd, readable_within};
use crate::types::container::ProcessStamp;
use crate::userns::{Base, worker};

const SIGTERM: i32 = 15;
const SIGKILL: i32 = 9;

/// Making namespaces takes milliseconds, netavark less than a second.
const READY: Duration = Duration::from_secs(20);
const WORK: Duration = Duration::from_secs(90);
const END: Duration = Duration::from_secs(5);

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    holder: ProcessStamp,
    /// pasta, which connects the namespace; `None` where there is none.
    uplink: Option<ProcessStamp>,
}

/// The shared namespace of a user, while somebody is on a network.
#[derive(Debug)]
pub struct Shared {
    net: OwnedFd,
    mounts: OwnedFd,
}

/// Where what connects the namespace has its files; their path is in its command line.
pub fn folder(runtime: &Path) -> PathBuf {
    runtime.join("shared")
}

fn record_path(runtime: &Path) -> PathBuf {
    folder(runtime).join("network.json")
}

fn names_path(runtime: &Path) -> PathBuf {
    folder(runtime).join("resolv.conf.json")
}

/// What the resolv.conf in the namespace was made from.
pub fn names(runtime: &Path) -> Option<Names> {
    let bytes = fs::read(names_path(runtime)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Notes what it is made from now.
pub fn remember_names(runtime: &Path, names: &Names) -> Result<(), Error> {
    let path = names_path(runtime);
    let beside = path.with_extension("new");
    let bytes = serde_json::to_vec(names).expect("strings and addresses serialise");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(Error::holder)
}

fn alive(stamp: ProcessStamp) -> Option<Pidfd> {
    let pidfd = Pidfd::open(stamp.pid).ok()?;
    (process::start_time(stamp.pid) == Some(stamp.start_time) && pidfd.alive()).then_some(pidfd)
}

fn stamp(pid: i32) -> Result<ProcessStamp, Error> {
    let start_time = process::start_time(pid)
        .ok_or_else(|| Error::Holder(format!("process {pid} has ended")))?;
    Ok(ProcessStamp { pid, start_time })
}

fn record(runtime: &Path) -> Option<Record> {
    let bytes = fs::read(record_path(runtime)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

impl Shared {
    /// Finds the namespace that is there.
    pub fn find(runtime: &Path) -> Result<Option<Self>, Error> {
        let Some(record) = record(runtime) else {
            return Ok(None);
        };
        let Some(holder) = alive(record.holder) else {
            return Ok(None);
        };
        let pid = record.holder.pid;
        let (Ok(net), Ok(mounts)) = (
            namespace::of_process(pid, "net"),
            namespace::of_process(pid, "mnt"),
        ) else {
            return Ok(None);
        };
        Ok(holder.alive().then_some(Self { net, mounts }))
    }

    /// Makes one, and connects it as well as this machine can.
    pub fn make(base: &Base, runtime: &Path, search_path: Option<&OsStr>) -> Result<Self, Error> {
        give_up(runtime);
        let folder = folder(runtime);
        fs::create_dir_all(&folder).map_err(Error::holder)?;
        let Uplink { helper, names, .. } = uplink(&folder, runtime, search_path)?;
        remember_names(runtime, &names)?;
        let (holder, mut recorded) = start_holder(base, &names.text)?;
        hit("network.holder.started")?;
        let mut made = Record {
            holder,
            uplink: None,
        };
        write_record(runtime, &made)?;
        recorded.write_all(b"1").map_err(Error::holder)?;
        if let Some(helper) = helper {
            let connected = helper.run_for(holder.pid, READY).and_then(stamp);
            let connected = connected.inspect_err(|_| give_up(runtime))?;
            hit("network.uplink.started")?;
            made.uplink = Some(connected);
            write_record(runtime, &made)?;
        }
        let shared = Self::find(runtime)?;
        shared.ok_or_else(|| Error::Holder("it ended at once".to_owned()))
    }

    /// The network namespace.
    pub fn network(&self) -> BorrowedFd<'_> {
        self.net.as_fd()
    }

    /// Connects it again where what connected it has died; the names of containers go on without.
    pub fn reconnect(runtime: &Path, search_path: Option<&OsStr>) -> Result<(), Error> {
        let Some(mut record) = record(runtime) else {
            return Ok(());
        };
        if record.uplink.is_none_or(|uplink| alive(uplink).is_some()) {
            return Ok(());
        }
        if let Some(helper) = uplink(&folder(runtime), runtime, search_path)?.helper {
            record.uplink = Some(helper.run_for(record.holder.pid, READY).and_then(stamp)?);
            write_record(runtime, &record)?;
        }
        Ok(())
    }

    /// Has a worker in the namespace do its work; returns the name server's process, if any.
    pub fn carry_out(&self, base: &Base, order: &Order) -> Result<Option<i32>, Error> {
        let text = serde_json::to_vec(order).expect("an order has string keys only");
        let mut file = File::from(memfd::plain(c"order")?);
        file.write_all(&text)
            .and_then(|()| file.rewind())
            .map_err(Error::holder)?;
        let (read, write) = std::io::pipe().map_err(Error::holder)?;
        let passed = [
            self.net.as_fd(),
            self.mounts.as_fd(),
            file.as_fd(),
            write.as_fd(),
        ];
        let worker = worker::spawn(Some(base), "network", &passed)?;
        drop(write);
        let mut text = String::new();
        if readable_within(read.as_fd(), WORK)? {
            let read = read.take(1 << 20).read_to_string(&mut text);
            read.map_err(Error::holder)?;
        }
        let ended = worker.wait(END)?;
        let answer: Answer = serde_json::from_str(&text)
            .map_err(|_| Error::Holder(format!("a worker in it failed: {ended:?}")))?;
        match answer.error.is_empty() {
            true => Ok(answer.server),
            false => Err(Error::Holder(answer.error)),
        }
    }
}

/// Starts the holder; it stays once something was written to the pipe, and ends without.
fn start_holder(base: &Base, resolv_conf: &str) -> Result<(ProcessStamp, PipeWriter), Error> {
    let mut text = File::from(memfd::plain(c"resolv.conf")?);
    text.write_all(resolv_conf.as_bytes())
        .and_then(|()| text.rewind())
        .map_err(Error::holder)?;
    let (read, write) = std::io::pipe().map_err(Error::holder)?;
    let (heard, recorded) = std::io::pipe().map_err(Error::holder)?;
    let passed = [write.as_fd(), text.as_fd(), heard.as_fd()];
    worker::detached(Some(base), "network-hold", &passed)?;
    drop(write);
    let mut pid = String::new();
    if readable_within(read.as_fd(), READY)? {
        let read = read.take(16).read_to_string(&mut pid);
        read.map_err(Error::holder)?;
    }
    let pid = pid.trim().parse::<i32>();
    let pid = pid.map_err(|_| Error::Holder("it could not be made".to_owned()))?;
    Ok((stamp(pid)?, recorded))
}

fn write_record(runtime: &Path, record: &Record) -> Result<(), Error> {
    let path = record_path(runtime);
    let beside = path.with_extension("new");
    let bytes = serde_json::to_vec(record).expect("numbers serialise");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(Error::holder)
}

/// The processes of the namespace that is there.
pub fn processes(runtime: &Path) -> Vec<i32> {
    let record = record(runtime);
    let stamps = record.map(|record| [Some(record.holder), record.uplink]);
    let alive = stamps
        .into_iter()
        .flatten()
        .flatten()
        .filter(|stamp| alive(*stamp).is_some());
    alive.map(|stamp| stamp.pid).collect()
}

/// Every other process in the namespace.
fn inhabitants(record: &Record) -> Vec<Pidfd> {
    let identity = |pid| {
        let open = namespace::of_process(pid, "net").ok()?;
        namespace::identity(open.as_fd()).ok()
    };
    let holder = record.holder.pid;
    let Some(wanted) = alive(record.holder).and_then(|_| identity(holder)) else {
        return Vec::new();
    };
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let mut found = Vec::new();
    for pid in numbers.filter(|pid| *pid != holder) {
        // Opened first: what is read afterwards is of the process the descriptor means.
        if let Ok(process) = Pidfd::open(pid)
            && identity(pid) == Some(wanted)
        {
            found.push(process);
        }
    }
    found
}

/// Ends the namespace and what connects it; bridges and name servers go with it.
pub fn give_up(runtime: &Path) {
    let Some(record) = record(runtime) else {
        return;
    };
    // What netavark started there: aardvark-dns puts itself into the background.
    for inhabitant in inhabitants(&record) {
        let _ = inhabitant.signal(SIGKILL);
    }
    // pasta first, and waited for: it holds what it was connected to.
    for (stamp, signal) in [
        (record.uplink, SIGTERM),
        (Some(record.holder), SIGKILL),
        (record.uplink, SIGKILL),
    ] {
        if let Some(process) = stamp.and_then(alive)
            && process.signal(signal).is_ok()
        {
            let _ = process.ended_within(END);
        }
    }
    let _ = fs::remove_file(record_path(runtime));
}
