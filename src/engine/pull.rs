//! Brings an image from a registry into the store.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    pub fn pull(
        &self,
        _name: &str,
        _request: &PullRequest,
        _progress: &dyn Progress,
    ) -> Result<Pulled, Error> {
        Err(Error::new("is not built yet"))
    }
}
