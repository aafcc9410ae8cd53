//! Sessions of `unshare`: a staged directory whose lock every process of the session inherits.
//!
//! What the session has mounted stands in it, one directory for each: `<container id>`, or
//! `image-<hex>`. The mounts are in the session's mount namespace only and end with it.

use std::path::{Path, PathBuf};

use crate::store::file::names_in;
use crate::store::stage::lock_directory;
use crate::store::{Error, Staged, Store, random_name};
use crate::types::ContainerId;

const PREFIX: &str = "stage-unshare-";

impl Store {
    /// Begins a session.
    pub fn begin_session(&self) -> Result<Staged, Error> {
        self.stage_as(&format!("{PREFIX}{}", random_name()?))
    }

    /// Whether this is the directory of a session of this store.
    pub fn is_session(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str());
        path.parent() == Some(&self.tmp())
            && name.is_some_and(|name| name.starts_with(PREFIX))
            && path.is_dir()
    }

    /// Returns the living session that has mounted a container, if there is one.
    pub fn session_with(&self, id: &ContainerId) -> Result<Option<PathBuf>, Error> {
        for name in names_in(&self.tmp())? {
            let path = self.tmp().join(&name);
            if name.starts_with(PREFIX)
                && path.join(id.as_str()).exists()
                && lock_directory(&path)?.is_none()
            {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}
