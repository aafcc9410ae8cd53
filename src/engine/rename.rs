//! rename: another name for the same container.

use crate::engine::{Engine, Error};
use crate::store;
use crate::types::ContainerName;

impl Engine {
    /// Gives a container another name; one that is taken is refused.
    pub fn rename(&self, name: &str, new: &str) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let new = ContainerName::parse_new(new).map_err(|error| Error::new(error.to_string()))?;
        let store = self.store()?;
        let id = &container.record.id;
        let lock = store.lock_container(id)?;
        // Read again under the lock: two renames at once make one after the other.
        let record = store.container(id)?;
        match store.rename_container(&lock, &record, &new) {
            Err(store::Error::NameTaken { .. }) => Err(Error::new(format!(
                "renaming container {id}: name {new} already in use, cannot rename container \
                 {id}: container already exists"
            ))),
            other => {
                other?;
                self.record_container(&store.container(id)?, "rename");
                Ok(())
            }
        }
    }
}
