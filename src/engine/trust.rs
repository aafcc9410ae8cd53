//! `image trust`: whose images are taken, shown and set.

use std::path::{Path, PathBuf};

use crate::config::Environment;
use crate::config::lookaside::Lookaside;
use crate::config::trust;
pub use crate::config::trust::Entry as TrustEntry;
pub use crate::config::trust::Requirement as TrustRequest;
use crate::engine::{Engine, Error};

impl Engine {
    /// Returns what the policy that applies, or the one named, says; without one all are taken.
    pub fn trust(&self, named: Option<&Path>) -> Result<Vec<TrustEntry>, Error> {
        match place(named) {
            Some(path) => {
                let lookaside = Lookaside::load(&Environment::current())?;
                Ok(trust::entries(&path, &lookaside)?)
            }
            None => Ok(vec![TrustEntry {
                transport: "all".to_owned(),
                scope: "default".to_owned(),
                kind: "accept".to_owned(),
                ..TrustEntry::default()
            }]),
        }
    }

    /// Returns the policy as it is written.
    pub fn trust_text(&self, named: Option<&Path>) -> Result<String, Error> {
        match place(named) {
            Some(path) => Ok(String::from_utf8_lossy(&trust::text(&path)?).into_owned()),
            None => Ok("{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}\n".to_owned()),
        }
    }

    /// Sets what is wanted of images of a registry or repository, or of all others (`default`).
    pub fn set_trust(
        &self,
        named: Option<&Path>,
        scope: &str,
        wanted: &TrustRequest,
    ) -> Result<PathBuf, Error> {
        Ok(trust::set(&Environment::current(), named, scope, wanted)?)
    }
}

fn place(named: Option<&Path>) -> Option<PathBuf> {
    let named = named.map(Path::to_owned);
    named.or_else(|| trust::file(&Environment::current()))
}
