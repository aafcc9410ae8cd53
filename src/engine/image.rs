//! Images in the store: list, find, tag, remove.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    pub fn images(&self) -> Result<Vec<Image>, Error> {
        Err(Error::new("is not built yet"))
    }

    /// One image by name, id or unambiguous id prefix.
    pub fn image(&self, _name: &str) -> Result<Image, Error> {
        Err(Error::new("is not built yet"))
    }

    /// Gives an image one more name.
    pub fn tag(&self, _name: &str, _new: &str) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }

    pub fn untag(&self, _name: &str, _names: &[String]) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }

    pub fn remove_image(&self, _name: &str, _force: bool) -> Result<RemovedImage, Error> {
        Err(Error::new("is not built yet"))
    }
}
