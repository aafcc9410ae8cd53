//! Lines for the container's /etc/passwd and /etc/group: podman-run(1), "--passwd",
//! "--passwd-entry", "--group-entry", "--hostuser".
//!
//! Added are: the caller with `--userns keep-id`, the host's users that are asked for, and
//! a `--user` number that the image has no name for. Whoever is in the image's file already
//! is left as he is. Words of the image (its working directory) never end a field or a line.

use crate::spec::user::{Accounts, group_entries, passwd_entries};
use crate::spec::{Error, UserProblem};
use crate::types::ContainerRecord;
use crate::types::request::{MountSource, UserNamespace};

/// What the host knows of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostUser {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    /// The group's name.
    pub group: String,
    /// The first field of GECOS.
    pub full_name: String,
    pub home: String,
}

/// Lines to be added, each with its newline.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub passwd: String,
    pub group: String,
}

/// Where users of the host come from.
pub trait Host {
    /// The caller.
    fn caller(&self) -> Option<HostUser>;
    /// A name or number.
    fn user(&self, word: &str) -> Option<HostUser>;
}

/// Returns what is to be added to the image's files.
pub fn added(
    record: &ContainerRecord,
    accounts: Accounts<'_>,
    host: &dyn Host,
) -> Result<Added, Error> {
    let request = &record.request;
    let mut book = Book {
        record,
        names: Vec::new(),
        groups: Vec::new(),
        added: Added::default(),
    };
    if request.no_passwd {
        return Ok(book.added);
    }
    for entry in passwd_entries(accounts.passwd)? {
        book.names.push((entry.name.to_vec(), entry.uid));
    }
    for entry in group_entries(accounts.group)? {
        book.groups.push((entry.name.to_vec(), entry.gid));
    }
    for word in &request.host_users {
        let user = host.user(word).ok_or_else(|| Error::User {
            word: word.clone(),
            reason: UserProblem::NoSuchUser,
        })?;
        book.user(&user);
    }
    let keeps = matches!(
        request.userns,
        UserNamespace::KeepId {
            uid: None,
            gid: None,
            ..
        }
    );
    if keeps && let Some(caller) = host.caller().filter(|caller| caller.uid != 0) {
        book.user(&caller);
        book.group(&caller.group, caller.gid, &caller.name);
    }
    book.numbers(host);
    Ok(book.added)
}

/// What is known and what comes to it.
struct Book<'a> {
    record: &'a ContainerRecord,
    names: Vec<(Vec<u8>, u32)>,
    groups: Vec<(Vec<u8>, u32)>,
    added: Added,
}

impl Book<'_> {
    /// A user of the host, under the host's home where that is mounted.
    fn user(&mut self, user: &HostUser) {
        let mounted = self.record.mounts.iter().any(|mount| {
            !matches!(mount.source, MountSource::Tmpfs { .. })
                && std::path::Path::new(&user.home).starts_with(&mount.target)
        });
        let home = if mounted {
            user.home.clone()
        } else {
            self.record.workdir.clone()
        };
        self.line(&user.name, user.uid, user.gid, &user.full_name, &home);
    }

    /// The numbers of `--user`, if they are numbers.
    fn numbers(&mut self, host: &dyn Host) {
        let (user, group) = match self.record.user.split_once(':') {
            Some((user, group)) => (user, Some(group)),
            None => (self.record.user.as_str(), None),
        };
        let uid = user.parse::<u32>().ok();
        let gid = match group {
            Some(word) => self.gid_of(word),
            None => Some(0),
        };
        let uid = uid.filter(|uid| !self.names.iter().any(|(_, held)| held == uid));
        if let (Some(uid), Some(gid)) = (uid, gid) {
            let known = host.user(user).filter(|found| found.uid == uid);
            let name = known.as_ref().map_or(user, |found| &found.name).to_owned();
            let full = known.map_or("container user".to_owned(), |found| found.full_name);
            let workdir = self.record.workdir.clone();
            // Another of that name has the name already.
            let taken = self.names.iter().any(|(held, _)| *held == name.as_bytes());
            let name = if taken { user } else { &name };
            self.line(name, uid, gid, &full, &workdir);
        }
        if let Some(gid) = group.and_then(|word| word.parse::<u32>().ok()) {
            self.group(&gid.to_string(), gid, user);
        }
    }

    fn gid_of(&self, word: &str) -> Option<u32> {
        let named = self.groups.iter().find(|(name, _)| name == word.as_bytes());
        word.parse().ok().or_else(|| named.map(|(_, gid)| *gid))
    }

    fn line(&mut self, name: &str, uid: u32, gid: u32, full: &str, home: &str) {
        let known = |(held, id): &(Vec<u8>, u32)| *id == uid || held == name.as_bytes();
        if self.names.iter().any(known) || !is_field(name) {
            return;
        }
        let home = if is_field(home) { home } else { "/" };
        let full = if is_field(full) { full } else { "" };
        let text = match &self.record.request.passwd_entry {
            Some(entry) => entry
                .replace("$USERNAME", name)
                .replace("$UID", &uid.to_string())
                .replace("$GID", &gid.to_string())
                .replace("$NAME", full)
                .replace("$HOME", home),
            None => format!("{name}:*:{uid}:{gid}:{full}:{home}:/bin/sh"),
        };
        self.added.passwd.push_str(&format!("{text}\n"));
        self.names.push((name.as_bytes().to_vec(), uid));
    }

    fn group(&mut self, name: &str, gid: u32, member: &str) {
        let known = |(held, id): &(Vec<u8>, u32)| *id == gid || held == name.as_bytes();
        if self.groups.iter().any(known) || !is_field(name) || !is_field(member) {
            return;
        }
        let text = match &self.record.request.group_entry {
            Some(entry) => entry
                .replace("$GROUPNAME", name)
                .replace("$GID", &gid.to_string())
                .replace("$USERLIST", member),
            None => format!("{name}:x:{gid}:{member}"),
        };
        self.added.group.push_str(&format!("{text}\n"));
        self.groups.push((name.as_bytes().to_vec(), gid));
    }
}

/// What can stand between two colons.
fn is_field(text: &str) -> bool {
    !text.chars().any(|c| c == ':' || c.is_control())
}
