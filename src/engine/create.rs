//! Makes a container's record from a request.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    /// Makes a container; pulls its image first when the request says so.
    pub fn create(
        &self,
        _request: &RunRequest,
        _progress: &dyn Progress,
    ) -> Result<ContainerId, Error> {
        Err(Error::new("is not built yet"))
    }
}
