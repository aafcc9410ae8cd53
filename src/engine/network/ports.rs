//! Published ports of containers on named networks: ordered, begun, led elsewhere.

use std::path::Path;

use crate::engine::network::join::PID_FILE;
use crate::engine::{Engine, Error};
use crate::network;
use crate::network::bridge::shared::Shared;
use crate::network::forward::{self, Order};
use crate::sys::process::{self, Pidfd};
use crate::types::ContainerId;
use crate::types::network::Joined;

impl Engine {
    /// Writes down what is to be carried, before the container's monitor begins.
    pub(crate) fn order_ports(
        &self,
        network: &network::Prepared,
        directory: &Path,
    ) -> Result<(), Error> {
        if network.ports.is_empty() {
            return Ok(());
        }
        let order = Order {
            ports: network.ports.clone(),
            joined: network.state.joined.clone(),
        };
        Ok(order.write(directory)?)
    }

    /// Begins to carry what was ordered; called by a child of the monitor, who becomes the parent
    /// of the process that stays.
    pub(super) fn begin_ports(&self, id: &ContainerId, shared: &Shared) -> Result<(), Error> {
        let directory = self.runtime_dir()?.join(id.as_str());
        if Order::read(&directory)?.is_none() {
            return Ok(());
        }
        let parent = process::parent_pid();
        let monitor = Pidfd::open(parent)?;
        if process::parent_pid() != parent {
            return Err(Error::new("the monitor has ended"));
        }
        let pid = forward::start(self.base()?, shared, &monitor, &directory)?;
        // The monitor has it open already.
        let path = directory.join(PID_FILE);
        std::fs::write(&path, pid.to_string()).map_err(|error| Error::file("writing", &path, error))
    }

    /// Has the ports of a running container lead to its addresses on these networks from now on;
    /// connections that are open stay. Nothing to do where none are published.
    pub(crate) fn lead_ports(&self, id: &ContainerId, joined: &[Joined]) -> Result<(), Error> {
        let directory = self.runtime_dir()?.join(id.as_str());
        let helper = self.store()?.run(id)?.and_then(|run| run.network_helper);
        let (Some(mut order), Some(helper)) = (Order::read(&directory)?, helper) else {
            return Ok(());
        };
        let Ok(forwarder) = Pidfd::open(helper.pid) else {
            return Ok(());
        };
        if process::start_time(helper.pid) != Some(helper.start_time) {
            return Ok(());
        }
        order.joined = joined.to_vec();
        order.write(&directory)?;
        Ok(forward::tell(&forwarder)?)
    }
}

/// `coracle:network-ports`
pub fn forward() -> Result<(), Error> {
    Ok(forward::work()?)
}
