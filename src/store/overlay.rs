//! What the kernel said about an overlay on this store's file system.
//!
//! Asked by the first container that starts; the others believe it. Another kernel is asked anew.

use crate::store::file::read_small;
use crate::store::{Error, Store};

/// In a store on which the kernel makes no overlay for us: the kernel's release.
const MARK: &str = "overlay-refused";

impl Store {
    /// Notes that this kernel has refused an overlay.
    pub fn note_refused_overlay(&self, kernel: &str) -> Result<(), Error> {
        self.replace(&self.root.join(MARK), kernel.as_bytes())
    }

    /// Whether this kernel was seen to refuse an overlay.
    pub fn is_overlay_refused(&self, kernel: &str) -> Result<bool, Error> {
        let noted = read_small(&self.root.join(MARK))?;
        Ok(noted.as_deref() == Some(kernel.as_bytes()))
    }
}
