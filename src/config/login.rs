//! Credentials are kept and forgotten: the files that `login` and `logout` write.
//!
//! containers-auth.json(5). A file is written whole, 0600, beside its name and renamed, and never
//! into a directory where others could put something in its place (S-42). What else a file says,
//! known here or not, stays. Where it names a helper for the registry, the helper keeps the secret.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Map, Value};

use crate::config::auth::{HUB_KEY, canonical};
use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::config::helper;
use crate::config::write::{json, object, replace};
use crate::types::reference::DOCKER_HUB;
use crate::types::strict;

/// How long another command that writes the same file is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// The file that `login` writes and `logout` empties.
#[derive(Debug, Clone)]
pub struct AuthFile {
    path: PathBuf,
    /// Docker's own: registries only, and the Hub under its old address.
    docker: bool,
    uid: u32,
}

impl AuthFile {
    /// Returns the file that applies: the one named, else where containers-auth.json(5) has it.
    pub fn of(
        environment: &Environment,
        named: Option<&Path>,
        docker: Option<&Path>,
        config_dir: Option<&Path>,
    ) -> Result<Self, Error> {
        let default = || {
            let runtime = environment.absolute("XDG_RUNTIME_DIR");
            let runtime = runtime.map(|dir| dir.join("containers"));
            // Without a login session nobody made /run/containers/UID for us.
            let folder = runtime.or_else(|| environment.user_config());
            folder.map(|dir| dir.join("auth.json"))
        };
        let path = named
            .or(docker)
            .map(Path::to_owned)
            .or_else(|| config_dir.map(|dir| dir.join("config.json")))
            .or_else(|| environment.path("REGISTRY_AUTH_FILE"))
            .or_else(default)
            .ok_or(Error::NoHome)?;
        Ok(Self {
            path,
            docker: named.is_none() && docker.is_some(),
            uid: environment.uid(),
        })
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a user and password under `key`, a registry or a repository of it; says where.
    pub fn store(&self, key: &str, user: &str, password: &str) -> Result<String, Error> {
        let lock = self.open()?;
        let mut document = self.document()?;
        if let Some(name) = own_helper(&document, key) {
            helper::store(&name, server(key), user, password)?;
            return Ok(format!("docker-credential-{name}"));
        }
        let word = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        let auths = object(&mut document, "auths");
        auths.retain(|known, _| canonical(known) != canonical(key));
        let key = if self.docker { server(key) } else { key };
        auths.insert(key.to_owned(), serde_json::json!({ "auth": word }));
        self.write(&document)?;
        drop(lock);
        Ok(self.path.display().to_string())
    }

    /// Forgets what is kept under `key`; false when there was nothing.
    pub fn forget(&self, key: &str) -> Result<bool, Error> {
        if read(&self.path)?.is_none() {
            return Ok(false);
        }
        let _lock = self.open()?;
        let mut document = self.document()?;
        if let Some(name) = own_helper(&document, key) {
            let known = helper::ask(&name, server(key))?.is_some();
            helper::erase(&name, server(key))?;
            return Ok(known);
        }
        let auths = object(&mut document, "auths");
        let before = auths.len();
        auths.retain(|known, _| canonical(known) != canonical(key));
        let found = auths.len() < before;
        if found {
            self.write(&document)?;
        }
        Ok(found)
    }

    /// Forgets everything the file keeps, and what its helpers keep for it.
    pub fn forget_all(&self) -> Result<(), Error> {
        if read(&self.path)?.is_none() {
            return Ok(());
        }
        let _lock = self.open()?;
        let mut document = self.document()?;
        let helpers: Vec<(String, String)> = object(&mut document, "credHelpers")
            .iter()
            .filter_map(|(key, name)| Some((key.clone(), name.as_str()?.to_owned())))
            .collect();
        for (key, name) in helpers {
            helper::erase(&name, server(&key))?;
        }
        object(&mut document, "auths").clear();
        self.write(&document)
    }

    /// Makes the directory, sees that it is ours, and waits for others that write there.
    fn open(&self) -> Result<fs::File, Error> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let failed = |source| Error::Write {
            path: self.path.clone(),
            source,
        };
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(failed)?;
        let facts = fs::metadata(folder).map_err(failed)?;
        let others = facts.mode() & 0o022 != 0 && facts.mode() & 0o1000 == 0;
        if others || ![self.uid, 0].contains(&facts.uid()) {
            let reason = "others may write to this directory, so no secrets are kept there";
            return Err(Error::content(folder, reason));
        }
        let lock = fs::File::open(folder).map_err(failed)?;
        let begin = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(fs::TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                    std::thread::sleep(POLL);
                }
                Err(fs::TryLockError::WouldBlock) => {
                    let reason = "another command has been writing here for ten seconds";
                    return Err(Error::content(folder, reason));
                }
                Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
            }
        }
    }

    fn document(&self) -> Result<Map<String, Value>, Error> {
        let bytes = read(&self.path)?.unwrap_or_default();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Map::new());
        }
        strict::parse(&bytes).map_err(|reason| Error::content(&self.path, reason))
    }

    fn write(&self, document: &Map<String, Value>) -> Result<(), Error> {
        let text = json(&self.path, document, b"\t")?;
        replace(&self.path, &text, 0o600)
    }
}

/// The helper that the file names for a registry.
fn own_helper(document: &Map<String, Value>, key: &str) -> Option<String> {
    let registry = key.split('/').next().unwrap_or(key);
    let helpers = document.get("credHelpers").and_then(Value::as_object);
    let own = helpers.into_iter().flatten();
    let own = own.filter(|(known, _)| canonical(known) == canonical(registry));
    let named = own.filter_map(|(_, name)| name.as_str()).next();
    let all = document.get("credsStore").and_then(Value::as_str);
    named
        .or(all)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// How Docker's tools name a registry.
fn server(key: &str) -> &str {
    let registry = key.split('/').next().unwrap_or(key);
    if registry == DOCKER_HUB {
        HUB_KEY
    } else {
        registry
    }
}
