//! The processes of ours in the shared namespace: the one that is it, and the workers in it.
//!
//! Both are this program in a role (`userns/worker.rs`), user 0 in U0. The holder has a mount
//! namespace too: /run is empty memory there, for what netavark and aardvark-dns keep, and
//! /etc/resolv.conf names the resolver behind pasta. It does nothing until it is killed, and all
//! of that goes with it.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::net::IpAddr;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::network::bridge::netavark::{self, Programs};
use crate::network::{Error, forward, helper};
use crate::sys::namespace::{CLONE_NEWNET, CLONE_NEWNS, join, leave, of_process};
use crate::sys::process::{Ended, Pidfd, own_pid, readable_within};
use crate::sys::spawn::{Program, Spawn};
use crate::sys::{fs as files, memfd, mount};
use crate::userns::worker;

/// More than netavark has to say about one container.
const MAX_ANSWER: u64 = 1 << 20;

const SIGHUP: i32 = 1;
const SIGKILL: i32 = 9;

/// ENODEV in netavark's words.
const NO_DEVICE: &str = "(os error 19)";

/// open(2)
const O_NOFOLLOW: i32 = 0o400000;

/// pipe(7): what a pipe holds.
const PIPE: usize = 64 << 10;

/// The order and the answer are small; this is for a machine that hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where netavark's and aardvark-dns's files are, in the holder's /run.
const CONFIG: &str = "/run/containers/networks";
const NAMESPACES: &str = "/run/netns";
/// In the former.
const SERVER_PID: &str = "aardvark-dns/aardvark.pid";

/// What a worker is to do for one container.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    pub programs: Programs,
    pub container: String,
    pub action: Action,
    /// netavark's documents, in order; none where only the namespace is kept.
    pub documents: Vec<serde_json::Value>,
    /// The container's files of these names get this text when the rest is done.
    #[serde(default)]
    pub files: Vec<(PathBuf, String)>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Action {
    /// Keep the network namespace of the process with this number under the container's id.
    Keep(i32),
    SetUp,
    /// Leave these networks; the container goes on.
    Leave,
    /// Leave all of them: the container has ended.
    TakeDown,
    /// Make anew what is there.
    Renew,
    /// The network named in place of the container asks these servers: the only document.
    Servers,
    /// The machine has other resolvers: the document is resolv.conf as it was and as it is to be.
    Resolver,
}

/// How it went.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Empty when it worked.
    pub error: String,
    /// aardvark-dns, where it runs.
    #[serde(default)]
    pub server: Option<i32>,
}

/// `coracle:network-hold`: becomes the shared namespace. Descriptors: where to write the pid once
/// it is ready, the text of resolv.conf, and where it is said that the pid is on record. Without
/// that word there is nobody who would ever end this.
pub fn hold() -> Result<(), Error> {
    let mut passed = worker::enter()?.into_iter();
    let (Some(ready), Some(text), Some(recorded)) = (passed.next(), passed.next(), passed.next())
    else {
        return Err(Error::Holder("three descriptors are needed".to_owned()));
    };
    let mut resolv_conf = String::new();
    let read = File::from(text)
        .take(64 << 10)
        .read_to_string(&mut resolv_conf);
    read.map_err(Error::holder)?;
    leave(CLONE_NEWNS | CLONE_NEWNET)?;
    mount::make_private()?;
    let place = resolv_conf_of_the_host();
    cover(&mount::memory()?, Path::new("/run"))?;
    for folder in [CONFIG, NAMESPACES] {
        fs::create_dir_all(folder).map_err(Error::holder)?;
    }
    if let Some(place) = place {
        name_resolver(&place, &resolv_conf)?;
    }
    crate::sys::net::loopback_up()?;
    refuse_routers()?;
    let mut ready = File::from(ready);
    write!(ready, "{}", own_pid()).map_err(Error::holder)?;
    drop(ready);
    let word = File::from(recorded).read(&mut [0]);
    if word.map_err(Error::holder)? == 0 {
        return Err(Error::Holder("nobody keeps a record of it".to_owned()));
    }
    loop {
        std::thread::park();
    }
}

/// Where the host's file really is: often it is a link that leads below /run.
#[allow(
    clippy::disallowed_methods,
    reason = "the host's own link, before /run is covered"
)]
fn resolv_conf_of_the_host() -> Option<PathBuf> {
    fs::canonicalize("/etc/resolv.conf").ok()
}

fn cover(tree: &OwnedFd, place: &Path) -> Result<(), Error> {
    let open = files::open_path(place)?;
    Ok(mount::attach(tree.as_fd(), open.as_fd())?)
}

