//! Images into an archive.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    pub fn save(&self, _request: &SaveRequest, _progress: &dyn Progress) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }
}
