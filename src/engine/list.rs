//! What containers there are.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    /// Every container, newest last.
    pub fn containers(&self) -> Result<Vec<Container>, Error> {
        Err(Error::new("is not built yet"))
    }

    /// One container by full id, name or unambiguous id prefix.
    pub fn container(&self, _name: &str) -> Result<Container, Error> {
        Err(Error::new("is not built yet"))
    }
}
