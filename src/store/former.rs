//! Names that images had: `images --history` shows them after they were taken away.
//!
//! Only people read them, so nothing depends on them: what is torn or too long is forgotten.

use std::path::PathBuf;

use crate::store::file::{make_private, names_in, read_small};
use crate::store::{Error, Store};
use crate::types::Digest;

/// As many former names of one image are kept.
const MAX_NAMES: usize = 100;

impl Store {
    fn former_path(&self, manifest: &Digest) -> PathBuf {
        self.root.join("images/former").join(manifest.hex())
    }

    /// Returns the names an image had, the last one first.
    pub fn former_names(&self, manifest: &Digest) -> Vec<String> {
        let bytes = read_small(&self.former_path(manifest)).ok().flatten();
        let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Remembers that an image was called so.
    pub(crate) fn remember_name(&self, name: &str, manifest: &Digest) -> Result<(), Error> {
        let _ = make_private(&self.root.join("images/former"));
        let mut names = self.former_names(manifest);
        names.retain(|other| other != name);
        names.insert(0, name.to_owned());
        names.truncate(MAX_NAMES);
        let text = names.join("\n") + "\n";
        self.replace(&self.former_path(manifest), text.as_bytes())
    }

    /// Throws away what is remembered of images that are gone.
    pub(crate) fn reclaim_former_names(&self) -> Result<(), Error> {
        let folder = self.root.join("images/former");
        for file in names_in(&folder)? {
            let known = Digest::parse_hex(&file).is_ok_and(|it| self.image_path(&it).exists());
            if !known {
                self.discard(&folder.join(file))?;
            }
        }
        Ok(())
    }
}
