//! `manifest inspect`: the list that is put together here, or what a registry has.

use serde_json::Value;

use crate::engine::views::Access;
use crate::engine::{Engine, Error, Kind};
use crate::store::Instance;
use crate::types::list::{List, index_type};
use crate::types::strict;

impl Engine {
    /// Returns a list's document as Podman shows it.
    ///
    /// A name that is no list's here is asked for in its registry.
    pub fn show_list(&self, name: &str, access: &Access) -> Result<Value, Error> {
        match self.find_list(name) {
            Ok(found) => {
                let list = &found.record.list;
                let files = |digest: &_| match found.record.instance(digest) {
                    Some(Instance::Artifact(artifact)) => artifact.files.clone(),
                    _ => Vec::new(),
                };
                return Ok(list.shown(index_type(list.family()), files));
            }
            // An image of that name here is no answer: the registry may have a list.
            Err(error) if matches!(error.kind, Kind::NoSuchObject | Kind::Failure) => {}
            Err(error) => return Err(error),
        }
        let bare = name.strip_prefix("docker://").unwrap_or(name);
        let remote = self.remote(bare, access)?;
        let wrong = |why| Error::new(format!("manifest {} {why}", remote.named.digest));
        if !remote.named.is_list() {
            self.warn(&format!(
                "The manifest type {} is not a manifest list but a single image.",
                remote.named.media_type
            ));
            return strict::parse(&remote.named.raw).map_err(wrong);
        }
        let list: List = strict::parse(&remote.named.raw).map_err(wrong)?;
        Ok(list.shown(remote.named.media_type, |_| Vec::new()))
    }
}
