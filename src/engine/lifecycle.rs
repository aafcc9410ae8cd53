//! stop, kill, wait, remove.

use crate::engine::*;
#[allow(unused_imports)]
use crate::types::*;

impl Engine {
    /// Sends the stop signal, waits, then SIGKILL; `timeout` in seconds, `None` is the container's own.
    pub fn stop(&self, _name: &str, _timeout: Option<u32>) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }

    pub fn kill(&self, _name: &str, _signal: i32) -> Result<(), Error> {
        Err(Error::new("is not built yet"))
    }

    /// Blocks until the condition holds; the exit code, -1 when removed or not known.
    pub fn wait(&self, _name: &str, _condition: &WaitFor) -> Result<i32, Error> {
        Err(Error::new("is not built yet"))
    }

    pub fn remove(&self, _name: &str, _request: &RemoveRequest) -> Result<ContainerId, Error> {
        Err(Error::new("is not built yet"))
    }
}
