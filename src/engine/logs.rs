//! A container's output.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    /// Hands every record to `each` until it returns false.
    pub fn logs(
        &self,
        _name: &str,
        _request: &LogsRequest,
        _each: &mut dyn FnMut(LogLine) -> bool,
    ) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }
}
