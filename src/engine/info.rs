//! What this machine offers.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    pub fn info(&self) -> Result<Info, Error> {
        Err(Error::new("is not built yet"))
    }
}
