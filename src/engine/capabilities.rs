//! Which capabilities a container's processes may have, for `inspect`.

use crate::engine::bundle::last_capability;
use crate::engine::{Container, Engine};
use crate::spec::security::{self, CAPABILITIES, CapSet, bit};

/// Names such as `CAP_CHOWN`, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapabilityNames {
    pub bounding: Vec<&'static str>,
    /// What the first process holds: nothing unless it is root.
    pub effective: Vec<&'static str>,
}

impl Engine {
    /// Works the sets out of the request, as the start does.
    pub fn capabilities(&self, container: &Container) -> CapabilityNames {
        let record = &container.record;
        let request = &record.request;
        let bounding = security::bounding(
            &request.cap_add,
            &request.cap_drop,
            request.privileged,
            last_capability(),
        )
        // A request that cannot start has none.
        .unwrap_or_default();
        let user = record.user.split(':').next().unwrap_or_default();
        let root = matches!(user, "" | "0" | "root");
        CapabilityNames {
            bounding: names(bounding),
            effective: names(if root { bounding } else { CapSet::default() }),
        }
    }
}

/// What a container's root has unless told otherwise.
pub(crate) fn usual() -> Vec<&'static str> {
    names(CapSet::of(&security::DEFAULT_CAPABILITIES))
}

fn names(set: CapSet) -> Vec<&'static str> {
    let mut names: Vec<_> = set
        .iter()
        .map(|capability| CAPABILITIES[bit(capability) as usize].1)
        .collect();
    names.sort_unstable();
    names
}
