//! Who the container's process is, and what is added to the image's account files for it.

use crate::engine::Error;
use crate::rootfs::Union;
use crate::spec::accounts::{Added, Host, HostUser, added};
use crate::spec::user::{Accounts, MAX_FILE, Resolved, resolve};
use crate::sys::user;
use crate::types::ContainerRecord;

/// The user databases of this machine.
struct Here;

impl Host for Here {
    fn caller(&self) -> Option<HostUser> {
        self.user(&crate::sys::fs::own_uid().to_string())
    }

    fn user(&self, word: &str) -> Option<HostUser> {
        let entry = user::look_up(word)?;
        Some(HostUser {
            name: entry.name,
            uid: entry.uid,
            gid: entry.gid,
            group: entry.group,
            full_name: entry.gecos.split(',').next().unwrap_or_default().to_owned(),
            home: entry.home,
        })
    }
}

/// The container's user, and what comes to its account files.
pub(crate) struct Accounted {
    pub user: Resolved,
    pub added: Vec<Grown>,
}

/// An account file of the container's and what is added to it.
pub(crate) struct Grown {
    pub path: String,
    /// The new lines.
    pub text: String,
    /// The file with them.
    pub whole: Vec<u8>,
}

impl Grown {
    pub fn lines(&self) -> (String, String) {
        (self.path.clone(), self.text.clone())
    }
}

/// Finds the record's user in the tree's own files and what comes to them.
pub(crate) fn account(tree: &Union, record: &ContainerRecord) -> Result<Accounted, Error> {
    let read = |path: &str| {
        tree.read(path, MAX_FILE as u64)
            .map_err(|error| Error::new(format!("looking up the user: {error}")))
    };
    let (passwd, group) = (read("/etc/passwd")?, read("/etc/group")?);
    let accounts = Accounts {
        passwd: passwd.as_deref(),
        group: group.as_deref(),
    };
    let Added {
        passwd: people,
        group: groups,
    } = added(record, accounts, &Here)?;
    let mut all = Vec::new();
    let mut grown = |path: &str, file: Option<Vec<u8>>, text: String| {
        if text.is_empty() {
            return file;
        }
        let text = match file.as_deref() {
            Some(bytes) if !bytes.is_empty() && !bytes.ends_with(b"\n") => format!("\n{text}"),
            _ => text,
        };
        let whole = [file.as_deref().unwrap_or_default(), text.as_bytes()].concat();
        if file.is_some() {
            all.push(Grown {
                path: path.to_owned(),
                text,
                whole: whole.clone(),
            });
        }
        Some(whole)
    };
    let passwd = grown("/etc/passwd", passwd, people);
    let group = grown("/etc/group", group, groups);
    let accounts = Accounts {
        passwd: passwd.as_deref(),
        group: group.as_deref(),
    };
    let user = resolve(&record.user, &record.request.group_add, accounts)?;
    Ok(Accounted { user, added: all })
}