fn name_resolver(place: &Path, text: &str) -> Result<(), Error> {
    if place.starts_with("/run") {
        let folder = place.parent().unwrap_or(Path::new("/run"));
        fs::create_dir_all(folder).map_err(Error::holder)?;
        return fs::write(place, text).map_err(Error::holder);
    }
    let file = Path::new("/run/resolv.conf");
    fs::write(file, text).map_err(Error::holder)?;
    cover(&mount::copy_of(file)?, place)
}

/// `coracle:network`: sets up or takes down one container. Descriptors: the holder's network and
/// mount namespaces, the order, where the answer goes.
pub fn work() -> Result<(), Error> {
    let mut passed = worker::enter()?.into_iter();
    let (Some(net), Some(mounts), Some(order), Some(answer)) =
        (passed.next(), passed.next(), passed.next(), passed.next())
    else {
        return Err(Error::Holder("four descriptors are needed".to_owned()));
    };
    let mut text = String::new();
    let read = File::from(order).take(MAX_ANSWER).read_to_string(&mut text);
    read.map_err(Error::holder)?;
    let order: Order =
        serde_json::from_str(&text).map_err(|error| Error::Holder(error.to_string()))?;
    // While they can be reached: afterwards /run is another one.
    let files = open_files(&order)?;
    join(net.as_fd(), CLONE_NEWNET)?;
    join(mounts.as_fd(), CLONE_NEWNS)?;
    let place = namespace_of(&order);
    let done = match order.action {
        Action::Keep(pid) => keep(&order, pid),
        Action::SetUp => netavark(&order, "setup", &place),
        Action::Leave => match netavark(&order, "teardown", &place) {
            // Of a command that was killed when it had done this.
            Err(Error::Netavark { why, .. }) if why.contains(NO_DEVICE) => Ok(()),
            other => other,
        },
        Action::TakeDown => take_down(&order),
        Action::Renew => {
            // What somebody has taken away cannot be taken away again.
            let _ = netavark(&order, "teardown", &place);
            netavark(&order, "setup", &place)
        }
        Action::Servers => change_servers(&order),
        Action::Resolver => change_resolver(&order),
    };
    let done = done.and_then(|()| rewrite(files));
    let answer_text = Answer {
        error: done
            .err()
            .map_or_else(String::new, |error| error.to_string()),
        server: name_server().map(|(pid, _)| pid),
    };
    let bytes = serde_json::to_vec(&answer_text).expect("a string serialises");
    File::from(answer).write_all(&bytes).map_err(Error::holder)
}

/// Opens the container's files; one that the container has not is no error.
fn open_files(order: &Order) -> Result<Vec<(File, &str)>, Error> {
    let mut files = Vec::new();
    for (path, text) in &order.files {
        let open = fs::OpenOptions::new()
            .write(true)
            .custom_flags(O_NOFOLLOW)
            .open(path);
        match open {
            Ok(file) => files.push((file, text.as_str())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::holder(error)),
        }
    }
    Ok(files)
}

/// In place: the container has the file itself mounted.
fn rewrite(files: Vec<(File, &str)>) -> Result<(), Error> {
    for (mut file, text) in files {
        file.set_len(0)
            .and_then(|()| file.write_all(text.as_bytes()))
            .map_err(Error::holder)?;
    }
    Ok(())
}

fn namespace_of(order: &Order) -> PathBuf {
    Path::new(NAMESPACES).join(&order.container)
}

fn keep(order: &Order, pid: i32) -> Result<(), Error> {
    let place = namespace_of(order);
    // Of a run whose end nobody saw.
    let _ = mount::detach(&place);
    fs::write(&place, b"").map_err(Error::holder)?;
    let file = files::open_path(Path::new(&format!("/proc/{pid}/ns/net")))?;
    cover(&mount::copy_of_open(file.as_fd())?, &place)?;
    join(of_process(pid, "net")?.as_fd(), CLONE_NEWNET)?;
    refuse_routers()
}

/// Interfaces made from now on in this namespace take no route, address or name server from a
/// neighbour who says he is a router (CVE-2020-13401): ip-sysctl, `accept_ra`.
fn refuse_routers() -> Result<(), Error> {
    match fs::write("/proc/sys/net/ipv6/conf/default/accept_ra", "0") {
        // A kernel without IPv6.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(Error::holder),
    }
}

fn take_down(order: &Order) -> Result<(), Error> {
    let place = namespace_of(order);
    if !place.exists() {
        return Ok(());
    }
    let done = netavark(order, "teardown", &place);
    forward::forget(addresses(order));
    let _ = mount::detach(&place);
    let _ = fs::remove_file(&place);
    done
}

