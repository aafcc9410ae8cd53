//! Starts a created or exited container.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    /// Starts a container by name, id or prefix. Attached: returns when it ended or the user left.
    pub fn start(&self, _name: &str, _mode: StartMode) -> Result<Option<AttachEnd>, Error> {
        Err(Error::new("is not built yet"))
    }

    /// Joins the streams of a running container.
    pub fn attach(&self, _name: &str, _request: &AttachRequest) -> Result<AttachEnd, Error> {
        Err(Error::new("is not built yet"))
    }
}
