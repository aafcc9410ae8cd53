//! The environment variables and standard directories, read once and passed on.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::config::error::Error;
use crate::config::file::read;
use crate::types::registry::Proxies;

const MAX_DROP_INS: usize = 1000;

/// Where configuration comes from.
#[derive(Debug, Clone)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    /// `/`, but for tests.
    system: PathBuf,
}

impl Environment {
    /// Takes this process's environment.
    pub fn current() -> Self {
        Self {
            variables: std::env::vars_os().collect(),
            system: PathBuf::from("/"),
        }
    }

    /// Makes an environment of these variables, whose /etc is below `system`.
    pub fn of(variables: &[(&str, &str)], system: &Path) -> Self {
        Self {
            variables: variables
                .iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            system: system.to_owned(),
        }
    }

    /// Returns a variable that is set and not empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.variables.get(std::ffi::OsStr::new(name))?;
        let text = value.to_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let value = self.variables.get(std::ffi::OsStr::new(name))?;
        (!value.is_empty()).then(|| PathBuf::from(value))
    }

    /// Returns an absolute path; the XDG specification says to ignore others.
    pub fn absolute(&self, name: &str) -> Option<PathBuf> {
        self.path(name).filter(|path| path.is_absolute())
    }

    /// Returns `HOME`, or where it does not say, the user's home by /etc/passwd, as login(1) would.
    pub fn home(&self) -> Option<PathBuf> {
        self.absolute("HOME").or_else(|| {
            let passwd = std::fs::read(self.system_path("etc/passwd")).ok()?;
            home_in(&String::from_utf8_lossy(&passwd), self.uid())
        })
    }

    /// Returns `$XDG_CONFIG_HOME/containers`, by default below `~/.config`.
    pub fn user_config(&self) -> Option<PathBuf> {
        let base = self.absolute("XDG_CONFIG_HOME");
        let base = base.or_else(|| Some(self.home()?.join(".config")))?;
        Some(base.join("containers"))
    }

    /// Returns `/etc/containers`.
    pub fn system_config(&self) -> PathBuf {
        self.system.join("etc/containers")
    }

    /// Returns any other path of the system, given without its first slash.
    pub fn system_path(&self, below: &str) -> PathBuf {
        self.system.join(below)
    }

    /// Returns the effective user id.
    pub fn uid(&self) -> u32 {
        own_ids().0
    }

    /// Returns the proxies, as curl and Go read them. `HTTP_PROXY` in capitals too, as nothing
    /// here runs as a CGI program.
    pub fn proxies(&self) -> Proxies {
        let either = |upper: &str, lower: &str| self.text(upper).or_else(|| self.text(lower));
        let all = either("ALL_PROXY", "all_proxy");
        let none = either("NO_PROXY", "no_proxy").unwrap_or_default();
        Proxies {
            http: either("HTTP_PROXY", "http_proxy").or_else(|| all.clone()),
            https: either("HTTPS_PROXY", "https_proxy").or(all),
            none: none
                .split([',', ' '])
                .map(|host| host.trim().to_owned())
                .filter(|host| !host.is_empty())
                .collect(),
        }
    }
}

/// Effective user and group id: proc(5), /proc/pid/status says them without a call of our own.
pub fn own_ids() -> (u32, u32) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let id = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        let effective = line.and_then(|line| line.split_whitespace().nth(1));
        effective.and_then(|id| id.parse().ok()).unwrap_or(0)
    };
    (id("Uid:"), id("Gid:"))
}

/// Returns the home of a user, if it is an absolute path: passwd(5).
fn home_in(passwd: &str, uid: u32) -> Option<PathBuf> {
    let homes = passwd.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [_, _, id, _, _, home, ..] = fields[..] else {
            return None;
        };
        (id.parse() == Ok(uid)).then(|| PathBuf::from(home))
    });
    homes.into_iter().find(|home| home.is_absolute())
}

/// Reads a TOML file into a table; `None` if it is not there.
pub fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let Some(bytes) = read(path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes).map_err(|_| Error::content(path, "is not UTF-8"))?;
    toml::from_str(&text).map(Some).map_err(|error| {
        let begin = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(begin).filter(|b| *b == b'\n').count() + 1;
        Error::content(path, format!("line {line}: {}", one_line(error.message())))
    })
}

fn one_line(message: &str) -> String {
    crate::types::escape::visible(message.trim()).replace("\\x0a", ", ")
}

/// Returns the `*.conf` files of a drop-in directory in the order they apply.
pub fn drop_ins(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    files_in(folder, "conf")
}

/// Returns a directory's files whose names end so, sorted.
pub fn files_in(folder: &Path, end: &str) -> Result<Vec<PathBuf>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(source) => {
            return Err(Error::Read {
                path: folder.to_owned(),
                source,
            });
        }
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == end))
        .take(MAX_DROP_INS)
        .collect();
    found.sort();
    Ok(found)
}

/// Whether nothing is there, or it is behind a directory of somebody else's.
pub(crate) fn is_absent(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}