/// The addresses that netavark was told.
fn addresses(order: &Order) -> impl Iterator<Item = IpAddr> {
    let documents = order.documents.iter();
    let networks = documents.filter_map(|document| document["networks"].as_object());
    let options = networks.flat_map(|networks| networks.values());
    let all = options.filter_map(|one| one["static_ips"].as_array());
    all.flatten().filter_map(|ip| ip.as_str()?.parse().ok())
}

/// Runs netavark for one network after the other. What is taken away is so on each of them.
fn netavark(order: &Order, action: &str, place: &Path) -> Result<(), Error> {
    if name_server().is_none() {
        // netavark starts no other one while there is a process of that number, dead or not.
        let _ = fs::remove_file(Path::new(CONFIG).join(SERVER_PID));
    }
    let mut done = Ok(());
    for document in &order.documents {
        let one = run(order, action, place, document);
        if action == "setup" {
            one?;
        } else {
            done = done.and(one);
        }
    }
    done
}

/// Runs netavark to its end; what it says is one JSON document.
fn run(
    order: &Order,
    action: &str,
    place: &Path,
    document: &serde_json::Value,
) -> Result<(), Error> {
    let said = |why: String| Error::Netavark {
        action: action.to_owned(),
        why,
    };
    let words = netavark::words(&order.programs, Path::new(CONFIG), action, place);
    let argv = helper::arguments(words)?;
    let mut file = File::from(memfd::plain(c"document")?);
    file.write_all(document.to_string().as_bytes())
        .and_then(|()| file.rewind())
        .map_err(Error::holder)?;
    let (read, write) = std::io::pipe().map_err(Error::holder)?;
    let path = c"PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";
    let spawn = Spawn {
        argv: argv.clone(),
        env: vec![path.to_owned(), c"XDG_RUNTIME_DIR=/run".to_owned()],
        stdin: Some(file.as_fd()),
        stdout: Some(write.as_fd()),
        ..Spawn::default()
    };
    let child = spawn.start(Program::Path(&argv[0]))?;
    drop(write);
    let Some(ended) = child.pidfd.wait(PATIENCE)? else {
        let _ = child.pidfd.signal(SIGKILL);
        return Err(said(format!("no answer within {} s", PATIENCE.as_secs())));
    };
    if ended == Ended::Exited(0) {
        return Ok(());
    }
    // A pipe's worth at most: more would have kept it from ending.
    let mut output = vec![0; PIPE];
    let count = match readable_within(read.as_fd(), Duration::ZERO)? {
        true => (&read).read(&mut output).unwrap_or(0),
        false => 0,
    };
    let output = String::from_utf8_lossy(&output[..count]);
    Err(said(netavark::complaint(&output)))
}

/// Writes resolv.conf anew if it is the one that the holder was given: where the machine had none,
/// there is none of ours.
fn change_resolver(order: &Order) -> Result<(), Error> {
    let place = Path::new("/etc/resolv.conf");
    let both = order.documents.first().unwrap_or(&serde_json::Value::Null);
    let text = |at: usize| both[at].as_str().unwrap_or_default();
    if fs::read_to_string(place).map_err(Error::holder)? != text(0) {
        return Ok(());
    }
    fs::write(place, text(1)).map_err(Error::holder)?;
    have_servers_read_again()
}

/// The first line of aardvark-dns's file of a network: its own addresses, then the servers that it
/// asks. netavark's `update` knows no way to say that there are none any more.
fn change_servers(order: &Order) -> Result<(), Error> {
    let folder = Path::new(CONFIG).join("aardvark-dns");
    let path = folder.join(&order.container);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(Error::holder)?,
    };
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let own = first.split(' ').next().unwrap_or_default();
    let all = order
        .documents
        .iter()
        .filter_map(|all| all.as_array())
        .flatten();
    let all: Vec<&str> = all.filter_map(|server| server.as_str()).collect();
    let first = [own, &all.join(",")].join(" ");
    let beside = Path::new(CONFIG).join("servers.new");
    fs::write(&beside, format!("{}\n{rest}", first.trim_end()))
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(Error::holder)?;
    have_servers_read_again()
}

/// aardvark-dns reads resolv.conf and its own files when it is told so.
fn have_servers_read_again() -> Result<(), Error> {
    if let Some((_, server)) = name_server() {
        server.signal(SIGHUP)?;
    }
    Ok(())
}

/// aardvark-dns, if it runs.
fn name_server() -> Option<(i32, Pidfd)> {
    let pid = fs::read_to_string(Path::new(CONFIG).join(SERVER_PID)).ok()?;
    let pid = pid.trim().parse().ok()?;
    let server = Pidfd::open(pid).ok()?;
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    (name == "aardvark-dns\n" && server.alive()).then_some((pid, server))
}
